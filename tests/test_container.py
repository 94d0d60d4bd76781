"""The container file, taken step by step in a folder: there is no container engine on a build machine.

What it copies must exist and be enough; its steps are the launcher's own; and what comes out must start, become
healthy and write nothing outside its one volume.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Stage:
    """One FROM … of the container file."""

    base: str
    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, verb: str) -> list[str]:
        return [text for word, text in self.steps if word == verb]

    def env(self) -> dict[str, str]:
        pairs = re.findall(r'(\w+)=("[^"]*"|\S+)', " ".join(self.all("ENV")))
        return {name: value.strip('"') for name, value in pairs}


def stages() -> list[Stage]:
    """The container file, read."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = re.sub(r"\\\n\s*", "", re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE)).splitlines()
    found: list[Stage] = []
    for line in filter(None, lines):
        verb, _, rest = line.partition(" ")
        if verb == "FROM":
            base, _, name = rest.partition(" AS ")
            found.append(Stage(base, name))
        else:
            found[-1].steps.append((verb, rest))
    return found


def ignored(name: str) -> bool:
    """Whether .dockerignore keeps a file of this project out. The last pattern that fits decides."""
    out = False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines():
        pattern = line.lstrip("!")
        if not line or line.startswith("#"):
            continue
        parts = name.split("/")
        parents = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        anywhere = pattern.removeprefix("**/")
        if any(fnmatch(parent, pattern) for parent in parents) or (
            anywhere != pattern and any(fnmatch(part, anywhere) for part in parts)
        ):
            out = not line.startswith("!")
    return out


def copy(source: Path, target: Path, *, context: bool) -> None:
    """COPY one source to where it goes; from the build context only what .dockerignore lets in."""

    def left_out(folder: str, names: list[str]) -> list[str]:
        if not context:
            return []
        inside = Path(folder).relative_to(ROOT)
        return [name for name in names if ignored((inside / name).as_posix())]

    assert source.exists(), f"{source.name} is copied and does not exist"
    if context:
        assert not ignored(source.relative_to(ROOT).as_posix()), f"{source.name} is copied and ignored"
    if source.is_dir():
        shutil.copytree(source, target, symlinks=True, dirs_exist_ok=True, ignore=left_out, copy_function=link)
    else:
        target.mkdir(parents=True, exist_ok=True)
        link(str(source), str(target / source.name))


def link(source: str, target: str) -> str:
    """Between folders of the test a link is as good as a copy; the project's own files are copied."""
    if source.startswith(str(ROOT)):
        return str(shutil.copy2(source, target))
    os.link(source, target, follow_symlinks=False)
    return target


def take_copies(stage: Stage, here: Path, built: Path | None) -> None:
    for text in stage.all("COPY"):
        take_copy(text, here, built)


def take_copy(text: str, here: Path, built: Path | None) -> None:
    """One COPY, with /app standing for `here` and the stage before for `built`."""
    *sources, target = [word for word in text.split() if not word.startswith("--from")]
    for source in sources:
        if "--from=" in text:
            assert built is not None
            copy(built / source.removeprefix("/app/"), here / target, context=False)
        else:
            copy(ROOT / source, here / target, context=True)


def environment(**extra: str) -> dict[str, str]:
    """What a container gives: hardly anything, but for how this machine reaches its packages."""
    ways = r"PATH|PIP_.*|UV_.*|npm_.*|NODE_EXTRA.*|.*_(CERT|CA_BUNDLE|CERT_FILE|CERT_DIR)|.*proxy"
    kept = re.compile(f"({ways})$", re.IGNORECASE)
    return {name: value for name, value in os.environ.items() if kept.match(name)} | extra


def test_the_last_stage_is_small_and_plain() -> None:
    build, last = stages()
    assert build.base == last.base, "an environment works only with the Python that made it"
    assert last.all("USER") == ["10001:10001"]
    assert last.all("VOLUME") == ["/data"]
    assert last.env()["FORTNIGHT_DATA"] == "/data"
    assert "health/ready" in last.all("HEALTHCHECK")[0]
    assert last.all("RUN") == ["install -d -m 700 -o 10001 -g 10001 /data"]
    assert all("--from=build" in text for text in last.all("COPY"))


def test_neither_data_nor_keys_nor_history_reach_the_build() -> None:
    for name in (
        "data/keys/kek-0001.key",
        ".git/config",
        ".env",
        ".venv/bin/python",
        "frontend/node_modules/x/y.js",
    ):
        assert ignored(name), name
    for name in ("app/data/medicines.toml", "frontend/src/main.ts", "fortnight", "requirements.lock"):
        assert not ignored(name), name


def test_compose_and_the_container_file_speak_of_one_thing() -> None:
    """The same volume and port; nothing that the image has taken away is given back."""
    service = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["fortnight"]
    last = stages()[-1]
    assert service["build"] == "."
    assert service["volumes"] == [f"data:{last.all('VOLUME')[0]}"]
    assert service["ports"] == [f"127.0.0.1:8000:{last.all('EXPOSE')[0]}"], "only this machine reaches it"
    assert (service["read_only"], service["tmpfs"], service["cap_drop"]) == (True, ["/tmp"], ["ALL"])  # noqa: S108
    assert service["security_opt"] == ["no-new-privileges:true"]
    given_back = {"user", "privileged", "cap_add", "entrypoint", "command", "healthcheck"}
    assert given_back & set(service) == set()
    assert set(service["environment"]) == {"FORTNIGHT_PUBLIC_URL"}


@pytest.fixture(scope="module")
def image() -> Iterator[Path]:
    """The last stage's /app, made by the container file's own steps, where another user can read it."""
    with tempfile.TemporaryDirectory(prefix="fortnight-image-", dir="/var/tmp") as folder:
        root = Path(folder)
        root.chmod(0o755)
        yield make_image(root)


def make_image(root: Path) -> Path:
    build, last = stages()
    made, final = root / "build", root / "image"
    made.mkdir()
    final.mkdir()
    for verb, text in build.steps:
        if verb == "COPY":
            take_copy(text, made, None)
        elif verb == "RUN":
            done = subprocess.run(
                ["/bin/sh", "-c", text], check=False, cwd=made, env=environment(), capture_output=True, text=True
            )
            assert done.returncode == 0, f"RUN {text}\n{done.stdout}{done.stderr}"
    take_copies(last, final, made)
    return final


def snapshot(folder: Path) -> set[tuple[str, int]]:
    return {(str(path), path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def as_the_user(last: Stage, data: Path) -> list[str]:
    """Makes the volume's folder theirs. Returns what starts a command as the image's user, with nothing that root
    can do; where we are not root ourselves, nothing."""
    data.mkdir(mode=0o700)
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return []
    uid, gid = (int(part) for part in last.all("USER")[0].split(":"))
    os.chown(data, uid, gid)
    given_up = ["--clear-groups", "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"]
    return ["setpriv", f"--reuid={uid}", f"--regid={gid}", *given_up]


def make_read_only(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)


@pytest.mark.nightly
def test_the_steps_make_something_that_runs_and_writes_only_to_its_volume(image: Path) -> None:
    last = stages()[-1]
    data = image.parent / "data"
    them = as_the_user(last, data)
    assert not (image / ".setup").exists(), "the tools of the build stay in the build"
    assert not (image / "frontend" / "node_modules").exists()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])

    def here(words: list[str]) -> list[str]:
        return [word.replace("/app/", f"{image}/").replace("8000", port) for word in words]

    command = here(json.loads(last.all("ENTRYPOINT")[0]) + json.loads(last.all("CMD")[0]))
    healthy = here(json.loads(last.all("HEALTHCHECK")[0].partition("CMD ")[2]))
    env = environment(**last.env()) | {
        "FORTNIGHT_DATA": str(data),
        "PYTHONPATH": str(image),
        "FORTNIGHT_PUBLIC_URL": f"http://localhost:{port}",
    }
    make_read_only(image)
    before = snapshot(image)
    with subprocess.Popen([*them, *command], cwd=image, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            until = time.monotonic() + 120
            while subprocess.run([*them, *healthy], env=env, check=False, capture_output=True).returncode != 0:
                assert server.poll() is None and time.monotonic() < until
                time.sleep(0.3)
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(20)
    assert snapshot(image) == before
    assert (data / "keys").is_dir()
    if them:
        assert {path.stat().st_uid for path in (data, *data.rglob("*"))} == {10001}
