"""A link to a page: it opens for whoever has it, tells the client so, and dies. SECURITY.md, T5 and T6."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from app.core import clock as app_clock
from app.core import security
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.attempts import OPENINGS
from app.domain.errors import NotFound
from app.models.share_links import LinkOpen, ShareLink
from app.services import link_openings, share_links
from pypdf import PdfReader
from sqlalchemy import update

from tests.briefs import VISIT, make
from tests.cast import PASSWORD, Cast
from tests.links import Made, at, opened

EVENING = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)
FIREFOX = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; rv:153.0) Gecko/20100101 Firefox/153.0"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(EVENING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def made(cast: Cast) -> Made:
    return Made(cast)


def told(answer: Any) -> tuple[int, dict[str, Any], dict[str, str]]:
    """An answer with all that is in it but the number of the request."""
    body = answer.json()
    return answer.status_code, {k: v for k, v in body.items() if k != "request_id"}, dict(answer.headers)


def test_whoever_has_it_reads_the_page_without_an_account(cast: Cast, made: Made) -> None:
    token, link = made.link()
    assert (link["state"], link["openings"], link["recent"], link["code"]) == ("open", 0, [], None)
    assert link["ends_at"] == (EVENING + timedelta(days=7)).isoformat().replace("+00:00", "Z")
    browser, answer = opened(cast, token, headers=FIREFOX)
    assert answer.status_code == 200
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Max-Age=900", "Path=/"))
    page = browser.get(at(answer))
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert page.headers["referrer-policy"] == "no-referrer"
    assert page.headers["x-robots-tag"] == "noindex, nofollow"
    for words in (VISIT["words"], *VISIT["questions"], "<svg"):
        assert words in page.text, words
    pdf = browser.get(f"{at(answer)}/pdf")
    assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
    assert pdf.headers["cache-control"] == "no-store"
    assert "Dr Lind" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    [seen] = made.seen()
    assert seen["openings"] == 1
    [opening] = seen["recent"]
    assert opening["opened_at"] == EVENING.isoformat().replace("+00:00", "Z")
    assert (opening["device"].startswith("Firefox"), "Windows" in opening["device"]) == (True, True)


def test_the_token_is_long_random_and_kept_nowhere(cast: Cast, made: Made) -> None:
    tokens = [made.link()[0] for _ in range(3)]
    assert all(len(token) == 43 for token in tokens), "256 bits in base64"
    assert len(set(tokens)) == 3
    whole = b"".join(path.read_bytes() for path in cast.house.settings.data.rglob("*") if path.is_file())
    assert not any(token.encode() in whole for token in tokens)
    assert not any(token in str(made.seen()) for token in tokens)


def test_looking_at_an_address_opens_nothing(cast: Cast, made: Made) -> None:
    token, _ = made.link(most_openings=1)
    for agent in ("Slackbot-LinkExpanding 1.0", "WhatsApp/2.2", "Mozilla/5.0 SafeLinks", "Googlebot/2.1"):
        bot = cast.visitor()
        for path in ("/s", "/s/page/1", "/s/page/1/pdf", f"/s?{token}", f"/s/{token}", f"/s/page/{token}"):
            for method in ("GET", "HEAD"):
                bot.request(method, path, headers={"User-Agent": agent})
    assert made.seen()[0]["openings"] == 0
    assert opened(cast, token)[1].status_code == 200


def test_wrong_over_closed_and_used_up_are_told_alike(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    over, _ = made.link(days=1)
    used_up, _ = made.link(days=30, most_openings=1)
    closed, link = made.link(days=30)
    guessed, _ = made.link(days=30, with_code=True)
    gone = Made(cast)
    removed, _ = gone.link(days=30)
    assert opened(cast, used_up)[1].status_code == 200
    assert cast.ana.http.delete(f"{made.at}/{link['id']}").status_code == 204
    for _ in range(share_links.WRONG_CODES):
        assert opened(cast, guessed, "x")[1].json()["code"] == "link-wrong-code"
    assert cast.ana.http.delete(gone.at.removesuffix("/links")).status_code == 204
    clock.shift(timedelta(days=1))
    answers = [told(opened(cast, token)[1]) for token in (over, used_up, closed, guessed, removed, "never was")]
    answers.append(told(opened(cast, guessed, "000000")[1]))
    assert answers[0][:2][0] == 404
    assert answers[0][1]["code"] == "link-not-open"
    assert all(answer == answers[0] for answer in answers)
    assert [one["state"] for one in made.seen()] == ["guessed", "closed", "used-up", "over"] or {
        one["state"] for one in made.seen()
    } == {"guessed", "closed", "used-up", "over"}


def test_a_link_opens_until_its_last_moment_and_not_at_it(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    token, _ = made.link(days=30)
    clock.shift(timedelta(days=30) - timedelta(seconds=1))
    browser, answer = opened(cast, token)
    assert (answer.status_code, browser.get(at(answer)).status_code) == (200, 200)
    clock.shift(timedelta(seconds=1))
    assert browser.get(at(answer)).status_code == 404, "who reads by it reads no further either"
    assert opened(cast, token)[1].status_code == 404


def test_reading_ends_after_a_quarter_of_an_hour_and_the_link_opens_it_again(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    token, _ = made.link()
    browser, answer = opened(cast, token)
    [(name, cookie)] = browser.cookies.items()
    clock.shift(timedelta(minutes=15) - timedelta(seconds=1))
    assert browser.get(at(answer)).status_code == 200
    clock.shift(timedelta(seconds=1))
    late = cast.visitor()
    late.cookies.set(name, cookie)
    assert [late.get(path).status_code for path in (at(answer), f"{at(answer)}/pdf")] == [404, 404]
    assert browser.get(at(opened(cast, token, by=browser)[1])).status_code == 200


def test_a_second_tap_in_the_same_browser_reads_on_and_counts_nothing(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    token, link = made.link(most_openings=1, with_code=True)
    browser, first = opened(cast, token, link["code"])
    again = opened(cast, token, by=browser)[1]
    assert (again.status_code, at(again), "set-cookie" in again.headers) == (200, at(first), False)
    assert made.seen()[0]["openings"] == 1
    assert opened(cast, token)[1].status_code == 404, "elsewhere it is used up"
    clock.shift(timedelta(minutes=15))
    browser.cookies.clear()
    browser.cookies.set(f"fortnight-link-{at(first).rpartition('/')[2][:8]}", "anything")
    assert opened(cast, token, by=browser)[1].status_code == 404
    assert cast.ana.http.delete(f"{made.at}/{link['id']}").status_code == 204


def test_two_pages_in_one_browser_are_two(cast: Cast, made: Made) -> None:
    """Also of two people: what is closed or saved in one tab is that tab's."""
    other = Made(cast, of=cast.sam)
    token, link = made.link()
    browser, hers = opened(cast, token)
    _, his = opened(cast, other.link()[0], by=browser)
    assert at(hers) != at(his)
    pages = {name: browser.get(at(answer)) for name, answer in (("hers", hers), ("his", his))}
    assert [page.status_code for page in pages.values()] == [200, 200]
    copies = [who.who.http.get(who.at.removesuffix("/links")).json()["page_id"] for who in (made, other)]
    assert [copy in page.text for copy, page in zip(copies, pages.values(), strict=True)] == [True, True]
    names = [browser.get(f"{at(answer)}/pdf").headers["content-disposition"] for answer in (hers, his)]
    assert [copy.lower() in name for copy, name in zip(copies, names, strict=True)] == [True, True]
    assert cast.ana.http.delete(f"{made.at}/{link['id']}").status_code == 204
    assert [browser.get(at(answer)).status_code for answer in (hers, his)] == [404, 200]


def test_a_cookie_of_one_opening_reads_no_other(cast: Cast, made: Made) -> None:
    token, _ = made.link()
    browser, mine = opened(cast, token)
    _, theirs = opened(cast, token)
    [(_, cookie)] = browser.cookies.items()
    browser.cookies.set(f"fortnight-link-{at(theirs).rpartition('/')[2][:8]}", cookie)
    assert [browser.get(at(answer)).status_code for answer in (mine, theirs)] == [200, 404]


def test_the_page_says_how_long_it_is_open_and_whether_the_link_opens_it_again(cast: Cast, made: Made) -> None:
    browser, answer = opened(cast, made.link()[0])
    page = browser.get(at(answer)).text
    assert 'data-closes="2027-03-02T19:15:00+00:00"' in page
    assert "the link in the message opens it again, until 9 March 2027" in page
    browser, answer = opened(cast, made.link(most_openings=1)[0])
    assert "The link opens no more after that." in browser.get(at(answer)).text


def test_the_list_of_copies_says_which_have_a_link(cast: Cast, made: Made) -> None:
    listed = made.at.rpartition("/")[0].rpartition("/")[0]
    assert [one["open_links"] for one in cast.ana.http.get(listed).json()] == [0]
    _, link = made.link()
    made.link()
    make(cast.ana, made.fortnight)
    assert sorted(one["open_links"] for one in cast.ana.http.get(listed).json()) == [0, 2]
    assert cast.ana.http.delete(f"{made.at}/{link['id']}").status_code == 204
    assert sorted(one["open_links"] for one in cast.ana.http.get(listed).json()) == [0, 1]


def test_closing_it_ends_the_reading_at_the_very_next_request(cast: Cast, made: Made) -> None:
    token, link = made.link()
    browser, answer = opened(cast, token)
    assert browser.get(at(answer)).status_code == 200
    assert cast.ana.http.delete(f"{made.at}/{link['id']}").status_code == 204
    for method, path in (("GET", ""), ("HEAD", ""), ("GET", "/pdf")):
        assert browser.request(method, at(answer) + path).status_code == 404
    page = browser.get(at(answer))
    assert VISIT["words"] not in page.text
    assert page.text == cast.visitor().get("/s/page/1").text, "as for somebody who never opened anything"
    assert made.seen()[0]["state"] == "closed"
    assert cast.ana.http.delete(f"{made.at}/{link['id']}").status_code == 204, "closing it twice is closing it"


def test_a_code_is_asked_for_told_again_to_the_client_and_counted(cast: Cast, made: Made) -> None:
    token, link = made.link(with_code=True)
    code = link["code"]
    assert (len(code), code.isdecimal(), made.seen()[0]["code"]) == (6, True, code)
    _, asked = opened(cast, token)
    assert (asked.status_code, asked.json()["code"]) == (409, "link-needs-code")
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(share_links.WRONG_CODES - 1):
        _, answer = opened(cast, token, wrong)
        assert (answer.status_code, answer.json()["code"]) == (409, "link-wrong-code")
    assert made.seen()[0]["openings"] == 0
    browser, answer = opened(cast, token, f" {code[:3]} {code[3:]} ")
    assert (answer.status_code, browser.get(at(answer)).status_code) == (200, 200)
    assert opened(cast, token, wrong)[1].json()["code"] == "link-wrong-code"
    assert opened(cast, token, code)[1].json()["code"] == "link-not-open"
    assert browser.get(at(answer)).status_code == 200, "whoever knew the code reads on"


def test_as_many_openings_as_were_allowed_also_when_all_come_at_once(cast: Cast, made: Made) -> None:
    token, _ = made.link(most_openings=3)
    together = Barrier(8)

    def one(_number: int) -> bool:
        together.wait()
        try:
            link_openings.open_link(cast.house, LinkOpen(token=token), "", now=app_clock.now())
        except NotFound:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(one, range(8))) == 3
    assert (made.seen()[0]["state"], made.seen()[0]["openings"]) == ("used-up", 3)


@pytest.mark.parametrize("many", [OPENINGS.free, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_random_tokens_are_answered_alike(
    cast: Cast, made: Made, clock: time_machine.Traveller, many: int
) -> None:
    made.link()
    answers = set()
    for number in range(many):
        if number % OPENINGS.free == 0:
            clock.shift(OPENINGS.forget_after)
        answers.add(str(told(cast.nobody.post("/api/links/open", json={"token": security.new_token()}))))
    assert len(answers) == 1
    assert made.seen()[0]["openings"] == 0


def test_one_address_that_tries_all_the_time_waits_and_another_does_not(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    token, _ = made.link()
    for _ in range(OPENINGS.free):
        assert opened(cast, security.new_token())[1].status_code == 404
    _, slow = opened(cast, token)
    assert (slow.status_code, slow.json()["code"], slow.headers["retry-after"]) == (429, "links-too-often", "2")
    cast.house.openings.take("198.51.100.7", now=app_clock.now())
    clock.shift(timedelta(seconds=2))
    assert opened(cast, token)[1].status_code == 200


def test_twenty_links_to_one_copy_are_enough(cast: Cast, made: Made) -> None:
    for _ in range(share_links.MOST):
        made.link()
    full = cast.ana.http.post(made.at, json={})
    assert (full.status_code, full.json()["code"]) == (409, "too-many-links")


@pytest.mark.parametrize(
    "body", [{"days": 0}, {"days": 31}, {"most_openings": 0}, {"most_openings": 101}, {"a": 1}]
)
def test_a_link_lives_a_day_to_thirty(cast: Cast, made: Made, body: dict[str, int]) -> None:
    assert cast.ana.http.post(made.at, json=body).status_code == 422
    assert made.seen() == []


def test_of_another_copy_a_link_is_not_there(cast: Cast, made: Made) -> None:
    """Also of one's own: nothing is closed by guessing together what does not belong together."""
    _, link = made.link()
    other = make(cast.ana, made.fortnight)["id"]
    elsewhere = made.at.replace(made.brief, other)
    assert cast.ana.http.delete(f"{elsewhere}/{link['id']}").status_code == 404
    assert cast.ana.http.get(elsewhere).json() == []
    sams = Made(cast, of=cast.sam)
    assert cast.sam.http.get(made.at).status_code == 404
    assert cast.sam.http.delete(f"{sams.at}/{link['id']}").status_code == 404
    across = sams.at.replace(sams.brief, made.brief)  # Sam's fortnight, and Ana's copy
    answers = (cast.sam.http.get(across), cast.sam.http.post(across, json={}))
    assert [answer.status_code for answer in answers] == [404, 404]
    assert made.seen()[0]["state"] == "open"


def test_one_who_reads_saves_one_file_at_a_time(cast: Cast, made: Made) -> None:
    browser, answer = opened(cast, made.link()[0])
    assert cast.house.exporting.take(("links", cast.ana.id), now=app_clock.now())
    busy = browser.get(f"{at(answer)}/pdf")
    assert (busy.status_code, busy.json()["code"]) == (429, "export-running")
    assert browser.head(at(answer)).status_code == 200
    cast.house.exporting.give_back(("links", cast.ana.id))
    assert [browser.get(f"{at(answer)}/pdf").status_code for _ in range(2)] == [200, 200]


def test_an_account_that_goes_takes_its_links_along(cast: Cast, made: Made) -> None:
    token, _ = made.link()
    browser, answer = opened(cast, token)
    assert cast.ana.http.request("DELETE", "/api/account", json={"password": PASSWORD}).status_code == 204
    assert browser.get(at(answer)).status_code == 404
    assert opened(cast, token)[1].status_code == 404


def test_the_clients_own_file_has_the_links_and_no_secret(cast: Cast, made: Made) -> None:
    token, link = made.link(with_code=True)
    assert opened(cast, token, link["code"])[1].status_code == 200
    file = cast.ana.http.get(f"/api/experiments/{made.fortnight['id']}/export")
    [copy] = file.json()["briefs"]
    [held] = copy["links"]
    assert (held["id"], held["openings"], len(held["recent"])) == (link["id"], 1, 1)
    assert token not in file.text


def test_a_link_whose_row_does_not_open_any_more_is_a_link_that_does_not_open(cast: Cast, made: Made) -> None:
    token, link = made.link(with_code=True)
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(update(ShareLink).values(sealed=b"broken"))
    assert told(opened(cast, token, link["code"])[1]) == told(opened(cast, "never was")[1])


def test_a_cookie_that_is_over_or_of_another_link_opens_anew_and_is_counted(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    token, _ = made.link()
    browser, first = opened(cast, token)
    kept = dict(browser.cookies)
    other, _ = opened(cast, made.link()[0])
    assert at(opened(cast, token, by=other)[1]) != at(first), "somebody else's opening is not theirs"
    clock.shift(timedelta(minutes=15))
    late = cast.visitor()
    late.cookies.update(kept)
    assert at(opened(cast, token, by=late)[1]) != at(first)
    assert sorted(one["openings"] for one in made.seen()) == [1, 3]
