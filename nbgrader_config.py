"""How nbgrader's own commands work on this course. Run them in this folder."""

import os
import sysconfig
from pathlib import Path

# nbgrader runs `alembic` by name, which fails where the environment is not activated.
scripts = sysconfig.get_path("scripts")
if scripts not in os.environ["PATH"].split(os.pathsep):
    os.environ["PATH"] = os.pathsep.join([scripts, os.environ["PATH"]])

c = get_config()  # noqa: F821  (nbgrader supplies it)

c.CourseDirectory.root = str(Path(__file__).resolve().parent)

# Releasing: our stubs in place of nbgrader's ClearSolutions.
c.GenerateAssignment.preprocessors = [
    "nbgrader.preprocessors.IncludeHeaderFooter",
    "nbgrader.preprocessors.LockCells",
    "autograder.stub_solutions.StubSolutions",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.CheckCellMetadata",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.SaveCells",
    "nbgrader.preprocessors.ClearHiddenTests",
    "nbgrader.preprocessors.ClearMarkScheme",
    "nbgrader.preprocessors.ComputeChecksums",
    "nbgrader.preprocessors.CheckCellMetadata",
]
