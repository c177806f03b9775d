/** An input with its label, its hint, and the sentence that says what is wrong with it. */
import { useId } from "preact/hooks";
import { Control } from "./control";
import { useSurface } from "./surface";
import type { Block } from "../types";

export function InputBlock({ block }: { block: Block }) {
  const surface = useSurface();
  const id = useId();
  const element = block.element;
  if (!element) return null;
  const error = surface.errors[block.block_id ?? ""];
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || undefined;
  return (
    <div class={`b-input${error ? " wrong" : ""}`} data-block={block.block_id}>
      <label class="label" id={`${id}-label`} for={id}>
        {block.label?.text}
        {block.optional && <span class="optional"> (optional)</span>}
      </label>
      <Control
        block={block}
        element={element}
        acts={block.dispatch_action ?? false}
        id={id}
        labelledby={`${id}-label`}
        describedby={described}
        invalid={Boolean(error)}
      />
      {error && (
        <p class="error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      {block.hint && (
        <p class="hint" id={`${id}-hint`}>
          {block.hint.text}
        </p>
      )}
    </div>
  );
}
