"""`./fortnight bench push`: messages per second to 2,000 subscriptions, ours beside other ways to send.

Rounds are interleaved and medians taken; what counts are the ratios. The subscriptions spread over four names, as
real ones do over the four push services; the others send all to `localhost`.
"""

import hashlib
import os
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from benchmarks.check_in.bench import ROOT
from benchmarks.push import senders, service
from benchmarks.push.senders import Bench
from benchmarks.report import progress, show

MESSAGES = 2000
README_MESSAGES = 40
ROUNDS = 5
PINNED = Path(__file__).parent / "tools"
WHERE = ROOT / ".fortnight" / "web-push"
NAMES = ("localhost", "b.localhost", "c.localhost", "d.localhost")


def main(as_json: bool = False) -> None:
    """Measure and print."""
    if shutil.which("node") is None:
        raise SystemExit("The bench needs Node, whose server stands in for a push service that answers late.")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _certificates(folder)
        with service.quick(folder) as port:
            rates = _measured(_bench(folder, port))
        with service.late(folder) as port:
            late = _late(_bench(folder, port))
    rows = [{"path": name, "per_second": rate, "us": 1e6 / rate} for name, rate in rates.items()]
    own = rates["ours"]
    ratios = {
        "vs_encryption": own / rates["encryption alone"],
        "vs_npm_web_push": own / rates["npm web-push"] if "npm web-push" in rates else None,
        "vs_stock_async": own / rates["webpush_async"],
        "vs_readme": own / rates["pywebpush's README"],
        "two_workers_vs_one": rates["two workers"] / rates["one worker"],
        **late,
    }
    show("push", rows, {key: value and round(value, 3) for key, value in ratios.items()}, as_json=as_json)


def _measured(bench: Bench) -> dict[str, float]:
    """Messages per second of each way."""
    plain = _at_one(bench)
    few = replace(plain, subscriptions=plain.subscriptions[:README_MESSAGES])
    ways: dict[str, tuple[int, Callable[[], float]]] = {
        "ours": (MESSAGES, lambda: senders.ours(bench)),
        "ours, one host": (MESSAGES, lambda: senders.ours(plain)),
        "encryption alone": (MESSAGES, lambda: senders.encryption(bench)),
        "webpush_async": (MESSAGES, lambda: senders.stock_async(plain)),
        "pywebpush's README": (README_MESSAGES, lambda: senders.readme(few)),
        "one worker": (MESSAGES, lambda: senders.in_processes(bench, 1)),
        "two workers": (2 * MESSAGES, lambda: senders.in_processes(bench, 2)),
    }
    if npm := _web_push():
        ways["npm web-push"] = (MESSAGES, lambda: senders.npm(plain, npm))
    took: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, (_, way) in ways.items():
            progress(f"round {number} of {ROUNDS}: {name}")
            seconds = way()
            if number:  # the first round loads what the others find
                took[name].append(seconds)
    return {name: count / median(took[name]) for name, (count, _) in ways.items()}


def _late(bench: Bench) -> dict[str, float]:
    """Seconds for all of them where each answer takes 30 ms."""
    slow = [replace(one, endpoint=one.endpoint.replace("/push/", "/late/")) for one in bench.subscriptions]
    late = replace(bench, subscriptions=tuple(slow))
    one = _at_one(late)
    return {
        "seconds_2000_at_30ms": median(senders.ours(late) for _ in range(ROUNDS)),
        "seconds_2000_at_30ms_one_host": median(senders.ours(one) for _ in range(ROUNDS)),
    }


def _at_one(bench: Bench) -> Bench:
    """The same, with all subscriptions under one name."""
    origin = f"https://{NAMES[0]}:{bench.port}/"
    paths = [one.endpoint.split("/", 3)[3] for one in bench.subscriptions]
    both = zip(bench.subscriptions, paths, strict=True)
    return replace(bench, subscriptions=tuple(replace(one, endpoint=origin + path) for one, path in both))


def _certificates(folder: Path) -> None:
    import certifi
    import trustme

    authority = trustme.CA()
    certificate = authority.issue_cert(*NAMES)
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    (folder / "chain.pem").write_bytes(b"".join(blob.bytes() for blob in certificate.cert_chain_pems))
    authority.cert_pem.write_to_path(folder / "ca.pem")
    bundle = folder / "bundle.pem"  # the real one, as everybody who follows the README reads it
    bundle.write_bytes(Path(certifi.where()).read_bytes() + authority.cert_pem.bytes())
    os.environ["REQUESTS_CA_BUNDLE"] = str(bundle)


def _bench(folder: Path, port: int) -> Bench:
    """2,000 devices that have subscribed at the service."""
    from tests.push_rules import new_device

    devices = [
        new_device(
            f"https://{NAMES[number % len(NAMES)]}:{port}",
            "/push/" + secrets.token_urlsafe(100),
            secrets.token_bytes(16),
        )
        for number in range(MESSAGES)
    ]
    return Bench(folder, port, NAMES, tuple(device.subscription for device in devices))


def _web_push() -> Path | None:
    """Where the pinned npm web-push stands, bringing it if npm can."""
    lock = hashlib.sha256((PINNED / "package-lock.json").read_bytes()).hexdigest()
    stamp = WHERE / "stamp"
    if stamp.is_file() and stamp.read_text() == lock:
        return WHERE
    npm = shutil.which("npm")
    if npm is None:
        return None
    progress("fetching npm web-push")
    shutil.rmtree(WHERE, ignore_errors=True)
    shutil.copytree(PINNED, WHERE)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(command, cwd=WHERE, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        progress("npm web-push could not be fetched: " + done.stderr[-300:])
        return None
    stamp.write_text(lock)
    return WHERE
