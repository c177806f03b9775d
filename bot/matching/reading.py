"""What was typed, as plain words: one case, no signs, abbreviations written out, names and numbers made alike."""

import re
import unicodedata
from collections.abc import Callable

MAX_CHARACTERS = 3000
FIRST_WORDS, LAST_WORDS = 60, 30
"""Words that are read of a longer text, from either end: the point seldom stands in between."""

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"'})
_REPEATED = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[#@$£€?!]", re.UNICODE)
_SLASHED = re.compile(r"\bw/o\b|\bw/|\bb/c\b")
_WRITTEN_OUT = {"w/o": " without ", "w/": " with ", "b/c": " because "}
_NUMBER = re.compile(r"\d[\d.,:]*")

SHORT_FORMS = {
    form: words
    for line in """
    2day today|2moro tomorrow|2morrow tomorrow|2mrw tomorrow|tmrw tomorrow|tmr tomorrow|tmrrw tomorrow|2nite tonight
    tonite tonight|2night tonight|nite night|b4 before|4ever forever|gr8 great|l8 late|l8r later|m8 mate|h8 hate
    u you|ur your|urs yours|r are|n and|nd and|y why|k ok|kk ok|da the|dat that|dis this|dem them|dey they|wit with
    wat what|wats what's|wut what|wen when|wer where|wherez where's|evry every|evrything everything|evryone everyone
    sum1 someone|some1 someone|any1 anyone|ne1 anyone|every1 everyone|no1 nobody|smth something|sumthing something
    somethin something|nothin nothing|anythin anything|cuz because|cos because|coz because|bc because|bcuz because
    bcoz because|tho though|thru through|thx thanks|ty thanks|pls please|plz please|plse please|ppl people|peeps people
    idk i don't know|dunno don't know|idc i don't care|imo i think|tbh honestly|ngl honestly|fr really|rn right now
    asap at once|atm at the moment|omg oh my god|wtf what|lol |lmao |smh |af very|v very|vry very|rlly really
    gonna going to|gna going to|gon going to|wanna want to|wana want to|gotta have to|hafta have to|tryna trying to
    lemme let me|gimme give me|kinda kind of|sorta kind of|outta out of|lotta lot of|aint isn't|ain't isn't
    imma i'm going to|cust customer|custs customers|custy customer|custie customer|cx customer|customa customer
    mgr manager|mngr manager
    mgmt management|sup supervisor|supe supervisor|pkg package|pkgs packages|pkge package|appt appointment
    appts appointments|apt apartment|addy address|addr address|acct account|accts accounts|msg message|msgs messages
    txt text|txted texted|txting texting|ph phone|fone phone|cel cell|mob mobile|num number|nmbr number|no. number
    rcpt receipt|reciept receipt|recept receipt|rez reservation|resy reservation|resv reservation|conf confirmation
    pic picture|pics pictures|vid video|vids videos|insta instagram|ig instagram|snap snapchat|fb facebook
    bf boyfriend|gf girlfriend|hubby husband|bday birthday|xmas christmas|min minute|mins minutes|hr hour|hrs hours
    yr year|yrs years|wk week|wks weeks|mo month|mth month|mths months|yo year old|y/o year old|lil little|ole old
    cud could|cudnt couldn't|shud should|shudnt shouldn't|wud would|wudnt wouldn't|wont won't|cant can't|dont don't
    doesnt doesn't|didnt didn't|isnt isn't|wasnt wasn't|arent aren't|werent weren't|hasnt hasn't|havent haven't
    hadnt hadn't|couldnt couldn't|wouldnt wouldn't|shouldnt shouldn't|im i'm|ive i've|hes he's|shes she's
    theyre they're|theyve they've|youre you're|weve we've|whos who's|whats what's|wheres where's|thats that's
    theres there's|heres here's|aggro angry|agro angry
    abt about|wknd weekend|vacay vacation|fav favourite|bfast breakfast|cmon come on|em them
    til until|dvd dvd|pjs pyjamas
    pissed angry|kicking off getting angry
    """.replace("\n", "|").split("|")
    if line.strip()
    for form, _, words in [line.strip().partition(" ")]
}
"""How people shorten words with thumbs, written out."""

_KEPT = {"id"}
_UNITS = re.compile(r"people|customers?|guys|men|women|times?|hours?|days?|weeks?|minutes?|of|more|years?|pm|am|star")


def clean(text: str) -> str:
    """Small letters, one kind of apostrophe, no control characters, no letter thrice; at most 3,000 characters."""
    plain = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS])[:MAX_CHARACTERS].translate(_APOSTROPHES).lower()
    if not (plain.isascii() and plain.isprintable()):
        plain = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in plain)
    return _REPEATED.sub(r"\1\1", " ".join(plain.split()))


def words(text: str) -> list[str]:
    """The words of a text, abbreviations written out; of a long one, the first 60 and the last 30."""
    spelt = _SLASHED.sub(lambda found: _WRITTEN_OUT[found.group()], clean(text))
    typed = _TOKEN.findall(spelt)
    if len(typed) > FIRST_WORDS + LAST_WORDS:
        typed = typed[:FIRST_WORDS] + typed[-LAST_WORDS:]
    found: list[str] = []
    for place, word in enumerate(typed):
        following = typed[place + 1] if place + 1 < len(typed) else ""
        found += _write_out(word, following).split()
    return found


def _write_out(word: str, following: str) -> str:
    if word in ("2", "4") and following.isalpha() and not _UNITS.fullmatch(following):
        return "to" if word == "2" else "for"
    if word == "#":
        return "" if following[:1].isdigit() else "number"
    return word if word in _KEPT else SHORT_FORMS.get(word, word)


def alike(typed: list[str], is_name: Callable[[str], bool]) -> list[str]:
    """Words with every name turned into one name and every number into one number, since neither may steer."""
    found = []
    for word in typed:
        bare = word.removesuffix("'s")
        if is_name(bare):
            found.append("sam's" if word != bare else "sam")
        elif len(word) > len("sams") and word.endswith("s") and is_name(word[:-1]):
            # Thumbs leave the apostrophe out.
            found.append("sam's")
        else:
            found.append(word if word.isalpha() else _NUMBER.sub("5", word))
    return found
