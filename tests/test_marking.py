"""A kept result depends on all that could change it."""

from __future__ import annotations

import subprocess
import sys

from autograder import marking

# What only keeps results, or figures about the exercises.
_NO_PART = {"audit_cards", "records", "syllabus"}


def test_the_digest_covers_every_module_that_grading_imports():
    program = "import sys, autograder.grading; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    names = {name.split(".")[1] for name in done.stdout.split() if name.startswith("autograder.")}
    assert "referee" in names
    assert names - {"exercises", "inside"} - _NO_PART <= set(marking._DECIDING)
