/** A layer above the workspace that keeps the keyboard inside until it is closed. */
import { createContext, type ComponentChildren } from "preact";
import { createPortal } from "preact/compat";
import { useContext, useEffect, useLayoutEffect, useRef } from "preact/hooks";

const STOPS = "a[href], button:not([disabled]):not([tabindex='-1']), input:not([disabled]), textarea, select, [tabindex='0']";

/** The element inside the workplace where dialogs are put, so that a phone's frame holds them. */
export const Layer = createContext<HTMLElement | null>(null);

interface Props {
  role: "dialog" | "alertdialog";
  label: string;
  close: () => void;
  name?: string;
  children: ComponentChildren;
}

export function Dialog({ role, label, close, name = "", children }: Props) {
  const layer = useContext(Layer);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    if (!box.current?.contains(document.activeElement)) {
      const first = box.current?.querySelector<HTMLElement>(".dialog-body :is(input, textarea, button)");
      (first ?? box.current)?.focus();
    }
    return () => before?.isConnected && before.focus();
  }, []);
  // What had the focus may have gone with the form's last content.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) box.current?.focus();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") return close();
    if (event.key !== "Tab") return;
    const stops = [...(box.current?.querySelectorAll<HTMLElement>(STOPS) ?? [])];
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== edge && document.activeElement !== box.current) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  return createPortal(
    <div class={`shade over-${role}`} onMouseDown={(event) => event.target === event.currentTarget && role === "alertdialog" && close()}>
      <div class={`dialog ${name}`} role={role} aria-modal="true" aria-label={label} tabIndex={-1} ref={box} onKeyDown={onKeyDown}>
        {children}
      </div>
    </div>,
    layer ?? document.body,
  );
}
