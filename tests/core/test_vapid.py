"""The key that signs pushes: made once, kept to ourselves; and a contact that push services accept."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from app.core import vapid
from app.core.vault import KeyMissing, open_vault
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from tests.push_rules import unbase64, unpadded

KEY = ec.derive_private_key(0x1F0F7B3A5C9D2E4861A3B5C7D9EBFD0F2143658709BADCFE, ec.SECP256R1())


def pem(key: ec.EllipticCurvePrivateKey, form: PrivateFormat = PrivateFormat.PKCS8, secret: bytes = b"") -> str:
    return key.private_bytes(
        Encoding.PEM, form, BestAvailableEncryption(secret) if secret else NoEncryption()
    ).decode()


def raw(key: ec.EllipticCurvePrivateKey) -> str:
    return unpadded(key.private_numbers().private_value.to_bytes(32))


def test_it_is_made_once_and_kept_to_ourselves(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    first = vapid.load(folder, None)
    assert vapid.load(folder, "").public == first.public
    assert (folder / vapid.FILE).stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700
    assert [path.name for path in folder.iterdir()] == [vapid.FILE]
    assert len(unbase64(first.public)) == 65
    assert unbase64(first.public)[0] == 4
    assert "=" not in first.public
    assert repr(first) == "VapidKey()"


def test_several_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: vapid.load(tmp_path, None).public, range(16)))
    assert len(set(keys)) == 1


def test_it_stands_beside_the_vaults_keys(tmp_path: Path) -> None:
    before = vapid.load(tmp_path, None).public
    assert open_vault(tmp_path).kek_ids == open_vault(tmp_path).kek_ids == ("0001",)
    assert vapid.load(tmp_path, None).public == before


@pytest.mark.parametrize(
    "given", [pem(KEY), pem(KEY, PrivateFormat.TraditionalOpenSSL), f"\n{pem(KEY)}\n", raw(KEY), raw(KEY) + "="]
)
def test_an_operators_key_comes_first(tmp_path: Path, given: str) -> None:
    vapid.load(tmp_path, None)
    assert vapid.load(tmp_path, given).public == vapid.VapidKey(KEY).public
    assert not (tmp_path / "new").exists()
    vapid.load(tmp_path / "new", given)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "given",
    [
        "nonsense",
        "A" * 43,
        unpadded(b"\xff" * 32),
        raw(KEY) + "A",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        pem(ec.generate_private_key(ec.SECP384R1())),
        pem(KEY, secret=b"word"),
        pem(KEY).replace("M", "é"),
    ],
    ids=range(8),  # not the keys: they are drawn anew in each process
)
def test_what_is_no_key_is_said_without_showing_it(tmp_path: Path, given: str) -> None:
    with pytest.raises(ValueError, match="must be a private key on P-256") as wrong:
        vapid.load(tmp_path, given)
    assert given not in str(wrong.value)


def test_a_damaged_file_is_not_replaced(tmp_path: Path) -> None:
    vapid.load(tmp_path, None)
    (tmp_path / vapid.FILE).write_text("nonsense")
    with pytest.raises(KeyMissing, match=r"vapid\.pem is damaged"):
        vapid.load(tmp_path, None)
    (tmp_path / vapid.FILE).chmod(0o644)
    with pytest.raises(PermissionError, match=r"vapid\.pem can be read by others"):
        vapid.load(tmp_path, None)


@pytest.mark.parametrize(
    ("public_url", "said", "expected"),
    [
        ("https://fortnight.example.org", None, "https://fortnight.example.org"),
        ("https://fortnight.example.org/", "", "https://fortnight.example.org"),
        ("https://fortnight.example.org:8443/x?y", None, "https://fortnight.example.org:8443"),
        ("http://localhost:8000", "mailto:push@example.org", "mailto:push@example.org"),
        ("http://localhost:8000", " https://example.org/contact ", "https://example.org/contact"),
        ("http://localhost:8000", None, None),
        ("https://localhost", None, None),
        ("https://a.localhost", None, None),
        ("https://nas", None, None),
        ("https://nas.local", None, None),
        ("https://nas.LOCAL", None, None),
        ("https://fortnight.invalid", None, None),
        ("https://192.0.2.1", None, None),
        ("https://8.8.8.8:8443", None, None),
        ("https://[2001:4860:4860::8888]", None, None),
        ("https://[", None, None),
        ("http://fortnight.example.org", None, None),
        ("https://fortnight.example.org", "push@example.org", None),
        ("https://fortnight.example.org", "mailto:push@localhost", None),
        ("https://fortnight.example.org", "mailto:push@host.invalid", None),
        ("https://fortnight.example.org", "mailto:push@192.0.2.1", None),
        ("https://fortnight.example.org", "mailto:push", None),
        ("https://fortnight.example.org", "mailto:@example.org", None),
        ("https://fortnight.example.org", "mailto:a b@example.org", None),
        ("https://fortnight.example.org", "http://example.org", None),
        ("https://fortnight.example.org", "tel:123", None),
    ],
)
def test_the_contact(public_url: str, said: str | None, expected: str | None) -> None:
    assert vapid.contact(public_url, said) == expected
