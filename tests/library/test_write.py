from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.policy import SWITCHES, Policy
from bot.domain.problem import Refused
from bot.library.load import load_library, parse_playbook, parse_policy
from bot.library.write import HEAD, write_playbook, write_policy
from playbooks import lists, optional, playbooks, texts

SHIPPED = Path(__file__).parents[2] / "playbooks"


def parsed(entry):
    return parse_playbook(write_playbook(entry).encode(), f"{entry.id}.yaml")[0]


@given(playbooks)
def test_what_is_written_parses_to_the_same_playbook(playbook):
    assert parsed(playbook) == playbook


@given(lists)
def test_what_is_written_parses_to_the_same_list_of_phrases(entry):
    assert parsed(entry) == entry


def test_every_shipped_file_survives_being_written():
    library, _ = load_library(SHIPPED)
    for entry in (*library.playbooks.values(), *library.phrases.values()):
        assert parsed(entry) == entry
        assert write_playbook(entry).startswith(HEAD + "title: ")
    assert parse_policy(write_policy(library.policy).encode()) == library.policy


plain = st.text(st.characters(categories=["L", "N"]), min_size=2, max_size=40).filter(lambda text: text.strip() == text)
switches = {name: st.sampled_from(values) for name, values in SWITCHES.items()}


@given(
    st.builds(
        Policy,
        **dict.fromkeys(("workplace", "hours", "site_address", "who_is_told"), plain),
        **dict.fromkeys(("work_number", "duty_phone", "emergency_number"), st.sampled_from(["112", "+44 20", "0123"])),
        **switches,
        legal_contact=optional(texts(60)),
    )
)
def test_a_policy_survives_being_written(policy):
    assert parse_policy(write_policy(policy).encode()) == policy


def test_a_long_line_stands_below_its_name_and_a_short_group_on_one_line():
    library, _ = load_library(SHIPPED)
    written = write_playbook(library.playbooks["coworker-personal-number"])
    assert "  first: >-\n    I can't give out personal numbers or details" in written
    assert "boss:\n  level: if\n  when: they ask a third time" in written
    assert "review: {owner: front desk lead, approved: null, every: 180 days, jurisdiction: any}" in written


def test_an_invisible_character_behind_an_escape_is_refused():
    written = write_playbook(load_library(SHIPPED)[0].playbooks["coworker-personal-number"])
    with pytest.raises(Refused) as error:
        parse_playbook(written.replace("posture: Breathe.", r'posture: "Breathe\0."#').encode(), "some-playbook.yaml")
    assert [(one.field, one.sentence) for one in error.value.problems] == [
        ("posture", "Delete the invisible character U+0000 here.")
    ]
