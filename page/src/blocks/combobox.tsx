/** A list to choose from by tapping or typing: one or several, from the page or searched on the server. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import type { Labels } from "./control";
import type { Option } from "../types";

export interface Group {
  label: string;
  options: Option[];
}

interface Props extends Labels {
  groups: Group[];
  search?: (typed: string) => Promise<Group[]>;
  /** Characters before the server is asked. */
  shortest: number;
  multiple: boolean;
  most?: number;
  chosen: Option[];
  pick: (options: Option[]) => void;
  placeholder?: string;
}

function useOffered({ groups, search, shortest }: Props, typed: string, open: boolean): Group[] {
  const [found, setFound] = useState<Group[]>([]);
  useEffect(() => {
    if (!search || !open || typed.length < shortest) return setFound([]);
    let late = false;
    const timer = window.setTimeout(async () => {
      const told = await search(typed);
      if (!late) setFound(told);
    }, 150);
    return () => {
      late = true;
      window.clearTimeout(timer);
    };
  }, [typed, open]);
  if (search) return found;
  const wanted = typed.trim().toLowerCase();
  return groups
    .map((group) => ({ ...group, options: group.options.filter((one) => one.text.text.toLowerCase().includes(wanted)) }))
    .filter((group) => group.options.length > 0);
}

export function Combobox(props: Props) {
  const { multiple, most, chosen, pick, placeholder } = props;
  const own = useId();
  const id = props.id ?? own;
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const offered = useOffered(props, typed, open);
  const flat = offered.flatMap((group) => group.options);
  const has = (option: Option) => chosen.some((one) => one.value === option.value);
  useEffect(() => {
    list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  }, [at, open, flat.length]);

  const shut = () => {
    setOpen(false);
    setTyped("");
    setAt(0);
  };
  const toggle = (option: Option) => {
    if (!multiple) {
      pick([option]);
      return shut();
    }
    if (has(option)) pick(chosen.filter((one) => one.value !== option.value));
    else if (!most || chosen.length < most) pick([...chosen, option]);
    setTyped("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const active = flat[at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!open) setOpen(true);
      else setAt((at + (event.key === "ArrowDown" ? 1 : flat.length - 1)) % Math.max(1, flat.length));
    } else if (event.key === "Enter") {
      if (open && active) toggle(active);
      else setOpen(true);
    } else if (event.key === "Escape" && open) shut();
    else if (event.key === "Backspace" && multiple && !typed && chosen.length) pick(chosen.slice(0, -1));
    else return;
    if (event.key !== "Backspace") event.preventDefault();
    event.stopPropagation();
  };
  const single = !multiple ? chosen[0]?.text.text : undefined;
  return (
    <div class="combo" onFocusOut={(event) => !event.currentTarget.contains(event.relatedTarget as Node) && shut()}>
      <div class="field combo-field" onClick={() => field.current?.focus()}>
        {multiple &&
          chosen.map((option) => (
            <span key={option.value} class="chip">
              {option.text.text}
              <button
                type="button"
                aria-label={`Remove ${option.text.text}`}
                onClick={() => pick(chosen.filter((one) => one.value !== option.value))}
              >
                ×
              </button>
            </span>
          ))}
        <input
          ref={field}
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={open && flat[at] ? `${id}-${at}` : undefined}
          aria-label={props.labelledby ? undefined : props.label}
          aria-labelledby={props.labelledby}
          aria-describedby={props.describedby}
          aria-invalid={props.invalid || undefined}
          autocomplete="off"
          value={open ? typed : (single ?? "")}
          placeholder={single ?? (multiple && chosen.length ? "" : (placeholder ?? "Choose …"))}
          onClick={() => setOpen(true)}
          onInput={(event) => {
            setTyped(event.currentTarget.value);
            setOpen(true);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <span class="caret" aria-hidden="true" />
      </div>
      {open && (
        <ul class="popup" role="listbox" id={`${id}-list`} ref={list} aria-label={props.label} aria-multiselectable={multiple}>
          {offered.map((group) => (
            <Options key={group.label} group={group} id={id} flat={flat} at={at} has={has} toggle={toggle} />
          ))}
          {flat.length === 0 && (
            <li class="nothing" role="presentation">
              {props.search && typed.length < props.shortest
                ? `Type ${props.shortest} letters or more`
                : "Nothing matches"}
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

interface OptionsProps {
  group: Group;
  id: string;
  flat: Option[];
  at: number;
  has: (option: Option) => boolean;
  toggle: (option: Option) => void;
}

function Options({ group, id, flat, at, has, toggle }: OptionsProps) {
  return (
    <>
      {group.label && (
        <li class="group" role="presentation">
          {group.label}
        </li>
      )}
      {group.options.map((option) => {
        const number = flat.indexOf(option);
        return (
          <li
            key={option.value}
            id={`${id}-${number}`}
            role="option"
            class="option"
            aria-selected={has(option)}
            data-active={number === at || undefined}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => toggle(option)}
          >
            {option.text.text}
            {option.description && <span class="muted">{option.description.text}</span>}
          </li>
        );
      })}
    </>
  );
}
