/** Text objects and rich text, drawn from their parts: nothing that was typed can become markup of the page. */
import type { ComponentChildren } from "preact";
import { memo } from "preact/compat";
import { useContext } from "preact/hooks";
import { parse, type Part, type Piece } from "./mrkdwn";
import { Channels, People } from "./surface";
import type { Text } from "../types";

export const Mrkdwn = memo(function Mrkdwn({ text, verbatim = false }: { text: string; verbatim?: boolean }) {
  return (
    <div class="mrkdwn">
      {parse(text, verbatim).map((piece, number) => (
        <PieceView key={number} piece={piece} />
      ))}
    </div>
  );
});

/** A text object. */
export function Words({ text }: { text: Text }) {
  if (text.type === "mrkdwn") return <Mrkdwn text={text.text} verbatim={text.verbatim} />;
  return <span class="plain">{text.text}</span>;
}

function PieceView({ piece }: { piece: Piece }) {
  if (piece.kind === "pre") return <pre>{piece.text}</pre>;
  const inner = <Parts parts={piece.parts} />;
  return piece.kind === "quote" ? <blockquote>{inner}</blockquote> : <p>{inner}</p>;
}

function Parts({ parts }: { parts: Part[] }) {
  return (
    <>
      {parts.map((part, number) => (
        <PartView key={number} part={part} />
      ))}
    </>
  );
}

function PartView({ part }: { part: Part }) {
  if (typeof part === "string") return <>{part}</>;
  switch (part.kind) {
    case "bold":
      return <strong><Parts parts={part.parts} /></strong>;
    case "italic":
      return <em><Parts parts={part.parts} /></em>;
    case "strike":
      return <s><Parts parts={part.parts} /></s>;
    case "code":
      return <code>{part.text}</code>;
    case "link":
      return <Link url={part.url}>{part.text}</Link>;
    case "mention":
      return <Mention {...part} />;
  }
}

/** A link, where it leads somewhere that a browser may go; else its words alone. */
export function Link({ url, children }: { url: string; children: ComponentChildren }) {
  if (!/^(https?:|mailto:|tel:)/i.test(url)) return <>{children}</>;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

export function Mention({ of, id, text }: { of: string; id: string; text: string }) {
  const people = useContext(People);
  const channels = useContext(Channels);
  const known = of === "channel" ? channels.find((one) => one.id === id) : people.find((one) => one.id === id);
  return (
    <span class="mention">
      {of === "channel" ? "#" : "@"}
      {known?.name || text || id}
    </span>
  );
}
