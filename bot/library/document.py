"""The playbook format, once: it parses, it explains itself, and it yields the schema that editors read."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from bot.domain.playbook import Find, Level, Listener
from bot.domain.sector import Sector

DETAIL_NAME = r"^[a-z][a-z_]{0,29}$"
PLAYBOOK_ID = r"^[a-z][a-z0-9-]{2,59}$"


def _unlike(phrases: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    for number, phrase in enumerate(phrases, start=1):
        key = " ".join(phrase.lower().split())
        if key in seen:
            raise PydanticCustomError(
                "twice", "“{phrase}” stands here twice ({a} and {b}).", {"phrase": phrase, "a": seen[key], "b": number}
            )
        seen[key] = number
    return phrases


def _a_day(text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("no_day", "no day") from None
    return text


def _text(longest: int, shortest: int = 1) -> StringConstraints:
    return StringConstraints(min_length=shortest, max_length=longest, strip_whitespace=True)


Title = Annotated[str, _text(70, 3)]
Phrase = Annotated[str, _text(600)]
Wording = Annotated[str, _text(1000)]


class Part(BaseModel):
    """What every part of a document shares: no field that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, use_attribute_docstrings=True)


class DetailPart(Part):
    ask: Annotated[str, _text(150)]
    """The question that asks for this fact when the situation does not hold it."""
    find: Find | None = None
    """What to look for in the situation. Left out, the fact is only asked for."""


class SayPart(Part):
    first: Wording
    """The warm line, at most 25 words; it ends in an offer, a choice or an action."""
    firm: Wording
    """When they push: shorter, firmer, still ending in an offer, a choice or an action."""
    final: Wording
    """The last thing said before the boss takes over."""
    to: Listener = Listener.CUSTOMER
    """Who hears it, when that is not the customer."""


class NeverPart(Part):
    do: Wording
    """What not to do."""
    because: Wording
    """Why not."""


class BossPart(Part):
    level: Level
    """no · if (only when the trigger happens) · tell (the same shift) · now · emergency."""
    when: Annotated[str, _text(300, 0)] = ""
    """The trigger, in words that follow “Fetch the boss if …”."""
    who: Wording | None = None
    """Who it is, when it is not the site's usual boss."""


class ReviewPart(Part):
    owner: Annotated[str, _text(100)]
    """The role that answers for these words."""
    approved: Annotated[str, AfterValidator(_a_day)] | None = None
    """The day they were approved, as 2026-01-31; null until then."""
    every: Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,3} days$")] = "180 days"
    """How long an approval lasts."""
    jurisdiction: Literal["any", "AU", "CA", "EU", "IE", "NZ", "UK", "US"] = "any"
    """Whose law the words were written for."""


class TestPart(Part):
    __test__ = False
    situation: Phrase
    """What somebody might type; not one of the phrases."""
    says: Annotated[str, _text(200)] | None = None
    """Words that must stand in the card."""


class PhrasesDocument(Part):
    """How people describe one thing that has no words of its own to edit: a safety card, or what nothing covers."""

    title: Title
    """What a person taps."""
    phrases: Annotated[list[Phrase], Field(min_length=1, max_length=1000), AfterValidator(_unlike)]
    """How people type it: many scenes, many voices."""
    sectors: Annotated[list[Sector], Field(max_length=8)] = []
    """Where it stands in the menu; the first is its home."""
    tests: Annotated[list[TestPart], Field(max_length=100)] = []
    """Situations that must land here."""


class PlaybookDocument(PhrasesDocument):
    """One playbook: what to say and do in one kind of situation."""

    sectors: Annotated[list[Sector], Field(min_length=1, max_length=8)]
    """Where it stands in the menu; the first is its home."""
    details: Annotated[
        dict[Annotated[str, StringConstraints(pattern=DETAIL_NAME)], DetailPart], Field(max_length=6)
    ] = {}
    """Named facts that the wording may use as {{ name }}."""
    say: SayPart
    """The line to say, on three rungs."""
    posture: Wording
    """A few words for the body: “Breathe. Lower voice. Step back.”"""
    steps: Annotated[list[Wording], Field(min_length=1, max_length=5)]
    """What to do, each starting with a verb."""
    never: Annotated[list[NeverPart], Field(min_length=1, max_length=4)]
    """What not to do, each with its reason."""
    boss: BossPart
    """When the boss takes over."""
    next: Annotated[str, StringConstraints(pattern=PLAYBOOK_ID)] | None = None
    """The playbook this most often grows into."""
    review: ReviewPart
    """Who answers for the words."""


Number = Annotated[str, StringConstraints(pattern=r"^[0-9+*#(][0-9 ()+.*#/-]{1,39}$")]
Plain = StringConstraints(pattern=r"^[^<>&\n]{2,160}$")


class PolicyDocument(Part):
    """A workplace's switches and numbers (policy.yaml)."""

    workplace: Annotated[str, _text(80)]
    work_number: Number
    hours: Annotated[str, _text(80)]
    duty_phone: Number
    emergency_number: Number
    site_address: Annotated[str, Plain]
    who_is_told: Annotated[str, _text(40), Plain] = "manager on duty"
    account_exceptions: Annotated[str, _text(40)] = "manager"
    may_call_on_day_off: Literal["manager_only", "no", "yes"] = "manager_only"
    may_say_when_back: Literal["no", "day", "day_and_time"] = "no"
    gifts: Literal["share", "refuse", "declare"] = "share"
    dating_customers: Literal["never", "ask_hr"] = "never"
    check_neighbours: Literal["after_proof", "never"] = "after_proof"
    jurisdiction: Literal["none", "AU", "CA", "EU", "IE", "NZ", "UK", "US"] = "none"
    safety_approved_by: Annotated[str, _text(80), Plain] | None = None
    legal_contact: Annotated[str, _text(60)] | None = None
    no_receipt_offer: Annotated[str, _text(60)] | None = None
    walk_offer: Annotated[str, _text(60)] | None = None
    unverified_help: Annotated[str, _text(60)] | None = None
