/** Every kind of select: which options it offers, and how what was chosen is told. */
import { useContext } from "preact/hooks";
import { server } from "../server";
import { Combobox, type Group } from "./combobox";
import { Channels, People, useSurface } from "./surface";
import type { ControlProps } from "./control";
import type { Entry, Option } from "../types";

type Kind = "option" | "user" | "channel" | "conversation";

function kindOf(type: string): Kind {
  if (type.includes("users")) return "user";
  if (type.includes("channels")) return "channel";
  return type.includes("conversations") ? "conversation" : "option";
}

function named(value: string, text: string): Option {
  return { value, text: { type: "plain_text", text } };
}

function chosenIn(entry: Entry, kind: Kind, offered: Option[]): Option[] {
  const one = entry[`selected_${kind}`];
  const many = entry[`selected_${kind}s`] ?? (one ? [one] : []);
  return many.map((found) =>
    typeof found === "string" ? (offered.find((option) => option.value === found) ?? named(found, found)) : found,
  );
}

export function Picker(props: ControlProps) {
  const { block, element, entry, change, ...labels } = props;
  const surface = useSurface();
  const people = useContext(People);
  const channels = useContext(Channels);
  const kind = kindOf(element.type);
  const multiple = element.type.startsWith("multi_");
  const groups: Group[] =
    kind === "user"
      ? [{ label: "", options: people.map((person) => named(person.id, person.name)) }]
      : kind !== "option"
        ? [{ label: "", options: channels.map((one) => named(one.id, one.kind === "dm" ? one.name : `#${one.name}`)) }]
        : (element.option_groups?.map((group) => ({ label: group.label.text, options: group.options })) ?? [
            { label: "", options: element.options ?? [] },
          ]);
  const offered = groups.flatMap((group) => group.options);
  const search = async (typed: string): Promise<Group[]> => {
    const view = surface.container.id;
    const found = await server.options(surface.user, view, element.action_id ?? "", block.block_id ?? "", typed);
    return (
      found.option_groups?.map((group) => ({ label: group.label.text, options: group.options })) ?? [
        { label: "", options: found.options ?? [] },
      ]
    );
  };
  const pick = (options: Option[]) => {
    const told = kind === "option" ? options : options.map((option) => option.value);
    const name = `selected_${kind}${multiple ? "s" : ""}`;
    change({ type: element.type, [name]: multiple ? told : (told[0] ?? null) } as Entry);
  };
  return (
    <Combobox
      {...labels}
      label={labels.label ?? element.placeholder?.text ?? "Choose"}
      groups={groups}
      search={element.type.includes("external") ? search : undefined}
      shortest={element.min_query_length ?? 3}
      multiple={multiple}
      most={element.max_selected_items}
      chosen={chosenIn(entry, kind, offered)}
      pick={pick}
      placeholder={element.placeholder?.text}
    />
  );
}
