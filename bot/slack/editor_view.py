"""One page of the playbook form, drawn as a modal, and what comes back from it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bot.domain.draft import Draft
from bot.domain.problem import Problem
from bot.domain.reserved import PHRASES_ONLY
from bot.rendering.wording import escape
from bot.services.edit import gaps_of
from bot.slack.editor_fields import ANY_ID, CHOICES, FIRST_CHOICE, NAMES, Input
from bot.slack.editor_marks import marks_of
from bot.slack.editor_pages import LONGEST, ROOM, Page, Slot, pages_of, seal
from bot.slack.editor_state import Place
from bot.slack.parts import Block, actions, answers, button, divider, modal, option, plain, question, section, typed

CALLBACK, CHECKS = "editor", "editor:check"
"""A page whose own button goes on to the next, and one whose button goes on to the summary."""
FIXED = (
    "This card is for an emergency: its words are fixed. You can add to how people say it; a second manager approves."
)
MEND = "⚠️ *Not saved yet.* Mend what is marked below {fields}, then check again."
BEGUN = "What was missing stands first under *How people say it*. Saved, it leaves the list."
BLANKS = "Where ‹name› or the like stands, put words that somebody would type there, made-up ones."
CHECK = "Check and save"
UNNAMED = "Nothing: it ends here"


def draw_page(draft: Draft, place: Place, titles: Mapping[str, str], problems: Iterable[Problem] = ()) -> Block:
    """The modal of one page, with sentences right below each input that must be mended.

    `titles` are those of the playbooks by id, for the menu that holds one already. Its own button checks on the last
    page and where something was to be mended, and turns to the next page on the others.
    """
    pages = pages_of(draft.playbook, draft.fields)
    number = min(place.page, len(pages) - 1)
    page, told = pages[number], marks_of(problems, pages).get(number, {})
    checks = bool(told) or number == len(pages) - 1
    blocks: list[Block] = [
        _head(draft, pages, number),
        *([section(_mend(page, told))] if told else []),
        _tools(draft, pages, number),
    ]
    for slot in page.slots:
        blocks.append(_input(slot, place.turn, titles))
        if sentences := told.get(slot.block):
            blocks += _marks(slot, sentences)
    blocks += _end(number, checks=checks)
    kept = Place(draft.playbook, number, place.turn, seal(draft.fields, page)).dump()
    sent = {"callback": CHECKS, "submit": CHECK} if checks else {"callback": CALLBACK, "submit": "Next"}
    return {**modal(_title(draft), blocks, **sent, close="Close", kept=kept), "notify_on_close": True}


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
    begun += f"\n{BLANKS}" if begun and "‹" in draft.fields.get("phrases", "") else ""
    where = f"{pages[number].title} · page {number + 1} of {len(pages)} · kept as you turn"
    return section(f"*{named}*\n{where}{fixed}{begun}")


def _marks(slot: Slot, sentences: Iterable[str]) -> list[Block]:
    """What is wrong in an input, set apart from the next one: Slack leaves as much room above a block as below it."""
    said = "\n".join(map(escape, sentences))
    return [section(f"⚠️ *{NAMES[slot.field.name]}:* {said}"), divider()]


def _mend(page: Page, told: Mapping[str, Sequence[str]]) -> str:
    named = dict.fromkeys(NAMES[slot.field.name] for slot in page.slots if slot.block in told)
    return MEND.format(fields=", ".join(f"*{name}*" for name in named))


def _end(number: int, *, checks: bool) -> list[Block]:
    """What stands at the end of a page, where the thumb is by then: the ways that the form's own button does not go."""
    ways = [] if checks else [button("editor:check", CHECK, style="primary")]
    ways += [button("editor:back", "Back")] if number else []
    return [actions("end", ways)] if ways else []


def _tools(draft: Draft, pages: Sequence[Page], number: int) -> Block:
    buttons = []
    if draft.playbook not in PHRASES_ONLY:
        buttons.append(button("editor:preview", "Preview"))
    buttons.append(button("editor:try", "Try it"))
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
