/** The playground's own bar: what this is, who you are, and how you look at it. */
import { Avatar } from "./avatar";
import { Icon, type Sign } from "./icons";
import type { User } from "./types";

export type Theme = "system" | "light" | "dark";

interface Props {
  users: User[];
  user: string;
  choose: (user: string) => void;
  theme: Theme;
  setTheme: (theme: Theme) => void;
  phone: boolean;
  setPhone: (phone: boolean) => void;
  inspects: boolean;
  setInspects: (inspects: boolean) => void;
}

export function Bar(props: Props) {
  const dark =
    props.theme === "dark" || (props.theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  return (
    <header class="bar">
      <div class="brand">
        <img class="avatar small" src="/assets/icon.svg" alt="" />
        <p>
          <strong>Cuecard playground</strong>
          <span>This is not Slack: a playground on your machine, with a made-up workplace.</span>
        </p>
      </div>
      <div class="people" role="radiogroup" aria-label="Who you are">
        {props.users.map((user) => (
          <label key={user.id} class="person" title={user.role}>
            <input
              type="radio"
              name="user"
              checked={user.id === props.user}
              onChange={() => props.choose(user.id)}
              aria-label={`${user.name}, ${user.role}`}
            />
            <Avatar name={user.name} size="tiny" />
            <span class="person-name">
              {user.name.split(" ")[0]} <span class="muted">{user.role}</span>
            </span>
          </label>
        ))}
      </div>
      <div class="tools" role="group" aria-label="View">
        <Toggle name="phone" label="Phone width" on={props.phone} set={props.setPhone} />
        <Toggle name={dark ? "moon" : "sun"} label="Dark" on={dark} set={(on) => props.setTheme(on ? "dark" : "light")} />
        <Toggle name="inspect" label="Inspector" on={props.inspects} set={props.setInspects} />
      </div>
    </header>
  );
}

function Toggle({ name, label, on, set }: { name: Sign; label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <button type="button" class={`tool tool-${name}`} aria-pressed={on} aria-label={label} title={label} onClick={() => set(!on)}>
      <Icon name={name} />
    </button>
  );
}
