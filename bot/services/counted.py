"""What people do, counted where it is done: the services themselves know nothing of it."""

import time

from bot.domain.answer import Menu, Reply
from bot.domain.asker import Asker
from bot.domain.match import Ranking
from bot.domain.revision import Revision
from bot.domain.situation import Situation
from bot.services.ask import Ask
from bot.services.figures import Figures
from bot.services.gaps import TellGap, Told
from bot.services.gate import Gate
from bot.services.ports import Kept
from bot.services.saving import Outcome, Saving
from bot.services.shelf import ShelfAt
from bot.services.who_may import WhoMay


class CountedAsk(Ask):
    """Questions, by what they were answered, and how long it took."""

    def __init__(self, at: ShelfAt, figures: Figures) -> None:
        super().__init__(at)
        self._figures = figures

    def ask(self, situation: Situation) -> tuple[Reply, Ranking]:
        """The reply to a situation, counted unless nothing was typed."""
        started = time.perf_counter()
        reply, ranking = super().ask(situation)
        if not isinstance(reply.content, Menu):
            self._figures.asked(type(reply.content).__name__.lower(), time.perf_counter() - started)
        return reply, ranking


class CountedGap(TellGap):
    """Gaps that were kept."""

    def __init__(self, kept: Kept, at: ShelfAt, figures: Figures) -> None:
        super().__init__(kept.gaps, Ask(at), at)
        self._figures = figures

    def tell(self, asker: Asker, text: str, seen: str) -> Told:
        """What became of a situation, counted where it was kept. Raises NotKept."""
        told = super().tell(asker, text, seen)
        if told.kept:
            self._figures.gap()
        return told


class CountedSaving(Saving):
    """Versions that people wanted to save, and those they approved."""

    def __init__(self, who: WhoMay, kept: Kept, gate: Gate, figures: Figures) -> None:
        super().__init__(who, kept, gate)
        self._figures = figures

    def add(self, revision: Revision) -> Outcome:
        """What became of a version. Raises NotKept."""
        return self._counted(super().add(revision))

    def approve(self, revision: Revision, person: str) -> Outcome:
        """What became of an approval. Raises NotKept."""
        return self._counted(super().approve(revision, person))

    def _counted(self, outcome: Outcome) -> Outcome:
        self._figures.edited(type(outcome).__name__.lower())
        return outcome
