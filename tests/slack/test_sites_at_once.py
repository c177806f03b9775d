import dataclasses
from datetime import UTC, datetime

import pytest
from phone import forged, shown, text

from bot.domain.revision import Revision
from bot.domain.site import Site
from bot.services.ports import Taken
from bot.storage.sites import StoredSites

JO, ALEX = "U0OWNER", "U0MANAGER"
NOW = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def shop(small_bot, kept):
    policy = dataclasses.replace(small_bot.shelf.policy, workplace="Shop", emergency_number="911", hours="always")
    hidden = frozenset({"card-declined", "retired-since"})
    people = frozenset({"U0SECOND", ALEX})
    kept.sites.save(
        Site(
            workspace="T0DEMO",
            id="shop",
            name="Shop",
            policy=policy,
            hidden=hidden,
            channels=("C0SHOP",),
            managers=people,
        )
    )
    small_bot.shelves.refresh()
    return lambda: kept.sites.all("T0DEMO")[0]


def opened(quick, user, form):
    found = quick(user)
    found.open_home()
    forged(found, f"{form}:shop")
    return found


def test_a_stale_form_of_numbers_leaves_what_it_did_not_change_as_it_is_now(quick, shop):
    jo, alex = opened(quick, JO, "site-numbers"), opened(quick, ALEX, "site-numbers")
    jo.send(emergency_number=text("112"))
    jo.send()
    alex.send(hours=text("9 to 5"))
    alex.send()
    assert (shop().policy.emergency_number, shop().policy.hours) == ("112", "9 to 5")


@pytest.mark.parametrize("when", ["before the preview", "after it"])
def test_two_who_change_the_same_number_are_told_and_the_first_stays(quick, shop, when):
    jo, alex = opened(quick, JO, "site-numbers"), opened(quick, ALEX, "site-numbers")
    if when == "after it":
        alex.send(emergency_number=text("999"))
    jo.send(emergency_number=text("112"))
    jo.send()
    alex.send(**({} if when == "after it" else {"emergency_number": text("999")}))
    assert "Somebody else changed this while your form was open: emergency number" in shown(alex.form)
    assert shop().policy.emergency_number == "112"


def test_a_stale_site_form_gives_back_nothing_that_was_taken_away(quick, shop):
    jo, alex = opened(quick, JO, "site-form"), opened(quick, ALEX, "site-form")
    jo.send(
        managers={"selected_users": ["U0SECOND"]},
        channels={"selected_conversations": []},
        hidden={"selected_options": []},
    )
    alex.send(managers={"selected_users": ["U0SECOND", ALEX, "U0EMPLOYEE"]}, name=text("Corner shop"))
    found = shop()
    assert found.managers == {"U0SECOND", "U0EMPLOYEE"}
    assert found.channels == ()
    assert found.hidden == {"retired-since"}, "what was retired meanwhile stays hidden"
    assert (found.name, found.policy.workplace) == ("Corner shop", "Corner shop")


def test_two_new_names_are_not_both_taken(quick, shop):
    jo, alex = opened(quick, JO, "site-form"), opened(quick, ALEX, "site-form")
    jo.send(name=text("Corner shop"))
    alex.send(name=text("Harbour shop"))
    assert "Somebody else changed this while your form was open: name" in shown(alex.form)
    assert shop().name == "Corner shop"


def test_a_change_that_another_process_overtakes_is_worked_out_again(quick, shop, kept, monkeypatch):
    jo = opened(quick, JO, "site-switches")
    jo.send(gifts={"selected_option": next(one for one in options(jo, "gifts") if one["value"] == "refuse")})
    save, raced = StoredSites.save, []

    def overtaken(self, *sites):
        if not raced:
            raced.append(1)
            now = shop()
            save(self, dataclasses.replace(now, policy=dataclasses.replace(now.policy, hours="nights")))
        save(self, *sites)

    monkeypatch.setattr(StoredSites, "save", overtaken)
    jo.send()
    assert "Saved, and in force" in shown(jo.form)
    assert (shop().policy.gifts, shop().policy.hours) == ("refuse", "nights")


def test_a_channel_that_another_site_takes_at_the_same_instant_is_refused_below_its_field(
    quick, shop, kept, monkeypatch
):
    jo = opened(quick, JO, "site-form")
    save, raced = StoredSites.save, []

    def overtaken(self, *sites):
        if not raced:
            raced.append(1)
            save(self, dataclasses.replace(shop(), id="mill", name="The Old Mill", channels=("C0BREAK",), version=0))
        save(self, *sites)

    monkeypatch.setattr(StoredSites, "save", overtaken)
    errors = jo.send(channels={"selected_conversations": ["C0SHOP", "C0BREAK"]}, name=text("Corner shop"))
    assert errors == {"channels": "A channel of these belongs to The Old Mill; take it out."}
    assert {site.name: site.channels for site in kept.sites.all("T0DEMO")} == {
        "Shop": ("C0SHOP",),
        "The Old Mill": ("C0BREAK",),
    }


def test_a_site_that_others_never_leave_alone_says_so(quick, shop, monkeypatch):
    def never(*_):
        raise Taken

    jo = opened(quick, JO, "site-form")
    monkeypatch.setattr(StoredSites, "save", never)
    jo.send(name=text("Corner shop"))
    assert "Others are changing this site right now" in shown(jo.form)


def options(phone, block):
    return next(one for one in phone.form.content["blocks"] if one["block_id"] == block)["element"]["options"]


def test_a_stale_form_of_managers_leaves_four_eyes_as_somebody_else_set_them(quick, kept):
    jo = quick()
    jo.cue("managers")
    kept.managers.change("T0DEMO", second_person=True)
    jo.send(people={"selected_users": [ALEX, "U0SECOND"]})
    assert kept.managers.second_person("T0DEMO")
    assert kept.managers.named("T0DEMO") == {ALEX, "U0SECOND"}


def test_every_site_can_be_changed_however_many_there_are(quick, kept, small_bot):
    policy = small_bot.shelf.policy
    for number in range(45):
        kept.sites.save(Site(workspace="T0DEMO", id=f"s{number}", name=f"Shop {number:02}", policy=policy))
    jo = quick()
    jo.open_home()
    jo.press("home:sites", "home")
    assert "Shop 39" in shown(jo.home)
    assert "Shop 40" not in shown(jo.home)
    jo.press("home:sites:1", "home")
    assert "Shop 44" in shown(jo.home)


def test_what_came_from_a_folder_is_not_said_to_be_a_person(quick, kept, small_bot):
    words = small_bot.library.texts["card-declined"]
    one = Revision(workspace="T0DEMO", playbook="card-declined", number=1, author="import", at=NOW, text=words)
    kept.revisions.add(one)
    jo = quick()
    jo.open_home()
    jo.press("home:changes", "home")
    assert "by a folder" in shown(jo.home)
    jo.press("history:card-declined", "home")
    assert "a folder" in shown(jo.form)
    assert "<@import>" not in shown(jo.home) + shown(jo.form)
