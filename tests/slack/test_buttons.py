import json

import pytest
from person import buttons, shown

from bot.domain.playbook import Rung
from bot.services.ports import NotKept
from bot.slack.state import MAX_TEXT, MAX_VALUE, State, StateError, clean_fact, load_state
from bot.storage.calls import StoredCalls

STEVE = "client demands steve's cell, he's off today"


def test_each_press_is_firmer_until_the_boss_is_fetched(person, bot):
    card = bot.shelf.cards["coworker-personal-number"].card({"name": "Steve"}, bot.shelf.policy, None)
    message = person.cue(STEVE).message
    for rung in (Rung.FIRST, Rung.FIRM, Rung.FINAL):
        assert card.lines[rung] in shown(message)
        message = person.press(buttons(message)["firmer"])
        assert message["replace_original"] is True
        assert message["response_type"] == "ephemeral"
    assert "You have said it all" in shown(message)
    assert "firmer" not in buttons(message)
    assert "In danger?" in shown(message)


def test_something_else_offers_three_and_then_the_next(person):
    message = person.press(buttons(person.cue(STEVE).message)["others"])
    first = {key: button["text"]["text"] for key, button in buttons(message).items() if key.startswith("pick:")}
    assert len(first) == 3
    more = person.press(buttons(message)["others"])
    second = {button["text"]["text"] for key, button in buttons(more).items() if key.startswith("pick:")}
    assert second
    assert not second & set(first.values())


def test_choosing_opens_the_card_with_what_was_found(person):
    offered = person.press(buttons(person.cue(STEVE).message)["others"])
    chosen = buttons(offered)["pick:0"]
    card = person.press(chosen)
    assert card["blocks"][0]["text"]["text"].rstrip("…") in chosen["text"]["text"] + card["blocks"][0]["text"]["text"]
    assert load_state(buttons(card)["none"]["value"]) == State(text="client demands ‹name›'s cell, he's off today")


def test_none_of_these_says_so_and_leads_to_the_menu(person):
    message = person.press(buttons(person.cue(STEVE).message)["none"])
    assert "I have no approved words" in shown(message)
    menu = person.press(buttons(message)["menu"])
    assert any(action.startswith("sector:") for action in buttons(menu))


def test_a_card_that_is_gone_says_so(person):
    button = {"action_id": "pick:0", "value": State("no-longer-there").dump()}
    assert "changed or taken away" in shown(person.press(button))


@pytest.mark.parametrize(
    "value",
    ["", "{", "[]", '{"p":1,"r":"","k":{},"o":[],"d":""}', "x" * 2000, '{"p":"a","r":"up","k":{},"o":[],"d":""}'],
)
def test_a_value_that_is_not_ours_leads_to_the_menu(person, value):
    with pytest.raises(StateError):
        load_state(value)
    message = person.press({"action_id": "firmer", "value": value})
    assert "What is happening?" in shown(message)


def test_a_forged_sector_leads_to_the_menu(person):
    assert "What is happening?" in shown(person.press({"action_id": "sector:moon", "value": State().dump()}))


def test_a_button_never_carries_more_than_slack_takes():
    state = State("a" * 60, Rung.FIRM, {f"fact_{n}": "ü" * 80 for n in "abcdef"}, tuple("b" * 60 for _ in range(20)))
    assert len(state.dump()) <= MAX_VALUE
    assert load_state(state.dump()).known == state.known


def test_markup_in_a_forged_fact_never_reaches_the_card(person):
    value = State("coworker-day-off-urgent", Rung.FIRST, {"person": "<!channel> *x*"}).dump()
    message = person.press({"action_id": "pick:0", "value": value})
    said = message["text"] + "".join(block["text"]["text"] for block in message["blocks"] if "text" in block)
    assert "&lt;!channel&gt; x" in said
    assert "<!channel>" not in said


def test_filling_in_the_blanks_puts_the_words_into_the_card(person):
    card = person.press({"action_id": "pick:0", "value": State("demand-outside-agreement").dump()})
    assert person.press(buttons(card)["tell"], answers=0) is None
    view = person.api.called("views.open")["view"]
    view = json.loads(view) if isinstance(view, str) else view
    name = view["blocks"][0]["block_id"]
    filled = person.submit(view, {name: "an early slot tomorrow"})
    assert filled["replace_original"] is True
    assert "an early slot tomorrow" in shown(filled)


def test_a_situation_of_nothing_but_emoji_can_have_its_blanks_filled_in(person):
    state = State("demand-outside-agreement", text="😀" * MAX_TEXT)
    card = person.press({"action_id": "pick:0", "value": state.dump()})
    assert person.press({**buttons(card)["tell"], "value": state.dump()}, answers=0) is None
    views = person.api.slack.views
    person.api.slack.bell.until(lambda: views.stack("U0EMPLOYEE"), 5.0)
    assert [view.content["title"]["text"] for view in views.stack("U0EMPLOYEE")] == ["Fill in the blanks"]


@pytest.mark.parametrize(
    ("told", "card"),
    [
        ("he has a knife", "Threat, weapon or robbery"),
        ("left arm is numb and he is sweating", "Someone is ill or hurt"),
    ],
)
def test_danger_that_is_typed_into_the_blanks_comes_first(person, told, card):
    opened = person.press({"action_id": "pick:0", "value": State("demand-outside-agreement").dump()})
    person.press(buttons(opened)["tell"], answers=0)
    view = person.api.called("views.open")["view"]
    view = json.loads(view) if isinstance(view, str) else view
    filled = person.submit(view, {view["blocks"][0]["block_id"]: told})
    assert filled["blocks"][0]["text"]["text"] == f"🚨 {card}"
    assert told in shown(filled)
    assert load_state(buttons(filled)["none"]["value"]).danger


def test_a_danger_above_is_not_made_smaller_by_what_is_typed_into_the_blanks(person):
    value = State("demand-outside-agreement", danger="weapon-robbery-threat").dump()
    opened = person.press({"action_id": "pick:0", "value": value})
    person.press(buttons(opened)["tell"], answers=0)
    view = person.api.called("views.open")["view"]
    view = json.loads(view) if isinstance(view, str) else view
    for told in ("an early slot", "my boss touched my leg"):
        filled = person.submit(view, {view["blocks"][0]["block_id"]: told})
        assert filled["blocks"][0]["text"]["text"] == "🚨 Threat, weapon or robbery"


def headers(message):
    return [block["text"]["text"] for block in message["blocks"] if block["type"] == "header"]


@pytest.mark.parametrize(
    ("above", "tapped"),
    [("weapon-robbery-threat", "customers-fighting"), ("customers-fighting", "weapon-robbery-threat")],
)
def test_of_two_safety_cards_the_more_urgent_stands_above_and_neither_goes(person, above, tapped):
    value = State(tapped, danger=above).dump()
    message = person.press({"action_id": "pick:0", "value": value})
    assert headers(message) == ["🚨 Threat, weapon or robbery", "Customers are fighting"]
    assert "firmer" not in buttons(message)
    calls = [
        button["value"]
        for block in message["blocks"]
        if block["type"] == "actions"
        for button in block["elements"]
        if button["action_id"] == "call"
    ]
    assert calls == ["weapon-robbery-threat", "customers-fighting"]
    assert "Customers are fighting" in message["text"]
    menu = person.press(buttons(message)["none"])
    assert headers(menu)[0] == "🚨 Threat, weapon or robbery"


def test_a_safety_card_that_is_tapped_again_stands_once(person):
    message = person.press({"action_id": "pick:0", "value": State("child-safety", danger="child-safety").dump()})
    assert len(headers(message)) == 1


def test_calling_the_boss_is_kept_told_and_confirmed(person):
    danger = person.cue("he has a knife").message
    confirmed = person.press(buttons(danger)["call"])
    posted = person.api.called("chat.postMessage")
    assert confirmed["text"].startswith("I have told the manager on duty.\nIn danger?")
    assert posted["channel"] == "C0DUTY"
    assert "<@U0EMPLOYEE>" in posted["text"]
    assert "knife" not in posted["text"]
    assert "at *The Lantern (a made-up demo)*: *Threat, weapon or robbery*" in posted["text"]


def test_before_the_boss_is_called_slack_says_what_is_told_to_whom(person):
    asked = buttons(person.cue("he has a knife").message)["call"]["confirm"]
    for words in ("boss on duty", "your name", "your site", "“Threat, weapon or robbery”", "Nothing of what you typed"):
        assert words in asked["text"]["text"]


@pytest.mark.parametrize("text", ["my boss touched my leg", "i want to end it all"])
def test_cards_about_oneself_offer_no_call(person, text):
    assert "call" not in buttons(person.cue(text).message)


def test_the_safety_card_stays_whatever_is_tapped_below_it(person):
    message = person.cue("he has a knife and wants steve's cell").message
    for action in ("none", "menu", "sector:contact", "pick:0", "firmer"):
        if action not in buttons(message):
            message = person.cue("he has a knife and wants steve's cell").message
        if action in buttons(message):
            message = person.press(buttons(message)[action])
        assert message["blocks"][0]["text"]["text"] == "🚨 Threat, weapon or robbery", action


def test_a_typed_telephone_number_is_never_said_back():
    assert clean_fact("07700 900123") == ""
    assert clean_fact("4242-4242-4242-4242") == ""
    assert clean_fact("at 10:30 on the 5th") == "at 10:30 on the 5th"
    assert load_state(State("coworker-day-off-urgent", Rung.FIRST, {"person": "555 0100 999"}).dump()).known == {}


def test_the_boss_is_told_even_when_nothing_can_be_stored(person, monkeypatch):
    def fail(*_):
        raise NotKept

    monkeypatch.setattr(StoredCalls, "keep", fail)
    monkeypatch.setattr(StoredCalls, "forget", fail)
    confirmed = person.press(buttons(person.cue("he has a knife").message)["call"])
    assert confirmed["text"].startswith("I have told the manager on duty.")


@pytest.mark.parametrize("action", ["call", "tell", "firmer", "pick:0"])
def test_a_press_without_an_address_or_a_person_is_acknowledged(person, action):
    payload = {
        "type": "block_actions",
        "actions": [{"action_id": action, "type": "button", "value": "customers-fighting"}],
    }
    assert person.signed.post({"payload": json.dumps(payload)}).status == 200
