/** Slack's text: mrkdwn and rich text drawn by slack-blocks-to-jsx, plain text as it is. */
import { options } from "preact";
import { memo } from "preact/compat";
import { useContext } from "preact/hooks";
import { Message, type MessageProps } from "slack-blocks-to-jsx";
import { People } from "./surface";
import type { Block, Text } from "../types";

const SAFE = /^(https?:|mailto:|tel:)/i;

// The renderer gives every message the same id.
const drawn = options.vnode;
options.vnode = (vnode) => {
  const props = vnode.props as { id?: string };
  if (props.id === "slack_blocks_to_jsx") props.id = undefined;
  drawn?.(vnode);
};

const hooks: MessageProps["hooks"] = {
  link: ({ href, children }) =>
    SAFE.test(href) ? (
      <a href={href} target="_blank" rel="noopener noreferrer">
        {children}
      </a>
    ) : (
      <>{children}</>
    ),
};

/** The renderer reads `&lt;!here&gt;` as a mention, which Slack shows as text: an invisible joiner keeps it text. */
function literal(text: string): string {
  return text.replaceAll("&lt;", "&lt;\u2060");
}

/** Blocks that nobody taps, drawn by the renderer. */
export const Drawn = memo(function Drawn({ block }: { block: Block }) {
  const users = useContext(People);
  const blocks = [block] as unknown as MessageProps["blocks"];
  return <Message unstyled withoutWrapper blocks={blocks} logo="" name="" hooks={hooks} data={{ users }} />;
});

export const Mrkdwn = memo(function Mrkdwn({ text }: { text: string }) {
  return <Drawn block={{ type: "section", text: { type: "mrkdwn", text: literal(text) } }} />;
});

/** A text object. */
export function Words({ text }: { text: Text }) {
  return text.type === "mrkdwn" ? <Mrkdwn text={text.text} /> : <span class="plain">{text.text}</span>;
}
