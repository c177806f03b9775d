"""The Home tab, drawn: pure functions from what it shows to Slack's blocks."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.domain.reserved import PHRASES_ONLY
from bot.domain.revision import Kind, Revision
from bot.domain.sector import Sector
from bot.domain.site import Site
from bot.rendering.wording import escape
from bot.services.gaps import Group, Grouped
from bot.services.overview import Row, Standing
from bot.services.shelf import Shelf
from bot.slack.parts import Block, actions, button, context, cut, day, divider, header, moment, plain, section, who

PAGE, CHANGES, GROUPS, SHOWN_GAPS, SITES = 15, 10, 12, 5, 40
"""Playbooks, changes and groups of gaps on a page, and gaps shown of a group: within Slack's hundred blocks."""
CARRIED = 60
"""Gaps of a group whose ids a button can carry; those beyond stay for the next time."""
SHOWN_CHANNELS = 8
"""Channels of a site that are named."""
SEARCH = "search"
UNSURE = (
    "I cannot look up right now who you are here, so what managers see is missing. Open this tab again in a minute."
)
MISSING = "⚠️ Not all its numbers are set: it shows safety cards alone."
WHAT = (
    "Something awkward is happening and somebody is waiting? I give you the words to say, firmer ones if they push, "
    "what to do, what never to do, and when to fetch the boss. Type `/cue` and what is going on, or tap here."
)
PRIVACY = (
    "*What about you?*\n"
    "• Only you see what I answer, and nobody sees who asked what.\n"
    "• What you type is answered and forgotten: it is neither stored nor logged.\n"
    "• Only *Tell my boss* and *Tell my manager* keep something, and both say what before they do."
)
_MARKS: Mapping[Standing, str] = {
    Standing.SHIPPED: "",
    Standing.EDITED: "✏️ ",
    Standing.WAITING: "⏳ ",
    Standing.RETIRED: "🗄 ",
    Standing.NEW: "✏️ ",
    Standing.IMPORTED: "📥 ",
}
_DID = {Kind.WORDS: "changed", Kind.RETIRED: "taken off", Kind.SHIPPED: "put back as shipped"}
Thing = TypeVar("Thing")


def home(blocks: Iterable[Block]) -> Block:
    """The view that Slack publishes."""
    return {"type": "home", "blocks": list(blocks)}


def for_everyone(shelf: Shelf) -> Iterator[Block]:
    """What Cuecard is, how to ask, and what there is."""
    yield header("The right words on the spot")
    yield section(WHAT)
    yield actions("ask", [button("home:ask", "Ask now", style="primary")])
    sectors = [button(f"home:sector:{one.value}", one.label) for one in Sector if one in shelf.sectors]
    yield actions("sectors", sectors)


def about(shelf: Shelf, safety_line: str) -> Iterator[Block]:
    """Whose site it is, what Cuecard keeps of people, and whom to call."""
    yield divider()
    yield section(_site(shelf), button("home:site", "Choose my site") if shelf.asks or shelf.site else None)
    yield section(PRIVACY)
    yield context(f"🛟 {escape(safety_line)}")


def _site(shelf: Shelf) -> str:
    if shelf.asks:
        return "*Your site* is not chosen yet, so its own numbers and rules are missing on my cards."
    missing = "" if shelf.ready else " Its numbers are not all set yet; a manager sets them under *Sites and switches*."
    return f"*Your site:* {escape(shelf.policy.workplace)}.{missing}"


def for_managers(rows: Sequence[Row], told: int) -> Iterator[Block]:
    """What a manager may want to do, with how much of it there is; `told` situations are open."""
    yield divider()
    yield header("For managers")
    yield section(_counted(rows, told))
    buttons = [
        button("home:gaps:0", f"What was missing ({told})", style="primary" if told else ""),
        button("home:playbooks:0", "Playbooks"),
        button("home:changes:0", "Recent changes"),
        button("home:sites", "Sites and switches"),
        button("new-playbook", "Write a playbook"),
    ]
    yield actions("manage", buttons)
    yield search("")


def _counted(rows: Sequence[Row], told: int) -> str:
    """How many there are of what needs somebody; what there is none of is not named."""
    imported = sum(row.standing is Standing.IMPORTED for row in rows)
    found = (
        (told, "situation was told as missing", "situations were told as missing"),
        (sum(row.standing is Standing.WAITING for row in rows), "waits for a second manager", "wait for a second one"),
        (sum(row.overdue for row in rows), "is due for review", "are due for review"),
        (imported, "imported form is to be finished", "imported forms are to be finished"),
        (
            sum(row.unsaved for row in rows) - imported,
            "of your forms is not saved yet",
            "of your forms are not saved yet",
        ),
    )
    listed = [f"*{count} {one if count == 1 else several}.*" for count, one, several in found if count]
    return " ".join([f"{len(rows)} playbooks and safety cards.", *listed])


def for_the_unknown() -> Iterator[Block]:
    """That what managers see may be missing."""
    yield divider()
    yield context(f"⚠️ {UNSURE}")


def for_site_managers() -> Iterator[Block]:
    """The way to a site's own numbers and switches."""
    yield divider()
    yield header("For your site")
    yield actions("manage", [button("home:sites", "Numbers and switches")])


def playbooks(rows: Sequence[Row], number: int, wanted: str) -> Iterator[Block]:
    """One page of the list of playbooks, or of what a search found."""
    yield from _back("Playbooks")
    yield search(wanted)
    if not rows:
        yield section("Nothing fits that. Try one word of its title, or a situation as staff would type it.")
    for row in _page(rows, number, PAGE):
        yield section(f"{_MARKS[row.standing]}*{escape(row.title)}*\n{_state(row)}")
        yield actions(f"row:{row.id}", _row_buttons(row))
    yield from _turn("playbooks", rows, number, PAGE, wanted)


def _row_buttons(row: Row) -> Iterator[Block]:
    imported = row.standing is Standing.IMPORTED
    if row.unsaved or row.standing is not Standing.RETIRED:
        yield button(f"edit:{row.id}", "Finish it" if imported else "Go on with my form" if row.unsaved else "Change")
    if row.standing not in (Standing.NEW, Standing.IMPORTED):
        yield button(f"history:{row.id}", "See what waits" if row.standing is Standing.WAITING else "Versions")


def _state(row: Row) -> str:
    found = f"safety card, {row.standing}" if row.id in PHRASES_ONLY else str(row.standing)
    if row.last and row.standing is not Standing.SHIPPED:
        found += f", by {who(row.last.author)} {moment(row.last.at)}"
    overdue = " · *review overdue*" if row.overdue else ""
    return found + overdue + (" · *your form is not saved yet*" if row.unsaved and row.last else "")


def gaps(grouped: Grouped, number: int) -> Iterator[Block]:
    """One page of what people asked and found nothing for; of many, what is grouped so far."""
    groups = grouped.groups
    yield from _back("What was missing")
    if grouped.left:
        yield context(f"⏳ {grouped.left:,} more are still being put together by what they mean; they follow here.")
        yield actions("again", [button("home:gaps:0", "Look again")])
    if not groups and not grouped.left:
        yield section(
            "Nothing. When somebody finds no card and taps *Tell my manager this is missing*, it stands here."
        )
    for group in _page(groups, number, GROUPS):
        first, count = group.gaps[0], len(group.gaps)
        said = "\n".join(f"> {escape(cut(gap.text, 300))}" for gap in group.gaps[:SHOWN_GAPS])
        more = f"\n… and {count - SHOWN_GAPS} more" if count > SHOWN_GAPS else ""
        times = "*Told once*," if count == 1 else f"*Told {count} times*, last"
        yield section(f"{times} {day(group.gaps[-1].at)}\n{said}{more}")
        yield actions(f"gap:{first.id}", _gap_buttons(group))
    yield from _turn("gaps", groups, number, GROUPS)


def _gap_buttons(group: Group) -> list[Block]:
    ids = ",".join(gap.id for gap in group.gaps[:CARRIED])
    close = {
        "title": plain("Close it?"),
        "text": plain("It leaves this list. Nothing else changes."),
        "confirm": plain("Close"),
        "deny": plain("Leave it"),
    }
    return [
        button("gap-phrase", "Add to a playbook", ids),
        button("gap-start", "Write a playbook", ids),
        {**button("gap-close", "Close", ids), "confirm": close},
    ]


def changes(found: Sequence[Revision], number: int, title: Callable[[str], str]) -> Iterator[Block]:
    """One page of what was changed, by whom and when."""
    yield from _back("Recent changes")
    if not found:
        yield section("Nothing has been changed yet: every playbook stands as it was shipped.")
    for one in _page(found, number, CHANGES):
        waits = " · waits for a second manager" if one.waiting else ""
        note = f"\n_{escape(one.note)}_" if one.note else ""
        said = f"*{escape(title(one.playbook))}* {_DID[one.kind]} by {who(one.author)} {moment(one.at)}{waits}{note}"
        yield section(said, button(f"history:{one.playbook}", "Versions"))
    yield from _turn("changes", found, number, CHANGES)


def sites(found: Sequence[Site], number: int, *, all_of_them: bool) -> Iterator[Block]:
    """The sites that somebody may change; who may change `all_of_them` may add one too."""
    yield from _back("Sites and switches")
    yield section("Each site has its own numbers, switches and channels, and may hide playbooks.")
    for site in _page(found, number, SITES):
        yield section("\n".join(filter(None, (f"*{escape(site.name)}*", _channels(site), _missing(site)))))
        whole = [button(f"site-form:{site.id}", "Name and channels")] if all_of_them else []
        buttons = [
            *whole,
            button(f"site-numbers:{site.id}", "Numbers"),
            button(f"site-switches:{site.id}", "Switches"),
            button(f"site-texts:{site.id}", "Offers"),
            *([_removal(site.id)] if all_of_them and len(found) > 1 else []),
        ]
        yield actions(f"site:{site.id}", buttons)
    yield from _turn("sites", found, number, SITES)
    if all_of_them:
        yield actions("new", [button("site-form:", "Add a site"), button("home:managers", "Who keeps the playbooks")])


def _channels(site: Site) -> str:
    more = f" and {len(site.channels) - SHOWN_CHANNELS} more" if len(site.channels) > SHOWN_CHANNELS else ""
    return " ".join(f"<#{escape(channel)}>" for channel in site.channels[:SHOWN_CHANNELS]) + more


def _missing(site: Site) -> str:
    return MISSING if site.policy.missing() else ""


def _removal(site: str) -> Block:
    sure = {
        "title": plain("Remove this site?"),
        "text": plain("Its numbers, switches and channels are forgotten. Whoever chose it is asked again."),
        "confirm": plain("Remove it"),
        "deny": plain("Keep it"),
        "style": "danger",
    }
    return {**button(f"site-remove:{site}", "Remove"), "confirm": sure}


def search(wanted: str) -> Block:
    """The search input; Enter sends it."""
    element: Block = {
        "type": "plain_text_input",
        "action_id": "home:search",
        "max_length": 200,
        "placeholder": plain("A title, or a situation as staff would type it"),
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    }
    if wanted:
        element["initial_value"] = wanted
    label = plain("Find a playbook")
    return {"type": "input", "block_id": SEARCH, "dispatch_action": True, "label": label, "element": element}


def _back(title: str) -> Iterator[Block]:
    yield header(title)
    yield actions("back", [button("home:start", "← Home")])


def _page(things: Sequence[Thing], number: int, size: int) -> Sequence[Thing]:
    return things[number * size : (number + 1) * size]


def _turn(name: str, things: Sequence[object], number: int, size: int, wanted: str = "") -> Iterator[Block]:
    last = max(0, (len(things) - 1) // size)
    buttons = [button(f"home:{name}:{number - 1}", "← Before", wanted)] if number > 0 else []
    if number < last:
        buttons.append(button(f"home:{name}:{number + 1}", "More →", wanted))
    if buttons:
        yield context(f"Page {number + 1} of {last + 1}")
        yield actions("turn", buttons)
