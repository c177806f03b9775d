import dataclasses

import pytest
from hypothesis import given
from hypothesis import settings as bounded
from hypothesis import strategies as st

from bot.domain.answer import Choice, Guidance, Listing, Unknown, Unset
from bot.domain.asker import Asker
from bot.domain.sector import Sector
from bot.domain.site import Site
from bot.domain.situation import Situation
from bot.rendering.spoken import spoken
from bot.services.ask import Ask, Wanted
from bot.services.at_site import place, shared

CARD = "coworker-personal-number"
STEVE = "client demands steve's cell, he's off today"


def site(bot, name, channels=(), hidden=(), **policy):
    return Site(
        workspace="T1",
        id=name,
        name=name.title(),
        policy=dataclasses.replace(bot.shelf.policy, **policy),
        channels=tuple(channels),
        hidden=frozenset(hidden),
    )


def asked(bot, sites, text, person="U1", channel="", choices=None):
    ask = Ask(place(bot.shelf, sites, choices or {}).at)
    return ask.ask(Situation(text, person, "T1", channel))[0]


@pytest.fixture(scope="module")
def two(bot):
    return (
        site(bot, "north", ["C1"], emergency_number="112", who_is_told="shift lead"),
        site(bot, "south", ["C2"], emergency_number="999", hidden=[CARD]),
    )


def test_a_question_belongs_to_the_site_of_its_channel_else_to_the_one_its_asker_chose(bot, two):
    assert "112" in asked(bot, two, STEVE, channel="C1").safety_line
    assert "999" in asked(bot, two, STEVE, channel="C2", choices={"U1": "north"}).safety_line
    assert "112" in asked(bot, two, STEVE, channel="C9", choices={"U1": "north"}).safety_line


def test_the_only_site_answers_everywhere(bot, two):
    reply = asked(bot, two[:1], STEVE, channel="C9")
    assert "112" in reply.safety_line
    assert reply.sites == ()


def test_without_a_site_policy_yaml_answers(bot):
    assert asked(bot, (), STEVE).safety_line == asked(bot, (), STEVE, channel="C1").safety_line
    assert "555 0199" in asked(bot, (), STEVE).safety_line


def test_a_hidden_card_is_passed_over_and_nothing_is_put_in_its_place(bot, two):
    assert asked(bot, two, STEVE, channel="C1").content.card.id == CARD
    content = asked(bot, two, STEVE, channel="C2").content
    assert CARD not in str(content)
    assert not isinstance(content, Guidance)
    ask = Ask(place(bot.shelf, two, {}).at)
    assert ask.card(Asker("T1", "U1", "C2"), Wanted(CARD)).content == Unknown(withdrawn=True)
    assert CARD not in str(ask.sector(Asker("T1", "U1", "C2"), Sector.CONTACT))


def test_a_card_for_another_law_is_not_shown(bot):
    playbook = bot.shelf.cards[CARD].playbook
    american = dataclasses.replace(playbook, review=dataclasses.replace(playbook.review, jurisdiction="US"))
    template = dataclasses.replace(bot.shelf.cards[CARD], playbook=american)
    shelf = dataclasses.replace(bot.shelf, cards={**bot.shelf.cards, CARD: template})
    placed = place(shelf, (site(bot, "a", ["C1"], jurisdiction="US"), site(bot, "b", ["C2"], jurisdiction="UK")), {})
    assert CARD in placed.at(Asker("T1", "U1", "C1")).cards
    assert CARD not in placed.at(Asker("T1", "U1", "C2")).cards
    assert CARD not in placed.at(Asker("T1", "U1", "C3")).cards


def test_between_several_sites_the_answer_comes_with_what_they_share_and_the_question_which(bot):
    sites = (site(bot, "north", duty_phone="01 1"), site(bot, "south", duty_phone="02 2", gifts="refuse"))
    reply = asked(bot, sites, STEVE)
    assert isinstance(reply.content, Guidance)
    assert [one.title for one in reply.sites] == ["North", "South"]
    assert "555 0199" in reply.safety_line
    assert "their usual number" in reply.safety_line
    assert shared([one.policy for one in sites]).gifts == "share"


def test_danger_between_several_sites_says_that_the_numbers_are_not_known(bot, two):
    reply = asked(bot, two, "he has a knife")
    assert reply.danger.id == "weapon-robbery-threat"
    assert "your emergency number" in str(reply.danger.steps)
    assert "numbers are not known here" in reply.danger.note
    assert reply.sites


def test_a_site_without_its_numbers_answers_nothing_but_danger(bot, two):
    sites = (*two, site(bot, "new", ["C3"], emergency_number=""))
    ask = Ask(place(bot.shelf, sites, {}).at)
    there = Asker("T1", "U1", "C3")
    assert asked(bot, sites, STEVE, channel="C3").content == Unset()
    assert ask.card(there, Wanted(CARD)).content == Unset()
    assert ask.menu(there, manual=True).content == Unset()
    danger = asked(bot, sites, "he has a knife", channel="C3")
    assert "your emergency number" in danger.safety_line
    assert danger.danger.id == "weapon-robbery-threat"
    listing = ask.sector(there, Sector.SAFETY).content
    assert isinstance(listing, Listing)
    assert len(listing.options) == 10
    assert ask.card(there, Wanted("child-safety")).danger.id == "child-safety"


def test_where_no_site_has_its_numbers_none_answers(bot):
    sites = (site(bot, "a", emergency_number=""), site(bot, "b", hours=""))
    assert asked(bot, sites, STEVE).content == Unset()


def test_the_unset_and_the_unsure_are_said_aloud(bot, two):
    sites = (*two, site(bot, "new", ["C3"], emergency_number=""))
    shelf = place(bot.shelf, sites, {})
    for channel, words in (("C3", "numbers are not all set yet"), ("C9", "I do not know your site yet")):
        view = shelf.at(Asker("T1", "U1", channel))
        reply = Ask(shelf.at).ask(Situation(STEVE, "U1", "T1", channel))[0]
        assert words in spoken(reply, view.frames, view.policy)


names = st.sampled_from(["a", "b", "c"])
channels = st.sampled_from(["", "C1", "C2", "C3", "C4"])


@bounded(max_examples=200, deadline=None)
@given(
    st.dictionaries(names, st.tuples(st.sets(channels.filter(bool)), st.booleans()), max_size=3),
    st.dictionaries(st.sampled_from(["U1", "U2"]), names),
    channels,
)
def test_every_asker_gets_exactly_one_view_and_it_is_the_nearest(bot, drawn, choices, channel):
    sites = [site(bot, name, held, **({} if full else {"duty_phone": ""})) for name, (held, full) in drawn.items()]
    view = place(bot.shelf, sites, choices).at(Asker("T1", "U1", channel))
    holding = [one.id for one in sites if channel and channel in one.channels]
    chosen = choices.get("U1")
    if holding:
        assert view.site in holding
    elif chosen in drawn:
        assert view.site == chosen
    elif len(sites) == 1:
        assert view.site == sites[0].id
    else:
        assert bool(view.asks) == bool(sites)
    assert all(text for name, text in view.policy.values().items() if text is not None)
    assert bool(view.cards) == view.ready


def test_a_choice_between_cards_comes_back_after_the_site_is_known(bot, two):
    reply = asked(bot, two, "customer is angry")
    assert isinstance(reply.content, Choice | Guidance)
