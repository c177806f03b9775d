"""The playbook form: opened by a button, turned page by page, and kept at each turn."""

import dataclasses
import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.services.edit import Edit
from bot.services.meanwhile import Meanwhile
from bot.slack.beside import Beside, Errors, Settled, Slow
from bot.slack.editor_forms import Forms, Turned
from bot.slack.editor_marks import marks_of
from bot.slack.editor_save import EditorSave
from bot.slack.editor_state import place_of
from bot.slack.editor_view import CALLBACK, CHECKS
from bot.slack.save_view import WAITING
from bot.slack.where import where_of


class Editor:
    """Opening, turning and closing the form."""

    def __init__(self, edit: Edit, meanwhile: Meanwhile, forms: Forms, saving: EditorSave, beside: Beside) -> None:
        self._edit = edit
        self._meanwhile = meanwhile
        self._forms = forms
        self._saving = saving
        self._beside = beside

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action(re.compile(r"^edit:.+"))(self.open)
        app.action(re.compile(r"^editor:(?:back|goto)$"))(self.go)
        app.action("editor:check")(self.check)
        for callback in (CALLBACK, CHECKS):
            app.view(callback)(self.turn)
            app.view_closed(callback)(self.close)

    def open(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Open the form, where its writer left it."""
        ack()
        playbook = str(action["action_id"]).removeprefix("edit:")
        self._beside.show(body, client, lambda: self._forms.open(where_of(body).asker, playbook))

    def turn(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Keep the page, say what is wrong on it, and go on to the next, or to the summary."""

        def turned() -> Settled | Slow:
            turned = self._forms.keep(where_of(body).asker, view)
            here = turned.place.page
            marks = marks_of(self._edit.look(turned.draft), turned.pages)
            errors = {**{block: " ".join(told) for block, told in marks.get(here, {}).items()}, **turned.too_long}
            if errors:
                return Errors(errors)
            if view.get("callback_id") == CALLBACK and here + 1 < len(turned.pages):
                return self._page(turned, here + 1)
            return Slow(lambda: self._saving.summary(turned.draft, place_of(view)))

        self._beside.settle(ack, body, client, turned, WAITING)

    def go(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Keep the page as it stands, and show another."""
        ack()
        chosen = str((action.get("selected_option") or {}).get("value"))

        def other() -> dict[str, Any]:
            turned = self._forms.keep(where_of(body).asker, body["view"])
            return self._page(turned, int(chosen) if chosen.isdecimal() else max(0, turned.place.page - 1))

        self._beside.replace(body, client, other)

    def check(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Keep the page, and go to the summary without the pages between."""
        ack()

        def checked() -> dict[str, Any]:
            turned = self._forms.keep(where_of(body).asker, body["view"])
            return self._saving.summary(turned.draft, turned.place)

        self._beside.replace(body, client, checked, WAITING)

    def _page(self, turned: Turned, number: int) -> dict[str, Any]:
        place = dataclasses.replace(turned.place, page=number, turn=turned.place.turn + 1)
        return self._forms.draw(turned.draft, place)

    def close(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Keep what was typed last; forget a form in which nothing was changed."""
        ack()

        def tidy() -> None:
            turned = self._forms.keep(where_of(body).asker, view)
            if not self._meanwhile.mine(turned.draft):
                self._edit.drop(turned.draft.workspace, turned.draft.person, turned.draft.playbook)

        self._beside.do(body, tidy)
