"""Facts found in a situation, as words that can be spoken; never a date that was worked out."""

import re
from collections.abc import Callable, Mapping

from bot.domain.playbook import Find
from bot.matching.names import find_person
from bot.matching.reading import MAX_CHARACTERS

_DAYS = {
    "Monday": "mon|monday",
    "Tuesday": "tue|tues|tuesday",
    "Wednesday": "wed|weds|wednesday",
    "Thursday": "thu|thur|thurs|thursday",
    "Friday": "fri|friday",
    "Saturday": "sat|saturday",
    "Sunday": "sun|sunday",
}
_WEEKDAY = "|".join(_DAYS.values())
_TOMORROW = r"tomorrow|tmrw|tmr|tmrow|tomoro|tomorow|2moro|2morrow|2mrw"
_DATE = r"(?:the )?\d{1,2}(?:st|nd|rd|th)"
# A day counts as one to come only where the words before it say so: “he's off today” and “she was due Thursday” do not.
_TO_COME = (
    r"(?:back|in|until|till|til|returns?|returning|from|for|by|again|here|comes?)(?: here| in| at work)?(?: on)? "
)
_DAY = re.compile(
    rf"\b(?:(?P<cue>{_TO_COME})(?:(?P<next1>next )?(?P<week1>{_WEEKDAY})|(?P<date>{_DATE})|(?P<today>today))"
    rf"|(?P<next2>next )(?P<week2>{_WEEKDAY}|week|month)|(?P<tomorrow>{_TOMORROW}))\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    r"\b(?:off|out|away|missed|supposed to|was|were|due|not in|isn'?t in|leave)\b[^.,;]{0,20}$", re.IGNORECASE
)
_STAYS = ("back", "until", "till", "til", "return")
_TIME = re.compile(
    r"\b(?:(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b"
    r"|(?P<clock>(?:[01]?\d|2[0-3]):[0-5]\d)\b|(?P<word>noon|midday|midnight)\b)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?P<sign>[$£€]) ?(?P<first>\d{1,6}(?:[.,]\d{2})?)\b"
    r"|\b(?P<second>\d{1,6}(?:[.,]\d{2})?) ?(?P<unit>dollars?|bucks|pounds?|quid|euros?)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
    r"\b(?:order|booking|invoice|tracking|ticket|ref(?:erence)?|parcel|package|pkg)(?: ?(?:number|no\.?|num|#))? ?#?"
    r"(?P<code>[a-z]{0,3}-?\d[a-z0-9-]{2,11})\b",
    re.IGNORECASE,
)
_UNITS = {"dollar": "$", "buck": "$", "pound": "£", "quid": "£", "euro": "€"}


def find_facts(text: str) -> dict[str, str]:
    """The facts that a text holds, by kind, as they are spoken (“on Tuesday”, “at 9 am”, “$20”)."""
    read = text[:MAX_CHARACTERS]
    found = {kind.value: finder(read) for kind, finder in _FINDERS.items()}
    return {kind: value for kind, value in found.items() if value}


def _day(text: str) -> str | None:
    for found in _DAY.finditer(text):
        stays = (found["cue"] or "").lower().startswith(_STAYS)
        if _AWAY.search(text[: found.start()]) and not stays:
            continue
        if found["tomorrow"]:
            return "tomorrow"
        if found["today"]:
            return "later today" if "back" in found["cue"].lower() else None
        if found["date"]:
            return f"on the {found['date'].lower().removeprefix('the ')}"
        return _weekday(found["week1"] or found["week2"], next_one=bool(found["next1"] or found["next2"]))
    return None


def _weekday(typed: str, *, next_one: bool) -> str:
    for day, forms in _DAYS.items():
        if typed.lower() in forms.split("|"):
            return f"next {day}" if next_one else f"on {day}"
    return f"next {typed.lower()}"


def _time(text: str) -> str | None:
    found = _TIME.search(text)
    if not found:
        return None
    if found["word"]:
        return f"at {found['word'].lower()}"
    if found["clock"]:
        return f"at {found['clock']}"
    minute = f":{found['minute']}" if found["minute"] and found["minute"] != "00" else ""
    return f"at {int(found['hour'])}{minute} {found['half'].lower()}m"


def _amount(text: str) -> str | None:
    found = _AMOUNT.search(text)
    if not found:
        return None
    sign = found["sign"] or _UNITS[found["unit"].lower().rstrip("s")]
    return f"{sign}{(found['first'] or found['second']).replace(',', '.')}"


def _order(text: str) -> str | None:
    found = _ORDER.search(text)
    return found["code"].upper() if found else None


_FINDERS: Mapping[Find, Callable[[str], str | None]] = {
    Find.PERSON: find_person,
    Find.DAY: _day,
    Find.TIME: _time,
    Find.AMOUNT: _amount,
    Find.ORDER: _order,
}
