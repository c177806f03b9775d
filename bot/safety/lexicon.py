"""Words that mean danger by themselves, whatever else stands around them."""

import re
import unicodedata

MAX_CHARACTERS = 20_000

_ME = r"(?:me|us|my|our|him|her|them|he|she|they|someone|somebody|coworker|colleague|staff|driver|guest|customer)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    ("evacuate-or-attacker", r"\bactive (?:shooter|attacker)\b|\bthere'?s an? (?:shooter|gunman|attacker)\b"),
    ("evacuate-or-attacker", r"\bshots? fired\b|\bshooting (?:people|at|in the)\b|\bbomb threat\b|\bgas leak\b"),
    (
        "evacuate-or-attacker",
        r"\bsmell(?:s|ing)?(?: of| like)? gas\b|\bbuilding(?:'s| is) on fire\b|\bfire alarm is going\b",
    ),
    (
        "evacuate-or-attacker",
        r"\bfire in (?:the|our)\b|\b(?:is|are|on|caught|catches) fire\b(?! sale)|\bsmoke (?:coming|everywhere|filling|pouring)\b",
    ),
    ("evacuate-or-attacker", r"\b(?:there'?s|planted|left|has) a bomb\b|\bevacuat(?:e|ing|ion)\b"),
    (
        "weapon-robbery-threat",
        r"\b(?:has|got|with|pulled|pulls|holding|showed|waving|carrying|is) (?:out )?(?:a|an|his|her|the) (?:\w+ )?(?:gun|knife|blade|machete|pistol|weapon|firearm|crowbar|hammer)\b(?! set| block)",
    ),
    (
        "weapon-robbery-threat",
        r"\b(?:being|getting|been|got) robbed\b|\brobb(?:ing|ed) (?:us|me|the)\b|\bhold ?up\b.*\btill\b|\barmed (?:robbery|man|robber)\b|\bhostage\b",
    ),
    (
        "weapon-robbery-threat",
        rf"\b(?:threat\w*|going|gonna|gna|wants?|will|'ll|swears) (?:to |2 )?(?:kill|hurt|stab|shoot|beat|smash) {_ME}\b",
    ),
    ("weapon-robbery-threat", r"\b(?:open|empty) (?:the )?(?:till|register|safe) or\b"),
    (
        "medical-emergency",
        r"\b(?:collapsed?|collapsing|unconscious|unresponsive|seizure|convuls\w+|overdos\w+|choking|anaphyla\w+)\b(?! hazard)",
    ),
    (
        "medical-emergency",
        r"\b(?:can'?t|cannot|cant|stopped|not|isn'?t|isnt|struggling to) breath\w*\b|\bno pulse\b|\bcardiac arrest\b",
    ),
    (
        "medical-emergency",
        r"\b(?:having|had|has) an? (?:heart attack|stroke|fit|allergic reaction)\b|\bpassed out\b|\bchest pain\b",
    ),
    (
        "medical-emergency",
        r"\bbleeding (?:a lot|badly|heavily|out|everywhere|from)\b|\bwon'?t wake up\b|\bnot waking up\b|\bepi ?pen\b",
    ),
    (
        "suicidal-person",
        r"\bsuicid\w*\b|\bkill(?:ing)? (?:himself|herself|themselves|themself|myself)\b|\bend(?:ing)? (?:it all|(?:my|his|her|their) (?:own )?life)\b",
    ),
    (
        "suicidal-person",
        r"\b(?:wants?|wanna|going|gonna) (?:to |2 )?die\b|\bself[- ]?harm\w*\b|\bdon'?t want to (?:live|be here any ?more|be alive)\b",
    ),
    (
        "child-safety",
        r"\b(?:missing|lost|abducted|kidnapped) (?:child|kid|boy|girl|toddler|baby|son|daughter|\d+ ?(?:yo|year old))\b|\bkidnap\w*\b",
    ),
    (
        "child-safety",
        r"\b(?:baby|child|kid|toddler|infant)\b.{0,30}\b(?:locked|left|alone|trapped|shut)\b.{0,20}\b(?:car|van|vehicle)\b|\blost (?:his|her|their) (?:mum|mom|mommy|mummy|dad|parents)\b",
    ),
    ("child-safety", r"\bcan'?t find (?:her|his|their|my) (?:kid|son|daughter|child|toddler|baby|little \w+)\b"),
    (
        "touched-or-assaulted",
        rf"\b(?:grabbed|groped|punched|slapped|kicked|headbutted|shoved|choked|assaulted|spat (?:at|on|in)|hit|bit|touched|pushed) (?:me|my (?!order|car|trolley|cart|budget|phone))\b(?! up on)",
    ),
    ("touched-or-assaulted", r"\b(?:groped|sexually assaulted|raped)\b"),
    (
        "customers-fighting",
        r"\b(?:customers?|guests?|guys|men|women|people|lads|two of them|they(?:'re| are)) (?:are )?(?:fighting|punching|brawling|throwing punches)\b|\bfist ?fight\b|\bfight (?:broke|breaking|is breaking) out\b",
    ),
    (
        "followed-or-stalked",
        r"\b(?:stalk(?:ing|er|ed|s)|following (?:me|her)|followed (?:me|her) (?:home|to|out|from|into|off|all)|waiting (?:for me )?(?:by|at|near|outside) (?:my|the) (?:car|bus|door|exit|staff))\b",
    ),
    ("followed-or-stalked", r"\bknows where (?:i|she|he) lives?\b"),
    (
        "guest-asks-for-help",
        r"\bask(?:ed|s|ing)? for angela\b|\bspiked\b|\bdrugged\b|\bhelp me\b.{0,20}\bnote\b|\btraffick\w*\b|\bdoesn'?t feel safe with\b",
    ),
    (
        "coworker-harassment",
        r"\b(?:my|our|the) (?:boss|manager|supervisor|coworker|co-worker|colleague|team lead|shift lead|director)\b.{0,40}\b(?:touched|groped|grabbed|kissed|harass\w*|comments about my (?:body|looks|chest)|hitting on me|nudes|sexual\w*)\b",
    ),
    ("coworker-harassment", r"\bsexual(?:ly)? harass\w*\b"),
)
_COMPILED = tuple((card, re.compile(pattern)) for card, pattern in _PATTERNS)
_REPEATED = re.compile(r"(.)\1{2,}")


def find_words(text: str) -> tuple[str, ...]:
    """The ids of the safety cards whose words stand in a text, in the order of the lexicon."""
    plain = _plain(text)
    return tuple(dict.fromkeys(card for card, pattern in _COMPILED if pattern.search(plain)))


def _plain(text: str) -> str:
    read = unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower().replace("’", "'").replace("`", "'")
    seen = "".join(character for character in read if unicodedata.category(character) != "Cf")
    return " ".join(_REPEATED.sub(r"\1\1", seen).split())
