"""A workspace's sites: which one somebody belongs to, and what its managers set for it."""

import contextlib
import dataclasses
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bot.domain.answer import Card
from bot.domain.asker import Asker
from bot.domain.playbook import Rung
from bot.domain.policy import Policy
from bot.domain.problem import Refused
from bot.domain.site import Site
from bot.library.load import parse_policy
from bot.library.write import write_policy
from bot.rendering.wording import unescape
from bot.safety.cards import CARDS
from bot.services.at_site import POLICY_SITE, filled
from bot.services.limit import Limit
from bot.services.ports import Sites, Taken
from bot.services.shelf import Shelf
from bot.services.who_may import NotAllowed, WhoMay

_MADE_UP = "Nobody answers a 555 01xx number; put in your own."
LAST = "A workspace keeps at least one site, so this one stays. Add another first."
BUSY = "Others are changing this site right now, so nothing was saved. Open the form again in a minute."
TRIES = 3
CHANGES = 20
"""Changes of sites that one person may make in a minute."""
GONE = "That site is no longer there. Open the list again."


@dataclass(frozen=True, slots=True)
class Moved:
    """One sentence of one card that a change of policy alters; an empty one is left out there."""

    title: str
    before: str
    after: str


class ChannelTaken(NotAllowed):
    """A channel that is new to a site belongs to another."""


class WorkSites:
    """Sites as people choose them and managers keep them. All raise NotKept; what managers do, NotAllowed."""

    def __init__(
        self,
        sites: Sites,
        who: WhoMay,
        of: Callable[[str], Shelf],
        changed: Callable[[], None],
        limit: Limit | None = None,
    ) -> None:
        """`of` gives a workspace's shelf; `changed` brings a change into force in this process at once."""
        self._limit = limit or Limit(CHANGES)
        self._sites = sites
        self._who = who
        self._of = of
        self._changed = changed

    def all(self, workspace: str) -> tuple[Site, ...]:
        """Every site; policy.yaml's, as long as there is no other."""
        policy = self._of(workspace).policy
        first = Site(workspace=workspace, id=POLICY_SITE, name=policy.workplace, policy=policy)
        return tuple(self._sites.all(workspace)) or (first,)

    def mine(self, asker: Asker) -> tuple[Site, ...]:
        """The sites that somebody may change."""
        found = tuple(site for site in self.all(asker.workspace) if self._may(asker, site))
        if not found:
            self._who.check_edit(asker.workspace, asker.person)
        return found

    def keeps_one(self, asker: Asker) -> bool:
        """Whether somebody was named for one of the sites, although they may not edit playbooks."""
        return any(asker.person in site.managers for site in self.all(asker.workspace))

    def choose(self, asker: Asker, site: str) -> Site:
        """Remember which site somebody works at, and give it. Raises NotAllowed where it is gone, or too often."""
        self._who.check_here(asker.workspace)
        self._limit.check((asker.workspace, asker.person), "changes")
        found = self._there(asker, site)
        self._sites.choose(asker.workspace, asker.person, site)
        return found

    def chosen(self, asker: Asker) -> str:
        """The id of the site that somebody chose; empty where they did not."""
        return self._sites.choices(asker.workspace).get(asker.person, "")

    def put_in_force(self) -> None:
        """Bring what was stored into force in this process at once; others see it within a second."""
        self._changed()

    def new(self, asker: Asker, site: str = "") -> Site:
        """A site that is not stored yet, without numbers; of that id, or of one made up now."""
        self._who.check_edit(asker.workspace, asker.person)
        policy = dataclasses.replace(self._of(asker.workspace).policy, **dict.fromkeys(_OWN, ""))
        return Site(workspace=asker.workspace, id=site or uuid.uuid4().hex[:12], name="", policy=policy)

    def open(self, asker: Asker, site: str) -> Site:
        """One site to change."""
        found = self._there(asker, site)
        self._who.check_site(asker.workspace, asker.person, found)
        return found

    def _there(self, asker: Asker, site: str) -> Site:
        found = next((one for one in self.all(asker.workspace) if one.id == site), None)
        if found is None:
            raise NotAllowed(GONE)
        return found

    def check_whole(self, asker: Asker) -> None:
        """Raise NotAllowed unless somebody may change more of a site than its numbers and switches."""
        self._who.check_edit(asker.workspace, asker.person)

    def change(self, asker: Asker, site: str, change: Callable[[Site], Site], *, new: bool = False) -> Site:
        """Store a change of a site as it is now, and give what was stored; `put_in_force` is the caller's.

        The change is worked out again where somebody else stored one in between, so that neither is lost. Raises
        ChannelTaken.
        """
        self._limit.check((asker.workspace, asker.person), "changes")
        for _ in range(TRIES):
            found = self.new(asker, site) if new else self.open(asker, site)
            changed = change(found)
            self._check_channels(changed, set(changed.channels) - set(found.channels))
            if changed.policy.safety_approved_by != found.policy.safety_approved_by:
                # It stands on all ten safety cards.
                self.check_whole(asker)
            with contextlib.suppress(Taken):
                return self._store(changed)
        raise NotAllowed(BUSY)

    def _check_channels(self, site: Site, new: set[str]) -> None:
        others = (one for one in self.all(site.workspace) if one.id != site.id)
        if other := next((one for one in others if new & set(one.channels)), None):
            raise ChannelTaken(f"A channel of these belongs to {other.name}; take it out.")

    def _store(self, site: Site) -> Site:
        """The first site of policy.yaml stays beside a second."""
        first = [] if site.id == POLICY_SITE or self._sites.all(site.workspace) else self.all(site.workspace)[:1]
        self._sites.save(*first, site)
        return site

    def remove(self, asker: Asker, site: str) -> None:
        """Forget a site and bring that into force. Raises NotAllowed for the last one."""
        self.check_whole(asker)
        if not self._sites.remove(asker.workspace, site):
            raise NotAllowed(LAST)
        self._changed()

    def problems(self, asker: Asker, policy: Policy, changed: Mapping[str, str | None]) -> dict[str, str]:
        """What is wrong with the changed fields, a sentence each: the same rules as policy.yaml's.

        Made-up numbers pass in a demo alone, where all are.
        """
        found = {}
        try:
            parse_policy(write_policy(filled(policy)).encode())
        except Refused as refused:
            found = {problem.field: problem.sentence for problem in refused.problems}
        if not self._of(asker.workspace).policy.fictional_numbers():
            found |= dict.fromkeys(policy.fictional_numbers(), _MADE_UP)
        return {name: sentence for name, sentence in found.items() if changed.get(name)}

    def moved(self, asker: Asker, before: Policy, after: Policy) -> tuple[Moved, ...]:
        """Every sentence that a change of policy would alter, card by card, with no detail known."""
        return tuple(moved(self._of(asker.workspace), filled(before), filled(after)))

    def _may(self, asker: Asker, site: Site) -> bool:
        try:
            self._who.check_site(asker.workspace, asker.person, site)
        except NotAllowed:
            return False
        return True


_OWN = ("workplace", "emergency_number", "duty_phone", "work_number", "hours", "site_address")


def moved(shelf: Shelf, before: Policy, after: Policy) -> Iterator[Moved]:
    """The sentences of every card that read otherwise under another policy, safety cards first."""
    for card in CARDS.values():
        yield from _differences(card.card(before), card.card(after))
    for template in shelf.cards.values():
        if not template.reads(_changed(before, after)):
            continue
        yield from _differences(template.card({}, before, None), template.card({}, after, None))


def _changed(before: Policy, after: Policy) -> frozenset[str]:
    old, new = before.values(), after.values()
    return frozenset(name for name in old if old[name] != new[name])


def _differences(before: Card, after: Card) -> Iterator[Moved]:
    old, new = _said(before), _said(after)
    for name in dict.fromkeys((*old, *new)):
        if old.get(name, "") != new.get(name, ""):
            yield Moved(before.title, unescape(old.get(name, "")), unescape(new.get(name, "")))


def _said(card: Card) -> Mapping[str, str]:
    """Every sentence of a card by where it stands; steps by their own words, since one may be left out."""
    never = {f"never {number}": f"{do}: {because}" for number, (do, because) in enumerate(card.never)}
    steps = {f"step {step[:24]}": step for step in card.steps}
    lines = {str(rung): card.lines[rung] for rung in Rung if rung in card.lines}
    return {**lines, "posture": card.posture, **steps, **never, "boss": card.boss, "note": card.note}
