"""The one place where an unexpected error ends: a reference in the log, a sentence and the safety line on the phone."""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from slack_sdk.errors import SlackClientError

from bot.domain.asker import Asker
from bot.safety.card import safety_line
from bot.services.shelf import ShelfAt

log = logging.getLogger(__name__)


class Faults:
    """Tells people and the log of an error, and neither of what was typed."""

    def __init__(self, at: ShelfAt) -> None:
        self._at = at

    @contextmanager
    def told(self, asker: Asker, tell: Callable[[str], object]) -> Iterator[None]:
        """Run a listener; on any error log a reference and tell it with the safety line through `tell`."""
        try:
            yield
        except Exception as error:  # noqa: BLE001 - the one handler of the house
            reference = secrets.token_hex(4)
            # The message of an error may hold what was typed; its kind and place do not.
            place = error.__traceback__
            while place and place.tb_next:
                place = place.tb_next
            where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
            log.error("reference %s: %s at %s", reference, type(error).__name__, where)  # noqa: TRY400 - no message
            self._tell(asker, tell, reference)

    def _tell(self, asker: Asker, tell: Callable[[str], object], reference: str) -> None:
        shelf = self._at(asker)
        sentence = shelf.frames.render("failed", reference=reference)
        try:
            tell(f"{sentence}\n{safety_line(shelf.policy)}")
        except (SlackClientError, OSError):
            log.error("reference %s: Slack could not be told", reference)  # noqa: TRY400
