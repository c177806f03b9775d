"""`/cue managers`: owners and admins pick who keeps the playbooks."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.services.naming import Named, Naming
from bot.slack.beside import Beside
from bot.slack.parts import Block, answers, context, drawn, modal, option, question
from bot.slack.where import where_of

CALLBACK = "managers"
SECOND = "second"
_WHAT = "They keep the playbooks, the sites and the gaps. Owners and admins of this workspace always may."


class ManagersForm:
    """The list of managers, as a form."""

    def __init__(self, naming: Naming, beside: Beside) -> None:
        self._naming = naming
        self._beside = beside

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.view(CALLBACK)(self.save)

    def form(self, asker: Asker) -> Block:
        """The form. Raises NotAllowed and NotKept."""
        return draw_form(self._naming.open(asker.workspace, asker.person))

    def save(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Store the list, and close the form."""
        asker = where_of(body).asker
        before, wanted = _named(drawn(view)), _named(answers(view))
        self._beside.settle(ack, body, client, lambda: self._naming.save(asker.workspace, asker.person, before, wanted))


def _named(held: dict[str, Any]) -> Named:
    return Named(frozenset(held.get("people") or ()), bool(held.get(SECOND)))


def draw_form(named: Named) -> Block:
    """The form, with who is named already."""
    people = sorted(named.people)
    picker: Block = {"type": "multi_users_select", "action_id": "people"}
    if people:
        picker["initial_users"] = people
    every = option(SECOND, "A second manager approves every change")
    box: Block = {"type": "checkboxes", "action_id": SECOND, "options": [every]}
    if named.second_person:
        box["initial_options"] = [every]
    blocks = [
        question("people", "Who keeps the playbooks?", picker, optional=True),
        question(SECOND, "Four eyes", box, optional=True, hint="New phrases of safety cards always need a second one."),
        context(_WHAT),
    ]
    return modal("Managers", blocks, callback=CALLBACK, submit="Save")
