"""Every message that Cuecard draws, held against Slack's limits by slackblocks and by what slackblocks misses."""

import dataclasses
import itertools
import json

import pytest
from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ConfirmationDialogue,
    InputBlock,
    Message,
    ModalView,
    PlainTextInput,
)

from bot.domain.answer import Titled
from bot.domain.asker import Asker
from bot.domain.playbook import Rung
from bot.domain.reserved import SAFETY_CARDS
from bot.domain.sector import Sector
from bot.services.ask import Wanted
from bot.slack.details import draw_form
from bot.slack.message import Messages
from bot.slack.state import MAX_VALUE

HERE = Asker()
LONG = dict.fromkeys(
    ("name", "alternative", "return_day", "return_time", "status", "eta", "day", "person"), "word " * 15
)


def replies(bot):
    shelf = bot.shelf
    ids = sorted(shelf.cards)
    for playbook, rung, known in itertools.product(ids, (*Rung, None), ({}, LONG)):
        yield f"{playbook} {rung}", bot.ask.card(HERE, Wanted(playbook, rung, known, tuple(ids[:7])), SAFETY_CARDS[0])
    for card in SAFETY_CARDS:
        yield card, bot.ask.card(HERE, Wanted(card))
        yield f"{card} with others", bot.ask.card(HERE, Wanted(card, others=tuple(ids[:7])))
    for sector in Sector:
        yield sector, bot.ask.sector(HERE, sector)
    yield "a choice", bot.ask.others(HERE, {}, tuple(ids[:7]))
    yield "nothing", bot.ask.none(HERE)
    yield "gone", bot.ask.card(HERE, Wanted("no-longer-there"))
    yield "menu", bot.ask.menu(HERE)
    for card in (*ids, *SAFETY_CARDS):
        reply = bot.ask.card(HERE, Wanted(card, known=LONG, others=tuple(ids[:7])))
        sites = tuple(Titled(f"{number:012}", "S" * 60) for number in range(4))
        yield (
            f"{card} between sites",
            dataclasses.replace(reply, sites=sites, missing="" if reply.danger else "x" * 400),
        )
    yield "help", bot.ask.menu(HERE, manual=True)


def button(found):
    assert set(found) <= {"type", "action_id", "text", "value", "style", "confirm"}
    sure = {name: part["text"] for name, part in found.get("confirm", {}).items()}
    confirm = ConfirmationDialogue(**sure) if sure else None
    return Button(
        found["text"]["text"], found["action_id"], value=found["value"], style=found.get("style"), confirm=confirm
    )


def oracle(block):
    """The block as slackblocks has it; it reads no elements yet, so those are built."""
    if block["type"] == "actions":
        return ActionsBlock([button(element) for element in block["elements"]], block_id=block["block_id"])
    if block["type"] == "input":
        told = block["element"]
        inner = PlainTextInput(action_id=told["action_id"], max_length=told["max_length"])
        return InputBlock(block["label"]["text"], inner, block_id=block["block_id"], optional=block["optional"])
    return Block.from_dict(block)


def check_message(name, message):
    blocks = [oracle(block) for block in message["blocks"]]
    Message(channel="C1", text=message["text"], blocks=blocks).to_dict()
    check_what_slackblocks_misses(name, message)


def check_what_slackblocks_misses(name, message):
    blocks = message["blocks"]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(ids) == len(set(ids)), f"{name}: two blocks of one id"
    for block in blocks:
        actions = [element["action_id"] for element in block.get("elements", []) if "action_id" in element]
        assert len(actions) == len(set(actions)), f"{name}: two actions of one id"
        if block["type"] == "actions":
            assert block["elements"], f"{name}: empty actions"
        if block["type"] == "header":
            assert block["text"]["type"] == "plain_text"
        for element in block.get("elements", []):
            assert element.get("style", "primary") in ("primary", "danger")
            assert len(element.get("value", "")) <= MAX_VALUE
    assert len(json.dumps(blocks, ensure_ascii=False)) < 26_000
    assert sum(len(text) for text in texts(blocks)) <= 13_200, f"{name}: Slack answers msg_blocks_too_long"
    assert 0 < len(message["text"]) <= 4000
    assert len(blocks) <= 50


def texts(value):
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def test_every_message_is_within_slacks_limits_and_carries_the_safety_line(bot):
    messages = Messages(bot.shelf.at, calls=True)
    count = 0
    for name, reply in replies(bot):
        message = messages.draw(HERE, reply)
        check_message(name, message)
        assert message["blocks"][-1]["elements"][0]["text"].startswith("🛟 In danger?"), name
        assert "In danger?" in message["text"], name
        count += 1
    assert count > 400


def test_no_shown_text_is_cut(bot):
    messages = Messages(bot.shelf.at, calls=True)
    for name, reply in replies(bot):
        for block in messages.draw(HERE, reply)["blocks"]:
            if block["type"] == "section":
                assert len(block["text"]["text"]) < 3000, name


def test_the_checks_would_see_a_bad_message(bot):
    message = Messages(bot.shelf.at, calls=True).draw(HERE, bot.ask.none(HERE))
    twice = {**message, "blocks": [*message["blocks"], *[b for b in message["blocks"] if b["type"] == "actions"]]}
    with pytest.raises(AssertionError, match="two blocks of one id"):
        check_message("twice", twice)
    long = {**message, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]}
    with pytest.raises(Exception, match="3000|length"):
        check_message("long", long)


def test_the_form_is_a_modal_that_slack_takes():
    view = draw_form({"name": "Who do they want?", "day": "When?"}, "In danger? Leave.", "{}")
    blocks = [oracle(block) for block in view["blocks"]]
    ModalView(title="Fill in the blanks", submit="Show the card", close="Back", blocks=blocks).to_dict()
    assert len(view["title"]["text"]) <= 24
    assert "In danger?" in str(view["blocks"][-1])
