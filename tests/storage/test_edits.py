import dataclasses
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

from bot.domain.draft import Draft
from bot.domain.gap import Gap, GapState
from bot.domain.revision import Kind, Revision
from bot.domain.site import Site
from bot.library.load import parse_policy
from bot.services.ports import Count, NotKept, Taken
from bot.storage.changes import StoredChanges
from bot.storage.database import connect
from bot.storage.drafts import StoredDrafts
from bot.storage.gaps import StoredGaps
from bot.storage.managers import StoredManagers
from bot.storage.revisions import NEWEST, StoredRevisions
from bot.storage.sites import StoredSites
from bot.storage.tables import sites

HERE = Path(__file__).parent.parent.parent
NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
HOSTILE = {
    "fifty thousand characters": "x" * 50_000,
    "null bytes": "before\x00after",
    "a half surrogate": "before\ud800after",
    "markup": "<!everyone> &amp; {{ 7 * 7 }}",
    "yaml": "- a: [b\n---\n!!python/object",
    "emoji": "👩‍🍳 ٠١٢ \u202e",
}


def revision(number=1, playbook="asks-for-a-discount", workspace="T1", **more):
    return Revision(
        workspace=workspace, playbook=playbook, number=number, author="U1", at=NOW, text=f"title: {number}\n", **more
    )


def policy():
    return parse_policy((HERE / "playbooks" / "policy.yaml").read_bytes())


def site(name="Harbour shop", workspace="T1", **more):
    return Site(workspace=workspace, id="harbour", name=name, policy=policy(), **more)


def gap(number=1, workspace="T1", text="someone wants to pay in gold"):
    return Gap(id=f"{number:032}", workspace=workspace, site="harbour", text=text, at=NOW + timedelta(minutes=number))


def draft(person="U1", playbook="asks-for-a-discount", base=0, **fields):
    return Draft(workspace="T1", person=person, playbook=playbook, base=base, fields=fields)


def test_versions_come_back_as_they_were_saved_the_newest_first(ready):
    kept = StoredRevisions(ready)
    saved = [revision(1, note="first words"), revision(2, kind=Kind.RETIRED), revision(3, needs=True)]
    for one in saved:
        kept.add(one)
    assert kept.history("T1", "asks-for-a-discount") == saved[::-1]
    assert kept.newest("T1") == {"asks-for-a-discount": saved[::-1]}


def test_a_number_is_given_once_and_the_first_words_stay(ready):
    kept = StoredRevisions(ready)
    kept.add(revision(1))
    with pytest.raises(Taken):
        kept.add(dataclasses.replace(revision(1), text="title: mine\n"))
    assert kept.history("T1", "asks-for-a-discount") == [revision(1)]


def test_several_versions_are_stored_all_or_none(ready):
    kept = StoredRevisions(ready)
    kept.add(revision(1, "second"))
    before = StoredChanges(ready).workspaces()
    with pytest.raises(Taken):
        kept.add(revision(1, "first"), revision(1, "second"), revision(1, "third"))
    assert set(kept.newest("T1")) == {"second"}
    assert StoredChanges(ready).workspaces() == before


def test_only_the_last_versions_are_read_with_all_others(ready):
    kept = StoredRevisions(ready)
    for number in range(1, NEWEST + 3):
        kept.add(revision(number))
    assert [one.number for one in kept.newest("T1")["asks-for-a-discount"]] == [5, 4, 3]
    assert len(kept.history("T1", "asks-for-a-discount")) == NEWEST + 2


def test_a_second_manager_approves_once_and_the_row_itself_stays(ready):
    kept = StoredRevisions(ready)
    kept.add(revision(1, needs=True), revision(1, "other"))
    assert kept.history("T1", "asks-for-a-discount")[0].waiting
    assert kept.approve(revision(1), "U2")
    assert not kept.approve(revision(1), "U3")
    assert kept.history("T1", "asks-for-a-discount") == [revision(1, needs=True, approved_by="U2")]
    assert not kept.approve(revision(1, "other"), "U2")
    assert not kept.approve(revision(9), "U2")


def test_another_workspace_sees_none_of_it(ready):
    StoredRevisions(ready).add(revision(1))
    StoredDrafts(ready).keep(draft(title="Mine"))
    StoredGaps(ready).add(gap())
    StoredSites(ready).save(site())
    StoredSites(ready).choose("T1", "U1", "harbour")
    StoredManagers(ready).change("T1", name={"U1"}, second_person=True)
    assert StoredRevisions(ready).newest("T2") == {}
    assert StoredRevisions(ready).history("T2", "asks-for-a-discount") == []
    assert not StoredRevisions(ready).approve(revision(1, workspace="T2"), "U2")
    assert StoredDrafts(ready).find("T2", "U1", "asks-for-a-discount") is None
    assert StoredGaps(ready).open("T2") == []
    StoredGaps(ready).close("T2", gap().id, GapState.CLOSED)
    assert StoredGaps(ready).find("T2", gap().id) is None
    assert StoredGaps(ready).open("T1") == [gap()]
    assert StoredSites(ready).all("T2") == []
    assert StoredSites(ready).choices("T2") == {}
    StoredSites(ready).remove("T2", "harbour")
    assert StoredSites(ready).all("T1") == [site()]
    assert StoredManagers(ready).named("T2") == frozenset()
    assert not StoredManagers(ready).second_person("T2")
    StoredRevisions(ready).add(revision(1, workspace="T2"))


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_whatever_was_typed_into_a_form_comes_back_to_the_letter(ready, text):
    StoredDrafts(ready).keep(draft(phrases=text, title="old"))
    StoredDrafts(ready).keep(draft(base=4, phrases=text))
    assert StoredDrafts(ready).find("T1", "U1", "asks-for-a-discount") == draft(base=4, phrases=text)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_both_databases_take_any_text_and_give_the_same_back(ready, text):
    StoredRevisions(ready).add(dataclasses.replace(revision(), note=text, text=text))
    StoredGaps(ready).add(gap(text=text))
    StoredSites(ready).save(site(text, channels=(text,), hidden=frozenset({text})))
    shown = text.replace("\x00", "\ufffd").replace("\ud800", "?")
    (found,) = StoredRevisions(ready).history("T1", "asks-for-a-discount")
    assert (found.note, found.text) == (shown, shown)
    assert [one.text for one in StoredGaps(ready).open("T1")] == [shown]
    assert StoredSites(ready).all("T1") == [site(shown, channels=(text,), hidden=frozenset({text}))]


def test_a_form_is_thrown_away_and_the_others_stay(ready):
    kept = StoredDrafts(ready)
    for one in (draft(), draft(playbook="refund-refused"), draft("U2")):
        kept.keep(one)
    kept.drop("T1", "U1", "asks-for-a-discount")
    assert kept.of("T1", "U1") == [draft(playbook="refund-refused")]
    assert kept.of("T1", "U2") == [draft("U2")]


def test_a_gap_is_open_until_it_is_added_or_closed(ready):
    kept = StoredGaps(ready)
    for number in (3, 1, 2):
        kept.add(gap(number))
    assert kept.open("T1") == [gap(1), gap(2), gap(3)]
    kept.close("T1", gap(1).id, GapState.ADDED, "refund-refused")
    kept.close("T1", gap(2).id, GapState.CLOSED)
    assert kept.open("T1") == [gap(3)]
    assert kept.find("T1", gap(1).id) == dataclasses.replace(gap(1), state=GapState.ADDED, playbook="refund-refused")


def test_a_site_is_kept_changed_and_forgotten_with_who_chose_it(ready):
    kept = StoredSites(ready)
    kept.save(site(channels=("C1", "C2"), hidden=frozenset({"card-declined"}), managers=frozenset({"U7"})))
    renamed = site("Abbey shop", channels=("C3",), version=1)
    kept.save(renamed)
    kept.choose("T1", "U1", "harbour")
    kept.choose("T1", "U1", "harbour")
    assert kept.all("T1") == [renamed]
    assert kept.choices("T1") == {"U1": "harbour"}
    assert not kept.remove("T1", "harbour")
    assert kept.all("T1") == [renamed]
    other = dataclasses.replace(site("Castle shop"), id="castle")
    kept.save(other)
    assert kept.remove("T1", "harbour")
    assert kept.all("T1") == [other]
    assert kept.choices("T1") == {}


def test_the_versions_saved_last_come_first_whatever_playbook_they_are_of_and_whatever_the_clock_says(ready):
    here, there = StoredRevisions(ready), StoredRevisions(ready)
    for kept, hours, one in (
        (here, 9, revision(1)),
        (there, 8, revision(1, "card-declined")),
        (here, 1, revision(2)),
        (there, 3, revision(1, "upset-customer")),
        (here, 2, revision(3)),
    ):
        StoredSites(ready).choose("T1", "U1", f"site-{hours}")
        kept.add(dataclasses.replace(one, at=NOW + timedelta(hours=hours)))
    assert [(one.playbook, one.number) for one in here.latest("T1", 4)] == [
        ("asks-for-a-discount", 3),
        ("upset-customer", 1),
        ("asks-for-a-discount", 2),
        ("card-declined", 1),
    ]
    assert here.latest("T2", 3) == []


def test_twenty_who_save_at_once_are_listed_in_the_order_in_which_they_were_kept(ready):
    kept = StoredRevisions(ready)

    def save(person):
        for number in (1, 2, 3):
            kept.add(revision(number, f"card-{person}"))

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(save, range(20)))
    with ready.connect() as connection:
        turns = connection.execute(text("SELECT turn FROM revisions ORDER BY turn")).scalars().all()
    assert turns == list(range(1, 61))
    listed = kept.latest("T1", 60)
    for person in range(20):
        assert [one.number for one in listed if one.playbook == f"card-{person}"] == [3, 2, 1]


def test_managers_are_named_and_taken_off_the_list(ready):
    kept = StoredManagers(ready)
    kept.change("T1", name={"U1", "U2"})
    kept.change("T1", name={"U1", "U3"}, unname={"U2", "U9"})
    assert kept.named("T1") == {"U1", "U3"}


def test_a_second_person_is_asked_for_only_where_a_workspace_wants_it(ready):
    kept = StoredManagers(ready)
    assert not kept.second_person("T1")
    kept.change("T1", second_person=True)
    kept.change("T1", name={"U1"})
    assert kept.second_person("T1")
    kept.change("T1", second_person=False)
    assert not kept.second_person("T1")


def test_managers_are_named_and_their_rule_is_set_all_or_not_at_all(ready):
    kept = StoredManagers(ready)
    kept.change("T1", name={"U1"})
    with ready.begin() as connection:
        connection.execute(text("ALTER TABLE rules RENAME TO gone"))
    with pytest.raises(NotKept):
        kept.change("T1", name={"U2"}, unname={"U1"}, second_person=True)
    assert kept.named("T1") == {"U1"}


def test_every_change_of_an_answer_moves_the_counter_of_its_workspace(ready):
    counted = [StoredChanges(ready).workspaces()]
    for change in (
        lambda: StoredRevisions(ready).add(revision(1, needs=True)),
        lambda: StoredRevisions(ready).approve(revision(1), "U2"),
        lambda: StoredSites(ready).save(site()),
        lambda: StoredSites(ready).choose("T1", "U1", "harbour"),
        lambda: StoredSites(ready).remove("T1", "harbour"),
        lambda: StoredRevisions(ready).add(revision(1, workspace="T2")),
    ):
        change()
        counted.append(StoredChanges(ready).workspaces())
    moved = [(1, 0), (2, 0), (3, 0), (3, 1), (4, 1)]
    last = {"T1": Count(4, 1), "T2": Count(1, 0)}
    assert counted == [{}, *({"T1": Count(*numbers)} for numbers in moved), last]


def test_fifty_save_at_once_and_exactly_one_wins_each_round(ready):
    kept = StoredRevisions(ready)

    def save(number, person):
        try:
            kept.add(dataclasses.replace(revision(number), author=f"U{person}"))
        except Taken:
            return False
        return True

    with ThreadPoolExecutor(50) as pool:
        for number in (1, 2, 3):
            won = list(pool.map(save, [number] * 50, range(50)))
            assert won.count(True) == 1
            assert kept.history("T1", "asks-for-a-discount")[0].author == f"U{won.index(True)}"
    assert [one.number for one in kept.history("T1", "asks-for-a-discount")] == [3, 2, 1]
    assert StoredChanges(ready).workspaces() == {"T1": Count(3, 0)}


def test_of_two_who_change_a_site_at_once_one_wins_and_nothing_of_the_other_is_stored(ready):
    kept = StoredSites(ready)
    kept.save(site())
    first, second = kept.all("T1") * 2
    kept.save(dataclasses.replace(first, name="First"))
    other = dataclasses.replace(site(), id="other")
    with pytest.raises(Taken):
        kept.save(other, dataclasses.replace(second, name="Second"))
    with pytest.raises(Taken):
        kept.save(site("A new one of the same id"))
    assert [one.name for one in kept.all("T1")] == ["First"]
    kept.save(other)
    kept.remove("T1", "harbour")
    with pytest.raises(Taken):
        kept.save(second)
    assert kept.all("T1") == [other]


def test_twenty_at_once_add_a_channel_each_and_none_is_lost(ready):
    kept = StoredSites(ready)
    kept.save(site())

    def add(number):
        while True:
            (found,) = kept.all("T1")
            try:
                kept.save(dataclasses.replace(found, channels=(*found.channels, f"C{number}")))
            except Taken:
                continue
            return

    with ThreadPoolExecutor(20) as pool:
        list(pool.map(add, range(20)))
    assert set(kept.all("T1")[0].channels) == {f"C{number}" for number in range(20)}


def test_of_twenty_sites_that_want_one_channel_at_once_one_gets_it(ready):
    kept = StoredSites(ready)
    shops = [dataclasses.replace(site(), id=f"shop-{number}") for number in range(20)]
    kept.save(*shops)

    def want(number):
        shop = dataclasses.replace(shops[number], version=1, channels=(f"C{number}", "C0SHARED"))
        try:
            kept.save(shop)
        except Taken:
            return False
        return True

    with ThreadPoolExecutor(20) as pool:
        won = list(pool.map(want, range(20)))
    assert won.count(True) == 1
    assert {one.id: one.channels for one in kept.all("T1") if one.channels} == {
        f"shop-{won.index(True)}": (f"C{won.index(True)}", "C0SHARED")
    }
    kept.save(dataclasses.replace(site(), workspace="T2", channels=("C0SHARED",)))


def test_sites_that_shared_a_channel_before_can_still_be_changed(ready):
    kept = StoredSites(ready)
    kept.save(site(channels=("C1",)), dataclasses.replace(site(), id="abbey"))
    with ready.begin() as connection:
        connection.execute(update(sites).where(sites.c.id == "abbey").values(channels=["C1"]))
    (first, second) = kept.all("T1")
    kept.save(dataclasses.replace(first, name="Renamed"), dataclasses.replace(second, channels=()))
    assert {one.name: one.channels for one in kept.all("T1")} == {
        "Renamed": first.channels,
        "Harbour shop": (),
    }


@pytest.mark.parametrize("url", ["postgresql://cue:secret@127.0.0.1:1/cuecard", "sqlite:////dev/null/secret.db"])
def test_a_database_that_is_gone_says_not_kept_and_nothing_of_itself(url):
    gone = connect(url)
    for attempt in (
        lambda: StoredRevisions(gone).add(revision()),
        lambda: StoredRevisions(gone).newest("T1"),
        lambda: StoredRevisions(gone).approve(revision(), "U2"),
        lambda: StoredDrafts(gone).keep(draft()),
        lambda: StoredGaps(gone).open("T1"),
        lambda: StoredSites(gone).save(site()),
        lambda: StoredManagers(gone).named("T1"),
        lambda: StoredManagers(gone).second_person("T1"),
        lambda: StoredChanges(gone).workspaces(),
    ):
        with pytest.raises(NotKept) as told:
            attempt()
        assert "secret" not in str(told.value)
        assert told.value.__suppress_context__ or told.value.__context__ is None
    assert json.dumps(str(gone.url)).count("secret") == (1 if "dev" in url else 0)
