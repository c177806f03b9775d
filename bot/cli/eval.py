"""`cuecard eval`: the health of a library, measured on itself."""

from collections import Counter
from pathlib import Path

import click

from bot.cli.bot import playbooks_option, settings_for
from bot.safety.danger import BAR
from bot.safety.lexicon import find_words
from bot.services.health import Health, Watch, measure, watch
from bot.services.shelf import examples
from bot.wiring import build_bot

SHOWN = 12


@click.command("eval")
@playbooks_option
@click.option("--safety", is_flag=True, help="What the safety pass catches, and what it raises in vain.")
@click.option("--html", is_flag=True, help="The report as a page, with the calibration drawn.")
def evaluate(playbooks: Path | None, *, safety: bool, html: bool) -> None:
    """Say how well the playbooks are found, and what is in the way.

    Measured on the playbooks' own phrases, each while it was left out of what is learnt.

    \b
    Examples:
      cuecard eval
      cuecard eval --html > health.html
      cuecard eval --safety                            what is caught as danger
    """
    bot = build_bot(settings_for(playbooks))
    rows = bot.compiler.left_out(examples(bot.library, bot.shelf.cards))
    head = bot.shelf.matcher.head
    health = measure(rows, head.bar if head else 1.0)
    if safety:
        words = Counter(row.text for row in rows if find_words(row.text))
        click.echo(_safety_table(watch(rows, words, BAR)))
    elif html:
        click.echo(bot.shelf.frames.render("health", health=health, weak=health.weak(), shown=SHOWN))
    else:
        click.echo(_report(health))


def _report(health: Health) -> str:
    lines = [
        "Measured on the library itself: each phrase, and each voice as a whole, while it was left out.",
        f"  right playbook first          {health.first:6.1%}",
        f"  among the first three         {health.among_three:6.1%}",
        f"  answered with one card        {health.sure:6.1%}, wrongly {health.sure_and_wrong:.1%}",
        f"  nothing fits, yet one card    {health.none_but_sure:6.1%}",
        f"  calibration error             {health.calibration_error:6.3f}",
    ]
    thieves = [
        f"  {len(thief.phrases):3} of {thief.playbook} go to {thief.taker}, above all “{thief.phrases[0]}”"
        for thief in health.thieves[:SHOWN]
    ]
    weak = [f"  {sentence}" for sentence in health.weak()[:SHOWN]]
    lines += ["", "Playbooks that take each other's phrases:", *(thieves or ["  none"])]
    lines += ["", "Hard to find:", *(weak or ["  none"])]
    return "\n".join(lines)


def _safety_table(rows: list[Watch]) -> str:
    head = "Situations that raise a safety card, while they were left out of what was learnt:\n"
    lines = [f"{'':32}{'count':>6}{'by words':>10}{'in all':>8}"]
    lines += [f"{row.kind:32}{row.count:6}{row.by_words:10.1%}{row.by_either:8.1%}" for row in rows]
    return head + "\n".join(lines)
