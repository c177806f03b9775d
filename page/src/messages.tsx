/** The messages of one channel, newest at the foot, and their announcement to screen readers. */
import type { RefObject } from "preact";
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

/** Scrolls to the newest message; to its head, where it is longer than the room. */
function showNewest(box: HTMLElement) {
  const last = box.querySelector<HTMLElement>("article:last-of-type");
  if (last && last.offsetHeight > box.clientHeight - 24) last.scrollIntoView({ block: "start" });
  else box.scrollTop = box.scrollHeight;
}

/** Whoever reads the newest keeps reading the newest when the room around it changes. */
function useFoot(list: RefObject<HTMLDivElement | null>) {
  useEffect(() => {
    const box = list.current;
    if (!box) return;
    let atFoot = true;
    const look = () => (atFoot = box.scrollHeight - box.scrollTop - box.clientHeight < 40);
    let width = box.clientWidth;
    const watcher = new ResizeObserver(() => {
      if (box.clientWidth !== width) showNewest(box);
      else if (atFoot) box.scrollTop = box.scrollHeight;
      width = box.clientWidth;
    });
    watcher.observe(box);
    box.addEventListener("scroll", look, { passive: true });
    return () => {
      watcher.disconnect();
      box.removeEventListener("scroll", look);
    };
  }, []);
}

export function Messages({ channel, messages, user, dismiss }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const count = useRef(0);
  const news = useNews(messages);
  useFoot(list);
  useLayoutEffect(() => {
    const box = list.current;
    if (!box) return;
    // An answer that took another's place stays where it is.
    if (messages.length !== count.current) showNewest(box);
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
      <img src="/assets/icon.svg" alt="" width="52" height="52" />
      <h2>Something awkward at work?</h2>
      <p>
        Type <code>/cue</code> and what is going on, as you would text a colleague. Only you will see the answer.
      </p>
      <p class="muted">{channel.kind === "dm" ? channel.topic : `This is #${channel.name}.`}</p>
    </div>
  );
}
