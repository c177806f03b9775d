"""How a command that runs on is asked to stop."""

import signal
import threading


def asked_to_stop() -> threading.Event:
    """What is set from now on when somebody presses Ctrl+C, or the host ends the process."""
    stopped = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopped.set())
    return stopped
