import itertools
import re

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st
from jinja2 import Template

from bot.rendering.grammar import FILTERS
from bot.rendering.wording import _ENVIRONMENT, Wording, WordingError, compile_wording, escape, unescape

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
    "an order": "{{ 'a' if name < 'm' else 'b' }}",
    "an order of texts": "{% if name >= day %}Hello{% endif %}",
    "a part of a text": "{% if 'a' in name %}Hello{% endif %}",
    "no part of a text": "{% if name not in 'abc' %}Hello{% endif %}",
    "a filter with something in brackets": "{{ name|upper('x') }}",
    "a filter with a name in brackets": "{{ name|upper(x='x') }}",
    "a filter with many things in brackets": "{{ name|upper(*name) }}",
    "a filter with named things in brackets": "{{ name|upper(**name) }}",
    "a filter of a truth": "{{ (not name)|upper }}",
    "a truth that is said": "{{ name == 'x' }}",
    "a denial that is said": "{{ not name }}",
    "half a truth that is said": "{{ name or not day }}",
    "a truth compared with a text": "{% if (name == day) == 'x' %}Hello{% endif %}",
    "a choice without its other half": "{{ 'x' if name }}",
    "a choice of a truth": "{{ not name if name else day }}",
    "the wording itself": "{{ self }}",
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_wording_is_refused_in_a_sentence_at_once(source):
    with pytest.raises(WordingError) as error:
        said(source)
    assert str(error.value)[-1] in ".?"


@pytest.mark.parametrize("name", ["policy", "self"])
def test_a_detail_may_not_take_a_name_that_means_something_else(name):
    with pytest.raises(WordingError, match="another name"):
        compile_wording(f"Hello {{{{ {name} }}}}.", (name,), SWITCHES)


@pytest.mark.parametrize("filtered", FILTERS)
def test_of_what_is_missing_a_filter_says_nothing(filtered):
    source = f"{{{{ name | {filtered} }}}}{{{{ policy.legal_contact | {filtered} }}}} Let's see."
    assert compile_wording(source, ("name",), ("legal_contact",)).render({}, {"legal_contact": None}) == "Let's see."


@pytest.mark.parametrize("source", ["{{ name < 'm' }}", "{{ name|upper('x') }}", "{{ nobody.knows }}", "{{ 1 / 0 }}"])
def test_a_wording_that_no_grammar_was_asked_about_raises_nothing_but_its_own_error(source):
    with pytest.raises(WordingError):
        Wording(_ENVIRONMENT.parse(source), frozenset({"name"})).render({}, POLICY)


DETAILS = ("name", "day", "order")
SITES = [
    {"gifts": gifts, "may_say_when_back": "no", "legal_contact": legal}
    for gifts in ("share", "refuse")
    for legal in (None, "legal team")
]
KNOWN = [
    {name: text for name, text in zip(DETAILS, told, strict=True) if text}
    for told in itertools.product((None, "Dana & <Co>"), (None, "Monday"), (None, "AB-1"))
]
quoted = st.sampled_from(["'them'", '"that day"', "''", "'m'"])
names = st.sampled_from([*DETAILS, "policy.gifts", "policy.may_say_when_back", "policy.legal_contact"])


def grown(texts):
    truths = st.one_of(
        texts,
        st.builds("not {}".format, texts),
        st.builds("({} {} {})".format, texts, st.sampled_from(["==", "!="]), texts),
    )
    truths |= st.builds("({} {} {})".format, truths, st.sampled_from(["and", "or"]), truths)
    return st.one_of(
        st.builds("{} | {}".format, names, st.sampled_from(FILTERS)),
        st.builds("({}) | {}".format, texts, st.sampled_from(FILTERS)),
        st.builds("({} {} {})".format, texts, st.sampled_from(["and", "or"]), texts),
        st.builds("({} if {} else {})".format, texts, truths, texts),
    )


texts = st.recursive(quoted | names, grown, max_leaves=4)
truths = st.one_of(texts, st.builds("not ({})".format, texts), st.builds("({}) == ({})".format, texts, texts))
lines = st.recursive(
    st.sampled_from(["Hello. ", "Shall I? ", "", "é – “so”", "{# why #}"]) | st.builds("{{{{ {} }}}}".format, texts),
    lambda inner: st.one_of(
        st.builds("{{% if {} %}}{}{{% endif %}}".format, truths, inner),
        st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, truths, inner, inner),
        st.builds("{{% if {} %}}{}{{% elif {} %}}{}{{% endif %}}".format, truths, inner, truths, inner),
        st.builds("{}{}".format, inner, inner),
    ),
    max_leaves=5,
)


def say_it_everywhere(source):
    """Say a wording in every circumstance. Raises WordingError where the grammar refuses it."""
    wording = compile_wording(source, DETAILS, SITES[0])
    for known, site in itertools.product(KNOWN, SITES):
        text = wording.render(known, site)
        assert not re.search("none|true|false|undefined|object at", text, re.IGNORECASE), (source, text)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(lines)
def test_wordings_of_the_grammar_are_said_in_every_circumstance(source):
    try:
        say_it_everywhere(source)
    except WordingError as error:
        assert re.search("at most|too many parts|nests too deep", str(error)), (source, error)
        reject()


strange = st.sampled_from(
    ["<", ">", "<=", "in", "not in", "is", "+", "~", "*", "%", "|upper('x')", "|upper(*name)", "|title(x=name)", "()"]
    + ["1", "none", "true", "policy", "self", "policy.nobody", "name.upper", "if", "else", "super()", "(", ")", "[0]"]
)
hostile = st.lists(st.one_of(texts, truths, strange), min_size=1, max_size=5).map(" ".join)
wordings = st.one_of(
    st.builds("{{{{ {} }}}}".format, hostile),
    st.builds("{{% if {} %}}Hello.{{% endif %}}".format, hostile),
    st.builds("{{% if {} %}}{{{{ {} }}}}{{% else %}}{}{{% endif %}}".format, hostile, texts, lines),
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(wordings)
def test_a_hostile_wording_is_refused_in_a_sentence_or_said_in_every_circumstance(source):
    try:
        say_it_everywhere(source)
    except WordingError as error:
        assert str(error)[-1] in ".?", source


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
