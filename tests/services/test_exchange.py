import dataclasses
import tempfile
from pathlib import Path

import pytest
import small
from databases import opened
from hypothesis import example, given
from hypothesis import settings as bounded
from hypothesis import strategies as st
from small import revision, text_of, with_phrase

from bot.domain.problem import Refused
from bot.services.edit import ANYBODY, PLAYBOOK_ID, Edit
from bot.services.exchange import RETIRED, Import, export
from bot.services.gate import Gate
from bot.services.macros import macros
from bot.services.new_id import new_id
from bot.services.saving import Saving
from bot.services.versions import Versions
from bot.services.who_may import WhoMay
from bot.storage.kept import keep_in


class Owners:
    def is_admin(self, _workspace, _person):
        return True


class House:
    """A small library, a database, and all that edits them."""

    def __init__(self, folder, engine):
        self.kept, compiler = keep_in(engine), small.WordCompiler()
        self.shelves = small.build(small.copy_to(folder / "playbooks"), compiler, self.kept)
        gate = Gate(self.shelves, compiler)
        saving = Saving(WhoMay(Owners(), self.kept.managers), self.kept, gate)
        self.edit, self.versions = Edit(saving), Versions(saving)
        self.door = Import(self.kept, gate)

    def export(self, workspace="T1"):
        return export(self.shelves.library(workspace), self.shelves.shipped)

    def take(self, workspace, files):
        plan = self.door.plan(workspace, files)
        for saved in self.door.save(plan) if plan.changed else ():
            if saved.waiting:
                self.kept.revisions.approve(saved, "U2")
        self.shelves.refresh()
        return plan


@pytest.fixture
def house(tmp_path):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        yield House(tmp_path, engine)


def test_what_was_shipped_goes_out_as_it_was_written(house):
    files = house.export()
    assert files["card-declined.yaml"] == text_of("card-declined")
    assert files["customers-fighting.yaml"] == text_of("customers-fighting")
    assert files[RETIRED] == ""


def test_a_folder_that_says_the_same_changes_nothing(house):
    assert house.door.plan("T1", house.export()).changed == {}


def test_a_folder_with_something_wrong_changes_nothing_and_says_all_of_it(house):
    files = {
        "card-declined.yaml": text_of("card-declined", first=("It hasn't gone", "{{ nobody }} It hasn't gone")),
        "refund-refused.yaml": with_phrase("refund-refused", "no refund and that is that"),
    }
    with pytest.raises(Refused) as told:
        house.door.plan("T1", files)
    assert {problem.file for problem in told.value.problems} == {"card-declined.yaml"}
    with pytest.raises(Refused):
        house.door.plan("T1", {"Bad Name.yaml": "title: [", "card-declined.yaml": "x"})
    assert house.kept.revisions.newest("T1") == {}


def test_somebody_who_saves_in_between_keeps_their_words_and_nothing_else_changes(house):
    files = {name: with_phrase(name, "a line of its own") for name in ("card-declined", "refund-refused")}
    files = {f"{name}.yaml": text.replace("its own", name) for name, text in files.items()}
    plan = house.door.plan("T1", files)
    house.kept.revisions.add(revision("refund-refused", 1, text_of("refund-refused", owner=("owner: ", "owner: new "))))
    house.shelves.refresh()
    with pytest.raises(Refused, match="in between"):
        house.door.save(plan)
    assert set(house.kept.revisions.newest("T1")) == {"refund-refused"}
    assert len(house.door.save(house.door.plan("T1", files))) == 2


def test_a_folder_is_held_against_what_another_process_has_just_saved(house):
    files = house.export()
    house.kept.revisions.add(revision("card-declined", 1, with_phrase("card-declined", "the reader took it in")))
    assert set(house.door.plan("T1", files).changed) == {"card-declined"}


def test_a_folder_says_what_waits_and_would_be_overtaken(house):
    waiting = revision("card-declined", 1, with_phrase("card-declined", "the reader took it in"), needs=True)
    house.kept.revisions.add(waiting)
    files = {"card-declined.yaml": with_phrase("card-declined", "the reader swallowed it whole")}
    plan = house.door.plan("T1", files)
    assert any("`card-declined` waits for a second manager" in sentence for sentence in plan.moves)
    (saved,) = house.door.save(plan)
    assert saved.number == 2


def test_safety_phrases_from_a_folder_wait_for_a_manager_too(house):
    files = {"customers-fighting.yaml": with_phrase("customers-fighting", "two of them swinging at each other")}
    (saved,) = house.door.save(house.door.plan("T1", files))
    assert saved.waiting
    house.shelves.refresh()
    assert house.shelves.library("T1").phrases == house.shelves.shipped.phrases


def test_a_folder_takes_no_words_from_a_safety_card_either(house):
    files = {"card-declined.yaml": with_phrase("card-declined", "two customers are fighting again")}
    with pytest.raises(Refused, match="shows the safety card"):
        house.door.plan("T1", files)


def test_a_list_of_what_needs_no_card_waits_for_a_manager_too(house):
    files = {"nothing-fits.yaml": with_phrase("nothing-fits", "the kettle is broken and nobody minds")}
    (saved,) = house.door.save(house.door.plan("T1", files))
    assert saved.waiting


NAMES = st.sampled_from([name for name in small.NAMES if name != "nothing-fits"])
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
EDITS = st.lists(
    st.tuples(st.sampled_from(["save", "new", "retire", "ship", "restore"]), NAMES, WORDS), min_size=1, max_size=4
)


def change(house, kind, name, words):
    newest = len(house.kept.revisions.history("T1", name))
    if kind == "retire":
        house.versions.retire("T1", "U1", name, newest)
    elif kind == "ship":
        house.versions.ship("T1", "U1", name, newest)
    elif kind == "restore":
        house.versions.restore("T1", "U1", name, newest, 1)
    else:
        draft = house.edit.open("T1", "U1", name)
        more = {"phrases": f"{draft.fields['phrases']}\n{words}", "review.owner": words, "posture": f"Breathe. {words}"}
        fields = {field: more.get(field, text) for field, text in draft.fields.items()}
        if kind == "new" and name != "customers-fighting":
            fresh = {**fields, "title": f"All new {words}", "phrases": words, "tests": ""}
            draft = dataclasses.replace(house.edit.open("T1", "U1", "all-new"), fields=fresh)
        house.edit.save(dataclasses.replace(draft, fields=draft.fields if kind == "new" else fields))
    for version in house.versions.history("T1", "U2", name)[:1]:
        if version.revision.waiting:
            house.versions.approve("T1", "U2", name, version.revision.number)


EACH = [
    ("save", "card-declined", "a soft word"),
    ("retire", "upset-customer", ""),
    ("new", "card-declined", "the machine ate it"),
    ("save", "customers-fighting", "two at it again by the trolleys"),
]


def test_the_edits_that_go_out_below_are_edits(house):
    for edit in EACH:
        change(house, *edit)
    changed = {file for file, text in house.export().items() if text != house.export("T9").get(file)}
    assert changed == {"card-declined.yaml", "all-new.yaml", "customers-fighting.yaml", RETIRED}


@given(EDITS)
@example(EACH)
@bounded(max_examples=20, deadline=None)
def test_whatever_was_saved_comes_back_the_same_from_the_folder_it_went_out_to(edits):
    with tempfile.TemporaryDirectory() as folder, opened("sqlite", Path(folder), migrated=True) as engine:
        house = House(Path(folder), engine)
        for edit in edits:
            change(house, *edit)
        house.shelves.refresh()
        files = house.export()
        written = Path(folder) / "out"
        written.mkdir()
        for name, text in files.items():
            (written / name).write_bytes(text.encode())
        again = {path.name: path.read_bytes().decode() for path in written.iterdir()}
        assert again == files
        assert house.door.plan("T1", again).changed == {}
        house.take("T2", again)
        ours, theirs = (house.shelves.library(workspace) for workspace in ("T1", "T2"))
        assert (ours.playbooks, ours.phrases) == (theirs.playbooks, theirs.phrases)
        assert house.export("T2") == files


def test_macros_become_forms_for_anybody_and_nothing_is_in_force(house):
    text = 'Title,Text,Tags\nRefund policy,We can’t refund <that>,"shop, refund"\n"Refund policy",Other words,\n'
    first, second = macros("T1", text, "macros.csv", {"refund-policy"})
    assert (first.playbook, second.playbook, first.person) == ("refund-policy-2", "refund-policy-3", ANYBODY)
    assert first.fields["sectors"] == "shop"
    assert first.fields["phrases"] == "Refund policy\nrefund"
    assert first.fields["say.first"] == "We can’t refund <that>"
    house.kept.drafts.keep(first)
    assert house.edit.open("T1", "U1", "refund-policy-2").fields == first.fields
    assert {problem.field for problem in house.edit.look(first)} >= {"say.firm", "posture", "steps"}
    assert house.kept.revisions.newest("T1") == {}


@pytest.mark.parametrize(
    "text", ["", "title,text,tags\n,x,y\n", "a,b\n1,2\n", 'title,text,tags\n"open', "title,text,tags\nx\n"]
)
def test_a_csv_file_of_another_shape_gets_a_sentence_or_nothing(text):
    try:
        assert macros("T1", text, "macros.csv", ()) == ()
    except Refused as refused:
        assert str(refused).endswith((".", "again."))


@given(st.text(max_size=120), st.sets(st.sampled_from(["a-b-c", "playbook-", "policy", "playbook"])))
def test_any_title_makes_an_id_that_a_playbook_can_have(title, taken):
    found = new_id(title, taken.__contains__)
    assert PLAYBOOK_ID.fullmatch(found)
    assert found not in taken
