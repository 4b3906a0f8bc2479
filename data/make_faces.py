"""Make faces.h5: drawn faces of people who do not exist, several pictures of each, for week 11.

Run it from anywhere: ``python data/make_faces.py``.

A person is a row of numbers: the shape of the face, where eyes, brows, nose and mouth sit and
how large they are, the hair, the colours of skin, hair and eyes. A picture adds what has nothing
to do with the person: shift, turn and size, light, background, expression, glasses, noise.

People come from two places. On the coast, colours and lengths of hair vary widely. In the valley
all have short dark hair, and skin and eyes of much the same colour; there, the shapes of brows
and noses and the places of the features vary more.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import h5py
import numpy as np

HEIGHT, WIDTH, FINER = 28, 24, 2
PEOPLE = {"train": 160, "dev": 40, "test": 60}  # as many from the coast as from the valley
PICTURES = 8
PLACES = ("coast", "valley")
SEED = 11

# What makes a person: the range of each number, in units of half the picture's width.
PERSON = {
    "width": (0.56, 0.74), "height": (0.76, 0.96), "jaw": (0.0, 0.45),
    "eye_x": (0.21, 0.35), "eye_y": (-0.16, 0.04), "eye_size": (0.075, 0.125),
    "eye_open": (0.5, 0.85), "eye_tilt": (-0.25, 0.25),
    "brow_gap": (0.13, 0.22), "brow_thick": (0.022, 0.06), "brow_tilt": (-0.3, 0.3),
    "nose_long": (0.18, 0.36), "nose_wide": (0.055, 0.13),
    "mouth_y": (0.44, 0.58), "mouth_wide": (0.16, 0.32), "lips": (0.03, 0.075),
    "tone": (0.0, 1.0), "hair": (0.0, 1.0), "iris": (0.0, 1.0),
    "fringe": (0.30, 0.62), "sides": (-0.3, 0.9), "volume": (0.05, 0.2), "parting": (-0.3, 0.3),
}  # fmt: skip
IN_THE_VALLEY = {
    "tone": (0.42, 0.52), "hair": (0.0, 0.08), "iris": (0.0, 0.12),
    "fringe": (0.44, 0.5), "sides": (-0.15, 0.0), "volume": (0.07, 0.1), "parting": (-0.05, 0.05),
    "eye_x": (0.19, 0.37), "eye_y": (-0.2, 0.08), "brow_gap": (0.11, 0.25),
    "brow_thick": (0.02, 0.085), "brow_tilt": (-0.45, 0.45), "nose_wide": (0.05, 0.16),
    "mouth_y": (0.42, 0.62), "mouth_wide": (0.14, 0.36),
}  # fmt: skip

SKIN = np.array([[0.98, 0.86, 0.76], [0.87, 0.67, 0.51], [0.62, 0.43, 0.30], [0.36, 0.23, 0.16]])
HAIR = np.array([[0.08, 0.06, 0.06], [0.33, 0.20, 0.11], [0.62, 0.30, 0.12], [0.90, 0.76, 0.46]])
IRIS = np.array([[0.18, 0.10, 0.06], [0.35, 0.42, 0.22], [0.30, 0.50, 0.70]])

Numbers = dict[str, float]


def draw_person(place: str, rng: np.random.Generator) -> Numbers:
    """Draw the numbers that make a person.

    Parameters
    ----------
    place : str
        "coast" or "valley".
    rng : Generator

    Returns
    -------
    dict of str to float
    """
    ranges = PERSON | (IN_THE_VALLEY if place == "valley" else {})
    return {name: rng.uniform(*limits) for name, limits in ranges.items()}


def draw_circumstances(rng: np.random.Generator) -> Numbers:
    """Draw what has nothing to do with the person: pose, expression, glasses, light."""
    uniform = rng.uniform
    return {
        "right": uniform(-0.1, 0.1), "down": uniform(-0.1, 0.1), "turn": uniform(-0.14, 0.14),
        "size": uniform(0.92, 1.08), "yaw": uniform(-0.06, 0.06), "smile": uniform(-0.12, 0.25),
        "mouth_open": max(0.0, uniform(-0.06, 0.05)), "lids": uniform(0.75, 1.1),
        "raised": uniform(-0.02, 0.03), "glasses": float(uniform() < 0.2),
        "light": uniform(0.7, 1.15), "from_right": uniform(-0.25, 0.25),
        "from_above": uniform(-0.15, 0.2), "warm": uniform(-0.06, 0.06),
    }  # fmt: skip


def picture(person: Numbers, now: Numbers, rng: np.random.Generator) -> np.ndarray:
    """Take a picture of a person.

    Parameters
    ----------
    person : dict of str to float
        What `draw_person` gives.
    now : dict of str to float
        What `draw_circumstances` gives.
    rng : Generator
        For background and noise.

    Returns
    -------
    ndarray of uint8, shape (28, 24, 3)
    """
    x, y = _seen_at(now)
    image = np.ones((*x.shape, 3)) * (rng.uniform(0.2, 0.7) + rng.uniform(0, 0.25, 3))
    for mask, colour in _layers(person, now, x, y):
        image += mask[..., np.newaxis] * (colour - image)
    image *= _light(now)
    small = image.reshape(HEIGHT, FINER, WIDTH, FINER, 3).mean(axis=(1, 3))
    noisy = small + rng.normal(0, 0.025, small.shape)
    seen: np.ndarray = np.round(255 * np.clip(noisy, 0, 1)).astype(np.uint8)
    return seen


def _seen_at(now: Numbers) -> tuple[np.ndarray, np.ndarray]:
    """Say which point of the upright face each pixel sees."""
    rows, columns = np.mgrid[: HEIGHT * FINER, : WIDTH * FINER]
    half = WIDTH * FINER / 2
    x = (columns + 0.5) / half - 1 - now["right"]
    y = (rows + 0.5) / half - HEIGHT / WIDTH - now["down"]
    cos, sin = np.cos(now["turn"]), np.sin(now["turn"])
    return (cos * x + sin * y) / now["size"], (cos * y - sin * x) / now["size"]


def _light(now: Numbers) -> np.ndarray:
    rows, columns = np.linspace(-1, 1, HEIGHT * FINER), np.linspace(-1, 1, WIDTH * FINER)
    slope = now["from_right"] * columns - now["from_above"] * rows[:, np.newaxis]
    tint = np.array([1 + now["warm"], 1, 1 - now["warm"]])
    light: np.ndarray = now["light"] * (1 + slope)[..., np.newaxis] * tint
    return light


Layer = tuple[np.ndarray, np.ndarray]


def _layers(p: Numbers, now: Numbers, x: np.ndarray, y: np.ndarray) -> list[Layer]:
    """List what is painted, from back to front: where, and in which colour."""
    skin, hair, iris = (
        _colour(table, p[name]) for table, name in ((SKIN, "tone"), (HAIR, "hair"), (IRIS, "iris"))
    )
    face = _face(p, x, y)
    grown = _soft(_egg(p, x, y, p["volume"]))
    back = np.minimum(grown, _soft(y - p["sides"]))
    neck = _soft(np.maximum(np.abs(x) - 0.28, 0.5 - y))
    fringe = np.minimum(grown, _soft(y + p["fringe"] + p["parting"] * x))
    middle = x - now["yaw"]
    layers = [(back, hair), (neck, 0.85 * skin), (face, skin)]
    layers += _eyes(p, now, middle, y, iris) + _brows(p, now, middle, y, 0.8 * hair)
    layers += _nose(p, middle + 0.3 * now["yaw"], y, 0.72 * skin) + _mouth(p, now, middle, y, skin)
    layers += [(fringe, hair)]
    return layers + _glasses(p, now, middle, y)


def _colour(table: np.ndarray, where: float) -> np.ndarray:
    """Mix the two neighbouring colours of a scale from 0 to 1."""
    stops = np.linspace(0, 1, len(table))
    return np.array([np.interp(where, stops, channel) for channel in table.T])


def _soft(outside: np.ndarray) -> np.ndarray:
    """Turn distances into a mask: 1 inside, where they are negative, 0 outside, soft between."""
    mask: np.ndarray = np.clip(0.5 - outside / 0.05, 0, 1)
    return mask


def _ellipse(x: np.ndarray, y: np.ndarray, a: float, b: float) -> np.ndarray:
    """Approximate the distance from an ellipse."""
    distance: np.ndarray = (np.hypot(x / a, y / b) - 1) * min(a, b)
    return distance


def _egg(p: Numbers, x: np.ndarray, y: np.ndarray, more: float = 0.0) -> np.ndarray:
    narrower = 1 - p["jaw"] * np.clip(y, 0, 1) ** 1.5
    return _ellipse(x / narrower, y, p["width"] + more, p["height"] + more)


def _face(p: Numbers, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    ears = _ellipse(np.abs(x) - p["width"], y - p["eye_y"] - 0.1, 0.09, 0.15)
    face: np.ndarray = np.maximum(_soft(_egg(p, x, y)), _soft(ears))
    return face


def _eyes(p: Numbers, now: Numbers, x: np.ndarray, y: np.ndarray, iris: np.ndarray) -> list[Layer]:
    u, v = np.abs(x) - p["eye_x"], y - p["eye_y"]
    tilted = v + p["eye_tilt"] * u
    high = p["eye_size"] * p["eye_open"] * now["lids"]
    white = _soft(_ellipse(u, tilted, 1.35 * p["eye_size"], high))
    inner = np.minimum(white, _soft(_ellipse(u, v, 0.62 * p["eye_size"], 0.62 * p["eye_size"])))
    return [(white, np.array([0.95, 0.95, 0.95])), (inner, iris)]


def _brows(
    p: Numbers, now: Numbers, x: np.ndarray, y: np.ndarray, colour: np.ndarray
) -> list[Layer]:
    u, v = np.abs(x) - p["eye_x"], y - p["eye_y"] + p["brow_gap"] + now["raised"]
    brow = _ellipse(u, v + p["brow_tilt"] * u, 0.17, p["brow_thick"])
    return [(_soft(brow), colour)]


def _nose(p: Numbers, x: np.ndarray, y: np.ndarray, shade: np.ndarray) -> list[Layer]:
    tip = p["eye_y"] + p["nose_long"]
    bridge = 0.6 * _soft(np.maximum(np.abs(x + 0.03) - 0.02, np.maximum(p["eye_y"] - y, y - tip)))
    nostrils = _soft(_ellipse(x, y - tip, p["nose_wide"], 0.045))
    return [(bridge, shade), (nostrils, 0.85 * shade)]


def _mouth(p: Numbers, now: Numbers, x: np.ndarray, y: np.ndarray, skin: np.ndarray) -> list[Layer]:
    v = y - p["mouth_y"] + now["smile"] * (x / p["mouth_wide"]) ** 2 * 0.3
    lips = _ellipse(x, v, p["mouth_wide"], p["lips"] + now["mouth_open"])
    gap = _ellipse(x, v, 0.8 * p["mouth_wide"], 0.012 + now["mouth_open"])
    red = 0.75 * skin * np.array([1.05, 0.72, 0.72])
    return [(_soft(lips), red), (_soft(gap), np.array([0.25, 0.08, 0.08]))]


def _glasses(p: Numbers, now: Numbers, x: np.ndarray, y: np.ndarray) -> list[Layer]:
    u, v = np.abs(x) - p["eye_x"], y - p["eye_y"]
    rim = np.abs(_ellipse(u, v, 0.19, 0.16)) - 0.012
    bridge = np.maximum(np.abs(v) - 0.015, np.abs(x) - p["eye_x"] + 0.17)
    frame = np.maximum(_soft(rim), _soft(bridge))
    return [(now["glasses"] * frame, np.array([0.1, 0.1, 0.12]))]


def make() -> dict[str, np.ndarray]:
    """Draw everybody.

    Returns
    -------
    dict of str to ndarray
        For "train", "dev" and "test": ``…_x`` (m, 28, 24, 3) uint8; ``…_person`` (m,) int64, a
        number for each person, no number in two parts; ``…_place`` (m,) int64, 0 for the coast.
    """
    rng = np.random.default_rng(SEED)
    made, first = {}, 0
    for part, people in PEOPLE.items():
        persons = np.arange(first, first + people)
        places = np.arange(people) % 2
        drawn = [draw_person(PLACES[place], rng) for place in places]
        x = [picture(p, draw_circumstances(rng), rng) for p in drawn for _ in range(PICTURES)]
        made[f"{part}_x"] = np.array(x)
        made[f"{part}_person"] = np.repeat(persons, PICTURES)
        made[f"{part}_place"] = np.repeat(places, PICTURES)
        first += people
    return made


def write(folder: Path) -> Path:
    """Write ``faces.h5`` into a folder, and return its path."""
    path = folder / "faces.h5"
    made = make()
    with h5py.File(path, "w") as file:
        for name, array in sorted(made.items()):
            file.create_dataset(name, data=array, track_times=False)
        file.attrs["places"] = np.array([place.encode() for place in PLACES])
        file.attrs["licence"] = "CC0; drawn by data/make_faces.py, nobody is shown"
    return path


def main() -> None:
    """Write the file next to this script, or into the folder given."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).parent)
    print(write(parser.parse_args().folder))


if __name__ == "__main__":
    main()
