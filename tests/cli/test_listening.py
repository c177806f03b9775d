"""Who listens on a port, and how a socket goes from one Cuecard to the next."""

import os
import socket
import threading

import pytest
from server import free_port

from bot.cli import listening as listening_module
from bot.cli.listening import listen, offer
from bot.settings import SettingsError


@pytest.fixture
def first(tmp_path):
    """A port that a Cuecard listens on, where it is met, and what is set once it is told to end."""
    port, ended = free_port(), threading.Event()
    found = listen(port, tmp_path / "serve.sock", replace=False)
    with found.socket:
        offer(found.socket, tmp_path / "serve.sock", ended.set)
        yield port, tmp_path / "serve.sock", ended


def test_the_very_socket_goes_to_the_next_one_and_the_first_ends_once_that_stands(first, patience):
    port, meeting, ended = first
    second = listen(port, meeting, replace=True)
    with second.socket, socket.create_connection(("127.0.0.1", port)):
        second.socket.settimeout(patience)
        accepted, _ = second.socket.accept()
        accepted.close()
        assert not ended.is_set()
        second.take_place()
        assert ended.wait(patience)


def test_one_that_goes_before_it_stands_ends_nobody(first, patience):
    port, meeting, ended = first
    gone = listen(port, meeting, replace=True)
    gone.line.close()
    gone.socket.close()
    third = listen(port, meeting, replace=True)
    assert not ended.is_set()
    with third.socket:
        third.take_place()
    assert ended.wait(patience)


def test_only_who_asks_to_takes_a_place(first):
    port, meeting, _ = first
    with pytest.raises(
        SettingsError, match=rf"A Cuecard serves on port {port} already \(0.1.0, process {os.getpid()}\)"
    ):
        listen(port, meeting, replace=False)


def test_a_cuecard_on_another_port_is_no_reason_to_share_this_one(first):
    _, meeting, _ = first
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        with pytest.raises(SettingsError, match=f"cannot listen on port {port} "):
            listen(port, meeting, replace=True)


def test_only_this_user_may_ask_for_the_socket(first):
    assert first[1].stat().st_mode & 0o777 == 0o600


def test_where_nobody_can_be_met_the_port_is_served_all_the_same(tmp_path, caplog):
    caplog.set_level("INFO")
    (tmp_path / "file").write_text("")
    with socket.socket() as any_socket:
        offer(any_socket, tmp_path / "file" / "serve.sock", lambda: None)
    assert "will not find this Cuecard" in caplog.text


def test_a_unit_of_systemds_without_a_port_is_refused_in_a_sentence(monkeypatch, tmp_path):
    monkeypatch.setenv("LISTEN_PID", str(os.getpid()))
    monkeypatch.setenv("LISTEN_FDS", "1")
    unit = socket.socket(socket.AF_UNIX)
    monkeypatch.setattr(listening_module, "_FIRST_OF_SYSTEMD", unit.detach())
    with pytest.raises(SettingsError, match="ListenStream=3000"):
        listen(3000, tmp_path / "serve.sock", replace=False)
