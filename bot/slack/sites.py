"""`/cue site`: everybody chooses once at which site they work; a question without a known site asks for it."""

import dataclasses
import json
import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.domain.site import Site
from bot.rendering.wording import escape
from bot.services.ask import Ask, Wanted
from bot.services.sites import WorkSites
from bot.slack.answers import Answers
from bot.slack.beside import Beside
from bot.slack.message import Messages
from bot.slack.parts import Block, answers, context, modal, option, page, question, section
from bot.slack.state import State, StateError, load_state
from bot.slack.where import Where, kept, where_of

CALLBACK, CHOICE, TITLE = "site", "site-choice", "Your site"
_SITE = re.compile(r"site:.+")
MOST = 100
"""Options that a menu of Slack's holds; longer ones are searched."""
_HOW = "Managers change a site's numbers, switches and channels on my Home tab."


class SiteChoice:
    """The choice of a site: by a button above an answer, or in a form."""

    def __init__(self, sites: WorkSites, ask: Ask, messages: Messages, answers: Answers, beside: Beside) -> None:
        self._sites = sites
        self._ask = ask
        self._messages = messages
        self._answers = answers
        self._beside = beside

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action("sites")(self.ask_which)
        app.action(_SITE)(self.tap)
        app.view(CALLBACK)(self.choose)
        app.options(CHOICE)(self.suggest)

    def form(self, asker: Asker) -> Block:
        """The form. Raises NotKept."""
        return self._form(asker, Where(asker), "")

    def ask_which(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open the form from above an answer, which it brings back."""
        ack()
        where = where_of(body)
        self._beside.show(body, client, lambda: self._form(where.asker, where, str(action.get("value", ""))))

    def tap(self, ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        """Remember the tapped site, and bring the answer back as that site gives it."""
        ack()
        where, site = where_of(body), str(action.get("action_id", "")).removeprefix("site:")

        def again() -> dict[str, Any]:
            self._sites.choose(where.asker, site)
            self._sites.put_in_force()
            return self._again(where.asker, str(action.get("value", "")))

        self._answers.replace(where, again)

    def choose(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Remember the chosen site, then bring the answer back as that site gives it."""
        asker, held, wanted = where_of(body).asker, kept(view), str(answers(view).get(CHOICE) or "")
        state, above = held.get("state", ""), Where(asker, held.get("url", ""), held.get("form", ""))

        def again() -> dict[str, Any]:
            self._sites.put_in_force()
            return self._again(asker, state)

        def chosen() -> Block | None:
            site = self._sites.choose(asker, wanted)
            if state:
                self._answers.replace(above, again)
                return None
            self._beside.do(body, self._sites.put_in_force)
            return page(TITLE, _thanks(site))

        self._beside.settle(ack, body, client, chosen)

    def suggest(self, ack: Ack, body: dict[str, Any], payload: dict[str, Any]) -> None:
        """The sites whose name holds what was typed."""
        typed, asker = str(payload.get("value") or "").casefold(), where_of(body).asker

        def found() -> list[Block]:
            sites = (site for site in self._sites.all(asker.workspace) if typed in site.name.casefold())
            return [option(site.id, site.name) for site in sites][:MOST]

        self._beside.suggest(ack, asker, found)

    def _again(self, asker: Asker, value: str) -> dict[str, Any]:
        try:
            state = load_state(value)
        except StateError:
            state = State()
        wanted = Wanted(state.playbook, state.rung, state.known, state.others)
        reply = self._ask.again(asker, wanted, state.danger)
        return self._messages.draw(asker, dataclasses.replace(reply, missing=state.text))

    def _form(self, asker: Asker, where: Where, state: str) -> Block:
        found = self._sites.all(asker.workspace)
        if len(found) == 1:
            return modal(TITLE, [section(f"There is one site here: *{escape(found[0].name)}*."), context(_HOW)])
        kind: Block = {"type": "external_select", "min_query_length": 0}
        if len(found) <= MOST:
            kind = {"type": "static_select", "options": [option(site.id, site.name) for site in found]}
        mine = self._sites.chosen(asker)
        if held := next((option(site.id, site.name) for site in found if site.id == mine), None):
            kind["initial_option"] = held
        keep = {"channel": asker.channel, "url": where.url, "form": where.form, "state": state}
        blocks = [question(CHOICE, "At which site do you work?", {**kind, "action_id": CHOICE}), context(_HOW)]
        form = json.dumps(keep, ensure_ascii=False)
        return modal(TITLE, blocks, callback=CALLBACK, submit="That is mine", kept=form)


def _thanks(site: Site) -> str:
    if site.policy.missing():
        return f"Good: *{escape(site.name)}*. Until a manager has set all its numbers, I show safety cards alone."
    return f"Good. From now on I answer with the numbers of *{escape(site.name)}*."
