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

# Questions with a marking scheme are ordinary locked cells here, no tasks.
c.ClearMarkScheme.enforce_metadata = False

# Grading: our reader of untrusted files, which mends what it reads where it is graded, and
# our sandbox and referee in place of Execute and SaveAutoGrades.
c.Autograde.exporter_class = "autograder.nbgrader_plugins.SubmissionExporter"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "autograder.nbgrader_plugins.GradeInSandbox",
    "nbgrader.preprocessors.IgnorePattern",
    "nbgrader.preprocessors.LimitOutput",
    "autograder.nbgrader_plugins.RecordScores",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Feedback: the verdicts on top, no hidden tests, nothing that runs in a browser.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "autograder.feedback.ShowVerdicts",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]
c.HTMLExporter.sanitize_html = True
# nbgrader's own pages, of feedback and formgrader, do not clean the Markdown that they show.
c.HTMLExporter.filters = {
    "clean_html": "autograder.sanitizing.clean_html",
    "markdown2html": "autograder.feedback.clean_markdown",
}
