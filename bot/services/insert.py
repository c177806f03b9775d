"""A detail put into a line, so that nobody has to type curly brackets; what is stored is plain Jinja."""

import re

BLANK = re.compile(r"_{2,}|…|\.\.\.")
"""Where a detail belongs in a sentence."""
_NOT_IN_WORDS = str.maketrans({"{": "", "}": "", "\\": "", '"': "'", "%": ""})


def insert(line: str, name: str, instead: str = "", sentence: str = "") -> str:
    """The line with a detail at its end.

    `instead` is said where the detail is not known. With a `sentence`, which has a blank for the detail, the sentence
    is added, and only said where the detail is known.
    """
    if sentence.strip():
        said = sentence.strip().translate(_NOT_IN_WORDS)
        filled = BLANK.sub(f"{{{{ {name} }}}}", said) if BLANK.search(said) else f"{said} {{{{ {name} }}}}"
        return f"{line}{{% if {name} %}}{' ' if line else ''}{filled}{{% endif %}}"
    other = f' or "{instead.strip().translate(_NOT_IN_WORDS)}"' if instead.strip() else ""
    return f"{line} {{{{ {name}{other} }}}}".strip()
