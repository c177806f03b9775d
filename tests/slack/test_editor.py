import threading

import pytest
import sqlalchemy
from writer import EMPLOYEE, MANAGER, OWNER

from bot.domain.draft import Draft
from bot.domain.playbook import Rung
from bot.domain.reserved import PHRASES_ONLY
from bot.playground.limits import check_view
from bot.services.draft import fields_of
from bot.slack import beside
from bot.slack.editor_pages import pages_of
from bot.slack.editor_state import Place
from bot.slack.editor_view import draw_page
from bot.storage.drafts import StoredDrafts

CARD = "card-declined"
WORKSPACE = "T0DEMO"


def fields(small_bot, playbook=CARD):
    return fields_of(small_bot.shelves.library(WORKSPACE).entry(playbook))


def saved(writer, **typed):
    """Change a few fields and save."""
    assert writer.to_the_end(**typed) == {}
    assert writer.title == "Save?", writer.shown()
    assert writer.send(note="asked at the till") == {}
    writer.done()
    return writer


def marks(writer):
    """What is said right below each input that must be mended; a line sets it apart from the next one."""
    blocks = writer.blocks()
    found = {}
    for above, mark, below in zip(blocks, blocks[1:], blocks[2:], strict=False):
        if above["type"] == "input" and mark["type"] == "section":
            assert below["type"] == "divider"
            found[above["block_id"]] = mark["text"]["text"]
    return found


def test_the_form_opens_with_the_words_in_force_page_by_page(writer, small_bot):
    writer.open(f"edit:{CARD}")
    shipped = fields(small_bot)
    assert writer.title == "Edit a playbook"
    assert writer.input("title")["initial_value"] == shipped["title"]
    assert writer.input("phrases")["initial_value"] in shipped["phrases"]
    assert writer.send() == {}
    assert writer.input("say.first")["initial_value"] == shipped["say.first"]
    assert writer.send() == {}
    assert writer.input("steps")["initial_value"] == shipped["steps"]
    assert writer.send() == {}
    assert writer.input("review.owner")["initial_value"] == shipped["review.owner"]
    assert writer.send() == {}
    assert "Nothing is different" in writer.done().shown()


def test_a_manager_changes_the_words_and_the_next_question_is_answered_by_them(writer, small_bot):
    writer.as_(MANAGER).open(f"edit:{CARD}")
    keeper = writer.as_(MANAGER)
    words = "It hasn't gone through this time, and that happens a lot. Would you like to try another card?"
    assert keeper.send() == {}
    assert keeper.send(say__first="Unfortunately it's our policy to say " + "no " * 30) != {}
    assert keeper.send(say__first=words) == {}
    assert keeper.send() == {}
    assert keeper.send() == {}
    keeper.done()
    assert "What else moves" in keeper.shown()
    assert words in keeper.shown()
    assert keeper.send(note="asked at the till") == {}
    keeper.done()
    assert "version 1. The next question uses it." in keeper.shown()
    card = small_bot.shelves.of(WORKSPACE).cards[CARD]
    assert card.card({}, small_bot.shelf.policy, None).lines[Rung.FIRST] == words
    assert small_bot.kept.drafts.of(WORKSPACE, MANAGER) == []


def test_a_wrong_wording_is_refused_under_its_own_field(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    errors = writer.send(say__firm="Let me {{ nobody }} check?", say__final="I'll {% for x in y %}")
    assert set(errors) == {"say.firm"} or set(errors) == {"say.firm", "say.final"}
    assert "There is no detail “nobody”" in errors["say.firm"]


@pytest.mark.parametrize(
    "wording", ["{{ name < 'm' }}", "{{ name|upper('x') }}", "{% if 'a' in name %}Hello.{% endif %}", "{{ not name }}"]
)
def test_a_wording_that_could_not_be_said_is_refused_under_its_own_field(writer, wording):
    writer.open(f"edit:{CARD}")
    writer.send()
    errors = writer.send(details="name (person): Who is it?", say__firm=f"Let me check {wording}. Shall I?")
    assert set(errors) == {"say.firm"}
    assert "What stands in curly brackets here cannot be" in errors["say.firm"]


def test_each_line_that_is_wrong_is_named(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.send()
    errors = writer.send(steps="Try the card again.\nThe card may be broken.")
    assert errors["steps"].startswith("“The card may be broken.”: Start a step with what to do")
    errors = writer.send(never="Say it aloud")
    assert errors["never"].startswith("“Say it aloud”: write the reason on the same line")


def test_what_was_typed_is_there_again_when_the_form_is_opened_anew(writer):
    writer.open(f"edit:{CARD}")
    writer.send(title="Card will not go through")
    writer.open(f"edit:{CARD}")
    assert writer.input("title")["initial_value"] == "Card will not go through"


def test_a_form_in_which_nothing_was_changed_is_forgotten_when_it_is_closed(writer, small_bot, patience, monkeypatch):
    drop, dropped = StoredDrafts.drop, threading.Event()
    monkeypatch.setattr(StoredDrafts, "drop", lambda *given: (drop(*given), dropped.set()))
    writer.open(f"edit:{CARD}")
    assert [one.playbook for one in small_bot.kept.drafts.of(WORKSPACE, OWNER)] == [CARD]
    writer.close()
    assert dropped.wait(patience)
    assert not small_bot.kept.drafts.of(WORKSPACE, OWNER)


def test_back_keeps_the_page_as_it_stands_even_when_it_is_wrong(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:back", {"say__first": "half a {{ sentence"})
    assert writer.input("title")
    writer.choose("editor:goto", "1")
    assert writer.input("say.first")["initial_value"] == "half a {{ sentence"


def test_a_problem_on_another_page_is_shown_there(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.choose("editor:goto", "3", {"say__first": "half a {{ sentence"})
    assert writer.send() == {}
    writer.done()
    assert "The curly brackets here do not match" in writer.shown(), writer.shown()
    assert writer.input("say.first")["initial_value"] == "half a {{ sentence"


def test_what_is_to_be_mended_stands_right_below_its_own_field_and_above_it_is_said_which(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:check", {"say__firm": "half a {{ sentence"})
    writer.done()
    assert marks(writer) == {
        "say.firm": "⚠️ *When they push:* The curly brackets here do not match; take it out, and use “Insert a detail”."
    }
    assert "Mend what is marked below *When they push*, then check again" in writer.shown()


def test_after_mending_the_forms_own_button_checks_again(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:check", {"say__firm": "half a {{ sentence"})
    writer.done()
    assert writer.view.content["submit"]["text"] == "Check and save"
    assert set(writer.send(say__firm="half another {{ sentence")) == {"say.firm"}
    assert writer.send(say__firm="It's still not going through today. Shall we try it one more time?") == {}
    assert writer.done().title == "Save?", writer.shown()


def test_checking_is_the_forms_own_button_on_the_last_page_and_stands_at_the_end_of_the_others(writer):
    writer.open(f"edit:{CARD}")
    pages = []
    while True:
        submit, end = writer.view.content["submit"]["text"], writer.blocks()[-1]
        pages.append((submit, *(one["action_id"] for one in end["elements"])))
        if submit != "Next":
            break
        writer.send()
    middle = ("Next", "editor:check", "editor:back")
    assert pages[0] == ("Next", "editor:check")
    assert set(pages[1:-1]) == {middle}
    assert pages[-1] == ("Check and save", "editor:back")


def test_a_test_that_expects_the_old_words_is_updated_in_one_tap(writer, small_bot):
    first = writer.open(f"edit:{CARD}").input("tests")["initial_value"]
    old = fields(small_bot)["say.first"][:40].rstrip()
    assert saved(writer, tests=f"{first} | {old}").title == "Saved"
    writer.open(f"edit:{CARD}")
    writer.send()
    words = "It hasn't gone through this time, and that happens a lot. Would you like to try another card?"
    writer.tap("editor:check", {"say__first": words})
    assert writer.done().title == "Update the test?", writer.shown()
    assert f"“{first}” expects\n• now: “{old}”" in writer.view.content["blocks"][1]["text"]["text"]
    assert writer.send() == {}
    assert writer.done().title == "Save?", writer.shown()
    writer.send()
    assert writer.done().title == "Saved"
    _, _, expected = fields(small_bot)["tests"].partition(" | ")
    assert expected in words
    assert len(expected.split()) > 3


def test_from_a_test_that_expects_the_old_words_there_is_a_way_back_to_the_page(writer, small_bot):
    first = writer.open(f"edit:{CARD}").input("tests")["initial_value"]
    saved(writer, tests=f"{first} | {fields(small_bot)['say.first'][:40].rstrip()}")
    writer.open(f"edit:{CARD}")
    writer.send()
    words = "It hasn't gone through this time, and that happens a lot. Would you like to try another card?"
    writer.tap("editor:check", {"say__first": words})
    writer.done()
    writer.tap("editor:again")
    assert writer.input("say.first")["initial_value"] == words


def test_a_new_test_that_expects_words_which_never_stood_there_is_refused_under_its_field(writer):
    first = writer.open(f"edit:{CARD}").input("tests")["initial_value"]
    assert writer.to_the_end(tests=f"{first} | words that nobody wrote") == {}
    assert list(marks(writer)) == ["tests"]
    assert "“words that nobody wrote” stands nowhere in this card" in marks(writer)["tests"]


def test_saving_is_refused_when_another_playbooks_test_breaks_with_the_way_out(writer, small_bot):
    stolen = small_bot.library.playbooks["refund-refused"].tests[0].situation
    writer.open(f"edit:{CARD}")
    assert writer.to_the_end(phrases=f"{stolen}\n{writer.input('phrases')['initial_value']}") == {}
    assert f"“{stolen}”, a test of “Won't accept that I can't refund”, would no longer find it" in writer.shown()
    assert writer.input("phrases")["initial_value"].startswith(stolen)
    assert small_bot.kept.revisions.history(WORKSPACE, CARD) == []


def test_whoever_may_not_edit_is_told_whom_to_ask(writer, small_bot):
    stranger = writer.as_(EMPLOYEE).open(f"edit:{CARD}")
    assert f"Ask <@{MANAGER}> or an owner or an admin" in stranger.shown()
    assert small_bot.kept.drafts.of(WORKSPACE, EMPLOYEE) == []


@pytest.mark.parametrize("callback", ["editor", "editor:save", "editor:insert", "editor:try", "new-playbook"])
def test_a_forged_form_gains_nothing(writer, small_bot, callback):
    view = {"type": "modal", "callback_id": callback, "private_metadata": f'["{CARD}", 0, 0, "", 0]', "blocks": []}
    answer = writer.as_(EMPLOYEE).raw(view, title="Mine now", situation="x", note="y")
    assert "people who keep the playbooks" in str(answer) or "Only" in str(answer), answer
    assert small_bot.kept.drafts.of(WORKSPACE, EMPLOYEE) == []
    assert small_bot.kept.revisions.history(WORKSPACE, CARD) == []


@pytest.mark.parametrize("metadata", ["", "{}", "[1]", '["a", "b", "c", "d"]', "[" * 5000])
def test_a_form_that_cuecard_did_not_draw_is_answered_with_a_sentence(writer, metadata):
    view = {"type": "modal", "callback_id": "editor", "private_metadata": metadata, "blocks": []}
    assert writer.raw(view, title="x").get("response_action") == "push"


HOSTILE = {
    "long": "x" * 50_000,
    "loop": "{% for a in range(10**9) %}x{% endfor %}Let me see?",
    "power": "{{ 'x' * 10**9 }}",
    "everyone": "<!everyone> Let me see?",
    "null": "Let me\0 see?",
    "half": "Let me \ud800 see?",
    "yaml": "]\nsay: {first: &a *a}\n- !!python/object:os.system",
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("field", ["say.first", "say.final", "details"])
def test_hostile_text_gets_a_sentence(writer, small_bot, kind, field):
    writer.open(f"edit:{CARD}")
    writer.send()
    shown = {**writer.view.content, "private_metadata": writer.view.content["private_metadata"]}
    answer = writer.raw(shown, **{field: HOSTILE[kind]})
    assert answer["response_action"] == "errors", answer
    assert len(answer["errors"][field]) > 20
    assert len(str(answer)) < 3000
    assert small_bot.shelves.of(WORKSPACE).cards[CARD] is small_bot.shelf.cards[CARD]


def test_hostile_phrases_are_kept_as_they_are_and_gain_nothing(writer, small_bot):
    writer.open(f"edit:{CARD}")
    phrases = "- !!python/object:os.system {a: b}\n<!everyone> declined card {{ 7*7 }}\n# comment: x"
    writer.send(phrases=phrases)
    writer.open(f"edit:{CARD}")
    assert writer.input("phrases")["initial_value"].startswith(phrases)


@pytest.mark.parametrize("playbook", ["customers-fighting", "nothing-fits"])
def test_of_a_safety_card_only_the_phrases_are_in_the_form(writer, playbook, small_bot):
    writer.open(f"edit:{playbook}")
    assert playbook in PHRASES_ONLY
    inputs = [block["block_id"] for block in writer.blocks() if block["type"] == "input"]
    assert inputs
    assert all(name.partition("/")[0] == "phrases" for name in inputs)
    assert len(inputs) <= 6


def test_a_new_phrase_of_a_safety_card_waits_for_a_second_manager(writer, small_bot):
    writer.open("edit:customers-fighting")
    typed = writer.input("phrases")["initial_value"]
    saved(writer, phrases=f"{typed}\nzebra quokka platypus")
    assert "waits for a second manager" in writer.shown()
    assert small_bot.kept.revisions.history(WORKSPACE, "customers-fighting")[0].waiting


def test_the_menu_of_playbooks_is_searched(writer):
    writer.open(f"edit:{CARD}")
    writer.choose("editor:goto", "2")
    assert writer.suggest("playbooks", "refund") == ["none", "refund-refused"]
    assert len(writer.suggest("playbooks", "")) > 4


def test_every_page_of_every_playbook_is_one_that_slack_takes(bot):
    entries = (*bot.library.playbooks.values(), *bot.library.phrases.values())
    for entry in entries:
        held = fields_of(entry)
        draft = Draft(workspace="T", person="U", playbook=entry.id, base=0, fields=held)
        told = {}
        for number, page in enumerate(pages_of(entry.id, held)):
            view = draw_page(draft, Place(entry.id, number), {entry.id: entry.title})
            check_view(view, "modal")
            assert len(page.slots) <= 6
            for block in view["blocks"]:
                if block["type"] == "input" and block["element"]["type"] == "plain_text_input":
                    name = block["block_id"].partition("/")[0]
                    text = block["element"].get("initial_value", "")
                    assert len(text) < block["element"]["max_length"] or not text
                    told.setdefault(name, []).append(text)
        for name, parts in told.items():
            assert "\n".join(filter(None, parts)) == held[name], (entry.id, name)


def test_while_a_long_check_goes_on_the_form_says_so_and_then_shows_the_summary(writer, small_bot):
    writer.open(f"edit:{CARD}")
    small_bot.compiler.gate = threading.Event()
    for page in range(4):
        typed = {"title": "Card was declined"} if page == 0 else {}
        assert writer.send(**typed) == {}
    assert writer.title == "One moment"
    assert "Your text is kept" in writer.shown()
    small_bot.compiler.gate.set()
    assert writer.done().title == "Save?"


def test_a_check_that_takes_long_is_said_to_in_a_sentence_and_still_ends_in_the_summary(writer, small_bot, monkeypatch):
    monkeypatch.setattr(beside, "LATE", 0.0)
    writer.open(f"edit:{CARD}")
    small_bot.compiler.gate = threading.Event()
    writer.tap("editor:check", {"title": "Card was declined"})
    writer.until(lambda: "takes longer than usual" in writer.shown())
    assert "Your text is kept" in writer.shown()
    small_bot.compiler.gate.set()
    assert writer.done().title == "Save?"


def test_when_the_database_is_gone_the_form_stays_with_what_was_typed(writer, small_bot, kept):
    writer.open(f"edit:{CARD}")
    with kept.drafts._engine.begin() as connection:
        connection.execute(sqlalchemy.text("DROP TABLE drafts"))
    assert writer.send(title="Card was declined") == {}
    assert "could not store that" in writer.shown()
    assert len(writer.stack) == 2
    writer.close()
    assert writer.input("title")


def test_a_line_that_was_typed_and_deleted_again_is_gone_for_good(writer):
    writer.open(f"edit:{CARD}")
    typed = writer.input("phrases")["initial_value"]
    for text in (f"zzz made up line\n{typed}", typed):
        writer.tap("editor:preview", {"phrases": text})
        writer.close()
    writer.tap("editor:try", {"phrases": typed})
    writer.close()
    writer.open(f"edit:{CARD}")
    assert writer.input("phrases")["initial_value"] == typed


def test_a_line_that_stood_there_and_was_deleted_stays_deleted_however_often_one_looks(writer, small_bot):
    writer.open(f"edit:{CARD}")
    *rest, last = writer.input("phrases")["initial_value"].splitlines()
    without = "\n".join(rest)
    for look in ("editor:preview", "editor:try"):
        writer.tap(look, {"phrases": without})
        writer.close()
    assert writer.to_the_end(phrases=without) == {}
    assert writer.title == "Save?", writer.shown()
    assert last not in small_bot.kept.drafts.find(WORKSPACE, OWNER, CARD).fields["phrases"]
    writer.open(f"edit:{CARD}")
    assert writer.input("phrases")["initial_value"] == without


def test_the_preview_and_its_problems_are_of_what_stands_in_the_fields_now(writer):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:preview", {"details": "oops"})
    assert "“oops”: write a name, a colon and a question" in writer.shown()
    writer.close()
    writer.tap("editor:preview", {"details": ""})
    assert writer.title == "As staff will see it", writer.shown()
    assert "oops" not in writer.shown()
    writer.close()
    writer.close()
    writer.open(f"edit:{CARD}")
    writer.send()
    assert "initial_value" not in writer.input("details")


def test_two_phones_of_one_person_lose_no_phrase(writer, small_bot):
    one = writer.open(f"edit:{CARD}")
    shown = dict(one.view.content)
    typed = one.input("phrases")["initial_value"]
    one.send(phrases=f"zebra one\n{typed}")
    answer = one.raw(shown, phrases=f"quokka two\n{typed}")
    assert answer["response_action"] == "update"
    kept = small_bot.kept.drafts.find(WORKSPACE, OWNER, CARD).fields["phrases"].splitlines()
    assert {"zebra one", "quokka two"} <= set(kept)
    assert len(kept) == len(set(kept))
