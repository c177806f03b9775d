"""People's names in a text, and a mark in place of each: rather one word too many than one name too few."""

import re
from functools import cache

from bot.matching.language import Language, english
from bot.matching.names import first_names, last_names, names_that_are_words
from bot.matching.reading import SHORT_FORMS
from bot.matching.speller import Speller

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLES = frozenset("mr mrs ms mx dr prof mister missus".split())
_SIR = frozenset("miss sir lady lord sister brother father officer judge rev sgt aunt uncle nurse doctor".split())
_PARTICLES = frozenset("von van de del der den da di la le al el bin ibn ben st".split())
_CALLED = frozenset("called named surname".split())
_NAMED, _NO_NAME = frozenset(("named", "surname")), frozenset("a an the his her their my your our after one me".split())
_ROLES = frozenset(
    "boss manager supervisor coworker colleague workmate friend mate customer client guest driver chef caller regular "
    "neighbour neighbor sister brother wife husband girlfriend boyfriend mum mom dad daughter son".split()
)
_ACTS = frozenset(
    "is was has wants wanted says said asks asked keeps kept told tells came comes called calls rang gave gives left "
    "and won't wont isn't isnt doesn't doesnt will went refuses took takes".split()
)
_FROM = frozenset("from in at on".split())
EVERYDAY = 2e-4
"""The likelihood in English from which a word after a first name is no surname."""
SURNAME = 1.2e-5
"""The likelihood in English below which a word that is a last name too is taken for one, in small letters."""
RARE, SHORTEST = 2e-7, 3
"""The likelihood in English below which a word after “my boss” is taken for a name, and its least letters."""
_SHORTENED = re.compile(r"[a-z]+(?:n['’]t|['’](?:ll|re|ve|d|m|s))|ma['’]am|o['’]clock")
_NEVER = frozenset(
    (
        "mr mrs ms mx dr prof this else elses among class carries wages english german spain french spanish irish "
        "welsh scottish polish italian chinese indian american british christmas easter ramadan diwali monday tuesday "
        "wednesday thursday friday saturday sunday january february march april may june july august september "
        "october november december i mom mum dad lord god facebook instagram insta whatsapp tiktok snapchat twitter "
        "google youtube paypal klarna uber amazon visa mastercard amex apple iphone android ipad airbnb tripadvisor "
        "trustpilot yelp wifi covid ups fedex dhl usps hermes evri linkedin telegram xmas tv atm pos sms ok usa uk eu "
        "asap tbh idk omg wtf fyi diy vip nhs cctv gps pdf barcode voicemail "
    ).split()
)
_END = re.compile(r"(?:^|[.!?…:\n\"“”‹›]\s*|^\W+)$")


def hide_names(text: str, mark: str) -> str:
    """The text with the mark in place of every word that is, or is used as, a name."""
    marked = "‹" in text
    words = [found for found in _WORD.finditer(text) if not (marked and _in_mark(text, found))]
    loud = not any(sign.islower() for sign in re.sub("‹[^›]*›", "", text))
    named: list[bool] = []
    for place, found in enumerate(words):
        before = words[place - 1] if place else None
        beside = before is not None and not text[before.end() : found.start()].strip(" .'’-")
        after = words[place + 1].group().lower() if place + 1 < len(words) else ""
        starts = found.group()[0].isupper() and bool(_END.search(text[: found.start()]))
        previous = before.group().lower() if before is not None and beside else ""
        follows = bool(named) and named[-1] and beside
        named.append(
            _follows(found.group(), previous, follows=follows, loud=loud)
            or _stands(found.group(), after, starts=starts, loud=loud)
            or _acts(found.group(), previous, after)
        )
    return _marked(text, words, _with_particles(words, named), mark)


def _stands(word: str, after: str, *, starts: bool, loud: bool) -> bool:
    """Whether a word is a name by itself."""
    bare = _bare(word)
    if bare in _NEVER or bare in SHORT_FORMS:
        return False
    if bare in first_names() or (not _known(bare) and bare.removesuffix("s") in first_names()):
        return True
    if not _is_capital(word, loud=loud):
        return bare in last_names() and english().get(bare, 0.0) < SURNAME
    if starts:
        return not _known(bare) or (bare in names_that_are_words() and after in _ACTS)
    return not _known(bare) or bare in last_names() or bare in names_that_are_words()


def _follows(word: str, previous: str, *, follows: bool, loud: bool) -> bool:
    """Whether a word is a name by what stands before it: a title, a first name, “called”, or what somebody is."""
    bare, capital = _bare(word), _is_capital(word, loud=loud)
    unknown = not _known(bare) and bare not in _NEVER and bare not in SHORT_FORMS
    if follows:
        surname = bare in last_names() and english().get(bare, 0.0) < EVERYDAY
        return len(bare) > 1 and bare not in _ACTS and (capital or unknown or surname)
    if previous in _NAMED:
        return bare not in _ACTS and bare not in _NO_NAME
    if previous in _TITLES or previous in _CALLED:
        return bare not in _ACTS and (capital or unknown or bare in last_names() or bare in names_that_are_words())
    if previous in _SIR:
        return capital or unknown
    return previous in _ROLES and _is_rare(bare)


def _acts(word: str, previous: str, after: str) -> bool:
    """Whether a word is a name by what it does: “manager hope said”, “kowalczyk wants”, “priyanka from payroll”."""
    bare = _bare(word)
    if previous in _ROLES and bare in names_that_are_words():
        return after in _ACTS
    return not previous and (after in _ACTS or after in _FROM) and _is_rare(bare)


def _is_rare(bare: str) -> bool:
    """Whether a word is neither English nor a slip of the thumb."""
    rare = english().get(bare, 0.0) < RARE and bare not in _NEVER and bare not in SHORT_FORMS
    return rare and len(bare) >= SHORTEST and _typed().mend([bare]) == [bare]


def _with_particles(words: list[re.Match[str]], named: list[bool]) -> list[bool]:
    """“von” and the like belong to the name after them."""
    found = list(named)
    for place in range(len(words) - 2, -1, -1):
        found[place] = found[place] or (found[place + 1] and words[place].group().lower() in _PARTICLES)
    return found


def _marked(text: str, words: list[re.Match[str]], named: list[bool], mark: str) -> str:
    for found, is_name in reversed(list(zip(words, named, strict=True))):
        if is_name:
            owns = re.search(r"['’]s?$|(?<=s)['’]$", found.group())
            end = found.end() - (len(owns.group()) if owns else 0)
            text = text[: found.start()] + mark + text[end:]
    return text


def _in_mark(text: str, found: re.Match[str]) -> bool:
    return text[: found.start()].rfind("‹") > text[: found.start()].rfind("›")


def _is_capital(word: str, *, loud: bool) -> bool:
    """Whether it is written as a name is; a word all in capitals says nothing."""
    return not loud and len(word) > 1 and word[0].isupper() and not word.isupper()


@cache
def _typed() -> Speller:
    """Tells a slip of the thumb from a name: it mends the one and leaves the other."""
    return Speller(Language({}, {}), first_names() | last_names())


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.lower())


def _known(word: str) -> bool:
    """Whether a word is English, or put together of English ones."""
    if _SHORTENED.fullmatch(word):
        return True
    return all(
        part in english() or (part.endswith("in") and part + "g" in english()) for part in re.split("[’'-]", word)
    )
