/** Buttons, and the question that some ask before they act. */
import { useState } from "preact/hooks";
import { Dialog } from "../dialog";
import { useSurface } from "./surface";
import { Words } from "./text";
import type { Block, Confirm, Element, Text } from "../types";

export function Button({ block, element }: { block: Block; element: Element }) {
  const surface = useSurface();
  const [asks, setAsks] = useState(false);
  const [busy, setBusy] = useState(false);
  const text = element.text as Text;
  const press = async () => {
    setAsks(false);
    setBusy(true);
    await surface.press(block, element, { type: "button", value: element.value ?? null, ...{ text } });
    setBusy(false);
  };
  return (
    <>
      <button
        type="button"
        class={`button ${element.style ?? ""}`}
        aria-label={element.accessibility_label}
        aria-busy={busy}
        onClick={() => !busy && (element.confirm ? setAsks(true) : void press())}
      >
        {text.text}
      </button>
      {asks && element.confirm && <Ask confirm={element.confirm} yes={press} no={() => setAsks(false)} />}
    </>
  );
}

export function Ask({ confirm, yes, no }: { confirm: Confirm; yes: () => void; no: () => void }) {
  return (
    <Dialog role="alertdialog" label={confirm.title.text} close={no}>
      <h2 class="dialog-title">{confirm.title.text}</h2>
      <div class="dialog-body">
        <Words text={confirm.text} />
      </div>
      <div class="dialog-foot">
        <button type="button" class="button" onClick={no}>
          {confirm.deny.text}
        </button>
        <button type="button" class={`button ${confirm.style ?? "primary"}`} onClick={yes}>
          {confirm.confirm.text}
        </button>
      </div>
    </Dialog>
  );
}
