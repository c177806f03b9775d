"""Takes out of a text what could tell who it is about: names, numbers, addresses, e-mails, links and accounts."""

import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.matching.redact_names import hide_names

NAME, NUMBER, ADDRESS, EMAIL, LINK, ACCOUNT = "‹name›", "‹number›", "‹address›", "‹e-mail›", "‹link›", "‹account›"
SPOKEN: Mapping[str, str] = {
    NAME: "Sam",
    NUMBER: "5",
    ADDRESS: "an address",
    EMAIL: "an e-mail address",
    LINK: "a link",
    ACCOUNT: "an account",
}
"""What stands for each in a phrase. The matcher reads every name as Sam and every number as 5."""

_SITES = "com|org|net|io|co|uk|de|fr|es|it|nl|ie|eu|us|ca|au|nz|info|biz|me|app|shop|dev|tv|ly|gg|xyz|online|store|site"
_STREET = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|terrace|crescent|cres|boulevard|blvd|highway|hwy|gardens|grove|mews|"
    "straße|strasse"
)
_ROAD = "street|st|road|rd|avenue|ave|lane|terrace|crescent|boulevard|blvd"
_NO_ROAD = "the|a|an|my|his|her|our|their|your|this|that|each|every|which|same|other|main|high|one|busy"
_YARD = "close|court|ct|way|place|pl|square|sq|row|parade|walk|park|hill|gate"
_SPOKEN_DIGIT = (
    "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    "double|triple|treble|plus|dash"
)
_UNIT = (
    "st|nd|rd|th|am|pm|h|hr|hrs|min|mins|sec|secs|kg|g|lb|lbs|oz|cm|mm|m|km|ft|in|x|s|k|ml|l|pk|pack|pc|pcs|yo|yr|yrs|"
    "ish|p|c|d|wk|wks|days?|weeks?|years?|months?|hours?|people|pm|%"
)
_APPS = "insta(?:gram)?|ig|snap(?:chat)?|tik ?tok|facebook|fb|twitter|telegram|discord|line id|handle|user ?name|skype"
_CUE = "ref(?:erence)?|booking|order|confirmation|conf|code|pnr|plate|reg(?:istration)?|ticket|invoice|tracking|case"

_FLAT = r"(?:\b(?:flat|apt|apartment|unit|suite|no)\.?\s*\w{1,5},?\s+)?"
LONGEST = 1000
"""Characters that are read of a text; what stands behind them is left out."""

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), stands)
    for pattern, stands in (
        (r"<(?:@|#|!)[^<>]*>", ACCOUNT),
        (r"<?(?:https?|ftp|tel|mailto):[^\s<>]*>?", LINK),
        (r"[^\s<>(),;:]+@[^\s<>(),;:@]+", EMAIL),
        (r"[\w.+-]+\s*[(\[{]\s*at\s*[)\]}]\s*[\w-]+(?:\s*(?:[(\[{]\s*dot\s*[)\]}]|\bdot\b|\.)\s*\w+)+", EMAIL),
        (r"[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+\w+)+", EMAIL),
        (r"\bwww\.\S+", LINK),
        (rf"\b(?:[\w-]+\.)+(?:{_SITES})\b(?:[/?#]\S*)?", LINK),
        (r"(?<!\w)@[\w.]+", ACCOUNT),
        (r"\b(?=[\d_]*[^\W\d_])[^\W_]+_\w*", ACCOUNT),
        (rf"\b(?P<kept>(?:{_APPS})(?:\s+(?:is|name|account)|\s*[:=])+\s+)[\w.\-]+", ACCOUNT),
        (rf"{_FLAT}\b\d{{1,5}}\s?[a-z]?,?\s+(?:[^\W\d]+\.?\s+){{1,3}}?(?:{_STREET})\b\.?", ADDRESS),
        (rf"\b\d{{1,5}}\s?[a-z]?,?\s+(?:[^\W\d]+(?<!s)\s+){{1,2}}?(?:{_YARD})\b", ADDRESS),
        (rf"(?-i:(?:\b[A-Z][^\W\d]+\s+){{1,2}}(?i:{_STREET})\b)", ADDRESS),
        (rf"\b(?P<kept>(?:on|in|at|off|near) )(?!(?:{_NO_ROAD})\b)[^\W\d]+ (?:{_ROAD})\b", ADDRESS),
        (r"\b(?P<kept>(?:flat|apt|apartment|unit|suite|room|rm)\.?\s*)#?(?=\w*\d)\w{1,6}\b", NUMBER),
        (r"\b[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}\b", ADDRESS),
        (r"\b[a-z]\d[a-z]\s?\d[a-z]\d\b", ADDRESS),
        (r"\b[a-z]{2}\d{2}\s?[a-z]{3}\b", NUMBER),
        (r"[+(#]*\w*\d(?:(?:[\W_]{0,3}|\s*(?:ext|x|extension)\.?\s*)\d){2,}\w*", NUMBER),
        (r"\b(?=(?:[^\W_]*\d){3})[^\W_]+\b", NUMBER),
        (rf"\b(?!\d{{1,2}}(?:{_UNIT})\b)(?=[^\W_]*[^\W\d_])(?=(?:[^\W_]*\d){{2}})[^\W_]{{4,}}\b", NUMBER),
        (
            rf"\b(?P<kept>(?:{_CUE})(?:\s+(?:number|no\.?|code|is))*\s*[:#]?\s*)(?:(?=\w*\d)\w{{4,}}|(?-i:[A-Z]{{5,8}}))\b",
            NUMBER,
        ),
        (rf"\b(?:{_SPOKEN_DIGIT})(?:[\s,-]+(?:{_SPOKEN_DIGIT}|o)){{3,}}\b", NUMBER),
    )
)
_AGAIN = re.compile(rf"({NAME}|{NUMBER}|{ADDRESS})(?:[\s,.-]*\1)+")


def redact(text: str) -> str:
    """The text with a mark in place of everything personal; redacting once more changes nothing."""
    plain = " ".join(_plain(text[:LONGEST]).split())
    for pattern, stands in _RULES:
        plain = pattern.sub(_put(stands), plain)
    hidden = hide_names(plain, NAME)
    return " ".join(_AGAIN.sub(r"\1", hidden).split())


def as_phrase(redacted: str) -> str:
    """A redacted text as a playbook's phrase, in words that the matcher reads as it reads the real ones."""
    for mark, spoken in SPOKEN.items():
        redacted = redacted.replace(mark, spoken)
    return redacted


def _put(stands: str) -> Callable[[re.Match[str]], str]:
    def put(found: re.Match[str]) -> str:
        return f"{found.groupdict().get('kept') or ''}{stands}"

    return put


def _plain(text: str) -> str:
    """One form for every sign; without the invisible ones, which could part a number."""
    normal = unicodedata.normalize("NFKC", text)[:LONGEST]
    if normal.isascii() and normal.isprintable():
        return normal
    shown = (sign for sign in normal if unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn"))
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in shown)
