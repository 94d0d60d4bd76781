"""A process that draws a page again and again, each time with other words: `drawn.py typst|weasyprint FILE N`.

Prints one line of JSON: `cold_ms` from nothing imported to the first PDF, `warm_ms` (the median of N more),
`peak_mib` of this process, `kb` of the PDF. Needs nothing of ours for WeasyPrint, whose Python is another one.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

WORDS = "behind glass"
"""They are in the page, with another number behind them each time: nothing is drawn from memory."""


def typst() -> Callable[[str], bytes]:
    """Our template, from the page as data."""
    from app.rendering import pdf

    return lambda given: pdf.draw("brief", json.loads(given))


def weasyprint() -> Callable[[str], bytes]:
    """The page as HTML, with its styles. It may fetch nothing."""
    from weasyprint import HTML, URLFetcher  # type: ignore[import-not-found]

    fetches = URLFetcher(allowed_protocols=())
    return lambda given: HTML(string=given, url_fetcher=fetches).write_pdf(pdf_variant="pdf/ua-1")


def main(by: str, file: str, number: int) -> None:
    """Draw and print."""
    given = Path(file).read_text("utf-8")
    if WORDS not in given:
        raise SystemExit("This page is not the one to be measured.")
    begun = time.perf_counter()
    draw = {"typst": typst, "weasyprint": weasyprint}[by]()
    made = draw(given)
    cold = 1000 * (time.perf_counter() - begun)
    times = []
    for place in range(number):
        other = given.replace(WORDS, f"{WORDS} {place}")
        again = time.perf_counter()
        made = draw(other)
        times.append(1000 * (time.perf_counter() - again))
    if not made.startswith(b"%PDF"):
        raise SystemExit("This is no PDF.")
    found = {"cold_ms": cold, "warm_ms": median(times), "peak_mib": _peak(), "kb": len(made) / 1000}
    print(json.dumps(found))


def _peak() -> float | None:
    """Of this process since its start. (`ru_maxrss` begins with what the parent had.)"""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), None)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
