"""The shelf as each site sees it: with its own policy, without the cards that it hides or other laws ask for."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.answer import Titled
from bot.domain.policy import NEEDED, SWITCHES, Policy
from bot.domain.site import Site
from bot.rendering.card import CardTemplate
from bot.safety.card import UnknownNumbers
from bot.services.shelf import Places, Shelf, sectors_of

POLICY_SITE = "policy"
"""The id of the first site: policy.yaml, as long as a workspace has stored none."""
OVERRULED = (
    "The sites kept in Slack are in force, and the numbers and switches of policy.yaml are not; "
    "change them on Cuecard's Home tab, Sites and switches."
)
_UNKNOWN = {
    **{field.name: getattr(UnknownNumbers(), field.name) for field in dataclasses.fields(UnknownNumbers)},
    "workplace": "your workplace",
    "work_number": "our usual number",
    "hours": "the usual hours",
    "account_exceptions": "manager",
}
"""What stands in for a text that is not set, or that is another at each site."""


def place(shelf: Shelf, sites: Sequence[Site], choices: Mapping[str, str]) -> Shelf:
    """The shelf with a view for every site, worked out here once so that a question costs a look-up.

    `choices` give the site that each person chose. Without sites, policy.yaml is the only one.
    """
    placed = sites or (Site(workspace="", id=POLICY_SITE, name=shelf.policy.workplace, policy=shelf.policy),)
    shown: dict[tuple[frozenset[str], str], Shelf] = {}
    views = {site.id: _view(shelf, site, shown) for site in placed}
    places = Places(
        views=views,
        channels={channel: site.id for site in placed for channel in site.channels},
        choices=choices,
        anywhere=next(iter(views.values())) if len(placed) == 1 else _anywhere(shelf, placed),
    )
    return dataclasses.replace(shelf, places=places)


def unnumbered(policy: Policy) -> Policy:
    """The policy without anything that has no default, as long as nobody knows what holds at a site."""
    return dataclasses.replace(policy, **dict.fromkeys(NEEDED, ""))


def honest(policy: Policy) -> Policy:
    """The policy without its made-up numbers, so that nobody in danger dials one."""
    return dataclasses.replace(policy, **dict.fromkeys(policy.fictional_numbers(), ""))


def chosen(shelf: Shelf, choices: Mapping[str, str]) -> Shelf:
    """The same shelf with the same views, after other choices."""
    assert shelf.places is not None
    return dataclasses.replace(shelf, places=dataclasses.replace(shelf.places, choices=choices))


def _view(shelf: Shelf, site: Site, shown: dict[tuple[frozenset[str], str], Shelf]) -> Shelf:
    """One site's view; sites that show the same cards share them."""
    key = (site.hidden, site.policy.jurisdiction)
    if key not in shown:
        shown[key] = _with(shelf, _cards(shelf, [site]))
    missing = site.policy.missing()
    view = shown[key] if not missing else _with(shelf, {})
    return dataclasses.replace(view, policy=filled(site.policy), site=site.id, ready=not missing)


def _anywhere(shelf: Shelf, sites: Sequence[Site]) -> Shelf:
    """The view where the site is not known: only the cards and the texts that all sites share."""
    ready = any(not site.policy.missing() for site in sites)
    view = _with(shelf, _cards(shelf, sites) if ready else {})
    asks = tuple(Titled(site.id, site.name) for site in sites)
    return dataclasses.replace(view, policy=shared([site.policy for site in sites]), ready=ready, asks=asks)


def filled(policy: Policy) -> Policy:
    """The policy with words in place of what is not set."""
    return dataclasses.replace(policy, **{name: _UNKNOWN[name] for name in policy.missing()})


def shared(policies: Sequence[Policy]) -> Policy:
    """What all of them say; where they differ, a switch has its safe default and a text says that it is not known."""
    found: dict[str, Any] = {}
    for name, first in policies[0].values().items():
        if first == "" or any(policy.values()[name] != first for policy in policies[1:]):
            found[name] = SWITCHES[name][0] if name in SWITCHES else _UNKNOWN.get(name)
    return dataclasses.replace(policies[0], **found)


def _with(shelf: Shelf, cards: Mapping[str, CardTemplate]) -> Shelf:
    return dataclasses.replace(shelf, cards=cards, sectors=sectors_of(cards), places=None)


def _cards(shelf: Shelf, sites: Iterable[Site]) -> Mapping[str, CardTemplate]:
    listed = list(sites)
    return {
        name: card
        for name, card in shelf.cards.items()
        if all(name not in site.hidden and site.policy.offers(card.playbook.review.jurisdiction) for site in listed)
    }
