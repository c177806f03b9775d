import pytest
from small import revision

from bot.services.fair import FairRevisions
from bot.services.limit import MINUTE, Limit
from bot.services.who_may import NotAllowed


def test_somebody_saves_so_many_versions_a_minute_and_no_more_are_stored(kept):
    now = [0.0]
    fair = FairRevisions(kept.revisions, Limit(3, lambda: now[0]))
    for number in (1, 2, 3):
        fair.add(revision("card-declined", number, "x"))
    with pytest.raises(NotAllowed, match="more than 3 versions in a minute"):
        fair.add(revision("card-declined", 4, "x"))
    assert len(fair.history("T1", "card-declined")) == len(fair.newest("T1")["card-declined"]) == 3
    assert fair.latest("T1", 1)[0].number == 3
    now[0] = MINUTE
    fair.add(revision("card-declined", 4, "x", needs=True))
    assert fair.approve(fair.history("T1", "card-declined")[0], "U2")
