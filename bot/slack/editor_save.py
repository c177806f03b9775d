"""From the last page to the next version: what else moves, the note, saving, and what to do when it is refused."""

import dataclasses
from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.draft import Draft
from bot.domain.problem import Problem
from bot.services.edit import Edit, gaps_of
from bot.services.meanwhile import Meanwhile
from bot.services.saving import Conflict, Saved
from bot.slack.beside import Beside, Show
from bot.slack.editor_forms import Forms
from bot.slack.editor_marks import marks_of
from bot.slack.editor_pages import pages_of
from bot.slack.editor_state import Place, place_of
from bot.slack.parts import Block, answers, page
from bot.slack.save_view import CALLBACK, TESTS, WAITING, draw_saved, draw_stale, draw_summary
from bot.slack.where import where_of


class EditorSave:
    """The summary before saving, saving itself, and the two ways out of a lost race."""

    def __init__(self, edit: Edit, meanwhile: Meanwhile, forms: Forms, beside: Beside, show: Show) -> None:
        """`show` publishes a page of Home."""
        self._edit = edit
        self._meanwhile = meanwhile
        self._forms = forms
        self._beside = beside
        self._show = show

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.view(CALLBACK)(self.save)
        app.view(TESTS)(self.renew)
        app.action("editor:again")(self.again)
        app.action("editor:mine")(self.mine)
        app.action("editor:theirs")(self.theirs)

    def save(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Acknowledge the summary with what became of it."""
        asker, note = where_of(body).asker, str(answers(view).get("note") or "")

        def saved() -> Block:
            draft = self._forms.find(asker, view)
            outcome = self._edit.save(draft, note)
            if isinstance(outcome, Saved):
                title = str(draft.fields.get("title", ""))
                shown = ("gaps", "") if gaps_of(draft) else ("search", title)
                self._beside.do(body, lambda: self._show(client, asker, *shown))
                return draw_saved(outcome, title)
            if isinstance(outcome, Conflict):
                return self._forms.go_on(self._meanwhile.join(draft))
            return self._mend(draft, place_of(view), outcome.problems)

        self._beside.answer(ack, body, client, WAITING, saved)

    def renew(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Let the tests expect the new words, and go on to the summary."""

        def renewed() -> Block:
            return self.summary(self._edit.renew(self._forms.find(where_of(body).asker, view)), place_of(view))

        self._beside.answer(ack, body, client, WAITING, renewed)

    def again(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Back to the page of the form from which somebody came."""
        ack()

        def back() -> Block:
            place = place_of(body["view"])
            return self._forms.draw(self._find(body), _turned(place, place.page))

        self._beside.replace(body, client, back)

    def mine(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Go on with one's own text, on top of what somebody else saved."""
        ack()

        def kept() -> Block:
            joined = self._meanwhile.join(self._find(body))
            self._edit.keep(joined.draft)
            told = [_theirs(one.field, one.new or one.gone) for one in joined.both]
            return self._mend(joined.draft, Place(joined.draft.playbook), told)

        self._beside.replace(body, client, kept)

    def theirs(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Throw one's own text away, and open the newest."""
        ack()

        def taken() -> Block:
            asker, playbook = where_of(body).asker, place_of(body["view"]).playbook
            self._edit.drop(asker.workspace, asker.person, playbook)
            return self._forms.open(asker, playbook)

        self._beside.replace(body, client, taken)

    def _find(self, body: dict[str, Any]) -> Draft:
        return self._forms.find(where_of(body).asker, body["view"])

    def summary(self, draft: Draft, place: Place) -> Block:
        """What saving would do, or what stands in its way; takes as long as compiling a shelf."""
        if self._edit.meanwhile(draft):
            return self._forms.go_on(self._meanwhile.join(draft))
        mine = self._meanwhile.mine(draft)
        if not mine:
            return page("Nothing to save", "Nothing is different from the newest version. You can close this.")
        if stale := self._edit.stale(draft):
            return draw_stale(draft, place, stale)
        verdict = self._edit.check(draft)
        if verdict.problems:
            return self._mend(draft, place, verdict.problems)
        known = [f"Not from this change: {problem.sentence}" for problem in verdict.known]
        return draw_summary(draft, place, mine, [*verdict.moves, *known])

    def _mend(self, draft: Draft, place: Place, problems: Sequence[Problem]) -> Block:
        """The page of the first problem."""
        first = next(iter(marks_of(problems, pages_of(draft.playbook, draft.fields))), 0)
        return self._forms.draw(draft, _turned(place, first), problems)


def _turned(place: Place, page_number: int) -> Place:
    return dataclasses.replace(place, page=page_number, turn=place.turn + 1)


def _theirs(field: str, lines: Sequence[str]) -> Problem:
    quoted = ", ".join(f"“{line}”" for line in lines)
    return Problem("", 0, 0, field, f"Somebody else changed this too ({quoted}); what stands here is yours.")
