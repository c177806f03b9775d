"""Shows pages on a port, where no web server runs that could."""

import logging
import threading
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from bot.cli.listening import EVERYWHERE
from bot.probes import Page

log = logging.getLogger(__name__)


def serve_pages(pages: Mapping[str, Page], port: int) -> ThreadingHTTPServer | None:
    """Show pages by path from now on, in the background; where the port is taken, None, and the log says so."""

    class Handler(BaseHTTPRequestHandler):
        timeout = 5

        def do_GET(self) -> None:
            found = pages.get(self.path)
            status, kind, body = found() if found else (HTTPStatus.NOT_FOUND, "text/plain", b"Nothing is here.")
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: whoever looks, looks often."""

    try:
        server = ThreadingHTTPServer((EVERYWHERE, port), Handler)
    except OSError as error:
        log.warning("No probes are shown: port %d cannot be used (%s); set PORT to another.", port, error.strerror)
        return None
    threading.Thread(target=server.serve_forever, name="pages", daemon=True).start()
    return server
