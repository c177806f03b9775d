/** What the server tells the page, and Block Kit as far as the page reads it. */

export interface Text {
  type: "plain_text" | "mrkdwn";
  text: string;
  emoji?: boolean;
  verbatim?: boolean;
}

export interface Option {
  text: Text;
  value: string;
  description?: Text;
}

export interface OptionGroup {
  label: Text;
  options: Option[];
}

export interface Confirm {
  title: Text;
  text: Text;
  confirm: Text;
  deny: Text;
  style?: "primary" | "danger";
}

/** Any block element: Slack's names, all optional but the type. */
export interface Element {
  type: string;
  action_id?: string;
  text?: Text | string;
  value?: string;
  url?: string;
  style?: "primary" | "danger";
  confirm?: Confirm;
  accessibility_label?: string;
  placeholder?: Text;
  options?: Option[];
  option_groups?: OptionGroup[];
  initial_option?: Option;
  initial_options?: Option[];
  initial_value?: string;
  initial_date?: string;
  initial_time?: string;
  initial_user?: string;
  initial_users?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  max_selected_items?: number;
  min_query_length?: number;
  min_value?: string;
  max_value?: string;
  is_decimal_allowed?: boolean;
  focus_on_load?: boolean;
  dispatch_action_config?: { trigger_actions_on?: string[] };
  image_url?: string;
  alt_text?: string;
}

export interface Block {
  type: string;
  block_id?: string;
  text?: Text;
  fields?: Text[];
  accessory?: Element;
  elements?: Element[];
  label?: Text;
  element?: Element;
  hint?: Text;
  optional?: boolean;
  dispatch_action?: boolean;
  [more: string]: unknown;
}

export interface View {
  id: string;
  hash?: string;
  type: "modal" | "home";
  callback_id?: string;
  title?: Text;
  submit?: Text;
  close?: Text;
  blocks: Block[];
  clear_on_close?: boolean;
  notify_on_close?: boolean;
  state?: { values: Values };
}

/** One control's state, as it stands in `state.values[block_id][action_id]`. */
export interface Entry {
  type: string;
  value?: string | null;
  selected_option?: Option | null;
  selected_options?: Option[];
  selected_user?: string | null;
  selected_users?: string[];
  selected_channel?: string | null;
  selected_channels?: string[];
  selected_conversation?: string | null;
  selected_conversations?: string[];
  selected_date?: string | null;
  selected_time?: string | null;
}

export type Values = Record<string, Record<string, Entry>>;

export interface User {
  id: string;
  name: string;
  role: string;
}

export interface Channel {
  id: string;
  name: string;
  kind: "channel" | "dm" | "private";
  unread?: number;
  topic?: string;
  app?: boolean;
}

export interface Message {
  id: string;
  ts: string;
  who: { id?: string; name: string; bot: boolean };
  ephemeral: boolean;
  text: string;
  blocks?: Block[];
  deleted?: boolean;
}

export interface Exchange {
  id: string;
  at: number | string;
  kind: string;
  method: "in" | "out";
  name: string;
  milliseconds: number;
  status: number | string;
  summary: string;
}

export interface Problem {
  file: string;
  line: number;
  field: string;
  sentence: string;
}

export interface Situation {
  label: string;
  text: string;
  notice?: string;
}

export interface State {
  user: string;
  users: User[];
  channels: Channel[];
  messages: Record<string, Message[]>;
  modals: View[];
  home: View | null;
  exchanges: Exchange[];
  problems: Problem[];
  notice: string | null;
  tour: Situation[];
  demo: string;
  ready?: boolean;
  workplace?: string;
}

export interface Explanation {
  read: string;
  mended: [string, string][];
  candidates: { playbook: string; title?: string; probability: number; phrase: string; cosine: number }[];
  words: [string, number][];
  why: string;
  danger: string;
}

export interface ExchangeDetail {
  request: { method: string; url: string; headers: Record<string, string>; body: string };
  response: { status: number | string; body: string };
  curl: string;
  explanation?: Explanation | null;
}

/** Where a control stands: what a press says of its container. */
export type Container = { type: "message"; id: string; channel: string } | { type: "view"; id: string };
