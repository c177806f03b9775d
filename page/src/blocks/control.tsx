/** One block element: what it is decides who draws it; what is chosen in it goes to the app where Slack sends it. */
import { Button } from "./button";
import { CheckList } from "./choices";
import { Typed } from "./field";
import { Overflow } from "./overflow";
import { Picker } from "./picker";
import { useSurface } from "./surface";
import { Picture } from "./block";
import type { Block, Element, Entry } from "../types";

export interface Labels {
  id?: string;
  label?: string;
  labelledby?: string;
  describedby?: string;
  invalid?: boolean;
}

export interface ControlProps extends Labels {
  block: Block;
  element: Element;
  entry: Entry;
  change: (entry: Entry) => void;
}

interface Props extends Labels {
  block: Block;
  element: Element;
  /** Whether a choice is sent to the app at once, as in `actions`, accessories and inputs that dispatch. */
  acts?: boolean;
}

export function Control({ block, element, acts = false, ...labels }: Props) {
  const surface = useSurface();
  if (element.type === "button") return <Button block={block} element={element} />;
  if (element.type === "overflow") return <Overflow block={block} element={element} />;
  if (element.type === "image") return <Picture element={element} />;
  const entry = surface.entry(block, element);
  const change = (next: Entry) => {
    const values = surface.type(block, element, next);
    if (acts) void surface.press(block, element, next, values);
  };
  const props = { ...labels, block, element, entry, change };
  if (element.type === "checkboxes" || element.type === "radio_buttons") return <CheckList {...props} />;
  if (element.type.endsWith("_select")) return <Picker {...props} />;
  return <Typed {...props} acts={acts} />;
}
