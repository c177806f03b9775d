"""What Slack would refuse in blocks and views is refused, with a pointer to the fault."""

import pytest

from bot.playground.limits import check_message, check_view
from bot.playground.refused import ApiError


def plain(text):
    return {"type": "plain_text", "text": text}


def section(text="hello", **more):
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text="Go", **more):
    return {"type": "button", "text": plain(text), "action_id": "go", **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def select(count, **more):
    options = [{"text": plain(f"{n}"), "value": f"{n}"} for n in range(count)]
    return {"type": "static_select", "action_id": "choose", "options": options, **more}


def typed(**more):
    return {"type": "input", "label": plain("Name"), "element": {"type": "plain_text_input", "action_id": "a", **more}}


BAD_BLOCKS = {
    "a section without text": {"type": "section"},
    "a section over 3000": section("a" * 3001),
    "an empty section": section(""),
    "eleven fields": {"type": "section", "fields": [plain("a")] * 11},
    "a field over 2000": {"type": "section", "fields": [plain("a" * 2001)]},
    "a header over 150": {"type": "header", "text": plain("a" * 151)},
    "a header in mrkdwn": {"type": "header", "text": {"type": "mrkdwn", "text": "a"}},
    "eleven context elements": {"type": "context", "elements": [plain("a")] * 11},
    "no elements": actions(),
    "26 buttons": actions(*(button(action_id=f"{n}") for n in range(26))),
    "a button over 75": actions(button("a" * 76)),
    "a value over 2000": actions(button(value="a" * 2001)),
    "a url over 3000": actions(button(url="a" * 3001)),
    "an unknown style": actions(button(style="loud")),
    "two buttons of one id": actions(button(), button()),
    "101 options": actions(select(101)),
    "no options": actions({"type": "static_select", "action_id": "choose"}),
    "an option over 75": actions(select(1, options=[{"text": plain("a" * 76), "value": "a"}])),
    "an option's value over 150": actions(select(1, options=[{"text": plain("a"), "value": "a" * 151}])),
    "a first choice that is not offered": actions(select(2, initial_option={"text": plain("9"), "value": "9"})),
    "a placeholder over 150": actions(select(1, placeholder=plain("a" * 151))),
    "six in an overflow": actions({**select(6), "type": "overflow"}),
    "eleven boxes": section(accessory={**select(11), "type": "checkboxes"}),
    "a long confirmation": actions(
        button(confirm={"title": plain("a" * 101), "text": plain("b"), "confirm": plain("c"), "deny": plain("d")})
    ),
    "an unknown property": section(colour="red"),
    "an unknown block": {"type": "moon"},
    "an unknown element": actions({"type": "lever"}),
    "a block id over 255": section(block_id="a" * 256),
    "an image without a description": {"type": "image", "image_url": "https://example.com/a.png"},
    "an input over 3000": typed(max_length=3001),
    "a label over 2000": {**typed(), "label": plain("a" * 2001)},
    "markdown over 12000": {"type": "markdown", "text": "a" * 12_001},
    "no block at all": "hello",
}


@pytest.mark.parametrize("name", BAD_BLOCKS)
def test_a_message_with_a_bad_block_is_refused_and_told_where(name):
    with pytest.raises(ApiError) as caught:
        check_message("hello", [section(), BAD_BLOCKS[name]])
    body = caught.value.body()
    assert body["error"] == "invalid_blocks"
    assert "[json-pointer:/blocks" in body["response_metadata"]["messages"][0]
    assert body["response_metadata"]["messages"][0].startswith("[ERROR] ")
    assert body["errors"]


@pytest.mark.parametrize(
    "blocks",
    [
        [section("a" * 3000)],
        [{"type": "header", "text": plain("a" * 150)}],
        [actions(*(button("a" * 75, value="b" * 2000, action_id=f"{n}") for n in range(25)))],
        [actions(select(100))],
        [section(accessory={**select(10), "type": "radio_buttons"})],
        [typed(max_length=3000, multiline=True)],
        [section(f"{n}") for n in range(50)],
        [{"type": "context_actions", "elements": [{"type": "icon_button", "icon": "trash", "text": plain("Away")}]}],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}],
    ],
)
def test_a_message_at_its_limits_is_taken(blocks):
    check_message("hello", blocks)


@pytest.mark.parametrize(
    "blocks",
    [
        [section(f"{n}") for n in range(51)],
        [section(block_id="same"), section(block_id="same")],
        [{"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}] * 2,
        [{"type": "markdown", "text": "a" * 7000}] * 2,
    ],
)
def test_what_is_only_too_much_together_is_refused(blocks):
    with pytest.raises(ApiError, match="invalid_blocks"):
        check_message("", blocks)


def modal(*blocks, **more):
    return {"type": "modal", "title": plain("A form"), "blocks": list(blocks), **more}


@pytest.mark.parametrize(
    "view",
    [
        modal(typed()),
        modal(title=plain("a" * 25)),
        modal(submit=plain("a" * 25)),
        modal(close=plain("a" * 25)),
        modal(private_metadata="a" * 3001),
        modal(callback_id="a" * 256),
        modal(*(section(f"{n}") for n in range(101))),
        modal({"type": "table", "rows": [[]]}),
        modal({"type": "markdown", "text": "hello"}),
        modal(
            typed(focus_on_load=True),
            {**typed(focus_on_load=True), "block_id": "b"},
            submit=plain("Go"),
        ),
        {"type": "modal", "blocks": []},
        {"type": "modal", "title": plain("A form")},
        "a form",
    ],
)
def test_a_form_that_slack_would_not_show_is_refused(view):
    with pytest.raises(ApiError) as caught:
        check_view(view, "modal")
    assert caught.value.code == "invalid_arguments"
    assert all("json-pointer:/view" in message for message in caught.value.messages)


def test_a_home_has_neither_title_nor_submit():
    with pytest.raises(ApiError):
        check_view({"type": "home", "title": plain("Home"), "blocks": []}, "home")
    assert check_view({"type": "home", "blocks": [section(f"{n}") for n in range(100)]}, "home")
