/** Slack's own markup read into parts: bold, italic, struck, code, quotes, links and mentions; everything else is text. */
import { date } from "./date";

export type Part =
  | string
  | { kind: "bold" | "italic" | "strike"; parts: Part[] }
  | { kind: "code"; text: string }
  | { kind: "link"; url: string; text: string }
  | { kind: "mention"; of: "user" | "channel" | "group" | "all"; id: string; text: string };

export type Piece = { kind: "lines" | "quote"; parts: Part[] } | { kind: "pre"; text: string };

const URL_TEXT = String.raw`https?:\/\/[^\s<>|]*[^\s<>|.,;:!?'")\]]`;
const around = (mark: string) => String.raw`(?<![\w${mark}])${mark}(?=\S)([^\n]*?\S)${mark}(?![\w${mark}])`;
const INLINE = new RegExp(
  [String.raw`\`([^\`\n]+)\``, String.raw`<([^<>\n]+)>`, around(String.raw`\*`), around("_"), around("~"), `(${URL_TEXT})`].join("|"),
  "g",
);
const MARKED = ["bold", "italic", "strike"] as const;

/** The three entities that Slack decodes; every other one is text. */
export function decode(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_, name: string) => ({ lt: "<", gt: ">", amp: "&" })[name] ?? "");
}

/** What stands between `<` and `>`: a mention, a date or a link. */
function angle(inner: string): Part {
  const [target = "", label = ""] = inner.split(/\|(.*)/s);
  const id = target.slice(1);
  if (target.startsWith("@")) return { kind: "mention", of: "user", id, text: decode(label) };
  if (target.startsWith("#")) return { kind: "mention", of: "channel", id, text: decode(label) };
  if (/^!(here|channel|everyone)$/.test(target)) return { kind: "mention", of: "all", id, text: id };
  if (target.startsWith("!subteam^")) return { kind: "mention", of: "group", id: target.slice(9), text: decode(label) };
  if (target.startsWith("!date^")) return date(target, decode(label || inner));
  if (/^(https?:|mailto:|tel:)/i.test(target)) return { kind: "link", url: decode(target), text: decode(label || target) };
  return `<${decode(inner)}>`;
}

/** One or more lines; bare addresses become links unless `verbatim`. */
export function inline(text: string, verbatim: boolean): Part[] {
  const parts: Part[] = [];
  let from = 0;
  const say = (plain: string) => plain && parts.push(decode(plain));
  for (const found of text.matchAll(INLINE)) {
    const [whole, code, inner, bold, italic, strike, url] = found;
    const marked = [bold, italic, strike].findIndex((one) => one !== undefined);
    say(text.slice(from, found.index));
    if (code !== undefined) parts.push({ kind: "code", text: decode(code) });
    else if (inner !== undefined) parts.push(angle(inner));
    else if (marked >= 0)
      parts.push({ kind: MARKED[marked] ?? "bold", parts: inline([bold, italic, strike][marked] ?? "", verbatim) });
    else if (url && !verbatim) parts.push({ kind: "link", url: decode(url), text: decode(url) });
    else say(whole);
    from = found.index + whole.length;
  }
  say(text.slice(from));
  return parts;
}

const QUOTED = /^(?:>|&gt;) ?/;

/** A whole text: stretches of lines, quotes, and code blocks, in order. */
export function parse(text: string, verbatim = false): Piece[] {
  const pieces: Piece[] = [];
  text.split(/```\n?([\s\S]+?)\n?```\n?/).forEach((stretch, number) => {
    if (number % 2) return pieces.push({ kind: "pre", text: decode(stretch) });
    if (!stretch) return;
    let lines: string[] = [];
    let quoted = false;
    const end = () => {
      if (lines.length) pieces.push({ kind: quoted ? "quote" : "lines", parts: inline(lines.join("\n"), verbatim) });
      lines = [];
    };
    for (const line of stretch.split("\n")) {
      const quotes = QUOTED.test(line);
      if (quotes !== quoted) end();
      quoted = quotes;
      lines.push(line.replace(QUOTED, ""));
    }
    end();
  });
  return pieces;
}
