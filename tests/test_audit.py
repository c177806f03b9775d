import json
import runpy
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

HERE = Path(__file__).parent.parent
AUDIT = runpy.run_path(str(HERE / ".ci" / "audit.py"))
NOWHERE = "http://127.0.0.1:1/"


@pytest.fixture
def lock(tmp_path):
    file = tmp_path / "requirements.lock"
    file.write_text(
        "jinja2==3.1.5 \\\n    --hash=sha256:aa\npyyaml==6.0.3 \\\n    --hash=sha256:bb\n    # via cuecard\n"
    )
    return file


@pytest.fixture
def osv():
    """A database that knows one hole of the first package it is asked about."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
            results = [{"vulns": [{"id": f"GHSA-{asked[0]['package']['name']}"}]}, *({} for _ in asked[1:])]
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"results": results}).encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_pin_with_a_known_hole_fails_the_audit_by_name(lock, capsys):
    assert AUDIT["audit"](lock, url=NOWHERE) == 1
    said = capsys.readouterr().out
    assert "jinja2 3.1.5 has CVE-2025-27516" in said
    assert "pyyaml" not in said


def test_where_the_database_cannot_be_reached_it_says_so_and_passes(lock, capsys):
    lock.write_text(lock.read_text().replace("3.1.5", "3.1.6"))
    assert AUDIT["audit"](lock, url=NOWHERE) == 0
    assert (
        "OSV could not be asked (URLError), so newer ones are not known here: nothing known." in capsys.readouterr().out
    )


def test_what_the_database_knows_fails_it_too(lock, osv, capsys):
    lock.write_text(lock.read_text().replace("3.1.5", "3.1.6"))
    assert AUDIT["audit"](lock, url=osv) == 1
    assert "jinja2 3.1.6 has GHSA-jinja2: see https://osv.dev/GHSA-jinja2." in capsys.readouterr().out


def test_every_pin_of_our_lock_is_read_and_none_has_a_hole_that_is_known_here():
    pinned = AUDIT["pins"]((HERE / "requirements-dev.lock").read_text())
    assert len(pinned) == (HERE / "requirements-dev.lock").read_text().count("==")
    advisories = json.loads((HERE / ".ci" / "advisories.json").read_text())["advisories"]
    assert {one["package"] for one in advisories} <= set(pinned)
    assert AUDIT["known"](pinned, advisories) == []
