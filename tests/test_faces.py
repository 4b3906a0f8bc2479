"""Drawn faces: the data, the network, the triplets, and what the notebook claims of them."""

import shutil
import sys
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from helpers import face_metrics, face_network, triplets, verification
from helpers.datasets import DataError, load_faces, read_face
from helpers.numpy_basics import normalize_rows

DATA = Path(__file__).resolve().parent.parent / "data"
seeds = st.integers(0, 10_000)
THRESHOLDS = np.linspace(0, 2, 401)


@pytest.fixture(scope="module")
def faces():
    return load_faces(DATA)


# --- the data -------------------------------------------------------------------------------


def test_no_person_is_in_two_parts_and_all_have_eight_pictures(faces):
    people = [np.unique(p, return_counts=True) for p in faces[1::3]]
    assert [len(names) for names, _ in people] == [160, 40, 60]
    assert len(np.unique(np.concatenate([names for names, _ in people]))) == 260
    assert all((counts == 8).all() for _, counts in people)


def test_half_of_the_people_are_from_each_place_and_nobody_moves(faces):
    for person, place in zip(faces[1::3], faces[2::3], strict=True):
        assert np.mean(place) == 0.5
        homes = {(int(who), int(where)) for who, where in zip(person, place, strict=True)}
        assert len(homes) == len(np.unique(person))


def test_no_two_pictures_are_equal(faces):
    together = np.concatenate(faces[::3]).reshape(260 * 8, -1)
    assert len(np.unique(together, axis=0)) == len(together)


def test_the_script_makes_the_file(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(DATA))
    import make_faces

    made = make_faces.write(tmp_path)
    assert made.read_bytes() == (DATA / made.name).read_bytes()
    sys.modules.pop("make_faces")


@pytest.mark.parametrize(
    "key, value, message",
    [
        ("train_x", None, "has no array"),
        ("dev_x", np.zeros((320, 4, 5, 3), np.uint8), "should have shape"),
        ("dev_x", np.zeros((320, 28, 24, 3)), "uint8, not float64"),
        ("test_person", np.zeros(3, int), "should hold 480 numbers"),
        ("test_place", np.zeros(480), "should be integers"),
    ],
)
def test_wrong_file(tmp_path, key, value, message):
    shutil.copy(DATA / "faces.h5", tmp_path)
    with h5py.File(tmp_path / "faces.h5", "r+") as file:
        del file[key]
        if value is not None:
            file[key] = value
    with pytest.raises(DataError, match=message):
        load_faces(tmp_path)


def test_pictures_by_key_and_by_path(faces, tmp_path):
    np.testing.assert_array_equal(read_face("test/203/2")[0], faces.test_x[3 * 8 + 2])
    Image.new("RGB", (300, 200), "orange").save(tmp_path / "mine.png")
    assert read_face(tmp_path / "mine.png").shape == (1, 28, 24, 3)


@pytest.mark.parametrize(
    "path", ["test/203/8", "test/3/0", "train/200/0", "test/203", "nobody.png"]
)
def test_pictures_that_are_not_there(path):
    with pytest.raises(DataError, match="there is no such"):
        read_face(path)


# --- triplets -------------------------------------------------------------------------------


def batch(seed):
    rng = np.random.default_rng(seed)
    m, n = rng.integers(3, 9), rng.integers(2, 5)
    people = rng.integers(0, 3, m)
    F = rng.normal(size=(m, n))
    E = normalize_rows(F)
    return people, F, triplets.squared_distances(E, E)


@given(seeds)
def test_distances_are_those_of_each_pair(seed):
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=(3, 4)), rng.normal(size=(5, 4))
    wanted = [[np.linalg.norm(a - b) ** 2 for b in B] for a in A]
    np.testing.assert_allclose(triplets.squared_distances(A, B), wanted)


@given(seeds, st.floats(0.0, 1.0))
def test_triplet_gradients_are_slopes_and_add_up_to_zero(seed, alpha):
    rng = np.random.default_rng(seed)
    parts = [rng.normal(size=(3, 2)) for _ in range(3)]
    grads = triplets.triplet_gradients(*parts, alpha)
    np.testing.assert_allclose(sum(grads), 0, atol=1e-12)
    for part, grad in zip(parts, grads, strict=True):
        for place in np.ndindex(part.shape):
            ends = []
            for step in (1e-6, -1e-6):
                part[place] += step
                ends.append(triplets.triplet_loss(None, parts, alpha))
                part[place] -= step
            slope = (ends[0] - ends[1]) / 2e-6
            assert abs(slope - grad[place]) < 1e-6 or _near_a_kink(parts, alpha)


def _near_a_kink(parts, alpha):
    a, p, n = parts
    missed = np.sum((a - p) ** 2 - (a - n) ** 2, axis=1) + alpha
    return np.min(np.abs(missed)) < 1e-4


@given(seeds)
def test_the_way_back_through_the_normalisation_is_its_slope(seed):
    rng = np.random.default_rng(seed)
    F, dE = rng.normal(size=(3, 4)) + 0.1, rng.normal(size=(3, 4))
    dF = triplets.normalize_backward(dE, F)
    np.testing.assert_allclose(np.sum(dF * F, axis=1), 0, atol=1e-10)
    for place in np.ndindex(F.shape):
        step = np.zeros(F.shape)
        step[place] = 1e-6 * np.linalg.norm(F[place[0]])
        ends = [np.sum(dE * normalize_rows(F + sign * step)) for sign in (1, -1)]
        scale = 1 + np.max(np.abs(dF))
        assert abs((ends[0] - ends[1]) / (2 * step[place]) - dF[place]) < 1e-5 * scale


@given(seeds)
def test_chosen_triplets_are_triplets_of_the_kind(seed):
    people, _, D = batch(seed)
    every = {tuple(row) for row in triplets.all_triplets(people).tolist()}
    assert every == {
        (a, p, n)
        for a, p, n in np.ndindex((len(people),) * 3)
        if a != p and people[a] == people[p] != people[n]
    }
    for a, p, n in triplets.hard_triplets(D, people).tolist():
        rivals = [t for t in every if t[0] == a]
        assert (a, p, n) in every
        assert D[a, p] == max(D[a, t[1]] for t in rivals)
        assert D[a, n] == min(D[a, t[2]] for t in rivals)
    semi_hard = triplets.semi_hard_triplets(D, people, 0.3).tolist()
    inside = [t for t in every if D[t[0], t[1]] < D[t[0], t[2]] < D[t[0], t[1]] + 0.3]
    assert {(a, p) for a, p, _ in semi_hard} == {(a, p) for a, p, _ in inside}
    for a, p, n in semi_hard:
        assert D[a, n] == min(D[a, t[2]] for t in inside if t[:2] == (a, p))


def test_where_there_is_nothing_to_choose_nothing_is_learnt():
    F, nobody = np.ones((3, 2)), np.array([1, 2, 3])
    for choose in (triplets.hard_triplets, triplets.semi_hard_triplets):
        loss, dF = triplets.triplet_step(F, nobody, choose)
        assert loss == 0
        assert not dF.any()


@given(seeds)
@settings(max_examples=20)
def test_the_gradient_of_a_batch_is_its_slope(seed):
    people, F, _ = batch(seed)

    def choose(D, people):
        return triplets.all_triplets(people)

    def loss(F):
        return triplets.triplet_step(F, people, choose, alpha=10.0)[0]  # no triplet is easy

    dF = triplets.triplet_step(F, people, choose, alpha=10.0)[1]
    for place in np.ndindex(F.shape):
        step = np.zeros(F.shape)
        step[place] = 1e-6 * np.linalg.norm(F[place[0]])
        slope = (loss(F + step) - loss(F - step)) / (2 * step[place])
        assert abs(slope - dF[place]) < 1e-5 * (1 + np.max(np.abs(dF)))


def test_the_gradients_of_the_network_are_its_slopes():
    rng = np.random.default_rng(0)
    parameters = face_network.initialize_network((2, 3), n=4, seed=2, f=3)
    X, weights = rng.random((2, 28, 24, 3)), rng.normal(size=(2, 4))
    F, cache = face_network.network_forward(X, parameters)
    grads = face_network.network_backward(weights, cache, parameters)
    for name, w in parameters.items():
        for number in rng.integers(0, w.size, 4):
            place = np.unravel_index(number, w.shape)
            ends = []
            for step in (1e-6, -1e-6):
                changed = w.copy()
                changed[place] += step
                F, _ = face_network.network_forward(X, {**parameters, name: changed})
                ends.append(np.sum(weights * F))
            assert abs((ends[0] - ends[1]) / 2e-6 - grads["d" + name][place]) < 1e-5


# --- rates ----------------------------------------------------------------------------------


@given(seeds)
def test_the_rates_go_their_ways_and_the_choice_is_allowed(seed):
    rng = np.random.default_rng(seed)
    distances, same = rng.random(12), rng.permutation(np.arange(12) < rng.integers(1, 12))
    thresholds = np.linspace(0, 1, 9)
    far, frr = face_metrics.roc_curve(distances, same, thresholds)
    assert (np.diff(far) >= 0).all()
    assert (np.diff(frr) <= 0).all()
    assert 0 <= face_metrics.equal_error_rate(far, frr) <= 1
    chosen = face_metrics.choose_threshold(distances, same, thresholds, 0.3)
    assert face_metrics.error_rates(distances, same, chosen)[0] <= 0.3


@given(seeds)
def test_the_groups_together_make_the_whole(seed):
    rng = np.random.default_rng(seed)
    distances, groups = rng.random(24), np.repeat([0, 1, 5], 8)
    same = rng.permuted(np.tile(np.arange(8) < 4, (3, 1)), axis=1).ravel()
    rates = face_metrics.rates_by_group(distances, same, groups, 0.5)
    together = face_metrics.error_rates(distances, same, 0.5)
    np.testing.assert_allclose(np.mean(list(rates.values()), axis=0), together)


def test_a_door():
    model = face_network.initialize_network((2,), n=4, seed=1)
    database = {"Ada": face_network.img_to_encoding("test/200/0", model)}
    assert verification.verify("test/200/0", "Ada", database, model) == (0, True)
    assert verification.verify("test/200/0", "Max", database, model) == (np.inf, False)
    assert verification.who_is_it("test/201/0", database, model)[1] == "Ada"
    stranger = -database["Ada"]
    assert verification.identify(stranger, database)[1] is None


@given(seeds)
def test_features_do_not_depend_on_the_order_within_a_pair(seed):
    E1, E2 = np.random.default_rng(seed).normal(size=(2, 3, 4))
    features = verification.pair_features(E1, E2)
    np.testing.assert_array_equal(features, verification.pair_features(E2, E1))
    np.testing.assert_allclose(np.linalg.norm(features, axis=0), np.linalg.norm(E1 - E2, axis=1))


# --- what the notebook claims ---------------------------------------------------------------


def make_trials(person, seed):
    first, second = np.triu_indices(len(person), 1)
    same = person[first] == person[second]
    others = np.random.default_rng(seed).permutation(np.flatnonzero(~same))
    chosen = np.concatenate([np.flatnonzero(same), others[: 3 * np.sum(same)]])
    return first[chosen], second[chosen], same[chosen]


def eer(E, trials):
    distances = np.linalg.norm(E[trials[0]] - E[trials[1]], axis=1)
    return face_metrics.equal_error_rate(*face_metrics.roc_curve(distances, trials[2], THRESHOLDS))


def trained(faces, choose, seed, keep=slice(None), epochs=20):
    return face_network.train(
        faces.train_x[keep],
        faces.train_person[keep],
        lambda F, people: triplets.triplet_step(F, people, choose),
        face_network.initialize_network((8, 16, 24), n=16, seed=seed),
        epochs,
        seed=seed,
    )


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_semi_hard_triplets_beat_pixels_on_new_people_and_hard_ones_collapse(faces, seed):
    trials = make_trials(faces.test_person, seed=2)
    rows = faces.test_x.reshape(len(faces.test_x), -1).astype(float)
    pixels = normalize_rows(rows - np.mean(rows, axis=1, keepdims=True))
    semi_hard, _ = trained(faces, triplets.semi_hard_triplets, seed)
    error = eer(face_network.encode(faces.test_x, semi_hard), trials)
    assert error < eer(pixels, trials) / 3
    hard, losses = trained(faces, triplets.hard_triplets, seed)
    assert abs(np.mean(losses[-10:]) - 0.2) < 0.02
    assert eer(face_network.encode(faces.test_x, hard), trials) > error + 0.05


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_who_is_rare_in_training_is_confused_most(faces, seed):
    gaps = []
    for coast, valley, epochs in ((80, 8, 40), (44, 44, 40), (80, 80, 20)):
        keep = people_from(faces, coast, valley)
        parameters, _ = trained(faces, triplets.semi_hard_triplets, seed, keep, epochs)
        rates = by_place(faces, parameters)
        gaps.append(rates[1][0] / rates[0][0])
    assert gaps[0] > 4
    assert max(gaps[1:]) < gaps[0] / 2


def people_from(faces, coast, valley):
    """Mark the training pictures of so many people from either place."""
    people = [
        np.unique(faces.train_person[faces.train_place == place])[:count]
        for place, count in ((0, coast), (1, valley))
    ]
    return np.isin(faces.train_person, np.concatenate(people))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_a_long_list_has_a_name_for_many_strangers(faces, seed):
    parameters, _ = trained(faces, triplets.semi_hard_triplets, seed)
    dev = make_trials(faces.dev_person, seed=1)
    E = face_network.encode(faces.dev_x, parameters)
    distances = np.linalg.norm(E[dev[0]] - E[dev[1]], axis=1)
    threshold = face_metrics.choose_threshold(distances, dev[2], THRESHOLDS, max_far=0.05)
    E, half = face_network.encode(faces.test_x, parameters), faces.test_person < 230
    distances = np.sqrt(triplets.squared_distances(E[~half], E[half][::8]))  # a picture of each
    near = distances < threshold
    one, all_of_them = np.mean(near), np.mean(np.any(near, axis=1))
    assert all_of_them > 10 * one
    assert all_of_them == pytest.approx(verification.recognition_error(one, 30), abs=0.25)


def by_place(faces, parameters):
    """Measure the rates within each place, where one stranger in ten gets in on the dev set."""
    dev = within(faces.dev_person, faces.dev_place, 4)
    E = face_network.encode(faces.dev_x, parameters)
    distances = np.linalg.norm(E[dev[0]] - E[dev[1]], axis=1)
    threshold = face_metrics.choose_threshold(distances, dev[2], THRESHOLDS, max_far=0.1)
    test = within(faces.test_person, faces.test_place, 3)
    E = face_network.encode(faces.test_x, parameters)
    distances = np.linalg.norm(E[test[0]] - E[test[1]], axis=1)
    return face_metrics.rates_by_group(distances, test[2], test[3], threshold)


def within(person, place, seed):
    found = []
    for each in (0, 1):
        members = np.flatnonzero(place == each)
        first, second, same = make_trials(person[members], seed)
        found.append((members[first], members[second], same, np.full(len(same), each)))
    return [np.concatenate(column) for column in zip(*found, strict=True)]
