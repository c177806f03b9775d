import dataclasses
from datetime import UTC, datetime

import pytest

from bot.domain.revision import Revision
from bot.domain.site import Site
from bot.services.naming import Named, Naming
from bot.services.ports import NotAnswered, NotKept
from bot.services.who_may import NotAllowed, WhoMay


class People:
    def __init__(self, admins=(), up=True):
        self.admins, self.up = set(admins), up

    def is_admin(self, workspace, person):
        if not self.up:
            raise NotAnswered
        return (workspace, person) in self.admins


class List:
    """Managers and rules, in memory."""

    def __init__(self):
        self.people, self.second, self.up = {}, {}, True

    def named(self, workspace):
        if not self.up:
            raise NotKept
        return frozenset(self.people.get(workspace, ()))

    def second_person(self, workspace):
        if not self.up:
            raise NotKept
        return self.second.get(workspace, False)

    def change(self, workspace, *, name=frozenset(), unname=frozenset(), second_person=None):
        self.people[workspace] = (self.people.get(workspace, frozenset()) | name) - unname
        if second_person is not None:
            self.second[workspace] = second_person


@pytest.fixture
def kept():
    return List()


@pytest.fixture
def who(kept):
    return WhoMay(People({("T1", "UOWNER")}), kept)


def revision(author):
    return Revision(
        workspace="T1", playbook="child-safety", number=1, author=author, at=datetime(2026, 1, 1, tzinfo=UTC)
    )


def test_owners_and_those_they_name_may_edit_in_their_own_workspace(who, kept):
    kept.change("T1", name={"UMANAGER"})
    for person in ("UOWNER", "UMANAGER"):
        who.check_edit("T1", person)
        assert not who.may_edit("T2", person)
    with pytest.raises(NotAllowed) as refused:
        who.check_edit("T1", "UEMPLOYEE")
    assert refused.value.ask == {"UMANAGER"}


def test_a_named_manager_may_not_name_others(who, kept):
    kept.change("T1", name={"UMANAGER"})
    who.check_name("T1", "UOWNER")
    with pytest.raises(NotAllowed, match="Only owners and admins"):
        who.check_name("T1", "UMANAGER")


def test_nobody_may_where_slack_or_the_database_does_not_answer(kept):
    who = WhoMay(People(up=False), kept)
    with pytest.raises(NotAllowed, match="Try again in a minute") as refused:
        who.check_edit("T1", "UOWNER")
    assert refused.value.ask is None
    kept.up = False
    who = WhoMay(People({("T1", "UOWNER")}), kept)
    with pytest.raises(NotAllowed, match="Try again"):
        who.check_edit("T1", "UOWNER")
    with pytest.raises(NotAllowed, match="Try again"):
        who.needs_second("T1", "card-declined")


def test_a_sites_own_managers_may_change_it_and_nothing_else(who, bot):
    site = Site(workspace="T1", id="s", name="S", policy=bot.shelf.policy, managers=frozenset({"ULEAD"}))
    who.check_site("T1", "ULEAD", site)
    with pytest.raises(NotAllowed):
        who.check_site("T1", "ULEAD", dataclasses.replace(site, managers=frozenset()))
    with pytest.raises(NotAllowed) as refused:
        who.check_site("T1", "UEMPLOYEE", site)
    assert "ULEAD" in refused.value.ask
    assert not who.may_edit("T1", "ULEAD")


def test_a_safety_card_always_needs_a_second_person_and_the_author_is_none(who, kept):
    for fixed in ("child-safety", "nothing-fits", "alarming-but-harmless"):
        assert who.needs_second("T1", fixed)
    assert not who.needs_second("T1", "card-declined")
    kept.second["T1"] = True
    assert who.needs_second("T1", "card-declined")
    kept.change("T1", name={"UMANAGER"})
    who.check_approve(revision("UOWNER"), "UMANAGER")
    with pytest.raises(NotAllowed, match="somebody else must approve") as refused:
        who.check_approve(revision("UOWNER"), "UOWNER")
    assert refused.value.ask == {"UMANAGER"}
    with pytest.raises(NotAllowed, match="Only the people"):
        who.check_approve(revision("UOWNER"), "UEMPLOYEE")


def test_whom_somebody_else_named_meanwhile_stays_named(who, kept):
    naming = Naming(who, kept)
    kept.change("T1", name={"UOLD"})
    before = naming.open("T1", "UOWNER")
    kept.change("T1", name={"UMEANWHILE"})
    naming.save("T1", "UOWNER", before, Named(frozenset({"UNEW"}), second_person=True))
    assert naming.open("T1", "UOWNER") == Named(frozenset({"UMEANWHILE", "UNEW"}), second_person=True)
    with pytest.raises(NotAllowed):
        naming.save("T1", "UNEW", before, Named(frozenset({"UFRIEND"}), second_person=False))
