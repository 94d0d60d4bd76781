"""What rules can see of who somebody is: for each kind a pattern or a few, read from the left without a step back.

Patterns are for a text as `deidentify` sees it: no accents, digits as 0 to 9. The words of dates and streets are
English (and the commonest of German), as the app is; what else there is has to be named by whoever reads.

Left, because it may as well be a rating, a dose or a version: "3/5", "12/3", "12.3", and "12.3." where a sentence
may end with it. A web address without "www." or "https://" is known by its ending, of which only the commonest are
here; those that are words too ("it", "no") only in small letters. To find its ending it is gone back over by whole
labels, once.
"""

import re
from typing import Literal, get_args

Kind = Literal[
    "removed",
    "e-mail",
    "link",
    "account",
    "date",
    "year of birth",
    "over 89",
    "address",
    "postcode",
    "name",
    "phone",
    "number",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What stands in brackets instead. Where finds touch, the kind that comes first here is said."""

_MONTH = (
    r"(?:jan(?:uary?|ner)?|feb(?:ruary?)?|mar(?:ch|z)?|apr(?:il)?|may|mai|jun[ei]?|jul[yi]?|aug(?:ust)?"
    r"|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\b\.?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[89]|20|21)\d\d"
_OUR_YEAR, _TWO = r"(?:19|20)\d\d", r"(?:0[1-9]|1[0-2])"
_SHORT_DATE = r"(?:3[01]|[12]\d|0?[1-9])\. ?(?:1[0-2]|0?[1-9])\."
_TIMES = r"(?:[ ,]{1,2}(?:at )?\d{1,2}[:.]\d\d(?::\d\d)?)?"
_STREET = (
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Close|Court|Square|Boulevard|Blvd|Terrace|Crescent|Gardens"
    r"|Place|Way)"
)
_ENDING = (
    r"(?:(?<=\.(?i:com|org|net|edu|gov))|(?<=\.(?i:info))|(?<=\.(?i:io|eu|uk|de|ch|fr|nl|pl|dk|pt|ca|au|nz))"
    r"|(?<=\.(?:at|be|es|ie|it|no|se|us)))"
)
_ADDRESS = r"[^\s<>\"]*[^\s<>\".,;:!?)]"
_AGE = r"(?:9\d|1[0-4]\d)"
_TITLES = ("Dr", "Mr", "Mrs", "Ms", "Mx", "Miss", "Prof", "Professor", "Doctor", "Nurse", "Herr", "Herrn", "Frau")
_TITLED = "|".join(rf"(?<=\b{title}{dot} )" for title in _TITLES for dot in ("", r"\."))
"""A title stays, and what follows it in a capital is a name: the one kind of name that rules see by themselves."""

PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("e-mail", re.compile(r"(?<![\w.+%'-])[\w.+%'-]++@[\w-]++(?:\.[\w-]++)*+")),
    ("link", re.compile(rf"(?<!\w)(?:https?://|ftp://|www\.){_ADDRESS}", re.IGNORECASE)),
    (
        "link",
        re.compile(rf"(?<![\w.@-])-*+\w++(?:(?:\.|-++)\w++)*{_ENDING}(?!\w)(?:/(?:{_ADDRESS})?)?"),
    ),
    ("account", re.compile(r"(?<![\w@])@[\w.]*\w")),
    ("number", re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w])")),
    (
        "date",
        re.compile(rf"(?<!\d)\d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}(?!\d)(?:t\d\d:\d\d\S*+)?{_TIMES}", re.IGNORECASE),
    ),
    ("date", re.compile(rf"(?<!\d)(?<!\d\.)\d{{1,2}}([-/.]) ?\d{{1,2}}\1 ?(?:\d{{4}}|\d\d)(?!\d){_TIMES}")),
    (
        "date",
        re.compile(
            rf"(?<!\w){_DAY}\.?(?: of)?[ -]{_MONTH}(?:,?[ -]{_YEAR}(?!\d))?"
            rf"|(?<!\w){_MONTH.replace('may', '(?-i:May)')}[ -]{_DAY}(?!\w)(?:,? {_YEAR}(?!\d))?"
            rf"|(?<!\w){_MONTH}[ -]{_YEAR}(?!\d)",
            re.IGNORECASE,
        ),
    ),
    (
        "date",
        re.compile(
            rf"(?=\d)(?:(?<![\w.,]){_SHORT_DATE}(?=[,;:)-]| (?-i:[a-z]))"
            rf"|(?:(?<=\b(?:am|ab) )|(?<=\b(?:vom|zum|bis|den) )|(?<=\bseit )|(?<=\.-)){_SHORT_DATE}(?![\w.]))",
            re.IGNORECASE,
        ),
    ),
    ("date", re.compile(rf"(?<![\w./-])(?:{_TWO}/{_OUR_YEAR}|{_OUR_YEAR}-{_TWO})(?![\w/-])")),
    (
        "year of birth",
        re.compile(
            rf"(?<=born in ){_YEAR}(?!\d)|(?<=born ){_YEAR}(?!\d)|(?<=birth year ){_YEAR}(?!\d)", re.IGNORECASE
        ),
    ),
    (
        "over 89",
        re.compile(
            rf"(?<![\d.]){_AGE}(?=(?: |-)?(?:years? old|years?-old|yrs? old|years of age|y/o|yo)(?!\w))"
            rf"|(?<=\baged ){_AGE}(?!\d)|(?<=\bage ){_AGE}(?!\d)|(?<=\bage of ){_AGE}(?!\d)",
            re.IGNORECASE,
        ),
    ),
    ("address", re.compile(rf"(?<!\w)\d{{1,5}}[A-Za-z]? (?:[A-Z][\w'-]*+ ){{1,4}}{_STREET}(?!\w)")),
    ("address", re.compile(r"(?<!\w)[A-Z]\w*?(?:strasse|straße|str\.|gasse|allee|platz) \d{1,4}[a-z]?(?!\w)")),
    ("address", re.compile(r"(?<!\w)P\.? ?O\.? Box \d{1,6}", re.IGNORECASE)),
    ("name", re.compile(rf"(?:{_TITLED})[A-Z][\w'-]++(?: [A-Z][\w'-]++)?")),
    ("postcode", re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)")),
    ("postcode", re.compile(r"(?<!\w)[A-Z]\d[A-Z] ?\d[A-Z]\d(?!\w)")),
)


PHONE = re.compile(r"(?<![\w.])(?:\+ ?)?\(?\d(?:[ ()/.-]{0,2}\d)++(?!\w)")
NUMBER = re.compile(r"(?<!\w)\w*?\d{5}\w*+")


def is_phone(run: str) -> bool:
    """Seven digits or more, in groups: a row of single digits is a row of ratings."""
    groups = re.findall(r"\d+", run)
    digits = sum(map(len, groups))
    return digits >= 7 and (digits > 2 * len(groups) or run.startswith("+"))
