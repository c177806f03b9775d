"""The socket that `serve` listens on: a new one, systemd's, or that of the Cuecard whose place it takes."""

import contextlib
import logging
import os
import resource
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.settings import SettingsError

log = logging.getLogger(__name__)
EVERYWHERE = "0.0.0.0"  # noqa: S104 - hosts route to it
BACKLOG = 1024
"""Connections that wait in the kernel while no process accepts them."""
CONNECTIONS = 8192
"""Connections at once to a process, as far as it may open files; those that say nothing are closed after seconds."""
FILES = 256
"""Files that a process opens beside its connections."""
_FIRST_OF_SYSTEMD = 3
_ASKED = 2.0
_HELLO = 200
_STANDS = b"."
Socket = socket.socket


@dataclass(frozen=True, slots=True)
class Listening:
    """A socket that listens, and a line to the Cuecard that serves on it too, until it is told to end."""

    socket: Socket
    line: Socket | None = None

    def take_place(self) -> None:
        """Tell the other one that it may end: whoever waits on the socket is served here."""
        if self.line:
            with self.line, contextlib.suppress(OSError):
                self.line.sendall(_STANDS)


def listen(port: int, meeting: Path, *, replace: bool) -> Listening:
    """Listen on a port; with `replace`, beside the Cuecard that does so now, which is met at a path of its own.

    Raises SettingsError where somebody else listens, and where systemd listens on no port.
    """
    if inherited := _inherited():
        return Listening(inherited)
    try:
        return Listening(_bound(port))
    except OSError as error:
        met = _met(meeting, port)
        if met is None:
            raise SettingsError(
                f"Cuecard cannot listen on port {port} ({error.strerror}); stop what does, or set PORT to another."
            ) from None
        found, line, hello = met
        if not replace:
            found.close()
            line.close()
            raise SettingsError(
                f"A Cuecard serves on port {port} already ({hello}); stop it, set PORT to another, "
                "or let this one take its place: cuecard serve --replace."
            ) from None
        log.info("Taking the place of the Cuecard on port %d (%s), once this one answers.", port, hello)
        return Listening(found, line)


def offer(listening: socket.socket, meeting: Path, end: Callable[[], object]) -> None:
    """Hand the socket to whoever of this user asks for it, from now on and beside; `end` once they serve."""
    door = socket.socket(socket.AF_UNIX)
    try:
        meeting.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        meeting.unlink(missing_ok=True)
        door.bind(str(meeting))
        meeting.chmod(0o600)
        door.listen()
    except OSError as error:
        door.close()
        log.info("`cuecard serve --replace` will not find this Cuecard at %s (%s).", meeting, error)
        return
    hello = f"{version('cuecard')}, process {os.getpid()}".encode()

    def hand_over(line: socket.socket) -> None:
        with line, contextlib.suppress(OSError):
            socket.send_fds(line, [hello], [listening.fileno()])
            if line.recv(1) == _STANDS:
                log.info("Another Cuecard has taken this one's place.")
                end()

    def answer() -> None:
        while True:
            line, _ = door.accept()
            threading.Thread(target=hand_over, args=(line,), name="handover", daemon=True).start()

    threading.Thread(target=answer, name="meeting", daemon=True).start()


def connections() -> int:
    """How many connections a process may hold; raises its own limit of open files as far as it may."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    files = CONNECTIONS + FILES if most == resource.RLIM_INFINITY else min(CONNECTIONS + FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, most))
    return max(1, files - FILES)


def _bound(port: int) -> socket.socket:
    found = socket.socket()
    try:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((EVERYWHERE, port))
        found.listen(BACKLOG)
    except OSError:
        found.close()
        raise
    return found


def _inherited() -> socket.socket | None:
    """The socket of a systemd socket unit, if there is one (sd_listen_fds(3)). Raises SettingsError without a port."""
    if os.environ.get("LISTEN_PID") != str(os.getpid()) or not os.environ.get("LISTEN_FDS"):
        return None
    found = socket.socket(fileno=_FIRST_OF_SYSTEMD)
    if found.family not in (socket.AF_INET, socket.AF_INET6):
        found.close()
        raise SettingsError("Let the socket unit listen on a port, as ListenStream=3000.")
    return found


def _met(meeting: Path, port: int) -> tuple[socket.socket, socket.socket, str] | None:
    """The socket of the Cuecard that listens on a port, a line to it, and what it says of itself; None without one."""
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(_ASKED)
    try:
        line.connect(str(meeting))
        hello, files, _, _ = socket.recv_fds(line, _HELLO, 1)
        found = socket.socket(fileno=files[0])
    except (OSError, IndexError):
        line.close()
        return None
    if found.getsockname()[1] != port:
        found.close()
        line.close()
        return None
    return found, line, hello.decode()
