"""Whatever people wrote is text on paper: in the booklet and in the reports."""

import dataclasses
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.match import LeftOut
from bot.domain.playbook import Say
from bot.library.load import load_library
from bot.rendering.card import compile_card
from bot.rendering.frames import Frames
from bot.rendering.paper import printed
from bot.rendering.text import digest, literal
from bot.services.booklet import booklet
from bot.services.health import measure
from bot.services.shelf import Shelf, sectors_of

HERE = Path(__file__).parents[2]
LIBRARY, _ = load_library(HERE / "playbooks")
FRAMES = Frames(HERE / "templates")
CARD = LIBRARY.playbooks["card-declined"]
ALLOWED = set("html head meta title style body main h1 h2 h3 p ul ol li em strong".split())
DRAWN = ALLOWED | set("table tr th td div svg rect line circle text".split())
HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "</title><script>x</script>",
    "[x](javascript:alert(1))", "![x](http://evil.example/a.png)", "<http://evil.example>", "# heading", "- item",
    "1. item", "***", "---", "```x", "~~~", "> quote", "&lt;script&gt;", "&#60;b&#62;", "[a]: http://x", "a\\", "a  \n<b>",
    "x</style><script>y</script>", "'\"><a href='x'>", "| a | b |", "`<b>`", "*a*_b_", "===", "+ x", "<!-- x", "]]>",
)  # fmt: skip
hostile = st.one_of(
    st.sampled_from(HOSTILE),
    st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=3).map(" ".join),
    st.text("<>&\"'`*_[]()!#-=+~|\\/ \nab1.", min_size=1, max_size=40),
).filter(str.strip)


class Page(HTMLParser):
    """The tags of a page, what stands in it, and its policy."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.texts, self.policy, self._inside = set(), [], "", ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self._inside = tag
        held = dict(attrs)
        assert not any(name.startswith("on") or name in ("href", "src", "style") for name in held), held
        if held.get("http-equiv") == "Content-Security-Policy":
            self.policy = held["content"]

    def handle_endtag(self, tag):
        self._inside = ""

    def handle_data(self, data):
        self.texts.append((self._inside, data))

    def inside(self, tag):
        return "".join(text for where, text in self.texts if where == tag)

    @property
    def said(self):
        return " ".join("".join(text for where, text in self.texts if where != "style").split())


def shelf_with(title, line, workplace):
    say = Say(line, line, line)
    card = dataclasses.replace(CARD, title=title, say=say, posture=line, steps=(line,), next=None)
    policy = dataclasses.replace(LIBRARY.policy, workplace=workplace)
    cards = {card.id: compile_card(card, FRAMES)}
    return Shelf(cards=cards, policy=policy, frames=FRAMES, matcher=None, sectors=sectors_of(cards))


def strict(page):
    """The policy lets in the page's own style, and nothing else."""
    assert page.policy == (
        f"default-src 'none'; style-src '{digest(page.inside('style'))}'; base-uri 'none'; form-action 'none'"
    )


@settings(max_examples=80)
@given(hostile, hostile.map(lambda text: text.replace("{", "")), hostile)
def test_hostile_titles_lines_and_workplaces_are_text_in_the_booklet(title, line, workplace):
    shelf = shelf_with(title, line, workplace)
    page = Page(printed(FRAMES, f"The playbooks of {workplace}", booklet(shelf)))
    assert page.tags <= ALLOWED
    strict(page)
    said = re.sub(r"\s+", " ", page.said)
    for text in (title, workplace):
        assert " ".join(text.split()) in said, text
    assert page.inside("title").strip() == f"The playbooks of {workplace}".strip()


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(hostile, hostile, hostile), min_size=1, max_size=5))
def test_hostile_phrases_and_names_are_text_in_the_health_report(rows):
    found = [LeftOut(text, name, "", best, 0.8, 2, 0.0) for text, name, best in rows]
    health = measure(found, 0.5)
    page = Page(FRAMES.render("health", health=health, weak=health.weak(), shown=12))
    assert page.tags <= DRAWN
    strict(page)


def test_tags_in_markdown_that_nobody_escaped_are_text_too():
    page = Page(printed(FRAMES, "x", "<script>alert(1)</script>\n\nand <img src=x onerror=alert(1)>"))
    assert page.tags <= ALLOWED
    assert "<script>alert(1)</script>" in page.said


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Okay. Take what you want.", "Okay. Take what you want."),
        ("3. a", "3\\. a"),
        ("- a", "\\- a"),
        ("a\n# b", "a \\# b"),
        ("it's 50 %", "it's 50 %"),
    ],
)
def test_plain_words_stay_plain_in_markdown(text, marked):
    assert literal(text) == marked
