"""The built frontend over HTTP: how it may be kept, what is not there, and that no path leads outside."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from app.core import config
from app.main import create_app
from app.services.house import open_house
from starlette.testclient import TestClient

SCRIPT = "export const words = 'a lamp and a paper diary';\n" * 40
BY_BROTLI = b"what a build wrote"


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[TestClient]:
    """A visitor of an app that serves a small build."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>Fortnight</title>")
    (dist / "help.html").write_text("<!doctype html><title>Help now</title>")
    (dist / "sw.js").write_text(SCRIPT)
    (dist / "manifest.webmanifest").write_text("{}")
    (dist / "assets" / "main-1a2b.js").write_text(SCRIPT)
    (dist / "assets" / "main-1a2b.js.br").write_bytes(BY_BROTLI)
    (dist / "ahead.json").write_text(
        '{"SignIn": ["assets/sign-in-1.js"], "Today": ["assets/today-1.js", "assets/today-1.css"]}'
    )
    (tmp_path / "secret.txt").write_text("a kettle by the door")
    house = open_house(config.load({}, data=tmp_path / "data", threads=4))
    with TestClient(create_app(house, dist=dist), base_url="http://localhost:8000") as http:
        yield http


def test_every_page_address_is_the_app(browser: TestClient) -> None:
    for address in ("/", "/new", "/experiment/1", "/join"):
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert answer.headers["cache-control"] == "no-cache"
        assert "<title>Fortnight" in answer.text


@pytest.mark.parametrize(
    ("address", "cookie", "named"),
    [
        ("/", "", "</assets/sign-in-1.js>; rel=modulepreload; crossorigin"),
        ("/sign-in", "fortnight=x", "</assets/sign-in-1.js>; rel=modulepreload; crossorigin"),
        (
            "/",
            "__Host-fortnight=x",
            "</assets/today-1.js>; rel=modulepreload; crossorigin, "
            "</assets/today-1.css>; rel=preload; as=style; crossorigin",
        ),
        ("/settings", "fortnight=x", None),
        ("/join", "", None),
        ("/help", "", None),
        ("/sw.js", "", None),
    ],
)
def test_a_page_names_the_files_of_the_screen_it_will_open(
    browser: TestClient, address: str, cookie: str, named: str | None
) -> None:
    assert browser.get(address, headers={"Cookie": cookie}).headers.get("link") == named
    assert browser.get("/ahead.json").status_code == 404


def test_help_is_a_page_of_its_own(browser: TestClient) -> None:
    assert "Help now" in browser.get("/help").text


@pytest.mark.parametrize(
    ("address", "kind", "caching"),
    [
        ("/sw.js", "text/javascript; charset=utf-8", "no-cache"),
        ("/manifest.webmanifest", "application/manifest+json", "no-cache"),
        ("/assets/main-1a2b.js", "text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
    ],
)
def test_files_say_what_they_are_and_how_long_they_keep(
    browser: TestClient, address: str, kind: str, caching: str
) -> None:
    answer = browser.get(address)
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == (kind, caching)


@pytest.mark.parametrize(
    "address",
    [
        "/assets/main-gone.js",
        "/favicon.ico",
        "/api/nothing",
        "/health/nothing",
        "/docs",
        "/secret.txt",
        "/..%2fsecret.txt",
        "/assets/..%2f..%2fsecret.txt",
        "/%2e%2e/secret.txt",
    ],
)
def test_what_is_not_there_is_404_and_never_the_app(browser: TestClient, address: str) -> None:
    answer = browser.get(address)
    assert answer.status_code == 404
    assert answer.json()["code"] == "not-found"
    assert "a kettle by the door" not in answer.text


def test_text_is_zipped_only_where_it_is_taken(browser: TestClient) -> None:
    zipped = browser.get("/sw.js", headers={"Accept-Encoding": "gzip"})
    plain = browser.get("/sw.js", headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) == len(gzip.compress(SCRIPT.encode(), 9, mtime=0))
    assert "content-encoding" not in plain.headers
    assert zipped.text == plain.text == SCRIPT


@pytest.mark.parametrize(
    ("taken", "sent"),
    [
        ("gzip, deflate, br", "br"),
        ("br;q=1.0", "br"),
        ("gzip, br;q=0", "gzip"),
        ("gzip;q=0, br; q=0.0", None),
        ("broken", None),
        ("", None),
    ],
)
def test_what_the_build_wrote_by_brotli_is_sent_where_it_is_taken(
    browser: TestClient, taken: str, sent: str | None
) -> None:
    with browser.stream("GET", "/assets/main-1a2b.js", headers={"Accept-Encoding": taken}) as answer:
        body = b"".join(answer.iter_raw())
    assert answer.headers.get("content-encoding") == sent
    assert answer.headers["vary"] == "Accept-Encoding"
    expected = {"br": BY_BROTLI, "gzip": gzip.compress(SCRIPT.encode(), 9, mtime=0), None: SCRIPT.encode()}
    assert body == expected[sent]
    assert browser.get("/assets/main-1a2b.js.br").status_code == 404


def test_a_known_file_is_not_sent_again(browser: TestClient) -> None:
    first = browser.get("/sw.js")
    again = browser.get("/sw.js", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
