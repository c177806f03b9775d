"""Somebody sends off a form, or closes it; the app's answer decides what stands there next."""

from http import HTTPStatus
from typing import Any

from bot.playground import payloads
from bot.playground.courier import Courier, read_ack
from bot.playground.inputs import read_values, unfinished
from bot.playground.limits import check_view
from bot.playground.payloads import Tap
from bot.playground.refused import ApiError
from bot.playground.said import Said, user_of
from bot.playground.signed import Answered, Late
from bot.playground.tapping import GONE, find_view
from bot.playground.views import View
from bot.playground.web_api import WebApi

TROUBLE = "We had some trouble connecting. Try again?"
"""Slack's own sentence in a form whose app did not answer well."""


class SendingOff:
    """Forms that are sent or closed."""

    def __init__(self, api: WebApi, courier: Courier) -> None:
        self._api = api
        self._courier = courier

    def submit(self, user: str, view: str, values: Any) -> dict[str, str]:
        """Send a form. The sentences by block id, where something must be mended first. Raises Said."""
        person = user_of(user)
        top = self._top(find_view(self._api, person, view))
        blocks = top.content["blocks"]
        typed = read_values(blocks, values)
        with self._api.slack.bell:
            filled = self._api.slack.views.fill(top, typed)
        if errors := unfinished(blocks, typed):
            return errors
        tap = Tap(person, self._api.new_trigger(person.id))
        try:
            answered = self._courier.interaction(payloads.submission(tap, filled), _name(filled))
        except Late:
            raise Said(TROUBLE) from None
        return self._follow(filled, answered)

    def close(self, user: str, view: str, *, everything: bool) -> None:
        """Close a form, or all; the app is told where it asked for it. Raises Said."""
        person = user_of(user)
        top = self._top(find_view(self._api, person, view))
        with self._api.slack.bell:
            closed = self._api.slack.views.stack(person.id)[::-1] if everything else (top,)
            if everything:
                self._api.slack.views.clear(person.id)
            else:
                self._api.slack.views.close(top)
        for one in closed:
            if one.content.get("notify_on_close"):
                self._tell_closed(one, cleared=everything)

    def _tell_closed(self, view: View, *, cleared: bool) -> None:
        payload = payloads.closing(user_of(view.user), view, cleared=cleared)
        try:
            self._courier.interaction(payload, _name(view))
        except Late:
            # Slack shows nothing here: the form is gone already.
            return

    def _top(self, view: View) -> View:
        with self._api.slack.bell.still:
            stack = self._api.slack.views.stack(view.user)
        if not stack or stack[-1].id != view.id:
            raise Said(GONE)
        return stack[-1]

    def _follow(self, view: View, answered: Answered) -> dict[str, str]:
        ack = read_ack(answered)
        if answered.status != HTTPStatus.OK or (ack and "response_action" not in ack):
            raise Said(TROUBLE)
        if ack.get("response_action") == "errors":
            return self._errors(view, ack.get("errors"))
        try:
            with self._api.slack.bell:
                self._act(view, ack)
        except ApiError:
            raise Said(TROUBLE) from None
        return {}

    def _act(self, view: View, ack: dict[str, Any]) -> None:
        views, action = self._api.slack.views, ack.get("response_action")
        if action == "clear":
            views.clear(view.user)
        elif action == "update":
            views.update(views.find(view.id), check_view(ack.get("view"), "modal"))
        elif action == "push":
            views.push(view.user, check_view(ack.get("view"), "modal"))
        elif action is None:
            views.close(view)
        else:
            raise ApiError("invalid_arguments")

    def _errors(self, view: View, errors: Any) -> dict[str, str]:
        inputs = {block["block_id"] for block in view.content["blocks"] if block["type"] == "input"}
        if not isinstance(errors, dict) or not errors or not set(errors) <= inputs:
            # Slack takes errors only under inputs that are there.
            raise Said(TROUBLE)
        return {str(block): str(sentence) for block, sentence in errors.items()}


def _name(view: View) -> str:
    return str(view.content.get("callback_id") or "view")
