/** The workplace's channels and direct messages, with a mark on those that hold something new. */
import { Avatar } from "./avatar";
import { Icon } from "./icons";
import type { Channel } from "./types";

interface Props {
  workplace: string;
  channels: Channel[];
  current: string;
  go: (id: string) => void;
}

export function Sidebar({ workplace, channels, current, go }: Props) {
  const rooms = channels.filter((channel) => channel.kind !== "dm");
  const direct = channels.filter((channel) => channel.kind === "dm");
  return (
    <nav class="sidebar" aria-label="Channels and messages">
      <h1 class="workplace">{workplace}</h1>
      <Section title="Channels" channels={rooms} {...{ current, go }} />
      <Section title="Direct messages" channels={direct} {...{ current, go }} />
    </nav>
  );
}

function Section({ title, channels, current, go }: Omit<Props, "workplace"> & { title: string }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {channels.map((channel) => {
          const fresh = channel.id === current ? 0 : (channel.unread ?? 0);
          return (
            <li key={channel.id}>
              <button
                type="button"
                class={`room${fresh ? " fresh" : ""}`}
                aria-current={channel.id === current ? "page" : undefined}
                onClick={() => go(channel.id)}
              >
                <Mark channel={channel} />
                <span class="room-name">{channel.name}</span>
                {fresh > 0 && (
                  <span class="count">
                    {fresh}
                    <span class="unseen"> new</span>
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Mark({ channel }: { channel: Channel }) {
  if (channel.kind === "dm") return <Avatar name={channel.name} bot={isApp(channel)} size="tiny" />;
  return <Icon name={channel.kind === "private" ? "lock" : "hash"} size={16} />;
}

/** Whether a direct message is Cuecard's own, which has a Home. */
export function isApp(channel: Channel): boolean {
  return channel.app ?? (channel.kind === "dm" && channel.name === "Cuecard");
}
