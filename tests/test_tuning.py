import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import tuning

bounds = st.tuples(st.floats(-6, 2), st.floats(0.1, 5)).map(lambda p: (10 ** p[0], 10 ** sum(p)))


def test_docstring_examples():
    assert doctest.testmod(tuning).failed == 0


@given(bounds, st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_log_uniform_stays_between_its_bounds_and_keeps_the_order(ends, u):
    values = tuning.log_uniform(np.sort(u), *ends)
    assert np.all(values >= ends[0] * (1 - 1e-9)) and np.all(values <= ends[1] * (1 + 1e-9))
    assert np.all(np.diff(values) >= 0)


@given(bounds)
def test_log_uniform_reaches_both_ends_and_their_geometric_mean(ends):
    low, middle, high = tuning.log_uniform(np.array([0.0, 0.5, 1.0]), *ends)
    np.testing.assert_allclose([low, high], ends)
    assert middle == pytest.approx(np.sqrt(ends[0] * ends[1]))


def test_log_uniform_has_the_distribution_of_scipy():
    stats = pytest.importorskip("scipy.stats")
    u = np.random.default_rng(0).random(5000)
    values = tuning.log_uniform(u, 1e-4, 1.0)
    assert stats.kstest(values, stats.loguniform(1e-4, 1.0).cdf).pvalue > 0.01
    np.testing.assert_allclose(values, stats.loguniform(1e-4, 1.0).ppf(u))


def test_betas_have_even_orders_of_magnitude_of_one_minus_beta():
    betas = tuning.log_uniform_beta(np.linspace(0, 1, 7), 0.9, 0.999)
    np.testing.assert_allclose(np.diff(np.log(1 - betas)), np.log(0.01) / 6)


@given(st.integers(1, 12), st.integers(0, 1000))
def test_the_narrowed_range_holds_just_the_best(keep, seed):
    rng = np.random.default_rng(seed)
    values, scores = rng.random(12), rng.permutation(12)
    low, high = tuning.narrow_range(values, scores, keep)
    best = values[scores >= 12 - keep]
    assert (low, high) == (best.min(), best.max())
