"""Whatever is pasted into a form gets a sentence or is kept, and the view that comes of it is one that Slack takes."""

import dataclasses

import pytest
from writer import OWNER

from bot.domain.site import Site
from bot.playground.limits import check_view
from bot.slack.site_blocks import NAME

CARD = "card-declined"
WORKSPACE = "T0DEMO"
PASTED = (
    "x" * 50_000,
    "a b\n" * 12_000,
    "{% for a in range(10**9) %}x{% endfor %}",
    "{{ 'x' * 10**9 }}",
    "<!everyone> <!channel>",
    "nul\0here",
    "\ud800",
    "]\nsay: {first: &a *a}\n- !!python/object:os.system",
    "\u202e|\\|: {{",
)
FORMS = (
    f"edit:{CARD}",
    "new-playbook",
    "site-form:policy",
    "site-form:",
    "site-numbers:policy",
    "site-texts:policy",
    "home:ask",
)


def pasted(writer, **standing):
    """What comes of each hostile text in each input of the form on top, beside what stands in the others."""
    view = {**writer.view.content, "previous_view_id": writer.stack[0].id}
    elements = {one["block_id"]: one["element"] for one in view["blocks"] if one["type"] == "input"}
    initial = {name: {one["action_id"]: value} for name, one in elements.items() for value in [stands(one)]}
    for name in (name for name, one in elements.items() if one["type"] == "plain_text_input"):
        for hostile in PASTED:
            values = {**initial, **standing, name: {elements[name]["action_id"]: {"value": hostile}}}
            yield name, hostile, writer.raw_state(view, values)


def stands(element):
    found = {key.replace("initial_", "selected_"): held for key, held in element.items() if key[:8] == "initial_"}
    return {"value": element.get("initial_value"), **found}


def is_well(answer):
    if answer.get("response_action") == "errors":
        return all(len(said) > 10 for said in answer["errors"].values())
    if "view" in answer:
        check_view(answer["view"], "modal")
    return "Something went wrong" not in str(answer)


@pytest.mark.parametrize("form", FORMS)
def test_hostile_text_in_every_input_of_every_form_gets_a_sentence_or_is_kept(writer, small_bot, form):
    writer.open(form)
    told = [is_well(answer) for _, _, answer in pasted(writer)]
    assert told
    assert all(told)
    assert all(len(site.name) <= NAME for site in small_bot.kept.sites.all(WORKSPACE))


def test_hostile_text_in_the_picker_of_details_is_refused_or_can_be_kept(writer, small_bot):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:insert", {"details": "name (person): Who is it?"})
    told = {"detail": "name", "where": "say.first"}
    chosen = {name: {"chosen": {"selected_option": {"value": value}}} for name, value in told.items()}
    for name, hostile, answer in pasted(writer, **chosen):
        assert is_well(answer)
        kept = small_bot.kept.drafts.find(WORKSPACE, OWNER, CARD).fields
        assert "\0" not in kept["say.first"]
        assert "\ud800" not in kept["say.first"]
        assert (len(hostile) < 5000) or set(answer["errors"]) == {name}


@pytest.mark.parametrize("forged", [{"where": "steps/nine"}, {"where": "gap"}, {"detail": "x" * 5000}, {"detail": ""}])
def test_a_forged_choice_in_the_picker_of_details_changes_nothing(writer, small_bot, forged):
    writer.open(f"edit:{CARD}")
    writer.send()
    writer.tap("editor:insert", {"details": "name (person): Who is it?"})
    before = small_bot.kept.drafts.find(WORKSPACE, OWNER, CARD)
    told = {"detail": "name", "where": "say.first", **forged}
    values = {name: {"chosen": {"selected_option": {"value": value}}} for name, value in told.items()}
    answer = writer.raw_state({**writer.view.content, "previous_view_id": writer.stack[0].id}, values)
    assert set(answer["errors"]) == set(forged)
    assert small_bot.kept.drafts.find(WORKSPACE, OWNER, CARD) == before


def test_the_longest_name_of_a_site_is_not_cut_by_its_form(quick, kept, small_bot):
    name = "The " + "L" * (NAME - 4)
    policy = dataclasses.replace(small_bot.shelf.policy, workplace=name)
    kept.sites.save(Site(workspace=WORKSPACE, id="shop", name=name, policy=policy))
    small_bot.shelves.refresh()
    jo = quick()
    jo.open_home()
    jo.press("home:sites", "home")
    jo.press("site-form:shop", "home")
    assert jo.send(managers={"selected_users": [OWNER]}) == {}
    assert [(site.name, site.managers) for site in kept.sites.all(WORKSPACE)] == [(name, {OWNER})]
