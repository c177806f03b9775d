"""Figures for Prometheus: counters and one histogram, added up over all web processes, and how things stand now."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, values
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)
"""Seconds; Slack waits for three."""
_SHARED: Callable[[], type] = values.MultiProcessValue
_FILES: Callable[..., Collector] = MultiProcessCollector
KIND = CONTENT_TYPE_PLAIN_0_0_4


class Metrics:
    """Counts what a `Figures` hears. No label holds a word that was typed, a person or a workspace."""

    def __init__(self, folder: Path | None = None) -> None:
        """`folder` is where the web processes of one server write their figures; without, there is this one alone.

        It must be what PROMETHEUS_MULTIPROC_DIR names.
        """
        # prometheus_client looks for the folder once, when it is imported, which here is before there is one.
        values.ValueClass = _SHARED() if folder else values.MutexValue
        self._own, self._folder = CollectorRegistry(), folder
        self._asked = Histogram(
            "cuecard_question_seconds",
            "How long questions took, by what was shown",
            ["decision"],
            buckets=BUCKETS,
            registry=self._own,
        )
        self._edits = self._counter("edits", "Versions that somebody saved or approved", "outcome")
        self._gaps = self._counter("gaps", "Situations that were told as missing")
        self._calls = self._counter("calls", "Calls for the boss, by whether Slack took them", "told")
        self._slack = self._counter("slack_errors", "Calls to Slack that failed, by Slack's code", "method", "code")
        self._refusals = self._counter("refusals", "Requests and people that were turned away", "reason")

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"cuecard_{name}", meaning, labels, registry=self._own)

    def asked(self, decision: str, seconds: float) -> None:
        """A question was answered, so decided and after so long."""
        self._asked.labels(decision).observe(seconds)

    def edited(self, outcome: str) -> None:
        """Somebody wanted to save or approve a version."""
        self._edits.labels(outcome).inc()

    def gap(self) -> None:
        """Somebody told that something is missing."""
        self._gaps.inc()

    def called(self, *, told: bool) -> None:
        """A call for the boss was posted, or not."""
        self._calls.labels("yes" if told else "no").inc()

    def slack_refused(self, method: str, code: str) -> None:
        """Slack did not do what a method asks for."""
        self._slack.labels(method, code).inc()

    def refused(self, why: str) -> None:
        """A request was turned away."""
        self._refusals.labels(why).inc()

    def text(self, now: Callable[[], Mapping[str, float]] = dict) -> bytes:
        """Everything in Prometheus' own format, with what `now` says of this process by name."""
        shown = CollectorRegistry()
        if self._folder:
            shown.register(_FILES(None, str(self._folder)))
        else:
            shown.register(self._own)
        shown.register(_Now(now()))
        return generate_latest(shown)


class _Now(Collector):
    def __init__(self, values: Mapping[str, float]) -> None:
        self._values = values

    def collect(self) -> Iterator[Metric]:
        for name, value in self._values.items():
            yield GaugeMetricFamily(
                f"cuecard_{name}", "How it stands in the process that answers; 1 is yes", value=float(value)
            )
