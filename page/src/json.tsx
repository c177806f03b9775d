/** Text that went over the wire, laid out: JSON with its marks, forms field by field. */
import type { ComponentChildren } from "preact";

/** Reads JSON, or a form whose fields may hold JSON; anything else stays text. */
export function read(text: string): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text);
  } catch {
    if (!/^[\w.%+-]+=/.test(text)) return text;
    return Object.fromEntries([...new URLSearchParams(text)].map(([name, value]) => [name, inner(value)]));
  }
}

function inner(value: string): unknown {
  if (!/^[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function* tinted(text: string): Iterable<ComponentChildren> {
  let from = 0;
  for (const found of text.matchAll(TOKEN)) {
    yield text.slice(from, found.index);
    const kind = found[2] ? "j-key" : found[1] ? "j-text" : "j-value";
    yield <span class={kind}>{found[1] ?? found[0]}</span>;
    if (found[2]) yield found[2];
    from = found.index + found[0].length;
  }
  yield text.slice(from);
}

export function Json({ text, label }: { text: string; label: string }) {
  const found = read(text);
  if (found === "" || found === null || found === undefined) return <p class="muted">Nothing: the acknowledgement alone.</p>;
  return (
    <pre class="json" tabIndex={0} aria-label={label} role="region">
      {typeof found === "string" ? found : [...tinted(JSON.stringify(found, null, 2))]}
    </pre>
  );
}
