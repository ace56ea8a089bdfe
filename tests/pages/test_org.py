"""Units, people and rights: what administrators do, and what nobody may."""
import re

import pytest
from city import PASSWORD, Officer

OWN = "brown-river-7-stones"  # a password of somebody's own
OTHER = "seven lamps in the rain"


@pytest.fixture
def sysadmin(city):
    return city.officer("sysadmin")


@pytest.fixture
def secadmin(city):
    return city.officer("secadmin")


@pytest.fixture
def auditor(city):
    return city.officer("auditadmin")


def add(city, secadmin, roles, unit="市城市管理局", name="新同事"):
    """A new account made at the desk: (the person at another computer, the first password)."""
    login = f"staff{next(city.count)}"
    page = secadmin.submit(secadmin.get("/admin/people/new").form("/admin/people/new"), login=login, name=name, unit=unit,
                           role=roles)
    assert page.status == 200 and "已新建" in page.text, page.errors or page.text
    first = page.words_of("password")
    city.said |= {first, OWN, OTHER}
    return Officer(city, login, first)


def settled(city, secadmin, roles, **who):
    """The same after the first login, with a password of one's own."""
    person = add(city, secadmin, roles, **who)
    assert change(person, person.password, OWN).path == "/me"
    person.password = OWN
    return person


def change(person, old, new, again=None):
    return person.submit(person.get("/password").form("/password"), old=old, fresh=new, again=again or new)


def do(secadmin, login, what, **fields):
    form = secadmin.get(f"/admin/people/{login}").form(f"/admin/people/{login}/do", do=what)
    return secadmin.submit(form, **{"reason": "按通知办理", **fields})


def edit(secadmin, login, **fields):
    form = secadmin.get(f"/admin/people/{login}/edit").form(f"/admin/people/{login}/edit")
    return secadmin.submit(form, **{"reason": "工作调整", **fields})


def leave(who, path, stand_in, first, last):
    form = who.get(path).form(path + "/leave")
    choices = {text: value for text, value in form.options["stand_in"].items() if text.startswith(stand_in)}
    return who.submit(form, stand_in=next(iter(choices.values())), until=last, **{"from": first})


def allot(who, letter, name):
    form = who.open(letter).form(f"/tickets/{letter.number}/act", action="allot")
    value = next(value for text, value in form.options["officer"].items() if text.startswith(name))
    return who.submit(form, officer=value)


# ---- passwords ----


def test_a_first_password_opens_nothing_but_the_change_of_it(city, secadmin):
    person = add(city, secadmin, ["handler"])
    person.log_in(person.password)
    for path in ("/", "/queue", "/me", "/admin/roles"):
        assert person.get(path).path == "/password", path
    assert person.post("/me/leave", stand_in="1").status == 403
    assert change(person, person.password, OWN).path == "/me"
    assert person.get("/queue").status == 200
    assert Officer(city, person.login, OWN).get("/").status == 200
    assert "用户名或密码不对" in city.fresh(person.login).log_in(person.password).text


def test_a_first_password_is_good_for_a_day(city, secadmin):
    person = add(city, secadmin, ["handler"])
    city.clock("2026-09-30 17:00")
    assert "初始密码已经过期" in person.log_in(person.password).text


@pytest.mark.parametrize("new,why", [
    ("short", "至少 12 个字符"), ("123456789012", "有规律"), ("password2026!", "常见"), ("{login}-20260929", "常见"),
    ("minsheng2026admin", "常见"), ("abcabcabcabc", "有规律"),
])
def test_a_password_that_is_guessed_first_is_refused(city, secadmin, new, why):
    person = add(city, secadmin, ["handler"])
    person.log_in(person.password)
    page = change(person, person.password, new.format(login=person.login))
    assert page.status == 422 and why in " ".join(page.errors)
    assert new.format(login=person.login) not in page.html


def test_a_change_of_password_wants_the_old_one_and_ends_other_logins(city, secadmin):
    person = settled(city, secadmin, ["handler"])
    elsewhere = Officer(city, person.login, OWN)
    assert elsewhere.get("/").path == "/"
    assert "原密码不对" in " ".join(change(person, "not the old one", OTHER).errors)
    assert "不一样" in " ".join(change(person, OWN, OTHER, again=OTHER + "s").errors)
    assert change(person, OWN, OTHER).path == "/me"
    assert person.get("/me").path == "/me"
    assert "登录工作台" in elsewhere.send("GET", "/").text


def test_guessing_the_old_password_is_slowed_down_like_a_login(city, secadmin):
    person = settled(city, secadmin, ["handler"])
    for _ in range(8):
        page = change(person, "not the old one", OTHER)
    assert page.status == 429 and "连续多次密码不对" in " ".join(page.errors)
    assert change(person, OWN, OTHER).status == 429


def test_a_reset_needs_a_reason_and_ends_the_logins(city, secadmin):
    person = settled(city, secadmin, ["handler"])
    assert person.get("/").path == "/"
    page = do(secadmin, person.login, "reset", reason="", checked="")
    assert page.status == 422 and len(page.errors) == 2
    page = do(secadmin, person.login, "reset", reason="忘记密码", checked="本人到场，核对工作证")
    first = page.words_of("password")
    city.said.add(first)
    assert person.send("GET", "/").path == "/login"
    assert Officer(city, person.login, first).log_in(first).path == "/password"
    assert "本人到场" in city.one("SELECT what FROM org_event WHERE kind = 'reset' ORDER BY id DESC LIMIT 1")


# ---- people and roles ----


@pytest.mark.parametrize("roles", [["sys_admin", "sec_admin"], ["audit_admin", "sys_admin"], ["sec_admin", "handler"],
                                   ["audit_admin", "registrar"], ["sys_admin", "liaison"]])
def test_three_administrators_are_three_persons_without_letters(city, secadmin, roles):
    form = secadmin.get("/admin/people/new").form("/admin/people/new")
    page = secadmin.submit(form, login=f"both{next(city.count)}", name="兼任人", unit="市教育局", role=roles)
    assert page.status == 422 and ("三个人分别担任" in page.text or "不办理信件" in page.text)
    assert "兼任人" in page.html  # what was typed is still there
    made = city.ctl("user", "add", f"ctl{next(city.count)}", "--unit", "jyj", *[w for r in roles for w in ("--role", r)])
    assert made.returncode != 0


def test_the_database_itself_keeps_administrators_apart(city):
    for login, role in (("secadmin", "handler"), ("secadmin", "audit_admin"), ("cgj_handler", "sys_admin")):
        with pytest.raises(RuntimeError):
            city.sql(f"INSERT INTO officer_role SELECT id, '{role}' FROM officer WHERE login = '{login}'")


def test_nobody_changes_the_own_roles(city, secadmin):
    page = edit(secadmin, "secadmin", role=["audit_admin"])
    assert page.status == 403 and "另一位安全管理员" in page.text
    page = do(secadmin, "secadmin", "disable")
    assert page.status == 403 and "不能停用自己" in page.text


@pytest.fixture
def nobody_else_administers(city):
    """Scenarios before this one may have left people with the same role."""
    others = [i for i, in city.sql("SELECT o.id FROM officer o JOIN officer_role r ON r.officer_id = o.id AND r.role = 'sec_admin' "
                                   "WHERE o.active AND o.login <> 'secadmin'")] or ["0"]
    city.sql(f"UPDATE officer SET active = FALSE WHERE id IN ({','.join(map(str, others))})")
    yield
    city.sql(f"UPDATE officer SET active = TRUE WHERE id IN ({','.join(map(str, others))})")


def test_the_last_security_administrator_stays(city, secadmin, nobody_else_administers):
    done = city.ctl("user", "disable", "secadmin")
    assert done.returncode != 0 and city.one("SELECT active FROM officer WHERE login = 'secadmin'") == "1"
    second = settled(city, secadmin, ["sec_admin"], unit="民声市人民政府办公室")
    page = do(second, "secadmin", "disable")
    assert page.status == 200 and city.one("SELECT active FROM officer WHERE login = 'secadmin'") == "0"
    page = do(second, "secadmin", "enable")
    assert city.one("SELECT active FROM officer WHERE login = 'secadmin'") == "1"
    do(secadmin, second.login, "disable")


def test_roles_change_at_once_and_with_a_reason(city, secadmin):
    person = settled(city, secadmin, ["handler"])
    assert edit(secadmin, person.login, role=["publisher"], reason="").status == 422
    assert edit(secadmin, person.login, role=["publisher"], name="周改名").status == 200
    assert person.get("/publish").status == 200
    assert "原为承办人，改为发布员" in secadmin.get(f"/admin/people/{person.login}").text


def test_who_is_disabled_is_out_at_once(city, secadmin):
    person = settled(city, secadmin, ["handler"])
    assert person.get("/").path == "/"
    do(secadmin, person.login, "disable")
    assert person.send("GET", "/").path == "/login"
    assert "用户名或密码不对" in person.log_in(OWN).text


def test_logins_are_ended_by_the_security_administrator(city, secadmin):
    person = settled(city, secadmin, ["handler"])
    assert person.get("/").path == "/"
    do(secadmin, person.login, "sessions")
    assert person.send("GET", "/").path == "/login"


def test_people_are_found_by_name_unit_role_and_state(city, secadmin):
    assert "江一帆" in secadmin.get("/admin/people?words=cgj_h").text
    page = secadmin.get("/admin/people?role=audit_admin")
    assert "明察秋" in page.text and "江一帆" not in page.text
    page = secadmin.get("/admin/people?unit=cgj&state=away")
    assert "何晓舟" in page.text and "季听澜代理" in page.text and "江一帆" not in page.text


def test_a_unit_sees_its_own_people_only(city, secadmin):
    reviewer = city.dept_reviewer()
    page = reviewer.get("/admin/people")
    assert "江一帆" in page.text and "陆成栋" not in page.text
    assert reviewer.get("/admin/people/zjj_handler").status == 404
    assert reviewer.get("/admin/people/zjj_handler/handover").status == 404
    assert reviewer.post("/admin/people/cgj_handler/do", do="disable", reason="不行").status == 403
    assert reviewer.get("/admin/people/cgj_handler/edit").status == 403


# ---- stand-ins ----


@pytest.mark.row("ASSIGNED", "SIGN", "HANDLING")
def test_a_stand_in_acts_in_the_name_of_who_is_away_and_no_longer(city, secadmin):
    away = settled(city, secadmin, ["liaison"], unit="市教育局", name="钱联络")
    stand_in = settled(city, secadmin, ["co_handler"], unit="市教育局", name="孙代理")
    letter = city.letter("assigned", unit="市教育局")
    assert stand_in.open(letter).status == 404
    assert leave(away, "/me", "孙代理", "2026-09-29", "2026-09-30").path == "/me"
    page = stand_in.get("/")
    assert "您正在代理 钱联络 至9月30日" in page.text
    stand_in.act(letter, "sign")
    assert "孙代理（代钱联络）" in stand_in.open(letter).text
    assert city.state(letter) == "handling"
    city.clock("2026-10-09 09:00")  # it has ended by itself
    assert stand_in.open(letter).status == 404 and "正在代理" not in stand_in.get("/").text


def test_a_stand_in_approves_nothing_of_the_own(city, secadmin):
    reviewer = settled(city, secadmin, ["dept_reviewer"], unit="市交通运输局", name="李审核")
    handler = settled(city, secadmin, ["handler"], unit="市交通运输局", name="吴承办")
    letter = city.letter("handling", unit="市交通运输局")
    leave(secadmin, f"/admin/people/{reviewer.login}", "吴承办", "2026-09-29", "2026-10-20")
    handler.submit_reply(letter)
    assert "approve_reply" not in handler.offered(letter)
    page = handler.forge(letter, "approve_reply")
    assert page.status == 403 and city.state(letter) == "in_review"


def test_a_stand_in_may_ask_for_the_contact_and_the_vault_agrees(city, secadmin):
    away = settled(city, secadmin, ["handler"], unit="市教育局", name="周承办")
    stand_in = settled(city, secadmin, ["co_handler"], unit="市教育局", name="吴替班")
    letter = city.letter("handling", unit="市教育局")
    leave(away, "/me", "吴替班", "2026-09-29", "2026-10-09")
    assert letter.phone in stand_in.reveal(letter).text


def test_a_leave_ends_early(city, secadmin):
    away = settled(city, secadmin, ["liaison"], unit="市教育局", name="郑联络")
    stand_in = settled(city, secadmin, ["co_handler"], unit="市教育局", name="王替班")
    leave(away, "/me", "王替班", "2026-09-28", "2026-10-09")
    assert "正在代理" in stand_in.get("/").text
    away.submit(away.get("/me").form("/me/back"))
    assert "正在代理" not in stand_in.get("/").text


def test_leave_that_overlaps_goes_round_or_is_of_administrators_is_refused(city, secadmin):
    one = settled(city, secadmin, ["handler"], unit="市教育局", name="甲同事")
    two = settled(city, secadmin, ["handler"], unit="市教育局", name="乙同事")
    settled(city, secadmin, ["handler"], unit="市教育局", name="丙同事")
    assert leave(one, "/me", "乙同事", "2026-10-09", "2026-10-15").status == 200
    page = leave(one, "/me", "丙同事", "2026-10-15", "2026-10-20")
    assert page.status == 422 and "已经登记了休假，不能重叠" in page.text
    page = leave(two, "/me", "甲同事", "2026-10-12", "2026-10-13")
    assert page.status == 422 and "正代理甲同事" in page.text
    page = leave(two, "/me", "丙同事", "2026-10-20", "2026-10-19")
    assert page.status == 422 and "最后一天不能早于第一天" in page.text
    assert leave(two, "/me", "丙同事", "2026-09-01", "2026-09-02").status == 422
    assert not secadmin.get("/me").has_form("/me/leave") and "不能代理" in secadmin.get("/me").text
    page = secadmin.post("/me/leave", stand_in=city.one("SELECT id FROM officer WHERE login = 'leader1'"),
                         **{"from": "2026-10-09", "until": "2026-10-10"})
    assert page.status == 422 and "管理员的工作不能代理" in page.text


# ---- allotting and handing over ----


@pytest.mark.row("HANDLING", "ALLOT", "HANDLING")
def test_a_letter_is_allotted_and_the_handler_told(city):
    letter = city.letter("handling")
    allot(city.dept_reviewer(), letter, "季听澜")
    assert city.field(letter, "handler_id") == city.one("SELECT id FROM officer WHERE login = 'cgj_handler2'")
    assert "承办人：季听澜" in city.dept_reviewer().open(letter).text
    assert letter.number in city.mail("cgj_handler2@cgj.minsheng.invalid", f"请您承办：来信 {letter.number}")
    stranger = city.one("SELECT id FROM officer WHERE login = 'zjj_handler'")
    assert city.dept_reviewer().forge(letter, "allot", officer=stranger).status == 422
    assert city.handler().forge(letter, "allot", officer=stranger).status == 403


@pytest.mark.row("ANY_OPEN", "HAND_OVER", "SAME")
def test_a_leaver_hands_over_everything_in_one_step(city, secadmin):
    unit = "市生态环境局"
    leaver = settled(city, secadmin, ["handler", "liaison"], unit=unit, name="高离任")
    first = settled(city, secadmin, ["handler"], unit=unit, name="林接手")
    second = settled(city, secadmin, ["handler"], unit=unit, name="何接手")
    letters = [city.letter("handling", unit=unit) for _ in range(3)]
    for letter in letters[:2]:
        allot(leaver, letter, "高离任")
    leaver.submit(leaver.open(letters[2], "/draft").form(f"/tickets/{letters[2].number}/draft"), body="写了一半的答复", do="save")
    page = do(secadmin, leaver.login, "disable")
    assert page.status == 409 and "请先移交" in page.text
    page = edit(secadmin, leaver.login, unit="市教育局")
    assert page.status == 409 and "请先移交" in page.text
    page = secadmin.get(f"/admin/people/{leaver.login}/handover")
    assert "3 封没办结的信件" in page.text and all(letter.number in page.text for letter in letters)
    assert letters[0].title not in page.html  # administrators read no letters
    form = page.form(f"/admin/people/{leaver.login}/handover")
    assert secadmin.submit(form).status == 422
    ids = [city.one(f"SELECT id FROM officer WHERE login = '{who.login}'") for who in (first, second)]
    page = secadmin.submit(form, colleague=ids)
    assert page.path == f"/admin/people/{leaver.login}" and "全部移交" in page.text
    now = [city.field(letter, "handler_id") for letter in letters]
    assert sorted(now.count(one) for one in ids) == [1, 2]
    taker = first if now[2] == ids[0] else second
    assert "写了一半的答复" in taker.open(letters[2], "/draft").html
    for letter in letters:
        assert "移交给" in city.officer("sthj_reviewer").open(letter).text
    again = secadmin.get(f"/admin/people/{leaver.login}/handover")
    assert "没有未办结的信件" in again.text
    steps = city.one("SELECT COUNT(*) FROM history WHERE action = 'hand_over'")
    secadmin.submit(form, colleague=ids)  # sent twice
    assert city.one("SELECT COUNT(*) FROM history WHERE action = 'hand_over'") == steps
    assert do(secadmin, leaver.login, "disable").status == 200


def test_a_hand_over_that_was_killed_in_between_goes_on(city, secadmin):
    unit = "市公安局"
    leaver = settled(city, secadmin, ["handler", "liaison"], unit=unit, name="袁离任")
    taker = settled(city, secadmin, ["handler"], unit=unit, name="苗接手")
    letters = [city.letter("handling", unit=unit) for _ in range(3)]
    for letter in letters:
        allot(leaver, letter, "袁离任")
    form = secadmin.get(f"/admin/people/{leaver.login}/handover").form(f"/admin/people/{leaver.login}/handover")
    city.ctl("act", letters[1].number, "hand_over", "--as", "secadmin", "--set", f"officer={taker.login}", "--set",
             f"leaver={leaver.login}", check=True)  # as far as it had come
    assert "2 封没办结的信件" in secadmin.get(f"/admin/people/{leaver.login}/handover").text
    taker_id = city.one(f"SELECT id FROM officer WHERE login = '{taker.login}'")
    assert "全部移交" in secadmin.submit(form, colleague=[taker_id]).text
    assert {city.field(letter, "handler_id") for letter in letters} == {taker_id}
    for letter in letters:
        steps = "SELECT COUNT(*) FROM history h JOIN ticket t ON t.id = h.ticket_id WHERE h.action = 'hand_over' AND t.no = "
        assert city.one(f"{steps} '{letter.number}'") == "1"


def test_the_trail_of_a_hand_over_says_what_was_done_whatever_the_form_says(city, secadmin):
    unit = "市公安局"
    leaver = settled(city, secadmin, ["handler", "liaison"], unit=unit, name="鲁离任")
    taker = settled(city, secadmin, ["handler"], unit=unit, name="韦接手")
    allot(leaver, city.letter("handling", unit=unit), "鲁离任")
    path = f"/admin/people/{leaver.login}/handover"
    taker_id = city.one(f"SELECT id FROM officer WHERE login = '{taker.login}'")
    secadmin.submit(secadmin.get(path).form(path), colleague=[taker_id], done="500")
    assert "鲁离任的 1 封信件" in city.one("SELECT what FROM org_event WHERE kind = 'handover' ORDER BY id DESC LIMIT 1")


def test_a_hand_over_is_no_button_of_a_letter(city):
    letter = city.letter("handling")
    assert "hand_over" not in city.dept_reviewer().offered(letter)
    taker = city.one("SELECT id FROM officer WHERE login = 'cgj_handler2'")
    assert city.dept_reviewer().forge(letter, "hand_over", officer=taker).status == 422


def test_the_operator_gives_a_first_password_when_nobody_else_can(city):
    first = city.ctl("user", "password", "duty1", check=True).stdout.strip()
    city.said.add(first)
    assert Officer(city, "duty1", first).log_in(first).path == "/password"
    city.sql("UPDATE officer_secret s JOIN officer o ON o.id = s.officer_id JOIN officer k ON k.login = 'leader1' JOIN officer_secret "
             "ks ON ks.officer_id = k.id SET s.password_hash = ks.password_hash, s.must_change = 0 WHERE o.login = 'duty1'")


def test_stand_ins_are_handed_over_too(city, secadmin):
    unit = "市自然资源和规划局"
    leaver = settled(city, secadmin, ["handler"], unit=unit, name="马离任")
    taker = settled(city, secadmin, ["handler"], unit=unit, name="罗接手")
    away = settled(city, secadmin, ["liaison"], unit=unit, name="梁休假")
    leave(away, "/me", "马离任", "2026-09-28", "2026-10-20")
    page = secadmin.get(f"/admin/people/{leaver.login}/handover")
    assert "代理梁休假" in page.text
    taker_id = city.one(f"SELECT id FROM officer WHERE login = '{taker.login}'")
    secadmin.submit(page.form(f"/admin/people/{leaver.login}/handover"), colleague=[taker_id])
    assert "您正在代理 梁休假" in taker.get("/").text and "正在代理" not in leaver.get("/").text


def test_nobody_takes_over_anothers_roles_by_the_own_hand(city, secadmin):
    liaison = settled(city, secadmin, ["liaison"], unit="市教育局", name="陆联络")
    reviewer = settled(city, secadmin, ["dept_reviewer"], unit="市教育局", name="白审核")
    path = f"/admin/people/{reviewer.login}"
    assert not any(text.startswith("陆联络") for text in liaison.get(path).form(path + "/leave").options["stand_in"])
    mine = city.one(f"SELECT id FROM officer WHERE login = '{liaison.login}'")
    page = liaison.post(path + "/leave", stand_in=mine, until="2026-10-20", **{"from": "2026-09-28"})
    assert page.status == 403 and "不能登记由您自己代理别人" in page.text
    assert city.one(f"SELECT COUNT(*) FROM absence WHERE stand_in_id = {mine}") == "0"
    assert leave(secadmin, path, "陆联络", "2026-09-28", "2026-10-20").path == path


def test_nor_by_a_hand_over_to_oneself(city, secadmin):
    unit = "市教育局"
    taker = settled(city, secadmin, ["liaison", "handler"], unit=unit, name="方自接")
    leaver = settled(city, secadmin, ["handler"], unit=unit, name="任离职")
    reviewer = settled(city, secadmin, ["dept_reviewer"], unit=unit, name="柳审核")
    leave(reviewer, "/me", "任离职", "2026-09-28", "2026-10-20")
    mine = city.one(f"SELECT id FROM officer WHERE login = '{taker.login}'")
    path = f"/admin/people/{leaver.login}/handover"
    page = taker.submit(taker.get(path).form(path), colleague=[mine])
    assert page.status == 409 and "换代理人" in page.text
    assert city.one(f"SELECT COUNT(*) FROM absence WHERE stand_in_id = {mine}") == "0"


def test_who_becomes_an_administrator_stands_in_for_nobody(city, secadmin):
    away = settled(city, secadmin, ["handler"], unit="市教育局", name="季承办")
    stand_in = settled(city, secadmin, ["co_handler"], unit="市教育局", name="符替班")
    letter = city.letter("handling", unit="市教育局")
    leave(away, "/me", "符替班", "2026-09-28", "2026-10-20")
    assert stand_in.open(letter).status == 200
    assert edit(secadmin, stand_in.login, role=["audit_admin"]).status == 200
    assert stand_in.open(letter).status == 403 and "正在代理" not in stand_in.get("/").text


def test_what_was_typed_opens_no_page_before_the_first_password_is_changed(city, secadmin):
    letter = city.letter("handling")
    person = add(city, secadmin, ["handler"])
    typed = "您好！来信收悉，路灯已经修好。"
    page = person.send("POST", f"/tickets/{letter.number}/draft", data={"body": typed, "do": "save", "csrf": "x"})
    page = person.submit(page.form("/login"), login=person.login, password=person.password)
    assert typed in page.html and "初始密码" in page.text and letter.title not in page.html
    assert person.get("/").path == "/password"


# ---- units ----


def unit_do(who, code, what, **fields):
    form = who.get(f"/admin/units/{code}").form(f"/admin/units/{code}/do", do=what)
    return who.submit(form, **fields)


def test_a_unit_is_added_changed_and_switched_off(city, sysadmin):
    code = f"unit{next(city.count)}"
    form = sysadmin.get("/admin/units/new").form("/admin/units/new")
    page = sysadmin.submit(form, code=code, name="")
    assert page.status == 422 and "名称" in " ".join(page.errors) and code in page.html
    page = sysadmin.submit(form, code=code, name=f"市试验局{code}", short_name="市试验局", parent="szf", kind="government")
    assert page.path == f"/admin/units/{code}" and "新建单位" in page.text
    page = sysadmin.submit(form, code=code, name="市重名局", short_name="重名局", kind="government")
    assert page.status == 409 and "已经有" in page.text
    page = sysadmin.submit(sysadmin.get(f"/admin/units/{code}/edit").form(f"/admin/units/{code}/edit"), parent=code)
    assert page.status == 422 and "上级单位不能是本单位" in page.text
    assert unit_do(sysadmin, code, "off", reason="").status == 422
    assert "已停用" in unit_do(sysadmin, code, "off", reason="机构撤并").text


def test_a_unit_with_open_letters_is_not_switched_off(city, sysadmin):
    letter = city.letter("handling", unit="市住房和城乡建设局")
    page = sysadmin.get("/admin/units/zjj")
    assert not page.has_form("/admin/units/zjj/do", do="off") and "不能停用" in page.text
    page = sysadmin.post("/admin/units/zjj/do", do="off", reason="试一试")
    assert page.status == 409 and "改派" in page.text and letter.title not in page.html


def test_a_change_of_the_responsible_person_is_filed_seven_days_ahead(city, sysadmin):
    fields = {"duty": "responsible", "name": "新责任人", "post": "主任"}
    page = unit_do(sysadmin, "jtj", "duty", **fields, **{"from": "2026-10-03"})
    assert page.status == 422 and "最早 2026-10-06" in page.text and "新责任人" in page.html
    page = unit_do(sysadmin, "jtj", "duty", **fields, **{"from": "2026-10-10"})
    assert page.status == 200 and "4 天内须报备" in page.text
    assert "4 天内须报备" in sysadmin.get("/admin/units").text
    city.clock("2026-10-05 09:00")
    assert "报备已晚 2 天" in sysadmin.get("/admin/units").text
    page = unit_do(sysadmin, "jtj", "filed", on="2026-10-05", **{"as": "备案 3 号"})
    assert "已报备，备案 3 号，晚了 2 天" in page.text and "车同行" in page.text
    assert "车同行" in sysadmin.get("/admin/units").row("市交通运输局")["责任人"]
    city.clock("2026-10-10 09:00")
    assert "新责任人" in sysadmin.get("/admin/units").row("市交通运输局")["责任人"]
    assert "新责任人" in sysadmin.get("/admin/units.csv").html


def test_a_change_that_has_not_begun_can_be_taken_back(city, sysadmin):
    unit_do(sysadmin, "rsj", "duty", duty="responsible", name="取消了的", **{"from": "2026-10-20"})
    page = unit_do(sysadmin, "rsj", "duty", duty="responsible", name="后一位", **{"from": "2026-10-12"})
    assert page.status == 422 and "可以先撤销" in page.text
    page = unit_do(sysadmin, "rsj", "undo", reason="任命推迟")
    assert page.status == 200 and "撤销负责人变更" in page.text
    assert city.one("SELECT COUNT(*) FROM unit_duty d JOIN unit u ON u.id = d.unit_id WHERE u.code = 'rsj' AND "
                    "d.duty = 'responsible' AND d.to_on IS NULL AND d.undone_at IS NULL") == "1"


# ---- who sees what, and the trail ----


def test_what_somebody_sees_agrees_with_what_they_open(city, secadmin):
    page = secadmin.get("/admin/people/cgj_handler2/sees")
    stand_in = city.officer("cgj_handler2")
    told = set(re.findall(r"/[a-z/:]*", page.text))
    for path in ("/queue", "/admin/people", "/me", "/password"):
        assert path in told and stand_in.get(path).status == 200
    for path in ("/watch", "/admin/units", "/admin/audit"):
        assert path not in told and stand_in.get(path).status == 403
    letters = int(re.search(r"共 (\d+) 封", page.text)[1])
    unit = city.one("SELECT id FROM unit WHERE code = 'cgj'")
    mine = city.one("SELECT COUNT(DISTINCT t.id) FROM ticket t LEFT JOIN assignment a ON a.ticket_id = t.id AND a.role = 'co' AND "
                    f"a.ended_at IS NULL WHERE (t.unit_id = {unit} OR a.unit_id = {unit}) AND t.id NOT IN "
                    f"(SELECT ticket_id FROM recusal WHERE lifted_at IS NULL AND unit_id = {unit})")
    assert letters == int(mine)
    assert "代理何晓舟（部门联络员）" in page.text
    assert "看不到任何来信" in secadmin.get("/admin/people/auditadmin/sees").text


def test_the_auditor_sees_who_did_what_and_takes_it_away(city, secadmin, auditor):
    person = settled(city, secadmin, ["handler"], name="被记录的")
    page = auditor.get(f"/admin/audit?person={person.login}")
    assert "新建账号" in page.text and "修改密码" in page.text and "安如山（secadmin）" in page.text
    city.fresh(person.login).log_in("wrong wrong wrong")
    page = auditor.get(f"/admin/audit?view=login&person={person.login}")
    assert "登录失败" in page.text and "密码不对" in page.text
    letter = city.letter("handling")
    city.handler().reveal(letter)
    page = auditor.get("/admin/audit?view=reveal&person=" + city.handler().login)
    assert letter.number in page.text and letter.phone not in page.html
    assert auditor.open(letter).status == 403
    table = auditor.submit(page.form("/admin/audit.csv"))
    assert letter.number in table.html and "csv" in table.headers["Content-Type"]
    assert "导出审计记录" in auditor.get("/admin/audit").text
    assert auditor.get("/admin/audit?from=2026-09-29&to=2026-09-28").status == 200
    assert "没有符合条件的记录" in auditor.get("/admin/audit?person=nobody-there").text
    assert auditor.get("/admin/audit?from=yesterday").status == 422


def test_the_trail_is_paged_without_a_gap(city, auditor):
    seen, path = [], "/admin/audit"
    while path:
        page = auditor.get(path)
        seen += [row["标题"] + row["谁"] + row["对谁、内容"] for row in page.rows]
        path = page.link("next")
    admin = "NOT IN ('login','login_failed','logout')"
    assert len(seen) == int(city.one(f"SELECT COUNT(*) FROM org_event WHERE kind {admin}"))


@pytest.mark.parametrize("statement", ["UPDATE org_event SET what = 'x' LIMIT 1", "DELETE FROM org_event LIMIT 1"])
def test_the_trail_is_append_only(city, statement):
    with pytest.raises(RuntimeError, match="append-only"):
        city.sql(statement)


def test_demo_people_keep_their_password(city):
    assert Officer(city, "cgj_handler", PASSWORD).get("/").path == "/"
