"""What a hostile or broken sender could put into a field, a body, an address or a header (SECURITY.md, M2).

Values are JSON text as it goes over the wire, not Python values: NaN, lone surrogates and 5,000 digits have no
Python spelling that every encoder would keep. Each text carries `CANARY` and each large number `DIGITS`, so that
an answer which repeats what it was sent can be seen.
"""

import json
from collections.abc import Iterator
from typing import Any

CANARY = "zqCANARYqz"
DIGITS = "31415926535897932384"

NUMBERS = (
    *("NaN", "Infinity", "-Infinity", "-0", "-0.0", "1e400", "-1e400", "1e-400", "1e308", "5.0", "0.1"),
    *("2147483648", "-2147483649", "9223372036854775808", "-9223372036854775809", DIGITS, DIGITS * 250),
    *(f"{DIGITS}e{DIGITS}", f"0.{DIGITS * 250}"),
)
OTHER_KINDS = (
    *("true", "false", "null", "[]", "{}", "[[[]]]", '""', '"7"', '"5.0"', '"NaN"', '"true"'),
    *(f'{{"{CANARY}": 1}}', f'["{CANARY}"]', f"[{','.join(['1'] * 2000)}]"),
)
TIMES = (
    *("24:00", "25:61", "4:00", "04:00:00", "2026-02-30", "0000-01-01", "10000-01-01", "-2026-01-01", "2026-1-1"),
    *("9999-12-31", "0001-01-01", "1900-02-29", "2026-W01-1", "２０２６-０１-０１", "20260101", "1767225600"),
    *("2026-01-01T24:00:00Z", "2026-01-01T23:59:60Z", "2026-01-01T00:00:00", "9999-12-31T23:59:59.999999-23:59"),
    *("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-20", "0001-01-10"),
    *("0001-01-01T00:00:00+23:59", "2026-01-01T00:00:00+99:99", "Europe/../UTC", "Mars/Base", "/etc/passwd"),
)
WORDS = (
    CANARY,
    CANARY * 2000,
    f" {CANARY} ",
    f"{CANARY}\n\r\t\x1b[31m",
    f"\u202e{CANARY}\u2066",
    f"{CANARY}👩‍👩‍👧‍👦\u200d",
    f"{CANARY}" + "\u0301" * 10_000,
    f"\ufeff{CANARY}\ufffe\uffff",
    f"{CANARY}'; DROP TABLE account; --",
    f"<script>{CANARY}</script>",
    f"../../../{CANARY}%00%2e%2e",
    f"${{{CANARY}}}%s%n{{{{7*7}}}}",
    f"=cmd|'{CANARY}'!A1",
)
# No encoder writes these: lone surrogates, NUL, raw control characters, an escape that is none.
RAW_TEXTS = (
    f'"\\ud800{CANARY}"',
    f'"{CANARY}\\udfff"',
    f'"{CANARY}\\udc00\\ud800"',
    f'"{CANARY}\\u0000"',
    f'"{CANARY}\x00"',
    f'"{CANARY}\x01"',
    f'"{CANARY}\\x41"',
)
VALUES = (*NUMBERS, *OTHER_KINDS, *RAW_TEXTS, *(json.dumps(text) for text in (*TIMES, *WORDS)))

DEEP = 100_000
BODIES: tuple[tuple[str, bytes], ...] = (
    ("nothing", b""),
    ("null", b"null"),
    ("a list", b"[]"),
    ("a text", f'"{CANARY}"'.encode()),
    ("a number", DIGITS.encode()),
    ("NaN", b"NaN"),
    ("cut short", f'{{"question": "{CANARY}'.encode()),
    ("more behind it", f"{{}} {CANARY}".encode()),
    ("lists 100,000 deep", b"[" * DEEP + b"]" * DEEP),
    ("objects 100,000 deep", b'{"a":' * DEEP + b"1" + b"}" * DEEP),
    ("open lists", b"[" * 60_000),
    ("bad UTF-8", b'{"question": "\xff\xfe\xc3\x28 ' + CANARY.encode() + b'"}'),
    ("overlong UTF-8", b'{"question": "\xc0\x80' + CANARY.encode() + b'"}'),
    ("a surrogate as UTF-8", b'{"question": "\xed\xa0\x80' + CANARY.encode() + b'"}'),
    ("UTF-16", f'{{"question": "{CANARY}"}}'.encode("utf-16")),
    ("brackets that UTF-16 hides from who counts bytes", ('["\u2200",' + "[" * 15_000).encode("utf-16-le")),
    ("UTF-32", f'{{"question": "{CANARY}"}}'.encode("utf-32-be")),
    ("a byte-order mark", b"\xef\xbb\xbf" + f'{{"question": "{CANARY}"}}'.encode()),
    ("binary", bytes(range(256)) * 8),
    ("10 MB", b'{"question": "' + b"a" * 10_000_000 + b'"}'),
    ("5,000 keys", json.dumps({f"{CANARY}{n}": n for n in range(3000)}).encode()),
    ("the same key often", b"{" + b",".join([b'"question": "x"'] * 3000) + b"}"),
)
CONTENT_TYPES = (
    *("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"),
    *("application/json; charset=utf-16", "application/json; charset=\x00", CANARY, "", "application/json/"),
)
# Segments of an address, percent-encoded as they go over the wire.
SEGMENTS = (
    *(CANARY, "%00", "%ff%fe", "..%2f..%2fetc", "%2e%2e", "null", "-1", DIGITS, "a" * 3000, "%E2%80%AE" + CANARY),
    *("00000000-0000-4000-8000-000000000000", "2026-02-30", "0000-01-01", "10000-01-01", "24:00", "2026-01-01Z"),
    *("9999-12-31", "0001-01-01", "%D9%A2%D9%A0%D9%A2%D9%A6-01-01", "{day}", "%7B%7D"),
)
QUERIES = (
    *("since=", "since=NaN", "since=-1", f"since={DIGITS}", f"since={DIGITS * 200}", "since=1.0", "since=true"),
    *(f"since={CANARY}", "since=%00", "since=%ff", "since=0&since=1", f"{CANARY}=1", "width=NaN", "width=0"),
    *(f"width={DIGITS}", f"width={CANARY}", "width=328&width=%F0%9F%98%80", "since[]=1", "&&&===", "%=%"),
)
HEADERS: tuple[tuple[str, str], ...] = (
    ("X-Long", "a" * 8000),
    ("Cookie", "fortnight=" + CANARY),
    ("Cookie", "fortnight=" + "a" * 8000),
    ("Cookie", "fortnight=\xff\xfe; ;;=;" + CANARY),
    ("User-Agent", CANARY + "\xff" * 4000),
    ("X-Forwarded-For", f"{CANARY}, 999.1.1.1, ::ffff:1.2.3.4, " + "1," * 2000),
    ("Accept", CANARY),
    ("Range", "bytes=0-,5-99999999999999999999"),
    ("If-None-Match", CANARY),
    ("If-Modified-Since", "99 Foo 99999"),
    ("Content-Length", DIGITS),
    ("Content-Length", "-1"),
    ("Content-Length", CANARY),
    ("Host", "localhost:99999999"),
    ("Origin", CANARY),
    ("Sec-Fetch-Site", CANARY),
)


def places(body: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a body at which something else could stand: fields, list items, and what holds them."""
    if at:
        yield at
    if isinstance(body, dict):
        for name, value in body.items():
            yield from places(value, (*at, name))
    elif isinstance(body, list) and body:
        yield from places(body[0], (*at, 0))


def with_raw(body: Any, at: tuple[str | int, ...], raw: str) -> str:
    """The body as JSON text with `raw` at one place."""
    if not at:
        return raw
    if isinstance(body, dict):
        items = (
            f"{json.dumps(name)}:{with_raw(value, at[1:], raw) if name == at[0] else json.dumps(value)}"
            for name, value in body.items()
        )
        return "{" + ",".join(items) + "}"
    return "[" + ",".join([with_raw(body[0], at[1:], raw), *(json.dumps(item) for item in body[1:])]) + "]"


def maps(body: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every object in a body, the body itself first: an unknown or hostile key could stand in each."""
    if isinstance(body, dict):
        yield at
        for name, value in body.items():
            yield from maps(value, (*at, name))
    elif isinstance(body, list) and body:
        yield from maps(body[0], (*at, 0))


def with_key(body: Any, at: tuple[str | int, ...], raw_key: str, raw: str) -> str:
    """The body as JSON text with one more key, as raw JSON text, in one of its objects."""
    inner: Any = body
    for step in at:
        inner = inner[step]
    members = [*(f"{json.dumps(name)}:{json.dumps(value)}" for name, value in inner.items()), f"{raw_key}:{raw}"]
    return with_raw(body, at, "{" + ",".join(members) + "}")
