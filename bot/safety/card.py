"""A safety card: fixed words, with the site's own checked numbers put in."""

from dataclasses import dataclass
from typing import Protocol

from bot.domain.answer import Card
from bot.domain.playbook import Level, Listener, Rung


class Numbers(Protocol):
    """The site's own numbers, as Policy has them."""

    @property
    def emergency_number(self) -> str: ...
    @property
    def duty_phone(self) -> str: ...
    @property
    def site_address(self) -> str: ...
    @property
    def who_is_told(self) -> str: ...
    @property
    def safety_approved_by(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class UnknownNumbers:
    """What a card says when the site's policy cannot be read."""

    emergency_number: str = "your emergency number"
    duty_phone: str = "their usual number"
    site_address: str = "where you are"
    who_is_told: str = "manager on duty"
    safety_approved_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetyCard:
    """The fixed words of one emergency, and a few phrases that find it with every playbook gone."""

    id: str
    title: str
    to: Listener
    say: str
    posture: str
    steps: tuple[str, ...]
    never: tuple[tuple[str, str], ...]
    turn_to: str
    phrases: tuple[str, ...]

    def card(self, numbers: Numbers) -> Card:
        """The card with the site's numbers in it."""
        return Card(
            id=self.id,
            title=self.title,
            lines={Rung.FIRST: self.say},
            to=self.to,
            posture=self.posture,
            steps=tuple(_filled(step, numbers) for step in self.steps),
            never=self.never,
            boss=_filled(self.turn_to, numbers),
            level=Level.EMERGENCY,
            note=_note(numbers),
        )


def safety_line(numbers: Numbers) -> str:
    """The line that stands on every reply."""
    return _filled("In danger? Leave first, then call {emergency}. {Boss}: {duty}.", numbers)


def _note(numbers: Numbers) -> str:
    told = "I have not told anyone."
    if numbers.safety_approved_by:
        return f"{told} Words approved by {numbers.safety_approved_by}."
    return f"{told} No professional of your own site has approved these words yet."


def _filled(text: str, numbers: Numbers) -> str:
    boss = numbers.who_is_told
    found = {
        "{emergency}": numbers.emergency_number,
        "{duty}": numbers.duty_phone,
        "{address}": numbers.site_address,
        "{boss}": boss,
        "{Boss}": boss[:1].upper() + boss[1:],
    }
    for name, value in found.items():
        text = text.replace(name, value)
    return text
