import dataclasses

import pytest
from phone import actions_of, blocks_of, forged, shown, text

from bot.domain.site import Site
from bot.services.sites import moved
from bot.slack.home_blocks import MISSING

STEVE = "client demands steve's cell, he's off today"


def several(living, count=2):
    kept, bot = living.kept, living
    for number in range(count):
        policy = dataclasses.replace(bot.shelf.policy, workplace=f"Shop {number}", emergency_number=f"11{number}")
        channels = ("C0SHOP",) if number == 0 else ()
        kept.sites.save(
            Site(workspace="T0DEMO", id=f"shop-{number}", name=f"Shop {number}", policy=policy, channels=channels)
        )
    living.shelves.refresh()


@pytest.mark.parametrize("word", ["site", "SITE", " managers ", "help"])
def test_only_the_exact_word_is_a_command(phone, word):
    jo = phone("U0OWNER")
    jo.cue(word)
    assert jo.form is not None or "as you would text a colleague" in shown(jo.message)


@pytest.mark.parametrize(
    "situation", ["site manager wants my number", "managers are shouting", "help he has a knife", "help me"]
)
def test_a_word_with_more_behind_it_is_a_situation(phone, situation):
    jo = phone("U0OWNER")
    jo.cue(situation)
    assert jo.form is None
    assert "as you would text a colleague" not in shown(jo.message)


def test_the_only_site_needs_no_choice(phone):
    robin = phone()
    robin.cue("site")
    assert "There is one site here" in shown(robin.form)


def test_a_channel_of_a_site_answers_with_its_numbers(phone, kept, living):
    several(living)
    robin = phone()
    robin.cue(STEVE)
    assert "call 110" in shown(robin.message)


def test_elsewhere_the_answer_comes_with_a_choice_that_brings_it_back(phone, kept, living):
    several(living)
    robin = phone(channel="C0BREAK")
    robin.cue(STEVE)
    assert "I do not know your site yet" in shown(robin.message)
    assert "your emergency number" in shown(robin.message)
    assert "firmer" in actions_of(blocks_of(robin.message))
    robin.press("site:shop-1")
    assert "call 111" in shown(robin.message)
    assert "personal number" in shown(robin.message)
    assert kept.sites.choices("T0DEMO") == {"U0EMPLOYEE": "shop-1"}
    robin.cue("he has a knife")
    assert "Call 111" in shown(robin.message)


def test_danger_without_a_known_site_stands_first_and_says_that_numbers_are_missing(phone, kept, living):
    several(living)
    robin = phone(channel="C0BREAK")
    robin.cue("he has a knife")
    assert robin.message.blocks[0]["text"]["text"].startswith("🚨")
    assert "numbers are not known here" in shown(robin.message)


def test_many_sites_are_chosen_in_a_form_that_brings_the_answer_back(phone, kept, living):
    several(living, 6)
    robin = phone(channel="C0BREAK")
    robin.cue(STEVE)
    robin.press("sites")
    option = next(one for one in robin.form.content["blocks"][0]["element"]["options"] if one["value"] == "shop-4")
    before = robin.message
    robin.send(**{"site-choice": {"selected_option": option}})
    robin.api.slack.bell.until(lambda: robin.message != before, 5)
    assert "call 114" in shown(robin.message)


def test_more_than_a_hundred_sites_are_searched(phone, kept, living):
    several(living, 101)
    robin = phone(channel="C0BREAK")
    robin.cue("site")
    found = robin.tapping.options("U0EMPLOYEE", robin.form.id, ("site-choice", "site-choice"), "shop 10")
    assert [one["value"] for one in found["options"]] == ["shop-10", "shop-100"]


def jo_at_sites(phone, user="U0OWNER"):
    jo = phone(user)
    jo.open_home()
    jo.press("home:sites", "home")
    return jo


def test_an_owner_adds_a_site_which_answers_once_its_numbers_are_set(phone, kept, living):
    jo = jo_at_sites(phone)
    forged(jo, "site-form:")
    jo.send(name=text("The Old Mill"), channels={"selected_conversations": ["C0SHOP"]})
    assert [site.name for site in kept.sites.all("T0DEMO")] == ["The Lantern (a made-up demo)", "The Old Mill"]
    living.shelves.refresh()
    robin = phone()
    robin.cue(STEVE)
    assert "numbers are not all set yet" in shown(robin.message)
    jo = jo_at_sites(phone)
    jo.press(f"site-numbers:{kept.sites.all('T0DEMO')[1].id}", "home")
    jo.send(
        emergency_number=text("112"),
        duty_phone=text("555 0122"),
        work_number=text("555 0123"),
        hours=text("always"),
        site_address=text("2 Example Street"),
    )
    jo.send()
    living.shelves.refresh()
    robin.cue(STEVE)
    assert "call 112" in shown(robin.message)


def test_the_list_of_sites_shows_a_new_name_as_soon_as_it_is_saved(phone, kept, living):
    several(living)
    jo = jo_at_sites(phone)
    jo.press("site-form:shop-1", "home")
    jo.send(name=text("Corner shop"))
    jo.api.slack.bell.until(lambda: "Corner shop" in shown(jo.home), 5)
    assert "Shop 0" in shown(jo.home)
    assert "Shop 1" not in shown(jo.home)


def test_the_list_of_sites_names_their_channels_and_says_whose_numbers_are_missing(phone, kept, living):
    several(living)
    _, second = kept.sites.all("T0DEMO")
    kept.sites.save(dataclasses.replace(second, policy=dataclasses.replace(second.policy, duty_phone="")))
    jo = jo_at_sites(phone)
    said = [block["text"]["text"] for block in blocks_of(jo.home) if block["type"] == "section"]
    assert said[1:3] == ["*Shop 0*\n<#C0SHOP>", f"*Shop 1*\n{MISSING}"]
    jo.press("site-numbers:shop-1", "home")
    jo.send(duty_phone=text("07 11"))
    jo.send()
    jo.api.slack.bell.until(lambda: MISSING not in shown(jo.home), 5)
    assert MISSING not in shown(jo.home)


def test_the_form_of_ones_site_holds_the_last_choice_and_says_what_it_comes_to(phone, kept, living):
    several(living)
    second = kept.sites.all("T0DEMO")[1]
    kept.sites.save(dataclasses.replace(second, policy=dataclasses.replace(second.policy, duty_phone="")))
    robin = phone(channel="C0BREAK")
    said = {"shop-0": "From now on I answer with the numbers of *Shop 0*", "shop-1": "I show safety cards alone"}
    for site, words in said.items():
        robin.cue("site")
        menu = robin.form.content["blocks"][0]["element"]
        chosen = next(one for one in menu["options"] if one["value"] == site)
        robin.send(**{"site-choice": {"selected_option": chosen}})
        assert words in shown(robin.form)
        robin.cue("site")
        assert robin.form.content["blocks"][0]["element"]["initial_option"]["value"] == site


def test_a_channel_belongs_to_one_site(phone, kept, living):
    several(living)
    jo = jo_at_sites(phone)
    jo.press("site-form:shop-1", "home")
    errors = jo.send(channels={"selected_conversations": ["C0SHOP"]})
    assert errors == {"channels": "A channel of these belongs to Shop 0; take it out."}


def test_a_site_is_removed_after_a_question_and_never_the_last_one(phone, kept, living):
    several(living)
    jo = phone("U0OWNER")
    jo.open_home()
    jo.press("home:sites", "home")
    assert "Remove this site?" in shown(jo.home)
    jo.press("site-remove:shop-0", "home")
    assert [one.id for one in kept.sites.all("T0DEMO")] == ["shop-1"]
    assert "site-remove" not in shown(jo.home)
    forged(jo, "site-remove:shop-1")
    assert "keeps at least one site" in shown(jo.form)
    assert [one.id for one in kept.sites.all("T0DEMO")] == ["shop-1"]


def test_nobody_else_removes_a_site(phone, kept, living):
    several(living)
    robin = phone()
    robin.open_home()
    forged(robin, "site-remove:shop-0")
    assert len(kept.sites.all("T0DEMO")) == 2


def test_a_site_needs_a_name(phone):
    jo = jo_at_sites(phone)
    jo.press("site-form:policy", "home")
    assert set(jo.send(name=text("   \t"))) == {"name"}


def test_a_change_of_switches_shows_its_sentences_before_it_is_saved(phone, kept):
    jo = jo_at_sites(phone)
    jo.press("site-switches:policy", "home")
    block = next(one for one in jo.form.content["blocks"] if one["block_id"] == "gifts")
    refuse = next(one for one in block["element"]["options"] if one["value"] == "refuse")
    jo.send(gifts={"selected_option": refuse})
    assert "would change" in shown(jo.form)
    assert shown(jo.form).count("*Customer brings me a gift*") == 1
    assert kept.sites.all("T0DEMO") == []
    jo.send()
    assert "Saved, and in force" in shown(jo.form)
    assert kept.sites.all("T0DEMO")[0].policy.gifts == "refuse"


def test_a_number_that_is_emptied_stops_the_answers_but_not_the_safety_cards(phone, living):
    jo = jo_at_sites(phone)
    jo.press("site-numbers:policy", "home")
    jo.send(emergency_number={"value": None})
    jo.send()
    assert "Some numbers are still missing" in shown(jo.form)
    living.shelves.refresh()
    robin = phone()
    robin.cue(STEVE)
    assert "numbers are not all set yet" in shown(robin.message)
    assert "on my Home tab, under Sites and switches" in shown(robin.message)
    robin.cue("he has a knife")
    assert "your emergency number" in shown(robin.message)


def test_wrong_texts_are_said_under_their_own_input(phone, kept):
    jo = jo_at_sites(phone)
    jo.press("site-numbers:policy", "home")
    errors = jo.send(duty_phone=text("ask {{ someone }} <!channel>"))
    assert set(errors) == {"duty_phone"}
    assert kept.sites.all("T0DEMO") == []


def test_a_sites_own_manager_changes_its_switches_and_no_other_site(phone, kept, living):
    several(living)
    own = dataclasses.replace(kept.sites.all("T0DEMO")[0], managers=frozenset({"U0SECOND"}))
    kept.sites.save(own)
    living.shelves.refresh()
    sam = phone("U0SECOND")
    sam.open_home()
    assert "For managers" not in shown(sam.home)
    sam.press("home:sites", "home")
    assert actions_of(blocks_of(sam.home)) == [
        "home:start",
        "site-numbers:shop-0",
        "site-switches:shop-0",
        "site-texts:shop-0",
    ]
    forged(sam, f"site-switches:{own.id}")
    assert "Switches" in str(sam.form.content["title"])
    forged(sam, f"site-form:{own.id}")
    assert "Only the people who keep the playbooks" in shown(sam.form)
    forged(sam, "site-switches:shop-1")
    assert "Only the people who keep the playbooks" in shown(sam.form)


def test_a_sites_own_manager_does_not_say_who_approved_the_safety_cards(phone, kept, living):
    several(living)
    own = dataclasses.replace(kept.sites.all("T0DEMO")[0], managers=frozenset({"U0SECOND"}))
    kept.sites.save(own)
    living.shelves.refresh()
    sam = phone("U0SECOND")
    sam.open_home()
    forged(sam, f"site-texts:{own.id}")
    sam.send(safety_approved_by=text("A friend of mine"))
    sam.send()
    assert "Only the people who keep the playbooks" in shown(sam.form)
    assert kept.sites.all("T0DEMO")[0].policy.safety_approved_by is None


def test_a_stale_form_of_somebody_who_may_no_longer_saves_nothing(phone, kept):
    kept.managers.change("T0DEMO", name={"U0MANAGER"})
    alex = jo_at_sites(phone, "U0MANAGER")
    alex.press("site-numbers:policy", "home")
    alex.send(hours=text("always"))
    kept.managers.change("T0DEMO", unname={"U0MANAGER"})
    alex.send()
    assert "owner or an admin of this workspace" in shown(alex.form)
    assert kept.sites.all("T0DEMO") == []


def test_the_preview_names_each_changed_sentence_once(bot):
    before = bot.shelf.policy
    after = dataclasses.replace(before, gifts="refuse", duty_phone="07 1")
    found = list(moved(bot.shelf, before, after))
    assert any("gift" in one.title.lower() for one in found)
    assert all(one.before != one.after for one in found)
    assert list(moved(bot.shelf, before, before)) == []


def test_owners_name_managers_who_may_then_edit(phone, kept):
    jo = phone("U0OWNER")
    jo.cue("managers")
    jo.send(people={"selected_users": ["U0MANAGER"]})
    assert kept.managers.named("T0DEMO") == {"U0MANAGER"}
    alex = phone("U0MANAGER")
    alex.open_home()
    assert "For managers" in shown(alex.home)
    alex.cue("managers")
    assert alex.form is None
    assert "Only owners and admins" in alex.message.text
    robin = phone()
    robin.cue("managers")
    assert "In danger?" in robin.message.text
