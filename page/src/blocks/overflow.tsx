/** The “⋯” menu of an element that has more to offer. */
import { useEffect, useRef, useState } from "preact/hooks";
import { Ask } from "./button";
import { useSurface } from "./surface";
import type { Block, Element, Option } from "../types";

export function Overflow({ block, element }: { block: Block; element: Element }) {
  const surface = useSurface();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<Option | null>(null);
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (open) menu.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [open]);
  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const choose = (option: Option) => {
    setAsked(null);
    void surface.press(block, element, { type: "overflow", selected_option: option });
  };
  const move = (event: KeyboardEvent) => {
    const items = [...(menu.current?.querySelectorAll<HTMLElement>("[role=menuitem]") ?? [])];
    const at = items.indexOf(document.activeElement as HTMLElement);
    if (event.key === "ArrowDown") items[(at + 1) % items.length]?.focus();
    else if (event.key === "ArrowUp") items.at(at - 1)?.focus();
    else if (event.key === "Escape" || event.key === "Tab") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div class="overflow" onFocusOut={(event) => !menu.current?.contains(event.relatedTarget as Node) && setOpen(false)}>
      <button
        ref={opener}
        type="button"
        class="button more"
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label="More"
        onClick={() => setOpen(!open)}
      >
        ⋯
      </button>
      {open && (
        <div class="popup" role="menu" ref={menu} onKeyDown={move}>
          {element.options?.map((option) => (
            <button
              key={option.value}
              type="button"
              role="menuitem"
              class="option"
              tabIndex={-1}
              onClick={() => {
                close();
                if (element.confirm) setAsked(option);
                else choose(option);
              }}
            >
              {option.text.text}
            </button>
          ))}
        </div>
      )}
      {asked && element.confirm && <Ask confirm={element.confirm} yes={() => choose(asked)} no={() => setAsked(null)} />}
    </div>
  );
}
