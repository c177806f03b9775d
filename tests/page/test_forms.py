import json
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import expect

RING = "/cue client wants me to ring my coworker on his day off"


def plain(text):
    return {"type": "plain_text", "text": text}


def choices(*texts):
    return [{"text": plain(text), "value": text} for text in texts]


def asked(block, label, element, **more):
    return {"type": "input", "block_id": block, "label": plain(label), "element": {"action_id": "x", **element}, **more}


EVERYTHING = {
    "type": "modal",
    "callback_id": "everything",
    "title": plain("Everything"),
    "submit": plain("Save"),
    "close": plain("Cancel"),
    "blocks": [
        asked("title", "Title", {"type": "plain_text_input", "initial_value": "Wants a discount", "max_length": 80}),
        asked(
            "phrases", "How people say it", {"type": "plain_text_input", "multiline": True}, hint=plain("One a line.")
        ),
        asked("sectors", "Sectors", {"type": "multi_static_select", "options": choices("shop", "reception", "office")}),
        asked("to", "Said to", {"type": "static_select", "options": choices("the customer", "a colleague")}),
        asked("owner", "Owner", {"type": "users_select"}),
        asked("managers", "Managers", {"type": "multi_users_select", "initial_users": ["U0MANAGER"]}),
        asked("channel", "Channel", {"type": "conversations_select"}, optional=True),
        asked("boss", "Boss", {"type": "radio_buttons", "options": choices("if needed", "always")}),
        asked("also", "Also", {"type": "checkboxes", "options": choices("gifts", "phones")}, optional=True),
        asked("day", "Approved", {"type": "datepicker", "initial_date": "2026-01-31"}),
        {
            "type": "section",
            "block_id": "more",
            "text": {"type": "mrkdwn", "text": "*Wants a discount*\nas shipped"},
            "accessory": {"type": "overflow", "action_id": "x", "options": choices("History", "Retire")},
        },
        {
            "type": "actions",
            "block_id": "acts",
            "elements": [
                {
                    "type": "button",
                    "action_id": "retire",
                    "text": plain("Retire it"),
                    "style": "danger",
                    "value": "x",
                    "confirm": {
                        "title": plain("Retire this playbook?"),
                        "text": {"type": "mrkdwn", "text": "It is *no longer* shown."},
                        "confirm": plain("Retire"),
                        "deny": plain("Keep it"),
                        "style": "danger",
                    },
                }
            ],
        },
    ],
}


@pytest.fixture
def opened(room, visitor):
    """A form with every kind of input, put before Robin."""
    with room.slack.bell:
        room.slack.views.open("U0EMPLOYEE", EVERYTHING)
    visitor.form.wait_for()
    yield visitor
    with room.slack.bell:
        room.slack.views.clear("U0EMPLOYEE")


def sent(room, kind):
    """What the last request of a kind held."""
    body = next(one for one in reversed(list(room.slack.exchanges._held)) if one[1].kind == kind)[1].body
    return json.loads(parse_qs(body)["payload"][0])


def test_blanks_are_filled_in_and_the_card_says_them(visitor):
    visitor.type(RING)
    visitor.newest.get_by_role("button", name="Fill in the blanks").click()
    field = visitor.form.get_by_label("Who do they want us to reach?")
    expect(field).to_be_focused()
    visitor.shoot("form")
    field.fill("Bong")
    field.press("Enter")
    expect(visitor.form).to_have_count(0)
    expect(visitor.newest).to_contain_text("Bong")


def test_escape_closes_the_form_and_the_focus_returns(visitor):
    visitor.type(RING)
    opener = visitor.newest.get_by_role("button", name="Fill in the blanks")
    opener.click()
    visitor.form.wait_for()
    visitor.page.keyboard.press("Escape")
    expect(visitor.form).to_have_count(0)
    expect(opener).to_be_focused()


def test_the_keyboard_stays_inside_the_form(opened):
    inside = "() => document.querySelector('[role=dialog]').contains(document.activeElement)"
    for _ in range(30):
        opened.page.keyboard.press("Tab")
        assert opened.page.evaluate(inside)
    for _ in range(5):
        opened.page.keyboard.press("Shift+Tab")
        assert opened.page.evaluate(inside)


def test_required_inputs_left_blank_are_named_under_themselves(opened):
    save = opened.form.get_by_role("button", name="Save")
    expect(save).to_be_in_viewport(ratio=1)
    save.click()
    phrases = opened.form.get_by_label("How people say it")
    expect(phrases).to_be_focused()
    expect(phrases).to_have_attribute("aria-invalid", "true")
    expect(opened.form.locator("[data-block=phrases]")).to_contain_text("Please complete this required field.")
    expect(opened.form.locator("[data-block=also] .error")).to_have_count(0)
    opened.shoot("form-errors")


def test_every_input_is_sent_as_slack_sends_it(opened, room):
    form = opened.form
    form.get_by_label("How people say it").fill("ten percent off\nany discount")
    sectors = form.get_by_role("combobox", name="Sectors")
    sectors.click()
    form.get_by_role("option", name="shop").click()
    form.get_by_role("option", name="office").click()
    sectors.press("Escape")
    form.get_by_role("combobox", name="Said to").fill("coll")
    opened.page.keyboard.press("Enter")
    form.get_by_role("combobox", name="Owner").fill("Jo")
    opened.page.keyboard.press("Enter")
    form.get_by_role("radio", name="always").check()
    form.get_by_role("checkbox", name="phones").check()
    form.get_by_label("Approved").fill("2026-02-28")
    opened.shoot("form-filled")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("Try again?")  # the app knows no such form
    values = {block: entry["x"] for block, entry in sent(room, "view_submission")["view"]["state"]["values"].items()}
    assert values["title"]["value"] == "Wants a discount"
    assert values["phrases"]["value"] == "ten percent off\nany discount"
    assert [one["value"] for one in values["sectors"]["selected_options"]] == ["shop", "office"]
    assert values["to"]["selected_option"]["value"] == "a colleague"
    assert values["owner"]["selected_user"] == "U0OWNER"
    assert values["managers"]["selected_users"] == ["U0MANAGER"]
    assert values["channel"]["selected_conversation"] is None
    assert values["boss"]["selected_option"]["value"] == "always"
    assert [one["value"] for one in values["also"]["selected_options"]] == ["phones"]
    assert values["day"]["selected_date"] == "2026-02-28"


def test_a_button_that_asks_first_acts_only_on_yes(opened, room):
    opened.form.get_by_role("button", name="Retire it").click()
    question = opened.page.get_by_role("alertdialog", name="Retire this playbook?")
    expect(question).to_contain_text("It is no longer shown.")
    opened.shoot("question")
    opened.page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(opened.form).to_be_visible()
    opened.form.get_by_role("button", name="Retire it").click()
    question.get_by_role("button", name="Retire").click()
    expect(question).to_have_count(0)
    opened.form.get_by_role("button", name="More").click()
    opened.page.get_by_role("menuitem", name="History").click()
    expect(opened.page.get_by_role("menuitem")).to_have_count(0)


def test_home_is_drawn_for_each_person(room, visitor):
    home = {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("The right words on the spot")},
            {"type": "section", "text": {"type": "mrkdwn", "text": "Type `/cue` and *what is going on*."}},
        ],
    }
    with room.slack.bell:
        room.slack.views.publish("U0MANAGER", home)
    visitor.become("Alex")
    visitor.go("Cuecard")
    visitor.page.get_by_role("tab", name="Home").click()
    expect(visitor.page.get_by_role("tabpanel")).to_contain_text("The right words on the spot")
    visitor.shoot("home")
    visitor.page.get_by_role("tab", name="Home").press("ArrowRight")
    expect(visitor.page.get_by_role("tab", name="Messages")).to_be_focused()
    expect(visitor.composer).to_be_visible()
