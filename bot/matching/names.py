"""People's names in a situation, from lists of names and from the words around them."""

import re
from functools import cache
from pathlib import Path

LISTS = Path(__file__).parent / "lists"
# How friends shorten names, where the lists have the whole name only.
_SHORT = frozenset(
    (
        "abena addie aggie alfie allie ama amit anil ash aubrey barbie baz bea becca bertie beto betsy bev bola "
        "bri cass cat cath chaz chidi chrissy chuck coop deb debs dee deepak des deshawn dmitri donny doug ed "
        "elle em emeka ern ernie flo fran franny freddie funmi gabby gabe gaz gem geoff gerry ginny hal hank hattie "
        "hettie hiro imani izzy jacky janie jas jazz jeanie jem jen jenn jess jez josie kat kath katya kavita kaz "
        "kemi kenji kev kimmy kinsley kofi kris kwame lakisha len lenny lerato les lexi linds livvy liz lizzie "
        "lou mags manny marge margie marty matt matty maz mei mikey mikki millie missy moe naledi nat ned nell nicky "
        "nush ollie oz paisley patsy paulie peg pete petey phil pip priyanka rach rae rahul raj reg reggie richie "
        "ritchie roz russ ruthie sade sal sanjay sanj saz seb shaz shel sid simo sipho soph steph stephie stevie "
        "stew stu sunil suzie syd tanisha tash thabo timmy trey trish trixie tunde val vic vijay vik viv wei wes xan "
        "xiu yas yaz yuki zack zoe"
    ).split()
)
# Names that are everyday words; in small letters they mean the word.
_WORDS = frozenset(
    (
        "a alf ali amber an and angel ante april art as ash at august autumn baby baker barbie basil bay be bee "
        "bell bev bill bob boss brand brandy buck bud bunny butler caller canal candy car carol carter case cash "
        "cat chance charity chase che cherry chip christen christian christmas chuck clay client cliff comfort "
        "coming cook coop cooper cord cricket crystal customer daisy dale dawn day dean dell des destiny do dodo "
        "don dot drew driver duke dusty earl early easter ed elif elle em eta eve even ever faith fancy fern fine "
        "flo floor forum fox frank from gala gay gem gene general genesis ginger given glory good grace grant "
        "grit guest gun guy hal harm harmony harry harsh has hazel he heath heaven her him holly honey honor hope "
        "hunter i ide ige ika in ina indi iris is ivy jack jade jazz jean jet jewel jimmy jo job journey joy june "
        "junior karen kick king kit kitty lady lake lance lane le leaf les levy lily lino loke long lot love "
        "lucky mad mags major man manager maple mar mare marina mark marsh mary-jane mason mats may me melody "
        "mercedes mercy mike miles missy misty mo money moss my nail nan nas nazi nick no noble noel norm north "
        "novella ocean of ok oke olive or ove owe oz pa page paisley pan park parker pat patience peace pearl peg "
        "penny pepper per pier pierce pip piper pop poppy porter prince princess prosper puck queen raid ray red "
        "reed reef reg regular rich ring river rob robin rocky rose royal ruby rusty sad sage said sal salami "
        "sandy sas say sayin scout sea see sep september server shade she shell sherry shore sir sky so sole son "
        "soon star stew stone storm stormy sue summer sunday sunny tam tan tea teddy temple the them theres they "
        "thy tie ties tiger till tiny title to tod tom top tore toy trace trinity true tuesday tug ulu urban urs "
        "ute val van velvet vi vic victor victory wants west who will willow wing winter wise wolf wood work yes "
        "yoga young zip "
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
    """Some nine thousand first names in small letters, short forms among them."""
    return (_listed("first_names") | _SHORT) - _WORDS


@cache
def names_that_are_words() -> frozenset[str]:
    """First names that are everyday words too, in small letters: they count as names in capitals alone."""
    return (_listed("first_names") | _SHORT) & _WORDS


@cache
def last_names() -> frozenset[str]:
    """Last names in small letters, of the same countries."""
    return _listed("last_names")


def _listed(kind: str) -> frozenset[str]:
    # Faker's, of two dozen countries, as `training/names.py` writes them.
    return frozenset((LISTS / f"{kind}.txt").read_text(encoding="utf-8").split())


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
