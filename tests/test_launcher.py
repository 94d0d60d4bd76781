"""The launcher, in a small house of its own: real Python environments, a real npm, nothing from the network."""

import ast
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# The app's stand-in tells what it was given; the pages' build writes down each time it is run.
CLI = """
import json, os, sys, time
told = {"arguments": sys.argv[1:], "cwd": os.getcwd(), "pid": os.getpid(), "python": sys.executable}
told |= {"zones": os.environ.get("PYTHONTZPATH"), "home": os.path.isdir(os.path.expanduser("~"))}
print(json.dumps(told), flush=True)
if "wait" in sys.argv:
    time.sleep(60)
sys.exit(int(sys.argv[-1]) if sys.argv[-1].isdigit() else 0)
"""
BUILD = """
const fs = require("fs");
fs.appendFileSync("../builds", "x");
const page = fs.readFileSync("src/page.txt", "utf8").trim();
if (page === "broken") { console.error("unexpected token in page.txt"); process.exit(1); }
const out = process.argv[process.argv.indexOf("--outDir") + 1];
fs.mkdirSync(out + "/assets", { recursive: true });
fs.writeFileSync(out + "/index.html", page);
fs.writeFileSync(out + "/assets/" + page + ".js", "");
"""


class House:
    """A folder with the launcher and as little else as it needs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "app" / "data").mkdir(parents=True)
        (root / "app" / "cli").mkdir()
        (root / "frontend" / "src").mkdir(parents=True)
        shutil.copy2(ROOT / "fortnight", root / "fortnight")
        for name in ("requirements", "requirements-dev", "requirements-uv", "requirements-node"):
            self.write(f"{name}.lock", "")
        self.write("app/__init__.py", "")
        self.write("app/cli/__init__.py", "")
        self.write("app/cli/__main__.py", CLI)
        self.write("app/data/facts.toml", "")
        whole = {"name": "house", "version": "1.0.0", "dependencies": {"little": "file:little"}}
        little = {"name": "little", "version": "1.0.0"}
        pinned = {"": whole, "little": little, "node_modules/little": {"resolved": "little", "link": True}}
        lock = {"name": "house", "version": "1.0.0", "lockfileVersion": 3, "packages": pinned}
        self.write("frontend/package.json", json.dumps({**whole, "scripts": {"build": "node build.cjs"}}))
        self.write("frontend/package-lock.json", json.dumps(lock))
        (root / "frontend" / "little").mkdir()
        self.write("frontend/little/package.json", json.dumps(little))
        self.write("frontend/build.cjs", BUILD)
        self.write("frontend/src/page.txt", "first")

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def environment(self, **changes: str | None) -> dict[str, str]:
        """Ours, without the index and without uv; None takes a variable away."""
        env: dict[str, str | None] = {**os.environ, "PIP_NO_INDEX": "1", "UV_OFFLINE": "1", **changes}
        env.pop("PYTHONPATH", None)
        return {name: value for name, value in env.items() if value is not None}

    def start(
        self, *arguments: str, cwd: Path | None = None, **changes: str | None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(self.root / "fortnight"), *arguments],
            check=False,
            cwd=cwd or self.root,
            env=self.environment(**changes),
            capture_output=True,
            text=True,
            timeout=120,
        )

    def builds(self) -> int:
        path = self.root / "builds"
        return len(path.read_text()) if path.exists() else 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """One house for the tests that follow each other in it."""
    if not shutil.which("npm"):
        pytest.skip("needs npm on PATH; ./fortnight test puts one there")
    return House(tmp_path_factory.mktemp("house"))


@pytest.fixture
def set_up(house: House) -> House:
    """The same house with everything installed and built."""
    house.write("frontend/src/page.txt", "first")
    assert house.start("run").returncode == 0
    return house


def test_a_first_start_sets_up_and_hands_over(house: House, tmp_path: Path) -> None:
    done = house.start("run", "--port", "8123", "7", cwd=tmp_path, HOME=None)
    assert done.returncode == 7, done.stderr
    steps = done.stderr.splitlines()
    assert steps[-1] == "Building the pages."
    assert sorted(steps[:-1]) == [  # Python's and npm's come at the same time
        "Installing the Python packages.",
        "Installing what builds the pages.",
        "Making a Python environment in .venv.",
    ]
    told = json.loads(done.stdout)
    assert told["arguments"] == ["run", "--port", "8123", "7"]
    assert told["cwd"] == str(tmp_path)
    assert told["python"] == str(house.root / ".venv" / "bin" / "python")
    assert told["zones"] == ""
    assert told["home"]
    assert (house.root / "frontend" / "dist" / "index.html").read_text() == "first"


def test_a_second_start_has_nothing_to_do(set_up: House) -> None:
    """No step is said and none is taken: nothing is installed, fetched or built."""
    log, builds = set_up.root / ".setup" / "log", set_up.builds()
    steps = log.read_text(encoding="utf-8").count("\n$ ")
    assert steps >= 3
    done = set_up.start("run")
    assert (done.returncode, done.stderr, set_up.builds()) == (0, "", builds)
    assert log.read_text(encoding="utf-8").count("\n$ ") == steps


@pytest.mark.parametrize(
    ("file", "text", "steps"),
    [
        ("frontend/src/page.txt", "second", ["Building the pages."]),
        ("app/data/facts.toml", "# read again", ["Building the pages."]),
        ("requirements.lock", "# pinned again", ["Installing the Python packages."]),
        ("frontend/package.json", "", ["Installing what builds the pages.", "Building the pages."]),
        ("app/cli/__main__.py", CLI + "# changed", []),
    ],
)
def test_only_what_changed_is_done_again(set_up: House, file: str, text: str, steps: list[str]) -> None:
    before = (set_up.root / file).read_text()
    set_up.write(file, text or before + "\n")
    done = set_up.start("run")
    assert (done.returncode, done.stderr.splitlines()) == (0, steps)
    assert set_up.start("run").stderr == ""


def test_commands_without_pages_build_none(set_up: House) -> None:
    set_up.write("frontend/src/page.txt", "unseen")
    assert set_up.start("analyse", "diary.csv").stderr == ""


def test_a_failed_build_is_a_sentence_and_leaves_the_last_one(set_up: House) -> None:
    set_up.write("frontend/src/page.txt", "broken")
    for _ in range(2):
        done = set_up.start("run")
        assert done.returncode == 1
        assert "The pages could not be built." in done.stderr
        assert "unexpected token in page.txt" in done.stderr
        assert "Traceback" not in done.stderr
        assert (set_up.root / "frontend" / "dist" / "index.html").read_text() == "first"


def test_parts_of_the_last_release_stay_for_one_release(set_up: House) -> None:
    assets = set_up.root / "frontend" / "dist" / "assets"
    for page in ("one", "two", "three"):
        set_up.write("frontend/src/page.txt", page)
        assert set_up.start("run").returncode == 0
    assert {path.name for path in assets.iterdir()} == {"two.js", "three.js"}


def test_two_starts_at_once_build_once(set_up: House) -> None:
    set_up.write("frontend/src/page.txt", "together")
    builds = set_up.builds()
    command = [sys.executable, str(set_up.root / "fortnight"), "run"]
    both = [subprocess.Popen(command, env=set_up.environment(), stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert set_up.builds() == builds + 1


def test_a_broken_environment_is_made_again(set_up: House) -> None:
    (set_up.root / ".venv" / "bin" / "python").unlink()
    done = set_up.start("run")
    assert done.returncode == 0
    assert "Making a Python environment in .venv." in done.stderr


def test_the_command_takes_the_launchers_place(set_up: House) -> None:
    """The same process, so that a signal and the exit status are the app's own."""
    command = [sys.executable, str(set_up.root / "fortnight"), "run", "wait"]
    process = subprocess.Popen(command, env=set_up.environment(), stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["pid"] == process.pid
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == -signal.SIGTERM
    finally:
        process.kill()
        process.communicate()


def make_wheel(folder: Path) -> str:
    """A wheel with one empty module; returns its SHA-256."""
    info = "little-1.0.dist-info"
    files = {
        "little.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: little\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    path = folder / "little-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_packages_are_taken_by_hash_only(set_up: House, tmp_path: Path) -> None:
    sha = make_wheel(tmp_path)
    links = str(tmp_path)
    set_up.write("requirements.lock", f"little==1.0 --hash=sha256:{'0' * 64}\n")
    refused = set_up.start("run", PIP_FIND_LINKS=links, UV_FIND_LINKS=links)
    assert refused.returncode == 1
    assert "The Python packages could not be installed." in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not list((set_up.root / ".venv").rglob("little.py"))
    set_up.write("requirements.lock", f"little==1.0 --hash=sha256:{sha}\n")
    assert set_up.start("run", PIP_FIND_LINKS=links, UV_FIND_LINKS=links).returncode == 0
    assert list((set_up.root / ".venv").rglob("little.py"))
    set_up.write("requirements.lock", "")


def test_without_a_network_it_says_so(set_up: House) -> None:
    set_up.write("requirements.lock", f"nowhere==1.0 --hash=sha256:{'0' * 64}\n")
    done = set_up.start("run")
    set_up.write("requirements.lock", "")
    assert done.returncode == 1
    assert "Does this machine reach the Python package index?" in done.stderr
    assert str(set_up.root / ".setup" / "log") in done.stderr


def test_an_old_python_goes_on_with_a_newer_one_or_says_so(tmp_path: Path) -> None:
    text = (ROOT / "fortnight").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 7))
    as_old = f"import runpy, sys; sys.version_info = (3, 9, 0); runpy.run_path({str(ROOT / 'fortnight')!r})"
    command = [sys.executable, "-c", as_old]
    alone = subprocess.run(command, check=False, env={"PATH": ""}, capture_output=True, text=True)
    assert alone.returncode == 1
    assert "needs Python 3.11 or newer. This is Python 3.9" in alone.stderr
    newer = tmp_path / "python3.12"
    newer.write_text("#!/bin/sh\n[ $# = 2 ] || echo went on with $0\n")
    newer.chmod(0o755)
    beside = subprocess.run(command, check=True, env={"PATH": str(tmp_path)}, capture_output=True, text=True)
    assert beside.stdout == f"went on with {newer}\n"


def test_help_names_every_command_without_setting_up(tmp_path: Path) -> None:
    shutil.copy2(ROOT / "fortnight", tmp_path / "fortnight")
    done = subprocess.run(
        [sys.executable, str(tmp_path / "fortnight")], check=True, capture_output=True, text=True
    )
    for command in ("run", "demo", "analyse", "invite", "test", "bench", "install"):
        assert f"./fortnight {command}" in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["fortnight"]
