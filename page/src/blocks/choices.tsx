/** Check boxes and radio buttons. */
import { useId } from "preact/hooks";
import { Words } from "./text";
import type { ControlProps } from "./control";
import type { Option } from "../types";

export function CheckList({ element, entry, change, label, labelledby, describedby, invalid }: ControlProps) {
  const name = useId();
  const single = element.type === "radio_buttons";
  const chosen = single ? [entry.selected_option].filter(Boolean) : (entry.selected_options ?? []);
  const has = (option: Option) => chosen.some((one) => one?.value === option.value);
  const toggle = (option: Option) => {
    if (single) return change({ type: element.type, selected_option: option });
    const options = element.options?.filter((one) => (one.value === option.value ? !has(one) : has(one))) ?? [];
    change({ type: element.type, selected_options: options });
  };
  return (
    <div
      class="choices"
      role={single ? "radiogroup" : "group"}
      aria-label={labelledby ? undefined : (label ?? element.action_id)}
      aria-labelledby={labelledby}
      aria-describedby={describedby}
      aria-invalid={single && invalid ? true : undefined}
    >
      {element.options?.map((option) => (
        <label key={option.value} class="choice">
          <input type={single ? "radio" : "checkbox"} name={name} checked={has(option)} onChange={() => toggle(option)} />
          <span>
            <Words text={option.text} />
            {option.description && (
              <span class="muted">
                <Words text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </div>
  );
}
