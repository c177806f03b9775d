/** The messages of one channel, newest at the foot, and their announcement to screen readers. */
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MessageView } from "./message";
import type { Channel, Message } from "./types";

interface Props {
  channel: Channel;
  messages: Message[];
  user: string;
  dismiss: (id: string) => void;
}

/** What a screen reader is told: the text of what came in last, or changed last. */
function useNews(messages: Message[]): string {
  const before = useRef<Message[] | null>(null);
  const [news, setNews] = useState("");
  useEffect(() => {
    const known = before.current;
    before.current = messages;
    const fresh = known && messages.filter((message) => !known.includes(message)).at(-1);
    if (fresh) setNews(`${fresh.who.name}${fresh.ephemeral ? ", only visible to you" : ""}: ${fresh.text}`);
  }, [messages]);
  return news;
}

export function Messages({ channel, messages, user, dismiss }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const count = useRef(0);
  const news = useNews(messages);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    const last = box.querySelector<HTMLElement>("article:last-of-type");
    // A long card is shown from its head; an answer that took another's place stays where it is.
    if (messages.length !== count.current && last) {
      const tall = last.offsetHeight > box.clientHeight - 24;
      if (tall && count.current) last.scrollIntoView({ block: "start" });
      else box.scrollTop = box.scrollHeight;
    }
    count.current = messages.length;
  }, [messages]);
  return (
    <div class="messages" ref={list} role="region" aria-label={`Messages in ${channel.name}`} tabIndex={0}>
      <div class="messages-inner">
        {messages.length === 0 && <Empty channel={channel} />}
        {messages.map((message) => (
          <MessageView key={message.id} message={message} channel={channel.id} user={user} dismiss={dismiss} />
        ))}
      </div>
      <p class="unseen" aria-live="polite">
        {news}
      </p>
    </div>
  );
}

function Empty({ channel }: { channel: Channel }) {
  return (
    <div class="empty">
      <h2>{channel.kind === "dm" ? channel.name : `#${channel.name}`}</h2>
      <p>
        Type <code>/cue</code> and what is going on, as you would text a colleague. Only you will see the answer.
      </p>
    </div>
  );
}
