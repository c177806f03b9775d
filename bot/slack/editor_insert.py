"""“Insert a detail”: a small form that puts a fact into a line, so that nobody types curly brackets."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.services.draft import clean
from bot.services.edit import Edit
from bot.services.insert import has_blank, insert
from bot.services.lines import detail, lines
from bot.slack.beside import Beside, Errors, Settled
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
_LONGEST = {"instead": 60, "sentence": 200}
"""Characters of what may be typed."""
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
        """Put the detail into the line, and show it in the form below."""

        def inserted() -> Settled:
            draft = self._forms.find(where_of(body).asker, view)
            told = {name: clean(str(found or "")) for name, found in answers(view).items()}
            if wrong := dict(_wrong(draft.fields, told)):
                return Errors(wrong)
            changed = dataclasses.replace(draft, fields=_inserted(draft.fields, told))
            self._edit.keep(changed)
            place = dataclasses.replace(place_of(view), turn=place_of(view).turn + 1)
            below = str(view.get("previous_view_id") or "")
            self._beside.do(body, lambda: client.views_update(view_id=below, view=self._forms.draw(changed, place)))
            return None

        self._beside.settle(ack, body, client, inserted)


def draw_insert(fields: Mapping[str, str], place: Place) -> Block:
    """The questions: which detail, into which line, and what to say where it is not known."""
    names, shown = _details(fields), _lines(fields)
    if not names:
        return page("Insert a detail", _NONE)
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
            typed("told", longest=_LONGEST["instead"]),
            optional=True,
            hint="So that no gap is left: “them”, “that day”.",
        ),
        question(
            "sentence",
            "Or: a whole sentence that is only said when it is known",
            typed("told", longest=_LONGEST["sentence"], multiline=True),
            optional=True,
            hint="With … where the detail belongs: “I expect them back on ….”",
        ),
    ]
    return modal("Insert a detail", blocks, callback=CALLBACK, submit="Insert", close="Back", kept=place.dump())


def _menu(options: list[Block]) -> Block:
    return {"type": "static_select", "action_id": "chosen", "options": options}


def _details(fields: Mapping[str, str]) -> list[str]:
    return [found[0] for line in lines(fields.get("details", "")) if (found := detail(line))]


def _lines(fields: Mapping[str, str]) -> dict[str, str]:
    """The lines that may hold a detail, by the field and the number of the step."""
    steps = {f"steps/{number}": f"Do: {line}" for number, line in enumerate(lines(fields.get("steps", "")))}
    return {name: f"{label}: {fields[name]}" if fields.get(name) else label for name, label in _LINES.items()} | steps


def _wrong(fields: Mapping[str, str], told: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """A sentence for each answer that the form does not offer, or that is too long."""
    if told.get("detail") not in _details(fields):
        yield "detail", "This detail is no longer there; go back and write it under Details."
    if told.get("where") not in _lines(fields):
        yield "where", "This line is no longer there; go back and open this form again."
    for name, longest in _LONGEST.items():
        if len(told.get(name, "")) > longest:
            yield name, f"Shorten this to at most {longest} characters."


def _inserted(fields: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    field, _, number = told["where"].partition("/")
    listed = lines(fields[field]) if number else [fields.get(field, "")]
    at = int(number or 0)
    listed[at] = insert(listed[at], *(told.get(name, "") for name in ("detail", "instead", "sentence")))
    return {**fields, field: "\n".join(listed)}
