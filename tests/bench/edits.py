"""Two web processes on one PostgreSQL under a steady load of signed `/cue`: quiet spells and spells with edits, in turns.

Every edit goes through the real form in the first process. Printed are the time until each process answers with it, and
how long questions wait with edits against without, as ratios, since the machine may be busy.
"""

import contextlib
import dataclasses
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[1]))

from databases import database_url
from person import SECRET
from writer import OWNER, Writer

from bot.playground.signed import Late, Line
from bot.playground.web_api import WebApi
from bot.settings import Settings
from bot.storage.database import connect
from bot.storage.schema import migrate
from bot.wiring import build_bot

SPELLS, SECONDS, EVERY = 3, 20.0, 10.0
RATE = 10
"""Questions a second to each process."""
COLOURS = "blue green yellow purple orange silver golden copper crimson violet amber ivory".split()
MARK = "That has not gone through this time, and it happens a lot. Is there another {} card, or some cash?"
SERVER = """
import sys
from granian.constants import Interfaces
from granian.server import Server
Server("edits:build", factory=True, address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.RSGI, workers=1,
       log_access=False, log_level="warning").serve()
"""


def build():
    """What `cuecard serve` serves, with a made-up Slack behind it."""
    from bot import wsgi  # noqa: PLC0415 - read by the web processes alone

    found = Settings.from_env()
    Settings.from_env = lambda: dataclasses.replace(found, slack_api=os.environ["MADE_UP_SLACK"])
    return wsgi.build(beside=False)


@contextlib.contextmanager
def serving(port, env):
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], env=env)
    try:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            assert process.poll() is None
            time.sleep(0.1)
        yield Line(port, SECRET)
    finally:
        process.terminate()
        process.wait(20)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


class Load:
    """Questions at an even pace, whatever the answers take; what each took, and the edit that it showed."""

    def __init__(self, lines):
        self.lines, self.asked, self.number = lines, [], 0
        self.lock = threading.Lock()

    def run(self, seconds):
        """The questions asked within some seconds."""
        first, started = len(self.asked), time.perf_counter()
        threads = []
        for count in range(int(seconds * RATE)):
            time.sleep(max(0.0, started + count / RATE - time.perf_counter()))
            threads += [threading.Thread(target=self.ask, args=(place,)) for place in range(len(self.lines))]
            for thread in threads[-len(self.lines) :]:
                thread.start()
        for thread in threads:
            thread.join()
        return self.asked[first:]

    def ask(self, place):
        with self.lock:
            self.number += 1
            number = self.number
        form = {"command": "/cue", "text": "her card was declined twice", "user_id": f"U{number}", "team_id": "T0DEMO"}
        form |= {"channel_id": "C0SHOP", "trigger_id": str(number), "response_url": f"http://127.0.0.1:9/{number}"}
        body = urlencode(form).encode()
        line = self.lines[place]
        sent = time.perf_counter()
        try:
            answered = line.send(body, line.headers(body))
            text = answered.body if answered.status == 200 else None
        except Late:
            text = None
        back = time.perf_counter()
        shown = None if text is None else next((word for word in COLOURS if MARK.format(word) in text), "")
        self.asked.append((place, back, back - sent, shown))


def edit(writer, word):
    """Change the first line and a phrase through the form; when it was sent and when Slack had its answer."""
    writer.open("edit:card-declined")
    phrases = writer.input("phrases")["initial_value"]
    started = time.perf_counter()
    errors = writer.to_the_end(
        phrases=f"the {word} card machine beeped at her\n{phrases}", say__first=MARK.format(word)
    )
    checked = time.perf_counter()
    assert errors == {}, errors
    assert writer.title == "Save?", writer.shown()
    sent = time.perf_counter()
    assert writer.send(note=word) == {}
    writer.done()
    saved = time.perf_counter()
    assert "The next question uses it" in writer.shown(), writer.shown()
    return {"word": word, "check": checked - started, "save": saved - sent, "sent": sent}


def edits(writer, words, made):
    started = time.perf_counter()
    for count, word in enumerate(words):
        time.sleep(max(0.0, started + count * EVERY + 1.0 - time.perf_counter()))
        made.append(edit(writer, word))


def measure(api, lines, port):
    load, writer = Load(lines), Writer(api, port, SECRET, OWNER)
    load.run(3.0)
    edit(writer, COLOURS[-1])
    load.run(3.0)
    quiet, busy, made = [], [], []
    each = int(SECONDS / EVERY)
    for spell in range(SPELLS):
        quiet += load.run(SECONDS)
        words = COLOURS[spell * each : (spell + 1) * each]
        writing = threading.Thread(target=edits, args=(writer, words, made))
        writing.start()
        busy += load.run(SECONDS)
        writing.join()
    load.run(3.0)
    return load, quiet, busy, made


def told(load, quiet, busy, made):
    failed = [one for one in load.asked if one[3] is None]
    print(f"questions          {len(load.asked)}, {len(failed)} failed")
    for place, name in enumerate(("where it was saved", "in the other")):
        after = [
            min(back for where, back, _, shown in load.asked if where == place and shown == one["word"]) - one["sent"]
            for one in made
        ]
        print(f"{name:18} {statistics.median(after):.2f} s after sending, {max(after):.2f} s at most (aim 2)")
    for step in ("check", "save"):
        print(f"{step:18} {statistics.median(one[step] for one in made):.2f} s through the form")
    for share in (50, 95):
        without, with_ = (statistics.quantiles([one[2] for one in some], n=100)[share - 1] for some in (quiet, busy))
        print(
            f"wait, p{share}          {1000 * without:.1f} ms, with edits {1000 * with_:.1f} ms: {with_ / without:.2f}"
        )


def own_playbooks(folder):
    """The shipped playbooks with numbers that are not the demo's: a real workplace is not shown those."""
    shutil.copytree(Settings.from_env().playbooks, folder)
    policy = folder / "policy.yaml"
    policy.write_text(re.sub(r"555\W?01", "555 09", policy.read_text()))
    return folder


def main():
    build_bot(Settings.from_env())  # a warm cache, as on a host that has served before
    api = WebApi()
    api.serve()
    with tempfile.TemporaryDirectory() as folder, database_url("postgresql", Path(folder)) as url:
        engine = connect(url)
        migrate(engine)
        engine.dispose()
        here = Path(__file__).parent
        env = {
            **os.environ,
            "DATABASE_URL": url,
            "CUECARD_PLAYBOOKS": str(own_playbooks(Path(folder) / "playbooks")),
            "SLACK_BOT_TOKEN": "xoxb-made-up",
            "SLACK_SIGNING_SECRET": SECRET,
            "MADE_UP_SLACK": api.url,
            "PYTHONPATH": os.pathsep.join((str(here), str(here.parents[1]))),
        }
        ports = free_port(), free_port()
        with contextlib.ExitStack() as stack:
            lines = [stack.enter_context(serving(port, env)) for port in ports]
            told(*measure(api, lines, ports[0]))
    api.close()


if __name__ == "__main__":
    main()
