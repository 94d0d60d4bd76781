"""A newer build takes over, and an older one again: it asks first, and nothing that was tapped is lost."""

import shutil
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import FRONTEND, ROOT, NewPhone, Server, build, sign_in, sign_up, today
from tests.browser.test_offline import BOTH, ON_PHONE, mood, open_with_worker, state, write_note

UNSENT = "Kept here. Sign in to send it."


def take_over(server: Server, dist: Path, page: Page, name: str) -> None:
    """The server has another build, and the person agrees to use it."""
    server.stop()
    server.dist = dist
    server.start()
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    asked = page.get_by_role("complementary", name="A newer version is ready.")
    asked.get_by_role("button", name="Use it now").click(timeout=15_000)
    expect(page.locator("html")).to_have_attribute("data-build", name, timeout=15_000)


def with_another_step(folder: Path, dist: Path) -> Path:
    """A build whose database on the phone has one version more. It brings the parts of the last one along, as the
    launcher does, for pages that are still open."""
    source = folder / "frontend"
    shutil.copytree(FRONTEND, source, ignore=shutil.ignore_patterns("node_modules", "dist*"))
    (source / "node_modules").symlink_to(FRONTEND / "node_modules")
    (folder / "app").symlink_to(ROOT / "app")
    db = source / "src" / "local" / "db.ts"
    text = db.read_text(encoding="utf-8")
    last = "\n];\n\nexport const NAME"
    assert text.count(last) == 1
    step = '\n  (db) => {\n    db.createObjectStore("later" as never);\n  },'
    db.write_text(text.replace(last, step + last), encoding="utf-8")
    newer = build(folder / "newer", source, FORTNIGHT_BUILD="newer")
    for part in (dist / "assets").iterdir():
        if not (newer / "assets" / part.name).exists():
            shutil.copy2(part, newer / "assets" / part.name)
    return newer


def version(page: Page) -> int:
    """Of the database on the phone."""
    asked = "indexedDB.databases().then((all) => all.find((one) => one.name === 'fortnight').version)"
    found: int = page.evaluate(asked)
    return found


def test_an_update_asks_first_and_loses_nothing(phone: NewPhone, own_server: Server, tmp_path: Path) -> None:
    newer = build(tmp_path / "newer", FORTNIGHT_BUILD="newer")
    own_server.start()
    ana = sign_up(own_server.url)
    experiment = ana.experiment()
    context = phone(own_server.url)
    sign_in(context, ana)
    page = context.new_page()
    open_with_worker(page)
    own_server.stop()
    mood(page, "6 all right").check()
    write_note(page, "half a thought")
    expect(state(page)).to_contain_text(ON_PHONE)

    own_server.dist = newer
    own_server.start()
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    asked = page.get_by_role("complementary", name="A newer version is ready.")
    expect(asked).to_be_visible(timeout=15_000)
    expect(page.locator("html")).to_have_attribute("data-build", "0.1.0")
    expect(page.get_by_label("A note", exact=True)).to_have_value("half a thought")
    asked.get_by_role("button", name="Use it now").click()
    expect(page.locator("html")).to_have_attribute("data-build", "newer", timeout=15_000)
    expect(page.get_by_label("A note", exact=True)).to_have_value("half a thought")
    expect(state(page)).to_contain_text(BOTH, timeout=15_000)
    assert ana.days(experiment)[today().isoformat()]["answers"]["note"] == "half a thought"


def test_a_newer_database_and_back_again_lose_nothing(
    phone: NewPhone, own_server: Server, dist: Path, tmp_path: Path
) -> None:
    """Up with an unsent tap while a second tab has the old build open, then down, then with no network."""
    newer = with_another_step(tmp_path / "source", dist)
    own_server.start()
    ana = sign_up(own_server.url)
    experiment = ana.experiment(started_days_ago=3)
    context = phone(own_server.url)
    sign_in(context, ana)
    page = context.new_page()
    open_with_worker(page)
    yesterday = (today() - timedelta(days=1)).isoformat()
    other = context.new_page()
    other.goto(f"/day/{yesterday}")
    expect(mood(other, "3 low")).to_be_visible()
    before = version(page)
    context.clear_cookies()  # so that nothing goes out by itself
    mood(page, "6 all right").check()
    expect(state(page)).to_contain_text(UNSENT)

    take_over(own_server, newer, page, "newer")
    expect(mood(page, "6 all right")).to_be_checked()
    assert version(page) == before + 1
    expect(other.locator("html")).to_have_attribute("data-build", "0.1.0")
    mood(other, "3 low").check()
    expect(state(other)).to_contain_text(UNSENT)
    write_note(page, "on the newer one")
    expect(state(page)).to_contain_text(UNSENT)

    take_over(own_server, dist, page, "0.1.0")
    assert version(page) == before + 1
    expect(page.get_by_label("A note", exact=True)).to_have_value("on the newer one")
    mood(page, "7 fairly good").check()
    page.wait_for_timeout(500)  # the bar said so before this tap too: it does not tell when this one is kept
    expect(state(page)).to_contain_text(UNSENT)
    context.set_offline(True)
    page.reload()
    expect(mood(page, "7 fairly good")).to_be_checked()
    page.goto(f"/day/{yesterday}")
    expect(mood(page, "3 low")).to_be_checked()

    context.set_offline(False)
    sign_in(context, ana)
    page.reload()
    expect(state(page)).to_contain_text(BOTH, timeout=15_000)
    days = ana.days(experiment)
    answers = days[today().isoformat()]["answers"]
    assert (answers["mood"], answers["note"]) == (7, "on the newer one")
    assert days[yesterday]["answers"]["mood"] == 3
