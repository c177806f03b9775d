"""“New playbook”, and the two things that a manager makes of a gap: a phrase of a playbook, or the start of one."""

from collections.abc import Sequence
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.asker import Asker
from bot.domain.gap import Gap
from bot.rendering.wording import escape
from bot.services.draft import clean
from bot.services.new_playbook import Begin
from bot.slack.beside import Beside, Errors, Settled
from bot.slack.editor_forms import Forms
from bot.slack.editor_state import Place
from bot.slack.parts import Block, answers, cut, modal, page, question, section, typed
from bot.slack.where import where_of

NEW, PHRASE = "new-playbook", "gap-phrase"
START = "gap-start"
SHOWN, TITLE = 5, 70
"""Situations of a group that are shown, and characters of a title."""
_GONE = page("Gap", "Somebody has dealt with this one already. Open Home again to see what is left.")
_NO_TITLE = "Give it a title, as “Customer asks for a discount”."
_LONG = f"Shorten the title to at most {TITLE} characters."
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
            gaps = self._gaps(asker, named)
            if named and not gaps:
                return _GONE
            return draw_belongs(gaps) if gaps and tapped == PHRASE else draw_new(gaps)

        self._beside.show(body, client, asked)

    def start(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Begin the form of a new playbook."""
        title = clean(str(answers(view).get("title") or ""))

        def begun() -> Settled:
            if not title.strip() or len(title) > TITLE:
                return Errors({"title": _LONG if title.strip() else _NO_TITLE})
            asker = where_of(body).asker
            gaps = self._gaps(asker, str(view.get("private_metadata") or ""))
            draft = self._begin.new(asker.workspace, asker.person, title, gaps)
            return self._forms.draw(draft, Place(draft.playbook))

        self._beside.settle(ack, body, client, begun)

    def add(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Open the form of the chosen playbook, with the situation as one more phrase."""
        playbook = str(answers(view).get("playbook") or "")

        def added() -> Settled:
            if not playbook:
                return Errors({"playbook": _NO_PLAYBOOK})
            asker = where_of(body).asker
            gaps = self._gaps(asker, str(view.get("private_metadata") or ""))
            draft = self._begin.add(asker.workspace, asker.person, playbook, gaps)
            return self._forms.draw(draft, Place(draft.playbook))

        self._beside.settle(ack, body, client, added)

    def _gaps(self, asker: Asker, ids: str) -> tuple[Gap, ...]:
        return self._begin.gaps(asker.workspace, asker.person, ids.split(","))


def draw_new(gaps: Sequence[Gap]) -> Block:
    """The question for a title."""
    about = [_asked(gaps)] if gaps else []
    hint = f"What staff tap: “Customer asks for a discount”. At most {TITLE} characters."
    asks = question("title", "What is it about?", typed("told", longest=TITLE), hint=hint)
    return modal("New playbook", [*about, asks], callback=NEW, submit="Next", close="Cancel", kept=_ids(gaps))


def draw_belongs(gaps: Sequence[Gap]) -> Block:
    """The question which playbook situations belong to."""
    menu: Block = {"type": "external_select", "action_id": "playbooks", "min_query_length": 0}
    blocks = [
        _asked(gaps),
        question("playbook", "Which playbook should it find?", menu, hint="Type a word of its title."),
    ]
    return modal("Add to a playbook", blocks, callback=PHRASE, submit="Next", close="Cancel", kept=_ids(gaps))


def _asked(gaps: Sequence[Gap]) -> Block:
    texts = list(dict.fromkeys(gap.text for gap in gaps))
    said = "\n".join(f"> {escape(cut(text, 300))}" for text in texts[:SHOWN])
    more = f"\n… and {len(texts) - SHOWN} more" if len(texts) > SHOWN else ""
    return section(f"*Somebody asked*\n{said}{more}")


def _ids(gaps: Sequence[Gap]) -> str:
    return ",".join(gap.id for gap in gaps)
