"""People's names in a situation, from Faker's lists of first names and from the words around them."""

import importlib
import re
from functools import cache

LOCALES = (
    "en_US en_GB en_IN en_IE en_NZ en_PK en_KE en_NG es_MX es_ES fr_FR de_DE it_IT pl_PL pt_BR tr_TR "
    "sv_SE nl_NL id_ID vi_VN yo_NG ig_NG zu_ZA ga_IE"
).split()

SHORTEST = 3
# Names that are everyday words; in small letters they mean the word.
_WORDS = frozenset(
    (
        "a alf ali amber an and angel ante april art as at august autumn baby baker basil bay be bee bell "
        "bill bob boss brand brandy buck bud bunny butler caller canal candy car carol carter case cash "
        "chance charity chase che cherry chip christen christian christmas clay client cliff comfort coming "
        "cook cooper cord cricket crystal customer daisy dale dawn day dean dell destiny do dodo don dot drew "
        "driver duke dusty earl early easter elif eta eve even ever faith fancy fern fine floor forum fox "
        "frank from gala gay gene general genesis ginger given glory good grace grant grit guest gun guy harm "
        "harmony harry harsh has hazel he heath heaven her him holly honey honor hope hunter i ide ige ika in "
        "ina indi iris is ivy jack jade jean jet jewel jimmy jo job journey joy june junior karen kick king "
        "kit kitty lady lake lance lane le leaf levy lily lino loke long lot love lucky mad major man manager "
        "maple mar mare marina mark marsh mary-jane mason mats may me melody mercedes mercy mike miles misty "
        "mo money moss my nail nan nas nazi nick no noble noel norm north novella ocean of ok oke olive or "
        "ove owe pa page pan park parker pat patience peace pearl penny pepper per pier pierce piper pop "
        "poppy porter prince princess prosper puck queen raid ray red reed reef regular rich ring river rob "
        "robin rocky rose royal ruby rusty sad sage said salami sandy say sayin scout sea see sep september "
        "server shade she shell sherry shore sir sky so sole son soon star stone storm stormy sue summer "
        "sunday sunny tam tan tea teddy temple the them theres they thy tie ties tiger till tiny title to tod "
        "tom top tore toy trace trinity true tuesday tug ulu urban urs ute val van velvet vi victor victory "
        "wants west who will willow wing winter wise wolf wood work yes yoga young zip "
    ).split()
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
    return _listed("first_names") - _WORDS


@cache
def names_that_are_words() -> frozenset[str]:
    """First names that are everyday words too, in small letters: they count as names in capitals alone."""
    return _listed("first_names") & _WORDS


@cache
def last_names() -> frozenset[str]:
    """Last names in small letters, of the same countries."""
    return _listed("last_names")


def _listed(kind: str) -> frozenset[str]:
    found: set[str] = set()
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for attribute in dir(provider):
            if attribute.startswith(kind):
                found.update(name.lower() for name in getattr(provider, attribute))
    return frozenset(name for name in found if len(name) >= SHORTEST and " " not in name)


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
