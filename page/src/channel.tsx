/** One channel or direct message: its head, its messages (or Cuecard's Home), the tour and the composer. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { Composer } from "./composer";
import { Home } from "./home";
import { Icon } from "./icons";
import { Messages } from "./messages";
import { server } from "./server";
import { isApp } from "./sidebar";
import { Tour } from "./tour";
import type { Channel, Situation, State } from "./types";

interface Props {
  state: State;
  channel: Channel;
  tours: boolean;
  setTours: (tours: boolean) => void;
  back: () => void;
}

const NONE: never[] = [];

export function ChannelView({ state, channel, tours, setTours, back }: Props) {
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const [text, setText] = useState("");
  const [asked, setAsked] = useState<Situation | null>(null);
  const [tab, setTab] = useState<"home" | "messages">("messages");
  const app = isApp(channel);
  const all = state.messages[channel.id] ?? NONE;
  const messages = useMemo(
    () => all.filter((message) => !message.deleted && !dismissed.has(message.id)),
    [all, dismissed],
  );
  useEffect(() => setTab(app && state.home ? "home" : "messages"), [channel.id]);
  const ready = state.ready !== false;

  const ask = async (situation: Situation) => {
    setAsked(situation);
    const answer = await server.command(state.user, channel.id, situation.text);
    if (!answer.ok) setText(situation.text);
  };
  const said = (typed: string) => setAsked(state.tour.find((one) => one.text === typed) ?? null);
  const home = app && tab === "home";
  return (
    <main class="channel">
      <header class="channel-head">
        <button type="button" class="quiet back" aria-label="Back to the channels" onClick={back}>
          <Icon name="back" />
        </button>
        <h2>
          {channel.kind === "dm" ? channel.name : <><Icon name={channel.kind === "private" ? "lock" : "hash"} /> {channel.name}</>}
        </h2>
        {channel.topic && <p class="topic">{channel.topic}</p>}
        {app && <Tabs tab={tab} setTab={setTab} />}
      </header>
      {home ? (
        <Home view={state.home} user={state.user} />
      ) : (
        <>
          <Messages
            key={`${state.user} ${channel.id}`}
            channel={channel}
            messages={messages}
            user={state.user}
            dismiss={(id) => setDismissed(new Set([...dismissed, id]))}
          />
          <div class="foot">
            {tours && state.tour.length > 0 && (
              <Tour tour={state.tour} asked={asked} ask={ask} dismiss={() => setTours(false)} />
            )}
            <Composer {...{ channel, user: state.user, ready, text, setText, said }} />
          </div>
        </>
      )}
    </main>
  );
}

function Tabs({ tab, setTab }: { tab: string; setTab: (tab: "home" | "messages") => void }) {
  const names = ["home", "messages"] as const;
  const move = (event: KeyboardEvent) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const next = tab === "home" ? "messages" : "home";
    setTab(next);
    document.getElementById(`${next}-tab`)?.focus();
  };
  return (
    <div class="tabs" role="tablist" aria-label="Cuecard" onKeyDown={move}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={`${name}-tab`}
          aria-selected={tab === name}
          aria-controls={tab === name && name === "home" ? "home-panel" : undefined}
          tabIndex={tab === name ? 0 : -1}
          onClick={() => setTab(name)}
        >
          {name === "home" ? "Home" : "Messages"}
        </button>
      ))}
    </div>
  );
}
