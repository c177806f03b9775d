import dataclasses
import logging
import time
from datetime import UTC, datetime, timedelta

import pytest
from phone import actions_of, blocks_of, forged, shown, text

from bot.domain.asker import Asker
from bot.domain.draft import Draft
from bot.domain.gap import Gap
from bot.domain.revision import Kind, Revision
from bot.playground import payloads
from bot.playground.limits import check_view
from bot.playground.said import user_of
from bot.services.gaps import Group, Grouped
from bot.services.overview import Overview, Row, Standing
from bot.services.ports import NotKept
from bot.slack import home_blocks
from bot.slack.parts import modal

NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def gap(number, said):
    return Gap(id=f"{number:032}", workspace="T0DEMO", site="policy", text=said, at=NOW + timedelta(minutes=number))


def revision(playbook, **more):
    return Revision(workspace="T0DEMO", playbook=playbook, number=1, author="U0OWNER", at=NOW, **more)


def test_everybody_finds_how_to_ask_what_there_is_and_what_is_kept_of_them(phone):
    home = shown(phone().open_home())
    for words in (
        "Ask now",
        "Someone is in danger",
        "Your site:* The Lantern",
        "neither stored nor logged",
        "In danger?",
    ):
        assert words in home
    assert "For managers" not in home
    assert "U0EMPLOYEE" not in home


def test_asking_from_home_is_answered_in_the_form_and_its_buttons_work_there(phone, caplog):
    robin = phone()
    robin.open_home()
    robin.press("home:ask", "home")
    with caplog.at_level(logging.INFO, "bot"):
        robin.send(text=text("client demands steve's cell, he's off today"))
    assert "personal number" in shown(robin.form)
    first = shown(robin.form)
    robin.press("firmer", "form")
    assert shown(robin.form) != first
    robin.press("none", "form")
    robin.press("gap", "form")
    assert len(robin.api.slack.views.stack("U0EMPLOYEE")) == 2
    assert "‹name›" in shown(robin.form)
    assert "coworker-personal-number" not in caplog.text


def test_danger_asked_from_home_stands_first_and_the_boss_can_be_called_there(phone):
    robin = phone()
    robin.open_home()
    robin.press("home:ask", "home")
    robin.send(text=text("he has a knife"))
    assert robin.form.content["blocks"][0]["text"]["text"].startswith("🚨")
    robin.press("call", "form")
    assert "I have told the manager on duty" in shown(robin.form)


def test_a_category_opens_as_a_form_and_each_card_in_it(phone):
    robin = phone()
    robin.open_home()
    robin.press("home:sector:contact", "home")
    robin.press("pick:0", "form")
    assert "firmer" in actions_of(blocks_of(robin.form))


def test_managers_see_gaps_by_meaning_with_a_count_and_close_them(phone, kept):
    for number, said in enumerate(
        ("printer is out of toner", "no toner left in the printer", "guest wants the wifi code")
    ):
        kept.gaps.add(gap(number, said))
    jo = phone("U0OWNER")
    jo.open_home()
    assert "What was missing (3)" in shown(jo.home)
    jo.press("home:gaps", "home")
    assert "Told 2 times*, last <!date^" in shown(jo.home)
    assert "*Told once*, <!date^" in shown(jo.home)
    assert "{time}" not in shown(jo.home), "a gap keeps its day alone"
    assert {"gap-phrase", "gap-start", "gap-close"} <= set(actions_of(blocks_of(jo.home)))
    jo.press("gap-close", "home")
    assert [one.text for one in kept.gaps.open("T0DEMO")] == ["guest wants the wifi code"]
    assert "toner" not in shown(jo.home)


def test_the_list_shows_how_each_stands_and_search_finds_by_title_phrase_and_meaning(phone, kept, living):
    kept.revisions.add(revision("card-declined", kind=Kind.RETIRED), revision("child-safety", needs=True, text="x"))
    living.shelves.refresh()
    jo = phone("U0OWNER")
    jo.open_home()
    jo.press("home:playbooks", "home")
    page = shown(jo.home)
    assert "waits for a second manager, by <@U0OWNER>" in page
    assert page.count("See what waits") == 1
    assert "as shipped" in page
    for wanted in ("declined", living.library.playbooks["card-declined"].phrases[0]):
        jo.press("home:search", "home", value=wanted)
        assert "Card declined" in shown(jo.home)
        assert "taken off, by <@U0OWNER>" in shown(jo.home)
        assert "edit:card-declined" not in actions_of(blocks_of(jo.home)), "its versions bring it back first"
    jo.press("home:search", "home", value="parcel came all dented")
    assert "Damaged" in shown(jo.home) or "damaged" in shown(jo.home)
    jo.press("home:search", "home", value="zzzzzz qqqqq")
    assert jo.home is not None


def test_forms_that_came_from_a_file_are_told_apart_from_those_that_somebody_began(quick, kept):
    for person, playbook in (("", "refund-policy"), ("U0OWNER", "lost-umbrella")):
        fields = {"title": playbook.replace("-", " ").capitalize(), "phrases": "refund"}
        kept.drafts.keep(Draft(workspace="T0DEMO", person=person, playbook=playbook, base=0, fields=fields))
    jo = quick()
    jo.open_home()
    assert "*1 imported form is to be finished.* *1 of your forms is not saved yet.*" in shown(jo.home)
    jo.press("home:playbooks", "home")
    said = [block["text"]["text"] for block in blocks_of(jo.home) if block["type"] == "section"]
    assert "📥 *Refund policy*\nimported, to finish" in said
    assert "✏️ *Lost umbrella*\nbegun, not saved yet" in said
    assert "history:refund-policy" not in actions_of(blocks_of(jo.home))
    jo.press("edit:refund-policy", "home")
    jo.press("home:playbooks", "home")
    assert "imported, to finish" not in shown(jo.home)


def test_of_more_gaps_than_are_grouped_yet_home_says_how_many_follow():
    page = list(home_blocks.gaps(Grouped((Group((gap(1, "guest wants the wifi code"),)),), 4321), 0))
    assert "4,321 more are still being put together" in str(page)
    assert "home:gaps:0" in str(page)
    assert "follow here" not in str(list(home_blocks.gaps(Grouped(()), 0)))
    assert "Nothing." not in str(list(home_blocks.gaps(Grouped((), 7), 0)))


def test_an_event_that_slack_sends_again_does_its_work_once_also_in_another_process(phone, quick, kept):
    robin, other = phone(), quick("U0EMPLOYEE")
    event = payloads.home_opened(user_of("U0EMPLOYEE"), None, 0.0)
    for number, one in enumerate((robin, other, robin, other)):
        assert one.courier.event({**event, "sent": number}).status == 200
    robin.until(lambda: robin.home is not None)
    robin.open_home()
    other.open_home()
    published = [name for name, _ in robin.api.calls if name == "views.publish"]
    assert len(published) == 3, "one for the event, one for each opening since"


def test_without_a_database_home_is_shown_each_time(phone, kept, monkeypatch):
    def fail(*_):
        raise NotKept

    monkeypatch.setattr(type(kept.events), "first", fail)
    robin = phone()
    assert "Ask now" in shown(robin.open_home())


def test_recent_changes_say_who_and_when(phone, kept):
    kept.revisions.add(revision("card-declined", kind=Kind.RETIRED, note="we take cash only"))
    jo = phone("U0OWNER")
    jo.open_home()
    jo.press("home:changes", "home")
    assert "taken off by <@U0OWNER>" in shown(jo.home)
    assert "we take cash only" in shown(jo.home)


@pytest.mark.parametrize("action", ["home:gaps:0", "home:playbooks:0", "home:changes:0", "home:sites", "home:managers"])
def test_a_forged_press_of_somebody_who_may_not_gets_a_sentence_and_no_page(phone, kept, action):
    kept.gaps.add(gap(1, "a secret of the managers"))
    robin = phone()
    robin.open_home()
    before = robin.home
    forged(robin, action)
    assert robin.home == before
    assert "owner or an admin of this workspace" in shown(robin.form)


def test_a_forged_closing_closes_nothing(phone, kept):
    kept.gaps.add(gap(1, "guest wants the wifi code"))
    robin = phone()
    robin.open_home()
    forged(robin, "gap-close", gap(1, "").id)
    assert len(kept.gaps.open("T0DEMO")) == 1


def test_every_page_of_a_thousand_playbooks_is_within_slacks_limits_and_drawn_at_once():
    last = revision("x" * 60, note="n" * 300)
    rows = [
        Row(id=f"playbook-{n:050}", title="T" * 150, standing=Standing.EDITED, overdue=True, last=last)
        for n in range(1000)
    ]
    groups = [Group(tuple(gap(n, "y" * 400) for n in range(60))) for _ in range(100)]
    groups = [
        Group(tuple(dataclasses.replace(one, id=f"{place:02}{one.id[2:]}") for one in group.gaps))
        for place, group in enumerate(groups)
    ]
    started = time.perf_counter()
    for number in (0, 1, 66):
        for blocks in (
            home_blocks.playbooks(rows, number, "w" * 200),
            home_blocks.gaps(Grouped(tuple(groups), 12_345), min(number, 8)),
            home_blocks.changes(
                [dataclasses.replace(last, playbook=row.id) for row in rows], number, lambda name: name
            ),
            home_blocks.for_managers(rows, 400),
        ):
            check_view(home_blocks.home(list(blocks)), "home")
    assert time.perf_counter() - started < 2
    check_view(modal("x" * 40, []), "modal")


def test_a_thousand_playbooks_are_listed_and_searched_in_a_moment(bot, kept):
    one = bot.library.playbooks["card-declined"]
    many = {
        f"card-declined-{n}": dataclasses.replace(one, id=f"card-declined-{n}", title=f"Card {n}") for n in range(1000)
    }

    class Everything:
        shipped = dataclasses.replace(bot.library, playbooks=many)

        def library(self, _workspace):
            return self.shipped

        def of(self, _workspace):
            return bot.shelf

    class Anybody:
        def check_edit(self, *_):
            pass

    overview = Overview(Everything(), kept, Anybody())
    started = time.perf_counter()
    assert len(overview.rows(Asker("T0DEMO", "U0OWNER"))) == 1010
    assert overview.rows(Asker("T0DEMO", "U0OWNER"), "card 777")[0].id == "card-declined-777"
    assert time.perf_counter() - started < 1
