"""Every page of the desk asked for by every role, and by nobody: as pages.tbl and access.tbl say, without an error."""
import pathlib
import re

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROW = r'^PAGE\(DESK,\s*(GET|POST),\s*"([^"]+)",\s*(\w+),\s*(?:CAP\()?(\w+)'
PAGES = re.findall(ROW, (ROOT / "fcgi/pages.tbl").read_text(), re.M)
RIGHTS = set(re.findall(r"^CAN\((\w+), (\w+), \w+\)", (ROOT / "tickets/access.tbl").read_text(), re.M))
OFFICERS = {
    "REGISTRAR": "registrar1", "LIAISON": "cgj_liaison", "HANDLER": "cgj_handler", "DEPT_REVIEWER": "cgj_reviewer",
    "OFFICE_REVIEWER": "office_reviewer", "SECRECY_REVIEWER": "secrecy1", "PUBLISHER": "publisher1",
    "LEADER": "leader1", "SUPERVISOR": "supervisor1", "SUPERIOR_REVIEWER": "superior1", "DUTY_OFFICER": "duty1",
    "SYS_ADMIN": "sysadmin", "SEC_ADMIN": "secadmin", "AUDIT_ADMIN": "auditadmin",
}
ALSO = {"HANDLER": {"CO_HANDLER"}}  # what the demo city's officer is besides
BEHIND = [page for page in PAGES if page[3] != "ANYONE" and page[1] != "/logout"]


@pytest.fixture(scope="module")
def letter(city):
    return city.letter("handling")


def may(role, who):
    return who == "OFFICER" or any((one, who) in RIGHTS for one in {role} | ALSO.get(role, set()))


def test_the_tables_were_read():
    assert len(BEHIND) >= 14 and len(RIGHTS) > 70


@pytest.mark.parametrize("role", OFFICERS)
def test_a_role_opens_its_own_pages_only(city, letter, role):
    officer = city.officer(OFFICERS[role])
    for method, path, function, who in BEHIND:
        path = path.replace(":no", letter.number).replace(":login", "cgj_handler").replace(":code", "cgj")
        page = officer.get(path) if method == "GET" else officer.post(path, reason="", version="1")
        if may(role, who):
            assert page.status in (200, 400, 403, 404, 409, 422), (path, page.status)
            assert method == "POST" or page.status != 403 or function in ("desk_act", "desk_draft", "desk_versions"), path
        else:
            assert page.status == 403 and letter.title not in page.html, (path, page.status)


@pytest.mark.parametrize("method,path", [page[:2] for page in BEHIND] + [("POST", "/logout")])
def test_without_a_session_there_is_only_the_login(city, letter, method, path):
    sent = {"data": {"action": "accept"}} if method == "POST" else {}
    page = city.fresh("registrar1").send(method, path.replace(":no", letter.number).replace(":login", "cgj_handler").replace(":code", "cgj"), **sent)
    assert letter.title not in page.html
    assert page.path == "/login" if method == "GET" and not path.endswith(".json") else page.status in (401, 403)


@pytest.mark.parametrize("cookie", ["", "0", "zz" * 32, "0" * 64, "f" * 4000, "'; DROP TABLE session; --"])
def test_a_cookie_that_is_none_of_ours_opens_nothing(city, cookie):
    page = city.fresh("registrar1").send("GET", "/", headers={"Cookie": f"sid={cookie}"})
    assert page.path == "/login" or page.status == 400


def test_the_desk_is_not_reached_through_the_public_site(city, letter):
    for path in ("/login", "/queue", f"/tickets/{letter.number}", "/watch", "/clearing"):
        assert city.get(path).status_code == 404


def test_administrators_of_the_system_read_no_letters(city, letter):
    for login in ("sysadmin", "secadmin", "auditadmin"):
        assert city.officer(login).open(letter).status == 403
        assert "您的角色不办理信件" in city.officer(login).get("/").text
