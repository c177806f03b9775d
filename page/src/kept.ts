/** What the page remembers in this browser: theme, phone frame, drawer, tour. */
import { useState } from "preact/hooks";

function read<T>(name: string, otherwise: T): T {
  try {
    const found = localStorage.getItem(`cuecard.${name}`);
    return found === null ? otherwise : (JSON.parse(found) as T);
  } catch {
    return otherwise;
  }
}

/** State that outlives a reload, where the browser lets it. */
export function useKept<T>(name: string, otherwise: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => read(name, otherwise));
  const keep = (next: T) => {
    setValue(next);
    try {
      localStorage.setItem(`cuecard.${name}`, JSON.stringify(next));
    } catch {
      // A private window may refuse; the choice then lasts until the reload.
    }
  };
  return [value, keep];
}
