/** Draws Block Kit, block by block. */
import { memo } from "preact/compat";
import { Control } from "./control";
import { InputBlock } from "./input_block";
import { RichText, type Rich } from "./rich";
import { Words } from "./text";
import type { Block, Element, Text } from "../types";

export function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <div class="blocks">
      {blocks.map((block, number) => (
        <DrawnBlock key={block.block_id ?? number} block={block} />
      ))}
    </div>
  );
}

const DrawnBlock = memo(function DrawnBlock({ block }: { block: Block }) {
  switch (block.type) {
    case "header":
      return <h3 class="b-header">{block.text?.text}</h3>;
    case "divider":
      return <hr class="b-divider" />;
    case "section":
      return <Section block={block} />;
    case "context":
      return <Context block={block} />;
    case "actions":
      return (
        <div class="b-actions">
          {block.elements?.map((element, number) => (
            <Control key={element.action_id ?? number} block={block} element={element} acts />
          ))}
        </div>
      );
    case "input":
      return <InputBlock block={block} />;
    case "rich_text":
      return <RichText elements={(block.elements ?? []) as unknown as Rich[]} />;
    case "image":
      return <Picture element={block as unknown as Element} />;
    default:
      return <p class="muted">A block of the kind “{block.type}” stands here; the playground does not draw it.</p>;
  }
});

function Section({ block }: { block: Block }) {
  return (
    <div class="b-section">
      <div class="b-body">
        {block.text && <Words text={block.text} />}
        {block.fields && (
          <div class="b-fields">
            {block.fields.map((field, number) => (
              <Words key={number} text={field} />
            ))}
          </div>
        )}
      </div>
      {block.accessory && (
        <div class="b-accessory">
          <Control block={block} element={block.accessory} acts />
        </div>
      )}
    </div>
  );
}

function Context({ block }: { block: Block }) {
  return (
    <div class="b-context">
      {block.elements?.map((element, number) =>
        element.type === "image" ? (
          <Picture key={number} element={element} />
        ) : (
          <Words key={number} text={element as unknown as Text} />
        ),
      )}
    </div>
  );
}

/** No request leaves the machine: a picture from elsewhere is named instead of fetched. */
export function Picture({ element }: { element: Element }) {
  return (
    <span class="picture" role="img" aria-label={element.alt_text}>
      🖼 {element.alt_text}
    </span>
  );
}
