import errno
import hashlib
import io
import os
import stat
import time
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching import store as store_module
from bot.matching.store import ABANDONED, KEPT, Cache, Shipped, pack, read_arrays, unpack, write_arrays

KEY = "1"


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "cache")


@pytest.fixture
def kept(cache, tmp_path):
    assert cache.save("a", KEY, {"rows": np.arange(10.0).reshape(2, 5), "columns": np.ones((2, 3), order="F")})
    return tmp_path / "cache" / "a-1.npz"


def forged(**members):
    """A file with a right digest around a wrong content."""
    packed = io.BytesIO()
    np.savez(packed, key=pack([KEY]), **members)
    return packed.getvalue()


def digested(raw):
    return hashlib.sha256(raw).digest() + raw


def test_arrays_come_back_as_they_were(cache, kept):
    found = cache.load("a", KEY)
    assert np.array_equal(found["rows"], np.arange(10.0).reshape(2, 5))
    assert np.array_equal(found["columns"], np.ones((2, 3)))


@given(st.lists(st.text(st.characters(exclude_characters="\0"))))
def test_texts_come_back_as_they_were(texts):
    assert unpack(pack(texts)) == texts


@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_whatsoever_are_taken_for_arrays(raw, right_digest):
    assert read_arrays(io.BytesIO(digested(raw) if right_digest else raw), KEY) is None


def test_one_flipped_bit_is_seen(cache, kept):
    raw = bytearray(kept.read_bytes())
    raw[-20] ^= 1
    kept.write_bytes(raw)
    assert cache.load("a", KEY) is None


def test_a_file_under_the_name_of_another_is_not_taken_for_it(cache, kept):
    kept.rename(kept.with_name("a-2.npz"))
    assert cache.load("a", "2") is None


@pytest.mark.parametrize("mode", [0o666, 0o620])
def test_a_file_that_others_may_write_to_is_not_read_and_that_is_told_once(cache, kept, mode, caplog):
    kept.chmod(mode)
    for _ in range(2):
        assert cache.load("a", KEY) is None
    (told,) = caplog.messages
    assert str(kept) in told


def test_a_file_of_somebody_else_is_not_read(cache, kept, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: kept.stat().st_uid + 1)
    assert cache.load("a", KEY) is None


def test_folder_and_files_are_their_owners_alone(kept):
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_a_head_that_claims_more_than_its_file_holds_is_refused():
    def written(claimed):
        member, packed = io.BytesIO(), io.BytesIO(forged())
        np.lib.format.write_array_header_1_0(member, {"descr": "<f8", "fortran_order": False, "shape": (claimed,)})
        with zipfile.ZipFile(packed, "a") as file:
            file.writestr("rows.npy", member.getvalue() + np.ones(7).tobytes())
        return io.BytesIO(digested(packed.getvalue()))

    assert read_arrays(written(7), KEY)["rows"].tolist() == [1.0] * 7
    for claimed in (8, 10**13, -1):
        assert read_arrays(written(claimed), KEY) is None


def test_objects_and_packed_members_are_refused():
    packed = io.BytesIO()
    np.savez_compressed(packed, key=pack([KEY]), rows=np.zeros(7))
    for raw in (packed.getvalue(), forged(rows=np.array([{}], dtype=object))):
        assert read_arrays(io.BytesIO(digested(raw)), KEY) is None


def test_a_full_disk_leaves_nothing_behind_and_is_told_of_once(cache, kept, monkeypatch, caplog):
    def full(file, key, arrays):
        write_arrays(file, key, {})
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(store_module, "write_arrays", full)
    for number in range(2):
        assert not cache.save("b", str(number), {"rows": np.ones(10)})
    assert [path.name for path in kept.parent.iterdir()] == ["a-1.npz"]
    (told,) = caplog.messages
    assert "No space left on device" in told


def test_what_was_never_finished_goes_after_an_hour(cache, kept):
    old, young = (kept.with_name(f"unfinished-{name}") for name in ("old", "young"))
    for path, age in ((old, ABANDONED + 60), (young, 0)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age, time.time() - age))
    cache.save("b", KEY, {})
    assert not old.exists()
    assert young.exists()


def test_a_file_that_is_in_use_outlives_those_that_are_not(cache, kept):
    for number in range(KEPT):
        cache.save("learnt", str(number), {"a": np.zeros(1)})
        os.utime(kept.with_name(f"learnt-{number}.npz"), (number, number))
    cache.load("learnt", "0")
    cache.save("learnt", "new", {"a": np.zeros(1)})
    assert cache.load("learnt", "0") is not None
    assert cache.load("learnt", "1") is None


def test_a_folder_that_cannot_be_written_to_only_costs_time_and_is_told_of_once(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file")
    for _ in range(2):
        assert not cache.save("a", KEY, {"rows": np.ones(1)})
    assert cache.load("a", KEY) is None
    (told,) = caplog.messages
    assert f"{tmp_path / 'file'} (File exists); set XDG_CACHE_HOME" in told


def test_what_travels_is_found_by_its_kind_and_read_by_its_key_alone(tmp_path):
    shipped = Shipped(tmp_path / "shipped")
    assert shipped.load("a", KEY) is None
    shipped.save("a", KEY, {"rows": np.ones(2)})
    assert shipped.load("a", KEY)["rows"].tolist() == [1.0, 1.0]
    assert shipped.load("a", "2") is None
