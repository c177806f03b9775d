"""Generated HTTP requests against the real server, 50,000 unless another number is given: no traceback, no 5xx."""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import nonsense
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from server import SERVES, People, Server, free_port, workplace

METHODS = st.sampled_from(("POST",) * 6 + ("GET", "PUT", "HEAD", "OPTIONS", "DELETE"))
PATHS = st.sampled_from(
    ("/slack/events",) * 8 + ("/", "/health", "/admin", "/slack/events?ssl_check=1", "//", "/%2e%2e/")
)
ANSWERS = {200, 400, 401, 404, 408, 411, 413, 431}


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    port = free_port()
    people = People(port)

    @given(nonsense.BODIES, METHODS, PATHS)
    @settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
    )
    def send(body, method, path):
        kind, sent = body
        kind = kind if kind.isascii() else ""
        people.outcomes[people.send(sent, kind, method, path)] += 1

    with tempfile.TemporaryDirectory() as folder, Server(workplace(Path(folder), port)) as server:
        server.until(SERVES)
        send()
        answered = people.ask() == 200
        server.stop()
        said = "".join(server.said)
    tracebacks = said.count("Traceback")
    other = {name: number for name, number in people.outcomes.items() if name not in ANSWERS}
    print(
        f"{sum(people.outcomes.values())} requests: {dict(people.outcomes)}, {tracebacks} tracebacks, others: {other}"
    )
    return 0 if answered and not tracebacks and not other else 1


if __name__ == "__main__":
    sys.exit(main())
