"""What the tests of outside readers share: the program, and a folder to write to.

Run with `python -m pytest tests/readers` after `cargo build`; ALLEGIANCE names another program than target/debug/allegiance.
"""

import json
import os
import pathlib
import shutil
import subprocess

import pytest
from playwright.sync_api import sync_playwright

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Debian calls it chromium; CHROMIUM names another.
BROWSER = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
PROGRAM = os.environ.get("ALLEGIANCE", str(ROOT / "target" / "debug" / "allegiance"))


def run(*arguments, check=True, **more):
    """Runs the program and returns the finished process, its output as text."""
    environment = {k: v for k, v in os.environ.items() if k != "ALLEGIANCE_DATA"}
    done = subprocess.run(
        [PROGRAM, *map(str, arguments)], capture_output=True, encoding="utf-8", env=environment, timeout=120, **more
    )
    assert not check or done.returncode in (0, 1), done.stderr
    return done


@pytest.fixture(scope="session")
def export(tmp_path_factory):
    """Exports the shipped data (or what flags say) to a file and returns its path."""
    folder = tmp_path_factory.mktemp("exports")

    def to_file(form, *flags, name=None):
        path = folder / (name or f"{form}{len(list(folder.iterdir()))}")
        done = run("export", form, "--out", path, *flags)
        assert "does not hold" in done.stderr or done.stderr == "", done.stderr
        return path

    return to_file


@pytest.fixture(scope="session")
def javascript():
    """Reads a file with a reader written in JavaScript, and returns what it found. The readers are installed on first use."""
    folder = ROOT / "target" / "readers" / "node"
    packages = pathlib.Path(__file__).parent / "node"
    if shutil.which("npm") is None:
        pytest.fail("the readers in JavaScript want node and npm")
    wanted = (packages / "package-lock.json").read_bytes()
    installed = folder / "installed-package-lock.json"
    if not installed.is_file() or installed.read_bytes() != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(packages / name, folder / name)
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, check=True, timeout=600)
        installed.write_bytes(wanted)

    def read(form, path):
        done = subprocess.run(
            ["node", packages / "read.mjs", form, path],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "NODE_READERS": str(folder)},
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    read.folder = folder
    return read


@pytest.fixture(scope="session")
def browser():
    """One browser for all tests: the library runs one at a time."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield browser
        browser.close()
