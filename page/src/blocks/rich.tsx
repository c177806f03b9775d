/** Rich text: sections, lists, quotes and code, whose texts are taken literally. */
import { Link, Mention } from "./text";

interface Style {
  bold?: boolean;
  italic?: boolean;
  strike?: boolean;
  code?: boolean;
}

export interface Rich {
  type: string;
  elements?: Rich[];
  style?: Style | "ordered" | "bullet";
  indent?: number;
  text?: string;
  url?: string;
  user_id?: string;
  channel_id?: string;
  usergroup_id?: string;
  range?: string;
  name?: string;
  unicode?: string;
  fallback?: string;
  value?: string;
}

export function RichText({ elements }: { elements: Rich[] }) {
  return (
    <div class="mrkdwn">
      {elements.map((element, number) => (
        <Piece key={number} element={element} />
      ))}
    </div>
  );
}

function Piece({ element }: { element: Rich }) {
  const inner = element.elements?.map((one, number) => <Leaf key={number} leaf={one} />);
  if (element.type === "rich_text_quote") return <blockquote>{inner}</blockquote>;
  if (element.type === "rich_text_preformatted") return <pre>{inner}</pre>;
  if (element.type !== "rich_text_list") return <p>{inner}</p>;
  const items = element.elements?.map((one, number) => (
    <li key={number}>
      <Piece element={one} />
    </li>
  ));
  const depth = { "data-indent": element.indent ?? 0 };
  return element.style === "ordered" ? <ol {...depth}>{items}</ol> : <ul {...depth}>{items}</ul>;
}

function Leaf({ leaf }: { leaf: Rich }) {
  const style = (typeof leaf.style === "object" ? leaf.style : {}) as Style;
  let drawn = said(leaf);
  if (style.code) drawn = <code>{drawn}</code>;
  if (style.strike) drawn = <s>{drawn}</s>;
  if (style.italic) drawn = <em>{drawn}</em>;
  if (style.bold) drawn = <strong>{drawn}</strong>;
  return drawn;
}

function said(leaf: Rich) {
  switch (leaf.type) {
    case "link":
      return <Link url={leaf.url ?? ""}>{leaf.text ?? leaf.url}</Link>;
    case "user":
      return <Mention of="user" id={leaf.user_id ?? ""} text="" />;
    case "channel":
      return <Mention of="channel" id={leaf.channel_id ?? ""} text="" />;
    case "usergroup":
      return <Mention of="group" id={leaf.usergroup_id ?? ""} text="" />;
    case "broadcast":
      return <Mention of="all" id={leaf.range ?? ""} text="" />;
    case "emoji":
      return <>{leaf.unicode ? String.fromCodePoint(...leaf.unicode.split("-").map((one) => parseInt(one, 16))) : `:${leaf.name}:`}</>;
    default:
      return <>{leaf.text ?? leaf.fallback ?? leaf.value ?? ""}</>;
  }
}
