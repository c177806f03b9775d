import re

from playwright.sync_api import expect

STEVE = "/cue client demands steve's cell, he's off today"
SAFETY = "In danger? Leave first, then call 555 0199."


def test_the_page_says_that_it_is_not_slack(visitor):
    said = visitor.page.get_by_role("banner")
    expect(said).to_contain_text("This is not Slack: a playground on your machine, with a made-up workplace.")


def test_a_situation_gets_its_card_and_only_the_asker_is_told(visitor):
    card = visitor.type(STEVE)
    expect(card).to_contain_text("Client demands a coworker's personal number")
    expect(card).to_contain_text("Only visible to you")
    expect(card).to_contain_text(SAFETY)
    visitor.shoot("card")


def test_firmer_lines_take_the_place_of_the_first(visitor):
    first = visitor.type(STEVE).inner_text()
    count = visitor.messages.count()
    firm = visitor.tap("They won't accept that").inner_text()
    final = visitor.tap("They won't accept that").inner_text()
    past = visitor.tap("They won't accept that").inner_text()
    assert len({first, firm, final, past}) == 4
    assert "firmer" in firm
    assert "last words" in final
    assert "You have said it all." in past
    assert visitor.messages.count() == count


def test_one_of_three_can_be_chosen(visitor):
    choice = visitor.try_one("Which one is it?")
    expect(choice).to_contain_text("Which of these is it?")
    expect(visitor.page.get_by_role("status")).to_contain_text("asks instead of guessing")
    visitor.shoot("choice")
    expect(visitor.tap("Return without a receipt").get_by_role("heading")).to_have_text("Return without a receipt")


def test_none_of_these_is_said_plainly(visitor):
    visitor.try_one("Which one is it?")
    expect(visitor.tap("None of these")).to_contain_text("menu")
    visitor.shoot("none")


def test_nothing_covers_it_and_danger_comes_first(visitor):
    expect(visitor.try_one("Nothing covers this")).to_contain_text("I have no approved words for that")
    danger = visitor.try_one("Somebody is in danger")
    expect(danger.get_by_role("heading").first).to_contain_text("Threat, weapon or robbery")
    visitor.shoot("danger")


def test_the_command_alone_gives_a_menu_and_help_says_how_to_ask(visitor):
    expect(visitor.type("/cue").get_by_role("button", name="Someone is in danger")).to_be_visible()
    expect(visitor.tap("Unwanted attention").get_by_role("button", name="Back to the menu")).to_be_visible()
    expect(visitor.type("/cue help")).to_contain_text("as you would text a colleague")
    visitor.shoot("help")


def test_a_slash_suggests_the_command(visitor):
    visitor.composer.fill("/")
    expect(visitor.page.get_by_role("button", name="/cue what is going on")).to_be_visible()
    visitor.shoot("suggestion")
    visitor.composer.press("Tab")
    expect(visitor.composer).to_have_value("/cue ")


def test_what_is_not_a_command_is_told_to_everybody_as_it_was_typed(visitor, visit):
    said = visitor.type("morning! *<!channel>* <b>&lt; <script>alert(1)</script> [x](javascript:alert(1))")
    expect(said).to_contain_text("<!channel>")
    expect(said).to_contain_text("<b>&lt; <script>alert(1)</script>")
    assert said.locator("script, b, a").count() == 0
    other = visit()
    other.become("Sam")
    expect(other.newest).to_contain_text("morning!")


def test_another_person_does_not_see_the_answer(visitor):
    visitor.type("/cue customer asked me out")
    visitor.become("Sam")
    expect(visitor.page.get_by_text("Only visible to you")).to_have_count(0)
    visitor.become("Robin")
    expect(visitor.newest).to_contain_text("Only visible to you")


def test_an_answer_can_be_dismissed(visitor):
    answer = visitor.type("/cue help").get_attribute("data-id")
    visitor.newest.get_by_role("button", name="Dismiss").click()
    expect(visitor.page.locator(f"[data-id='{answer}']")).to_have_count(0)


def test_what_is_new_elsewhere_is_marked(visitor, visit):
    other = visit()
    other.become("Sam")
    other.go("break-room")
    other.type("cake!")
    marked = visitor.page.get_by_role("navigation").get_by_role("button", name=re.compile("break-room.*new"))
    expect(marked).to_be_visible()
    visitor.go("break-room")
    expect(marked).to_have_count(0)


def test_a_call_for_the_boss_arrives_in_the_private_channel(visitor):
    visitor.try_one("Somebody is in danger")
    visitor.newest.get_by_role("button", name="Tell my boss for me").click()
    visitor.page.get_by_role("button", name="Tell them").click()
    expect(visitor.newest).to_contain_text("I have told the manager on duty.")
    assert visitor.page.get_by_role("button", name="duty-manager").count() == 0
    visitor.become("Alex")
    visitor.go("duty-manager")
    expect(visitor.newest).to_contain_text("@Robin asks for you now")
    visitor.shoot("duty")
