"""A student's JupyterLab in a real browser: a server in a folder, and a notebook opened in it."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

from tests.test_bundling import NO_CHECKOUT

WIDTH, HEIGHT = 1100, 1600
START = 120  # seconds for a server, a browser or a page
RUN = 900  # seconds for all cells of a notebook

_BROWSER = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--hide-scrollbars", "--force-prefers-reduced-motion"),
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
_SERVER = (
    *("--core-mode", "--expose-app-in-browser", "--no-browser", "--allow-root"),
    *("--KernelManager.transport=ipc", "--ServerApp.port_retries=0"),
)
_SETTINGS = {
    # All cells are in the page at once; students have those in view, and look the same.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
}
_SCRIPT = (Path(__file__).parent / "jupyterlab.js").read_text("utf-8")


@contextmanager
def lab_server(folder: Path, home: Path) -> Iterator[str]:
    """Start JupyterLab in a folder, as a student does; give the address of its pages.

    Parameters
    ----------
    folder : Path
        Where the notebooks lie.
    home : Path
        An empty folder for all that belongs to Jupyter. Its path is short: sockets lie in it.
    """
    port, token = _free_port(), secrets.token_hex(16)
    where = [f"--ServerApp.port={port}", f"--IdentityProvider.token={token}"]
    command = [sys.executable, "-m", "jupyter", "lab", *_SERVER, *where]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=folder, env=_surroundings(home), stdout=log, stderr=log
        )
        try:
            _wait_for_server(f"http://127.0.0.1:{port}/api?token={token}", server, home / "log")
            yield f"http://127.0.0.1:{port}/doc/tree/{{}}?token={token}"
        finally:
            server.terminate()
            server.wait(START)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _surroundings(home: Path) -> dict[str, str]:
    """Give the server a home of its own, and kernels that have no network and no checkout."""
    _write(home / "config/labconfig/default_setting_overrides.json", json.dumps(_SETTINGS))
    _write(home / "jupyter/kernels/python3/kernel.json", json.dumps(_kernel(home)))
    _write(home / "site/sitecustomize.py", NO_CHECKOUT)
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DLCOURSE", "JUPYTER"))}
    own = {"HOME": "", "IPYTHONDIR": "ipython", "JUPYTER_PATH": "jupyter", "MPLCONFIGDIR": "mpl"}
    own |= {f"JUPYTER_{name}_DIR": name.lower() for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": name.lower() for name in ("SETTINGS", "WORKSPACES")}
    return {**kept, **{name: str(home / part) for name, part in own.items()}}


def _kernel(home: Path) -> dict[str, Any]:
    alone = ("bwrap", "--dev-bind", "/", "/", "--unshare-net", "--die-with-parent")
    return {
        "argv": [*alone, sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
        "display_name": "Python 3",
        "language": "python",
        "env": {"PYTHONPATH": str(home / "site"), "OPENBLAS_NUM_THREADS": "1"},
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _wait_for_server(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(10 * START):
        try:
            urllib.request.urlopen(address).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        if server.poll() is not None:
            break
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text('utf-8', 'replace')[-3000:]}")


@contextmanager
def browser(profile: Path) -> Iterator[Chrome]:
    """Start the system's Chromium without a screen.

    Parameters
    ----------
    profile : Path
        An empty folder for what the browser keeps.
    """
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium") or "chromium"
    for flag in (*_BROWSER, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    driver = Chrome(options, Service(shutil.which("chromedriver") or "chromedriver"))
    try:
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        # On a busy machine a page that draws formulas may not answer for a minute or two.
        driver.command_executor.client_config.timeout = RUN
        driver.set_script_timeout(RUN)
        driver.set_page_load_timeout(RUN)
        yield driver
    finally:
        driver.quit()


class Page:
    """A notebook that is open in JupyterLab.

    Parameters
    ----------
    driver : Chrome
    address : str
        Of the notebook's page.
    """

    def __init__(self, driver: Chrome, address: str) -> None:
        self._driver = driver
        driver.get(address)
        self._call("opened")

    def _call(self, function: str, *args: object) -> Any:
        """Call one of the functions in the script beside this file, and wait for its answer."""
        script = (
            f"{_SCRIPT}\nwindow.answer = null;\n{function}(...arguments).then("
            "value => { window.answer = {value}; },"
            "error => { window.answer = {error: String(error)}; });"
        )
        self._driver.execute_script(script, *args)
        waiting = WebDriverWait(self._driver, RUN, poll_frequency=0.1)
        answer = waiting.until(lambda driver: driver.execute_script("return window.answer"))
        if "error" in answer:
            raise RuntimeError(f"{function}: {answer['error']}")
        return answer.get("value")

    def run_all(self) -> None:
        """Choose Run → Run All Cells, and wait until nothing runs any more."""
        menu = "//*[contains(@class, 'lm-MenuBar-itemLabel') and text()='Run']"
        self._click(By.XPATH, menu)
        self._click(By.CSS_SELECTOR, ".lm-Menu-item[data-command='runmenu:run-all']")
        self._call("finished")

    def run_one_by_one(self) -> None:
        """Press Shift-Enter in every cell, whatever the one before came to."""
        self._call("runOneByOne")

    def _click(self, by: str, what: str) -> None:
        WebDriverWait(self._driver, START).until(lambda d: d.find_element(by, what)).click()

    def cells(self) -> list[dict[str, Any]]:
        """Give the notebook's cells as they would be saved, pictures left out."""
        found: list[dict[str, Any]] = self._call("cells")
        return found

    def rendering(self) -> list[dict[str, Any]]:
        """Open all that is folded, and say of each cell how it is rendered."""
        found: list[dict[str, Any]] = self._call("rendering")
        return found

    def photograph(self, folder: Path, name: str, most: int = 99) -> list[Path]:
        """Save pictures of the notebook from top to bottom, one per page.

        Parameters
        ----------
        folder : Path
        name : str
            What the names of the files begin with.
        most : int
            The largest number of pictures.
        """
        folder.mkdir(parents=True, exist_ok=True)
        paths = [folder / f"{name}_{page + 1:02}.png" for page in range(most)]
        for page, path in enumerate(paths):
            if not self._call("turnTo", page):
                return paths[:page]
            self._driver.save_screenshot(str(path))
        return paths

    def close(self) -> None:
        """Shut the kernel down, and leave the page without saving it."""
        self._call("shutDown")
        self._driver.get("about:blank")
