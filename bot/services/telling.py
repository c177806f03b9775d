"""Calls for the boss that did not get through, told again in the background for as long as they wait."""

import threading
from collections.abc import Callable

from bot.services.call import CallBoss
from bot.services.survive import survived

EVERY = 10.0
"""Seconds between two looks at the calls that wait."""
LOOKS = 30
"""Looks at the calls to one at the duty channel: every five minutes, and every ten seconds while it does not work."""


def keep_telling(
    calls: CallBoss, told: Callable[[int], object] = lambda _: None, every: float = EVERY
) -> threading.Event:
    """Look at once and then again and again; set what comes back to stop that. `told` hears how many got through."""
    stopped = threading.Event()

    def go_on() -> None:
        looked = 0
        while True:
            with survived("telling calls again"):
                if looked % LOOKS == 0 or calls.trouble:
                    calls.look()
                told(calls.tell_again())
            looked += 1
            if stopped.wait(every):
                return

    threading.Thread(target=go_on, name="telling", daemon=True).start()
    return stopped
