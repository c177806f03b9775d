"""Playbooks for property tests: anything that can be saved, hostile texts among it."""

from datetime import date, timedelta

from hypothesis import strategies as st

from bot.domain.playbook import Boss, Detail, Find, Level, Listener, Never, OwnTest, Phrases, Playbook, Review, Say
from bot.domain.sector import Sector

HOSTILE = (
    "no", "12", "1e3", "null", "~", "2026-01-31", "- a dash", "# a comment", "a: b", "a #b", "{{ name }}", "[x]",
    "'", '"', "it's “so”", "%TAG", "@home", "`x`", "!!str", "&a *a", "|", ">-", "? k", "a\nb", "a\n\n  b\n c",
    "<<", "=", "x" * 150, "word " * 40 + "end", "— 🙄 日本語 ﷽", "a\tb", "\ufeff", "--- a", "...", "{a: b}", "\\n \\x00",
    "key:", ":", "-", "<!everyone>", "trailing  double  spaces", "a" * 200 + "\n" + "b" * 200,
)  # fmt: skip
characters = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"
) | st.sampled_from("\n\t:#-'\"{}[]|>%@` ")


def texts(longest=120):
    written = st.text(characters, min_size=1, max_size=longest) | st.sampled_from(HOSTILE)
    return written.map(str.strip).filter(lambda text: 0 < len(text) <= longest)


def optional(strategy):
    return st.none() | strategy


phrases = st.lists(texts(600), min_size=1, max_size=6, unique_by=lambda text: " ".join(text.lower().split()))
sectors = st.lists(st.sampled_from(Sector), min_size=1, max_size=3).map(tuple)
tests = st.lists(st.builds(OwnTest, texts(600), optional(texts(200))), max_size=3).map(tuple)
names = st.from_regex(r"[a-z][a-z_]{0,29}", fullmatch=True) | st.sampled_from(["null", "no", "true"])
titles = texts(70).filter(lambda text: len(text) >= 3)
playbooks = st.builds(
    Playbook,
    id=st.just("some-playbook"),
    title=titles,
    phrases=phrases.map(tuple),
    sectors=sectors,
    tests=tests,
    details=st.dictionaries(names, st.builds(Detail, texts(150), optional(st.sampled_from(Find))), max_size=4),
    say=st.builds(Say, texts(1000), texts(1000), texts(1000), st.sampled_from(Listener)),
    posture=texts(),
    steps=st.lists(texts(1000), min_size=1, max_size=5).map(tuple),
    never=st.lists(st.builds(Never, texts(), texts()), min_size=1, max_size=4).map(tuple),
    boss=st.builds(Boss, st.sampled_from(Level), st.just("") | texts(300), optional(texts())),
    next=optional(st.just("another-playbook")),
    review=st.builds(
        Review,
        texts(100),
        optional(st.dates(date(1000, 1, 1))),
        st.integers(1, 9999).map(timedelta),
        st.sampled_from(["any", "UK"]),
    ),
)
lists = st.builds(
    Phrases, id=st.just("customers-fighting"), title=titles, phrases=phrases.map(tuple), sectors=sectors, tests=tests
)
