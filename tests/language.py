"""What the product does not say, and how easy it is to read. Rules as data; tests/test_words.py applies them.

`NOT_SAID`: the right-hand column of the project's table of words, the analysis plan's "never" list, and what
its principles rule out (praise, streaks, urgency). Each rule is a name and a pattern, matched without case on
words. They are for English; another locale brings its own list of the same names.

Reading: Flesch-Kincaid grade, 0.39 · words/sentence + 11.8 · syllables/word - 15.59 (Kincaid, Fishburne,
Rogers and Chissom, Naval Technical Training Command Research Branch Report 8-75, 1975). A grade is a year of
school: age is about grade + 5, so a reading age of 12 is grade 7. Syllables are counted by their vowel groups,
which is right for about nine words in ten; a short string says nothing, so only longer ones are measured.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

NOT_SAID: Mapping[str, str] = MappingProxyType(
    {
        # how taking is spoken of
        "compliance": r"\b(non-?)?complian(t|ce)\b",
        "adherence": r"\b(non-?)?adher(e|es|ed|ing|ent|ence)\b",
        "missed": r"\bmissed\b|\bmiss(es|ing)? (a|the|your|one|two) (dose|tablet|pill|medicine|day|check-in)",
        "failed": r"\bfail(s|ed|ing|ure|ures)?\b",
        "skipped": r"\bskip(s|ped|ping)?\b",
        # telling what to do
        "should": r"\b(should|shouldn['’]t|ought to)\b",
        "must": r"\b(must|mustn['’]t)\b",
        "need to": r"\b(need|needs|needed) to\b",
        "remember to": r"\b(remember|don['’]t forget|do not forget) to\b",
        # what this is
        "test": r"\btest(s|ed|ing)?\b",
        "trial": r"\btrials?\b",
        "treatment": r"\btreatments?\b",
        "monitor": r"\bmonitor(s|ed|ing)?\b",
        "tracking": r"\b(track(s|ed|ing|er|ers)?)\b",
        # kinds of day
        "good or bad days": r"\b(good|bad|compliant) days?\b",
        # what a difference means
        "significant": r"\b(in)?significan(t|ce|tly)\b",
        "it works": r"\b(works|worked)\b",
        "is helping": r"\bis (not )?helping\b",
        "causes": r"\bcaus(e|es|ed|ing)\b",
        "improves": r"\bimprov(e|es|ed|ing|ement)\b",
        "because of": r"\bbecause of\b",
        "proves": r"\b(prove|proves|proved|proven|proof)\b",
        "evidence that": r"\bevidence that\b",
        "safe to": r"\bsafe to (skip|stop|leave|pause|go without)\b",
        "better off without": r"\bbetter off without\b",
        "score": r"\bscor(e|es|ed|ing)\b",
        "percent": r"%|\bper ?cent\b|\bp-value\b",
        # counts that would read as an aim
        "more days": r"\b(\d+|\}) more (off |on )?days\b|\bmore days (with|without|are needed|like)\b",
        # advice on a dose
        "dose advice": r"\b(take|skip|stop|double|halve|increase|reduce|raise|lower|change) "
        r"(your|the|this|that|another|one|half) (dose|medicine|tablet|pill)s?\b",
        # praise, pressure, noise
        "praise": r"\b(well done|great job|good job|congratulations|keep it up|proud of you)\b",
        "streak": r"\b(streaks?|badges?|rewards?|in a row without)\b",
        "urgency": r"\b(hurry up|last chance|don['’]t lose|overdue)\b",
        "exclamation mark": r"!",
    }
)
_COMPILED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in NOT_SAID.items()}

MEASURED_FROM_WORDS = 12
"""Strings shorter than this are not measured one by one."""


def not_said(text: str) -> tuple[str, ...]:
    """Names of the rules that this text breaks."""
    plain = text.replace("\u00ad", "")
    return tuple(name for name, pattern in _COMPILED.items() if pattern.search(plain))


def words(text: str) -> list[str]:
    """The words of a text, soft hyphens let go; numbers are words."""
    return re.findall(r"[\w'’-]*\w", text.replace("\u00ad", ""))


def reading_grade(text: str) -> float:
    """Flesch-Kincaid grade; 0 for a text without words. A text without a full stop is one sentence."""
    found = words(text)
    if not found:
        return 0.0
    sentences = max(1, len(re.findall(r"\w[^.?:;…]*[.?:;…]", text)))
    return 0.39 * len(found) / sentences + 11.8 * sum(map(syllables, found)) / len(found) - 15.59


def syllables(word: str) -> int:
    """Vowel groups, without a silent last e ("same") and with -le after a consonant ("table"). At least one."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    if re.search(r"[^aeiouy]es?$|[^aeioutdy]ed$", letters) and not re.search(r"[^aeiouy]les?$", letters):
        count -= 1
    if re.search(r"[sxz]es$|[cs]hes$|ges$|ces$", letters):
        count += 1
    return max(1, count)
