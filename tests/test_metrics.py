import os
import subprocess
import sys

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics

SCRIPT = """
import os, sys
from pathlib import Path
from bot.metrics import Metrics
for _ in range(2):
    child = os.fork()
    if not child:
        found = Metrics(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]))
        found.gap(); found.asked("guidance", 0.004); found.refused("401")
        os._exit(0)
    os.waitpid(child, 0)
sys.stdout.buffer.write(Metrics(Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])).text(lambda: {"ready": 1}))
"""


def values(text):
    families = text_string_to_metric_families(text.decode())
    return {
        (one.name, *(value for _, value in sorted(one.labels.items()))): one.value
        for family in families
        for one in family.samples
    }


def test_what_is_counted_is_read_back():
    metrics = Metrics()
    metrics.asked("guidance", 0.004)
    metrics.asked("choice", 2.0)
    metrics.edited("saved")
    metrics.gap()
    metrics.called(told=True)
    metrics.slack_refused("chat.postMessage", "not_in_channel")
    metrics.refused("401")
    found = values(metrics.text(lambda: {"ready": 1.0}))
    assert found["cuecard_question_seconds_count", "guidance"] == 1
    assert found["cuecard_question_seconds_bucket", "guidance", "0.005"] == 1
    assert found["cuecard_question_seconds_sum", "choice"] == 2.0
    assert found["cuecard_edits_total", "saved"] == 1
    assert found["cuecard_gaps_total",] == 1
    assert found["cuecard_calls_total", "yes"] == 1
    assert found["cuecard_slack_errors_total", "not_in_channel", "chat.postMessage"] == 1
    assert found["cuecard_refusals_total", "401"] == 1
    assert found["cuecard_ready",] == 1


def test_several_web_processes_add_up(tmp_path):
    env = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}
    told = subprocess.run([sys.executable, "-W", "error", "-c", SCRIPT], env=env, capture_output=True, check=True)
    found = values(told.stdout)
    assert found["cuecard_gaps_total",] == 2
    assert found["cuecard_question_seconds_count", "guidance"] == 2
    assert found["cuecard_refusals_total", "401"] == 2
    assert found["cuecard_ready",] == 1


def test_what_one_test_counts_another_does_not_see():
    Metrics().gap()
    assert values(Metrics().text())["cuecard_gaps_total",] == 0
