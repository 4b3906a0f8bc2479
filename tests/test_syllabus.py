from pathlib import Path

import pytest

from autograder.syllabus import Syllabus, SyllabusError, course_root, load_syllabus

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def syllabus():
    return load_syllabus(ROOT)


def write(root: Path, text: str) -> Path:
    (root / "course").mkdir(parents=True)
    (root / "course" / "syllabus.toml").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("text", ["1", "01", "w1", "w01", "W01", "w01_logistic_regression"])
def test_week_by_number_or_id(syllabus, text):
    assert syllabus.find_week(text).id == "w01_logistic_regression"


@pytest.mark.parametrize("text", ["0", "99", "", "w01_logistic", "one", "w01_numpy_basics"])
def test_unknown_week_lists_the_weeks(syllabus, text):
    with pytest.raises(SyllabusError, match="w02_shallow_network"):
        syllabus.find_week(text)


def test_notebook_by_id(syllabus):
    week, notebook = syllabus.find_notebook("w01_numpy_basics")
    assert (week.number, notebook.title) == (1, "NumPy for deep learning")


def test_unknown_notebook_lists_the_notebooks(syllabus):
    with pytest.raises(SyllabusError, match="w01_numpy_basics, w01_logistic_regression"):
        syllabus.find_notebook("w01_nothing")


def test_a_reference_is_untaught_in_its_own_week_and_taught_after(syllabus):
    first, second = (syllabus.find_week(number) for number in "12")
    assert syllabus.taught_modules(first) == ()
    assert "logistic" in syllabus.untaught_modules(first)
    assert "logistic" in syllabus.taught_modules(second)
    assert "shallow" in syllabus.untaught_modules(second)
    assert syllabus.teaching_week("shallow") == second
    assert syllabus.teaching_week("plotting") is None


def test_what_a_week_gives_is_there_in_that_week():
    weeks = [
        {
            "id": f"w0{n}_week",
            "title": "A week",
            "due": "2026-09-14T23:59:00",
            "teaches": (f"taught_{n}",),
            "gives": (f"given_{n}",),
            "notebooks": ({"id": f"w0{n}_a", "title": "A", "minutes": 1, "cell_seconds": 1},),
        }
        for n in (1, 2)
    ]
    syllabus = Syllabus.model_validate({"title": "A course", "weeks": weeks})
    assert syllabus.taught_modules(syllabus.weeks[0]) == ("given_1",)
    assert syllabus.taught_modules(syllabus.weeks[1]) == ("taught_1", "given_1", "given_2")
    assert syllabus.untaught_modules(syllabus.weeks[0]) == ("taught_1", "taught_2")


def test_missing_syllabus(tmp_path):
    with pytest.raises(SyllabusError, match="No syllabus at"):
        load_syllabus(tmp_path)


@pytest.mark.parametrize("text", ["weeks = 3", "= 3", '[course]\ntitle = "x"'])
def test_wrong_syllabus_names_the_file(tmp_path, text):
    with pytest.raises(SyllabusError, match=r"syllabus\.toml is wrong"):
        load_syllabus(write(tmp_path, text))


def test_a_module_taught_twice_is_refused(tmp_path):
    text = (ROOT / "course" / "syllabus.toml").read_text(encoding="utf-8")
    doubled = text.replace('"activations"', '"logistic"')
    with pytest.raises(SyllabusError, match="listed twice: logistic"):
        load_syllabus(write(tmp_path, doubled))


def test_root_from_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("DLCOURSE_ROOT", str(write(tmp_path / "a", "")))
    assert course_root() == tmp_path / "a"
    monkeypatch.setenv("DLCOURSE_ROOT", str(tmp_path))
    with pytest.raises(SyllabusError, match="DLCOURSE_ROOT"):
        course_root()


def test_root_from_a_folder_below(tmp_path, monkeypatch):
    monkeypatch.delenv("DLCOURSE_ROOT", raising=False)
    root = write(tmp_path / "a", "")
    (root / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(root / "deep" / "er")
    assert course_root() == root


def test_root_falls_back_to_the_checkout(tmp_path, monkeypatch):
    monkeypatch.delenv("DLCOURSE_ROOT", raising=False)
    monkeypatch.chdir(tmp_path)
    assert course_root() == ROOT
