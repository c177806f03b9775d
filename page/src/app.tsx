/** The whole page: the playground's bar, the workplace (in a phone's frame when wanted), and the inspector. */
import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Banners } from "./banners";
import { Bar, type Theme } from "./bar";
import { Channels, People } from "./blocks/surface";
import { ChannelView } from "./channel";
import { Layer } from "./dialog";
import { Inspector } from "./inspector";
import { useKept } from "./kept";
import { Modal } from "./modal";
import { server } from "./server";
import { Sidebar } from "./sidebar";
import { useStream } from "./stream";
import type { State } from "./types";

export function App() {
  const [user, setUser] = useState("");
  const [theme, setTheme] = useKept<Theme>("theme", "system");
  const [phone, setPhone] = useKept("phone", false);
  const [inspects, setInspects] = useKept("inspects", false);
  const { state, line } = useStream(user);
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <div class={`page${phone ? " framed" : ""}${inspects ? " inspecting" : ""}`}>
      <a class="skip" href="#composer">
        Skip to typing
      </a>
      <Bar
        users={state?.users ?? []}
        user={state?.user ?? user}
        choose={setUser}
        {...{ theme, setTheme, phone, setPhone, inspects, setInspects }}
      />
      <Banners state={state} line={line} />
      <div class="stage">
        <div class="frame">{state ? <Workplace state={state} /> : <Opening lost={line === "lost"} />}</div>
        {inspects && <Inspector exchanges={state?.exchanges ?? []} close={() => setInspects(false)} />}
      </div>
    </div>
  );
}

function Workplace({ state }: { state: State }) {
  const [current, setCurrent] = useState("");
  const [listed, setListed] = useState(false);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  const [tours, setTours] = useKept("tours", true);
  const channel = state.channels.find((one) => one.id === current) ?? state.channels[0];
  useEffect(() => {
    if (channel?.unread) void server.read(state.user, channel.id);
  }, [channel?.id, channel?.unread, state.user]);
  const modal = state.modals.at(-1);
  return (
    <Around state={state} layer={layer}>
      <div class={`workplace-pane${listed ? " listed" : ""}`}>
        <Sidebar
          workplace={state.workplace ?? state.demo}
          channels={state.channels}
          current={channel?.id ?? ""}
          go={(id) => {
            setCurrent(id);
            setListed(false);
          }}
        />
        {channel && <ChannelView {...{ state, channel, tours, setTours }} back={() => setListed(true)} />}
        <div ref={setLayer} />
        {layer && modal && (
          <Modal key={`${state.user} ${modal.id}`} view={modal} user={state.user} depth={state.modals.length} />
        )}
      </div>
    </Around>
  );
}

/** Who and what can be named here, and where dialogs are put. */
function Around({ state, layer, children }: { state: State; layer: HTMLElement | null; children: ComponentChildren }) {
  return (
    <People.Provider value={state.users}>
      <Channels.Provider value={state.channels}>
        <Layer.Provider value={layer}>{children}</Layer.Provider>
      </Channels.Provider>
    </People.Provider>
  );
}

function Opening({ lost }: { lost: boolean }) {
  return (
    <div class="opening">
      <img src="/assets/icon.svg" alt="" width="56" height="56" />
      <p role="status">{lost ? "Waiting for the playground …" : "Opening …"}</p>
    </div>
  );
}
