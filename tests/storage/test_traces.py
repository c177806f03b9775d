from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from bot.domain.call import Call
from bot.domain.draft import Draft
from bot.domain.gap import Gap
from bot.domain.revision import FORGOTTEN, Revision
from bot.domain.site import Site
from bot.services.ports import Count
from bot.storage.kept import keep_in
from bot.storage.tables import metadata

NOW = datetime(2026, 1, 31, 12, 0, tzinfo=UTC)
YEAR = timedelta(days=365)


@pytest.fixture
def kept(ready):
    return keep_in(ready)


def fill(kept, workspace, person, other, policy):
    """Everything that a workspace can hold of two people."""
    gap = Gap(id=f"{workspace}{person}", workspace=workspace, site="harbour", text="paid in gold", at=NOW)
    site = Site(workspace=workspace, id="harbour", name="Harbour", policy=policy, managers=frozenset({person, other}))
    kept.gaps.add(gap)
    kept.sites.save(site)
    kept.managers.change(workspace, name={person, other})
    for number, who in enumerate((person, other), start=1):
        version = Revision(workspace=workspace, playbook="a", number=number, author=who, at=NOW, needs=True)
        kept.revisions.add(version)
        kept.revisions.approve(version, other if who == person else person)
        kept.drafts.keep(Draft(workspace=workspace, person=who, playbook="a", base=0, fields={"title": "Mine"}))
        kept.sites.choose(workspace, who, "harbour")
        call = Call(id=f"{workspace}{who}", workspace=workspace, person=who, playbook="a", site="Harbour", at=NOW)
        kept.calls.keep(call, call.at)


def everything(engine):
    """Each row of each table, as texts, after the name of its table."""
    with engine.connect() as connection:
        return {
            (name, *map(str, row))
            for name in metadata.tables
            for row in connection.execute(text(f"SELECT * FROM {name}"))
        }


def test_who_is_forgotten_stands_nowhere_and_all_others_stay(ready, kept, bot):
    for workspace in ("T1", "T2"):
        fill(kept, workspace, "U0GOES", "U0STAYS", bot.library.policy)
    before, was = everything(ready), kept.changes.workspaces()["T1"]
    found = kept.traces.forget("T1", "U0GOES")
    assert found == {
        "versions": 1,
        "approvals": 1,
        "unsaved forms": 1,
        "choices of a site": 1,
        "rights to edit": 1,
        "calls": 1,
        "rights at a site": 1,
    }
    left = everything(ready)
    assert [row for row in left if "T1" in row and any("U0GOES" in cell for cell in row[2:])] == [
        row for row in before if row[0] == "gaps" and "T1" in row
    ], "its id alone, which this test made of the name"
    assert {row for row in left if "T2" in row} == {row for row in before if "T2" in row}
    newer, older = kept.revisions.history("T1", "a")
    assert (older.author, older.approved_by, older.waiting) == (FORGOTTEN, "U0STAYS", False)
    assert (newer.author, newer.approved_by, newer.waiting) == ("U0STAYS", FORGOTTEN, False)
    assert kept.sites.all("T1")[0].managers == frozenset({"U0STAYS"})
    assert kept.managers.named("T1") == {"U0STAYS"}
    now = kept.changes.workspaces()["T1"]
    assert now == Count(was.answers + 1, was.choices + 1), "other processes look anew"
    assert set(kept.traces.forget("T1", "U0GOES").values()) == {0}


def test_every_column_that_can_hold_a_person_is_looked_at():
    holding = {f"{table}.{column.name}" for table in metadata.tables.values() for column in table.c}
    people = {name for name in holding if name.rpartition(".")[2] in ("person", "author", "managers")}
    assert people == {
        "revisions.author",
        "approvals.person",
        "drafts.person",
        "choices.person",
        "managers.person",
        "calls.person",
        "sites.managers",
    }


def test_every_workspace_of_which_anything_is_kept_is_known(kept, bot):
    assert kept.traces.workspaces() == frozenset()
    kept.managers.change("T1", name={"U1"})
    kept.gaps.add(Gap(id="1", workspace="T2", site="", text="paid in gold", at=NOW))
    kept.managers.change("", name={"U1"})
    fill(kept, "T3", "U1", "U2", bot.library.policy)
    assert kept.traces.workspaces() == {"T1", "T2", "T3"}


def test_what_is_older_than_it_may_be_goes_and_nothing_else(ready, kept, bot):
    fill(kept, "T1", "U1", "U2", bot.library.policy)
    with ready.begin() as connection:
        for table in ("gaps", "drafts", "choices"):
            connection.execute(metadata.tables[table].update().values(at=NOW))
    kept.drafts.keep(Draft(workspace="T1", person="U2", playbook="a", base=0, fields={}))
    kept.sites.choose("T1", "U2", "harbour")
    before, counted = everything(ready), kept.changes.workspaces()["T1"]
    assert set(kept.traces.clear(NOW + YEAR, YEAR).values()) == {0}
    assert everything(ready) == before
    later = NOW + YEAR + timedelta(seconds=1)
    assert kept.traces.clear(later, YEAR) == {"gaps": 1, "unsaved forms": 1, "choices of a site": 1}
    assert sorted(row[0] for row in before - everything(ready)) == ["changes", "choices", "drafts", "gaps"]
    assert kept.sites.choices("T1") == {"U2": "harbour"}
    assert kept.changes.workspaces()["T1"] == Count(counted.answers, counted.choices + 1)


def test_what_was_there_before_its_age_was_kept_begins_to_age_now(ready, kept):
    kept.drafts.keep(Draft(workspace="T1", person="U1", playbook="a", base=0, fields={}))
    with ready.begin() as connection:
        connection.execute(text("UPDATE drafts SET at = NULL"))
    assert kept.traces.clear(NOW, YEAR)["unsaved forms"] == 0
    assert kept.traces.clear(NOW + YEAR, YEAR)["unsaved forms"] == 0
    assert kept.traces.clear(NOW + YEAR + timedelta(seconds=1), YEAR)["unsaved forms"] == 1
