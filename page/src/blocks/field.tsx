/** Inputs that people type into: text, long text, numbers, addresses, days and times. */
import { useEffect, useRef } from "preact/hooks";
import { useSurface } from "./surface";
import type { ControlProps } from "./control";
import type { Entry } from "../types";

const TEXT = "text";
// Preact types one shape of props a type of input; these share theirs.
const KINDS = {
  datepicker: "date",
  timepicker: "time",
  number_input: "number",
  email_text_input: "email",
  url_text_input: "url",
} as Record<string, string> as Record<string, typeof TEXT>;
const HELD: Record<string, "selected_date" | "selected_time"> = {
  datepicker: "selected_date",
  timepicker: "selected_time",
};

export function Typed(props: ControlProps & { acts: boolean }) {
  const { block, element, entry, change, acts, id, label, labelledby, describedby, invalid } = props;
  const surface = useSurface();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const held = HELD[element.type] ?? "value";
  const value = entry[held] ?? "";
  useEffect(() => {
    if (element.focus_on_load) field.current?.focus();
  }, [element.focus_on_load]);

  // A text input is sent on Enter unless it asks for each character; a day is sent when it is chosen.
  const sent = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const onChange = (text: string) => {
    const next: Entry = { type: element.type, [held]: text || null };
    if (!acts || held !== "value" || sent.includes("on_character_entered")) change(next);
    else surface.type(block, element, next);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.isComposing || !acts || element.multiline) return;
    event.preventDefault();
    if (sent.includes("on_enter_pressed")) void surface.press(block, element, entry);
  };
  const common = {
    ref: field,
    id,
    class: "field",
    value,
    placeholder: element.placeholder?.text,
    maxLength: element.max_length ?? 3000,
    "aria-label": id ? undefined : (label ?? element.placeholder?.text ?? element.action_id),
    "aria-labelledby": labelledby,
    "aria-describedby": describedby,
    "aria-invalid": invalid || undefined,
    onInput: (event: Event) => onChange((event.currentTarget as HTMLInputElement).value),
    onKeyDown,
  };
  if (element.multiline) return <textarea {...common} rows={Math.min(8, Math.max(3, value.split("\n").length + 1))} />;
  return (
    <input
      {...common}
      type={KINDS[element.type] ?? TEXT}
      min={element.min_value}
      max={element.max_value}
      step={element.is_decimal_allowed ? "any" : undefined}
      autocomplete="off"
    />
  );
}
