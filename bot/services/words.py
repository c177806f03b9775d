"""The rules that words obey, on a line as it is said; each refusal says what to write instead."""

import re
from collections.abc import Iterator

MAX_WORDS, MAX_CHARACTERS = 25, 160
MAX_STEP = 40
"""Words of a step, a never or the boss's trigger: read with a thumb, not said in one breath."""

_HOLES = (
    (re.compile(r"__"), "A blank is left here; put a detail there with “Insert a detail”, or take it out."),
    (re.compile(r"\bNone\b"), "A missing value shows as “None”; put the sentence that needs it inside {% if … %}."),
    (
        re.compile(r"  "),
        "Two spaces stand here, or a word is missing between them; put the detail with its space inside {% if … %}.",
    ),
    (
        re.compile(r"\s[,.;:?!]|[,;:]\s*[.?!]|,\s*,|\.\.|^[,.;:]"),
        "A comma or full stop hangs loose; check the {% if … %}.",
    ),
    (re.compile(r"[,;:]$"), "This ends in a loose comma or colon; end it as a sentence."),
    (re.compile(r"[{}%]"), "A brace or % of the wording shows; check the {{ }} and {% %}."),
)
_MARKUP = re.compile(r"[<>*~`\\]|(?<!_)_(?!_)|&(?!amp;|lt;|gt;)")
_BLANK = re.compile(r"‹[^‹›]*›|_{2,}")
_GENDERED = re.compile(
    r"\b(?:he|she|him|her|his|hers|himself|herself|sir|madam|ma'am|ladies|gentlemen|guys)\b", re.IGNORECASE
)
_OPENINGS = re.compile(
    r"^(?:calm down|it's (?:our|the) policy|you need to|you have to|you must|unfortunately|i understand how you feel|"
    r"to be honest|as i said|with all due respect|obviously|relax)\b",
    re.IGNORECASE,
)
_PROMISES = re.compile(
    r"\b(?:guarantee\w*|definitely|i promise|we promise|100 ?%|for sure|without fail)\b", re.IGNORECASE
)
_GOODS = re.compile(
    r"\b(?:i|we)(?:'ll| will) (?:replace|refund|reimburse|send (?:you )?(?:a new|another|a replacement))\b",
    re.IGNORECASE,
)
_PET_NAMES = re.compile(r"(?:^|, )(?:honey|sweetie|darling|love|mate|buddy|pal|dear)\b", re.IGNORECASE)
_NOT_SAID = {
    _OPENINGS: "Do not open with “{}”; open with what you can do or with what they feel.",
    _PROMISES: "“{}” promises what nobody has checked; say what you will do next.",
    _PET_NAMES: "“{}” is too familiar; leave it out.",
}
_OFFER = re.compile(
    r"\?$|\b(?:i'll|i will|i can|i'm getting|i'm going|let me|let's|we'll|we can|you can|"
    r"you're welcome|please|here's)\b",
    re.IGNORECASE,
)
_NO_VERB = re.compile(
    r"^(?:the|a|an|they|it|you|we|i|this|that|these|those|if|when|there|your|their|our|my|no|not|always|"
    r"(?!(?:b|w|st)?ring\b|[cs]ling\b|s[wt]?ing\b)\w+ing)\b",
    re.IGNORECASE,
)


def loose_ends(line: str) -> Iterator[str]:
    """What is wrong with the form of any rendered line: holes, loose punctuation, markup."""
    for pattern, sentence in _HOLES:
        if pattern.search(line):
            yield sentence
    if _MARKUP.search(line):
        yield "Slack would read < > & * _ ~ ` as markup; write it in words."
    if found := _GENDERED.search(line):
        yield f"“{found.group()}” guesses at a person; write they, them or their."


def spoken(line: str, *, last: bool = False, aloud: bool = True, goods: bool = False) -> Iterator[str]:
    """What is wrong with a rung as it is said. The last rung need not end in an offer, nor words to oneself.

    With `goods`, it may promise no replacement or refund either: nobody has looked into it yet.
    """
    yield from loose_ends(line)
    words = len(line.split())
    if not line:
        yield "Nothing is left to say when details are missing; keep a sentence outside the {% if … %}."
        return
    if words > MAX_WORDS:
        yield f"Shorten this to {MAX_WORDS} words; as said it has {words}."
    if len(line) > MAX_CHARACTERS:
        yield f"Shorten this to {MAX_CHARACTERS} characters; as said it has {len(line)}."
    if line[0].islower() or not re.search(r"[.?!]$", line):
        yield "Start this with a capital letter, and end it with a full stop or a question mark."
    for pattern, sentence in _NOT_SAID.items():
        if found := pattern.search(line):
            yield sentence.format(found.group())
    if goods and (found := _GOODS.search(line)):
        yield f"“{found.group()}” promises what is not yet looked into; say that you will look into it."
    if aloud and not last and not _OFFER.search(re.split(r"(?<=[.?!])\s", line)[-1]):
        yield "End with an offer, a choice or an action: a question, or “I'll …”, “I can …”, “Let me …”, “Please …”."


def typed(phrase: str) -> Iterator[str]:
    """What is wrong with a phrase, or with the situation of a test: a blank that nobody has filled in."""
    if found := _BLANK.search(phrase):
        yield f"“{phrase}” has a blank; put words where {found.group()} stands, made-up ones, as people type them."


def step(line: str) -> Iterator[str]:
    """What is wrong with a step; an empty one is left out of its card."""
    if not line:
        return
    yield from told(line)
    if found := _NO_VERB.search(line):
        yield f"Start a step with what to do, a verb, instead of “{found.group()}”."


def told(line: str) -> Iterator[str]:
    """What is wrong with words that are read, not said."""
    yield from loose_ends(line)
    if " - " in line:
        yield "Two items ran together here: start the second on its own line, its “- ” right under the first."
    if len(line.split()) > MAX_STEP:
        yield f"Shorten this to {MAX_STEP} words: it is read with a thumb."
