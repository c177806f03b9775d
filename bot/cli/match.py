"""`cuecard match`: the measuring door, JSON lines in and out."""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from bot.cli.bot import open_bot, playbooks_option
from bot.domain.answer import Choice, Guidance
from bot.domain.match import Decision, Ranking
from bot.domain.problem import Problem, Refused
from bot.domain.situation import Situation
from bot.matching.example import Example
from bot.settings import Settings
from bot.wiring import build_compiler

SHOWN = 5
Answering = Callable[[str], dict[str, Any]]
"""Says of a text what the screen would show, as `match` prints it."""


@click.command()
@playbooks_option
@click.option(
    "--phrases",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help='Learn from JSON lines {"id": …, "phrases": […]}, in place of playbooks.',
)
def match(playbooks: Path | None, phrases: Path | None) -> None:
    """Answer JSON lines, for scripts and for measuring.

    Reads {"text": …} from standard input, and prints one JSON line for each: what the screen would show ("guidance",
    "choice" or "unknown"), the candidates in the order shown, and the safety card that leads. A line that cannot be
    read gets {"error": …}, and the command ends with 1.

    \b
    Example:
      echo '{"text": "wants her money back"}' | cuecard match
    """
    answering = _from_phrases(phrases) if phrases else _from_playbooks(playbooks)
    well = True
    for number, line in enumerate(filter(str.strip, sys.stdin), start=1):
        text = _text(line)
        if text is None:
            found: dict[str, Any] = {"error": f'Line {number}: write one JSON object here, as {{"text": "…"}}.'}
            well = False
        else:
            started = time.perf_counter()
            found = {"text": text, **answering(text)}
            found["ms"] = round(1000 * (time.perf_counter() - started), 3)
        click.echo(json.dumps(found, ensure_ascii=False))
    sys.exit(0 if well else 1)


def _from_playbooks(folder: Path | None) -> Answering:
    bot = open_bot(folder)

    def answer(text: str) -> dict[str, Any]:
        reply, ranking = bot.ask.ask(Situation(text))
        return _told(reply.content, ranking, reply.danger.id if reply.danger else None)

    return answer


def _told(content: object, ranking: Ranking, danger: str | None) -> dict[str, Any]:
    decision, shown = Decision.UNKNOWN, list[str]()
    if isinstance(content, Guidance):
        decision, shown = Decision.GUIDANCE, [content.card.id]
    elif isinstance(content, Choice):
        decision, shown = Decision.CHOICE, [one.id for one in content.options]
    weighed = {match.playbook: match.probability for match in ranking.matches}
    ids = list(dict.fromkeys((*shown, *weighed)))[:SHOWN]
    return {
        "decision": decision,
        "playbook": shown[0] if decision is Decision.GUIDANCE else None,
        "candidates": [{"id": name, "p": weighed[name]} for name in ids],
        "safety": danger,
        "asks": [],
    }


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

    def answer(text: str) -> dict[str, Any]:
        ranking = matcher.rank(matcher.look(text).told)
        sure = ranking.decision is Decision.GUIDANCE
        candidates = [{"id": one.playbook, "p": one.probability} for one in ranking.matches[:SHOWN]]
        best = candidates[0]["id"] if sure else None
        return {"decision": ranking.decision, "playbook": best, "candidates": candidates, "safety": None, "asks": []}

    return answer


def _text(line: str) -> str | None:
    """What a line asks; None where it is not of the form."""
    try:
        found = json.loads(line)["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if isinstance(found, str) else None


def _no_line(file: str, number: int, form: str) -> Refused:
    return Refused((Problem(file, number, 1, "", f"Write one JSON object here, as {form}."),))
