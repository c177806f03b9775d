"""Whatever somebody signs up who may not keep the playbooks, nothing is stored and nothing of it is shown to them."""

import dataclasses
import json
from concurrent.futures import Future

import pytest
import small
from sqlalchemy import select
from writer import EMPLOYEE, MANAGER, OWNER

from bot.domain.draft import Draft
from bot.domain.gap import Gap
from bot.domain.site import Site
from bot.playground import payloads
from bot.playground.payloads import Tap
from bot.playground.said import user_of
from bot.slack import pool
from bot.storage.tables import metadata

CARD, WORKSPACE, SECRET = "card-declined", "T0DEMO", "quokkas at the counter"
TAPS = (
    *(f"{kind}:{CARD}" for kind in ("edit", "history")),
    *(f"editor:{tap}" for tap in "back goto check preview try insert again mine theirs".split()),
    *(f"version:{tap}" for tap in "newer older show restore retire revive ship approve".split()),
    *(f"site-{form}:shop" for form in ("form", "numbers", "switches", "texts", "remove")),
    *(f"home:{page}" for page in ("gaps:0", "playbooks:0", "search", "changes:0", "sites", "managers")),
    *("seen:look", "seen:rung", "new-playbook", "gap-start", "gap-phrase", "gap-close", "site-form:"),
)
FORMS = (
    *("editor", "editor:save", "editor:insert", "editor:try", "new-playbook", "gap-phrase"),
    *("site-form", "site-policy", "site-save", "managers"),
)
KEPT = (
    json.dumps([CARD, 0, 0, "", 2]),
    json.dumps({"site": "shop", "new": "", "name": "Shop", "changes": {"gifts": "refuse"}, "stored": {}, "drawn": {}}),
    "g1",
)
TYPED = {
    "title": {"value": "Mine now"},
    "note": {"value": "mine"},
    "situation": {"value": "a quokka"},
    "playbook": {"selected_option": {"value": CARD}},
    "detail": {"selected_option": {"value": "name"}},
    "where": {"selected_option": {"value": "say.first"}},
    "name": {"value": "My shop"},
    "channels": {"selected_conversations": ["C0SHOP"]},
    "hidden": {"selected_options": []},
    "managers": {"selected_users": [EMPLOYEE]},
    "people": {"selected_users": [EMPLOYEE]},
    "second": {"selected_options": []},
}


class AtOnce:
    """Threads that do their work before anybody goes on."""

    def __init__(self, *_, **__):
        pass

    def submit(self, call, *given):
        done = Future()
        done.set_result(call(*given))
        return done


@pytest.fixture
def stranger(monkeypatch, kept, small_bot, request):
    """Somebody who may nothing, where there is something of everything."""
    monkeypatch.setattr(pool, "Threads", AtOnce)
    policy = small_bot.shelf.policy
    kept.sites.save(Site(workspace=WORKSPACE, id="shop", name="Shop", policy=policy, managers=frozenset({MANAGER})))
    kept.sites.save(Site(workspace=WORKSPACE, id="two", name="Two", policy=policy))
    kept.gaps.add(Gap(id="g1", workspace=WORKSPACE, site="", text=SECRET, at=small.NOW))
    kept.drafts.keep(Draft(workspace=WORKSPACE, person="", playbook=CARD, base=1, fields={"title": SECRET}))
    for number, needs in ((1, False), (2, True)):
        text = small.text_of(CARD, title=("title: Card declined", f"title: {SECRET} {number}"))
        one = small.revision(CARD, number, text, needs=needs, note=SECRET)
        kept.revisions.add(dataclasses.replace(one, workspace=WORKSPACE, author=OWNER))
    return request.getfixturevalue("writer").as_(EMPLOYEE)


def rows(kept):
    with kept.revisions._engine.connect() as connection:
        return {name: connection.execute(select(table)).all() for name, table in metadata.tables.items()}


def forged(stranger, kind, held, **more):
    for _ in stranger.stack:
        stranger.close()
    stranger.open("home:ask")
    tap = Tap(user_of(stranger.user), stranger.api.new_trigger(stranger.user))
    values = {name: {"any": value} for name, value in TYPED.items()}
    blocks = [{"type": "input", "block_id": name, "element": {"action_id": "any"}} for name in TYPED]
    view = {"type": "modal", "private_metadata": held, "blocks": blocks, "state": {"values": values}}
    payload = {**payloads._common(kind, tap), "view": {**view, "id": stranger.view.id, **more.pop("view", {})}, **more}
    answer = stranger.courier.interaction(payload, kind)
    assert answer.status == 200
    return f"{answer.body} {[view.content for view in stranger.stack]} {stranger.api.slack.views.home(stranger.user)}"


def tapped(stranger, tap, held):
    value = {"selected_option": {"value": "1"}, "value": "g1" if tap.startswith("gap") else "2"}
    pressed = {"type": "button", "action_id": tap, "block_id": "b", **value}
    return forged(stranger, "block_actions", held, actions=[pressed], container={"type": "view", "view_id": "any"})


@pytest.mark.parametrize("held", KEPT)
def test_a_forged_tap_gains_nothing(stranger, kept, held):
    before = rows(kept)
    for tap in TAPS:
        assert SECRET not in tapped(stranger, tap, held), tap
        assert rows(kept) == before, tap


@pytest.mark.parametrize("held", KEPT)
def test_a_forged_form_gains_nothing(stranger, kept, held):
    before = rows(kept)
    for form in FORMS:
        assert SECRET not in forged(stranger, "view_submission", held, view={"callback_id": form}), form
        assert rows(kept) == before, form


def test_the_same_taps_of_somebody_who_may_are_noticed(stranger, kept):
    before, owner = rows(kept), stranger.as_(OWNER)
    assert SECRET in tapped(owner, f"edit:{CARD}", KEPT[0])
    tapped(owner, "version:retire", KEPT[0])
    assert rows(kept) != before
