import pytest

from bot.services.insert import insert
from bot.services.words import loose_ends

IF = "{% if day %}"
END = "{% endif %}"


@pytest.mark.parametrize(
    ("line", "more", "expected"),
    [
        ("Let me ask", (), "Let me ask {{ day }}"),
        ("", (), "{{ day }}"),
        ("Let me ask ___ now. Shall I?", (), "Let me ask {{ day }} now. Shall I?"),
        ("Let me ask __, then ___.", (), "Let me ask {{ day }}, then ___."),
        ("Let me ask … now.", ("them",), 'Let me ask {{ day or "them" }} now.'),
        ("Let me ask ....", (), "Let me ask {{ day }}."),
        ("Well … let me ask ___.", (), "Well … let me ask {{ day }}."),
        ("Let me see.", ("", "Back on …."), f"Let me see.{IF} Back on {{{{ day }}}}.{END}"),
        ("Let me see. ___ Shall I?", ("", "Back on …."), f"Let me see.{IF} Back on {{{{ day }}}}.{END} Shall I?"),
        ("___ Shall I?", ("", "Back …."), f"{IF}Back {{{{ day }}}}. {END}Shall I?"),
        ("___", ("", "Back …."), f"{IF}Back {{{{ day }}}}.{END}"),
        ("", ("", "Back on"), f"{IF}Back on {{{{ day }}}}{END}"),
    ],
)
def test_a_detail_goes_to_its_blank_or_to_the_end(line, more, expected):
    assert insert(line, "day", *more) == expected


@pytest.mark.parametrize("line", ["Let me see. ___ Shall I?", "___ Shall I?", "Let me see. ___", "Let me see."])
def test_a_sentence_leaves_no_hole_where_its_detail_is_not_known(line):
    found = insert(line, "day", "", "Back on ….")
    left = found[: found.index("{%")] + found[found.index(END) + len(END) :]
    assert list(loose_ends(left)) == []
    assert left == left.strip()
