import pytest
import small

from bot.services.check import check_meaning, only_just

NAMES = ("card-declined", "package-damaged", "refund-refused", "return-no-receipt")


class Set(small.WordCompiler):
    """Weighs every text alike: what was asked about has `own`, three others have more than enough to be offered."""

    def __init__(self, own):
        super().__init__()
        self.weighed = dict(sorted({NAMES[0]: own, **dict.fromkeys(NAMES[1:], 0.3)}.items(), key=lambda pair: -pair[1]))

    def chances(self, _matcher, texts):
        return [self.weighed for _ in texts]


@pytest.mark.parametrize(
    ("own", "fault", "advice"), [(0.2, True, False), (0.29, False, True), (0.31, False, True), (0.4, False, False)]
)
def test_what_misses_its_card_by_less_than_the_margin_is_advice_and_no_fault(tmp_path, own, fault, advice):
    shelves = small.build(small.copy_to(tmp_path / "playbooks"), small.WordCompiler())
    library, shelf, compiler = shelves.shipped, shelves.as_shipped, Set(own)
    faults = [one for one in check_meaning(library, shelf, compiler, {NAMES[0]}) if "does not land" in one.sentence]
    told = [one for one in only_just(library, shelf, compiler, {NAMES[0]}) if one.field.startswith("tests.")]
    assert (bool(faults), bool(told)) == (fault, advice)
