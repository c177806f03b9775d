from datetime import UTC, datetime

import pytest
from writer import EMPLOYEE, MANAGER, OWNER

from bot.domain.gap import Gap, GapState
from bot.domain.playbook import Rung
from bot.playground.limits import check_view
from bot.services.draft import fields_of
from bot.services.new_id import new_id
from bot.services.preview import previews
from bot.services.saving import wrong
from bot.slack.editor_state import Place
from bot.slack.rehearse_view import draw_preview
from bot.slack.versions_view import draw_outcome

CARD = "card-declined"
WORKSPACE = "T0DEMO"
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)


def saved(writer, **typed):
    assert writer.to_the_end(**typed) == {}
    assert writer.title == "Save?", writer.shown()
    assert writer.send() == {}
    return writer.done()


def test_the_preview_shows_the_card_that_was_typed_and_climbs_its_rungs(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap(
        "editor:preview",
        {"say__first": "That card isn't going through for us right now. Another one, perhaps, or cash?"},
    )
    assert writer.title == "As staff will see it"
    assert "That card isn't going through for us right now." in writer.shown()
    assert "In danger?" in writer.shown()
    assert len(writer.stack) == 2
    writer.tap("seen:firmer")
    assert "· firmer" in writer.shown(), writer.shown()
    writer.tap("seen:firmer")
    assert "· last words" in writer.shown()
    writer.tap("seen:firmer")
    assert "You have said it all." in writer.shown()
    writer.choose("seen:rung", Rung.FIRST.value)
    assert "That card isn't going through" in writer.shown()
    writer.close()
    assert writer.title == "Edit a playbook"


def test_the_preview_names_what_must_be_mended_first(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:preview", {"say__first": "Half a {{ line"})
    assert "Mend this first:" in writer.shown()
    assert "*Say first*" in writer.shown() or "First line" in writer.shown()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("I can help you " + "word " * 60 + "now. Shall I?", "Shorten this to 25 words"),
        ("<!channel> *bold* Shall I help?", "Slack would read &lt; &gt; &amp; * _ ~ ` as markup"),
    ],
)
def test_the_preview_shows_a_line_and_warns_that_it_will_be_refused(writer, line, sentence):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:preview", {"say__first": line})
    assert writer.title == "As staff will see it"
    warning, *card = [block["text"]["text"] for block in writer.blocks() if block["type"] == "section"]
    assert warning.startswith("⚠️ *Check and save* will refuse this:\n• *Say first*:")
    assert sentence in warning
    assert any("help" in text for text in card)


def test_a_preview_of_what_will_be_taken_warns_of_nothing(writer):
    writer.open(f"edit:{CARD}")
    writer.tap("editor:preview")
    assert "refuse" not in writer.shown()


def test_a_look_is_chosen_by_its_words(writer):
    writer.open("edit:return-no-receipt")
    writer.tap("editor:preview")
    _, menu = writer.element("seen:look")
    assert any("offer without a receipt is set" in one["text"]["text"] for one in menu["options"])
    writer.choose("seen:look", menu["options"][-1]["value"])
    assert "offer without a receipt is set" in writer.shown()


def test_every_preview_is_one_that_slack_takes(bot):
    for playbook in bot.library.playbooks.values():
        shown = previews(playbook, bot.shelf)
        for look in range(len(shown)):
            for rung in (*Rung, ""):
                check_view(draw_preview(shown, Place(playbook.id, look, 0, str(rung)), "In danger? Leave."), "modal")


def test_a_situation_is_tried_before_it_is_saved(writer):
    writer.open(f"edit:{CARD}")
    phrases = writer.input("phrases")["initial_value"]
    writer.tap("editor:try", {"phrases": f"zebra quokka platypus\n{phrases}"})
    assert writer.title == "Try it"
    assert writer.send(situation="zebra quokka platypus") == {}
    writer.until(lambda: "After this change" in writer.shown(), 90.0)
    assert "*Now it finds* nothing that fits" in writer.shown()
    assert "*After this change it finds* the card “Card declined”" in writer.shown()


def test_a_detail_is_inserted_without_typing_brackets(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:insert", {"details": "name (person): Who is it?", "say__first": "Let me check with"})
    assert writer.send(detail="name", where="say.first", instead='the "boss" {x}') == {}
    assert writer.title == "Edit a playbook"
    writer.until(lambda: "{{ name" in writer.shown())
    assert writer.input("say.first")["initial_value"] == """Let me check with {{ name or "the 'boss' x" }}"""


def test_a_sentence_with_a_detail_is_left_out_where_it_is_not_known(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:insert", {"details": "day (day): When?", "say__first": "Let me see."})
    assert writer.send(detail="day", where="say.first", sentence="Come back … if you like.") == {}
    writer.until(lambda: "{% if day %}" in writer.shown())
    assert (
        writer.input("say.first")["initial_value"]
        == "Let me see.{% if day %} Come back {{ day }} if you like.{% endif %}"
    )


def test_a_detail_takes_the_place_of_the_blank_that_was_typed_for_it(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    here = {"details": "name (person): Who is it?", "say__firm": "Let me ask ___ about it. Shall I?"}
    writer.tap("editor:insert", here)
    where = next(block["element"] for block in writer.blocks() if block.get("block_id") == "where")
    assert where["initial_option"]["value"] == "say.firm", "the line with a blank is chosen already"
    assert where["initial_option"]["text"]["text"] == "When they push: Let me ask ___ about it. Shall I?"
    assert writer.send(detail="name", where="say.firm", instead="them") == {}
    writer.until(lambda: "{{ name" in writer.shown())
    assert writer.input("say.firm")["initial_value"] == 'Let me ask {{ name or "them" }} about it. Shall I?'


def test_a_blank_that_was_left_in_the_words_is_refused_with_the_way_to_fill_it(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    errors = writer.send(say__firm="Let me ask ___ about it right now. Shall I?")
    assert errors["say.firm"] == "A blank is left here; put a detail there with “Insert a detail”, or take it out."


def test_without_details_the_picker_says_where_they_are_written(writer):
    writer.open(f"edit:{CARD}")
    writer.choose("editor:goto", "1", {})
    writer.tap("editor:insert", {"details": ""})
    assert "There are no details yet" in writer.shown()


NEW = {
    "sectors": ["shop"],
    "phrases": "zebra quokka platypus\nquokka on the counter",
    "say__first": "I can ask about that for you now. Shall I do it?",
    "say__firm": "I can ask. Shall I do it now?",
    "say__final": "I'm getting the manager.",
    "posture": "Breathe.",
    "steps": "Ask the manager.",
    "never": "Argue about it | it makes them angrier",
    "boss__level": "no",
    "review__owner": "front desk lead",
}


def test_a_new_playbook_is_written_from_its_title_to_the_first_answer(writer, small_bot):
    writer.open("new-playbook")
    assert writer.send(title="Quokka at the counter") == {}
    assert writer.title == "New playbook"
    assert writer.input("title")["initial_value"] == "Quokka at the counter"
    writer.open("new-playbook").send(title="Another one")
    writer.open("edit:quokka-at-the-counter")
    saved(writer, **NEW)
    assert "The next question uses it." in writer.shown(), writer.shown()
    assert small_bot.shelves.of(WORKSPACE).titled("quokka-at-the-counter").title == "Quokka at the counter"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Customer asks for a discount!", "customer-asks-for-a-discount"),
        ("Café crème, s'il vous plaît", "cafe-creme-sil-vous-plait"),
        ("12 eggs", "eggs"),
        ("Room 101", "room-101"),
        ("Policy", "policy-2"),
        ("日本語", "playbook"),
        ("x" * 90, "x" * 50),
        ("../../etc/passwd", "etc-passwd"),
    ],
)  # fmt: skip
def test_a_title_makes_an_id(title, expected):
    assert new_id(title, frozenset().__contains__) == expected


def test_a_new_playbook_never_takes_the_place_of_one_that_is_there(writer, small_bot):
    writer.open("new-playbook")
    writer.send(title="Card declined")
    assert [one.playbook for one in small_bot.kept.drafts.of(WORKSPACE, OWNER)] == ["card-declined-2"]


def test_a_group_of_gaps_becomes_phrases_and_every_one_of_it_is_closed(writer, small_bot):
    for number, text in enumerate(("zebra quokka platypus", "platypus for ‹name›", "zebra quokka platypus")):
        at = datetime(2026, 1, 31, 12, number, tzinfo=UTC)
        small_bot.kept.gaps.add(Gap(id=f"G{number}", workspace=WORKSPACE, site="policy", text=text, at=at))
    writer.open("gap-phrase", "G0,G1,G2,G9")
    assert writer.shown().count("zebra quokka platypus") == 1
    writer.send(playbook=CARD)
    typed = writer.input("phrases")["initial_value"]
    assert typed.startswith("zebra quokka platypus\nplatypus for ‹name›\n")
    assert "stands first under" in writer.shown()
    writer.tap("editor:check", {"phrases": typed.replace("‹name›", "priya")})
    writer.done()
    assert "added" in writer.shown()
    writer.send()
    writer.done()
    assert small_bot.kept.gaps.open(WORKSPACE) == []
    assert "dealt with this one already" in writer.open("gap-phrase", "G0,G1,G2").shown()


def gap(small_bot, text="zebra quokka platypus"):
    found = Gap(id="G1", workspace=WORKSPACE, site="", text=text, at=NOW)
    small_bot.kept.gaps.add(found)
    return found


def test_a_gap_becomes_a_phrase_and_is_closed_once_that_is_saved(writer, small_bot):
    gap(small_bot)
    writer.open("gap-phrase", "G1")
    assert "zebra quokka platypus" in writer.shown()
    assert writer.suggest("playbooks", "declined") == [CARD]
    assert writer.send(playbook=CARD) == {}
    assert "zebra quokka platypus" in writer.input("phrases")["initial_value"] or "zebra" in writer.shown()
    saved(writer)
    assert "The next question uses it." in writer.shown(), writer.shown()
    assert small_bot.kept.gaps.open(WORKSPACE) == []
    assert small_bot.kept.gaps.find(WORKSPACE, "G1").state is GapState.ADDED
    assert small_bot.kept.gaps.find(WORKSPACE, "G1").playbook == CARD
    assert "zebra quokka platypus" in fields_of(small_bot.shelves.library(WORKSPACE).playbooks[CARD])["phrases"]


def test_a_gap_never_becomes_a_sentence_that_nobody_wrote(writer, small_bot):
    text = "Mr ‹name› from ‹address› wants zebra quokka, call ‹number›"
    gap(small_bot, text)
    writer.open("gap-phrase", "G1").send(playbook=CARD)
    typed = writer.input("phrases")["initial_value"]
    assert typed.splitlines()[0] == text
    assert "put words that somebody would type there" in writer.shown()
    errors = writer.send()
    assert errors["phrases"].startswith(f"“{text}” has a blank; put words where ‹name› stands")
    assert "‹number› stands" in writer.send(phrases=typed.replace("‹name› from ‹address›", "Jones"))["phrases"]
    writer.tap("editor:check", {"phrases": typed.replace(text, "mr jones wants zebra quokka, call ___")})
    assert "has a blank; put words where ___ stands" in writer.done().shown()
    typed = typed.replace(text, "mr jones wants zebra quokka, call him on 07700")
    writer.tap("editor:goto", {"phrases": typed}, selected_option=writer.element("editor:goto")[1]["options"][0])
    saved(writer)
    assert "Sam" not in fields_of(small_bot.shelves.library(WORKSPACE).playbooks[CARD])["phrases"]


def test_a_gap_starts_a_playbook(writer, small_bot):
    gap(small_bot)
    writer.open("gap-start", "G1")
    assert writer.send(title="Quokka at the counter") == {}
    assert writer.input("phrases")["initial_value"] == "zebra quokka platypus"


def test_a_gap_that_is_gone_or_forbidden_is_not_shown(writer, small_bot):
    assert "dealt with this one already" in writer.open("gap-phrase", "G9").shown()
    gap(small_bot)
    shown = writer.as_(EMPLOYEE).open("gap-phrase", "G1").shown()
    assert "zebra" not in shown
    assert f"<@{MANAGER}>" in shown


def test_versions_tell_who_changed_what_and_bring_it_back(writer, small_bot):
    saved(writer.open(f"edit:{CARD}"), title="Card was declined")
    writer.open(f"history:{CARD}")
    assert f"*Version 1* · <@{OWNER}>" in writer.shown()
    assert "*in force*" in writer.shown()
    assert "Title: now “Card was declined”, before “Card declined”" in writer.shown()
    writer.tap("version:show")
    assert len(writer.stack) == 2
    assert "Title: now “Card was declined”, before “Card declined”" in writer.shown()
    writer.close()
    writer.tap("version:ship")
    writer.until(lambda: writer.title == "Saved", 90.0)
    assert small_bot.shelves.of(WORKSPACE).titled(CARD).title == "Card declined"
    writer.open(f"history:{CARD}")
    assert "as shipped" in writer.shown()
    writer.tap("version:restore", selected_option=None)
    writer.until(lambda: writer.title in ("Saved", "Not done"), 90.0)


@pytest.mark.parametrize("tapped", ["version:retire", "version:ship"])
def test_a_list_of_versions_that_is_out_of_date_says_who_was_first(writer, small_bot, tapped):
    saved(writer.open(f"edit:{CARD}"), title="Card was declined")
    writer.open(f"history:{CARD}")
    other = writer.as_(MANAGER).open(f"edit:{CARD}")
    saved(other, title="Card did not work")
    writer.tap(tapped)
    writer.until(lambda: writer.title == "Somebody was first", 90.0)
    assert f"<@{MANAGER}> has saved version 2" in writer.shown()
    assert small_bot.shelves.of(WORKSPACE).titled(CARD).title == "Card did not work"


def test_a_card_is_taken_off_and_brought_back(writer, small_bot):
    writer.open(f"history:{CARD}")
    assert "Nobody has changed this playbook yet" in writer.shown()
    writer.tap("version:retire")
    writer.until(lambda: writer.title == "Saved", 90.0)
    assert small_bot.shelves.of(WORKSPACE).titled(CARD) is None
    assert "No question finds it any more" in writer.shown()
    writer.open(f"history:{CARD}")
    assert "*taken off*" in writer.shown()
    assert "in force" not in writer.shown()
    writer.tap("version:revive")
    writer.until(lambda: writer.title == "Saved", 90.0)
    assert "The words that Cuecard came with are back" in writer.shown()
    assert small_bot.shelves.of(WORKSPACE).titled(CARD).title == "Card declined"


def test_a_waiting_version_is_approved_by_somebody_else(writer, small_bot):
    writer.open("edit:customers-fighting")
    typed = writer.input("phrases")["initial_value"]
    saved(writer, phrases=f"{typed}\nzebra quokka platypus")
    writer.open("history:customers-fighting")
    assert "waits for somebody else to approve it" in writer.shown()
    assert "version:approve" not in writer.shown(), "nobody approves their own"
    second = writer.as_(MANAGER).open("history:customers-fighting")
    assert "waits for a second manager" in second.shown()
    second.tap("version:show")
    second.tap("version:approve")
    second.until(lambda: second.title == "Saved", 90.0)
    assert "is approved as version 1. The next question uses it." in second.shown()
    second.until(lambda: "in force" in str(second.stack[0].content))
    assert "version:approve" not in str(second.stack[0].content), "the list below is as it is by now"
    assert "zebra quokka platypus" in small_bot.shelves.library(WORKSPACE).phrases["customers-fighting"].phrases


def test_what_stands_in_the_way_of_a_version_is_said_with_its_field():
    found = draw_outcome(wrong(CARD, "phrases.3", "Shorten this."), "Card declined")
    assert "How people say it: Shorten this." in found["blocks"][0]["text"]["text"]


def test_versions_are_for_those_who_may_edit(writer):
    assert f"<@{MANAGER}>" in writer.as_(EMPLOYEE).open(f"history:{CARD}").shown()
