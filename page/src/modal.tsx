/** The modal on top of the stack: a form that the app opened, submitted and closed as Slack does it. */
import { useRef, useState } from "preact/hooks";
import { Blocks } from "./blocks/block";
import { SurfaceProvider, untouched, useForm } from "./blocks/surface";
import { Dialog } from "./dialog";
import { Icon } from "./icons";
import { server } from "./server";
import type { Block, Entry, Values, View } from "./types";

function isBlank(entry: Entry): boolean {
  const held = Object.entries(entry).find(([name]) => name !== "type")?.[1];
  return held === null || held === undefined || (typeof held === "string" && !held.trim()) || (Array.isArray(held) && !held.length);
}

/** What Slack itself refuses before it asks the app: required inputs left blank, and texts too short. */
function blanks(blocks: Block[], values: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const block of blocks) {
    if (block.type !== "input" || !block.element) continue;
    const { element, block_id = "" } = block;
    const entry = values[block_id]?.[element.action_id ?? ""] ?? untouched(element);
    const shortest = element.min_length ?? 0;
    if (isBlank(entry)) {
      if (!block.optional) errors[block_id] = "Please complete this required field.";
    } else if ((entry.value ?? "").length < shortest && entry.value) {
      errors[block_id] = `Please write ${shortest} characters or more.`;
    }
  }
  return errors;
}

export function Modal({ view, user, depth }: { view: View; user: string; depth: number }) {
  const body = useRef<HTMLFormElement>(null);
  const { surface, values, setErrors } = useForm(user, { type: "view", id: view.id }, view.blocks);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState("");
  const close = () => void server.close(user, view.id, view.clear_on_close ?? false);
  const refuse = (errors: Record<string, string>) => {
    setErrors(errors);
    requestAnimationFrame(() => body.current?.querySelector<HTMLElement>(".wrong :is(input, textarea)")?.focus());
  };
  const submit = async (event: Event) => {
    event.preventDefault();
    if (busy) return;
    const filled = values();
    const missing = blanks(view.blocks, filled);
    if (Object.keys(missing).length) return refuse(missing);
    setBusy(true);
    setFailed("");
    const answer = await server.submit(user, view.id, { values: filled });
    setBusy(false);
    if (answer.errors) refuse(answer.errors);
    else if (!answer.ok) setFailed(answer.error ?? "We had some trouble. Try again?");
  };
  const title = view.title?.text ?? "";
  return (
    <Dialog role="dialog" label={title} close={close} name={depth > 1 ? "pushed" : ""}>
      <form class="modal" onSubmit={submit} ref={body} noValidate>
        <header class="modal-head">
          <img class="avatar small" src="/assets/icon.svg" alt="" />
          <h2>{title}</h2>
          <button type="button" class="quiet" aria-label="Close" onClick={close}>
            <Icon name="close" />
          </button>
        </header>
        <div class="dialog-body">
          {failed && (
            <p class="error" role="alert">
              {failed}
            </p>
          )}
          <SurfaceProvider value={surface}>
            <Blocks blocks={view.blocks} />
          </SurfaceProvider>
        </div>
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={close}>
            {view.close?.text ?? "Close"}
          </button>
          {view.submit && (
            <button type="submit" class="button primary" aria-busy={busy}>
              {view.submit.text}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
