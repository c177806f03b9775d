"""Thousands of generated situations, wordings and forged requests: no fault, and every answer as documented.

    python tests/faults/generated.py

Runs the suite's own properties on five thousand examples each.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parents[1]
PROPERTIES = ("services/test_ask.py", "rendering/test_wording.py", "slack/test_door.py", "slack/test_odd_shapes.py")


def main():
    files = [str(HERE / name) for name in PROPERTIES]
    chosen = [
        "-k",
        "any_text or wording or whatever or odd",
        "--hypothesis-profile=thousands",
        "--hypothesis-show-statistics",
    ]
    return subprocess.run([sys.executable, "-m", "pytest", "-q", *chosen, *files], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
