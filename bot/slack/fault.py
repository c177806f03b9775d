"""The one place where errors end: a sentence and the safety line on the phone, and of the unexpected a reference."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.domain.asker import Asker
from bot.logs import number
from bot.rendering.wording import escape
from bot.safety.card import safety_line
from bot.services.ports import NotKept
from bot.services.shelf import ShelfAt
from bot.services.survive import place_of
from bot.services.who_may import NotAllowed
from bot.slack.trouble import TROUBLE, note

log = logging.getLogger(__name__)
ASKED = 5
"""People named in a refusal."""
NOT_KEPT = "I could not store that just now, so nothing was changed. Try again in a minute."


class Faults:
    """Tells people and the log of an error, and neither of what was typed."""

    def __init__(self, at: ShelfAt, refused: Callable[[str], object] = str) -> None:
        self._at = at
        self._refused = refused

    @contextmanager
    def told(self, asker: Asker, tell: Callable[[str], object]) -> Iterator[None]:
        """Run a listener; on any error tell a sentence with the safety line through `tell`, in Slack's marks.

        What was not allowed or could not be kept says so; of anything else the log has a reference.
        """
        try:
            yield
        except NotAllowed as refused:
            log.info("refused: %s", type(refused).__name__)
            self._refused("not allowed")
            self._tell(asker, tell, refusal(refused))
        except NotKept:
            log.warning("The database does not answer; somebody was told that nothing was changed.")
            self._tell(asker, tell, NOT_KEPT)
        except Exception as error:  # noqa: BLE001 - the one handler of what people do
            reference = number()
            # The message of an error may hold what was typed; its kind and place do not.
            kind = type(error).__name__
            log.error("reference %s: %s at %s", reference, kind, place_of(error))  # noqa: TRY400 - no message
            sentence = self._at(asker).frames.render("failed", reference=reference)
            self._tell(asker, tell, sentence)

    def with_safety(self, asker: Asker, sentence: str) -> str:
        """A sentence in Slack's marks with the safety line below it."""
        return f"{sentence}\n{escape(safety_line(self._at(asker).policy))}"

    def _tell(self, asker: Asker, tell: Callable[[str], object], sentence: str) -> None:
        try:
            tell(self.with_safety(asker, sentence))
        except TROUBLE as error:
            note("a sentence", error)


def refusal(refused: NotAllowed) -> str:
    """The sentence with whom to ask, in Slack's marks."""
    sentence = escape(str(refused))
    if refused.ask is None:
        return sentence
    named = ", ".join(f"<@{person}>" for person in sorted(refused.ask)[:ASKED])
    return f"{sentence} Ask {named + ' or ' if named else ''}an owner or an admin of this workspace."
