/** The drawer that shows what went over the wire, and why a situation got its answer. */
import { useEffect, useState } from "preact/hooks";
import { ExchangeView } from "./exchange";
import { Icon } from "./icons";
import { clock } from "./message";
import type { Exchange } from "./types";

export function Inspector({ exchanges, close }: { exchanges: Exchange[]; close: () => void }) {
  const [open, setOpen] = useState<string | null>(null);
  const newest = [...exchanges].reverse();
  const shown = exchanges.find((one) => one.id === open);
  useEffect(() => {
    if (open && !shown) setOpen(null);
  }, [exchanges]);
  return (
    <aside class="inspector" aria-label="Inspector">
      <header class="channel-head">
        {shown && (
          <button type="button" class="quiet" aria-label="Back to all exchanges" onClick={() => setOpen(null)}>
            <Icon name="back" />
          </button>
        )}
        <h2>{shown ? shown.name : "Inspector"}</h2>
        <button type="button" class="quiet" aria-label="Close the inspector" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {shown ? (
        <ExchangeView exchange={shown} />
      ) : (
        <>
          <p class="lead">What went between the playground and Cuecard, the newest first. Tap one to look inside.</p>
          {newest.length === 0 && <p class="lead muted">Nothing yet. Ask something.</p>}
          <ol class="exchanges">
            {newest.map((exchange) => (
              <li key={exchange.id}>
                <Row exchange={exchange} open={() => setOpen(exchange.id)} />
              </li>
            ))}
          </ol>
        </>
      )}
    </aside>
  );
}

/** Whether an exchange ended as it should. */
export function isFine(status: number | string): boolean {
  return status === "ok" || (Number(status) >= 200 && Number(status) < 300);
}

function Row({ exchange, open }: { exchange: Exchange; open: () => void }) {
  const into = exchange.method === "in";
  return (
    <button type="button" class="exchange" onClick={open}>
      <span class={`direction ${exchange.method}`}>
        <Icon name={into ? "in" : "out"} size={14} />
        <span class="unseen">{into ? "to Cuecard: " : "from Cuecard: "}</span>
      </span>
      <span class="exchange-main">
        <span class="exchange-name">{exchange.name}</span>
        <span class="muted">{exchange.summary}</span>
      </span>
      <span class="exchange-side">
        <span class={`status ${isFine(exchange.status) ? "fine" : "bad"}`}>{exchange.status}</span>
        <span class="muted">{Math.round(exchange.milliseconds)} ms</span>
        <time class="muted">{clock(exchange.at)}</time>
      </span>
    </button>
  );
}
