"""Two editors at once: what the other saved meanwhile, with one's own text kept."""

from collections.abc import Iterable, Iterator

from bot.domain.revision import Kind, Revision
from bot.rendering.wording import escape
from bot.services.difference import Changed
from bot.services.meanwhile import Joined
from bot.slack.editor_state import Place
from bot.slack.parts import Block, actions, button, context, cut, divider, modal, moment, section, who

SHOWN = 20
"""Changes that stand on one page."""
_BOTH = "Both are in your form now: what they changed, and what you did. Look through it, and save it then."
_OFF = "They took the card off. It comes back if you save your form."


def draw_conflict(joined: Joined) -> Block:
    """What was changed meanwhile, and what to do: go on with one's own text, or take theirs."""
    assert joined.theirs is not None
    off = [_OFF] if joined.theirs.kind is Kind.RETIRED else []
    told = [*off, *(escape(cut(one.said, 250)) for one in joined.changed[:10])]
    blocks: list[Block] = [
        section(
            f"*Somebody else was first*\n{saved_by(joined.theirs)}, while your form was open. Your own text is kept."
        ),
        section("*They changed*\n" + "\n".join(f"• {one}" for one in told)),
    ]
    if joined.both:
        blocks += [divider(), section("*You both changed the same*\nIf you go on, your text stands there. Theirs was:")]
        blocks += _theirs(joined.both)
    elif joined.changed:
        blocks.append(section(_BOTH))
    taking = {
        "title": {"type": "plain_text", "text": "Throw your text away?"},
        "text": {"type": "plain_text", "text": "What you typed in this form will be gone."},
        "confirm": {"type": "plain_text", "text": "Throw it away"},
        "deny": {"type": "plain_text", "text": "Keep it"},
    }
    mine = button("editor:mine", "Go on with my text", style="primary")
    blocks.append(actions("conflict", [mine, {**button("editor:theirs", "Take theirs"), "confirm": taking}]))
    kept = Place(joined.draft.playbook).dump()
    return modal("Changed meanwhile", blocks, callback="editor:conflict", kept=kept)


def saved_by(revision: Revision) -> str:
    """Who saved a version and when, in the reader's own time zone."""
    return f"{who(revision.author)} saved version {revision.number} {moment(revision.at)}"


def _theirs(changed: Iterable[Changed]) -> Iterator[Block]:
    for one in list(changed)[:SHOWN]:
        yield context(escape(cut(one.said, 2000)))
