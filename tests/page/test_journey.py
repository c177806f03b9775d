"""The manager's whole journey in a real browser, with the real engine: a gap arrives, becomes a phrase, is answered."""

import pytest
from playwright.sync_api import expect

from bot.playground.page_server import PageServer
from bot.playground.room import Playground

MISSING = "the printer has no ink left"
SAID_TWICE = "the printer is out of ink"
PLAYBOOK = "Client demands what we don't offer"
PUSHED = "It's still not going through. I can give you a moment to think."


@pytest.fixture
def address(settings, bot, patience):
    """A playground of its own: what a manager saves here is nobody else's."""
    room = Playground(settings, lambda *_: bot, patience)
    room.api.serve()
    room.build()
    server = PageServer(room, "127.0.0.1", 0)
    server.serve()
    yield f"http://127.0.0.1:{server.port}/"
    server.close()
    room.close()


def tell(visitor, text):
    """Ask what nothing covers, and tell the manager."""
    visitor.type(f"/cue {text}")
    visitor.newest.get_by_role("button", name="Tell my manager this is missing").click()
    expect(visitor.form.get_by_label("What were you looking for?")).to_have_value(text)
    visitor.shoot("journey-1-tell")
    visitor.send("Send")
    expect(visitor.form).to_contain_text("nobody sees whose they are")
    visitor.page.keyboard.press("Escape")
    expect(visitor.form).to_have_count(0)


def open_playbook(visitor, title):
    """Find a playbook on Home, and open its form on the page of the words."""
    visitor.open_home()
    visitor.page.get_by_label("Find a playbook").fill(title)
    visitor.page.get_by_label("Find a playbook").press("Enter")
    expect(visitor.page.get_by_text(title, exact=True)).to_be_visible()
    visitor.page.get_by_role("button", name="Change", exact=True).first.click()
    expect(visitor.form).to_contain_text("page 1 of")
    visitor.send("Next")
    expect(visitor.form).to_contain_text("page 2 of")


def check(visitor):
    """Go to the summary."""
    visitor.form.get_by_role("button", name="Check and save").click()
    expect(visitor.form).to_contain_text("Not saved yet. This is different", timeout=60_000)


def save(visitor):
    """Save from the summary."""
    visitor.send("Save")
    expect(visitor.form).to_contain_text("is saved as version", timeout=60_000)


def test_what_was_missing_becomes_a_phrase_and_is_answered(visitor):
    tell(visitor, MISSING)
    tell(visitor, SAID_TWICE)
    visitor.become("Jo")
    visitor.open_home()
    visitor.page.get_by_role("button", name="What was missing (2)").click()
    expect(visitor.page.get_by_text("Told 2 times")).to_be_visible()
    visitor.shoot("journey-2-gaps")
    visitor.page.get_by_role("button", name="Add to a playbook").click()
    visitor.form.get_by_role("combobox").fill("demands what")
    visitor.form.get_by_role("option", name=PLAYBOOK).click()
    visitor.send("Next")
    expect(visitor.form).to_contain_text("What was missing stands first")
    phrases = visitor.form.get_by_label("How people say it, one a line", exact=True)
    first, second, *_ = phrases.input_value().splitlines()
    assert {first, second} == {MISSING, SAID_TWICE}
    visitor.shoot("journey-3-form")
    check(visitor)
    expect(visitor.form).to_contain_text(f"“{first}”, “{second}” added")
    visitor.shoot("journey-4-summary")
    save(visitor)
    visitor.form.get_by_role("button", name="Close").first.click()
    expect(visitor.page.get_by_text("Nothing. When somebody finds no card")).to_be_visible()
    visitor.become("Robin")
    visitor.go("shop-floor")
    expect(visitor.type(f"/cue {MISSING}")).to_contain_text(PLAYBOOK)
    expect(visitor.type(f"/cue {SAID_TWICE.upper()}")).to_contain_text(PLAYBOOK)
    visitor.shoot("journey-5-answered")


def test_a_broken_wording_is_refused_under_its_own_field(visitor):
    visitor.become("Jo")
    open_playbook(visitor, "Card declined")
    field = visitor.form.get_by_label("Say first")
    field.fill("Calm down sir, {{ nobody }} said so")
    visitor.send("Next")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(visitor.form).to_contain_text("page 2 of")
    expect(visitor.form.get_by_label("When they push")).not_to_have_attribute("aria-invalid", "true")
    expect(field).to_have_value("Calm down sir, {{ nobody }} said so")
    visitor.shoot("journey-refused")


def test_whoever_loses_a_race_sees_what_the_other_saved_and_keeps_their_own_text(visitor, visit, address):
    visitor.become("Jo")
    visitor.composer.fill("/cue managers")
    visitor.composer.press("Enter")
    visitor.form.get_by_role("combobox").click()
    visitor.form.get_by_role("option", name="Alex").click()
    visitor.send("Save")
    expect(visitor.form).to_have_count(0)
    other = visit(address)
    other.become("Alex")
    for one in (visitor, other):
        open_playbook(one, "Card declined")
    visitor.form.get_by_label("When they push").fill(PUSHED)
    check(visitor)
    save(visitor)
    mine = "It's still not going through. Take your time, I'll wait here for you as long as you like."
    other.form.get_by_label("When they push").fill(mine)
    other.form.get_by_role("button", name="Check and save").click()
    expect(other.form).to_contain_text("Somebody else was first", timeout=60_000)
    expect(other.form).to_contain_text(PUSHED)
    other.shoot("journey-conflict")
    other.form.get_by_role("button", name="Go on with my text").click()
    expect(other.form.get_by_label("When they push")).to_have_value(mine)
    check(other)
    save(other)
