"""The last step before a playbook is saved, drawn: what is different, what else moves, and what became of it."""

from collections.abc import Iterable, Sequence

from bot.domain.draft import Draft
from bot.domain.revision import Kind
from bot.rendering.wording import escape
from bot.services.difference import Changed
from bot.services.saving import Saved
from bot.services.stale_tests import Stale
from bot.slack.editor_state import Place
from bot.slack.parts import Block, actions, button, cut, divider, modal, page, question, section, typed

CALLBACK, TESTS = "editor:save", "editor:tests"
WAITING = page(
    "One moment",
    "Checking what else moves …\nThis page changes by itself. Your text is kept. If it does not within a minute, close "
    "it and look at my Home tab: what was saved stands there.",
)
LINES = 12
"""Changes, and sentences on what moves, that are listed."""
LONGEST = 220
_NOW = {
    Kind.WORDS: "The next question uses it.",
    Kind.RETIRED: "No question finds it any more; its versions bring it back.",
    Kind.SHIPPED: "The words that Cuecard came with are back.",
}
_NOTHING = "Nothing else moves: every other playbook is found as before."


def draw_summary(draft: Draft, place: Place, mine: Sequence[Changed], moves: Sequence[str]) -> Block:
    """What would be saved, and what it takes from others."""
    blocks: list[Block] = [
        section(f"*{escape(draft.fields.get('title', draft.playbook))[:200]}*\nNot saved yet. This is different:"),
        section(bullets(one.said for one in mine)),
        divider(),
        section(f"*What else moves*\n{bullets(moves) if moves else _NOTHING}"),
        question(
            "note", "A note for the others", typed("told", longest=200), optional=True, hint="Why: “asked at the till”."
        ),
        actions("tools", [button("editor:again", "Back to the form")]),
    ]
    return modal("Save?", blocks, callback=CALLBACK, submit="Save", close="Not now", kept=place.dump())


def draw_stale(draft: Draft, place: Place, stale: Sequence[Stale]) -> Block:
    """What the card's own tests expect that is gone, and what they would expect when they are brought up to date."""
    one = len(stale) == 1
    these, it = ("A test of this card expects", "it") if one else ("Tests of this card expect", "them")
    title = escape(draft.fields.get("title", draft.playbook))[:200]
    blocks: list[Block] = [section(f"*{title}*\nNot saved yet. {these} words that you have changed. Update {it}, too?")]
    for found in stale[:LINES]:
        situation, old, new = (escape(cut(text, LONGEST)) for text in (found.situation, found.old, found.new))
        blocks.append(section(f"“{situation}” expects\n• now: “{old}”\n• then: “{new}”"))
    if len(stale) > LINES:
        blocks.append(section(f"… and {len(stale) - LINES} more"))
    blocks.append(actions("tools", [button("editor:again", "Back to the form")]))
    submit = "Update the test" if one else "Update the tests"
    return modal("Update the test?", blocks, callback=TESTS, submit=submit, close="Not now", kept=place.dump())


def draw_saved(saved: Saved, title: str) -> Block:
    """That it is saved, and from when on it answers."""
    if saved.revision.waiting:
        said = (
            f"*{escape(title)}* is saved as version {saved.revision.number}, and waits for a second manager. Ask one "
            "to open its versions and approve it. Until then everything stays as it is."
        )
        return page("Waiting", said)
    done = "approved" if saved.revision.approved_by else "saved"
    said = f"*{escape(title)}* is {done} as version {saved.revision.number}. {_NOW[saved.revision.kind]}"
    moved = f"\n\n*What else moves*\n{bullets(saved.moves)}" if saved.moves else ""
    return page("Saved", said + moved)


def bullets(sentences: Iterable[str]) -> str:
    """Sentences as a list in Slack's marks, cut where it is long."""
    found = list(sentences)
    listed = [f"• {escape(cut(sentence, LONGEST))}" for sentence in found[:LINES]]
    return "\n".join([*listed, f"… and {len(found) - LINES} more"] if len(found) > LINES else listed)
