"""A playbook's versions, drawn: who saved what and when, what it changed, and what can be done with it."""

from collections.abc import Iterator, Sequence

from bot.domain.problem import Problem
from bot.domain.revision import Kind, Revision
from bot.rendering.wording import escape
from bot.services.difference import LABELS
from bot.services.saving import Conflict, Outcome, Saved
from bot.services.versions import Version
from bot.slack.editor_state import Place
from bot.slack.parts import Block, actions, button, context, cut, divider, modal, moment, page, section, who
from bot.slack.save_view import bullets, draw_saved

SHORT = 4
"""Changes of a version that stand in the list; all of them stand on its own page."""
WHOLE = 2800
_KINDS = {Kind.WORDS: "", Kind.RETIRED: " · *taken off*", Kind.SHIPPED: " · as shipped"}


def draw_versions(title: str, versions: Sequence[Version], place: Place, *, ships: bool, more: bool) -> Block:
    """One page of versions, the newest first; `ships` where Cuecard came with it, `more` where some follow."""
    retired = bool(versions) and not place.page and _is_off(versions[0].revision)
    blocks: list[Block] = [
        section(f"*{escape(title)[:200]}*"),
        actions("tools", _tools(place.playbook, retired, ships)),
    ]
    if not versions:
        blocks.append(section("Nobody has changed this playbook yet: it stands as shipped."))
    for version in versions:
        blocks += _version(version)
    turns = [button("version:newer", "Newer")] if place.page else []
    turns += [button("version:older", "Older")] if more else []
    if turns:
        blocks.append(actions("turns", turns))
    return modal("Versions", blocks, callback="versions", kept=place.dump())


def draw_version(version: Version, place: Place) -> Block:
    """One version with all that it changed."""
    told = [section(escape(cut(one.said, WHOLE // 2))) for one in version.changed]
    changes = told or [section("It changed no words.")]
    does = _buttons(version)
    blocks = [section(_head(version)), divider(), *changes, *([actions("do", does)] if does else [])]
    return modal(f"Version {version.revision.number}", blocks, callback="version", close="Back", kept=place.dump())


def draw_outcome(outcome: Outcome, title: str) -> Block:
    """What became of bringing a version back, taking a card off, or approving."""
    if isinstance(outcome, Saved):
        return draw_saved(outcome, title)
    if isinstance(outcome, Conflict):
        theirs = outcome.theirs
        told = f"{who(theirs.author)} has saved version {theirs.number} since this list was opened."
        said = f"{told} Open the versions again."
        return page("Somebody was first", said)
    return page("Not done", f"That cannot be done now:\n{bullets(map(_located, outcome.problems))}")


def _is_off(newest: Revision) -> bool:
    return newest.kind is Kind.RETIRED and not newest.waiting


def _located(problem: Problem) -> str:
    label = LABELS.get(problem.field) or LABELS.get(problem.field.partition(".")[0])
    return f"{label}: {problem.sentence}" if label else problem.sentence


def _tools(playbook: str, retired: bool, ships: bool) -> Iterator[Block]:  # noqa: FBT001 - two facts of one playbook
    if retired:
        yield button("version:revive", "Bring it back", style="primary")
    else:
        yield button(f"edit:{playbook}", "Edit")
        yield _sure(button("version:retire", "Take it off"), "No question will find it. You can bring it back here.")
    if ships:
        yield _sure(button("version:ship", "As shipped"), "The words that Cuecard came with come back.")


def _version(version: Version) -> Iterator[Block]:
    yield divider()
    yield section(_head(version))
    if version.changed:
        yield context(bullets(one.said for one in version.changed[:SHORT]))
    shows = button("version:show", "Show", str(version.revision.number))
    yield actions(f"v{version.revision.number}", [shows, *_buttons(version)])


def _buttons(version: Version) -> list[Block]:
    number = str(version.revision.number)
    if version.revision.waiting and version.own:
        return []
    if version.revision.waiting:
        return [button("version:approve", "Approve", number, style="primary")]
    if version.in_force:
        return []
    sure = "It is saved again as the newest version."
    return [_sure(button("version:restore", "Bring this back", number), sure)]


def _head(version: Version) -> str:
    one = version.revision
    waits = "waits for somebody else to approve it" if version.own else "waits for a second manager"
    state = f" · *{waits}*" if one.waiting else ""
    if version.in_force and one.kind is not Kind.RETIRED:
        state = " · *in force*"
    approved = f" · approved by {who(one.approved_by)}" if one.approved_by else ""
    note = f"\n“{escape(one.note)}”" if one.note else ""
    head = f"*Version {one.number}* · {who(one.author)} · {moment(one.at)}{_KINDS[one.kind]}{approved}{state}"
    return cut(head + note, WHOLE)


def _sure(found: Block, text: str) -> Block:
    words = {"title": found["text"]["text"] + "?", "text": text, "confirm": found["text"]["text"], "deny": "No"}
    return {**found, "confirm": {name: {"type": "plain_text", "text": said} for name, said in words.items()}}
