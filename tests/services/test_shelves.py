import dataclasses
import logging
import re
import shutil
import threading

import pytest
import small
from databases import opened
from small import revision, text_of, with_phrase
from sqlalchemy import event
from sqlalchemy import text as sql

from bot import wiring
from bot.domain.asker import Asker
from bot.domain.playbook import Rung
from bot.domain.revision import Kind
from bot.domain.site import Site
from bot.domain.situation import Situation
from bot.library.load import load_library
from bot.rendering.frames import Frames
from bot.safety.cards import CARDS
from bot.services.ask import Ask
from bot.services.at_site import OVERRULED
from bot.services.overlay import read_text
from bot.services.shelf import examples
from bot.services.shelves import Shelves, ship
from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.kept import keep_in

SHIPPED = "It hasn't gone through"


@pytest.fixture
def engine(tmp_path):
    with opened("sqlite", tmp_path, migrated=True) as found:
        yield found


@pytest.fixture
def kept(engine):
    return keep_in(engine)


@pytest.fixture
def compiler():
    return small.WordCompiler()


@pytest.fixture
def folder(tmp_path):
    return small.copy_to(tmp_path / "playbooks")


@pytest.fixture
def shelves(folder, compiler, kept):
    return small.build(folder, compiler, kept)


def first(shelves, playbook="card-declined", workspace="T1"):
    return shelves.of(workspace).cards[playbook].playbook.say.first


def own(word):
    return text_of("card-declined", first=(SHIPPED, f"{word}, it hasn't gone through"))


def test_a_workspace_without_versions_shares_the_shipped_shelf(shelves, compiler):
    shelves.refresh()
    assert shelves.of("T1") is shelves.of("T2") is shelves.of("")
    assert compiler.compiled == 1


def test_the_newest_words_are_in_force_in_their_workspace_alone(shelves, kept):
    kept.revisions.add(revision("card-declined", 1, own("One")), revision("card-declined", 2, own("Two")))
    shelves.refresh()
    assert first(shelves).startswith("Two,")
    assert first(shelves, workspace="T2").startswith(SHIPPED)
    assert shelves.library("T1").texts["card-declined"] == own("Two")


def test_another_process_sees_a_save_at_its_next_look(shelves, kept, folder):
    other = small.build(folder, small.WordCompiler(), kept)
    changed = {"card-declined": read_text("card-declined", own("Hello"))}
    candidate = shelves.candidate("T1", changed)
    saved = revision("card-declined", 1, own("Hello"))
    kept.revisions.add(saved)
    shelves.put("T1", candidate, [saved])
    assert first(shelves).startswith("Hello,"), "in the process that saved, at once"
    assert first(other).startswith(SHIPPED)
    other.refresh()
    assert first(other).startswith("Hello,")


def test_a_save_is_compiled_once_in_its_own_process(shelves, kept, compiler):
    candidate = shelves.candidate("T1", {"card-declined": read_text("card-declined", own("Hello"))})
    saved = revision("card-declined", 1, own("Hello"))
    kept.revisions.add(saved)
    shelves.put("T1", candidate, [saved])
    before = compiler.compiled
    shelves.refresh()
    assert compiler.compiled == before
    assert shelves.library("T1") is candidate.library


def test_what_waits_for_a_second_manager_is_not_in_force_until_approved(shelves, kept):
    waiting = revision("card-declined", 1, own("Hello"), needs=True)
    kept.revisions.add(waiting)
    shelves.refresh()
    assert first(shelves).startswith(SHIPPED)
    kept.revisions.approve(waiting, "U2")
    shelves.refresh()
    assert first(shelves).startswith("Hello,")


def test_an_approved_version_is_put_into_force_at_once(shelves, kept):
    waiting = revision("card-declined", 1, own("Hello"), needs=True)
    kept.revisions.add(waiting)
    shelves.refresh()
    candidate = shelves.candidate("T1", {"card-declined": read_text("card-declined", waiting.text)})
    shelves.put("T1", candidate, [dataclasses.replace(waiting, approved_by="U2")])
    assert first(shelves).startswith("Hello,")


@pytest.mark.parametrize(
    "text", ["title: [", "title: too little\n", own("You liar {{ nobody }}"), own("<!everyone>")], ids=range(4)
)
def test_a_version_that_the_gate_refuses_falls_back_to_the_one_before_and_is_logged(shelves, kept, text, caplog):
    kept.revisions.add(revision("card-declined", 1, own("Good")), revision("card-declined", 2, text))
    shelves.refresh()
    assert first(shelves).startswith("Good,")
    (line,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert "version 2 of card-declined is refused" in line
    assert "liar" not in line
    shelves.refresh()
    assert len(caplog.records) == 1


def test_with_the_newest_all_refused_an_older_one_is_found(shelves, kept):
    kept.revisions.add(revision("card-declined", 1, own("Good")))
    for number in range(2, 7):
        kept.revisions.add(revision("card-declined", number, "title: ["))
    shelves.refresh()
    assert first(shelves).startswith("Good,")


def test_with_every_version_refused_the_shipped_words_stand(shelves, kept):
    kept.revisions.add(revision("card-declined", 1, "title: ["))
    shelves.refresh()
    assert first(shelves).startswith(SHIPPED)


def test_a_version_that_a_later_gate_refuses_never_takes_the_card_off_through_an_older_one_that_did(shelves, kept):
    kept.revisions.add(
        revision("card-declined", 1, own("Good")),
        revision("card-declined", 2, kind=Kind.RETIRED),
        revision("card-declined", 3, own("<!everyone>")),
    )
    shelves.refresh()
    assert first(shelves).startswith("Good,")


def test_a_card_of_ones_own_stays_when_a_later_gate_refuses_all_of_its_versions(shelves, kept, caplog):
    eaten = text_of("card-declined", title=("Card declined", "Card eaten"), first=("It hasn't", "It *really* hasn't"))
    unsaid = eaten.replace("posture: ", "posture: Look {{ nobody }}. ")
    kept.revisions.add(revision("card-eaten", 1, eaten), revision("card-eaten", 2, unsaid))
    for number in (1, 2):
        shelves.refresh()
        shelf = shelves.of("T1")
        assert shelf.titled("card-eaten").title == "Card eaten"
        assert "*really*" in shelf.cards["card-eaten"].card({}, shelf.policy, None).lines["first"]
        kept.revisions.add(revision("card-declined", number, own("Good")))
    assert [one.getMessage() for one in caplog.records].count(
        "version 1 of card-eaten stays in force although it is refused: there is no other that can be shown"
    ) == 1


def test_retired_takes_the_card_off_and_as_shipped_brings_it_back(shelves, kept):
    kept.revisions.add(revision("card-declined", 1, own("Hello")), revision("card-declined", 2, kind=Kind.RETIRED))
    shelves.refresh()
    assert "card-declined" not in shelves.of("T1").cards
    assert "card-declined" in shelves.of("T2").cards
    kept.revisions.add(revision("card-declined", 3, kind=Kind.SHIPPED))
    shelves.refresh()
    assert first(shelves).startswith(SHIPPED)


def test_a_playbook_that_nobody_shipped_is_in_force_too(shelves, kept):
    kept.revisions.add(revision("card-eaten", 1, text_of("card-declined", title=("Card declined", "Card eaten"))))
    shelves.refresh()
    assert shelves.of("T1").titled("card-eaten").title == "Card eaten"


def test_of_a_safety_card_only_phrases_change_and_the_shipped_ones_stay(shelves, kept):
    text = "title: Ignore it\nsectors: [shop]\nphrases: [they are having a scrap over the trolleys]\n"
    kept.revisions.add(revision("customers-fighting", 1, text), revision("customers-fighting", 2, kind=Kind.RETIRED))
    shelves.refresh()
    assert shelves.of("T1").titled("customers-fighting").title == CARDS["customers-fighting"].title
    kept.revisions.add(revision("customers-fighting", 3, text))
    shelves.refresh()
    entry, shipped = (shelves.library(name).phrases["customers-fighting"] for name in ("T1", "T2"))
    assert entry == dataclasses.replace(
        shipped, phrases=(*shipped.phrases, "they are having a scrap over the trolleys")
    )


def test_the_matcher_is_the_same_whichever_edit_came_first(shelves, kept, folder):
    kept.revisions.add(revision("upset-customer", 1, with_phrase("upset-customer", "guest in floods of tears here")))
    shelves.refresh()
    kept.revisions.add(revision("card-declined", 1, own("Hello")))
    shelves.refresh()
    at_once = small.build(folder, small.WordCompiler(), kept)
    at_once.refresh()
    learnt = [examples(one.library("T1"), one.of("T1").cards) for one in (shelves, at_once)]
    assert learnt[0] == learnt[1]
    assert shelves.library("T1") == at_once.library("T1")


def test_two_changes_that_were_compiled_at_once_are_both_in_force(shelves):
    texts = {
        "card-declined": own("Hello"),
        "upset-customer": with_phrase("upset-customer", "guest in floods of tears"),
    }
    candidates = {name: shelves.candidate("T1", {name: read_text(name, text)}) for name, text in texts.items()}
    for name, candidate in candidates.items():
        shelves.put("T1", candidate, [revision(name, 1, texts[name])])
    assert first(shelves).startswith("Hello,")
    assert "guest in floods of tears" in shelves.library("T1").playbooks["upset-customer"].phrases


def test_a_change_that_a_later_one_has_overtaken_does_not_come_back(shelves, kept):
    late = shelves.candidate("T1", {"card-declined": read_text("card-declined", own("One"))})
    kept.revisions.add(revision("card-declined", 1, own("One")), revision("card-declined", 2, own("Two")))
    shelves.refresh()
    shelves.put("T1", late, [revision("card-declined", 1, own("One"))])
    assert first(shelves).startswith("Two,")


def test_a_question_never_waits_while_a_change_is_compiled(shelves, kept, compiler):
    compiler.gate = threading.Event()
    kept.revisions.add(revision("card-declined", 1, own("Hello")))
    refresh = threading.Thread(target=shelves.refresh)
    refresh.start()
    while compiler.compiled < 2:
        assert refresh.is_alive()
    asked = Ask(shelves.at).ask(Situation("card declined on a tap", "U1", "T1"))[0]
    assert first(shelves).startswith(SHIPPED), "what was in force still answers"
    compiler.gate.set()
    refresh.join()
    assert asked.safety_line
    assert first(shelves).startswith("Hello,")


def test_no_question_asks_the_database(shelves, kept, engine):
    kept.revisions.add(revision("card-declined", 1, own("Hello")))
    shelves.refresh()
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    for text in ("card declined on a tap", "he has a knife", "", "zzz"):
        Ask(shelves.at).ask(Situation(text, "U1", "T1", "C1"))
    assert asked == []
    shelves.refresh()
    assert len(asked) == 1, "and a look with no change is one query"


def test_a_change_of_sites_compiles_nothing(shelves, kept, compiler):
    policy = dataclasses.replace(shelves.shipped.policy, emergency_number="112")
    kept.sites.save(
        Site(workspace="T1", id="harbour", name="Harbour", policy=policy, hidden=frozenset({"card-declined"}))
    )
    shelves.refresh()
    view = shelves.at(Asker("T1", "U1"))
    assert view.policy.emergency_number == "112"
    assert "card-declined" not in view.cards
    assert compiler.compiled == 1


def test_the_last_good_shelf_stays_while_the_database_is_gone(shelves, kept, caplog):
    kept.revisions.add(revision("card-declined", 1, own("Hello")))
    shelves.refresh()
    gone = keep_in(connect("postgresql://cue:secret@127.0.0.1:1/cuecard"))
    shelves._kept, there = gone, shelves._kept
    shelves.refresh()
    shelves.refresh()
    assert first(shelves).startswith("Hello,")
    shelves._kept = there
    shelves.refresh()
    assert [record.getMessage() for record in caplog.records if record.name == "bot.services.shelves"] == [
        "The database does not answer; the shelves stay as they are.",
        "The database answers again.",
    ]


def test_workspaces_that_say_the_same_share_one_shelf_and_what_it_was_read_from(shelves, kept, compiler):
    for workspace in ("T1", "T2", "T3"):
        kept.revisions.add(dataclasses.replace(revision("card-declined", 1, own("Hello")), workspace=workspace))
    shelves.refresh()
    assert compiler.compiled == 2, "as shipped, and theirs"
    one, two, three = (shelves.of(name) for name in ("T1", "T2", "T3"))
    assert one.matcher is two.matcher is three.matcher
    assert one.cards["card-declined"] is three.cards["card-declined"]
    assert shelves._own["T1"].versions["card-declined"][0].text is shelves._own["T3"].versions["card-declined"][0].text
    kept.revisions.add(dataclasses.replace(revision("card-declined", 2, own("Other")), workspace="T2"))
    shelves.refresh()
    assert [first(shelves, workspace=name).split(",")[0] for name in ("T1", "T2", "T3")] == ["Hello", "Other", "Hello"]


def test_a_version_of_the_shipped_words_is_the_shipped_card_itself(shelves, kept, compiler):
    kept.revisions.add(revision("card-declined", 1, text_of("card-declined")))
    shelves.refresh()
    assert shelves.of("T1").cards["card-declined"] is shelves.as_shipped.cards["card-declined"]
    assert compiler.compiled == 1


def test_of_many_versions_those_down_to_the_one_in_force_are_held_in_memory(shelves, kept):
    for number in range(1, 8):
        kept.revisions.add(revision("card-declined", number, own(f"Number {number}")))
        shelves.refresh()
    kept.revisions.add(revision("card-declined", 8, own("Waits"), needs=True))
    shelves.refresh()
    assert first(shelves).startswith("Number 7,")
    assert [one.number for one in shelves._own["T1"].versions["card-declined"]] == [8, 7]
    assert len(shelves._overlay._read) == 1


def test_a_workspace_that_is_gone_from_the_database_is_answered_as_shipped_again(shelves, kept, engine):
    for workspace in ("T1", "T2"):
        kept.revisions.add(dataclasses.replace(revision("card-declined", 1, own("Hello")), workspace=workspace))
    shelves.refresh()
    with engine.begin() as connection:
        for table in ("revisions", "changes"):
            connection.execute(sql(f"DELETE FROM {table} WHERE workspace = 'T2'"))
    shelves.refresh()
    assert first(shelves, workspace="T1").startswith("Hello,")
    assert first(shelves, workspace="T2").startswith(SHIPPED)
    kept.revisions.add(dataclasses.replace(revision("card-declined", 1, own("Again")), workspace="T2"))
    shelves.refresh()
    assert first(shelves, workspace="T2").startswith("Again,")


def test_a_workspace_that_cannot_be_read_holds_up_no_other_and_is_logged_once(shelves, kept, engine, caplog):
    broken = Site(workspace="T1", id="harbour", name="Harbour", policy=shelves.shipped.policy)
    kept.sites.save(broken)
    with engine.begin() as connection:
        connection.execute(sql("UPDATE sites SET policy = 'he said so'"))
    kept.revisions.add(dataclasses.replace(revision("card-declined", 1, own("Hello")), workspace="T2"))
    shelves.refresh()
    shelves.refresh()
    assert first(shelves, workspace="T1").startswith(SHIPPED)
    assert first(shelves, workspace="T2").startswith("Hello,")
    (line,) = [record.getMessage() for record in caplog.records]
    assert re.fullmatch(r"bringing T1 up to date failed: JSONDecodeError at \S+\.py:\d+", line)
    kept.sites.save(dataclasses.replace(broken, hidden=frozenset({"card-declined"}), version=1))
    shelves.refresh()
    assert "card-declined" not in shelves.at(Asker("T1", "U1")).cards


class Blinking:
    """Counts changes; at first breaks, as nobody foresaw."""

    def __init__(self, changes):
        self.changes, self.looks, self.followed = changes, 0, threading.Event()

    def workspaces(self):
        self.looks += 1
        if self.looks == 1:
            raise ZeroDivisionError("what somebody typed")
        if self.looks > 2:
            self.followed.set()
        return self.changes.workspaces()


def test_following_the_database_goes_on_after_an_error_that_nobody_foresaw(folder, compiler, kept, monkeypatch, caplog):
    monkeypatch.setattr(wiring, "FRESH", 0.001)
    changes = Blinking(kept.changes)
    shelves = small.build(folder, compiler, dataclasses.replace(kept, changes=changes))
    kept.revisions.add(revision("card-declined", 1, own("Hello")))
    stop = wiring.keep_fresh(shelves, dataclasses.replace(Settings.from_env({}), playbooks=folder))
    assert changes.followed.wait(30)
    stop()
    assert first(shelves).startswith("Hello,")
    (line,) = [record.getMessage() for record in caplog.records]
    assert line.startswith("following the database failed: ZeroDivisionError at ")
    assert "typed" not in line


def test_with_no_database_from_the_start_the_shipped_shelf_answers(folder, compiler):
    shelves = small.build(folder, compiler, keep_in(connect("postgresql://cue:secret@127.0.0.1:1/cuecard")))
    shelves.refresh()
    assert first(shelves).startswith(SHIPPED)


def test_a_folder_that_is_as_it_was_is_not_compiled_again(shelves, folder, compiler, monkeypatch):
    monkeypatch.setattr(compiler, "compile", lambda *_: pytest.fail("compiled again"))
    before = shelves.at(Asker("T1", "U1"))
    shelves.reload(*load_library(folder))
    assert shelves.at(Asker("T1", "U1")) is before


def test_a_changed_folder_is_taken_up_with_the_workspaces_own_versions_on_it(shelves, kept, folder):
    kept.revisions.add(revision("card-declined", 1, own("Hello")))
    shelves.refresh()
    path = folder / "upset-customer.yaml"
    path.write_text(path.read_text().replace("phrases:\n", "phrases:\n  - he is beside himself today\n", 1))
    (folder / "refund-refused.yaml").unlink()
    shelves.reload(*load_library(folder))
    assert first(shelves).startswith("Hello,")
    for workspace in ("T1", "T2"):
        assert "he is beside himself today" in shelves.library(workspace).playbooks["upset-customer"].phrases
        assert "refund-refused" not in shelves.of(workspace).cards
    assert first(shelves, workspace="T2").startswith(SHIPPED)


def test_what_a_changed_folder_holds_is_remembered_once_all_is_well_in_it(folder, compiler):
    remembered = []
    shipped, _ = ship(load_library(folder)[0], Frames(small.HERE / "templates"), compiler)
    shelves = Shelves(shipped, compiler, remember=remembered.append).over(None)
    path = folder / "upset-customer.yaml"
    good = text_of("upset-customer")
    for text in ("title: [", good.replace("posture: ", "posture: Look {{ nobody }}. "), f"{good}# mended\n"):
        path.write_text(text)
        shelves.reload(*load_library(folder))
    assert [one.texts["upset-customer"][-9:] for one in remembered] == ["# mended\n"]


def test_a_broken_folder_changes_nothing_and_its_problems_can_be_read(shelves, kept, folder):
    kept.revisions.add(revision("card-declined", 1, own("Hello")))
    shelves.refresh()
    before = shelves.of("T1"), shelves.of("")
    for name, text in (
        ("upset-customer", "title: ["),
        ("refund-refused", text_of("refund-refused").replace("{{", "{{ x ")),
    ):
        (folder / f"{name}.yaml").write_text(text)
        shelves.reload(*load_library(folder))
        assert (shelves.of("T1"), shelves.of("")) == before
        assert {problem.file for problem in shelves.problems} == {f"{name}.yaml"}
        (folder / f"{name}.yaml").write_text(text_of(name))
    (folder / "policy.yaml").unlink()
    shelves.reload(*load_library(folder))
    assert (shelves.of("T1"), shelves.of("")) == before
    shutil.copy(small.HERE / "playbooks" / "policy.yaml", folder)
    shelves.reload(*load_library(folder))
    assert shelves.problems == ()
    assert shelves.of("T1").cards["card-declined"].playbook.say.on(Rung.FIRST).startswith("Hello,")


def test_a_changed_policy_file_says_that_sites_kept_in_slack_stand_in_for_it(shelves, kept, folder, caplog):
    def change(hours):
        path = folder / "policy.yaml"
        path.write_text(re.sub(r"(?m)^hours: .*$", f"hours: {hours}", path.read_text()))
        shelves.reload(*load_library(folder))

    shelves.refresh()
    change("nights")
    assert shelves.at(Asker("T1", "U1")).policy.hours == "nights"
    assert OVERRULED not in caplog.messages
    kept.sites.save(Site(workspace="T1", id="one", name="One", policy=shelves.shipped.policy))
    shelves.refresh()
    change("nights")
    assert OVERRULED not in caplog.messages
    change("mornings")
    assert shelves.at(Asker("T1", "U1")).policy.hours == "nights"
    assert caplog.messages == [OVERRULED]


def test_a_shelf_over_another_database_shares_what_was_compiled(shelves, compiler, kept):
    other = shelves.over(kept)
    assert other.of("T1") is shelves.of("T1")
    assert compiler.compiled == 1


def test_a_choice_of_a_site_reads_the_choices_and_nothing_else(shelves, kept, engine):
    policy = shelves.shipped.policy
    for name in ("harbour", "abbey"):
        here = dataclasses.replace(policy, workplace=name)
        kept.sites.save(Site(workspace="T1", id=name, name=name, policy=here))
    shelves.refresh()
    kept.sites.choose("T1", "U1", "abbey")
    asked = []
    event.listen(engine, "before_cursor_execute", lambda *found: asked.append(found[2]))
    shelves.refresh()
    assert shelves.at(Asker("T1", "U1")).policy.workplace == "abbey"
    assert len(asked) == 2


def test_a_real_workplace_sees_no_number_before_the_database_was_read_and_no_made_up_one_after(shelves, kept):
    gone = keep_in(connect("postgresql://cue:secret@127.0.0.1:1/cuecard"))
    real = shelves.over(gone, real=True)
    real.refresh()
    view = real.at(Asker("T1", "U1"))
    assert not view.ready
    assert view.cards == {}
    assert (view.policy.emergency_number, view.policy.duty_phone) == ("your emergency number", "their usual number")
    real._kept = kept
    real.refresh()
    view = real.at(Asker("T1", "U1"))
    assert (view.ready, view.policy.duty_phone) == (False, "their usual number")
    assert view.policy.workplace == shelves.shipped.policy.workplace
    made_up = dataclasses.replace(shelves.shipped.policy, emergency_number="112")
    true = dataclasses.replace(made_up, duty_phone="07 11", work_number="07 12")
    kept.sites.save(Site(workspace="T1", id="one", name="One", policy=true))
    kept.sites.save(Site(workspace="T2", id="two", name="Two", policy=made_up))
    real.refresh()
    assert real.at(Asker("T1", "U1")).ready
    assert real.at(Asker("T1", "U1")).policy.duty_phone == "07 11"
    assert real.at(Asker("T2", "U1")).policy.duty_phone == "their usual number"
