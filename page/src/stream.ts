/** The server's stream of snapshots for one user, and whether it is there. */
import { useEffect, useState } from "preact/hooks";
import { share } from "./share";
import type { State } from "./types";

export type Line = "opening" | "open" | "lost";

export function useStream(user: string): { state: State | null; line: Line } {
  const [state, setState] = useState<State | null>(null);
  const [line, setLine] = useState<Line>("opening");
  useEffect(() => {
    let again = 0;
    let source: EventSource;
    const open = () => {
      source = new EventSource(`/api/stream?user=${encodeURIComponent(user)}`);
      source.addEventListener("state", (event) => {
        setLine("open");
        const told = JSON.parse((event as MessageEvent<string>).data) as State;
        setState((before) => share(before, told));
      });
      source.onopen = () => setLine("open");
      source.onerror = () => {
        setLine("lost");
        // A browser gives up for good on some errors; a new stream is asked for then.
        if (source.readyState === EventSource.CLOSED) again = window.setTimeout(open, 1000);
      };
    };
    open();
    return () => {
      window.clearTimeout(again);
      source.close();
    };
  }, [user]);
  return { state, line };
}
