"""The Home tab: for everyone a way to ask; for managers their playbooks, what was missing, and their sites."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.domain.sector import Sector
from bot.domain.situation import Situation
from bot.rendering.wording import escape
from bot.safety.card import safety_line
from bot.services.ask import Ask
from bot.services.front import Front
from bot.services.gaps import with_missing
from bot.services.who_may import NotLookedUp
from bot.slack import home_blocks as draw
from bot.slack.answers import show_in_form
from bot.slack.beside import Beside
from bot.slack.command import Form
from bot.slack.duty import mend
from bot.slack.message import Messages
from bot.slack.parts import Block, answers, context, modal, question, section, typed
from bot.slack.where import Where, where_of

ASK = "ask"
_PRESSES = re.compile(r"^home:")
_REMOVALS = re.compile(r"^site-remove:.+")
_LONGEST = 2000
PAGES = 6
"""Digits of a page's number."""


class Home:
    """The tab, its pages, and asking from it. Nothing of it is logged."""

    def __init__(self, front: Front, ask: Ask, messages: Messages, beside: Beside, forms: dict[str, Form]) -> None:
        """`forms` open by the word of their button."""
        self._front = front
        self._ask = ask
        self._messages = messages
        self._beside = beside
        self._forms = forms

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.event("app_home_opened")(self.opened)
        app.action(_PRESSES)(self.press)
        app.action("gap-close")(self.close_gaps)
        app.action(_REMOVALS)(self.remove_site)
        app.view(ASK)(self.answer)

    def opened(self, ack: Ack, body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        """Show the first page to whoever opens the tab, once for each time."""
        ack()
        if event.get("tab") != "home":
            return
        where = where_of({"team_id": body.get("team_id"), "user_id": event.get("user"), "view": event.get("view")})
        name = str(body.get("event_id") or "")

        def first() -> Iterable[Block] | None:
            return self._start(where.asker) if self._front.is_first(where.asker, name) else None

        self._beside.publish(where, client, first)

    def press(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open a form, or turn to another page."""
        ack()
        where = where_of(body)
        name = str(action.get("action_id", "")).removeprefix("home:")
        if name in self._forms or name == ASK or name.startswith("sector:"):
            self._beside.open(where, client, lambda: self._form(where.asker, name))
        else:
            self._turn(where, client, name, str(action.get("value") or ""))

    def show(self, client: WebClient, asker: Asker, name: str, wanted: str = "") -> None:
        """Publish a page by its name, as “gaps:2”, for one person. Raises NotAllowed and NotKept."""
        client.views_publish(user_id=asker.person, view=draw.home(self._page(asker, name, wanted)))

    def close_gaps(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Close gaps, and show the rest."""
        ack()
        where = where_of(body)
        gaps = str(action.get("value", "")).split(",")
        self._turn(where, client, "gaps", before=lambda: self._front.gaps.close(where.asker, gaps))

    def remove_site(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Forget a site, and show the rest."""
        ack()
        where = where_of(body)
        site = str(action.get("action_id", "")).removeprefix("site-remove:")
        self._turn(where, client, "sites", before=lambda: self._front.sites.remove(where.asker, site))

    def _turn(
        self,
        where: Where,
        client: WebClient,
        name: str,
        wanted: str = "",
        before: Callable[[], object] = lambda: None,
    ) -> None:
        """Show a page, beside, after something was done."""

        def turned() -> Iterable[Block]:
            before()
            return self._page(where.asker, name, wanted)

        self._beside.publish(where, client, turned)

    def answer(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Answer what was asked in the form, within the form."""
        asker, text = where_of(body).asker, str(answers(view).get("text") or "")

        def answered() -> Block:
            reply, _ = self._ask.ask(Situation(text, asker.person, asker.workspace))
            return show_in_form(asker, self._messages.draw(asker, with_missing(reply, text)))

        ack(response_action="update", view=self._beside.drawn(asker, answered))

    def _page(self, asker: Asker, name: str, wanted: str) -> Iterator[Block]:
        kind, _, page = name.partition(":")
        number = int(page) if page.isdecimal() and len(page) < PAGES else 0
        if kind in ("playbooks", "search"):
            return draw.playbooks(self._front.overview.rows(asker, wanted), number, wanted)
        if kind == "gaps":
            return draw.gaps(self._front.gaps.groups(asker), number)
        if kind == "changes":
            found = self._front.overview.changes(asker)
            return draw.changes(found, number, lambda one: self._front.overview.title(asker, one))
        if kind == "sites":
            return draw.sites(self._front.sites.mine(asker), number, all_of_them=self._front.may_edit(asker))
        return self._start(asker)

    def _start(self, asker: Asker) -> Iterator[Block]:
        shelf = self._front.at(asker)
        yield from draw.for_everyone(shelf)
        try:
            managers = self._front.surely_may_edit(asker)
        except NotLookedUp:
            managers = False
            yield from draw.for_the_unknown()
        if managers:
            yield from draw.for_managers(self._front.overview.rows(asker), self._front.gaps.count(asker))
            if code := self._front.trouble():
                yield section(f"⚠️ {escape(mend(code))}")
        elif self._front.keeps_a_site(asker):
            yield from draw.for_site_managers()
        yield from draw.about(shelf, safety_line(shelf.policy))

    def _form(self, asker: Asker, name: str) -> Block:
        if name in self._forms:
            return self._forms[name](asker)
        if name != ASK:
            reply = self._ask.sector(asker, Sector(name.removeprefix("sector:")))
            return show_in_form(asker, self._messages.draw(asker, reply))
        line = self._ask.menu(asker).safety_line
        asked = question("text", "What is happening?", typed("text", longest=_LONGEST, multiline=True))
        return modal("Cuecard", [asked, context(f"🛟 {line}")], callback=ASK, submit="Ask")
