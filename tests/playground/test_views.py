"""Forms and Home tabs by Slack's rules: triggers, stacks, hashes."""

import pytest
from slack_sdk.errors import SlackApiError


def modal(**more):
    return {"type": "modal", "title": {"type": "plain_text", "text": "A form"}, "blocks": [], **more}


def home(text):
    return {"type": "home", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": text}}]}


def refused(call, **named):
    with pytest.raises(SlackApiError) as caught:
        call(**named)
    return caught.value.response["error"]


def test_a_trigger_opens_one_form(client, web):
    trigger = web.new_trigger()
    assert client.views_open(trigger_id=trigger, view=modal())["view"]["hash"]
    assert refused(client.views_open, trigger_id=trigger, view=modal()) == "exchanged_trigger_id"
    assert refused(client.views_open, trigger_id="1.2.3", view=modal()) == "invalid_trigger_id"


def test_a_trigger_is_good_for_three_seconds(client, web, now):
    first, second = web.new_trigger(), web.new_trigger()
    now.seconds += 3
    assert client.views_open(trigger_id=first, view=modal())["ok"]
    now.seconds += 0.1
    assert refused(client.views_open, trigger_id=second, view=modal()) == "expired_trigger_id"


def test_three_forms_stand_on_one_another_and_no_fourth(client, web):
    root = client.views_open(trigger_id=web.new_trigger(), view=modal())["view"]
    for _ in range(2):
        pushed = client.views_push(trigger_id=web.new_trigger(), view=modal())["view"]
    assert pushed["root_view_id"] == root["id"]
    assert refused(client.views_push, trigger_id=web.new_trigger(), view=modal()) == "push_limit_reached"


def test_nothing_can_be_pushed_where_no_form_is_open(client, web):
    assert refused(client.views_push, trigger_id=web.new_trigger(), view=modal()) == "not_found"


def test_a_form_that_changed_meanwhile_is_not_overwritten(client, web):
    view = client.views_open(trigger_id=web.new_trigger(), view=modal())["view"]
    changed = client.views_update(view_id=view["id"], view=modal(callback_id="two"), hash=view["hash"])["view"]
    assert changed["hash"] != view["hash"]
    assert refused(client.views_update, view_id=view["id"], view=modal(), hash=view["hash"]) == "hash_conflict"
    assert client.views_update(view_id=view["id"], view=modal())["ok"]


def test_a_form_is_found_by_the_apps_own_id_which_is_its_alone(client, web):
    client.views_open(trigger_id=web.new_trigger(), view=modal(external_id="mine"))
    assert client.views_update(external_id="mine", view=modal(external_id="mine"))["ok"]
    double = refused(client.views_push, trigger_id=web.new_trigger(), view=modal(external_id="mine"))
    assert double == "duplicate_external_id"


def test_a_home_is_published_and_guarded_by_its_hash(client, web):
    first = client.views_publish(user_id="U0OWNER", view=home("one"))["view"]
    second = client.views_publish(user_id="U0OWNER", view=home("two"), hash=first["hash"])["view"]
    assert second["id"] == first["id"]
    assert refused(client.views_publish, user_id="U0OWNER", view=home("x"), hash=first["hash"]) == "hash_conflict"
    assert web.slack.views.home("U0EMPLOYEE") is None


def test_a_view_over_250_kilobytes_is_too_large(client, web):
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 2900}} for _ in range(90)]
    assert refused(client.views_open, trigger_id=web.new_trigger(), view=modal(blocks=blocks)) == "view_too_large"
