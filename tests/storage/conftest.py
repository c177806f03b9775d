import pytest
from databases import KINDS, opened


@pytest.fixture(params=KINDS)
def engine(request, tmp_path):
    with opened(request.param, tmp_path) as found:
        yield found


@pytest.fixture(params=KINDS)
def ready(request, tmp_path):
    """An engine on a database with its tables."""
    with opened(request.param, tmp_path, migrated=True) as found:
        yield found
