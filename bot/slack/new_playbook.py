"""“New playbook”, and the two things that a manager makes of a gap: a phrase of a playbook, or the start of one."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.gap import Gap
from bot.rendering.wording import escape
from bot.services.new_playbook import Begin
from bot.slack.beside import Beside
from bot.slack.editor_forms import Forms
from bot.slack.editor_state import Place
from bot.slack.parts import Block, answers, modal, page, question, section, typed
from bot.slack.where import where_of

NEW, PHRASE = "new-playbook", "gap-phrase"
START = "gap-start"
_GONE = page("Gap", "Somebody has dealt with this one already. Open Home again to see what is left.")
_NO_TITLE = "Give it a title, as “Customer asks for a discount”."
_NO_PLAYBOOK = "Choose the playbook that this belongs to."


class NewPlaybook:
    """The first question of a new playbook, and where a gap's situation belongs."""

    def __init__(self, begin: Begin, forms: Forms, beside: Beside) -> None:
        self._begin = begin
        self._forms = forms
        self._beside = beside

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action(NEW)(self.ask)
        app.action(START)(self.ask)
        app.action(PHRASE)(self.ask)
        app.view(NEW)(self.start)
        app.view(PHRASE)(self.add)

    def ask(self, ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient) -> None:
        """Ask for the title, or for the playbook that a gap's situation belongs to."""
        ack()
        tapped, named = str(action["action_id"]), str(action.get("value") or "") if action["action_id"] != NEW else ""

        def asked() -> Block:
            asker = where_of(body).asker
            gap = self._begin.gap(asker.workspace, asker.person, named)
            if named and gap is None:
                return _GONE
            return draw_belongs(gap) if gap and tapped == PHRASE else draw_new(gap)

        self._beside.show(body, client, asked)

    def start(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Begin the form of a new playbook."""
        title = str(answers(view).get("title") or "")
        if not title.strip():
            ack(response_action="errors", errors={"title": _NO_TITLE})
            return
        with self._beside.told(ack, body):
            asker = where_of(body).asker
            gap = self._begin.gap(asker.workspace, asker.person, str(view.get("private_metadata") or ""))
            draft = self._begin.new(asker.workspace, asker.person, title[:70], gap)
            ack(response_action="update", view=self._forms.draw(draft, Place(draft.playbook)))

    def add(self, ack: Ack, body: dict[str, Any], view: dict[str, Any]) -> None:
        """Open the form of the chosen playbook, with the situation as one more phrase."""
        playbook = str(answers(view).get("playbook") or "")
        if not playbook:
            ack(response_action="errors", errors={"playbook": _NO_PLAYBOOK})
            return
        with self._beside.told(ack, body):
            asker = where_of(body).asker
            gap = self._begin.gap(asker.workspace, asker.person, str(view.get("private_metadata") or ""))
            draft = self._begin.add(asker.workspace, asker.person, playbook, gap)
            ack(response_action="update", view=self._forms.draw(draft, Place(draft.playbook)))


def draw_new(gap: Gap | None) -> Block:
    """The question for a title."""
    about = [section(f"*Somebody asked*\n“{escape(gap.text)}”")] if gap else []
    hint = "What staff tap: “Customer asks for a discount”. At most 70 characters."
    asks = question("title", "What is it about?", typed("told", longest=70), hint=hint)
    kept = gap.id if gap else ""
    return modal("New playbook", [*about, asks], callback=NEW, submit="Next", close="Cancel", kept=kept)


def draw_belongs(gap: Gap) -> Block:
    """The question which playbook a situation belongs to."""
    menu: Block = {"type": "external_select", "action_id": "playbooks", "min_query_length": 0}
    blocks = [
        section(f"*Somebody asked*\n“{escape(gap.text)}”"),
        question("playbook", "Which playbook should it find?", menu, hint="Type a word of its title."),
    ]
    return modal("Add to a playbook", blocks, callback=PHRASE, submit="Next", close="Cancel", kept=gap.id)
