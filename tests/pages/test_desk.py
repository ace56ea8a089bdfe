"""The desk: coming in, seeing one's own work and no other, losing nothing, leaving a trace at every contact."""
import re

import pytest
from city import NEW_PASSWORD, PASSWORD, UNIT

# ---- coming in and going out ----


def test_a_wrong_name_and_a_wrong_password_sound_alike(city):
    newcomer = city.new_officer("cgj", "handler")
    wrong = newcomer.log_in("not this one")
    stranger = city.fresh("nobody-of-that-name").log_in("not this one")
    assert wrong.status == stranger.status == 422
    assert "用户名或密码不对" in wrong.text and "用户名或密码不对" in stranger.text
    assert "not this one" not in wrong.html
    assert newcomer.log_in().path == "/"


def test_after_five_wrong_passwords_one_waits(city):
    newcomer = city.new_officer("cgj", "handler")
    for _ in range(5):
        assert newcomer.log_in("not this one").status == 422
    waiting = newcomer.log_in()
    assert waiting.status == 429 and "请 1 分钟后再试" in waiting.text
    city.clock("2026-09-29 16:01")
    assert newcomer.log_in().path == "/"


def test_a_session_ends_after_half_an_hour_of_silence(city):
    newcomer = city.new_officer("cgj", "handler")
    newcomer.log_in()
    city.clock("2026-09-29 16:30")
    assert newcomer.send("GET", "/").path == "/"
    city.clock("2026-09-29 17:01")
    assert newcomer.send("GET", "/").path == "/login"


def test_a_session_ends_after_ten_hours_in_any_case(city):
    newcomer = city.new_officer("cgj", "handler")
    city.clock("2026-09-30 08:00")
    newcomer.log_in()
    for minutes in range(20, 601, 20):
        city.clock(f"2026-09-30 {8 + minutes // 60:02d}:{minutes % 60:02d}")
        assert newcomer.send("GET", "/").path == "/", minutes
    city.clock("2026-09-30 18:01")
    assert newcomer.send("GET", "/").path == "/login"


def test_who_has_gone_out_is_out(city):
    newcomer = city.new_officer("cgj", "handler")
    newcomer.log_in()
    cookies = newcomer.session.cookies.copy()
    page = newcomer.submit(newcomer.get("/").form("/logout"))
    assert page.path == "/login"
    newcomer.session.cookies = cookies
    assert newcomer.send("GET", "/").path == "/login"


def test_who_is_disabled_is_out_at_once(city):
    newcomer = city.new_officer("cgj", "handler")
    newcomer.log_in()
    city.ctl("user", "disable", newcomer.login, check=True)
    assert newcomer.send("GET", "/").path == "/login"
    assert newcomer.log_in().status == 422


def test_the_login_leads_back_to_where_one_wanted_to_go(city):
    letter = city.letter("handling")
    visitor = city.fresh("cgj_handler")
    asked = visitor.send("GET", f"/tickets/{letter.number}/draft")
    assert asked.path == "/login"
    page = visitor.submit(asked.form("/login"), login="cgj_handler", password=PASSWORD)
    assert page.path == f"/tickets/{letter.number}/draft"


@pytest.mark.parametrize("next_path", [
    "//evil.invalid/", "https://evil.invalid/", "/\\evil.invalid", "javascript:alert(1)", "/login?next=/",
])
def test_the_login_leads_nowhere_else(city, next_path):
    newcomer = city.new_officer("cgj", "handler")
    form = newcomer.send("GET", "/login").form("/login")
    page = newcomer.submit(form, login=newcomer.login, password=NEW_PASSWORD, next=next_path)
    assert page.url == city.desk + "/"


def test_the_cookie_is_for_this_site_alone_and_new_after_each_login(city):
    newcomer = city.new_officer("cgj", "handler")
    form = newcomer.send("GET", "/login").form("/login")
    seen = []
    for _ in range(2):
        answer = newcomer.session.post(city.desk + "/login", allow_redirects=False,
                                       data=form.filled({"login": newcomer.login, "password": NEW_PASSWORD}))
        cookie = next(value for value in answer.raw.headers.getlist("Set-Cookie") if value.startswith("sid="))
        assert "HttpOnly" in cookie and re.search("SameSite=(Strict|Lax)", cookie) and answer.status_code == 303
        seen.append(cookie.split(";")[0])
    assert seen[0] != seen[1]
    newcomer.session.cookies.set("sid", seen[0][4:])
    city.said |= {cookie[4:] for cookie in seen}


# ---- nobody sends in another's name ----


def test_a_post_without_the_sessions_token_changes_nothing(city):
    letter = city.citizen.write()
    registrar = city.registrar
    registrar.get("/")
    other = city.fresh("registrar2")
    stolen = other.get("/").form("/logout").value("csrf")
    for token in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": stolen}):
        sent = {"action": "accept", "version": "1", **token}
        page = registrar.send("POST", f"/tickets/{letter.number}/act", data=sent)
        assert page.status == 403 and "请再点一次提交" in page.text
    assert city.state(letter) == "submitted"
    assert registrar.submit(page.forms[-1]).status == 200 and city.state(letter) == "accepted"  # pressed once more


def test_a_post_from_another_site_is_refused(city):
    letter = city.citizen.write()
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="accept")
    places = ("Origin", "https://evil.invalid"), ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site")
    for name, value in places:
        page = city.registrar.send("POST", form.action, data=form.filled({}), headers={name: value})
        assert page.status == 403
    assert city.state(letter) == "submitted"


# ---- whose letters ----


def test_a_unit_sees_its_own_letters_only(city):
    ours, theirs = city.letter("handling"), city.letter("handling", unit="市教育局")
    handler = city.handler()
    assert handler.open(ours).status == 200
    for tail in ("", "/draft", "/act?action=submit_reply", "/days?kind=reply", "/review", "/publish"):
        page = handler.open(theirs, tail)
        assert page.status == 404 and theirs.title not in page.html, tail
    for view in ("todo", "open", "soon", "handling"):
        assert handler.get(f"/queue?view={view}&words={theirs.number}").rows == []
    school = handler.unit_id("市教育局")
    assert theirs.number not in handler.get(f"/queue?view=open&unit={school}").text
    assert handler.post(f"/tickets/{theirs.number}/reveal", reason="看一看").status == 404


def test_paging_through_a_list_shows_every_letter_once(city):
    found, path = [], "/queue?view=open"
    while path:
        page = city.supervisor.get(path)
        found += [row["标题"].split()[-1] for row in page.rows if "期限" in row and row["标题"] != "信件"]
        path = page.link("next")
    ended = ("replied", "closed", "archived", "refused", "merged", "withdrawn", "invalid")
    rows = city.sql(f"SELECT no FROM ticket WHERE state NOT IN {ended} ORDER BY COALESCE(due_on, '9999-12-31'), id")
    assert found == [no for no, in rows] and len(found) > 15


def test_the_start_page_counts_what_its_links_show(city):
    city.citizen.write()
    home = city.registrar.get("/")
    for href, words, _ in home.links:
        if href.startswith("/queue?view=") and words.split()[-1].isdigit() and words.split()[0] in ("待受理", "待分办"):
            shown = re.search(r"共 (\d+) 封", city.registrar.get(href).text)
            assert shown is None or shown[1] == words.split()[-1]
    assert "林知夏" in home.text


def test_after_an_action_the_next_letter_comes(city):
    first, second = city.letter("assigned"), city.letter("assigned")
    page = city.liaison().act(first, "sign")
    assert "已完成“签收”" in page.text and first.number in page.text
    city.liaison().sign(second)


# ---- two at once ----


def test_two_drafts_of_one_letter_are_both_shown(city):
    letter = city.letter("handling")
    one, two = city.fresh("cgj_handler"), city.fresh("cgj_handler")
    forms = [who.open(letter, "/draft").form(f"/tickets/{letter.number}/draft") for who in (one, two)]
    assert two.submit(forms[1], body="第二个窗口的稿子", do="save").status == 200
    clash = one.submit(forms[0], body="第一个窗口的稿子", do="save")
    assert clash.status == 409 and "第一个窗口的稿子" in clash.text and "第二个窗口的稿子" in clash.text
    merged = clash.form(f"/tickets/{letter.number}/draft")
    assert one.submit(merged, body="第二个窗口的稿子和第一个窗口的稿子", do="save").status == 200
    assert "第二个窗口的稿子和第一个窗口的稿子" in two.open(letter, "/draft").text


def test_the_second_of_two_decisions_is_told_and_kept(city):
    letter = city.citizen.write(type="consult")
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="refuse")
    city.registrar2.accept(letter)
    page = city.registrar.submit(form, reason="advert", text="这不是咨询。")
    assert page.status == 409 and "别人刚刚处理过这封信" in page.text and "这不是咨询。" in page.text
    assert city.state(letter) == "accepted"


def test_an_action_that_is_not_possible_any_more_is_told(city):
    letter = city.letter("handling")
    page = city.registrar.forge(letter, "accept")
    assert page.status == 409 and "不能受理" in page.text
    assert city.registrar.post(f"/tickets/{letter.number}/act", action="no-such-thing").status == 400


def test_a_supervisor_urges_from_the_list_of_what_is_late(city):
    letter = city.letter("handling")
    city.clock("2026-10-20 09:00")
    page = city.supervisor.get("/watch?unit=" + city.supervisor.unit_id(UNIT))
    while not page.has_form(f"/tickets/{letter.number}/act"):
        page = city.supervisor.get(page.link("next"))
    done = city.supervisor.submit(page.form(f"/tickets/{letter.number}/act"), action="urge")
    assert done.status == 200 and done.path == "/watch" and "已完成“催办”" in done.text
    assert "已催办" in city.citizen.track(letter).text and city.outbox("urge", letter, "unit") == 1


def test_looking_at_the_form_of_an_action_changes_nothing(city):
    letter = city.citizen.write()
    assert city.registrar.open(letter, "/act?action=accept").status == 200
    assert city.state(letter) == "submitted"
    assert city.publisher.open(letter, "/act?action=accept").status == 403


# ---- the contact ----


def reveals(city, letter):
    return city.sql("SELECT o.login, v.reason FROM reveal v JOIN ticket t ON t.id = v.ticket_id "
                    "JOIN officer o ON o.id = v.officer_id "
                    f"WHERE t.no = '{letter.number}' AND v.purpose = 'view'")


def test_a_contact_is_shown_once_with_a_reason_that_stays(city):
    letter = city.letter("handling")
    handler = city.handler()
    assert letter.phone not in handler.open(letter).html and letter.name not in handler.open(letter).html
    page = handler.reveal(letter, reason="电话核实灯杆位置")
    assert letter.phone in page.text and letter.name in page.text and letter.email in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert reveals(city, letter) == [["cgj_handler", "电话核实灯杆位置"]]
    after = handler.open(letter)
    assert letter.phone not in after.html and "已被查看 1 次" in after.text


def test_without_a_reason_nothing_is_opened(city):
    letter = city.letter("handling")
    for reason in ("", " ", "看"):
        page = city.handler().reveal(letter, reason=reason)
        assert page.status == 422 and letter.phone not in page.html
    assert reveals(city, letter) == []


@pytest.mark.parametrize("who", ["liaison", "dept_reviewer", "supervisor", "publisher", "leader", "office_reviewer"])
def test_who_does_not_call_writers_sees_no_contact(city, who):
    letter = city.letter("handling")
    officer = getattr(city, who)() if who in ("liaison", "dept_reviewer") else getattr(city, who)
    assert not officer.open(letter).has_form(f"/tickets/{letter.number}/reveal")
    page = officer.post(f"/tickets/{letter.number}/reveal", reason="想看看")
    assert page.status == 403 and letter.phone not in page.html
    assert reveals(city, letter) == []


# ---- the account of a date ----


def test_every_day_of_a_term_is_accounted_for(city):
    letter = city.letter("handling")
    page = city.handler().open(letter, "/days?kind=reply")
    assert "国庆节放假，不计入" in page.text and "国庆节调休上班" in page.text
    assert page.text.count("不计入") == 11 and "10月19日（星期一）" in page.text  # day 0, seven days off, a Sunday, a weekend
    assert city.handler().open(letter, "/days?kind=nonsense").status == 404


def test_a_unit_that_has_no_such_letter_learns_nothing(city):
    assert city.handler().get("/tickets/MS-T-20260929-000000-0").status == 404
    assert city.handler().get("/tickets/%2e%2e%2fetc").status in (400, 404)
    assert UNIT in city.handler().get("/").text
