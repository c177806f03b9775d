import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Template

from bot.rendering.wording import WordingError, compile_wording, escape, unescape

SWITCHES = ("gifts", "may_say_when_back")
POLICY = {"gifts": "share", "may_say_when_back": "no"}


def said(source, **details):
    return compile_wording(source, ("name", "day"), SWITCHES).render(details, POLICY)


def test_details_and_switches_are_filled_in():
    source = 'Hello{% if name %} {{ name }}{% endif %}.{% if policy.gifts == "share" %} Share.{% endif %}'
    assert said(source) == "Hello. Share."
    assert said(source, name="Dana") == "Hello Dana. Share."


def test_a_wording_knows_what_it_reads():
    wording = compile_wording(
        '{{ name or "them" }}{% if policy.gifts != "no" %}!{% endif %}', ("name", "day"), SWITCHES
    )
    assert (wording.details, wording.switches) == ({"name"}, {"gifts"})


def test_values_are_escaped_for_slack_and_nothing_else():
    assert said("{{ name }}", name='<!channel> & O\'Neil "x"') == '&lt;!channel&gt; &amp; O\'Neil "x"'
    assert said("{{ name | upper }}", name="<a>") == "&lt;A&gt;"


HOSTILE = {
    "a long product": "{{ 'a' * 300000000 }}",
    "a power": "{{ 9 ** 9 ** 9 }}",
    "a loop": "{% for i in name %}a{% endfor %}",
    "nested loops": "{% for i in range(9999) %}{% for j in range(9999) %}a{% endfor %}{% endfor %}",
    "a macro": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "joining": "{{ name ~ name }}",
    "adding": "{{ name + name }}",
    "a format": "{{ '%99999999d' % 1 }}",
    "the inside of a text": "{{ name.__class__.__mro__ }}",
    "an index": "{{ policy['gifts'] }}",
    "a call": "{{ name() }}",
    "an import": "{% import 'x' as y %}",
    "an include": "{% include '/etc/passwd' %}",
    "a set": "{% set x = 1 %}",
    "a filter block": "{% filter upper %}a{% endfilter %}",
    "another filter": "{{ name | center(99999999) }}",
    "a test": "{{ name is defined }}",
    "brackets": "{{ " + "(" * 480 + "1" + ")" * 480 + " }}",
    "many ifs": "{% if name %}" * 60,
    "many nots": "{{ " + "not " * 240 + "name }}",
    "many parts": "{{ " + "name or " * 120 + "name }}",
    "a long number": "{{ " + "9" * 990 + " }}",
    "an endless number": "{{ 1e999 }}",
    "the policy itself": "{{ policy }}",
    "part of a switch": "{{ policy.gifts.upper }}",
    "too long": "x" * 1001,
    "an open brace": "{{ name",
    "an unknown detail": "{{ nmae }}",
    "an unknown switch": "{{ policy.gift }}",
    "a list": "{{ [name] }}",
    "a dictionary": "{{ {'a': name} }}",
    "line statements": "{% extends 'x' %}",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_wording_is_refused_in_a_sentence_at_once(source):
    with pytest.raises(WordingError) as error:
        said(source)
    assert str(error.value)[-1] in ".?"


def test_a_slip_in_a_name_is_pointed_out():
    with pytest.raises(WordingError, match="did you mean `name`"):
        said("{{ nmae }}")
    with pytest.raises(WordingError, match="did you mean `gifts`"):
        said("{{ policy.gift }}")


pieces = st.sampled_from(
    ["{{", "}}", "{%", "%}", " name ", " policy.gifts ", "if", "endif", "else", "'x'", "*", "for i in name", "(", ")"]
    + ["|upper", "|attr('x')", " not ", " and ", "==", "range(99)", "{#", "#}", "Hello.", "é", "9" * 50, "[", "]", "."]
)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.lists(pieces, max_size=25).map("".join), st.text(max_size=200)), st.text(max_size=50))
def test_any_wording_renders_within_bounds_or_is_refused_in_a_sentence(source, name):
    try:
        text = said(source, name=name)
    except WordingError as error:
        assert str(error)[-1] in ".?", source
    else:
        assert len(text) <= len(source) * (5 * len(name) + 20) + 10


@given(st.text(st.characters() | st.sampled_from("}%#<&\r\n ")))
def test_a_text_without_a_brace_is_said_as_jinja_would_say_it(text):
    plain = text.replace("{", "")
    assert said(plain) == Template(plain).render().strip()


@given(st.text())
def test_escaping_is_undone_by_unescaping(text):
    assert unescape(escape(text)) == text
    assert "<" not in escape(text)
