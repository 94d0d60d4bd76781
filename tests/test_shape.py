"""The shape of the house: short modules, short functions, one direction, locks that any machine can use."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
LINES_IN_A_MODULE = 400
LINES_IN_A_FUNCTION = 60
GENERATED = {"frontend/src/api/schema.d.ts", "frontend/package-lock.json"}
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


def committed() -> list[Path]:
    """Every file git knows, plus those it would add; in a copy without git, every file that is not hidden."""
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if shutil.which("git") and (ROOT / ".git").exists():
        names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
        return [ROOT / name for name in names if name and (ROOT / name).is_file()]
    skip = {".venv", ".setup", "node_modules", "dist", "data", "__pycache__"}
    return [path for path in ROOT.rglob("*") if path.is_file() and not skip & set(path.relative_to(ROOT).parts)]


FILES = committed()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def modules() -> list[Path]:
    """Everything that is code, in whatever language."""
    kinds = {".py", ".ts", ".svelte", ".css", ".mjs", ".js"}
    code = [path for path in FILES if path.suffix in kinds or path.name == "fortnight"]
    return [path for path in code if name_of(path) not in GENERATED]


def texts() -> Iterator[tuple[str, str]]:
    for path in FILES:
        try:
            yield name_of(path), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_no_module_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert len(lengths) > 30
    assert {name: lines for name, lines in lengths.items() if lines > LINES_IN_A_MODULE} == {}


def long_functions(source: str) -> list[str]:
    """Names of the functions whose body, the docstring apart, does not fit on a screen."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            if body and (node.end_lineno or 0) - body[0].lineno + 1 > LINES_IN_A_FUNCTION:
                found.append(node.name)
    return found


def test_no_function_needs_a_scroll() -> None:
    paths = [path for path in modules() if name_of(path).split("/")[0] in {"app", "benchmarks", "fortnight"}]
    python = [path for path in paths if path.suffix in {".py", ""}]
    found = {name_of(path): long_functions(path.read_text(encoding="utf-8")) for path in python}
    assert {name: functions for name, functions in found.items() if functions} == {}
    assert long_functions("def long():\n" + "    x = 1\n" * (LINES_IN_A_FUNCTION + 1)) == ["long"]


# How the last line reads that opens a function: a name and arguments, an arrow, or the end of the arguments.
NAMED = r"(?!if|for|while|switch|catch|else|do|try)(?:[\w$]+ )*[\w$]+(?:<.*>)?\(.*\)[^()]*"
OPENS = re.compile(rf"^(?P<indent> *)(?:{NAMED}|.*=> ?|\).*)\{{$")


def long_script_functions(source: str) -> list[str]:
    """The same for TypeScript and for the scripts of Svelte's pages. As prettier lays them out, a function ends at
    the first brace that stands as far to the left as the line that opened it."""
    if "<script" in source:
        source = "\n".join(re.findall(r"<script[^>]*>\n(.*?)</script>", source, re.DOTALL))
    lines = source.splitlines()
    found = []
    for number, line in enumerate(lines):
        if opened := OPENS.match(line):
            end = re.compile(f"{opened['indent']}}}")
            length = next((n for n, later in enumerate(lines[number + 1 :]) if end.match(later)), 0)
            if length > LINES_IN_A_FUNCTION:
                found.append(line.strip())
    return found


def test_no_function_of_a_page_needs_a_scroll() -> None:
    paths = [path for path in modules() if path.suffix in {".ts", ".svelte"} and ".test." not in path.name]
    found = {name_of(path): long_script_functions(path.read_text(encoding="utf-8")) for path in paths}
    assert len(found) > 100
    assert {name: functions for name, functions in found.items() if functions} == {}


@pytest.mark.parametrize(
    "opening",
    [
        "export async function long(a: string): Promise<void> {",
        "function long<T>(\n  a: T,\n): void {",
        "const long = async (a: string) => {",
        "class Long {\n  long(a: string): void {",
        "$effect(() => {",
    ],
)
def test_a_long_function_of_a_page_is_seen(opening: str) -> None:
    inside = "  x = 1;\n" * (LINES_IN_A_FUNCTION + 1)
    closing = "  }\n}" if opening.startswith("class") else "}"
    source = f"{opening}\n{inside.replace('  x', '    x') if opening.startswith('class') else inside}{closing}\n"
    assert len(long_script_functions(source)) == 1
    assert len(long_script_functions(f'<script lang="ts">\n{source}</script>\n<p>…</p>\n')) == 1
    assert long_script_functions(f"if (a) {{\n{inside}}}\n") == []
    short = source.replace("  x = 1;\n", "", 2)
    assert long_script_functions(short) == []


def test_no_file_names_a_machine_or_an_index() -> None:
    machine = re.compile(
        r"(?:^|[^\w.])/(?:" + "|".join(["work", "farm", "root", "tmp/plan"]) + r")/", re.MULTILINE
    )
    hosts = ["files.pythonhosted" + ".org", "pypi" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org"]
    found = [name for name, text in texts() if machine.search(text) or any(host in text for host in hosts)]
    assert found == []


@pytest.mark.parametrize("name", [path.name for path in FILES if path.suffix == ".lock"])
def test_every_locked_package_has_its_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*--(?!hash)", text, re.MULTILINE)
    entries = re.split(r"\n(?=\S)", text.strip())
    assert entries
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("folder", ["frontend", "benchmarks/page/tools"])
def test_the_npm_lock_names_no_address_and_has_every_hash(folder: str) -> None:
    text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert text.count('"integrity"') > 100


def pins(name: str) -> dict[str, str]:
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", package).lower(): version for package, version in found}


def test_the_locks_are_in_step_with_what_is_asked_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = {
        "requirements.lock": project["project"]["dependencies"],
        "requirements-dev.lock": [*project["project"]["dependencies"], *groups["dev"]],
        "requirements-uv.lock": groups["uv"],
        "requirements-node.lock": groups["node"],
    }
    for lock, lines in asked.items():
        pinned = pins(lock)
        for line in lines:
            wanted = Requirement(line)
            version = pinned.get(re.sub(r"[-_.]+", "-", wanted.name).lower())
            assert version is not None, f"{lock} lacks {wanted.name}: make lock"
            assert wanted.specifier.contains(version), f"{lock} pins {wanted.name} {version}: make lock"


def test_tests_run_with_the_versions_that_people_run() -> None:
    dev = pins("requirements-dev.lock")
    assert {name: dev.get(name) for name in pins("requirements.lock")} == pins("requirements.lock")


def check_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache"], cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )


def test_imports_go_one_way() -> None:
    done = check_imports(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("contract", "module", "line"),
    [
        ("The rules know no framework", "domain/words.py", "import fastapi"),
        ("One direction", "domain/words.py", "from app.core import clock"),
        ("One direction", "models/base.py", "import app.services"),
        ("One direction", "newroom.py", "x = 1"),
        ("HTTP stays at the door", "services/__init__.py", "import starlette"),
        ("The command line leaves HTTP to main", "cli/run.py", "import fastapi"),
        ("Numbers are heavy", "services/reports.py", "import numpy"),
        ("Numbers are heavy", "domain/rounding.py", "import scipy.special"),
        ("No room of files that need each other", "core/clock.py", "import app.core.vault"),
    ],
)
def test_a_wrong_import_is_seen(tmp_path: Path, contract: str, module: str, line: str) -> None:
    """The contracts have teeth: each of these lines breaks the one that is named."""
    app = tmp_path / "app"
    shutil.copytree(ROOT / "app", app, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", tmp_path)
    if contract.startswith("No room"):
        (app / "core" / "vault.py").write_text("import app.core.clock\n", encoding="utf-8")
    path = app / module
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(f"{before}\n{line}\n", encoding="utf-8")
    done = check_imports(tmp_path)
    assert re.search(f"{contract} BROKEN", done.stdout), done.stdout
    assert done.returncode != 0
