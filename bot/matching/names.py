"""People's names in a situation, from Faker's lists of first names and from the words around them."""

import importlib
import re
from functools import cache

LOCALES = (
    "en_US en_GB en_IN en_IE en_NZ en_PK en_KE en_NG es_MX es_ES fr_FR de_DE it_IT pl_PL pt_BR tr_TR sv_SE nl_NL "
    "id_ID vi_VN yo_NG ig_NG zu_ZA ga_IE"
).split()

# Names that are everyday words; in small letters they mean the word.
_WORDS = frozenset(
    "a an and art as at august autumn baby be bill bob brand car case chance chase christian christmas clay cliff "
    "crystal dawn day dean do drew duke earl early easter even ever faith fern fine frank from gay general gene given "
    "good grace grant guy harmony has he heaven her holly honor hope hunter i in iris is ivy jack jade jewel jimmy joy "
    "june king lady lane le levy long love lucky man mark marina mary-jane may me mercy mercedes mike miles misty "
    "money my nick no north novella of ok olive or pa page park pat patience penny pepper prince princess queen ray "
    "red rich rob robin rocky rose ruby rusty sage sandy say see september she so son star storm summer sunday sunny "
    "sky the tiger to tom trinity tuesday velvet victor victory van will willow winter wood young april melody "
    "regular manager customer client guest caller driver boss him them who they wants coming christen an ali carol "
    "genesis destiny journey kitty bunny daisy lily hazel amber angel maple cherry candy ginger basil norm harry".split()
)
_WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)?"
_BESIDE = (
    re.compile(rf"\b({_WORD})'?s? (?:personal|private|home|mobile|cell|number|phone|address|shift|schedule|day off)\b"),
    re.compile(
        rf"\b(?:for|with|to|ask(?:s|ing)? for|wants?|named|called|ring|call|text|see|only|but|is|when|where's|not|by) "
        rf"({_WORD})\b"
    ),
    re.compile(rf"\b({_WORD}) (?:is|was|isn't|isnt|works?|finishes|gets off|will be|on (?:leave|vacation|holiday))\b"),
)
_ANY = re.compile(rf"\b{_WORD}")


@cache
def first_names() -> frozenset[str]:
    """Some eight thousand first names in small letters, of two dozen countries."""
    found: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith("first_names"):
                found.update(name.lower() for name in getattr(provider, attribute))
    return frozenset(name for name in found if len(name) > 2 and " " not in name) - _WORDS


def find_person(text: str) -> str | None:
    """The first name that the text speaks of, as it is spoken (“Steve”); None if it names nobody."""
    for found in _ANY.finditer(text.replace("’", "'")):
        word = _bare(found.group()).lower()
        for name in (word, word.removesuffix("s")):
            if name in first_names():
                return name.capitalize()
    for pattern in _BESIDE:
        for found in pattern.finditer(text.replace("’", "'")):
            word = _bare(found.group(1))
            if _looks_named(word) and not text.isupper():
                return word
    return None


def _bare(word: str) -> str:
    return re.sub(r"'s$|'$|(?<=[^s])s(?=$)'?", "", word) if "'" in word else word


def _looks_named(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower() and word.lower() not in _WORDS
