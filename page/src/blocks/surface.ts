/** Where blocks stand (a message, a modal, Home): what was typed there, and how a press leaves it. */
import { createContext } from "preact";
import { useCallback, useContext, useMemo, useState } from "preact/hooks";
import { server, type Answer } from "../server";
import type { Block, Channel, Container, Element, Entry, User, Values } from "../types";

export const People = createContext<User[]>([]);
export const Channels = createContext<Channel[]>([]);

export interface Surface {
  container: Container;
  user: string;
  errors: Record<string, string>;
  entry: (block: Block, element: Element) => Entry;
  type: (block: Block, element: Element, entry: Entry) => Values;
  press: (block: Block, element: Element, entry: Entry, values?: Values) => Promise<Answer>;
}

const Here = createContext<Surface | null>(null);
export const SurfaceProvider = Here.Provider;

export function useSurface(): Surface {
  const found = useContext(Here);
  if (!found) throw new Error("Blocks are drawn inside a surface.");
  return found;
}

/** What a control holds before anybody touched it. */
export function untouched(element: Element): Entry {
  const type = element.type;
  if (/^(multi_static|multi_external)_select$|^checkboxes$/.test(type))
    return { type, selected_options: element.initial_options ?? [] };
  if (/^(static|external)_select$|^radio_buttons$/.test(type))
    return { type, selected_option: element.initial_option ?? null };
  if (type === "users_select") return { type, selected_user: element.initial_user ?? null };
  if (type === "multi_users_select") return { type, selected_users: element.initial_users ?? [] };
  if (type === "channels_select") return { type, selected_channel: element.initial_channel ?? null };
  if (type === "multi_channels_select") return { type, selected_channels: element.initial_channels ?? [] };
  if (type === "conversations_select") return { type, selected_conversation: element.initial_conversation ?? null };
  if (type === "multi_conversations_select")
    return { type, selected_conversations: element.initial_conversations ?? [] };
  if (type === "datepicker") return { type, selected_date: element.initial_date ?? null };
  if (type === "timepicker") return { type, selected_time: element.initial_time ?? null };
  return { type, value: element.initial_value ?? null };
}

const STATELESS = new Set(["button", "overflow", "image"]);

const NOTHING: Values = {};

function find(values: Values, block: Block, element: Element): Entry | undefined {
  return values[block.block_id ?? ""]?.[element.action_id ?? ""];
}

/** Everything that is filled in on a surface, as Slack's `state.values`. */
function allValues(blocks: Block[], typed: Values, kept: Values): Values {
  const values: Values = {};
  for (const block of blocks) {
    const elements = [...(block.elements ?? []), block.element, block.accessory];
    for (const element of elements) {
      if (!element?.action_id || !block.block_id || STATELESS.has(element.type)) continue;
      const entry = find(typed, block, element) ?? find(kept, block, element) ?? untouched(element);
      (values[block.block_id] ??= {})[element.action_id] = entry;
    }
  }
  return values;
}

interface Form {
  surface: Surface;
  values: () => Values;
  setErrors: (errors: Record<string, string>) => void;
}

/** The state of one surface: what is typed, over what the server keeps. It stays while block and action keep their ids. */
export function useForm(user: string, container: Container, blocks: Block[], kept: Values = NOTHING): Form {
  const [typed, setTyped] = useState<Values>({});
  const [errors, setErrors] = useState<Record<string, string>>({});
  const where = JSON.stringify(container);
  const type = useCallback(
    (block: Block, element: Element, entry: Entry) => {
      const id = block.block_id ?? "";
      const next = { ...typed, [id]: { ...typed[id], [element.action_id ?? ""]: entry } };
      setTyped(next);
      if (errors[id]) setErrors(Object.fromEntries(Object.entries(errors).filter(([name]) => name !== id)));
      return allValues(blocks, next, kept);
    },
    [typed, errors, blocks, kept],
  );
  const surface = useMemo<Surface>(
    () => ({
      container: JSON.parse(where) as Container,
      user,
      errors,
      type,
      entry: (block, element) => find(typed, block, element) ?? find(kept, block, element) ?? untouched(element),
      press: (block, element, entry, values) => {
        const action = { ...entry, type: element.type, action_id: element.action_id, block_id: block.block_id };
        return server.press(user, JSON.parse(where), action, { values: values ?? allValues(blocks, typed, kept) });
      },
    }),
    [where, user, typed, errors, type, blocks, kept],
  );
  return { surface, values: () => allValues(blocks, typed, kept), setErrors };
}
