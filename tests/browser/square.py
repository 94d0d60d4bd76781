"""Reads a drawn QR code (ISO/IEC 18004) off a picture, as a phone's camera would, knowing nothing of who drew it.

Only what a link needs: one block of bytes at level L, versions 1 to 5 (up to 106 bytes). A picture is rows of
booleans (True is dark), straight and whole; one wrong module is an error, not mended.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence

from playwright.sync_api import Browser, Locator

Rows = Sequence[Sequence[bool]]

DATA = {1: 19, 2: 34, 3: 55, 4: 80, 5: 108}
"""Bytes of data at level L, by version; what follows them is for correcting."""
CORNER = 6
"""Pixels at the edge of the picture in which its round corners let the page behind it through."""
LEVEL_L, BYTES, QUIET, FORMAT_MASK = 0b01, 0b0100, 4, 0b101010000010010
MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
"""Where it is 0, the module is turned over."""


def scanned(browser: Browser, drawn: Locator) -> str:
    """The text of the code that is on the screen, read from a picture of it."""
    picture = b64encode(drawn.screenshot()).decode()
    context = browser.new_context()  # a page that has nothing to do with ours
    rows = context.new_page().evaluate(
        """async ([png, edge]) => {
          const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
          const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const { width, height } = image;
          const paper = new OffscreenCanvas(width, height).getContext("2d");
          paper.drawImage(image, 0, 0);
          const { data } = paper.getImageData(0, 0, width, height);
          const dark = (i) => 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2] < 128;
          return Array.from({ length: height - 2 * edge }, (_, y) =>
            Array.from({ length: width - 2 * edge }, (_, x) => dark(4 * ((y + edge) * width + x + edge))));
        }""",
        [picture, CORNER],
    )
    context.close()
    return read(modules(rows))


def modules(picture: Rows) -> Rows:
    """One boolean for each module. A scanner needs the edge of four light ones around them."""
    tall = [y for y, row in enumerate(picture) if any(row)]
    top, bottom = tall[0], tall[-1] + 1
    left = min(row.index(True) for row in picture if any(row))
    right = max(len(row) - row[::-1].index(True) for row in map(list, picture) if any(row))
    first = list(picture[top][left:])
    one = first.index(False) / 7  # the upper edge of the corner sign
    size = round((right - left) / one)
    assert size == round((bottom - top) / one), "it is square"
    edges = (left, top, len(picture[0]) - right, len(picture) - bottom)
    assert min(edges) + CORNER >= QUIET * one - 2, f"too little light around it: {edges}, a module is {one}"
    places = [int((number + 0.5) * (right - left) / size) for number in range(size)]
    return [[picture[top + y][left + x] for x in places] for y in places]


def read(code: Rows) -> str:
    """What it says."""
    size = len(code)
    version = (size - 17) // 4
    assert size == 17 + 4 * version and version in DATA, f"{size} modules"
    said = _number(code[y][x] for y, x in FORMAT) ^ FORMAT_MASK
    level, mask = said >> 13, said >> 10 & 0b111
    assert level == LEVEL_L, "only level L is read here"
    free = [code[y][x] ^ (MASKS[mask](y, x) == 0) for y, x in _way(size)]
    words = [_number(free[at : at + 8]) for at in range(0, len(free) - 7, 8)]
    _whole(words, len(words) - DATA[version])
    bits = "".join(f"{word:08b}" for word in words[: DATA[version]])
    assert int(bits[:4], 2) == BYTES
    length = int(bits[4:12], 2)
    return bytes(int(bits[at : at + 8], 2) for at in range(12, 12 + 8 * length, 8)).decode()


FORMAT = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]


def _number(bits: "Iterator[bool] | Sequence[bool]") -> int:
    number = 0
    for bit in bits:
        number = number << 1 | bit
    return number


def _way(size: int) -> Iterator[tuple[int, int]]:
    """The modules that carry something, in their order: two columns at a time, from the right, up and down."""
    up = True
    for right in [*range(size - 1, 6, -2), *range(5, 0, -2)]:  # the upright timing line is left out
        for y in range(size - 1, -1, -1) if up else range(size):
            yield from ((y, x) for x in (right, right - 1) if not _sign(size, y, x))
        up = not up


def _sign(size: int, y: int, x: int) -> bool:
    """Part of a corner sign with its format, of a timing line, or of the sign for alignment."""
    corner = (y < 9 and (x < 9 or x >= size - 8)) or (x < 9 and y >= size - 8)
    small = size > 21 and abs(y - (size - 7)) <= 2 and abs(x - (size - 7)) <= 2
    return corner or small or 6 in (y, x)


def _whole(words: Sequence[int], correcting: int) -> None:
    """Nothing was misread: as Reed-Solomon has it, every syndrome is nought."""
    power, by_power = 1, []
    for _ in range(255):
        by_power.append(power)
        power = power << 1 ^ (0x11D if power & 0x80 else 0)
    of = {value: at for at, value in enumerate(by_power)}
    for number in range(correcting):
        syndrome = 0
        for word in words:
            syndrome = word ^ (by_power[(of[syndrome] + number) % 255] if syndrome else 0)
        assert syndrome == 0, "misread"
