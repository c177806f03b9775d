import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.landmarks import LANDMARKS, choose, nearness, whitening


def unit(count, width=8):
    rows = np.random.default_rng(count).normal(size=(count, width))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_every_phrase_of_a_small_library_is_a_landmark():
    assert choose(np.zeros(LANDMARKS, dtype=np.intp)).tolist() == list(range(LANDMARKS))


@given(st.lists(st.integers(1, 900), min_size=2, max_size=40))
def test_landmarks_are_shared_out_evenly_and_small_playbooks_keep_all_of_theirs(sizes):
    owners = np.random.default_rng(0).permutation(np.repeat(np.arange(len(sizes)), sizes))
    rows = choose(owners)
    assert len(set(rows.tolist())) == len(rows) <= LANDMARKS
    found = np.bincount(owners[rows], minlength=len(sizes))
    most = found.max()
    assert all(count == min(size, most) for count, size in zip(found, sizes, strict=True))
    assert len(rows) == len(owners) or len(rows) > LANDMARKS - len(sizes)


def test_more_playbooks_than_landmarks_share_them_by_turns():
    rows = choose(np.repeat(np.arange(2 * LANDMARKS), 3))
    assert len(set(rows.tolist())) == LANDMARKS
    assert np.diff(rows).max() <= 7


def test_nearness_is_one_at_a_landmark_and_falls_with_the_cosine():
    points = unit(5)
    found = nearness(np.vstack([points, -points]), points)
    assert found[:5].diagonal() == pytest.approx(1.0)
    assert found[5:].diagonal() == pytest.approx(np.exp(-8.0))
    assert nearness(np.zeros((2, 0)), np.zeros((0, 0))).shape == (2, 0)


def test_whitened_nearness_has_the_products_of_the_kernel_even_where_landmarks_are_alike():
    points = unit(6)
    points[1] = points[0]
    near = nearness(points, points)
    white = near @ whitening(points)
    assert white @ white.T == pytest.approx(near, abs=5e-3)
