/** How many messages each person has not seen yet, channel by channel. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { State } from "./types";

/** Everything that was there when a person was first looked at counts as seen. */
export function useUnread(state: State | null, current: string, looking: boolean): Record<string, number> {
  const seen = useRef<Record<string, Set<string>>>({});
  const [unread, setUnread] = useState<Record<string, number>>({});
  useEffect(() => {
    if (!state) return;
    const counts: Record<string, number> = {};
    for (const channel of state.channels) {
      const key = `${state.user} ${channel.id}`;
      const ids = (state.messages[channel.id] ?? []).filter((message) => !message.deleted).map((message) => message.id);
      const known = (seen.current[key] ??= new Set(ids));
      if (channel.id === current && looking) ids.forEach((id) => known.add(id));
      counts[channel.id] = ids.filter((id) => !known.has(id)).length;
    }
    setUnread(counts);
  }, [state, current, looking]);
  return unread;
}
