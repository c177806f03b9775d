"""A playbook's versions: looked at, brought back, taken off, approved."""

import dataclasses
import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.services.saving import Outcome, Saved
from bot.services.shelves import Shelves
from bot.services.versions import PAGE, Versions
from bot.slack.beside import Beside, Show
from bot.slack.editor_state import Place, place_of
from bot.slack.parts import Block, page
from bot.slack.save_view import WAITING
from bot.slack.versions_view import draw_outcome, draw_version, draw_versions
from bot.slack.where import where_of

_GONE = page("Versions", "It is not there any more. Open the list again.")


class VersionsView:
    """The list of versions and its buttons."""

    def __init__(self, versions: Versions, shelves: Shelves, beside: Beside, show: Show) -> None:
        """`show` publishes a page of Home."""
        self._versions = versions
        self._shelves = shelves
        self._beside = beside
        self._show = show

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action(re.compile(r"^history:.+"))(self.open)
        app.action(re.compile(r"^version:(?:newer|older)$"))(self.turn)
        app.action("version:show")(self.show)
        app.action(re.compile(r"^version:(?:restore|retire|revive|ship|approve)$"))(self.act)

    def open(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open the list."""
        ack()
        place = Place(str(action["action_id"]).removeprefix("history:"))
        self._beside.show(body, client, lambda: self._list(body, place))

    def turn(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Show the next page of the list, or the one before."""
        ack()
        step = 1 if action["action_id"] == "version:older" else -1

        def turned() -> Block:
            place = place_of(body["view"])
            return self._list(body, dataclasses.replace(place, page=max(0, place.page + step)))

        self._beside.replace(body, client, turned)

    def show(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Put one version with all its changes on top."""
        ack()

        def shown() -> Block:
            place, asker = place_of(body["view"]), where_of(body).asker
            listed = self._versions.history(asker.workspace, asker.person, place.playbook, place.page)
            found = next((one for one in listed if str(one.revision.number) == action.get("value")), None)
            return draw_version(found, place) if found else _GONE

        self._beside.show(body, client, shown)

    def act(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Do what was tapped; the answer takes the place of the list, or of the version."""
        ack()
        tapped, value = str(action["action_id"]).removeprefix("version:"), str(action.get("value"))

        def done() -> Block:
            place, number = place_of(body["view"]), int(value) if value.isdecimal() else -1
            title = self._title(body, place.playbook)
            asker = where_of(body).asker
            outcome = self._done(asker, place, tapped, number)
            if isinstance(outcome, Saved):
                self._beside.do(body, lambda: self._show(client, asker, "search", title))
                if below := body["view"].get("previous_view_id"):
                    self._beside.do(body, lambda: client.views_update(view_id=below, view=self._list(body, place)))
            return draw_outcome(outcome, title)

        self._beside.replace(body, client, done, WAITING)

    def _done(self, asker: Asker, place: Place, tapped: str, number: int) -> Outcome:
        versions, whose = self._versions, (asker.workspace, asker.person, place.playbook)
        if tapped == "approve":
            return versions.approve(*whose, number)
        if tapped == "restore":
            return versions.restore(*whose, place.newest, number)
        return {"retire": versions.retire, "revive": versions.revive, "ship": versions.ship}[tapped](
            *whose, place.newest
        )

    def _list(self, body: dict[str, Any], place: Place) -> Block:
        asker = where_of(body).asker
        listed = self._versions.history(asker.workspace, asker.person, place.playbook, place.page)
        title = self._title(body, place.playbook)
        if not place.page:
            place = dataclasses.replace(place, newest=listed[0].revision.number if listed else 0)
        more = len(listed) == PAGE and listed[-1].revision.number > 1
        return draw_versions(title, listed, place, ships=self._versions.ships(place.playbook), more=more)

    def _title(self, body: dict[str, Any], playbook: str) -> str:
        library = self._shelves.library(where_of(body).asker.workspace)
        entry = library.entry(playbook) or self._shelves.shipped.entry(playbook)
        return entry.title if entry else playbook
