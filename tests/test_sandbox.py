from __future__ import annotations

import base64
import shutil
import time

import pytest

from autograder.referee import Limits, StudentNotebook
from autograder.sandbox import Sandbox, SandboxError, require_bubblewrap
from autograder.syllabus import load_syllabus
from helpers.checking.outcomes import arguments
from tests.conftest import ROOT


@pytest.fixture
def notebook(sandbox):
    return StudentNotebook(sandbox, Limits(cell=20, impatient=1, call=1, test=2))


@pytest.fixture
def hurried(sandbox):
    return StudentNotebook(sandbox, Limits(cell=2, impatient=1))


def printed(notebook, source):
    run = notebook.run(source)
    return "".join(str(o.get("text", o.get("evalue", o.get("data")))) for o in run.outputs)


def test_cells_run_in_ipython_with_outputs_as_a_notebook_stores_them(notebook):
    run = notebook.run("import numpy as np\nprint('hello')\nnp.arange(3) * 2")
    stream, result = run.outputs
    assert (stream["output_type"], stream["text"]) == ("stream", "hello\n")
    assert result["data"]["text/plain"] == "array([0, 2, 4])"
    assert (run.ok, run.count) == (True, 1)


def test_figures_come_as_pictures_with_their_alternative_text(notebook):
    source = "from helpers import plotting\nimport matplotlib.pyplot as plt\nplotting.show(plt.subplots()[0], alt='an empty page')"
    (output,) = notebook.run(source).outputs
    assert output["data"]["text/html"].startswith('<img src="data:image/png;base64,iVBOR')
    assert output["data"]["text/html"].endswith('alt="an empty page">')


def test_a_large_picture_with_its_description_is_whole_or_left_out(notebook):
    show = "from IPython.display import HTML, display\ndisplay(HTML('<img src=\"data:image/png;base64,' + 'A' * {} + '\">'))"
    (whole,) = notebook.run(show.format(500_000)).outputs
    assert len(whole["data"]["text/html"]) > 500_000
    (left_out,) = notebook.run(show.format(9_000_000)).outputs
    assert "text/html" not in left_out["data"]


def test_a_large_figure_is_whole_and_too_many_are_left_out(notebook):
    draw = "rng = np.random.default_rng(0)\nfor _ in range({}):\n    plt.imshow(rng.uniform(size=(400, 400)))\n    plt.show()"
    notebook.run(
        "import numpy as np\nimport matplotlib.pyplot as plt\nplt.rcParams['figure.dpi'] = 120"
    )
    (output,) = notebook.run(draw.format(1)).outputs
    assert len(output["data"]["image/png"]) > 120_000
    assert base64.b64decode(output["data"]["image/png"], validate=True).endswith(b"IEND\xaeB`\x82")
    many = notebook.run(draw.format(60)).outputs
    assert sum(len(o["data"].get("image/png", "")) for o in many) <= 8_000_000


def test_pyplot_figures_are_shown_at_the_end_of_a_cell(notebook):
    (output,) = notebook.run("import matplotlib.pyplot as plt\nplt.plot([1, 2]);").outputs
    assert "image/png" in output["data"]


def test_the_students_edition_is_all_there_is_of_the_course(notebook):
    assert "No module named 'autograder'" in printed(notebook, "import autograder")
    taught = load_syllabus(ROOT).weeks[-1].teaches[0]
    assert "week" in printed(notebook, f"import helpers.{taught}")
    assert (
        printed(notebook, "from helpers import datasets; print(datasets.load_dataset()[0].ndim)")
        == "4\n"
    )


def test_the_instructors_files_do_not_exist(notebook, root):
    for name in ("gradebook.db", "source", "autograder", "course", ".git"):
        assert (
            printed(notebook, f"import os; print(os.path.exists({str(root / name)!r}))")
            == "False\n"
        )


def test_no_host_path_is_told_by_the_process_list(notebook, root):
    source = (
        "import pathlib\n"
        "for p in pathlib.Path('/proc').glob('[0-9]*/cmdline'): print(p.read_bytes())"
    )
    assert "edition" not in printed(notebook, source)


def test_nothing_can_be_written_but_the_scratch_folder(notebook):
    for path in ("/course/helpers/x", "/data/x", "/usr/x", "/x"):
        assert "Error" not in printed(notebook, "1")
        run = notebook.run(f"open({path!r}, 'w')")
        assert run.outputs[0]["ename"] in ("OSError", "PermissionError")
    assert notebook.run("open('/tmp/x', 'w').write('x')").ok


def test_there_is_no_network(notebook):
    run = notebook.run("import socket\nsocket.create_connection(('127.0.0.1', 22), 1)")
    assert run.outputs[0]["ename"] in ("OSError", "ConnectionRefusedError")
    assert printed(notebook, "print(open('/proc/net/dev').read().count(':'))") == "1\n"


def test_the_environment_is_not_the_instructors(notebook, monkeypatch):
    assert (
        printed(notebook, "import os; print('DLCOURSE_SEED' in os.environ, os.getuid() == 0)")
        == "False False\n"
    )


def test_processes_and_memory_are_bounded(notebook):
    bomb = "import os\nfor n in range(500):\n    if os.fork() == 0:\n        import time; time.sleep(30)"
    assert "BlockingIOError" in str(notebook.run(bomb).outputs)
    assert not notebook.run("x = bytearray(20 << 30)").ok


def test_one_notebook_leaves_nothing_for_the_next(sandbox):
    first = StudentNotebook(sandbox, Limits())
    first.run("secret = 42\nopen('/tmp/secret', 'w').write('42')\nimport os\nos.fork()")
    second = StudentNotebook(sandbox, Limits())
    assert (
        printed(second, "import os; print('secret' in globals(), 'secret' in os.listdir('/tmp'))")
        == "False False\n"
    )


def test_a_closed_folder_does_not_outlive_its_notebook(sandbox):
    StudentNotebook(sandbox, Limits()).run(
        "import os\nos.makedirs('/tmp/scipy/deep')\n"
        "open('/tmp/scipy/__init__.py', 'w').write('planted = 1')\n"
        "os.chmod('/tmp/scipy/deep', 0)\nos.chmod('/tmp/scipy', 0o555)"
    )
    second = StudentNotebook(sandbox, Limits())
    assert printed(second, "import os; print(os.path.exists('/tmp/scipy'))") == "False\n"


def test_an_endless_cell_is_interrupted_and_the_notebook_goes_on(hurried):
    hurried.run("x = 1")
    run = hurried.run("while True: pass")
    assert run.outputs[0]["ename"] == "OutOfTime"
    assert printed(hurried, "print(x)") == "1\n"


def test_a_cell_that_ran_out_of_time_is_not_run_again(sandbox):
    notebook = StudentNotebook(sandbox, Limits(cell=3))
    notebook.run("x = 1")
    notebook.run("while True: pass")
    started = time.monotonic()
    notebook.run("import os\nos._exit(0)")
    assert time.monotonic() - started < 3
    assert printed(notebook, "print(x)") == "1\n"


def test_when_the_time_for_the_notebook_is_used_up_cells_are_not_run_but_tests_are(sandbox):
    notebook = StudentNotebook(sandbox, Limits(cell=9, notebook=0.05))
    notebook.run("def double(x): return 2 * x\nimport time\ntime.sleep(0.6)")
    run = notebook.run("print(1)")
    assert run.outputs[0]["ename"] == "NotRun"
    assert "used up" in run.trouble
    with notebook.test() as process:
        assert process.call("double", arguments(2), False).value == 4


def test_a_cell_that_cannot_be_interrupted_is_left_behind(hurried):
    hurried.run("x = 1")
    stubborn = "import signal\nsignal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True: pass"
    assert hurried.run(stubborn).outputs[0]["ename"] == "CellLost"
    assert printed(hurried, "print(x)") == "1\n"


def test_a_cell_that_ends_python_costs_itself_only(notebook):
    notebook.run("x = 1")
    assert notebook.run("import os\nos._exit(0)").outputs[0]["ename"] == "CellLost"
    assert printed(notebook, "print(x)") == "1\n"


def test_killing_the_worker_does_not_touch_the_next_submission(sandbox):
    first = StudentNotebook(sandbox, Limits())
    first.run("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    assert printed(StudentNotebook(sandbox, Limits()), "print(1)") == "1\n"


def test_output_is_cut_off(hurried):
    run = hurried.run("while True: print('x' * 1000)")
    assert len(str(run.outputs)) < 300_000


def test_half_a_character_is_printed_as_a_question_mark(notebook):
    assert printed(notebook, "print('a\\ud800b')") == "a?b\n"
    assert notebook.run("raise ValueError('\\udfff')").outputs[0]["evalue"] == "?"
    odd = "from IPython.display import display\ndisplay({'x/y': {'a': '\\ud800'}}, raw=True)"
    assert "cannot be kept" in printed(notebook, "x = 1\n" + odd)
    assert printed(notebook, "print(x)") == "1\n"


def test_standard_output_is_as_programs_expect_it(notebook):
    source = "import sys\nprint(sys.stdout.encoding, sys.stdout.fileno(), sys.stderr.fileno())"
    assert printed(notebook, source) == "utf-8 1 2\n"


def test_magics_that_remember_something_work(notebook):
    assert notebook.run("%cd /data").ok
    assert notebook.run("%cd -").ok


def test_without_bubblewrap_the_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(SandboxError, match="apt-get install bubblewrap"):
        require_bubblewrap()


def test_a_worker_that_does_not_start_says_why(spec, tmp_path):
    from dataclasses import replace

    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("raise RuntimeError('broken edition')")
    tmp_path.chmod(0o755)
    with pytest.raises(SandboxError, match="broken edition"):
        Sandbox(replace(spec, edition=tmp_path))


def test_no_sandbox_runs_the_same_notebook(spec):
    from dataclasses import replace

    with Sandbox(replace(spec, bubblewrap=False)) as unprotected:
        notebook = StudentNotebook(unprotected, Limits())
        assert printed(notebook, "import os; print(os.getppid() > 1)") == "True\n"


def test_no_sandbox_leaves_other_processes_and_files_alone(spec, tmp_path):
    """Cleaning up between notebooks once ended every process of the user."""
    import subprocess
    from dataclasses import replace
    from pathlib import Path

    kept = Path("/tmp") / f"dlcourse-kept-{tmp_path.name}"
    bystander = subprocess.Popen(["sleep", "30"])
    try:
        kept.touch()
        with Sandbox(replace(spec, bubblewrap=False)) as unprotected:
            for _ in range(2):
                StudentNotebook(unprotected, Limits()).run(
                    "import os\nif os.fork() == 0:\n    import time\n    time.sleep(30)"
                )
        assert bystander.poll() is None
        assert kept.exists()
    finally:
        bystander.kill()
        bystander.wait()
        kept.unlink(missing_ok=True)


def test_a_python_under_tmp_is_mounted_and_kept(spec, tmp_path, monkeypatch):
    """A clone under /tmp once had its Python hidden by the scratch folder."""
    import sys

    if not str(tmp_path).startswith("/tmp/"):
        pytest.skip("the tests' own folders are elsewhere")
    for folder in [tmp_path, *tmp_path.parents][:-2]:
        folder.chmod(folder.stat().st_mode | 0o055)
    (tmp_path / "venv").symlink_to(sys.prefix)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "venv" / "bin" / "python"))
    with Sandbox(spec) as sandbox:
        for _ in range(2):
            notebook = StudentNotebook(sandbox, Limits())
            assert printed(notebook, "import colorsys; print(1)") == "1\n"


def test_that_output_is_cut_off_is_said_also_where_it_just_fits(notebook):
    run = notebook.run("print('x' * 100_000)\nprint('y')\nprint('z')")
    assert run.outputs[0]["text"].count("cut off") == 1
