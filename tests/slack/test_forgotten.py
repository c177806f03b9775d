import dataclasses

from phone import shown
from small import revision, with_phrase


def test_who_was_forgotten_is_somebody_wherever_versions_are_listed(quick, writer, kept):
    words = with_phrase("card-declined", "the reader took it in")
    version = dataclasses.replace(
        revision("card-declined", 1, words, needs=True), workspace="T0DEMO", author="U0EMPLOYEE"
    )
    kept.revisions.add(version)
    kept.revisions.approve(version, "U0GONE")
    for person in ("U0EMPLOYEE", "U0GONE"):
        kept.traces.forget("T0DEMO", person)
    jo = quick("U0OWNER")
    jo.open_home()
    jo.press("home:changes", "home")
    assert "by somebody" in shown(jo.home)
    versions = writer.open("history:card-declined").shown()
    assert "· somebody ·" in versions
    assert "approved by somebody" in versions
    assert "forgotten" not in shown(jo.home) + versions
