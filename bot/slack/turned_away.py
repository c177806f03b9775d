"""Who was turned away, and why: counted each time, and told to the log once a minute."""

import logging

from bot.logs import Seldom
from bot.services.figures import Figures

log = logging.getLogger(__name__)


class TurnedAway:
    """Hears why somebody was turned away; `why` is one of a few words of ours."""

    def __init__(self, figures: Figures) -> None:
        self._figures = figures
        self._seldom = Seldom()

    def __call__(self, why: str) -> None:
        """Count one."""
        self._figures.refused(why)
        if count := self._seldom.count(why):
            log.warning("turned away: %s%s", why, f" ({count} since the last such line)" if count > 1 else "")
