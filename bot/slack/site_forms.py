"""What managers set for a site: name, channels, numbers, switches; with what would change before it does."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.answer import Titled
from bot.domain.asker import Asker
from bot.domain.policy import SWITCHES, Policy
from bot.domain.site import Site
from bot.services.shelves import Shelves
from bot.services.site_change import Place, mark, with_place, with_policy
from bot.services.sites import ChannelTaken, WorkSites
from bot.services.who_may import NotAllowed
from bot.slack import site_blocks as draw
from bot.slack.beside import Beside, Errors, Settled, Show
from bot.slack.parts import Block, answers, cut, drawn, option, page
from bot.slack.where import kept, where_of

TITLE = "Site"
_PRESSES = re.compile(r"site-(?:form|numbers|switches|texts):.*")
_NAMELESS = "Give the site a name that people know it by."
_LONG = f"Shorten the name to at most {draw.NAME} characters."
_FALLBACK = {"who_is_told": "manager on duty", "account_exceptions": "manager"}


class SiteForms:
    """The forms of a site, opened from Home. Who may is checked when one opens, and when it is saved."""

    def __init__(self, sites: WorkSites, shelves: Shelves, beside: Beside, show: Show) -> None:
        """`show` publishes a page of Home."""
        self._sites = sites
        self._shelves = shelves
        self._beside = beside
        self._show = show

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action(_PRESSES)(self.open)
        app.options("hidden")(self.suggest)
        app.view("site-form")(self.save_site)
        app.view("site-policy")(self.check)
        app.view("site-save")(self.save_policy)

    def open(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open one of the four forms."""
        ack()
        where = where_of(body)
        kind, _, name = str(action.get("action_id", "")).partition(":")
        self._beside.open(where, client, lambda: self._form(where.asker, kind, name))

    def suggest(self, ack: Ack, body: dict[str, Any], payload: dict[str, Any]) -> None:
        """The playbooks whose title holds what was typed; safety cards cannot be hidden."""
        typed = str(payload.get("value", "")).casefold()
        cards = self._shelves.of(where_of(body).asker.workspace).cards.values()
        titles = sorted((card.playbook.title, card.playbook.id) for card in cards)
        ack(options=[option(name, title) for title, name in titles if typed in title.casefold()][:100])

    def save_site(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Store what was changed of the name, the channels, what is hidden and who may, then acknowledge."""
        asker, held, given = where_of(body).asker, kept(view), answers(view)
        before = _place(drawn(view), held.get("name", ""))

        def saved() -> Settled:
            self._sites.check_whole(asker)
            wanted = _place(given, _clean(given.get("name") or ""))
            if not 0 < len(wanted.name) <= draw.NAME:
                return Errors({"name": _NAMELESS if not wanted.name else _LONG})
            new = held.get("new", "") != ""
            try:
                self._sites.change(asker, held.get("site", ""), lambda site: with_place(site, before, wanted), new=new)
            except ChannelTaken as taken:
                return Errors({"channels": str(taken)})
            self._beside.do(body, lambda: self._listed(asker, client))
            return page(TITLE, "Saved. Its questions are answered so from now on.")

        self._beside.settle(ack, body, client, saved)

    def _listed(self, asker: Asker, client: WebClient) -> None:
        self._sites.put_in_force()
        self._show(client, asker, "sites", "")

    def check(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Show which sentences would change, or what cannot be."""
        asker = where_of(body).asker

        def checked() -> Settled:
            held = _held(view)
            site = self._sites.open(asker, held["site"])
            given = _policy_values(answers(view))
            changes = {name: value for name, value in given.items() if mark(value) != held["drawn"].get(name)}
            after = with_policy(site, changes, held["stored"]).policy
            if wrong := self._sites.problems(asker, after, changes):
                return Errors(wrong)
            keep = _dump(site=site.id, changes=changes, stored={name: held["stored"][name] for name in changes})
            return draw.preview(self._sites.moved(asker, site.policy, after), keep)

        self._beside.settle(ack, body, client, checked)

    def save_policy(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Store what was agreed to; what others changed beside it stays."""
        asker = where_of(body).asker

        def change(site: Site) -> Site:
            held = _held(view)
            changed = with_policy(site, held["changes"], held["stored"])
            if wrong := self._sites.problems(asker, changed.policy, held["changes"]):
                raise NotAllowed(" ".join(wrong.values()))
            return changed

        def saved() -> Block:
            policy = self._sites.change(asker, str(_held(view)["site"]), change).policy
            self._beside.do(body, lambda: self._listed(asker, client))
            missing = "" if not policy.missing() else " Some numbers are still missing, so it shows safety cards alone."
            return page(TITLE, f"Saved, and in force.{missing}")

        self._beside.settle(ack, body, client, saved)

    def _form(self, asker: Asker, kind: str, name: str) -> Block:
        site = self._sites.open(asker, name) if name else self._sites.new(asker)
        if kind == "site-form":
            self._sites.check_whole(asker)
            shelf = self._shelves.of(asker.workspace)
            titled = (shelf.titled(one) for one in sorted(site.hidden))
            keep = _dump(site=site.id, new="" if name else "new", name=site.name)
            return draw.site_form(site, [one for one in titled if isinstance(one, Titled)], keep)
        if kind == "site-switches":
            return draw.switches_form(site.policy, _seen(site, SWITCHES))
        if kind == "site-texts":
            return draw.texts_form(site.policy, draw.OFFERS, "Offers", _seen(site, draw.OFFERS))
        return draw.texts_form(site.policy, draw.NUMBERS, "Numbers", _seen(site, draw.NUMBERS))


def _seen(site: Site, names: Iterable[str]) -> str:
    """What a form keeps to tell what was changed in it, and whether somebody else changed the same."""
    values = {name: site.policy.values()[name] for name in names}
    shown = _policy_values({name: cut(value or "", draw.TEXT) for name, value in values.items()})
    return _dump(
        site=site.id,
        stored={name: mark(value) for name, value in values.items()},
        drawn={name: mark(value) for name, value in shown.items()},
    )


def _dump(**held: object) -> str:
    return json.dumps(held, ensure_ascii=False, separators=(",", ":"))


def _held(view: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(view["private_metadata"])
    return found


def _place(held: Mapping[str, Any], name: str) -> Place:
    hidden, managers = (frozenset(held.get(field) or ()) for field in ("hidden", "managers"))
    return Place(name, tuple(held.get("channels") or ()), hidden, managers)


def _policy_values(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a policy among what was given, one line each; an optional text that is empty is None."""
    known = Policy.__dataclass_fields__
    found: dict[str, Any] = {}
    for name, value in given.items():
        text = _clean(value or "")
        if name in SWITCHES:
            found[name] = text if text in SWITCHES[name] else SWITCHES[name][0]
        elif name in known:
            found[name] = text or _FALLBACK.get(name, None if known[name].default is None else "")
    return found


def _clean(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
