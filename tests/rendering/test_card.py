import dataclasses

from bot.rendering import card as rendering


def test_a_card_that_holds_nobodys_detail_is_drawn_once_and_any_other_is_not_kept(bot):
    template, policy = bot.shelf.cards["missed-appointment-walk-in"], bot.shelf.policy
    assert template.card({}, policy, None) is template.card({}, policy, None)
    kept = rendering._plain.cache_info().currsize
    named = template.card({"name": "Dana"}, policy, None)
    assert "Dana" in str(named)
    assert rendering._plain.cache_info().currsize == kept


def test_two_sites_draw_their_own_cards(bot):
    template, policy = bot.shelf.cards["customer-gift"], bot.shelf.policy
    other = dataclasses.replace(policy, gifts="refuse")
    assert template.card({}, policy, None) != template.card({}, other, None)


def test_only_details_that_would_change_a_word_here_are_asked_for(bot):
    for template in bot.shelf.cards.values():
        plain = template.card({}, bot.shelf.policy, None)
        for name in template.playbook.details:
            changes = template.drawn({name: "…"}, bot.shelf.policy, None) != plain
            assert template.heeds(name, {}, bot.shelf.policy) == changes
