import json
import threading

import pytest
from playwright.sync_api import expect

from bot.playground.page_server import PageServer

WIDTHS = {"desk": {"width": 1280, "height": 860}, "phone": {"width": 360, "height": 740}}
BAD = ("serious", "critical")


def faults(axe, visitor):
    visitor.page.evaluate(axe)
    found = visitor.page.evaluate("() => axe.run({resultTypes: ['violations']})")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary']}"
        for one in found["violations"]
        if one["impact"] in BAD
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_serious(visit, axe, width, scheme):
    visitor = visit(viewport=WIDTHS[width], color_scheme=scheme, reduced_motion="reduce")
    visitor.try_one("Somebody is in danger")
    visitor.try_one("Which one is it?")
    visitor.shoot(f"{width}-{scheme}")
    assert faults(axe, visitor) == []
    visitor.composer.fill("/")
    assert faults(axe, visitor) == []
    visitor.toggle("Inspector")
    visitor.drawer.get_by_role("button", name="/cue").first.click()
    visitor.drawer.get_by_text("Copy as curl").wait_for()
    visitor.shoot(f"{width}-{scheme}-inspector")
    assert faults(axe, visitor) == []


def test_a_form_has_no_serious_fault_either(visit, axe):
    for scheme in ("light", "dark"):
        visitor = visit(viewport=WIDTHS["phone"], color_scheme=scheme)
        visitor.type("/cue client wants me to ring my coworker on his day off")
        visitor.newest.get_by_role("button", name="Fill in the blanks").click()
        visitor.form.wait_for()
        visitor.shoot(f"phone-{scheme}-form")
        assert faults(axe, visitor) == []
        visitor.page.keyboard.press("Escape")
        expect(visitor.form).to_have_count(0)


def test_nothing_sticks_out_at_360_pixels(visit):
    visitor = visit(viewport=WIDTHS["phone"])
    visitor.try_one("A customer crosses a line")
    assert visitor.page.evaluate("() => document.documentElement.scrollWidth") == 360
    visitor.page.get_by_role("button", name="Back to the channels").click()
    visitor.shoot("phone-list")
    visitor.go("break-room")
    expect(visitor.composer).to_be_visible()


def test_the_phone_frame_narrows_a_wide_page(visitor):
    visitor.try_one("A customer crosses a line")
    visitor.toggle("Phone width")
    expect(visitor.page.get_by_role("button", name="Back to the channels")).to_be_visible()
    assert visitor.newest.bounding_box()["width"] < 390
    visitor.shoot("framed")


def test_dark_follows_the_system_until_somebody_chooses(visit):
    ground = "() => getComputedStyle(document.body).backgroundColor"
    visitor = visit(color_scheme="dark")
    dark = visitor.page.evaluate(ground)
    visitor.toggle("Dark")
    light = visitor.page.evaluate(ground)
    assert dark != light
    visitor.page.reload()
    visitor.composer.wait_for()
    assert visitor.page.evaluate(ground) == light


def test_a_question_is_asked_and_answered_by_keyboard_alone(visitor):
    keys = visitor.page.keyboard
    keys.press("Tab")
    expect(visitor.page.get_by_role("link", name="Skip to typing")).to_be_focused()
    keys.press("Enter")
    expect(visitor.composer).to_be_focused()
    keys.type("/c")
    keys.press("Tab")
    keys.type("client demands steve's cell, he's off today")
    keys.press("Enter")
    expect(visitor.newest).to_contain_text("Client demands a coworker's personal number")
    visitor.newest.get_by_role("button", name="They won't accept that").focus()
    keys.press("Enter")
    expect(visitor.newest).to_contain_text("firmer")
    inside = "() => document.activeElement.closest('article') !== null"
    visitor.page.wait_for_function(inside)
    expect(visitor.page.locator("[aria-live=polite]").first).to_contain_text("only visible to you")


def test_the_inspector_shows_the_signed_request_the_answer_and_why(visitor):
    visitor.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    visitor.type("/cue custmer demands steves cell")
    visitor.toggle("Inspector")
    visitor.drawer.get_by_role("button", name="/cue").first.click()
    expect(visitor.drawer).to_contain_text("X-Slack-Signature")
    expect(visitor.drawer.get_by_role("region", name="Request body")).to_contain_text("custmer demands steves cell")
    expect(visitor.drawer.get_by_role("region", name="Answer")).to_contain_text('"response_type": "ephemeral"')
    expect(visitor.drawer).to_contain_text("Why this answer")
    expect(visitor.drawer).to_contain_text("Nearest phrase")
    expect(visitor.drawer).to_contain_text("Runner-up")
    expect(visitor.drawer.locator(".mended")).to_contain_text("custmer")
    visitor.shoot("inspector")
    visitor.drawer.get_by_role("button", name="Copy as curl").click()
    expect(visitor.drawer).to_contain_text("Copied")
    assert visitor.page.evaluate("() => navigator.clipboard.readText()").startswith("curl ")


def test_the_tour_says_what_to_notice_and_can_be_sent_away(visitor):
    visitor.try_one("Nothing covers this")
    expect(visitor.page.get_by_role("status")).to_contain_text("makes none up")
    visitor.toggle("Hide the suggestions")
    expect(visitor.page.get_by_role("button", name="Nothing covers this")).to_have_count(0)
    visitor.page.reload()
    visitor.composer.wait_for()
    expect(visitor.page.get_by_role("button", name="Nothing covers this")).to_have_count(0)


def test_the_page_is_there_well_within_a_second(visitor):
    visitor.page.reload()
    visitor.composer.wait_for()
    loaded = visitor.page.evaluate("() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    assert loaded < 1000


class Told:
    """A room that shows what it is told to."""

    def __init__(self, state):
        self.told, self.over = state, threading.Event()

    def state(self, user):
        return self.told

    def wait(self, seen, seconds):
        if self.over.wait(0.1):
            raise ConnectionError
        return 0

    def exchange(self, number):
        return {}

    def do(self, name, held):
        return {"ok": True}


@pytest.fixture
def told(room):
    return Told(json.loads(json.dumps(room.state(""))))


@pytest.fixture
def served(told):
    server = PageServer(told, "127.0.0.1", 0)
    server.serve()
    yield f"http://127.0.0.1:{server.port}/"
    told.over.set()
    server.close()


def test_it_says_that_the_playbooks_are_being_read(visit, told, served):
    told.told |= {"ready": False, "notice": "Reading the playbooks …"}
    visitor = visit(served)
    expect(visitor.page.get_by_role("status").filter(has_text="Reading the playbooks")).to_be_visible()
    visitor.shoot("reading")


def test_it_says_that_the_connection_is_lost_and_waits(visit, told):
    server = PageServer(told, "127.0.0.1", 0)
    server.serve()
    visitor = visit(f"http://127.0.0.1:{server.port}/")
    visitor.composer.wait_for()
    server.close()
    told.over.set()
    expect(visitor.page.get_by_role("alert")).to_contain_text("The playground does not answer.")
    visitor.shoot("lost")
    told.over.clear()
    again = PageServer(told, "127.0.0.1", server.port)
    again.serve()
    expect(visitor.page.get_by_role("alert")).to_have_count(0)
    told.over.set()
    again.close()
    visitor.complaints.clear()  # the browser complains of the loss itself
