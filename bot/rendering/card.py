"""A playbook, its wording compiled once, to the card that one site shows for one situation."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.answer import Card, Titled
from bot.domain.playbook import Level, Playbook, Rung
from bot.domain.policy import Policy
from bot.rendering.frames import Frames
from bot.rendering.wording import Wording, WordingError, compile_wording

POLICY_NAMES = frozenset(Policy.__dataclass_fields__)
"""What wording may read of `policy`: the switches and the texts."""
KEPT = 1024
"""Cards that are kept as they were drawn; only such as hold no detail of anybody's."""


@dataclass(frozen=True, slots=True, eq=False)
class CardTemplate:
    """A playbook with every wording compiled, by field; `details` are those that any of its wordings reads."""

    playbook: Playbook
    wordings: Mapping[str, Wording]
    frames: Frames
    details: frozenset[str]

    def card(self, details: Mapping[str, str], policy: Policy, next_card: Titled | None) -> Card:
        """The card for these details at a site with this policy; a step that renders to nothing is left out."""
        if self.details.isdisjoint(details):
            return _plain(self, policy, next_card)
        return self.drawn(details, policy, next_card)

    def heeds(self, detail: str, details: Mapping[str, str], policy: Policy) -> bool:
        """Whether a word of the card would change if this detail were known beside these."""
        values, more = policy.values(), {**details, detail: "…"}
        reading = (wording for wording in self.wordings.values() if detail in wording.details)
        return any(wording.render(details, values) != wording.render(more, values) for wording in reading)

    def drawn(self, details: Mapping[str, str], policy: Policy, next_card: Titled | None) -> Card:
        """The card, drawn anew."""
        playbook = self.playbook
        values = policy.values()
        said = {field: wording.render(details, values) for field, wording in self.wordings.items()}
        steps = (said[f"steps.{number}"] for number in range(len(playbook.steps)))
        never = ((said[f"never.{n}.do"], said[f"never.{n}.because"]) for n in range(len(playbook.never)))
        return Card(
            id=playbook.id,
            title=playbook.title,
            lines={rung: said[f"say.{rung}"] for rung in Rung},
            to=playbook.say.to,
            posture=said["posture"],
            steps=tuple(step for step in steps if step),
            never=tuple((do, because) for do, because in never if do),
            boss=_boss(said, playbook.boss.level, policy, self.frames),
            level=playbook.boss.level,
            next=next_card,
        )

    def reads(self, names: Container[str]) -> bool:
        """Whether its words could change with any of these fields of the policy; the boss's line reads two."""
        switches = frozenset().union(*(wording.switches for wording in self.wordings.values()))
        return any(name in names for name in (*switches, "who_is_told", "duty_phone"))


def compile_card(playbook: Playbook, frames: Frames) -> CardTemplate:
    """Compile every wording of a playbook. Raises WordingError where one cannot be used."""
    found = {}
    for field, source in playbook.wordings():
        try:
            found[field] = compile_wording(source, playbook.details, POLICY_NAMES)
        except WordingError as error:
            error.field = field
            raise
    read = frozenset().union(*(wording.details for wording in found.values()))
    return CardTemplate(playbook, found, frames, read)


@lru_cache(maxsize=KEPT)
def _plain(template: CardTemplate, policy: Policy, next_card: Titled | None) -> Card:
    return template.drawn({}, policy, next_card)


def _boss(said: Mapping[str, str], level: Level, policy: Policy, frames: Frames) -> str:
    who = said.get("boss.who") or policy.who_is_told
    named = (
        who
        if who.split(" ", 1)[0].lower() in ("the", "your", "our", "a", "an", "whoever", "somebody")
        else f"the {who}"
    )
    return frames.render("boss", level=level, who=named, when=said["boss.when"].rstrip("."), duty=policy.duty_phone)
