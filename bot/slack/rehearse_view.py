"""Preview and *Try it*, drawn: the very card that staff will see, and what a situation finds now and then."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.answer import Card, Guidance, Reply
from bot.domain.playbook import Rung
from bot.domain.problem import Problem
from bot.rendering.wording import escape
from bot.services.preview import Shown, Tried
from bot.slack.blocks import draw
from bot.slack.editor_fields import NAMES
from bot.slack.editor_state import Place
from bot.slack.parts import OPTION, Block, actions, context, divider, modal, option, question, section, typed

TRY = "editor:try"
LOOKS = 100
"""Looks that a menu holds."""
PROBLEMS = 10
_RUNGS = {Rung.FIRST: "First line", Rung.FIRM: "When they push", Rung.FINAL: "Last words"}
_AFTER = "After the last words"


def draw_preview(shown: Sequence[Shown], place: Place, safety_line: str, refused: Sequence[Problem] = ()) -> Block:
    """One look of a card: the page of `place` is the look's number, its seal the rung (none: past the last).

    `refused` are the problems for which it cannot be saved as it stands.
    """
    look = min(place.page, len(shown) - 1)
    card, wanted = shown[look].card, Rung(place.seal) if place.seal in list(Rung) else None
    rung = Rung.FIRST if wanted and wanted not in card.lines else wanted
    drawn = draw(Reply(Guidance(card, rung), safety_line), "", card.title)["blocks"]
    bar = _bar([one.label for one in shown[:LOOKS]], look, card, rung)
    menus = [{**menu, "action_id": f"{menu['action_id']}:{place.turn}"} for menu in bar]
    named = [context(escape(shown[look].label))] if len(shown) == 1 or len(shown[look].label) > OPTION else []
    warned = [section(_listed("⚠️ *Check and save* will refuse this:", refused))] if refused else []
    head = [*warned, *named, *([actions("seen", menus)] if menus else []), divider()]
    blocks = [*head, *map(_still, drawn)]
    return modal("As staff will see it", blocks, callback="editor:preview", close="Back", kept=place.dump())


def draw_try(tried: Tried | None, situation: str, kept: str) -> Block:
    """The input for a situation, with what the last one found."""
    asks = typed("told", situation, longest=500, multiline=True)
    hint = "As somebody would type it in a hurry. It is not stored."
    blocks = [question("situation", "What happens?", asks, hint=hint)]
    if tried:
        blocks.append(section(f"*Now it finds* {escape(tried.now)}."))
        blocks.append(section(f"*After this change it finds* {escape(tried.after)}."))
    return modal("Try it", blocks, callback=TRY, submit="Try it", close="Back", kept=kept)


def draw_unready(title: str, problems: Iterable[Problem]) -> Block:
    """What must be mended before the card can be drawn."""
    return modal(title, [section(_listed("Mend this first:", problems))], close="Back")


def _listed(head: str, problems: Iterable[Problem]) -> str:
    told = [f"• *{escape(NAMES.get(one.field, one.field))}*: {escape(one.sentence)}" for one in problems]
    more = [f"… and {len(told) - PROBLEMS} more"] if len(told) > PROBLEMS else []
    return "\n".join([head, *told[:PROBLEMS], *more])


def _bar(labels: Sequence[str], look: int, card: Card, rung: Rung | None) -> Iterator[Block]:
    """The menus of looks and of rungs, where there is more than one."""
    if len(labels) > 1:
        yield _menu("seen:look", [option(str(number), label) for number, label in enumerate(labels)], look)
    if len(card.lines) > 1:
        rungs = [*(option(name.value, _RUNGS[name]) for name in card.lines), option(_AFTER, _AFTER)]
        yield _menu("seen:rung", rungs, list(card.lines).index(rung) if rung else len(rungs) - 1)


def _menu(action: str, options: Sequence[Block], chosen: int) -> Block:
    return {"type": "static_select", "action_id": action, "options": list(options), "initial_option": options[chosen]}


def _still(block: Block) -> Block:
    """A block of a card whose buttons only show: a tap on the firmer one goes up a rung, here as there."""
    if block["type"] != "actions":
        return block
    shown = [{**one, "action_id": f"seen:{one['action_id']}", "value": "-"} for one in block["elements"]]
    return {**block, "elements": shown}
