"""Builds the bot that answers from Settings, without Slack and without a database."""

import gc
import logging
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.domain.library import Library
from bot.domain.problem import Problem, Refused
from bot.domain.situation import Situation
from bot.library.last_good import LastGood
from bot.library.lend import lend
from bot.library.load import load_library
from bot.library.watch import changes
from bot.matching.compiler import Compiler
from bot.matching.encoder import SHIPPED, Encoder, EncoderError, Told
from bot.matching.store import Cache, Shipped
from bot.progress import tell
from bot.rendering.frames import Frames
from bot.services.ask import Ask
from bot.services.overlay import spare
from bot.services.ports import Kept
from bot.services.retention import Retention
from bot.services.shelf import Shelf
from bot.services.shelves import InForce, Shelves, ship
from bot.services.survive import survived
from bot.settings import Settings, SettingsError

log = logging.getLogger(__name__)
LEARNT = SHIPPED.parent / "shipped"
"""What was learnt of the shipped library; `make learn` makes it anew."""
FRESH = 0.5
"""Seconds between two looks at what other processes have changed."""
HOUR = 3600.0
"""Seconds between two looks at what is old."""


@dataclass(frozen=True, slots=True)
class Bot:
    """The parts that a command or a server needs; `kept` is the database that the shelves follow, if any."""

    shelves: Shelves
    compiler: Compiler
    kept: Kept | None = None

    @property
    def library(self) -> Library:
        """The shipped playbooks."""
        return self.shelves.shipped

    @property
    def shelf(self) -> Shelf:
        """The shipped shelf, as policy.yaml's site sees it."""
        return self.shelves.of("")

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the folder of playbooks."""
        return self.shelves.problems

    @property
    def ask(self) -> Ask:
        """What answers questions."""
        return Ask(self.shelves.at)

    def warm(self) -> None:
        """Answer once for nobody, so that the first person does not wait for lists of names and words.

        What is there by then stays, so that the garbage collector need not look through it, which halts everybody.
        """
        self.ask.ask(Situation("the first question"))
        gc.collect()
        gc.freeze()

    def over(self, kept: Kept, *, real: bool = False) -> "Bot":
        """The same shipped shelf over a database, with what it keeps in force; a `real` workplace sees no fiction."""
        shelves = self.shelves.over(kept, real=real)
        shelves.refresh()
        return replace(self, shelves=shelves, kept=kept)


def build_bot(settings: Settings, told: Told = tell) -> Bot:
    """Read the folder of playbooks and compile them, in the place of a broken file the last of it that worked.

    Raises Refused when the policy or the folder cannot be read.

    `told` hears how many of how many texts are read, and may raise.
    """
    with uncollected():
        last = LastGood(settings.cache, settings.playbooks)
        library, problems = load_library(settings.playbooks, last.read())
        if library is None:
            raise Refused(problems)
        compiler = build_compiler(settings, told)
        library = lend(library, settings.shipped)
        shipped, more = ship(library, Frames(settings.templates), compiler)
        if more:
            shipped, _ = ship(spare(library, more, last.read()), shipped.compiled.frames, compiler, shipped.compiled)
        elif not problems:
            last.keep(library)
    _tell_spared(shipped, {problem.file for problem in (*problems, *more)})
    return Bot(Shelves(shipped, compiler, problems=(*problems, *more), remember=last.keep), compiler)


def _tell_spared(shipped: InForce, broken: Collection[str]) -> None:
    there = (*shipped.compiled.cards, *shipped.library.phrases, "policy")
    for file in sorted({f"{name}.yaml" for name in there} & set(broken)):
        log.warning("In the place of %s stands the last of it that worked.", file)


@contextmanager
def uncollected() -> Iterator[None]:
    """Leave the garbage collector out where all that is built stays: it would look through it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def keep_fresh(shelves: Shelves, settings: Settings, told: Callable[[], None] = lambda: None) -> Callable[[], None]:
    """Follow the database and the folder of playbooks in the background; what to call to stop that.

    `told` is called after each look at a folder that has changed.
    """
    stopped = threading.Event()

    def follow_database() -> None:
        while not stopped.wait(FRESH):
            with survived("following the database"):
                shelves.refresh()

    def follow_folder() -> None:
        for _ in changes(settings.playbooks, stopped):
            with survived("following the folder of playbooks"):
                library, problems = load_library(settings.playbooks)
                shelves.reload(lend(library, settings.shipped) if library else None, problems)
                for problem in shelves.problems:
                    log.warning("%s The playbooks stay as they were.", problem)
                told()

    for work in (follow_database, follow_folder):
        threading.Thread(target=work, name=work.__name__, daemon=True).start()
    return stopped.set


def keep_tidy(kept: Kept, days: int) -> None:
    """Delete in the background what was kept for so many days, now and every hour."""
    retention = Retention(kept.traces, days)

    def tidy() -> None:
        while True:
            with survived("deleting what is old"):
                retention.clear()
            time.sleep(HOUR)

    threading.Thread(target=tidy, name="tidy", daemon=True).start()


def build_compiler(settings: Settings, told: Told = tell) -> Compiler:
    """What compiles libraries. Without a loadable encoder, words alone decide, and the log says so.

    Raises SettingsError when CUECARD_ENCODER names a folder that cannot be used.
    """
    try:
        encoder = Encoder(settings.encoder or SHIPPED)
    except EncoderError as error:
        if settings.encoder:
            raise SettingsError(f"{error} CUECARD_ENCODER must hold model.onnx and tokenizer.json.") from None
        log.warning("%s Words alone decide until it is there again.", error)
        encoder = None
    return Compiler(encoder, Cache(settings.cache), told, Shipped(LEARNT))
