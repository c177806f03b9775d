"""One page of the playbook form, drawn as a modal, and what comes back from it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.draft import Draft
from bot.domain.problem import Problem
from bot.domain.reserved import PHRASES_ONLY
from bot.rendering.wording import escape
from bot.services.edit import gaps_of
from bot.slack.editor_fields import ANY_ID, CHOICES, FIRST_CHOICE, Input
from bot.slack.editor_marks import marks_of
from bot.slack.editor_pages import LONGEST, ROOM, Page, Slot, pages_of, seal
from bot.slack.editor_state import Place
from bot.slack.parts import Block, actions, answers, button, context, modal, option, plain, question, section, typed

CALLBACK = "editor"
FIXED = (
    "This card is for an emergency: its words are fixed. You can add to how people say it; a second manager approves."
)
MEND = "⚠️ *Not saved yet.* Mend what is marked on this page, then check again."
BEGUN = "What was missing stands first under *How people say it*. Saved, it leaves the list."
UNNAMED = "Nothing: it ends here"


def draw_page(draft: Draft, place: Place, titles: Mapping[str, str], problems: Iterable[Problem] = ()) -> Block:
    """The modal of one page, with a sentence above each input that must be mended.

    `titles` are those of the playbooks by id, for the menu that holds one already.
    """
    pages = pages_of(draft.playbook, draft.fields)
    number = min(place.page, len(pages) - 1)
    page, last = pages[number], number == len(pages) - 1
    told = marks_of(problems, pages).get(number, {})
    blocks: list[Block] = [
        _head(draft, pages, number),
        *([section(MEND)] if told else []),
        _tools(draft, pages, number),
    ]
    for slot in page.slots:
        blocks += [context(f"⚠️ {escape(sentence)}") for sentence in told.get(slot.block, ())]
        blocks.append(_input(slot, place.turn, titles))
    kept = Place(draft.playbook, number, place.turn, seal(draft.fields, page)).dump()
    submit = "Check and save" if last else "Next"
    view = modal(_title(draft), blocks, callback=CALLBACK, submit=submit, close="Close", kept=kept)
    return {**view, "notify_on_close": True}


def typed_in(view: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the inputs of a page, as texts by block_id; an empty input is an empty text."""
    held = {block: _text(found) for block, found in answers(view).items()}
    return {block: text for block, text in held.items() if block not in ("tools", "goto")}


def _text(found: Any) -> str:
    if isinstance(found, list):
        return ", ".join(map(str, found))
    return "" if found in (None, ANY_ID) else str(found)


def _title(draft: Draft) -> str:
    known = draft.base or draft.playbook in PHRASES_ONLY or "say.first" in draft.fields
    return "Edit a playbook" if known else "New playbook"


def _head(draft: Draft, pages: Sequence[Page], number: int) -> Block:
    named = escape(draft.fields.get("title", "").strip() or draft.playbook)[:200]
    fixed = f"\n{FIXED}" if draft.playbook in PHRASES_ONLY else ""
    begun = f"\n{BEGUN}" if gaps_of(draft) and number == 0 else ""
    where = f"{pages[number].title} · page {number + 1} of {len(pages)} · kept as you turn"
    return section(f"*{named}*\n{where}{fixed}{begun}")


def _tools(draft: Draft, pages: Sequence[Page], number: int) -> Block:
    buttons = [button("editor:back", "Back")] if number else []
    if draft.playbook not in PHRASES_ONLY:
        buttons.append(button("editor:preview", "Preview"))
    buttons.append(button("editor:try", "Try it"))
    if number + 1 < len(pages):
        buttons.append(button("editor:check", "Check and save"))
    if any(slot.field.name.startswith(("say.", "steps", "never", "boss.when")) for slot in pages[number].slots):
        buttons.append(button("editor:insert", "Insert a detail"))
    listed = [option(str(place), f"{place + 1}. {page.title}") for place, page in enumerate(pages)][:100]
    jump: Block = {
        "type": "static_select",
        "action_id": "editor:goto",
        "placeholder": plain("Go to page"),
        "options": listed,
    }
    return actions("tools", [*buttons, jump] if len(pages) > 1 else buttons)


def _input(slot: Slot, turn: int, titles: Mapping[str, str]) -> Block:
    field = slot.field
    label = f"{field.label} (part {slot.part + 1})" if slot.part else field.label
    optional = field.optional or bool(slot.part)
    return question(
        slot.block, label, _element(slot, f"in:{turn}", titles), optional=optional, hint="" if slot.part else field.hint
    )


def _element(slot: Slot, action: str, titles: Mapping[str, str]) -> Block:
    field, text = slot.field, slot.text
    if field.input in (Input.LINE, Input.TEXT, Input.LIST):
        longest = LONGEST if field.input is Input.LIST else max(field.longest, len(text))
        return typed(action, text, longest=longest, multiline=field.input is not Input.LINE or len(text) > ROOM)
    if field.input is Input.DAY:
        return {"type": "datepicker", "action_id": action, **({"initial_date": text} if _is_day(text) else {})}
    if field.input is Input.PLAYBOOK:
        chosen = option(text or ANY_ID, titles.get(text, text) or UNNAMED)
        return {
            "type": "external_select",
            "action_id": f"playbooks:{action}",
            "min_query_length": 0,
            "initial_option": chosen,
        }
    return _choice(slot, action)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _choice(slot: Slot, action: str) -> Block:
    name, text = slot.field.name, slot.text
    several = slot.field.input is Input.CHOICES
    chosen = [one.strip() for one in (text or FIRST_CHOICE.get(name, "")).split(",") if one.strip()]
    known = {**CHOICES[name], **({} if several else {one: one for one in chosen if one not in CHOICES[name]})}
    listed = {value: option(value, shown) for value, shown in known.items()}
    held = [listed[one] for one in chosen if one in listed]
    found: Block = {"type": "multi_static_select" if several else "static_select", "action_id": action}
    found["options"] = list(listed.values())
    if held:
        found |= {"initial_options": held} if several else {"initial_option": held[0]}
    return found
