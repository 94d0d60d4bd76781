"""Sign-in names: kept as written, found however they are typed."""

import pytest
from app.domain import names
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("ana", "ana"),
        ("  Ana  Maria ", "Ana Maria"),
        ("Ana–Maria", "Ana-Maria"),
        ("a\u200bna", "ana"),
        ("ﬁona", "fiona"),
        ("Ａｎａ", "Ana"),
        ("Zoe\u0308", "Zoë"),
        ("小明", "小明"),
        ("हिन्दी", "हिन्दी"),
        ("o.n_e-2", "o.n_e-2"),
        ("٣", "٣"),
    ],
)
def test_a_name_is_kept_as_it_can_be_typed_again(given_name: str, kept: str) -> None:
    assert names.written(given_name) == kept


@pytest.mark.parametrize(
    ("given_name", "code"),
    [
        ("", "name-empty"),
        (" -._ ", "name-empty"),
        ("\u200b", "name-empty"),
        ("ana@example.org", "name-characters"),
        ("ana\n", None),
        ("a\x00b", "name-characters"),
        ("<b>", "name-characters"),
        ("🦊fox", "name-characters"),
        ("x" * 41, "name-too-long"),
        ("ﷺ" * 3, "name-too-long"),
    ],
)
def test_what_is_no_name_is_refused_by_its_reason(given_name: str, code: str | None) -> None:
    if code is None:
        assert names.written(given_name) == "ana"
        return
    with pytest.raises(names.BadName) as refused:
        names.written(given_name)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "typed", ["ana-4821", "ANA-4821", " Ana–4821 ", "ana\u20114821", "ａｎａ－４８２１", "an\u00ada-4821"]
)
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    assert names.lookup(typed) == "ana-4821"


def test_different_names_stay_different() -> None:
    different = ["ana-4821", "ana-4812", "ana 4821", "anna-4821", "añа-4821", "аna-4821"]
    assert len({names.lookup(name) for name in different}) == len(different)


def test_digits_are_always_four() -> None:
    assert names.completed("ana", 7) == "ana-0007"
    assert names.completed("ana", 7, 6) == "ana-000007"


@given(st.text(max_size=130))
def test_looking_up_never_fails_and_is_settled_at_once(typed: str) -> None:
    once = names.lookup(typed)
    assert names.lookup(once) == once


@given(st.text(max_size=45), st.integers(0, 9999))
def test_every_name_that_is_taken_is_found_again(name: str, number: int) -> None:
    try:
        kept = names.written(name)
    except names.BadName:
        return
    whole = names.completed(kept, number)
    assert names.written(kept) == kept
    assert names.lookup(whole) == names.lookup(whole.upper().lower()) or not whole.isascii()
    assert names.lookup(f" {whole}\u200b") == names.lookup(whole)
