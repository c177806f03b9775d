"""How a command that runs on is asked to stop."""

import os
import signal
import threading


def asked_to_stop() -> threading.Event:
    """What is set from now on when somebody presses Ctrl+C, or the host ends the process."""
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

    threading.Thread(target=listen, name="stop", daemon=True).start()
    return stopped
