import json
import logging
import sys
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs

TYPED = "the man in the red coat"


@pytest.fixture
def log(capsys):
    """Begins a log in a form, and gives what was written since."""

    def begun(form=logs.PLAIN):
        logs.begin(form)
        root = logging.getLogger()
        root.handlers[:] = [one for one in root.handlers if isinstance(one, logs._Stderr)]  # pytest's own raise
        return lambda: [*capsys.readouterr().err.splitlines()]

    return begun


def test_a_line_has_its_time_its_level_who_speaks_and_the_requests_number(log):
    read = log()
    with logs.numbered():
        number = logs.number()
        logging.getLogger("bot.slack.command").info("guidance %s p=%.2f", "card-declined", 0.5)
    logging.getLogger("bot.wiring").warning("left out: %s", "x.yaml")
    first, second = read()
    assert first.endswith(f"Z INFO bot.slack.command {number}: guidance card-declined p=0.50")
    assert second.endswith("Z WARNING bot.wiring -: left out: x.yaml")


def test_as_json_each_record_is_one_object(log):
    read = log(logs.JSON)
    logging.getLogger("bot.wiring").warning("one\ntwo “three”")
    (line,) = read()
    told = json.loads(line)
    assert set(told) == {"at", "level", "logger", "request", "message", "process"}
    assert told["message"] == "one\ntwo “three”"


def test_a_new_line_in_a_name_begins_no_new_record(log):
    read = log()
    logging.getLogger("bot.wiring").warning("left out: %s", "a\r\n2026-01-01 INFO bot: all is well\x1b[2J")
    (line,) = read()
    assert r"a\r\n2026-01-01 INFO bot: all is well\x1b[2J" in line


def test_work_that_goes_on_beside_has_the_number_of_its_request():
    pool = logs.Threads(1)
    with logs.numbered():
        number = logs.number()
        beside = pool.submit(logs.number)
    assert beside.result() == number
    assert pool.submit(logs.number).result() != number
    pool.shutdown()


@pytest.mark.parametrize("form", [logs.PLAIN, logs.JSON])
@pytest.mark.parametrize("package", ["slack_bolt.App", "slack_sdk.web", "asyncio", "sqlalchemy.engine", "py.warnings"])
def test_what_other_packages_say_is_left_out_and_where_they_said_it_is_told(log, form, package):
    read = log(form)
    try:
        int(TYPED)
    except ValueError:
        logging.getLogger(package).exception("cannot read %s", TYPED)
    logging.getLogger(package).error("%d", TYPED)
    said = read()
    assert len(said) == 2
    assert TYPED not in "".join(said)
    assert "test_logs.py line" in said[0]
    assert "ValueError at " in said[0]


def test_of_a_web_servers_traceback_the_first_line_is_written(log):
    read = log()
    logging.getLogger("_granian").error("Application callable raised an exception\nTraceback: %s", TYPED)
    assert [line.rpartition(": ")[2] for line in read()] == ["Application callable raised an exception"]


def test_what_nobody_caught_is_one_record_without_its_words(log):
    read = log()

    def fall():
        raise ValueError(TYPED)

    thread = threading.Thread(target=fall)
    thread.start()
    thread.join()
    sys.excepthook(ValueError, ValueError(TYPED), None)
    said = read()
    assert len(said) == 2
    assert all("nobody caught a ValueError at " in line for line in said)
    assert TYPED not in "".join(said)


def test_a_record_that_cannot_be_written_is_not_spilt(log):
    read = log()
    logging.getLogger("bot.wiring").warning("%d", TYPED)
    assert read() == ["A record of bot.wiring could not be written."]


def test_what_goes_wrong_again_and_again_is_told_once_a_minute_with_how_often():
    now = [0.0]
    seldom = logs.Seldom(lambda: now[0])
    assert [seldom.count("401") for _ in range(4)] == [1, 0, 0, 0]
    assert seldom.count("413") == 1
    now[0] = 60.0
    assert seldom.count("401") == 4


@given(st.text())
def test_whatever_a_record_holds_it_is_one_line(message):
    record = logging.makeLogRecord({"name": "bot.x", "msg": "%s", "args": (message,)})
    for form in (logs._AsLine(), logs._AsJson()):
        assert len(form.format(record).splitlines()) == 1
