"""The course's fast layers against PyTorch's, on one thread, in one run.

PyTorch is not among the course's packages: run this with a Python that has it, NumPy, and the
folder `course` on its path:

    PYTHONPATH=course python benchmarks/convolution.py [folder for the results]

Each layer goes forward, and back to its input, filters and biases. What counts is the ratio of
our time to PyTorch's. Both are the best of several rounds, taken in turn, so that whatever else
the machine does meets both.
"""

from __future__ import annotations

import os

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}

import json
import platform
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from helpers import convolution

ROUNDS = 25
WANTED = 2.0
PRECISIONS = {"double": (np.float64, torch.float64), "single": (np.float32, torch.float32)}

Work = Callable[[], object]


@dataclass(frozen=True)
class Layer:
    """A layer's kind and sizes; pooling layers have windows of `f` and strides as large."""

    name: str
    kind: str
    images: tuple[int, int, int, int]  # m, n_H, n_W, n_C
    f: int
    filters: int = 0
    stride: int = 1
    pad: int = 0


LAYERS = (
    Layer("5 by 5, 1 to 6 channels", "conv", (32, 28, 32, 1), 5, filters=6),
    Layer("3 by 3, 8 to 16 channels", "conv", (32, 28, 32, 8), 3, filters=16, pad=1),
    Layer("3 by 3, 32 to 64 channels", "conv", (16, 14, 18, 32), 3, filters=64, pad=1),
    Layer(
        "3 by 3, 16 channels, stride 2", "conv", (16, 32, 36, 16), 3, filters=16, stride=2, pad=1
    ),
    Layer("5 by 5, 16 channels", "conv", (32, 14, 16, 16), 5, filters=16, pad=2),
    Layer("1 by 1, 64 to 16 channels", "conv", (32, 14, 16, 64), 1, filters=16),
    Layer("max pooling, 2 by 2", "max", (32, 28, 32, 16), 2, stride=2),
    Layer("average pooling, 2 by 2", "average", (32, 28, 32, 16), 2, stride=2),
)


def main(folder: Path) -> None:
    """Measure all layers in both precisions, and write a page."""
    torch.set_num_threads(1)
    found = {
        precision: {layer.name: measure(layer, *types) for layer in LAYERS}
        for precision, types in PRECISIONS.items()
    }
    page = table(found)
    print(page)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "convolution.md").write_text(page)
    (folder / "convolution.json").write_text(json.dumps(found, indent=1) + "\n")


def measure(layer: Layer, dtype: type, torch_dtype: torch.dtype) -> dict[str, float]:
    """Give our time as a multiple of PyTorch's: there, back, and both together."""
    rng = np.random.default_rng(0)
    A_prev = rng.normal(size=layer.images).astype(dtype)
    theirs = torch.tensor(A_prev.transpose(0, 3, 1, 2).copy(), requires_grad=True)
    assert theirs.dtype == torch_dtype
    pair = _convolutions if layer.kind == "conv" else _poolings
    ours, its = pair(layer, A_prev, theirs, rng)
    seconds = in_turn([*ours, *its])
    return {
        "there": seconds[0] / seconds[2],
        "back": seconds[1] / seconds[3],
        "together": (seconds[0] + seconds[1]) / (seconds[2] + seconds[3]),
        "our ms": 1000 * (seconds[0] + seconds[1]),
    }


def _convolutions(layer, A_prev, theirs, rng) -> tuple[list[Work], list[Work]]:
    f, n_C, dtype = layer.f, layer.filters, A_prev.dtype
    W = rng.normal(size=(f, f, layer.images[3], n_C)).astype(dtype)
    b = rng.normal(size=(1, 1, 1, n_C)).astype(dtype)
    hparameters = {"stride": layer.stride, "pad": layer.pad}
    weights = torch.tensor(W.transpose(3, 2, 0, 1).copy(), requires_grad=True)
    biases = torch.tensor(b.ravel(), requires_grad=True)

    def there():
        return torch.nn.functional.conv2d(theirs, weights, biases, layer.stride, layer.pad)

    Z, cache = convolution.conv_forward(A_prev, W, b, hparameters)
    out = there()
    agree(Z, out)
    return (
        [
            lambda: convolution.conv_forward(A_prev, W, b, hparameters),
            lambda: convolution.conv_backward(Z, cache),
        ],
        [there, _way_back(out, [theirs, weights, biases])],
    )


def _poolings(layer, A_prev, theirs, rng) -> tuple[list[Work], list[Work]]:
    hparameters = {"f": layer.f, "stride": layer.stride}
    pool = {
        "max": torch.nn.functional.max_pool2d,
        "average": torch.nn.functional.avg_pool2d,
    }[layer.kind]

    def there():
        return pool(theirs, layer.f, layer.stride)

    A, cache = convolution.pool_forward(A_prev, hparameters, layer.kind)
    out = there()
    agree(A, out)
    return (
        [
            lambda: convolution.pool_forward(A_prev, hparameters, layer.kind),
            lambda: convolution.pool_backward(A, cache, layer.kind),
        ],
        [there, _way_back(out, [theirs])],
    )


def _way_back(out: torch.Tensor, leaves: list[torch.Tensor]) -> Work:
    grad = out.detach().clone()
    return lambda: torch.autograd.grad(out, leaves, grad, retain_graph=True)


def agree(ours: np.ndarray, theirs: torch.Tensor) -> None:
    """Make sure that both compute the same before they race."""
    theirs = theirs.detach().numpy().transpose(0, 2, 3, 1)
    np.testing.assert_allclose(ours, theirs, rtol=1e-3, atol=1e-3)


def in_turn(works: Sequence[Work]) -> list[float]:
    """Time each in turn, round after round; give the best time of each, in processor seconds."""
    best = [np.inf] * len(works)
    for _ in range(ROUNDS):
        for number, work in enumerate(works):
            start = time.process_time()
            work()
            best[number] = min(best[number], time.process_time() - start)
    return best


def table(found: dict[str, dict[str, dict[str, float]]]) -> str:
    """Lay the ratios out as a page."""
    lines = [
        "# The course's layers against PyTorch",
        "",
        "`benchmarks/convolution.py` writes this page: our time as a multiple of PyTorch's, both",
        f"on one thread, in one run. Wanted: at most {WANTED:g} times, there and back together.",
        f"PyTorch {torch.__version__}, NumPy {np.__version__}, {platform.machine()}.",
        "",
        "| precision | layer | there | back | together | ours, ms | |",
        "|---|---|---|---|---|---|---|",
    ]
    for precision, layers in found.items():
        for name, r in layers.items():
            mark = "" if r["together"] <= WANTED else "slower than wanted"
            lines.append(
                f"| {precision} | {name} | {r['there']:.2f} | {r['back']:.2f} | "
                f"**{r['together']:.2f}** | {r['our ms']:.2f} | {mark} |"
            )
    return "\n".join([*lines, "", _REMARKS])


_REMARKS = """The course computes in double precision, as NumPy does by default. In single precision
PyTorch uses kernels written for the processor at hand, which need no matrix of windows. Max
pooling's way back is slower than PyTorch's, which notes on the way there which number was the
largest; ours compares again, and is quicker on the way there.
"""


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "results")
