"""The written answer of week 7, from the student through a person's eyes to the feedback.

The real tools: `dlcourse grade`, nbgrader's formgrader in a browser, `dlcourse feedback`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from autograder.building import release_week
from autograder.classroom import database_url
from autograder.cleaning import grade_id
from autograder.pupils import Pupil, make_course, reference_answers
from autograder.syllabus import load_syllabus
from tests.conftest import ROOT, SEED
from tests.jupyterlab import START, browser, lab_server

pytestmark = pytest.mark.slow

WEEK = load_syllabus(ROOT).find_week("w07_strategy")
NOTEBOOK = WEEK.notebooks[0].id
MEMO = (
    "The *test set* held 150 copies.\n\n<script>document.title = 'mine'</script>\n\n"
    "<img src=x onerror=\"document.title = 'mine'\"> The labels were wrong."
)
SCHEME = "What can be said, 2 points."
COMMENT = "Three flaws, well measured. What about the **margin**?"


def written(text: str) -> Any:
    """Give the change that writes a memo."""

    def change(notebook: NotebookNode) -> None:
        (memo,) = [cell for cell in notebook.cells if grade_id(cell) == "memo"]
        memo.source = text

    return change


def hand_in(course: Path, student: str, memo: str = "") -> None:
    """Hand in right functions, and a memo if there is one."""
    changes = {NOTEBOOK: written(memo)} if memo else {}
    Pupil(student, "", reference_answers(WEEK), changes=changes).hand_in(course, WEEK)


def dlcourse(course: Path, *words: str) -> str:
    """Run our command in the course; give what it prints."""
    variables = {"DLCOURSE_ROOT": str(course), "DLCOURSE_SEED": SEED}
    command = [str(Path(sys.executable).parent / "dlcourse"), *words]
    done = subprocess.run(
        command, cwd=course, env={**os.environ, **variables}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def memo_grade(course: Path, student: str) -> dict[str, Any]:
    """Read what the gradebook says of a memo."""
    with Gradebook(database_url(course)) as gradebook:
        grade = gradebook.find_grade("memo", NOTEBOOK, WEEK.id, student)
        names = ("auto_score", "manual_score", "needs_manual_grade", "score")
        return {name: getattr(grade, name) for name in names}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course with two submissions, one with a memo and one without, graded."""
    folder = tmp_path_factory.mktemp("formgrader") / "course"
    make_course(ROOT, folder)
    release_week(folder, WEEK)
    hand_in(folder, "ada", MEMO)
    hand_in(folder, "bob")
    dlcourse(folder, "grade", "7", "--quick")
    return folder


@pytest.fixture(scope="module")
def first(course: Path) -> SimpleNamespace:
    """What the gradebook says before anybody has looked."""
    return SimpleNamespace(ada=memo_grade(course, "ada"), bob=memo_grade(course, "bob"))


@pytest.fixture(scope="module")
def seen(course: Path, first: SimpleNamespace) -> SimpleNamespace:
    """What a person sees in formgrader, who gives 7.5 points and a comment."""
    with ExitStack() as stack:
        home, profile = (Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2))
        address = stack.enter_context(lab_server(course, home)).replace("/doc/tree/", "/")
        driver = stack.enter_context(browser(profile))
        driver.get(address.format("lab/tree"))  # who opens JupyterLab is logged in from then on
        WebDriverWait(driver, START).until(lambda d: len(d.get_cookies()) >= 2)
        driver.get(address.format(f"formgrader/gradebook/{WEEK.id}/{NOTEBOOK}"))
        links = _links(driver)
        found = SimpleNamespace(texts=[], titles=[], cell="")
        for link in links:
            driver.get(link)
            _wait(driver, "return window.formgrader && formgrader.grades.loaded")
            found.texts.append(driver.find_element(By.TAG_NAME, "body").text)
            found.titles.append(driver.title)
            if "held 150 copies" in found.texts[-1]:
                _grade(driver, course)
                found.cell = driver.find_element(By.ID, "memo").get_attribute("value")
                _photograph(driver)
        return found


def _links(driver: Chrome) -> list[str]:
    """Give the addresses of the submissions that the list of formgrader leads to."""
    rows = "//a[contains(@href, '/formgrader/submissions/')]"
    WebDriverWait(driver, START).until(lambda d: len(d.find_elements(By.XPATH, rows)) >= 4)
    found = [str(a.get_attribute("href")) for a in driver.find_elements(By.XPATH, rows)]
    return list(dict.fromkeys(found))


def _grade(driver: Chrome, course: Path) -> None:
    """Type a score and a comment as a person would; leaving a field saves it."""
    score = driver.find_element(By.ID, "memo")
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", score)
    score.send_keys("7.5", Keys.TAB)
    comment = driver.find_element(By.ID, "memo-comment")
    comment.send_keys(COMMENT, Keys.TAB)
    WebDriverWait(driver, START).until(lambda _: _is_saved(course))


def _is_saved(course: Path) -> bool:
    with Gradebook(database_url(course)) as gradebook:
        place = ("memo", NOTEBOOK, WEEK.id, "ada")
        score = gradebook.find_grade(*place).manual_score
        return score is not None and gradebook.find_comment(*place).manual_comment == COMMENT


def _wait(driver: Chrome, script: str) -> None:
    WebDriverWait(driver, START).until(lambda d: d.execute_script(script))


def _photograph(driver: Chrome) -> None:
    if folder := os.environ.get("LAB_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        driver.save_screenshot(str(Path(folder) / "formgrader.png"))


@pytest.fixture(scope="module")
def after(course: Path, seen: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """The gradebook after the person, after another run, and after a new submission."""
    by_hand = memo_grade(course, "ada")
    told = dlcourse(course, "grade", "7", "--quick")
    dlcourse(course, "grade", "7", "--quick", "--force")
    again = memo_grade(course, "ada")
    dlcourse(course, "feedback", "7")
    page = course / "feedback" / "ada" / WEEK.id / f"{NOTEBOOK}.html"
    yield SimpleNamespace(by_hand=by_hand, told=told, again=again, page=page.read_text("utf-8"))


def test_a_memo_waits_for_a_person_and_a_missing_one_does_not(first: SimpleNamespace) -> None:
    assert first.ada["needs_manual_grade"] and first.ada["auto_score"] is None
    assert not first.bob["needs_manual_grade"]
    assert first.bob["score"] == 0


def test_formgrader_shows_the_answer_under_its_marking_scheme(seen: SimpleNamespace) -> None:
    assert len(seen.texts) == 2
    assert all(SCHEME in text for text in seen.texts)
    (text,) = [text for text in seen.texts if "held 150 copies" in text]
    assert text.index(SCHEME) < text.index("held 150 copies")
    assert seen.cell == "7.5"


def test_nothing_that_a_student_writes_runs_in_formgrader(seen: SimpleNamespace) -> None:
    assert "mine" not in seen.titles


def test_the_score_given_by_hand_counts(after: SimpleNamespace) -> None:
    assert after.by_hand["manual_score"] == after.by_hand["score"] == 7.5
    assert not after.by_hand["needs_manual_grade"]


def test_it_is_kept_when_the_submission_is_graded_again(after: SimpleNamespace) -> None:
    assert "0 graded, 2 unchanged" in after.told
    assert after.again["manual_score"] == after.again["score"] == 7.5


def test_feedback_shows_score_and_comment_and_no_marking_scheme(after: SimpleNamespace) -> None:
    assert "7.5 of 10" in after.page
    assert "Three flaws, well measured." in after.page
    assert "<strong>margin</strong>" in after.page or "**margin**" in after.page
    assert "held 150 copies" in after.page
    assert SCHEME not in after.page
    assert "MARK SCHEME" not in after.page


def test_a_new_submission_waits_again_and_keeps_the_old_score(
    course: Path, after: SimpleNamespace
) -> None:
    hand_in(course, "ada", "I have thought again. " + MEMO)
    dlcourse(course, "grade", "7", "--quick")
    now = memo_grade(course, "ada")
    assert now["needs_manual_grade"]
    assert now["manual_score"] == now["score"] == 7.5
