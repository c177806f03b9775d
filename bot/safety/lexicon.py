"""Words that mean danger by themselves, whatever else stands around them."""

import re
import unicodedata

MAX_CHARACTERS = 20_000

_THEM = r"(?:me|us|him|her|them|someone|somebody|everyone|my (?:coworker|colleague|boss|kids?)|staff|people)"
_OWN = r"(?:has|have|had|got|with|pulled|pulls|pulling|holding|showed|shows|waving|carrying|flashed|hiding)"
_ARM = r"(?:gun|knife|blade|machete|pistol|handgun|rifle|shotgun|weapon|firearm|crowbar|sword|hatchet|axe)"
_TOOL = r"(?:staple|price|glue|heat|nail|tape|spray|water|nerf|toy|paper|butter|palette|plastic|rubber)"
_PRACTICE = r"(?! (?:drill|train|tabletop|exercise|course|class|slide|video|film|poster|polic|form))"
_BOSS = r"(?:boss|manager|supervisor|coworker|co-worker|colleague|team lead|shift lead|director)"
_BODY = (
    r"(?:bum|butt|breasts?|boobs?|chest|thigh|waist|hair|leg|arm|neck|face|back|shoulders?|hips?|wrist|private parts)"
)
_CHILD = r"(?:child|kid|boy|girl|toddler|baby|infant|son|daughter|little one)"

_PATTERNS: dict[str, tuple[str, ...]] = {
    "evacuate-or-attacker": (
        rf"active (?:shooter|attacker){_PRACTICE}",
        r"there'?s an? (?:shooter|gunman|attacker)",
        r"shots? (?:fired|outside|inside)|gunshots?|shooting (?:people|at (?:us|people|everyone))",
        rf"bomb threat{_PRACTICE}|(?:there'?s|planted|left|has) a bomb\b(?! cyclone)|bomb in the",
        r"gas leak|smell(?:s|ing)?(?: of| like)? gas(?!oline)",
        r"(?:building|kitchen|store|shop|bin|roof|car|oven|fryer)(?:'s| is) on fire",
        r"fire in (?:the|our) (?!hole|hold)\w+",
        r"fire alarm is going|smoke (?:coming|everywhere|filling|pouring)",
        r"(?:have to|must|need to|should we|are we) evacuat\w+",
    ),
    "weapon-robbery-threat": (
        rf"{_OWN} (?:out )?(?:a|an|his|her|the) (?:(?!{_TOOL}\b)\w+ )?{_ARM}\b(?! set| block| rack| return)",
        rf"{_ARM} (?:on|at|to) (?:me|us|him|her|my)",
        r"(?:being|getting|been|got) robbed|robbing (?:us|me|the)|robbery in progress|armed (?:robbery|man|robber)",
        rf"(?:tak(?:es?|en|ing)|took|h[eo]ld(?:s|ing)?|keeps?|kept) {_THEM} hostage|(?:taking|took|has) hostages",
        r"hostage situation|(?:this is|it'?s) a (?:stick|hold) ?up|stickup|(?:stick|hold) ?up at",
        rf"(?:threat\w*|going|gonna|gna|wants?|will|swears?) (?:to |2 )?(?:kill|stab|shoot|beat|hurt) {_THEM}",
        rf"(?:'ll|will) (?:kill|stab|shoot) {_THEM}|kill you|death threats?",
        r"(?:open|empty) (?:the )?(?:till|register|safe) or",
    ),
    "medical-emergency": (
        r"collapsed|collapsing|unconscious|unresponsive|(?:having|had|has) (?:a )?seizures?",
        r"convuls\w+|overdos\w+|anaphyla\w+",
        r"chok(?:ing|ed) (?:on|at|to)|(?:he|she|they|guest|customer|man|woman|kid|baby)(?:'?s| is) choking",
        r"(?:can'?t|cannot|stopped|isn'?t|not|struggling to) breath\w*|no pulse|cardiac arrest",
        r"(?:having|had|has|having) an? (?:heart attack|stroke|fit|asthma attack)\b(?! of| over| when| at the)",
        r"allergic reaction|passed out|chest pains?|turning blue|throat (?:is )?closing",
        r"bleeding (?:a lot|badly|heavily|out|everywhere|from)|won'?t (?:wake up|stop bleeding)|not waking up",
        r"call an ambulance|need an ambulance",
    ),
    "suicidal-person": (
        r"suicid\w*\b(?! (?:squad|wings?|sprints?|squeeze|prevention|awareness|doors?|lane)\b)",
        r"kill(?:ing)? (?:himself|herself|themselves|themself|myself)",
        r"end(?:ing)? (?:it all|(?:my|his|her|their) (?:own )?life)",
        r"(?:wants?|wanna|going) (?:to |2 )?die\b|self[- ]?harm\w*",
        r"don'?t want to (?:live|be here any ?more|be alive)|doesn'?t want to (?:live|be here any ?more|be alive)",
    ),
    "child-safety": (
        rf"(?:missing|lost|abducted|kidnapped) {_CHILD}s?\b(?! benefit| costumes?| seats?| sizes?)",
        rf"(?:kidnap\w*|abduct\w*) (?:{_THEM}\b|(?:a|the|my|his|her|this|that) (?:\w+ )?{_CHILD})",
        r"being (?:kidnapp|abduct)ed",
        rf"{_CHILD}\b.{{0,30}}\b(?:locked|left|alone|trapped|shut)\b.{{0,20}}\b(?:car|van|vehicle)",
        rf"(?:can'?t|cannot) find (?:her|his|their|my) (?:little )?{_CHILD}|lost (?:his|her|their) parents",
    ),
    "touched-or-assaulted": (
        r"(?:groped|punched|slapped|kicked|headbutted|shoved|choked|assaulted|attacked|bit) (?:me|us)",
        r"spat (?:at|on|in) (?:me|us)",
        r"(?:grabbed|(?<!not )(?<!never )touched|hit|pushed|spit on) me\b(?! up| w)",
        rf"(?:grabbed|touched|stroked|squeezed|pinched|slapped|smacked) (?:my|her|his) {_BODY}",
        r"sexually assaulted|raped|(?:was|been|got) (?:groped|assaulted|punched|spat)",
    ),
    "customers-fighting": (
        r"(?:customers?|guests?|guys|men|women|people|lads|of them|they(?:'re| are)) (?:are )?(?:fighting|brawling)",
        r"(?:throwing|swinging) punches|punching each other|fist ?fight|come to blows",
        r"fight (?:broke|breaking|is breaking|has broken) out|about to fight|brawl",
    ),
    "followed-or-stalked": (
        r"stalk(?:ing|er|ed|s) (?:me|her|us|my)|(?:have|got|is) a stalker|being (?:followed|stalked)",
        r"follow(?:ing|ed|s) (?:me|her) (?:home|to|out|from|into|off|around|all|in)",
        r"waiting (?:for (?:me|her) )?(?:by|at|near|outside) (?:my|her|the) (?:car|bus|staff (?:door|exit))",
        r"knows where (?:i|she|he) lives?",
    ),
    "guest-asks-for-help": (
        r"ask(?:ed|s|ing)? for angela|(?:drink|drinks) (?:was|were|got|been|is) spiked|spiked (?:my|her|his) drink",
        r"(?:note|napkin|receipt) (?:that )?(?:says|saying|said) help|traffick(?:ed|ing)",
        r"(?:doesn'?t|don'?t) feel safe with|(?:been|was|got) drugged",
    ),
    "coworker-harassment": (
        rf"(?:(?:my|our) (?:owner|chef)|{_BOSS})\b.{{0,40}}\b(?:touch(?:ed|es|ing)|groped|grabbed|kissed|harass\w*)",
        rf"{_BOSS}\b.{{0,40}}\b(?:rubb(?:ed|ing)|pinch(?:ed|es)|slapped|squeezed|hugged|stroked|cornered)",
        rf"{_BOSS}\b.{{0,40}}\b(?:about my (?:body|looks|chest|bum|butt)|hitting on me|nudes|sexual\w*)",
        r"sexual(?:ly)? harass\w*",
    ),
}
_COMPILED = {card: re.compile(rf"\b(?:{'|'.join(patterns)})") for card, patterns in _PATTERNS.items()}
_REPEATED = re.compile(r"(.)\1{2,}")
_MISSING_APOSTROPHE = re.compile(r"\b(can|won|don|doesn|isn)t\b")


def find_words(text: str) -> tuple[str, ...]:
    """The ids of the safety cards whose words stand in a text, in the order of the lexicon."""
    plain = _plain(text)
    return tuple(card for card, pattern in _COMPILED.items() if pattern.search(plain))


def _plain(text: str) -> str:
    read = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower().replace("’", "'").replace("`", "'")
    seen = read if read.isascii() else "".join(sign for sign in read if unicodedata.category(sign) != "Cf")
    return _MISSING_APOSTROPHE.sub(r"\1't", " ".join(_REPEATED.sub(r"\1\1", seen).split()))
