/** Where people type: a message to the channel, or /cue and a situation. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icons";
import { server } from "./server";
import type { Channel } from "./types";

interface Props {
  channel: Channel;
  user: string;
  ready: boolean;
  /** A situation from the tour, to be typed and sent. */
  text: string;
  setText: (text: string) => void;
  said: (text: string) => void;
}

const COMMAND = "/cue";
const HINT = "what is going on, as you would text a colleague";

export function Composer({ channel, user, ready, text, setText, said }: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const last = useRef("");
  const suggests = text.startsWith("/") && COMMAND.startsWith(text.trimEnd()) && !text.startsWith(`${COMMAND} `);
  useEffect(() => setError(""), [channel.id, user]);

  const send = async () => {
    const typed = text.trim();
    if (!typed || busy) return;
    setBusy(true);
    setError("");
    setText("");
    last.current = typed;
    const answer = await server.command(user, channel.id, typed);
    setBusy(false);
    if (answer.ok) return said(typed);
    setError(answer.error ?? "That did not work. Try again.");
    setText(typed);
  };
  const complete = () => {
    setText(`${COMMAND} `);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (suggests && event.key === "Tab") complete();
    else if (event.key === "Enter" && !event.shiftKey) {
      if (suggests && text.trim() !== COMMAND) complete();
      else void send();
    } else if (event.key === "ArrowUp" && !text && last.current) setText(last.current);
    else return;
    event.preventDefault();
  };
  const name = channel.kind === "dm" ? channel.name : `#${channel.name}`;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {error && (
        <p class="error" role="alert">
          {error}
        </p>
      )}
      {suggests && (
        <button type="button" class="suggestion" onClick={complete}>
          <img class="avatar small" src="/assets/icon.svg" alt="" />
          <span>
            <strong>{COMMAND}</strong> <span class="muted">{HINT}</span>
          </span>
          <kbd>Tab</kbd>
        </button>
      )}
      <div class="composer-box">
        <textarea
          id="composer"
          ref={field}
          rows={Math.min(6, text.split("\n").length)}
          value={text}
          aria-label={`Message ${name}`}
          placeholder={ready ? `/cue and what is going on` : "Reading the playbooks …"}
          maxLength={8000}
          autocomplete="off"
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" class="send" aria-label="Send" disabled={!text.trim() || busy}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
