"""What may be tapped, chosen and typed into: every element of Slack's that Cuecard could use, with its limits."""

from collections.abc import Mapping

from bot.playground.rules import Fields, anything, flag, kinds, listed, number, one_of, plain, shape, string, written

ID = string(255)
_CONFIRM = shape(
    {"!title": plain(100), "!text": written(300), "!confirm": plain(30), "!deny": plain(30), "style": anything}
)
_OPTION: Fields = {"!text": written(75), "!value": string(150), "description": written(75), "url": string(3000)}
_OPTIONS = listed(1, 100, shape(_OPTION))
_GROUPS = listed(1, 100, shape({"!label": plain(75), "!options": _OPTIONS}))
_TAP: Fields = {"action_id": ID, "confirm": _CONFIRM}
_INPUT: Fields = {**_TAP, "focus_on_load": flag}
_MENU: Fields = {**_INPUT, "placeholder": plain(150)}
_MANY: Fields = {**_MENU, "max_selected_items": number(1, 1000)}
_CHOSEN = listed(1, 100, string(255))
_WRITTEN: Fields = {
    "action_id": ID,
    "focus_on_load": flag,
    "placeholder": plain(150),
    "dispatch_action_config": anything,
}
_ICON: Fields = {
    **_TAP,
    "!icon": one_of("trash"),
    "!text": plain(75),
    "value": string(2000),
    "accessibility_label": string(75),
}
_FEEDBACK = shape({"!text": plain(75), "!value": string(2000), "accessibility_label": string(75)})

ELEMENTS: Mapping[str, Fields] = {
    "button": {
        **_TAP,
        "!text": plain(75),
        "value": string(2000),
        "url": string(3000),
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
    "image": {"image_url": string(3000), "!alt_text": string(2000), "slack_file": anything},
    "overflow": {**_TAP, "!options": listed(1, 5, shape(_OPTION))},
    "static_select": {**_MENU, "options": _OPTIONS, "option_groups": _GROUPS, "initial_option": shape(_OPTION)},
    "multi_static_select": {**_MANY, "options": _OPTIONS, "option_groups": _GROUPS, "initial_options": _OPTIONS},
    "external_select": {**_MENU, "initial_option": shape(_OPTION), "min_query_length": number(0, 3000)},
    "multi_external_select": {**_MANY, "initial_options": _OPTIONS, "min_query_length": number(0, 3000)},
    "users_select": {**_MENU, "initial_user": string(255)},
    "multi_users_select": {**_MANY, "initial_users": _CHOSEN},
    "conversations_select": {
        **_MENU,
        "initial_conversation": string(255),
        "default_to_current_conversation": flag,
        "response_url_enabled": flag,
        "filter": anything,
    },
    "multi_conversations_select": {
        **_MANY,
        "initial_conversations": _CHOSEN,
        "default_to_current_conversation": flag,
        "filter": anything,
    },
    "channels_select": {**_MENU, "initial_channel": string(255), "response_url_enabled": flag},
    "multi_channels_select": {**_MANY, "initial_channels": _CHOSEN},
    "datepicker": {**_MENU, "initial_date": string(10)},
    "timepicker": {**_MENU, "initial_time": string(5), "timezone": string(100)},
    "datetimepicker": {**_INPUT, "initial_date_time": number(1_000_000_000, 9_999_999_999)},
    "checkboxes": {
        **_INPUT,
        "!options": listed(1, 10, shape(_OPTION)),
        "initial_options": listed(1, 10, shape(_OPTION)),
    },
    "radio_buttons": {**_INPUT, "!options": listed(1, 10, shape(_OPTION)), "initial_option": shape(_OPTION)},
    "plain_text_input": {
        **_WRITTEN,
        "initial_value": string(3000, 0),
        "multiline": flag,
        "min_length": number(0, 3000),
        "max_length": number(1, 3000),
    },
    "number_input": {
        **_WRITTEN,
        "!is_decimal_allowed": flag,
        "initial_value": string(100),
        "min_value": string(100),
        "max_value": string(100),
    },
    "email_text_input": {**_WRITTEN, "initial_value": string(3000)},
    "url_text_input": {**_WRITTEN, "initial_value": string(3000)},
    "feedback_buttons": {"action_id": ID, "!positive_button": _FEEDBACK, "!negative_button": _FEEDBACK},
    "icon_button": _ICON,
}
"""Lengths from docs.slack.dev, block elements."""

_SELECTS = ("static_select", "external_select", "users_select", "conversations_select", "channels_select")
_MULTI = tuple(f"multi_{name}" for name in _SELECTS)
_PICKERS = ("datepicker", "timepicker")
_BOXES = ("checkboxes", "radio_buttons")
_TYPED = ("plain_text_input", "number_input", "email_text_input", "url_text_input")

ACCESSORY = kinds(ELEMENTS, ("button", "image", "overflow", *_SELECTS, *_MULTI, *_PICKERS, *_BOXES))
ACTION = kinds(ELEMENTS, ("button", "overflow", *_SELECTS, *_PICKERS, "datetimepicker", *_BOXES))
INPUT = kinds(ELEMENTS, (*_SELECTS, *_MULTI, *_PICKERS, "datetimepicker", *_BOXES, *_TYPED))
CONTEXT_ACTION = kinds(ELEMENTS, ("feedback_buttons", "icon_button"))
