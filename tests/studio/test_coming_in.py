"""Coming in: the link works once, other pages and names are turned away, and nothing leaks.

What a request must pass is in ``jiqun.studio.security``.
"""

from pathlib import Path

import pytest

from jiqun.record.problem import InputError
from jiqun.studio.settings import Settings, refuse_unsafe
from tests.studio.opened import a_studio, entered, studio_of


def test_the_link_lets_in_once(tmp_path: Path) -> None:
    with a_studio(tmp_path) as client:
        token = studio_of(client).link.token
        assert client.get("/api/records").status_code == 401
        assert "set-cookie" not in client.get("/enter", params={"token": "guessed"}).headers
        cookie = client.get("/enter", params={"token": token}).headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert client.get("/api/records").status_code == 200
        client.cookies.clear()
        assert "set-cookie" not in client.get("/enter", params={"token": token}).headers


def test_a_session_outlives_the_studio(tmp_path: Path) -> None:
    with entered(tmp_path) as client:
        cookies = dict(client.cookies)
    with a_studio(tmp_path) as again:
        again.cookies.update(cookies)
        assert again.get("/api/session").json()["user"] == "local"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:8642", "", "localhost.:1"]
)
def test_another_name_is_turned_away(tmp_path: Path, host: str) -> None:
    """A name made to point here (DNS rebinding) is not one that the studio was started under."""
    with entered(tmp_path) as client:
        assert client.get("/api/records", headers={"Host": host}).status_code == 421


def test_another_page_is_turned_away(tmp_path: Path) -> None:
    with entered(tmp_path) as client:
        foreign = {"Origin": "http://evil.example"}
        assert client.get("/api/records", headers=foreign).status_code == 403
        assert client.delete("/api/session", headers=foreign).status_code == 403
        beside = {"Origin": "http://127.0.0.1:9999"}
        assert client.get("/api/records", headers=beside).status_code == 403
        own = {"Origin": "http://127.0.0.1:8642"}
        assert client.get("/api/records", headers=own).status_code == 200


def test_a_form_cannot_change_anything(tmp_path: Path) -> None:
    """A form of another page can send cookies, but no header of its own."""
    with entered(tmp_path) as client:
        del client.headers["X-Jiqun"]
        assert client.delete("/api/session").status_code == 403
        assert client.get("/api/session").json()["user"] == "local"


def test_every_answer_forbids_what_is_not_ours(tmp_path: Path) -> None:
    with a_studio(tmp_path) as client:
        for path in ("/", "/api/session", "/api/nothing", "/r/0123456789abcdef/map"):
            headers = client.get(path).headers
            policy = headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "script-src 'self';" in policy
            assert "unsafe" not in policy
            assert headers["x-content-type-options"] == "nosniff"


def test_an_address_for_others_needs_signing_in(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nobody would have to sign in"):
        refuse_unsafe(Settings(workspace=tmp_path, host="0.0.0.0"))  # noqa: S104 - refused
    refuse_unsafe(Settings(workspace=tmp_path, host="0.0.0.0", mode="accounts"))  # noqa: S104
    with pytest.raises(InputError, match="JIQUN_OIDC_ISSUER"):
        refuse_unsafe(Settings(workspace=tmp_path, mode="oidc"))
