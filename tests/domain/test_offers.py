"""What is offered, how seldom, and never again once it was turned down."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from app.domain.offers import APART, Known, Offered, choose, standing
from app.domain.reflections import KINDS, Kind, Part
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
PARTS: tuple[Part, ...] = ("before", "middle", "after")


def known(part: Part = "after", **more: object) -> Known:
    return Known(**{"part": part, "past_half": True, "written": frozenset(), "offered": [], **more})  # type: ignore[arg-type]


def offered(kind: Kind, days: float, *, here: bool = True, declined: bool = False) -> Offered:
    return Offered(kind, NOW - timedelta(days=days), here, declined=declined)


@pytest.mark.parametrize(("part", "first"), [("before", "words"), ("middle", "rulers"), ("after", "balance")])
def test_one_is_offered(part: Part, first: Kind) -> None:
    assert choose(known(part), now=NOW) == first


def test_what_is_written_is_not_offered() -> None:
    assert choose(known(written=frozenset({"balance"})), now=NOW) == "rulers"
    assert choose(known(written=frozenset(KINDS)), now=NOW) is None


def test_the_middle_waits_for_the_second_half() -> None:
    assert choose(known("middle", past_half=False), now=NOW) is None


def test_the_same_stands_for_a_week_and_nothing_else_comes() -> None:
    assert choose(known("before", offered=[offered("words", 6.9)]), now=NOW) == "words"
    assert choose(known("before", offered=[offered("words", 6.9, declined=True)]), now=NOW) is None
    written = frozenset[Kind]({"words"})
    assert choose(known("before", offered=[offered("words", 6.9)], written=written), now=NOW) is None


def test_after_a_week_another_one_but_never_the_same_again() -> None:
    assert choose(known("before", offered=[offered("words", 7)]), now=NOW) == "balance"
    assert choose(known("before", offered=[offered("words", 7, declined=True)]), now=NOW) == "balance"


def test_after_a_result_one_altogether() -> None:
    assert choose(known("after", offered=[offered("balance", 30)]), now=NOW) is None


def test_another_fortnight_s_offer_counts_for_the_week() -> None:
    assert choose(known(offered=[offered("words", 3, here=False)]), now=NOW) is None
    assert choose(known(offered=[offered("words", 8, here=False)]), now=NOW) == "balance"


def test_turned_off_or_when_something_else_comes_first_nothing_is_offered() -> None:
    assert choose(known(quiet=True), now=NOW) is None
    assert choose(known("before", offered=[offered("words", 1)], quiet=True), now=NOW) is None


@given(
    st.sampled_from(PARTS),
    st.booleans(),
    st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60),
)
def test_however_often_somebody_looks_at_most_one_a_week(
    part: Part, past_half: bool, looks: list[tuple[bool, bool]]
) -> None:
    """Each look is half a day after the last; now and then one is turned down or written."""
    made: list[Offered] = []
    written: set[Kind] = set()
    shown: list[tuple[datetime, Kind]] = []
    now = NOW
    for declines, writes in looks:
        state = Known(part, past_half, frozenset(written), made)
        kind = choose(state, now=now)
        if kind is not None:
            if standing(made, now=now) is None:
                made.append(Offered(kind, now, here=True))
            shown.append((now, kind))
            if declines:
                made[-1] = Offered(kind, made[-1].at, here=True, declined=True)
            elif writes:
                written.add(kind)
        now += timedelta(hours=12)
    times = [each.at for each in made]
    assert all(later - earlier >= APART for earlier, later in pairwise(times))
    assert len({each.kind for each in made}) == len(made), "never the same twice"
    assert part != "after" or len(made) <= 1
    for at, kind in shown:
        assert any(each.kind == kind and each.at <= at < each.at + APART for each in made)
