"""*Preview* and *Try it*: forms on top of the playbook's form; what was typed there is kept first."""

import dataclasses
import re
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.playbook import Rung
from bot.domain.problem import Refused
from bot.services.edit import Edit
from bot.services.rehearse import Rehearse
from bot.slack.beside import Beside
from bot.slack.editor_forms import Forms
from bot.slack.editor_state import Place, place_of
from bot.slack.parts import Block, answers, page
from bot.slack.rehearse_view import TRY, draw_preview, draw_try, draw_unready
from bot.slack.where import where_of

_WAITING = page("Try it", "Trying it …\nThis page changes by itself.")


class EditorLook:
    """What a manager looks at before saving."""

    def __init__(self, edit: Edit, rehearse: Rehearse, forms: Forms, beside: Beside) -> None:
        self._edit = edit
        self._rehearse = rehearse
        self._forms = forms
        self._beside = beside

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action("editor:preview")(self.preview)
        app.action(re.compile(r"^seen:.+"))(self.see)
        app.action("editor:try")(self.open_try)
        app.view(TRY)(self.try_it)

    def preview(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Keep the page, and put the card on top of it."""
        ack()

        def looked() -> Block:
            self._forms.keep(where_of(body).asker, body["view"])
            place = place_of(body["view"])
            return self._card(body, Place(place.playbook, 0, 0, Rung.FIRST.value))

        self._beside.show(body, client, looked)

    def see(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Show another look, or another rung; the other buttons of the card only show."""
        ack()

        def seen() -> Block:
            place = place_of(body["view"])
            return self._card(body, _chosen(place, action) or place)

        self._beside.replace(body, client, seen)

    def open_try(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Keep the page, and put the question on top of it."""
        ack()

        def asked() -> Block:
            kept = self._forms.keep(where_of(body).asker, body["view"])
            return draw_try(None, "", kept.place.dump())

        self._beside.show(body, client, asked)

    def try_it(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Answer with what the situation finds now, and after the change."""
        situation = str(answers(view).get("situation") or "")

        def tried() -> Block:
            asker = where_of(body).asker
            draft = self._forms.find(asker, view)
            try:
                return draw_try(self._rehearse.try_it(draft, situation, asker), situation, place_of(view).dump())
            except Refused as refused:
                return draw_unready("Try it", refused.problems)

        self._beside.answer(ack, body, client, _WAITING, tried)

    def _card(self, body: dict[str, Any], place: Place) -> Block:
        asker = where_of(body).asker
        draft = self._forms.find(asker, body["view"])
        try:
            looks, refused = self._rehearse.looks(draft, asker), self._edit.look(draft)
            return draw_preview(looks, place, self._rehearse.safety_line(asker), refused)
        except Refused as refused:
            return draw_unready("Preview", refused.problems)


def _chosen(place: Place, action: dict[str, Any]) -> Place | None:
    """The look (its number is the page) and the rung (the seal) that are wanted; None where a button only shows."""
    tapped = str(action["action_id"]).split(":")[1]
    turn, value = place.turn + 1, str((action.get("selected_option") or {}).get("value") or "")
    if tapped == "look" and value.isdecimal():
        return dataclasses.replace(place, page=int(value), turn=turn)
    if tapped == "rung":
        return dataclasses.replace(place, seal=value, turn=turn)
    if tapped == "firmer":
        above = Rung(place.seal).next if place.seal in list(Rung) else None
        return dataclasses.replace(place, seal=above.value if above else "", turn=turn)
    return None
