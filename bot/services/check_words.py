"""Every line of a playbook, said with every subset of its details missing and under every switch it reads."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.domain.library import Library
from bot.domain.playbook import Detail, Find, Listener, Phrases, Playbook, Rung
from bot.domain.policy import OPTIONAL_TEXTS, SWITCHES, Policy
from bot.domain.problem import Problem
from bot.domain.sector import Sector
from bot.rendering.card import CardTemplate
from bot.rendering.reading_age import reading_age
from bot.rendering.wording import Wording, unescape
from bot.services import words

MAX_RENDERINGS = 4096
"""Ways in which all the lines of a playbook together can be said."""
TOO_MANY = (
    f"This line, with those before it, can be said in over {MAX_RENDERINGS} ways; let them read fewer details and "
    "switches."
)
MAX_AGE = 12
"""Years of age at which a card must be read with ease."""
EXAMPLES: Mapping[Find | None, str] = {
    Find.PERSON: "Christopher",
    Find.DAY: "on Wednesday",
    Find.TIME: "at 10:30 am",
    Find.AMOUNT: "$1200.50",
    Find.ORDER: "AB-12345",
    None: "a word or two",
}
TEXTS: Mapping[str, str] = {
    "legal_contact": "legal team",
    "no_receipt_offer": "an exchange or store credit",
    "walk_offer": "a room next door and the taxi there",
    "unverified_help": "answer general questions",
}
"""What stands in for an optional text of the policy, as long as a real one."""


def check_words(library: Library, template: CardTemplate) -> Iterator[Problem]:
    """Every Problem in the words of one playbook; each sentence once a field."""
    playbook, left = template.playbook, MAX_RENDERINGS
    for field, wording in template.wordings.items():
        if field.startswith("say.") and any(_order(playbook, name) for name in wording.details):
            yield library.problem(playbook.id, field, "Do not say an order number aloud; leave it out of this line.")
        said = list(renderings(wording, playbook.details, library.policy, left))
        left = max(1, left - len(said))
        if not said:
            yield library.problem(playbook.id, field, TOO_MANY)
        rule = _rule(playbook, field)
        for sentence in dict.fromkeys(sentence for line in said for sentence in rule(line)):
            yield library.problem(playbook.id, field, sentence)
    plain = {"title": playbook.title, **{f"details.{name}.ask": one.ask for name, one in playbook.details.items()}}
    for field, text in plain.items():
        for sentence in words.told(text):
            yield library.problem(playbook.id, field, sentence)
    yield from _ladder(library, template)
    yield from _ages(library, template)


def check_typed(library: Library, entry: Phrases) -> Iterator[Problem]:
    """Every Problem in what people would type: in the phrases, and in the situations of the tests."""
    told = [(f"phrases.{number}", phrase) for number, phrase in enumerate(entry.phrases)]
    told += [(f"tests.{number}.situation", test.situation) for number, test in enumerate(entry.tests)]
    for field, text in told:
        for sentence in words.typed(text):
            yield library.problem(entry.id, field, sentence)


def renderings(wording: Wording, details: Mapping[str, Detail], policy: Policy, most: int) -> Iterator[str]:
    """Each text that a wording can become; none at all where there are more than `most`."""
    names = sorted(wording.details)
    read = sorted(wording.switches & {*SWITCHES, *OPTIONAL_TEXTS})
    values = [SWITCHES.get(name) or (None, TEXTS[name]) for name in read]
    subsets = [[None, EXAMPLES[details[name].find]] for name in names]
    ways = 1
    for choices in (*values, *subsets):
        ways *= len(choices)
    if ways > most:
        return
    base = policy.values()
    for switches in itertools.product(*values):
        site = {**base, **dict(zip(read, switches, strict=True))}
        for told in itertools.product(*subsets):
            known = {name: text for name, text in zip(names, told, strict=True) if text}
            yield unescape(wording.render(known, site))


def _rule(playbook: Playbook, field: str) -> Callable[[str], Iterable[str]]:
    if field.startswith("say."):
        last = field == f"say.{Rung.FINAL}"
        aloud, goods = playbook.say.to is Listener.CUSTOMER, Sector.PARCELS in playbook.sectors
        return lambda line: words.spoken(line, last=last, aloud=aloud, goods=goods)
    return words.step if field.startswith("steps.") else words.told


def _order(playbook: Playbook, name: str) -> bool:
    return playbook.details[name].find is Find.ORDER


def _ages(library: Library, template: CardTemplate) -> Iterator[Problem]:
    """Spoken lines and steps are read with ease at twelve."""
    site = library.policy.values()
    for part in ("say", "steps"):
        said = (wording.render({}, site) for field, wording in template.wordings.items() if field.startswith(part))
        age = reading_age(unescape(" ".join(said)))
        if age > MAX_AGE:
            sentence = (
                f"This reads like a text for readers of {age:.0f}; use shorter words and sentences (age {MAX_AGE})."
            )
            yield library.problem(template.playbook.id, part, sentence)


def _ladder(library: Library, template: CardTemplate) -> Iterator[Problem]:
    """Each rung is shorter than the one before, as said with nothing known."""
    site = library.policy.values()
    lengths = {rung: len(template.wordings[f"say.{rung}"].render({}, site).split()) for rung in Rung}
    for lower, upper in itertools.pairwise(Rung):
        if lengths[upper] > lengths[lower]:
            sentence = f"Make this shorter than `{lower}` ({lengths[lower]} words): each rung is firmer and shorter."
            yield library.problem(template.playbook.id, f"say.{upper}", sentence)
