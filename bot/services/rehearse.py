"""A form tried out before it is saved: its card as the writer's site shows it, and what a situation would find."""

from bot.domain.asker import Asker
from bot.domain.draft import Draft
from bot.domain.playbook import Playbook
from bot.domain.problem import Problem, Refused
from bot.rendering.wording import WordingError
from bot.safety.card import safety_line
from bot.safety.cards import CARDS
from bot.services.draft import text_of
from bot.services.in_form import in_form
from bot.services.overlay import Written, read_text
from bot.services.preview import PLAIN, Shown, Tried, previews, try_it
from bot.services.shelves import Shelves


class Rehearse:
    """Tries forms out; changes nothing, and keeps nothing of what is typed."""

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves

    def looks(self, draft: Draft, asker: Asker) -> tuple[Shown, ...]:
        """Every look of the card. Raises Refused, with problems in the form's fields, while it cannot be drawn."""
        shelf = self._shelves.at(asker)
        if draft.playbook in CARDS:
            return (Shown(PLAIN, CARDS[draft.playbook].card(shelf.policy)),)
        entry = self._written(draft).entry
        try:
            return previews(entry, shelf) if isinstance(entry, Playbook) else ()
        except WordingError as error:
            problem = Problem(f"{draft.playbook}.yaml", 0, 0, error.field, str(error))
            raise Refused(tuple(in_form([problem], draft.fields))) from None

    def safety_line(self, asker: Asker) -> str:
        """The line that stands below every answer at the writer's site."""
        return safety_line(self._shelves.at(asker).policy)

    def try_it(self, draft: Draft, text: str, asker: Asker) -> Tried:
        """What a situation finds at the writer's site now, and after this change. Raises Refused.

        It takes as long as compiling a shelf.
        """
        after = self._shelves.candidate(draft.workspace, {draft.playbook: self._written(draft)})
        if after.problems:
            raise Refused(tuple(in_form(after.problems, draft.fields)))
        return try_it(text, self._shelves.at(asker), after.shelf.at(asker))

    def _written(self, draft: Draft) -> Written:
        return read_text(draft.playbook, text_of(draft.playbook, draft.fields))
