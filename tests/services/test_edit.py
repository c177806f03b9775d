import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest
import small
from databases import opened
from small import revision, text_of

from bot.domain.draft import Draft
from bot.domain.gap import Gap, GapState
from bot.domain.playbook import Rung
from bot.domain.policy import SWITCHES
from bot.domain.revision import Kind
from bot.services.draft import fields_of
from bot.services.draft import text_of as written
from bot.services.edit import ANYBODY, Edit
from bot.services.gate import Gate
from bot.services.ports import NotKept
from bot.services.saving import NOTE, Conflict, Saved, Saving, Wrong
from bot.services.versions import PAGE, Versions
from bot.services.who_may import NotAllowed, WhoMay
from bot.storage.database import connect
from bot.storage.kept import keep_in

DECLINED = "card-declined"
FIGHT = "customers-fighting"


class People:
    def is_admin(self, _workspace, person):
        return person == "UOWNER"


@pytest.fixture
def kept(tmp_path):
    with opened("sqlite", tmp_path, migrated=True) as engine:
        found = keep_in(engine)
        for person in ("U1", "U2"):
            found.managers.change("T1", name={person})
        yield found


@pytest.fixture
def compiler():
    return small.WordCompiler()


@pytest.fixture
def shelves(tmp_path, compiler, kept):
    return small.build(small.copy_to(tmp_path / "playbooks"), compiler, kept)


@pytest.fixture
def saving(shelves, compiler, kept):
    return Saving(WhoMay(People(), kept.managers), kept, Gate(shelves, compiler), lambda: small.NOW)


@pytest.fixture
def edit(saving):
    return Edit(saving)


@pytest.fixture
def versions(saving):
    return Versions(saving)


def form(edit, playbook=DECLINED, person="U1", **changed):
    draft = edit.open("T1", person, playbook)
    return dataclasses.replace(
        draft, fields={**draft.fields, **{name.replace("_", "."): text for name, text in changed.items()}}
    )


def more(draft, field, line):
    return dataclasses.replace(draft, fields={**draft.fields, field: f"{draft.fields[field]}\n{line}"})


def newest(versions, playbook):
    return next((one.revision.number for one in versions.history("T1", "U1", playbook)), 0)


def test_a_form_opens_on_the_words_in_force(edit, shelves):
    draft = edit.open("T1", "U1", DECLINED)
    assert draft.base == 0
    assert draft.fields == fields_of(shelves.library("T1").playbooks[DECLINED])


def test_a_playbook_that_exists_nowhere_opens_as_an_empty_form(edit):
    assert edit.open("T1", "U1", "card-eaten") == Draft(
        workspace="T1", person="U1", playbook="card-eaten", base=0, fields={}
    )


def test_what_is_saved_is_in_force_for_the_next_question(edit, shelves, kept):
    outcome = edit.save(form(edit, posture="Breathe. Smile."), "softer")
    assert outcome == Saved(kept.revisions.history("T1", DECLINED)[0])
    assert (outcome.revision.number, outcome.revision.author, outcome.revision.note) == (1, "U1", "softer")
    assert shelves.of("T1").cards[DECLINED].playbook.posture == "Breathe. Smile."
    assert shelves.of("T2").cards[DECLINED].playbook.posture != "Breathe. Smile."
    assert edit.open("T1", "U2", DECLINED).fields["posture"] == "Breathe. Smile."


def test_a_form_that_was_kept_opens_as_it_was_left_for_its_own_person(edit):
    draft = form(edit, title="Half a tho")
    edit.keep(draft)
    assert edit.open("T1", "U1", DECLINED) == draft
    assert edit.open("T1", "U2", DECLINED).fields["title"] == "Card declined"
    edit.drop("T1", "U1", DECLINED)
    assert edit.open("T1", "U1", DECLINED).fields["title"] == "Card declined"


def test_a_form_that_nobody_has_taken_up_is_anybodys_until_it_is_saved(edit, kept):
    kept.drafts.keep(dataclasses.replace(form(edit, title="Card eaten"), person=ANYBODY, playbook="card-eaten"))
    found = edit.open("T1", "U2", "card-eaten")
    assert (found.person, found.fields["title"]) == ("U2", "Card eaten")
    assert isinstance(
        edit.save(dataclasses.replace(found, fields={**found.fields, "phrases": "the machine ate it", "tests": ""})),
        Saved,
    )
    assert kept.drafts.of("T1", ANYBODY) == []
    assert kept.drafts.of("T1", "U2") == []


@pytest.mark.parametrize("person", ["U9", "", "USTAFF"])
def test_who_may_not_gains_nothing_at_any_door(edit, versions, kept, person):
    forged = Draft(workspace="T1", person=person, playbook=DECLINED, base=0, fields={"title": "Ha"})
    for attempt in (
        lambda: edit.open("T1", person, DECLINED),
        lambda: edit.keep(forged),
        lambda: edit.check(dataclasses.replace(form(edit), person=person)),
        lambda: edit.save(forged),
        lambda: edit.save(dataclasses.replace(form(edit), person=person)),
        lambda: edit.drop("T1", person, DECLINED),
        lambda: edit.meanwhile(forged),
        lambda: versions.history("T1", person, DECLINED),
        lambda: versions.restore("T1", person, DECLINED, 0, 0),
        lambda: versions.retire("T1", person, DECLINED, 0),
        lambda: versions.revive("T1", person, DECLINED, 0),
        lambda: versions.ship("T1", person, DECLINED, 0),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    assert kept.revisions.newest("T1") == {}
    assert kept.drafts.of("T1", person) == []


def test_a_manager_of_one_workspace_is_nobody_in_another(edit):
    with pytest.raises(NotAllowed):
        edit.open("T2", "U1", DECLINED)


def test_a_wrong_wording_is_refused_under_its_field_and_the_form_is_kept(edit, kept):
    draft = form(edit, say_firm="You liar! {{ nobody }}")
    outcome = edit.save(draft)
    assert isinstance(outcome, Wrong)
    assert {problem.field for problem in outcome.problems} == {"say.firm"}
    assert edit.look(draft) == outcome.problems
    assert edit.open("T1", "U1", DECLINED) == draft
    assert kept.revisions.history("T1", DECLINED) == []


def test_the_second_of_two_is_told_what_changed_and_keeps_their_own_text(edit, shelves):
    first, second = form(edit, posture="Breathe."), form(edit, person="U2", title="Card did not work")
    assert isinstance(edit.save(first), Saved)
    outcome = edit.save(second)
    assert isinstance(outcome, Conflict)
    assert (outcome.theirs.author, outcome.theirs.number) == ("U1", 1)
    assert [change.said for change in outcome.changed] == [
        "Posture: now “Breathe.”, before “Lean in. Low voice. Screen away.”"
    ]
    assert edit.open("T1", "U2", DECLINED) == second
    assert edit.meanwhile(second) == outcome
    again = dataclasses.replace(second, base=outcome.theirs.number)
    assert isinstance(edit.save(again), Saved)
    assert shelves.of("T1").titled(DECLINED).title == "Card did not work"


def test_of_many_who_save_at_once_one_wins_and_nobody_loses_a_word(edit, kept):
    people = [f"U{number}" for number in range(10, 18)]
    for person in people:
        kept.managers.change("T1", name={person})
    drafts = [form(edit, person=person, review_owner=f"the lead called {person}") for person in people]
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(edit.save, drafts))
    (won,) = [draft for draft, outcome in zip(drafts, outcomes, strict=True) if isinstance(outcome, Saved)]
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 7
    assert len(kept.revisions.history("T1", DECLINED)) == 1
    for draft in drafts:
        assert edit.open("T1", draft.person, DECLINED).fields == draft.fields
        assert bool(kept.drafts.of("T1", draft.person)) == (draft is not won)


def test_a_form_in_which_nothing_changed_is_not_saved(edit, kept):
    (problem,) = edit.save(form(edit)).problems
    assert problem.sentence.startswith("Nothing is different")
    assert kept.revisions.history("T1", DECLINED) == []


def test_lines_that_can_be_said_in_too_many_ways_together_are_refused_from_the_line_that_is_too_much(edit):
    names = [f"thing_{letter}" for letter in "abcdef"]
    switches = ["may_say_when_back", "gifts", "check_neighbours"]
    reads = [*names, *(f"policy.{name} == '{SWITCHES[name][0]}'" for name in switches)]
    line = "Look here." + "".join(f"{{% if {read} %}} Now.{{% endif %}}" for read in reads)
    details = "\n".join(f"{name}: What is it?" for name in names)
    problems = edit.look(form(edit, details=details, steps="\n".join([line] * 5)))
    told = [problem for problem in problems if "4096 ways" in problem.sentence]
    assert [(problem.field, problem.line) for problem in told] == [("steps", 4), ("steps", 5)]


def test_a_phrase_of_another_playbook_is_refused_where_it_stands(edit):
    verdict = edit.check(more(form(edit), "phrases", "wants cash back and lost the receipt"))
    assert verdict.problems == ()
    taken = edit.open("T1", "U1", "refund-refused").fields["phrases"].splitlines()[3]
    (problem, *_) = edit.check(more(form(edit), "phrases", taken)).problems
    assert problem.field == "phrases"
    assert taken[:20] in problem.sentence


def test_phrases_that_would_come_here_are_told_and_tests_that_would_break_refuse(edit, shelves):
    test = shelves.library("T1").playbooks["refund-refused"].tests[0].situation
    verdict = edit.check(more(form(edit), "phrases", test))
    assert any("a test of “Won't accept that I can't refund”" in problem.sentence for problem in verdict.problems)
    assert {problem.field for problem in verdict.problems} == {"phrases"}
    assert isinstance(edit.save(more(form(edit), "phrases", test)), Wrong)


def test_what_others_did_to_a_playbook_does_not_stand_in_the_way_of_its_next_edit(edit):
    draft = form(edit, "package-damaged", posture="Breathe.")
    verdict = edit.check(draft)
    assert verdict.problems == ()
    assert any("no playbook" in problem.sentence for problem in verdict.known), "its next is not in this small library"
    assert isinstance(edit.save(draft), Saved)


def test_what_was_checked_is_saved_without_being_compiled_again(edit, shelves, compiler):
    draft = more(form(edit), "phrases", "the little machine spat his card out")
    candidate = edit.check(draft).candidate
    before = compiler.compiled
    assert isinstance(edit.save(draft), Saved)
    assert compiler.compiled == before
    assert shelves.library("T1") is candidate.library


def test_what_was_checked_before_another_save_is_weighed_anew(edit, shelves, compiler):
    draft = more(form(edit), "phrases", "the little machine spat his card out")
    stale = edit.check(draft).candidate
    assert isinstance(edit.save(form(edit, "upset-customer", posture="Breathe.")), Saved)
    before = compiler.compiled
    assert isinstance(edit.save(draft), Saved)
    assert compiler.compiled == before + 1
    assert shelves.library("T1") is not stale.library
    assert shelves.of("T1").cards["upset-customer"].playbook.posture == "Breathe."


def test_a_safety_cards_phrases_grow_with_a_second_managers_approval(edit, versions, shelves):
    line = "they are having a right old ding dong by the trolleys"
    saved = edit.save(more(form(edit, FIGHT), "phrases", line))
    assert isinstance(saved, Saved)
    assert saved.revision.waiting
    assert line not in shelves.library("T1").phrases[FIGHT].phrases
    with pytest.raises(NotAllowed):
        versions.approve("T1", "U1", FIGHT, 1)
    with pytest.raises(NotAllowed):
        versions.approve("T1", "U9", FIGHT, 1)
    assert versions.approve("T1", "U2", FIGHT, 1).revision.approved_by == "U2"
    assert line in shelves.library("T1").phrases[FIGHT].phrases
    assert isinstance(versions.approve("T1", "U2", FIGHT, 1), Wrong)


@pytest.mark.parametrize("field", ["title", "phrases", "tests", "sectors"])
def test_of_a_safety_card_nothing_else_changes(edit, field):
    draft = form(
        edit, FIGHT, **{field: {"sectors": "shop", "phrases": "only this one"}.get(field, "something else now")}
    )
    assert {problem.field for problem in edit.save(draft).problems} == {field}


@pytest.mark.parametrize("danger", ["he has a knife and wants a refund", "two customers are fighting again"])
@pytest.mark.parametrize(
    ("opened", "saved"), [(DECLINED, DECLINED), ("nothing-fits", "nothing-fits"), (DECLINED, "new-card")]
)
def test_what_shows_a_safety_card_today_becomes_no_phrase_of_anything_else(edit, kept, danger, opened, saved):
    draft = dataclasses.replace(more(form(edit, opened), "phrases", danger), playbook=saved)
    told = [problem for problem in edit.save(draft).problems if "shows the safety card" in problem.sentence]
    assert [problem.field for problem in told] == ["phrases"]
    assert danger in told[0].sentence
    assert "add it to that card" in told[0].sentence
    assert kept.revisions.newest("T1") == {}


def test_many_small_changes_do_not_do_what_one_may_not(edit, versions, shelves, compiler):
    danger = "two customers are fighting again"
    hidden = shelves.of("T1")

    class Deaf:
        reader = hidden.matcher.reader

        def chances(self, _text):
            return {DECLINED: 1.0}

    shelves._own["T1"] = dataclasses.replace(shelves._shipped, shelf=dataclasses.replace(hidden, matcher=Deaf()))
    assert isinstance(edit.save(more(form(edit), "phrases", danger)), Wrong)


def test_a_safety_card_takes_up_what_shows_it_already(edit, versions, shelves):
    saved = edit.save(more(form(edit, FIGHT), "phrases", "two customers are fighting again"))
    assert saved.revision.waiting
    assert isinstance(versions.approve("T1", "U2", FIGHT, 1), Saved)


def test_a_list_of_what_needs_no_card_changes_with_a_second_managers_approval(edit, versions, shelves):
    line = "the kettle is broken and nobody minds"
    assert edit.save(more(form(edit, "nothing-fits"), "phrases", line)).revision.waiting
    assert line not in shelves.library("T1").phrases["nothing-fits"].phrases
    assert isinstance(versions.approve("T1", "U2", "nothing-fits", 1), Saved)


def test_a_safety_card_is_not_taken_off(versions, shelves):
    assert isinstance(versions.retire("T1", "U1", FIGHT, newest(versions, FIGHT)), Wrong)
    assert FIGHT in shelves.library("T1").phrases


def test_a_workspace_may_ask_for_a_second_person_for_every_change(edit, versions, kept, shelves):
    kept.managers.change("T1", second_person=True)
    assert edit.save(form(edit, posture="Breathe.")).revision.waiting
    assert shelves.of("T1") is shelves.of("T2")
    assert edit.open("T1", "U2", DECLINED).base == 1, "the next form starts from what waits"
    assert isinstance(versions.approve("T1", "UOWNER", DECLINED, 1), Saved)
    assert shelves.of("T1").cards[DECLINED].playbook.posture == "Breathe."


def test_what_waits_and_was_overtaken_cannot_be_approved(edit, versions, kept):
    kept.managers.change("T1", second_person=True)
    edit.save(form(edit, posture="Breathe."))
    edit.save(form(edit, posture="Breathe in."))
    assert isinstance(versions.approve("T1", "U2", DECLINED, 1), Wrong)


def test_the_history_says_who_when_and_what(edit, versions):
    edit.save(form(edit, posture="Breathe."), "calmer")
    edit.save(more(form(edit, person="U2"), "phrases", "the reader took her card in"))
    versions.retire("T1", "U1", DECLINED, newest(versions, DECLINED))
    found = versions.history("T1", "U1", DECLINED)
    assert [(one.revision.number, one.revision.author, one.revision.kind, one.in_force) for one in found] == [
        (3, "U1", Kind.RETIRED, True),
        (2, "U2", Kind.WORDS, False),
        (1, "U1", Kind.WORDS, False),
    ]
    assert [[change.said for change in one.changed] for one in found] == [
        [],
        ["How people say it: “the reader took her card in” added"],
        ["Posture: now “Breathe.”, before “Lean in. Low voice. Screen away.”"],
    ]


def test_a_long_history_comes_in_pages(versions, kept):
    for number in range(1, PAGE + 4):
        kept.revisions.add(revision(DECLINED, number, text_of(DECLINED, owner=("till supervisor", f"lead {number}"))))
    assert [one.revision.number for one in versions.history("T1", "U1", DECLINED, 1)] == [3, 2, 1]
    assert len(versions.history("T1", "U1", DECLINED)) == PAGE


def test_any_version_comes_back_as_a_new_one(edit, versions, shelves):
    edit.save(form(edit, posture="Breathe."))
    edit.save(form(edit, posture="Breathe in."))
    outcome = versions.restore("T1", "U2", DECLINED, newest(versions, DECLINED), 1)
    assert (outcome.revision.number, outcome.revision.author, outcome.revision.note) == (3, "U2", "As in version 1")
    assert shelves.of("T1").cards[DECLINED].playbook.posture == "Breathe."
    assert isinstance(versions.restore("T1", "U2", DECLINED, newest(versions, DECLINED), 0), Saved)
    assert shelves.of("T1").cards[DECLINED].playbook.posture == "Lean in. Low voice. Screen away."
    assert isinstance(versions.restore("T1", "U2", DECLINED, newest(versions, DECLINED), 9), Wrong)


def test_a_card_is_taken_off_and_brought_back_as_it_last_stood(edit, versions, shelves):
    edit.save(form(edit, posture="Breathe."))
    assert isinstance(versions.retire("T1", "U1", DECLINED, newest(versions, DECLINED)), Saved)
    assert DECLINED not in shelves.of("T1").cards
    assert edit.open("T1", "U1", DECLINED).fields["posture"] == "Breathe."
    assert isinstance(versions.retire("T1", "U1", DECLINED, newest(versions, DECLINED)), Wrong)
    assert isinstance(versions.revive("T1", "U1", DECLINED, newest(versions, DECLINED)), Saved)
    assert shelves.of("T1").cards[DECLINED].playbook.posture == "Breathe."


def test_what_somebody_saved_since_the_list_was_opened_is_not_passed_over(edit, versions, shelves):
    edit.save(form(edit, posture="Breathe."))
    edit.save(form(edit, person="U2", posture="Breathe in."))
    attempts = (
        lambda: versions.restore("T1", "U1", DECLINED, 1, 1),
        lambda: versions.restore("T1", "U1", DECLINED, 1, 0),
        lambda: versions.retire("T1", "U1", DECLINED, 1),
        lambda: versions.ship("T1", "U1", DECLINED, 1),
    )
    for attempt in attempts:
        outcome = attempt()
        assert isinstance(outcome, Conflict)
        assert (outcome.theirs.author, outcome.theirs.number) == ("U2", 2)
    assert shelves.of("T1").cards[DECLINED].playbook.posture == "Breathe in."
    versions.retire("T1", "U2", DECLINED, 2)
    assert isinstance(versions.revive("T1", "U1", DECLINED, 2), Conflict)
    assert DECLINED not in shelves.of("T1").cards


def test_a_shipped_card_that_was_never_edited_is_brought_back_as_shipped(versions, shelves):
    versions.retire("T1", "U1", DECLINED, newest(versions, DECLINED))
    assert versions.revive("T1", "U1", DECLINED, newest(versions, DECLINED)).revision.kind is Kind.SHIPPED
    assert DECLINED in shelves.of("T1").cards


def test_as_shipped_is_only_for_what_was_shipped(edit, versions):
    draft = dataclasses.replace(
        form(edit, title="Card eaten", phrases="the machine ate it", tests=""), playbook="card-eaten"
    )
    assert isinstance(edit.save(draft), Saved)
    assert isinstance(versions.ship("T1", "U1", "card-eaten", newest(versions, "card-eaten")), Wrong)
    assert isinstance(versions.ship("T1", "U1", "never-was", newest(versions, "never-was")), Wrong)
    assert isinstance(versions.retire("T1", "U1", "never-was", newest(versions, "never-was")), Wrong)
    assert isinstance(versions.ship("T1", "U1", DECLINED, newest(versions, DECLINED)), Wrong), (
        "it is as shipped already"
    )


def test_a_card_that_others_lead_on_to_says_so_when_it_goes(versions):
    outcome = versions.retire("T1", "U1", "upset-customer", newest(versions, "upset-customer"))
    assert "“Card declined” leads on to this card; its button for that goes away." in outcome.moves


def test_an_approval_of_words_that_a_later_gate_refuses_is_refused(versions, kept, shelves):
    kept.revisions.add(
        revision(DECLINED, 1, text_of(DECLINED, say=("It hasn't gone", "{{ nobody }}, it hasn't gone")), needs=True)
    )
    assert isinstance(versions.approve("T1", "U2", DECLINED, 1), Wrong)
    assert shelves.of("T1").cards[DECLINED].playbook.say.on(Rung.FIRST).startswith("It hasn't gone")


def test_a_gap_that_a_form_began_from_is_closed_when_it_is_saved(edit, kept):
    kept.gaps.add(Gap(id="g1", workspace="T1", site="", text="the till swallowed his card", at=small.NOW))
    draft = more(form(edit, gap="g1"), "phrases", "the till swallowed his card")
    assert isinstance(edit.save(draft), Saved)
    found = kept.gaps.find("T1", "g1")
    assert (found.state, found.playbook) == (GapState.ADDED, DECLINED)


class NoDrafts:
    """Forms that can be kept; the database goes away just before one is forgotten."""

    def __init__(self, drafts):
        self.keep, self.find = drafts.keep, drafts.find

    def drop(self, *_):
        raise NotKept


def test_what_is_saved_is_said_to_be_saved_although_the_form_cannot_be_forgotten(saving, kept, shelves):
    saving.kept = dataclasses.replace(kept, drafts=NoDrafts(kept.drafts))
    edit = Edit(saving)
    assert isinstance(edit.save(form(edit, posture="Breathe.")), Saved)
    assert shelves.of("T1").cards[DECLINED].playbook.posture == "Breathe."


def test_a_gap_is_closed_only_when_its_words_are_in_force(edit, versions, kept):
    kept.managers.change("T1", second_person=True)
    kept.gaps.add(Gap(id="g1", workspace="T1", site="", text="the till swallowed his card", at=small.NOW))
    kept.gaps.add(Gap(id="g2", workspace="T1", site="", text="who fed the goat", at=small.NOW))
    saved = edit.save(more(form(edit, gap="g1"), "phrases", "the till swallowed his card"))
    assert saved.revision.waiting
    assert kept.gaps.find("T1", "g1").state is GapState.OPEN
    assert isinstance(versions.approve("T1", "U2", DECLINED, 1), Saved)
    assert kept.gaps.find("T1", "g1").state is GapState.ADDED
    assert kept.gaps.find("T1", "g2").state is GapState.OPEN


def two_gaps(kept):
    for name, said in (("g1", "the till swallowed his card"), ("g2", "who fed the goat")):
        kept.gaps.add(Gap(id=name, workspace="T1", site="", text=said, at=small.NOW))


def test_a_gap_whose_phrase_was_taken_out_of_its_form_stays_open(edit, kept):
    two_gaps(kept)
    assert isinstance(edit.save(more(form(edit, gap="g1,g2"), "phrases", "the till swallowed his card")), Saved)
    assert [one.id for one in kept.gaps.open("T1")] == ["g2"]


def test_a_gap_whose_phrase_was_taken_out_before_it_was_approved_stays_open(edit, versions, kept):
    kept.managers.change("T1", second_person=True)
    two_gaps(kept)
    draft = more(form(edit, gap="g1,g2"), "phrases", "the till swallowed his card\nwho fed the goat")
    assert edit.save(draft).revision.waiting
    later = form(edit)
    phrases = later.fields["phrases"].replace("\nwho fed the goat", "")
    assert edit.save(dataclasses.replace(later, fields={**later.fields, "phrases": phrases})).revision.waiting
    assert isinstance(versions.approve("T1", "U2", DECLINED, 2), Saved)
    assert [one.id for one in kept.gaps.open("T1")] == ["g2"]


def test_a_gap_that_was_closed_meanwhile_stays_closed(edit, kept):
    kept.managers.change("T1", second_person=True)
    kept.gaps.add(Gap(id="g1", workspace="T1", site="", text="the till swallowed his card", at=small.NOW))
    draft = more(form(edit, gap="g1"), "phrases", "the till swallowed his card")
    kept.gaps.close("T1", "g1", GapState.CLOSED)
    assert edit.save(draft).revision.waiting
    assert kept.gaps.find("T1", "g1").state is GapState.CLOSED


HOSTILE = (
    "x" * 50_000,
    "a\n" * 2_500,
    "{% for a in b %}x{% endfor %}",
    "{{ 'x' * 9**9 }}",
    "<!everyone>",
    "nul\x00here",
    "\ud800",
    "- a: [b\n---\n!!x",
    " ",
    "\u202e|\\|: {{",
)


@pytest.mark.parametrize("field", [*small.FIELDS, "review.jurisdiction", "made-up"])
def test_hostile_input_in_any_field_gets_a_sentence_or_is_saved_whole(edit, kept, field):
    for text in HOSTILE:
        draft = form(edit, **{field.replace(".", "_"): text})
        problems = edit.look(draft)
        assert all(problem.sentence.strip() and len(problem.sentence) < 700 for problem in problems)
        edit.keep(draft)
        assert edit.open("T1", "U1", DECLINED) == draft
        if not problems:
            assert written(DECLINED, draft.fields)
        edit.drop("T1", "U1", DECLINED)
    assert kept.revisions.newest("T1") == {}


@pytest.mark.parametrize("playbook", ["", "../../etc/passwd", "x" * 5000, "UPPER", "policy", "a b", "nul\x00"])
def test_an_id_that_no_playbook_can_have_gets_a_sentence(edit, kept, playbook):
    draft = dataclasses.replace(form(edit), playbook=playbook)
    assert isinstance(edit.save(draft), Wrong)
    assert kept.drafts.of("T1", "U1") == []


def test_a_number_and_a_note_that_the_form_did_not_make_get_a_sentence(edit, kept):
    for base in (7, 10**12, -1):
        outcome = edit.save(dataclasses.replace(form(edit, posture="Breathe."), base=base))
        assert isinstance(outcome, Wrong)
    long = edit.save(dataclasses.replace(form(edit, posture="Breathe."), base=0), "x" * (NOTE + 1))
    assert [problem.field for problem in long.problems] == ["note"]
    assert kept.revisions.newest("T1") == {}


def test_without_a_database_nothing_is_said_to_be_saved(saving, shelves):
    gone = keep_in(connect("postgresql://cue:secret@127.0.0.1:1/cuecard"))
    edit = Edit(Saving(WhoMay(People(), saving.kept.managers), gone, saving.gate))
    with pytest.raises(NotKept):
        edit.save(Draft(workspace="T1", person="U1", playbook=DECLINED, base=0, fields={}))
    assert shelves.of("T1") is shelves.of("T2")
