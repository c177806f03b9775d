"""The Home tab: for everyone a way to ask; for managers their playbooks, what was missing, and their sites."""

import re
from collections.abc import Iterator
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
from bot.slack import home_blocks as draw
from bot.slack.answers import show_in_form
from bot.slack.command import Form
from bot.slack.duty import mend
from bot.slack.fault import Faults
from bot.slack.message import Messages
from bot.slack.parts import Block, answers, context, modal, page, question, section, typed
from bot.slack.where import Where, where_of

ASK = "ask"
_PRESSES = re.compile(r"^home:")
_REMOVALS = re.compile(r"^site-remove:.+")
_LONGEST = 2000


class Home:
    """The tab, its pages, and asking from it. Nothing of it is logged."""

    def __init__(self, front: Front, ask: Ask, messages: Messages, faults: Faults, forms: dict[str, Form]) -> None:
        """`forms` open by the word of their button."""
        self._front = front
        self._ask = ask
        self._messages = messages
        self._faults = faults
        self._forms = forms

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.event("app_home_opened")(self.opened)
        app.action(_PRESSES)(self.press)
        app.action("gap-close")(self.close_gaps)
        app.action(_REMOVALS)(self.remove_site)
        app.view(ASK)(self.answer)

    def opened(self, body: dict[str, Any], event: dict[str, Any], client: WebClient) -> None:
        """Show the first page to whoever opens the tab."""
        if event.get("tab") == "home":
            asker = Asker(str(body.get("team_id", "")), str(event.get("user", "")))
            with self._faults.told(asker, lambda text: publish(client, asker, page("", text)["blocks"])):
                self.show(client, asker, "start")

    def press(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open a form, or turn to another page."""
        ack()
        where = where_of(body)
        name = str(action.get("action_id", "")).removeprefix("home:")
        with self._faults.told(where.asker, _in_form(client, where)):
            if name in self._forms:
                self._forms[name](where.asker, where.trigger, client)
            elif name == ASK or name.startswith("sector:"):
                client.views_open(trigger_id=where.trigger, view=self._form(where.asker, name))
            else:
                self.show(client, where.asker, name, str(action.get("value") or ""))

    def show(self, client: WebClient, asker: Asker, name: str, wanted: str = "") -> None:
        """Publish a page by its name, as “gaps:2”, for one person. Raises NotAllowed and NotKept."""
        kind, _, number = name.partition(":")
        publish(client, asker, self._page(asker, kind, int(number) if number.isdecimal() else 0, wanted))

    def close_gaps(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Close gaps, and show the rest."""
        ack()
        where = where_of(body)
        with self._faults.told(where.asker, _in_form(client, where)):
            self._front.gaps.close(where.asker, str(action.get("value", "")).split(","))
            self.show(client, where.asker, "gaps")

    def remove_site(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Forget a site, and show the rest."""
        ack()
        where = where_of(body)
        with self._faults.told(where.asker, _in_form(client, where)):
            self._front.sites.remove(where.asker, str(action.get("action_id", "")).removeprefix("site-remove:"))
            self.show(client, where.asker, "sites")

    def answer(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Answer what was asked in the form, within the form."""
        asker = where_of(body).asker
        with self._faults.told(asker, lambda text: ack(response_action="update", view=page("Cuecard", text))):
            situation = Situation(str(answers(view)["text"] or ""), asker.person, asker.workspace)
            reply, _ = self._ask.ask(situation)
            message = self._messages.draw(asker, with_missing(reply, situation.text))
            ack(response_action="update", view=show_in_form(asker, message))

    def _page(self, asker: Asker, kind: str, number: int, wanted: str) -> Iterator[Block]:
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
        if self._front.may_edit(asker):
            yield from draw.for_managers(self._front.overview.rows(asker), self._front.gaps.count(asker))
            if code := self._front.trouble():
                yield section(f"⚠️ {escape(mend(code))}")
        elif self._front.keeps_a_site(asker):
            yield from draw.for_site_managers()
        yield from draw.about(shelf, safety_line(shelf.policy))

    def _form(self, asker: Asker, name: str) -> Block:
        if name != ASK:
            reply = self._ask.sector(asker, Sector(name.removeprefix("sector:")))
            return show_in_form(asker, self._messages.draw(asker, reply))
        line = self._ask.menu(asker).safety_line
        asked = question("text", "What is happening?", typed("text", longest=_LONGEST, multiline=True))
        return modal("Cuecard", [asked, context(f"🛟 {line}")], callback=ASK, submit="Ask")


def publish(client: WebClient, asker: Asker, blocks: Iterator[Block]) -> None:
    """Show a page of Home to one person."""
    client.views_publish(user_id=asker.person, view=draw.home(blocks))


def _in_form(client: WebClient, where: Where) -> Any:
    return lambda text: client.views_open(trigger_id=where.trigger, view=page("Cuecard", text))
