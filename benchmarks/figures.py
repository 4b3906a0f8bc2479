"""The figure of the benchmark, and the page that shows it."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

from autograder.records import write_whole

_HATCHES = ("", "//", "..", "xx", "\\\\")


def draw(results: dict, folder: Path) -> None:
    """Draw costs and growth, and write them down beside the figure."""
    figure, (left, right) = plt.subplots(1, 2, figsize=(11, 4.2), layout="constrained")
    _draw_costs(left, results["weeks"])
    _draw_growth(right, results["growth"])
    figure.savefig(folder / "grading.png", dpi=110)
    plt.close(figure)
    write_whole(folder / "README.md", _page(results))


def _draw_costs(ax, weeks: dict) -> None:
    ways = list(dict.fromkeys(name for week in weeks.values() for name in week["costs"]))
    for turn, way in enumerate(ways):
        places = [i + 0.16 * turn for i, week in enumerate(weeks.values()) if way in week["costs"]]
        values = [week["costs"][way]["cpu"] for week in weeks.values() if way in week["costs"]]
        bars = ax.barh(places, values, 0.15, label=way, hatch=_HATCHES[turn % 5], ec="white")
        ax.bar_label(bars, fmt="%.2f", size=7, padding=2)
    ax.set_yticks([i + 0.3 for i in range(len(weeks))], [name[:3] for name in weeks])
    ax.set(xscale="log", xlabel="processor seconds for one more submission", title="Cost")
    ax.legend(fontsize=7)


def _draw_growth(ax, growth: list[dict]) -> None:
    sizes = [entry["size"] for entry in growth]
    ax.plot(sizes, [entry["memory"] / 2**20 for entry in growth], "o-", label="memory, MiB")
    ax.plot(sizes, [entry["cpu"] for entry in growth], "s--", label="processor seconds")
    ax.set(xlabel="submissions", title="A growing class, --quick")
    if growth:
        ax.set(xscale="log", yscale="log")
        ax.legend()


def _page(results: dict) -> str:
    rows = ["| week | way | CPU s | wall s | start, CPU s | memory, MiB | × floor | × stock |"]
    rows.append("|---|---|---|---|---|---|---|---|")
    for name, week in results["weeks"].items():
        for way, cost in week["costs"].items():
            rows.append(_row(name, way, cost, week.get("ratios", {}).get(way, {})))
    growth = ["| submissions | CPU s | wall s | memory, MiB |", "|---|---|---|---|"]
    for e in results["growth"]:
        growth.append(
            f"| {e['size']} | {e['cpu']:.1f} | {e['wall']:.1f} | {e['memory'] / 2**20:.0f} |"
        )
    return _TEXT.format(table="\n".join(rows), growth="\n".join(growth), alt=_alt(results))


def _row(week: str, way: str, cost: dict, ratio: dict) -> str:
    memory = f"{cost['memory'] / 2**20:.0f}" if cost["memory"] else ""
    ratios = [
        ratio.get(name, float("nan")) for name in ("times the floor", "times faster than stock")
    ]
    numbers = f"{cost['cpu']:.2f} | {cost['wall']:.2f} | {cost['startup']:.1f} | {memory}"
    return f"| {week[:3]} | {way} | {numbers} | {ratios[0]:.2f} | {ratios[1]:.1f} |"


def _alt(results: dict) -> str:
    said = [
        f"{name[:3]}: " + ", ".join(f"{way} {c['cpu']:.2f}" for way, c in week["costs"].items())
        for name, week in results["weeks"].items()
    ]
    return "Processor seconds for one more submission. " + "; ".join(said) + "."


_TEXT = """# What grading costs

`make bench` writes this page. All ways graded the same submissions in one run, in turn, several
times; the figures are the medians of these rounds.

![{alt}](grading.png)

{table}

CPU and wall are for one more submission: the cost of a class less that of a few of it, divided by
the number of the others. Start is what the run on those few cost, with all that a run costs once:
of ours, also drawing the variants of the hidden cases, which every process does for itself.
× floor is times the processor time of the floor, × stock is how many times less than stock
nbgrader, core for core.

- *Stock nbgrader* is `nbgrader autograde` with its own Execute. In its test cells, `grade` works
  in the student's process and puts the few ready-made cases of the answer sheet: cheaper than our
  hidden tests. *One process a core* deals the class out, each part with a gradebook of its own.
- *The floor* runs the same cells and the same hidden cases as plain Python in one warm process.
  It draws the figures, and has no sandbox, no outputs and no record.

{growth}
"""
