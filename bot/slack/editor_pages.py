"""The pages of a playbook's form: at most six inputs each, long texts spread over several, nothing cut."""

import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.reserved import PHRASES_ONLY
from bot.services.draft import clean
from bot.services.lines import pieces
from bot.slack.editor_fields import PHRASES_SECTIONS, PLAYBOOK_SECTIONS, Field, Input

INPUTS = 6
"""Inputs that a phone shows without losing people."""
ROOM = 2500
"""Characters of a list that one input starts with; Slack takes 3,000, so that some can be added."""
LONGEST = 3000

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """One input: a field, or the part of a long one, with what stands in it."""

    field: Field
    part: int
    text: str

    @property
    def block(self) -> str:
        """Its block_id: the field, for its first part."""
        return f"{self.field.name}/{self.part}" if self.part else self.field.name


@dataclass(frozen=True, slots=True)
class Page:
    """What is filled in at once."""

    title: str
    slots: tuple[Slot, ...]


def pages_of(playbook: str, fields: Fields) -> tuple[Page, ...]:
    """The pages of a form as it stands."""
    sections = PHRASES_SECTIONS if playbook in PHRASES_ONLY else PLAYBOOK_SECTIONS
    return tuple(
        Page(section.title, tuple(slots[start : start + INPUTS]))
        for section in sections
        for slots in [[slot for field in section.fields for slot in _slots(field, fields.get(field.name, ""))]]
        for start in range(0, len(slots), INPUTS)
    )


def seal(fields: Fields, page: Page) -> str:
    """A short mark of the long fields on a page, which tells whether they were changed since it was drawn."""
    names = sorted({slot.field.name for slot in page.slots if slot.field.input is Input.LIST})
    return f"{zlib.crc32(repr([fields.get(name, '') for name in names]).encode()):x}"


def too_long(typed: Fields) -> dict[str, str]:
    """A sentence by block_id for each input that holds more than Slack lets anybody type."""
    return {
        block: f"This has {len(text):,} characters; at most {LONGEST:,} fit here. Shorten it."
        for block, text in typed.items()
        if len(text) > LONGEST
    }


def fill(fields: Fields, page: Page, typed: Fields, *, same: bool) -> dict[str, str]:
    """The form with what was typed on a page; `typed` are texts by block_id.

    Where a long field was changed in another form meanwhile (`same` false), the lines of both are put together.
    """
    found = dict(fields)
    for name, slots in _by_field(page).items():
        before = fields.get(name, "")
        told = {slot.part: clean(typed[slot.block]) for slot in slots if slot.block in typed}
        if not told:
            continue
        if slots[0].field.input is Input.LIST and not same:
            found[name] = "\n".join(dict.fromkeys([*before.splitlines(), *"\n".join(told.values()).splitlines()]))
        else:
            parts = {slot.part: slot.text for slot in _slots(slots[0].field, before)} | told
            found[name] = "\n".join(parts[part] for part in sorted(parts) if parts[part])
    return found


def _by_field(page: Page) -> dict[str, list[Slot]]:
    found: dict[str, list[Slot]] = {}
    for slot in page.slots:
        found.setdefault(slot.field.name, []).append(slot)
    return found


def _slots(field: Field, text: str) -> Iterator[Slot]:
    if field.input not in (Input.LIST, Input.TEXT, Input.LINE):
        yield Slot(field, 0, text)
        return
    room = ROOM if field.input is Input.LIST else LONGEST
    for part, piece in enumerate(pieces(text, room)):
        yield Slot(field, part, piece)
