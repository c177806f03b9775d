"""A real `cuecard serve` before whoever asks it, and people who ask at an even pace whatever the answers take."""

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode

from bot.playground.signed import FORM, PATH, Signature
from bot.storage.database import connect
from bot.storage.schema import migrate

HERE = Path(__file__).parent.parent
SECRET = "made-up"
SERVES = "serves 50 playbooks"
PATIENCE = 60.0
STARTING = "asked to try again"


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def workplace(folder, port, **more):
    """The environment of a workplace that is ready to serve."""
    shutil.copytree(HERE / "playbooks", folder / "playbooks")
    policy = folder / "playbooks" / "policy.yaml"
    own = re.sub(r"(?m)^(work_number|duty_phone|emergency_number):.*$", r'\1: "020 7946 0000"', policy.read_text())
    policy.write_text(own)
    url = f"sqlite:///{folder / 'cuecard.db'}"
    migrate(connect(url))
    return {
        **os.environ,
        "CUECARD_PLAYBOOKS": str(folder / "playbooks"),
        "DATABASE_URL": url,
        "SLACK_BOT_TOKEN": "xoxb-made-up",
        "SLACK_SIGNING_SECRET": SECRET,
        "SLACK_API_URL": "http://127.0.0.1:9/",
        "PORT": str(port),
        **more,
    }


class Server:
    """One `cuecard serve` and what it says."""

    def __init__(self, env, *words, script="from bot.cli import main; main()", **more):
        command = [sys.executable, "-c", script, "serve", *words]
        told = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True, "start_new_session": True}
        self.process = subprocess.Popen(command, env=env, **{**told, **more})
        self.said, self._heard = [], threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        for line in self.process.stdout:
            with self._heard:
                self.said.append(line)
                self._heard.notify_all()

    def until(self, part, times=1):
        """Wait until it has said this so often."""
        with self._heard:
            found = self._heard.wait_for(lambda: sum(part in line for line in self.said) >= times, PATIENCE)
        assert found, "".join(self.said)
        return self

    @property
    def worker(self):
        return int(re.findall(r"Spawning worker-1 with PID: (\d+)", "".join(self.said))[-1])

    def stop(self):
        """Ask it to stop; the seconds that it took."""
        started = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(PATIENCE)
        return time.monotonic() - started

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class People:
    """Ask questions of a port, each its own; `outcomes` counts the statuses and the errors by name."""

    def __init__(self, port):
        self.port, self.number = port, 0
        self.signature = Signature(SECRET)
        self.outcomes, self.taken = Counter(), []
        self._lock = threading.Lock()

    def ask(self, text="her card was declined"):
        with self._lock:
            self.number += 1
            number = self.number
        form = {"command": "/cue", "text": text, "user_id": f"U{number}", "team_id": "T0DEMO", "channel_id": "C0SHOP"}
        form |= {"trigger_id": secrets.token_hex(8), "response_url": "http://127.0.0.1:9/"}
        body = urlencode(form).encode()
        started = time.perf_counter()
        found, said = self.answer(body)
        found = STARTING if "just been started" in said else found
        with self._lock:
            self.outcomes[found] += 1
            self.taken.append(time.perf_counter() - started)
        return found

    def send(self, *given):
        """The status of an answer, or the name of what went wrong."""
        return self.answer(*given)[0]

    def answer(self, body, kind=FORM, method="POST", path=PATH):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {**self.signature.headers(body), "Content-Type": kind})
            found = connection.getresponse()
            return found.status, found.read().decode(errors="replace")
        except (OSError, HTTPException) as error:
            return type(error).__name__, ""
        finally:
            connection.close()

    def many(self, count, rate):
        """So many questions at so many a second."""
        started, threads = time.perf_counter(), []
        for place in range(count):
            time.sleep(max(0.0, started + place / rate - time.perf_counter()))
            threads.append(threading.Thread(target=self.ask))
            threads[-1].start()
        for thread in threads:
            thread.join()

    @contextlib.contextmanager
    def asking(self, rate):
        """Ask at an even pace as long as the block runs."""
        stopped, threads = threading.Event(), []

        def run():
            while not stopped.wait(1 / rate):
                threads.append(threading.Thread(target=self.ask))
                threads[-1].start()

        pace = threading.Thread(target=run)
        pace.start()
        try:
            yield self
        finally:
            stopped.set()
            pace.join()
            for thread in threads:
                thread.join()

    def percentile(self, share):
        return 1000 * sorted(self.taken)[min(len(self.taken) - 1, int(share * len(self.taken)))]


def head(size, path=PATH):
    """The head of a request whose signature is of Slack's form and of now."""
    signed = "".join(f"{name}: {value}\r\n" for name, value in Signature(SECRET).headers(b"anything").items())
    return f"POST {path} HTTP/1.1\r\nHost: x\r\n{signed}Content-Length: {size}\r\n\r\n".encode()


def opened(port, count, sent=b""):
    """Connections that say this and no more."""
    found = [socket.create_connection(("127.0.0.1", port), PATIENCE) for _ in range(count)]
    for one in found:
        with contextlib.suppress(OSError):
            one.sendall(sent)
    return found
