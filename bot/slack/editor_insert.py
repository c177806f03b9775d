"""“Insert a detail”: a small form that puts a fact into a line, so that nobody types curly brackets."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.domain.draft import Draft
from bot.services.edit import Edit
from bot.services.insert import has_blank, insert
from bot.services.lines import detail, lines
from bot.slack.beside import Beside
from bot.slack.editor_forms import Forms
from bot.slack.editor_state import Place, place_of
from bot.slack.parts import Block, answers, modal, option, page, question, typed
from bot.slack.where import where_of

CALLBACK = "editor:insert"
_LINES = {
    "say.first": "Say first",
    "say.firm": "When they push",
    "say.final": "Last words",
    "posture": "Posture",
    "boss.when": "If what happens",
}
_NONE = (
    "There are no details yet. On the page *The words*, write one under Details, as “name (person): Who do they want?”."
)


class EditorInsert:
    """The small form on top of the playbook's form."""

    def __init__(self, edit: Edit, forms: Forms, beside: Beside) -> None:
        self._edit = edit
        self._forms = forms
        self._beside = beside

    def listen(self, app: App) -> None:
        """Register with Bolt."""
        app.action("editor:insert")(self.open)
        app.view(CALLBACK)(self.insert)

    def open(self, ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        """Keep the page, and ask which detail goes where."""
        ack()

        def asked() -> Block:
            turned = self._forms.keep(where_of(body).asker, body["view"])
            return draw_insert(turned.draft.fields, turned.place)

        self._beside.show(body, client, asked)

    def insert(self, ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        """Put the detail into the line, and show it in the form below before this one closes."""
        with self._beside.told(ack, body):
            draft = self._forms.find(where_of(body).asker, view)
            changed = dataclasses.replace(draft, fields=_inserted(draft, answers(view)))
            self._edit.keep(changed)
            place = dataclasses.replace(place_of(view), turn=place_of(view).turn + 1)
            self._beside.update(str(view.get("previous_view_id") or ""), client, self._forms.draw(changed, place))
            ack()


def draw_insert(fields: Mapping[str, str], place: Place) -> Block:
    """The questions: which detail, into which line, and what to say where it is not known."""
    names = [found[0] for line in lines(fields.get("details", "")) if (found := detail(line))]
    if not names:
        return page("Insert a detail", _NONE)
    steps = {f"steps/{number}": f"Do: {line}" for number, line in enumerate(lines(fields.get("steps", "")))}
    said = {name: f"{label}: {fields[name]}" if fields.get(name) else label for name, label in _LINES.items()}
    shown = {**said, **steps}
    where = _menu([option(value, line) for value, line in shown.items()][:100])
    if chosen := next((option(value, line) for value, line in shown.items() if has_blank(line)), None):
        where["initial_option"] = chosen
    blocks = [
        question("detail", "Which detail?", _menu([option(name, name.replace("_", " ")) for name in names][:100])),
        question(
            "where",
            "Into which line?",
            where,
            hint="It goes where you typed ___ or … in that line, else to its end.",
        ),
        question(
            "instead",
            "What to say when it is not known",
            typed("told", longest=60),
            optional=True,
            hint="So that no gap is left: “them”, “that day”.",
        ),
        question(
            "sentence",
            "Or: a whole sentence that is only said when it is known",
            typed("told", longest=200, multiline=True),
            optional=True,
            hint="With … where the detail belongs: “I expect them back on ….”",
        ),
    ]
    return modal("Insert a detail", blocks, callback=CALLBACK, submit="Insert", close="Back", kept=place.dump())


def _menu(options: list[Block]) -> Block:
    return {"type": "static_select", "action_id": "chosen", "options": options}


def _inserted(draft: Draft, told: Mapping[str, Any]) -> dict[str, str]:
    field, _, number = str(told.get("where") or "say.first").partition("/")
    listed = (lines(draft.fields.get(field, "")) or [""]) if number else [draft.fields.get(field, "")]
    at = min(int(number or 0), len(listed) - 1)
    more = (str(told.get(name) or "") for name in ("detail", "instead", "sentence"))
    listed[at] = insert(listed[at], *more)
    return {**draft.fields, field: "\n".join(listed)}
