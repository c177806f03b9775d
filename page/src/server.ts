/** Everything that the page asks of its server, on the same machine. */
import type { Container, Entry, ExchangeDetail, Option, OptionGroup, Values } from "./types";

export interface Answer {
  ok: boolean;
  error?: string;
  errors?: Record<string, string>;
}

const UNREACHED: Answer = { ok: false, error: "The playground did not answer. Is it still running in your terminal?" };

async function post<T>(path: string, held: object, otherwise: T): Promise<T> {
  try {
    const answered = await fetch(`/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(held),
    });
    return (await answered.json()) as T;
  } catch {
    return otherwise;
  }
}

export interface Options {
  options?: Option[];
  option_groups?: OptionGroup[];
}

export const server = {
  command: (user: string, channel: string, text: string) => post("command", { user, channel, text }, UNREACHED),
  press: (user: string, container: Container, action: Entry & object, state: { values: Values }) =>
    post("press", { user, container, action, state }, UNREACHED),
  submit: (user: string, view: string, state: { values: Values }) => post("submit", { user, view, state }, UNREACHED),
  close: (user: string, view: string, all: boolean) => post("close", { user, view, all }, UNREACHED),
  read: (user: string, channel: string) => post("read", { user, channel }, UNREACHED),
  home: (user: string) => post("home", { user }, UNREACHED),
  options: (user: string, view: string, action_id: string, block_id: string, value: string) =>
    post<Options>("options", { user, view, action_id, block_id, value }, {}),
  exchange: async (id: string): Promise<ExchangeDetail | null> => {
    try {
      const answered = await fetch(`/api/exchange/${encodeURIComponent(id)}`);
      return answered.ok ? ((await answered.json()) as ExchangeDetail) : null;
    } catch {
      return null;
    }
  },
};
