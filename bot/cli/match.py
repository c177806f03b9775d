"""`cuecard match`: the measuring door, JSON lines in and out."""

import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click

from bot.cli.bot import open_bot, playbooks_option
from bot.domain.match import Ranking
from bot.domain.problem import Problem, Refused
from bot.domain.situation import Situation
from bot.matching.example import Example
from bot.settings import Settings
from bot.wiring import build_compiler

SHOWN = 5
Answering = Callable[[str], tuple[Ranking, str | None]]


@click.command()
@playbooks_option
@click.option(
    "--phrases",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help='Learn from JSON lines {"id": …, "phrases": […]}, in place of playbooks.',
)
def match(playbooks: Path | None, phrases: Path | None) -> None:
    """Answer JSON lines, for scripts and for measuring.

    Reads {"text": …} from standard input, and prints for each what it would be answered, one JSON line.

    \b
    Example:
      echo '{"text": "wants her money back"}' | cuecard match
    """
    answering = _from_phrases(phrases) if phrases else _from_playbooks(playbooks)
    for text in _texts():
        started = time.perf_counter()
        ranking, safety = answering(text)
        milliseconds = 1000 * (time.perf_counter() - started)
        best = ranking.matches[0].playbook if ranking.matches and ranking.decision == "guidance" else None
        found = {
            "text": text,
            "decision": ranking.decision,
            "playbook": best,
            "candidates": [{"id": one.playbook, "p": one.probability} for one in ranking.matches[:SHOWN]],
            "safety": safety,
            "ms": round(milliseconds, 3),
        }
        click.echo(json.dumps(found, ensure_ascii=False))


def _from_playbooks(folder: Path | None) -> Answering:
    bot = open_bot(folder)

    def answer(text: str) -> tuple[Ranking, str | None]:
        reply, ranking = bot.ask.ask(Situation(text))
        return ranking, reply.danger.id if reply.danger else None

    return answer


def _from_phrases(file: Path) -> Answering:
    groups: dict[str, list[str]] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            found = json.loads(line)
            groups.setdefault(str(found["id"]), []).extend(map(str, found["phrases"]))
        except (ValueError, KeyError, TypeError):
            raise _no_line(file.name, number, '{"id": …, "phrases": […]}') from None
    compiler = build_compiler(Settings.from_env())
    matcher = compiler.compile([Example(phrase, name) for name, phrases in groups.items() for phrase in phrases])
    return lambda text: (matcher.rank(matcher.look(text).told), None)


def _texts() -> Iterator[str]:
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        try:
            yield str(json.loads(line)["text"])
        except (ValueError, KeyError, TypeError):
            raise _no_line("standard input", number, '{"text": …}') from None


def _no_line(file: str, number: int, form: str) -> Refused:
    return Refused((Problem(file, number, 1, "", f"Write one JSON object here, as {form}."),))
