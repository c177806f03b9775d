"""How a command that runs on is asked to stop, and how a process ends with its parent."""

import logging
import os
import signal
import sys
import threading
import time
from typing import NoReturn

LOOK = 0.5
"""Seconds between two looks at whether the parent is still there."""
PATIENCE = 2
"""Seconds in which a process that was asked to stop finishes what it has begun."""


def asked_to_stop(within: float | None = None) -> threading.Event:
    """What is set from now on when somebody presses Ctrl+C, or the host ends the process.

    The process ends `within` these seconds then, whatever its threads still wait for; unless given, it may take longer.
    """
    stopped = threading.Event()
    heard, told = os.pipe()
    os.set_blocking(told, False)
    # Python runs a handler once the main thread wakes, which may be never where the signal came just before it slept.
    signal.set_wakeup_fd(told)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: None)

    def listen() -> None:
        os.read(heard, 1)
        stopped.set()
        if within is not None:
            time.sleep(within)
            leave(0)

    threading.Thread(target=listen, name="stop", daemon=True).start()
    return stopped


def leave(code: int) -> NoReturn:
    """End this process at once: to take down all that is loaded takes Python a second, and more on a busy machine."""
    logging.shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def end_with_parent() -> None:
    """End this process in good order, and then in any, once its parent is gone: the parent alone would replace it."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(PATIENCE)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, name="parent", daemon=True).start()
