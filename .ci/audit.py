"""Looks whether a pinned package has a known hole: by the advisories that travel here, and by OSV where it answers.

Run it as: .venv/bin/python .ci/audit.py [LOCK]. Exits 1 where a pin is affected, 0 otherwise; that OSV, the open
database of vulnerabilities, cannot be reached is said, and is no fault.
"""

import json
import re
import sys
import urllib.request
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.specifiers import SpecifierSet

HERE = Path(__file__).parent
OSV = "https://api.osv.dev/v1/querybatch"
PATIENCE = 10
"""Seconds that OSV may take."""
_PIN = re.compile(r"(?m)^([a-z0-9._-]+)==([^\s;\\]+)")


def pins(lock: str) -> Mapping[str, str]:
    """The version of every package in a lock."""
    return dict(_PIN.findall(lock))


def known(pinned: Mapping[str, str], advisories: Iterable[Mapping[str, str]]) -> list[str]:
    """A sentence on each pin that an advisory of ours is about."""
    return [
        f"{one['package']} {pinned[one['package']]} has {one['id']} (as {one['affected']}): {one['summary']}."
        for one in advisories
        if one["package"] in pinned and SpecifierSet(one["affected"]).contains(pinned[one["package"]], prereleases=True)
    ]


def asked(pinned: Mapping[str, str], url: str = OSV) -> list[str]:
    """A sentence on each pin that OSV knows a hole of. Raises OSError and ValueError where it does not answer."""
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": held} for name, held in pinned.items()]
    body = json.dumps({"queries": queries}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - a fixed address
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - the same
        results = json.load(answer)["results"]
    return [
        f"{name} {held} has {hole['id']}: see https://osv.dev/{hole['id']}."
        for (name, held), found in zip(pinned.items(), results, strict=True)
        for hole in found.get("vulns", ())
    ]


def audit(lock: Path, advisories: Path = HERE / "advisories.json", url: str = OSV) -> int:
    """Print what is known of a lock's pins; 1 where there is anything, else 0."""
    pinned, listed = pins(lock.read_text()), json.loads(advisories.read_text())
    found = known(pinned, listed["advisories"])
    said = f"{len(pinned)} pins, {len(listed['advisories'])} advisories as of {listed['as_of']}"
    try:
        found += asked(pinned, url)
        said += ", and OSV"
    except (OSError, ValueError, KeyError) as error:
        said += f"; OSV could not be asked ({type(error).__name__}), so newer ones are not known here"
    for sentence in found:
        print(sentence)
    print(f"Audit: {said}: {f'{len(found)} to mend' if found else 'nothing known'}.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(audit(Path(sys.argv[1] if len(sys.argv) > 1 else HERE.parent / "requirements.lock")))
