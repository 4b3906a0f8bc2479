"""Figures that more than one notebook draws, and the way to show one with a description.

All figures can be read without colour: classes differ by marker, curves by line style.
"""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import cycle
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from PIL import Image

GRID_SIZE = 150

_CLASS_STYLES = (("o", "tab:blue"), ("^", "tab:orange"))
_LINE_STYLES = ("-", "--", "-.", ":")
_WIDEST = 11.4  # inches: as wide as a notebook's page
_INCHES_PER_IMAGE = 1.7  # if there is room for all columns
_IMAGE_WIDTH = 0.92  # of the cell in which it stands; the rest is the gap to its neighbour
_TITLE_HEIGHT = 0.24
_PATH_STYLES = (("-", "o"), ("--", "s"), ("-.", "^"), (":", "D"))
_FRAMES = 30


def show(figure: Figure, alt: str) -> None:
    """Show a figure in a notebook, with a description for those who cannot see it, and close it.

    Outside of a notebook the figure is only closed.

    Parameters
    ----------
    figure : Figure
        The figure. It cannot be changed any more afterwards.
    alt : str
        What there is to see in it, in a sentence or two.

    Examples
    --------
    >>> show(plt.figure(), alt="An empty figure.")
    """
    if _in_ipython():
        drawn = io.BytesIO()
        figure.savefig(drawn, format="png", bbox_inches="tight")
        _display(drawn.getvalue(), alt)
    plt.close(figure)


def _display(png: bytes, alt: str) -> None:
    """Display a picture as HTML: of a plain picture, JupyterLab shows no description."""
    from IPython.display import display

    data = base64.b64encode(png).decode()
    html = f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}">'
    display({"text/html": html, "text/plain": alt}, raw=True)


def _in_ipython() -> bool:
    if "IPython" not in sys.modules:
        return False
    from IPython import get_ipython

    return get_ipython() is not None


def plot_decision_boundary(
    model: Callable[[np.ndarray], np.ndarray], X: np.ndarray, Y: np.ndarray, ax: Axes
) -> None:
    """Draw points of two classes, and the line on which a model changes its mind.

    Parameters
    ----------
    model : callable
        Takes points, shape (2, k), and returns its predictions, shape (1, k), each 0 or 1.
    X : ndarray of float, shape (2, m)
        The points, one per column.
    Y : ndarray of int or bool, shape (1, m)
        Their labels, 0 or 1.
    ax : Axes
        Where to draw. Labels and title are up to you.

    Examples
    --------
    >>> figure, ax = plt.subplots()
    >>> X, Y = np.array([[-1.0, 1.0], [0.0, 0.0]]), np.array([[0, 1]])
    >>> plot_decision_boundary(lambda points: points[:1] > 0, X, Y, ax)
    >>> show(figure, alt="A circle and a triangle with an upright line between them.")
    """
    x1, x2 = np.meshgrid(*(_span(coordinate) for coordinate in X))
    points = np.stack([x1.ravel(), x2.ravel()])
    predictions = np.asarray(model(points), dtype=float).reshape(x1.shape)
    ax.contourf(x1, x2, predictions, levels=[-0.5, 0.5, 1.5], colors=["#dbe9f6", "#fde5cc"])
    if np.ptp(predictions) > 0:  # matplotlib warns of a contour that does not exist
        ax.contour(x1, x2, predictions, levels=[0.5], colors="black", linewidths=1.5)
    _scatter_classes(X, Y, ax)


def _span(coordinate: np.ndarray) -> np.ndarray:
    """Divide the range of one coordinate, and a margin on both sides, into equal steps."""
    low, high = float(np.min(coordinate)), float(np.max(coordinate))
    margin = 0.1 * (high - low) or 1.0
    return np.linspace(low - margin, high + margin, GRID_SIZE)


def _scatter_classes(X: np.ndarray, Y: np.ndarray, ax: Axes) -> None:
    for label, (marker, color) in enumerate(_CLASS_STYLES):
        x1, x2 = X[:, np.ravel(Y) == label]
        ax.scatter(
            x1,
            x2,
            s=16,
            marker=marker,
            color=color,
            edgecolors="black",
            linewidths=0.4,
            label=f"label {label}",
        )


def plot_costs(costs_by_label: Mapping[str, Sequence[float]], every: int, ax: Axes) -> None:
    """Draw how the cost went down in one or more runs of training.

    Parameters
    ----------
    costs_by_label : dict of str to list of float
        The costs of each run, by what the legend calls it.
    every : int
        How many iterations lie between two costs.
    ax : Axes
        Where to draw. The axes get labels and a legend; the title is up to you.

    Examples
    --------
    >>> figure, ax = plt.subplots()
    >>> plot_costs({"rate 0.1": [0.7, 0.4, 0.3], "rate 0.01": [0.7, 0.65, 0.6]}, 100, ax)
    >>> show(figure, alt="Two falling curves, the one for the larger rate below the other.")
    """
    for (label, costs), style in zip(costs_by_label.items(), cycle(_LINE_STYLES), strict=False):
        ax.plot(every * np.arange(len(costs)), costs, style, label=label)
    ax.set(xlabel="iterations", ylabel="cost")
    ax.legend()


def show_images(images: np.ndarray, titles: Sequence[str], columns: int) -> Figure:
    """Lay images out in rows, each under its title.

    Parameters
    ----------
    images : ndarray of uint8 or float, shape (m, h, w, 3)
        The images. Floats run from 0 to 1; what lies outside is cut off.
    titles : sequence of str
        One title per image.
    columns : int
        The number of images in a row.

    Returns
    -------
    Figure
        A small figure, ready for `show`.

    Raises
    ------
    ValueError
        If there are not as many titles as images, or no images at all.

    Examples
    --------
    >>> figure = show_images(np.zeros((3, 8, 8, 3)), ["one", "two", "three"], columns=2)
    >>> show(figure, alt="Three black squares in two rows.")
    """
    if not 0 < len(images) == len(titles):
        raise ValueError(f"There are {len(images)} images and {len(titles)} titles.")
    height = _IMAGE_WIDTH * images.shape[1] / images.shape[2]
    figure, ax = _canvas(-(-len(images) // columns), columns, height + _TITLE_HEIGHT)
    for index, (image, title) in enumerate(zip(_displayable(images), titles, strict=True)):
        row, column = divmod(index, columns)
        bottom = -(row + 1) * (height + _TITLE_HEIGHT)
        ax.imshow(image, extent=(column, column + _IMAGE_WIDTH, bottom, bottom + height))
        ax.text(column + _IMAGE_WIDTH / 2, bottom + height + 0.03, title, ha="center", fontsize=9)
    return figure


def _canvas(rows: int, columns: int, row_height: float) -> tuple[Figure, Axes]:
    """Make one pair of axes for all images: many pairs take much longer to draw."""
    height = rows * row_height
    inches = min(_INCHES_PER_IMAGE, _WIDEST / columns)
    size = (inches * columns, inches * height)
    figure = plt.figure(figsize=size, dpi=80)
    ax = figure.add_axes((0.02, 0.02, 0.96, 0.96))
    ax.set_axis_off()
    ax.set(autoscale_on=False, xlim=(0, columns - 1 + _IMAGE_WIDTH), ylim=(-height, 0))
    return figure, ax


def _displayable(images: np.ndarray) -> np.ndarray:
    return images if images.dtype == np.uint8 else np.clip(images, 0.0, 1.0)


def plot_paths(
    cost: Callable[[np.ndarray, np.ndarray], np.ndarray],
    paths: Mapping[str, np.ndarray],
    ax: Axes,
) -> list[Line2D]:
    """Draw the ways that were taken on a surface over its contour lines.

    Parameters
    ----------
    cost : callable
        Takes two arrays of one shape, the two coordinates, and returns the cost of each point.
    paths : dict of str to ndarray of float, shape (steps + 1, 2)
        The points of each way in their order, by what the legend calls it.
    ax : Axes
        Where to draw. What it shows is set before (``ax.set(xlim=…, ylim=…)``).

    Returns
    -------
    list of Line2D
        One line for each path, for `show_film`.

    Examples
    --------
    >>> figure, ax = plt.subplots()
    >>> _ = ax.set(xlim=(-2, 2), ylim=(-2, 2))
    >>> lines = plot_paths(lambda x, y: x**2 + y**2, {"straight": np.eye(2)}, ax)
    >>> show(figure, alt="A short line across round contours.")
    """
    x, y = np.meshgrid(np.linspace(*ax.get_xlim(), 80), np.linspace(*ax.get_ylim(), 80))
    ax.contour(x, y, cost(x, y), levels=14, colors="0.75", linewidths=0.8)
    lines = []
    for (label, path), (style, marker) in zip(paths.items(), cycle(_PATH_STYLES), strict=False):
        (line,) = ax.plot(*path.T, style, marker=marker, ms=3.5, lw=1.5, label=label)
        lines.append(line)
    return lines


def show_film(figure: Figure, lines: Sequence[Line2D], alt: str, seconds: float = 4.0) -> None:
    """Show a figure whose lines grow from their first point to their last, twice, and close it.

    The film is an animated PNG: one picture, without any script, that every browser plays. A
    program that cannot play it shows the whole figure. Outside of a notebook the figure is only
    closed.

    Parameters
    ----------
    figure : Figure
    lines : sequence of Line2D
        The lines that grow, at the same pace: one more point of each per step.
    alt : str
        What there is to see in it, in a sentence or two.
    seconds : float
        How long it takes to play once.

    Examples
    --------
    >>> figure, ax = plt.subplots()
    >>> show_film(figure, ax.plot([0, 1, 2], [0, 1, 0]), alt="A line goes up and down.")
    """
    if _in_ipython():
        _display(_film(figure, lines, seconds), alt)
    plt.close(figure)


def _film(figure: Figure, lines: Sequence[Line2D], seconds: float) -> bytes:
    """Encode the whole figure, and then the frames of its film, as an animated PNG."""
    frames = _frames(figure, lines)
    colours = frames[0].quantize(64, Image.Quantize.FASTOCTREE)  # the lines keep their colours
    first, *others = (frame.quantize(palette=colours, dither=Image.Dither.NONE) for frame in frames)
    duration = int(1000 * seconds / len(others))
    durations = [duration] * (len(others) - 1) + [2000]
    film = io.BytesIO()
    first.save(
        film,
        "png",
        save_all=True,
        append_images=others,
        default_image=True,
        duration=durations,
        loop=2,
    )
    return film.getvalue()


def _frames(figure: Figure, lines: Sequence[Line2D]) -> list[Image.Image]:
    """Draw the whole figure first, then the lines growing over what stays the same."""
    canvas: Any = FigureCanvasAgg(figure)  # most of its methods have no types
    canvas.draw()
    frames = [_picture(canvas)]
    points = [np.column_stack(line.get_data()) for line in lines]
    for line in lines:
        line.set_animated(True)
    canvas.draw()
    background = canvas.copy_from_bbox(figure.bbox)
    for step in np.unique(np.linspace(1, max(map(len, points)), _FRAMES).astype(int)):
        canvas.restore_region(background)
        for line, path in zip(lines, points, strict=True):
            line.set_data(*path[:step].T)
            line.draw(canvas.get_renderer())
        frames.append(_picture(canvas))
    return frames


def _picture(canvas: Any) -> Image.Image:
    return Image.fromarray(np.asarray(canvas.buffer_rgba())[:, :, :3].copy())
