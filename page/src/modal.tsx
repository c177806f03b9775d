/** The modal on top of the stack: a form that the app opened, submitted and closed as Slack does it. */
import { useRef, useState } from "preact/hooks";
import { Blocks } from "./blocks/block";
import { SurfaceProvider, useForm } from "./blocks/surface";
import { Dialog } from "./dialog";
import { Icon } from "./icons";
import { server } from "./server";
import type { View } from "./types";

export function Modal({ view, user, depth }: { view: View; user: string; depth: number }) {
  const body = useRef<HTMLFormElement>(null);
  const { surface, values, setErrors } = useForm(user, { type: "view", id: view.id }, view.blocks, view.state?.values);
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
    setBusy(true);
    setFailed("");
    const answer = await server.submit(user, view.id, { values: values() });
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
