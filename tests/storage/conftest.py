import pytest
from databases import KINDS, opened

from bot.storage.schema import migrate


@pytest.fixture(params=KINDS)
def engine(request, tmp_path):
    with opened(request.param, tmp_path) as found:
        yield found


@pytest.fixture
def ready(engine):
    migrate(engine)
    return engine
