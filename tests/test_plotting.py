import base64
import doctest
import io
from types import SimpleNamespace

import matplotlib

matplotlib.use("agg")

import IPython
import IPython.display
import matplotlib.pyplot as plt
import numpy as np
import PIL.Image
import pytest

from helpers import plotting
from helpers.plotting import plot_costs, plot_decision_boundary, show, show_images

pytestmark = pytest.mark.filterwarnings("error")

X = np.array([[-2.0, -1.0, 1.0, 2.0], [0.0, 3.0, 1.0, -1.0]])
Y = np.array([[0, 0, 1, 1]])


@pytest.fixture
def ax():
    figure, ax = plt.subplots()
    yield ax
    plt.close(figure)


def right_half(points):
    return points[:1] > 0


def test_docstring_examples():
    assert doctest.testmod(plotting).failed == 0


def test_show_closes_the_figure():
    figure = plt.figure()
    show(figure, alt="Nothing.")
    assert not plt.fignum_exists(figure.number)


@pytest.fixture
def shown(monkeypatch):
    """Pretend to be in a notebook, and collect what is displayed there."""
    displayed = []
    monkeypatch.setattr(IPython, "get_ipython", SimpleNamespace)
    monkeypatch.setattr(IPython.display, "display", lambda data, raw: displayed.append(data))
    return displayed


def picture_in(html):
    return io.BytesIO(base64.b64decode(html.partition("base64,")[2].partition('"')[0]))


def test_show_describes_the_figure_in_a_notebook(shown):
    figure = plt.figure()
    show(figure, alt='1 < 2 in a "picture".')
    (data,) = shown
    assert data["text/plain"] == '1 < 2 in a "picture".'
    assert 'alt="1 &lt; 2 in a &quot;picture&quot;."' in data["text/html"]
    with PIL.Image.open(picture_in(data["text/html"])) as picture:
        assert picture.format == "PNG"
    assert not plt.fignum_exists(figure.number)


def test_boundary_lies_where_the_prediction_changes(ax):
    plot_decision_boundary(right_half, X, Y, ax)
    (path,) = ax.collections[1].get_paths()
    assert np.abs(path.vertices[:, 0]).max() < 0.05
    ax.figure.canvas.draw()


def test_classes_differ_by_marker_and_hold_all_points(ax):
    plot_decision_boundary(right_half, X, Y, ax)
    classes = ax.collections[-2:]
    assert [len(points.get_offsets()) for points in classes] == [2, 2]
    circle, triangle = (points.get_paths()[0].vertices for points in classes)
    assert circle.shape != triangle.shape
    assert [points.get_label() for points in classes] == ["label 0", "label 1"]


def test_grid_is_small_and_covers_all_points(ax):
    seen = []

    def model(points):
        seen.append(points)
        return right_half(points)

    plot_decision_boundary(model, X, Y, ax)
    (points,) = seen
    assert points.shape[0] == 2
    assert points.shape[1] <= 200 * 200
    assert (points.min(axis=1) < X.min(axis=1)).all()
    assert (points.max(axis=1) > X.max(axis=1)).all()


@pytest.mark.parametrize("labels", [Y, Y.astype(bool), np.zeros((1, 4)), np.ones((1, 4), int)])
def test_a_model_that_never_changes_its_mind_is_drawn_too(ax, labels):
    plot_decision_boundary(lambda points: np.ones((1, points.shape[1])), X, labels, ax)
    ax.figure.canvas.draw()


def test_a_single_point_can_be_drawn(ax):
    plot_decision_boundary(right_half, np.zeros((2, 1)), np.array([[1]]), ax)
    ax.figure.canvas.draw()


def test_costs_are_placed_at_their_iterations_in_different_line_styles(ax):
    plot_costs({"fast": [3.0, 2.0, 1.0], "slow": [3.0, 2.9]}, 100, ax)
    fast, slow = ax.get_lines()
    assert fast.get_xdata().tolist() == [0, 100, 200]
    assert list(slow.get_ydata()) == [3.0, 2.9]
    assert fast.get_linestyle() != slow.get_linestyle()
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["fast", "slow"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("iterations", "cost")


@pytest.mark.parametrize("count", [1, 4, 5])
def test_images_stand_in_rows_without_overlapping(count):
    rng = np.random.default_rng(0)
    images = rng.integers(0, 256, (count, 6, 4, 3), dtype=np.uint8)
    figure = show_images(images, [str(n) for n in range(count)], columns=2)
    (ax,) = figure.axes
    left, right, bottom, top = np.transpose([image.get_extent() for image in ax.images])
    np.testing.assert_allclose((top - bottom) / (right - left), 6 / 4)
    assert len({*zip(left, bottom, strict=True)}) == count
    assert bottom.min() >= ax.get_ylim()[0]
    assert (left >= 0).all()
    assert (right <= 2).all()
    assert [text.get_text() for text in ax.texts] == [str(n) for n in range(count)]
    figure.canvas.draw()
    plt.close(figure)


def test_floats_outside_of_0_to_1_are_cut_off():
    figure = show_images(np.linspace(-1, 2, 24).reshape(1, 2, 4, 3), ["weights"], columns=1)
    array = figure.axes[0].images[0].get_array()
    assert (array.min(), array.max()) == (0, 1)
    plt.close(figure)


@pytest.mark.parametrize("titles", [["only one"], []])
def test_every_image_needs_a_title(titles):
    with pytest.raises(ValueError, match="2 images and"):
        show_images(np.zeros((2, 4, 4, 3)), titles, columns=2)


def test_paths_are_told_apart_without_colour(ax):
    ax.set(xlim=(-1, 2), ylim=(-1, 1))
    paths = {name: np.array([[0.0, 0.0], [1.0, 0.5]]) for name in ("one", "two", "three")}
    lines = plotting.plot_paths(lambda x, y: x**2 + y**2, paths, ax)
    assert [line.get_label() for line in lines] == ["one", "two", "three"]
    assert len({(line.get_linestyle(), line.get_marker()) for line in lines}) == 3
    assert ax.get_xlim() == (-1, 2)


def test_a_film_begins_with_the_whole_figure_and_grows(shown):
    figure, ax = plt.subplots(figsize=(3, 2))
    lines = ax.plot(np.arange(50), np.arange(50), "k-", lw=3)
    plotting.show_film(figure, lines, alt="A line that grows.")
    (data,) = shown
    assert 'alt="A line that grows."' in data["text/html"]
    assert not plt.fignum_exists(figure.number)
    with PIL.Image.open(picture_in(data["text/html"])) as picture:
        ink = []
        for number in range(picture.n_frames):
            picture.seek(number)
            ink.append(np.mean(np.asarray(picture.convert("L")) < 128))
    assert len(ink) == 31
    assert ink[0] == pytest.approx(ink[-1], rel=0.02)
    assert ink[1] < ink[10] < ink[20] < ink[30]


def test_a_film_is_closed_outside_of_a_notebook():
    figure, ax = plt.subplots()
    plotting.show_film(figure, ax.plot([0, 1]), alt="Nothing.")
    assert not plt.fignum_exists(figure.number)
