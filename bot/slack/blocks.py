"""A Reply as Slack's blocks: pure functions, plain dictionaries."""

import dataclasses
from collections.abc import Iterable, Sequence
from typing import Any

from bot.domain.answer import Answer, Card, Choice, Guidance, Listing, Menu, Reply, Titled, Unlearnt, Unset
from bot.domain.playbook import Rung
from bot.domain.sector import Sector
from bot.rendering.spoken import TO
from bot.rendering.wording import escape
from bot.services.call import may_call
from bot.slack.parts import BUTTON, PHONE, Block, actions, button, context, cut, divider, header, plain, section
from bot.slack.state import State

TEXT = 4000
TELL = "Tell my manager this is missing"
FEW = 4
"""Sites that stand as buttons above an answer; more are chosen in a form."""
_PUSHED = {Rung.FIRST: "", Rung.FIRM: " · firmer", Rung.FINAL: " · last words"}


def draw(reply: Reply, head: str, spoken: str, which_site: str = "", *, calls: bool = False) -> dict[str, Any]:
    """The message for one reply: `spoken` is its whole wording, for screen readers; `head` stands above buttons.

    `which_site` asks for the site where it is not known. With `calls`, a safety card offers to tell the boss.
    """
    blocks: list[Block] = []
    if reply.danger:
        blocks += _card(reply.danger, Rung.FIRST, "🚨 ")
        if calls:
            blocks += _call("danger", reply.danger)
        blocks.append(divider())
    if reply.sites:
        blocks += _sites(which_site, reply)
    if head:
        blocks.append(section(head))
    blocks += _content(reply.content, _base(reply))
    if calls and isinstance(reply.content, Guidance):
        blocks += _call("below", reply.content.card)
    blocks.append(context(f"🛟 {escape(reply.safety_line)}"))
    return {"text": spoken[:TEXT], "blocks": blocks}


def _call(block: str, card: Card) -> Iterable[Block]:
    """The button that calls the boss, where the card has one, and what Slack asks before: what is told to whom."""
    told = (
        f"The boss on duty reads in their channel: your name, your site, the time, and “{cut(card.title, 100)}”. "
        "Nothing of what you typed. I forget it once they are told."
    )
    confirm = {
        "title": plain("Tell the boss now?"),
        "text": plain(told),
        "confirm": plain("Tell them"),
        "deny": plain("Not now"),
    }
    if may_call(card.id):
        yield actions(block, [{**button("call", "Tell my boss for me", card.id), "confirm": confirm}])


def _base(reply: Reply) -> State:
    """What every button of a reply carries on: the safety card above, or what may be told to a manager."""
    return State(danger=reply.danger.id) if reply.danger else State(text=reply.missing)


def _content(content: Answer | Listing | Menu, base: State) -> Iterable[Block]:
    if isinstance(content, Guidance):
        return _guidance(content, base)
    if isinstance(content, Choice):
        return _choice(content, base)
    if isinstance(content, Listing):
        return [*_options(content.options, base), actions("more", [_button("menu", "Back to the menu", base)])]
    if isinstance(content, Menu):
        return [actions("menu", [_button(f"sector:{one.value}", one.label, base) for one in content.sectors])]
    if isinstance(content, Unset | Unlearnt):
        return [actions("more", [_button(f"sector:{Sector.SAFETY.value}", Sector.SAFETY.label, base)])]
    menu = _button("menu", "Show me the menu", base)
    may_tell = not base.danger and not content.withdrawn
    return [actions("more", [menu, _button("gap", TELL, base)] if may_tell else [menu])]


def _sites(question: str, reply: Reply) -> Iterable[Block]:
    """The question which site it is, with a button each where they are few."""
    state = _shown(reply)
    few = reply.sites if len(reply.sites) <= FEW else ()
    buttons = [_button(f"site:{site.id}", site.title, state, shown=PHONE) for site in few]
    yield section(question)
    yield actions("sites", buttons or [_button("sites", "Choose my site", state)])
    yield divider()


def _shown(reply: Reply) -> State:
    """What brings this answer back once the site is known."""
    content, base = reply.content, _base(reply)
    if isinstance(content, Guidance):
        return _of(content, base)
    if isinstance(content, Choice):
        ids = (*(option.id for option in content.options), *content.others)
        return dataclasses.replace(base, known=content.known, others=ids)
    return base


def _of(content: Guidance, base: State) -> State:
    card = content.card.id
    return dataclasses.replace(base, playbook=card, rung=content.rung, known=content.known, others=content.others)


def _card(card: Card, rung: Rung | None, mark: str = "", under_line: Sequence[Block] = ()) -> list[Block]:
    blocks = [header(mark + card.title)]
    if rung is None:
        blocks.append(section(f"*You have said it all.*\n{card.boss}"))
    else:
        said = f"*{TO[card.to]}{_PUSHED[rung] if len(card.lines) > 1 else ''}*\n>*“{card.lines[rung]}”*"
        blocks.append(section(said))
    if card.posture:
        blocks.append(context(f"🧍 {card.posture}"))
    blocks += under_line
    if card.steps:
        steps = "\n".join(f"{number}. {step}" for number, step in enumerate(card.steps, start=1))
        blocks.append(section(f"*Do*\n{steps}"))
    if card.never:
        never = "\n".join(f"• {do}: _{because}_" for do, because in card.never)
        blocks.append(section(f"*Never*\n{never}"))
    if rung is not None and card.boss:
        blocks.append(section(f"*Boss*\n{card.boss}"))
    if card.note:
        blocks.append(context(escape(card.note)))
    return blocks


def _guidance(content: Guidance, base: State) -> list[Block]:
    state = _of(content, base)
    # The firmer line is wanted in a hurry: its button stands where the thumb is, under the line itself.
    firmer = []
    if content.rung is not None and len(content.card.lines) > 1:
        above = dataclasses.replace(state, rung=content.rung.next)
        firmer = [actions("rung", [_button("firmer", "They won't accept that", above, style="primary")])]
    return [*_card(content.card, content.rung, "", firmer), actions("card", _guidance_buttons(content, state, base))]


def _guidance_buttons(content: Guidance, state: State, base: State) -> Iterable[Block]:
    if content.asks:
        yield _button("tell", "Fill in the blanks", state)
    if content.card.next:
        grown = dataclasses.replace(state, playbook=content.card.next.id, rung=Rung.FIRST)
        yield _button("grow", f"It grew: {content.card.next.title}", grown, shown=PHONE)
    if content.others:
        yield _button("others", "Something else", state)
    yield _button("none", "None of these", base)


def _choice(content: Choice, base: State) -> list[Block]:
    state = dataclasses.replace(base, known=content.known, others=content.others)
    later = [_button("others", "Something else", state)] if content.others else []
    last = [*later, _button("none", "None of these", base)]
    return [*_options(content.options, state), actions("more", last)]


def _options(options: tuple[Titled, ...], state: State) -> Iterable[Block]:
    """One button a row, so that a thumb finds it; five rows a block keeps long lists within Slack's fifty blocks."""
    buttons = []
    for number, option in enumerate(options):
        later = tuple(other.id for other in options if other is not option)[:6]
        carried = dataclasses.replace(state, playbook=option.id, others=(*later, *state.others)[:6])
        buttons.append(_button(f"pick:{number}", option.title, carried))
    for start in range(0, len(buttons), 5):
        yield actions(f"pick:{start}", buttons[start : start + 5])


def _button(action: str, text: str, state: State, *, style: str = "", shown: int = BUTTON) -> Block:
    return button(action, text, state.dump(), style=style, shown=shown)
