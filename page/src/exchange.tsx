/** One exchange opened: why it was answered so, the signed request, the answer, and the same as a curl command. */
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icons";
import { Json } from "./json";
import { Why } from "./why";
import { server } from "./server";
import type { Exchange, ExchangeDetail } from "./types";

export function ExchangeView({ exchange }: { exchange: Exchange }) {
  const [detail, setDetail] = useState<ExchangeDetail | null | undefined>(undefined);
  useEffect(() => {
    let late = false;
    void server.exchange(exchange.id).then((found) => !late && setDetail(found));
    return () => {
      late = true;
    };
  }, [exchange.id]);
  if (detail === undefined) return <p class="lead muted">Looking …</p>;
  if (detail === null) return <p class="lead">This exchange is no longer kept.</p>;
  return (
    <div class="detail">
      {detail.explanation && <Why explanation={detail.explanation} />}
      <section>
        <h3>
          {exchange.method === "in" ? "Asked" : "Called"} <span class="muted">{detail.request.method}</span>
          {detail.curl && <CopyCurl curl={detail.curl} />}
        </h3>
        <p class="mono">{detail.request.url}</p>
        <dl class="headers">
          {Object.entries(detail.request.headers).map(([name, value]) => (
            <div key={name} class={/signature|timestamp/i.test(name) ? "signed" : ""}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Json text={detail.request.body} label="Request body" />
      </section>
      <section>
        <h3>
          Answered <span class="muted">{detail.response.status} in {Math.round(exchange.milliseconds * 10) / 10} ms</span>
        </h3>
        <Json text={detail.response.body} label="Answer" />
      </section>
    </div>
  );
}

function CopyCurl({ curl }: { curl: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(curl);
    setCopied(true);
    window.setTimeout(() => setCopied(false), 2000);
  };
  return (
    <button type="button" class="button tiny" onClick={() => void copy()}>
      <Icon name="copy" size={14} /> <span aria-live="polite">{copied ? "Copied" : "Copy as curl"}</span>
    </button>
  );
}
