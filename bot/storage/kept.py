"""Everything that one database keeps, behind one engine."""

from sqlalchemy import Engine

from bot.services.ports import Kept
from bot.storage.calls import StoredCalls
from bot.storage.changes import StoredChanges
from bot.storage.drafts import StoredDrafts
from bot.storage.events import StoredEvents
from bot.storage.gaps import StoredGaps
from bot.storage.managers import StoredManagers
from bot.storage.revisions import StoredRevisions
from bot.storage.sites import StoredSites
from bot.storage.traces import StoredTraces


def keep_in(engine: Engine) -> Kept:
    """Every port over one database."""
    return Kept(
        calls=StoredCalls(engine),
        revisions=StoredRevisions(engine),
        drafts=StoredDrafts(engine),
        gaps=StoredGaps(engine),
        sites=StoredSites(engine),
        managers=StoredManagers(engine),
        changes=StoredChanges(engine),
        traces=StoredTraces(engine),
        events=StoredEvents(engine),
    )
