"""Answer sheets: what `check` knows about a notebook's exercises, as data in HDF5.

A sheet holds inputs, expected results, the results of known mistakes and their hints. It holds
no code. Each exercise is one data set of bytes in the format of `helpers.checking.plain`.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from helpers.checking.checks import Case, Check, LeavesInputsAlone, Matches, Recorded, Vectorised
from helpers.checking.drawn_ids import DrawnIds
from helpers.checking.editions import MatchesInEitherOrder
from helpers.checking.graph_order import InOrder
from helpers.checking.judging import Question
from helpers.checking.mini_batches import MiniBatches
from helpers.checking.outcomes import Arguments, Outcome
from helpers.checking.plain import NotPlain, pack, unpack
from helpers.checking.random_results import Drawn, Mask, MatchesUnderMasks
from helpers.checking.variants import MatchesVariant

SHEETS = Path(__file__).parent.parent / "answers"


class SheetError(Exception):
    """An answer sheet is missing or damaged."""


def sheet_path(notebook: str) -> Path:
    """Say where a notebook's answer sheet lies."""
    return SHEETS / f"{notebook}.h5"


def write_sheet(questions: list[Question], path: Path) -> None:
    """Write questions as an answer sheet, in one step that cannot be left half done.

    Parameters
    ----------
    questions : list of Question
        In the order of the notebook.
    path : Path
    """
    temporary = path.with_suffix(".part")
    with h5py.File(temporary, "w") as sheet:
        for position, question in enumerate(questions):
            data = np.frombuffer(pack(_question_data(question)), dtype=np.uint8)
            stored = sheet.create_dataset(question.function, data=data, compression="gzip")
            stored.attrs["position"] = position
            stored.attrs["points"] = question.points
    temporary.replace(path)


def read_sheet(path: Path) -> dict[str, Question]:
    """Read an answer sheet.

    Returns
    -------
    dict of str to Question
        By function name, in the order of the notebook.

    Raises
    ------
    SheetError
        If the file is missing or is not an answer sheet.
    """
    if not path.exists():
        raise SheetError(f"The answer sheet {path.name} is missing: unpack the bundle once more.")
    try:
        with h5py.File(path, "r") as sheet:
            stored = sorted(sheet.values(), key=lambda dataset: int(dataset.attrs["position"]))
            questions = [_question(unpack(dataset[()].tobytes())) for dataset in stored]
    except (OSError, KeyError, TypeError, NotPlain) as error:
        raise SheetError(
            f"The answer sheet {path.name} is damaged ({error}): unpack the bundle once more."
        ) from None
    return {question.function: question for question in questions}


def _question_data(question: Question) -> dict[str, Any]:
    return {
        "function": question.function,
        "returns": list(question.returns),
        "aliases": list(question.aliases),
        "checks": [to_data(check) for check in question.checks],
        "hints": question.hints,
        "cases": [{**asdict(case), "args": _call_data(case.args)} for case in question.cases],
    }


def _call_data(args: Arguments) -> dict[str, Any]:
    """Write a call's arguments; editions only where there are some."""
    data = asdict(args)
    if not args.editions:
        del data["editions"]
    return data


def _question(data: dict[str, Any]) -> Question:
    return Question(
        function=data["function"],
        returns=tuple(data["returns"]),
        aliases=tuple(data["aliases"]),
        checks=[from_data(check) for check in data["checks"]],
        hints=data["hints"],
        cases=[_case(case) for case in data["cases"]],
    )


def _case(data: dict[str, Any]) -> Case:
    mistakes = {name: Outcome(**outcome) for name, outcome in data["mistakes"].items()}
    return Case(Arguments(**data["args"]), Outcome(**data["expected"]), mistakes, data["slack"])


KINDS: dict[str, type[Check]] = {
    kind.kind: kind
    for kind in (
        *(Matches, Recorded, Drawn, Mask, MatchesUnderMasks, InOrder),
        *(LeavesInputsAlone, Vectorised, MiniBatches),
        *(MatchesInEitherOrder, MatchesVariant, DrawnIds),
    )
}


def to_data(check: Check) -> dict[str, Any]:
    """Write a check as a plain dictionary."""
    calls = {n: _call_data(v) for n, v in vars(check).items() if isinstance(v, Arguments)}
    return {"kind": check.kind, **asdict(check), **calls}


def from_data(data: dict[str, Any]) -> Check:
    """Read what `to_data` wrote.

    Examples
    --------
    >>> from_data(to_data(Matches("dw", points=4)))
    Matches(part='dw', points=4, label='', hint='', about='')
    """
    fields = dict(data)
    kind = KINDS[fields.pop("kind")]
    for name in {"small", "large"} & fields.keys():
        fields[name] = Arguments(**fields[name])
    return kind(**fields)
