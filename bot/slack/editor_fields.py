"""The fields of the playbook form, page by page, with help by example."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.domain.playbook import Level, Listener
from bot.domain.sector import Sector


class Input(Enum):
    """How a field is filled in."""

    LINE = "one line"
    TEXT = "a text of a few lines"
    LIST = "one thing a line"
    CHOICE = "one of a few"
    CHOICES = "some of a few"
    DAY = "a day"
    PLAYBOOK = "another playbook"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name is that of Problem.field; `longest` are the characters that the gate takes."""

    name: str
    label: str
    hint: str
    input: Input = Input.TEXT
    optional: bool = False
    longest: int = 1000


@dataclass(frozen=True, slots=True)
class Section:
    """What stands together in the form."""

    title: str
    fields: tuple[Field, ...]


PHRASES = Field(
    "phrases",
    "How people say it, one a line",
    "As they type it in a hurry: “wants money off cos his mate got it”. Twenty or more, from different scenes.",
    Input.LIST,
)
TESTS = Field(
    "tests",
    "Tests, one a line: a situation | words of the card",
    "What must find this card: “asks for ten percent off | let me see”. Not one of the lines above.",
    Input.LIST,
    optional=True,
)
PLAYBOOK_SECTIONS = (
    Section(
        "What people say",
        (
            Field("title", "Title", "What staff tap: “Customer asks for a discount”.", Input.LINE, longest=70),
            Field("sectors", "Place in the menu", "Where staff find it who cannot type now.", Input.CHOICES),
            PHRASES,
            TESTS,
        ),
    ),
    Section(
        "The words",
        (
            Field(
                "details",
                "Details, one a line",
                "Facts the words may use: “name (person): Who do they want?”. In brackets what to look for: person, "
                "day, time, amount or order. Type ___ in a line where one belongs, then tap “Insert a detail”.",
                Input.LIST,
                optional=True,
            ),
            Field(
                "say.first",
                "Say first",
                "Warm, at most 25 words, ending in an offer: “I'd love to help. Shall I check our offers?”",
            ),
            Field("say.firm", "When they push", "Shorter and firmer: “I can't change the price. Shall I ring it up?”"),
            Field("say.final", "Last words before the boss", "Shorter still: “I'm getting the manager for you.”"),
            Field("say.to", "Who hears it", "Nearly always the customer.", Input.CHOICE),
        ),
    ),
    Section(
        "Steps and never",
        (
            Field("posture", "Posture", "A few words for the body: “Breathe. Lower voice. Step back.”"),
            Field(
                "steps",
                "Do, one a line",
                "At most five, each starting with a verb: “Write down the price.”",
                Input.LIST,
            ),
            Field(
                "never",
                "Never, one a line: what | why",
                "At most four: “Argue about the price | it makes them angrier”.",
                Input.LIST,
            ),
            Field(
                "next",
                "What it grows into",
                "The card to offer when it gets worse.",
                Input.PLAYBOOK,
                optional=True,
            ),
        ),
    ),
    Section(
        "Boss and review",
        (
            Field("boss.level", "When the boss takes over", "What the card says at its end.", Input.CHOICE),
            Field(
                "boss.when",
                "If what happens",
                "Words that follow “Fetch the boss if …”: “they ask a third time”.",
                optional=True,
                longest=300,
            ),
            Field(
                "boss.who",
                "Who it is, if not your usual boss",
                "As “account manager”. Empty: your site's usual boss.",
                Input.LINE,
                optional=True,
            ),
            Field("review.owner", "Who answers for the words", "A role: “front desk lead”.", Input.LINE, longest=100),
            Field("review.approved", "Approved on", "Empty until somebody has.", Input.DAY, optional=True),
            Field("review.every", "Look at it again after", "The card tells managers when it is due.", Input.CHOICE),
        ),
    ),
)
PHRASES_SECTIONS = (Section("What people say", (PHRASES,)),)
"""The form of a safety card, or of a list: its words are fixed."""
NAMES: Mapping[str, str] = {
    field.name: field.label.partition(", one a line")[0] for section in PLAYBOOK_SECTIONS for field in section.fields
}
"""What a field is called where the form is spoken of."""
ANY_ID = "none"
"""Stands for no playbook, so that a choice can be taken back."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    "sectors": {sector.value: sector.label for sector in Sector},
    "say.to": {
        Listener.CUSTOMER.value: "The customer",
        Listener.COLLEAGUE.value: "A colleague",
        Listener.YOURSELF.value: "Nobody: words to oneself",
        Listener.OFFENDER.value: "Whoever does it, if it feels safe",
    },
    "boss.level": {
        Level.NO.value: "Not at all",
        Level.IF.value: "Only if something happens (next field)",
        Level.TELL.value: "Tell them in the same shift",
        Level.NOW.value: "Fetch them now",
        Level.EMERGENCY.value: "It is an emergency",
    },
    "review.every": {f"{days} days": f"{days} days" for days in (30, 90, 180, 365)},
}
FIRST_CHOICE = {"say.to": Listener.CUSTOMER.value, "review.every": "180 days"}
"""What stands in a new form."""
