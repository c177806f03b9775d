/** One message: who, when, whether only you see it, and its blocks. */
import { memo } from "preact/compat";
import { useEffect, useRef } from "preact/hooks";
import { Avatar } from "./avatar";
import { Blocks } from "./blocks/block";
import { SurfaceProvider, useForm } from "./blocks/surface";
import { Mrkdwn } from "./blocks/text";
import { Icon } from "./icons";
import type { Message } from "./types";

interface Props {
  message: Message;
  channel: string;
  user: string;
  dismiss: (id: string) => void;
}

const NONE: never[] = [];

/** The time on this machine's clock of a message's `ts`. */
export function clock(ts: string | number): string {
  const at = typeof ts === "number" && ts > 1e11 ? ts : Number(ts) * 1000;
  return Number.isFinite(at) ? new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }) : String(ts);
}

/** A press may take its own button away: the focus then stays on the message. */
function useFocusKept(message: Message) {
  const article = useRef<HTMLElement>(null);
  const inside = useRef(false);
  useEffect(() => {
    if (inside.current && document.activeElement === document.body) article.current?.focus({ preventScroll: true });
  }, [message]);
  const onFocusIn = () => (inside.current = true);
  const onFocusOut = (event: FocusEvent) => {
    if (event.relatedTarget) inside.current = article.current?.contains(event.relatedTarget as Node) ?? false;
  };
  return { ref: article, onFocusIn, onFocusOut };
}

export const MessageView = memo(function MessageView({ message, channel, user, dismiss }: Props) {
  const blocks = message.blocks ?? NONE;
  const { surface } = useForm(user, { type: "message", id: message.id, channel }, blocks);
  const focus = useFocusKept(message);
  const { who, ephemeral } = message;
  const said = `${who.name}, ${clock(message.ts)}${ephemeral ? ", only visible to you" : ""}`;
  return (
    <article class={`message${ephemeral ? " ephemeral" : ""}`} aria-label={said} tabIndex={-1} data-id={message.id} {...focus}>
      <Avatar name={who.name} bot={who.bot} />
      <div class="message-main">
        {ephemeral && (
          <p class="only-you">
            <Icon name="eye" size={14} /> Only visible to you
            <button type="button" class="link" onClick={() => dismiss(message.id)}>
              Dismiss
            </button>
          </p>
        )}
        <p class="who">
          <strong>{who.name}</strong>
          {who.bot && <span class="badge">APP</span>}
          <time>{clock(message.ts)}</time>
        </p>
        <SurfaceProvider value={surface}>
          {blocks.length ? <Blocks blocks={blocks} /> : <Mrkdwn text={message.text} />}
        </SurfaceProvider>
      </div>
    </article>
  );
});
