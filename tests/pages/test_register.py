"""登记来信: letters by telephone, at the counter, on paper, from a superior, taken down at the desk on one screen."""
import re

import pytest
from browser import squeeze
from city import BODY, NAMES, Letter

ANSWER = "您好！居住证满半年即可申请，带身份证和租赁合同到青山街道便民服务中心二号窗口办理，当场受理。"
NASTY = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def filled(city, **changed):
    n = next(city.count)
    given = {"channel": "hotline", "type": "consult", "title": f"居住证怎样办理 {n}", "body": BODY, "publish": "yes",
             "name": NAMES[n % len(NAMES)], "phone": f"1390002{n:04d}"}
    given.update(changed)
    city.said |= {value for key, value in given.items() if key in ("title", "body", "phone", "email", "reply") and len(value) > 6}
    return given


def attempt(city, who=None, to=None, **changed):
    who = who or city.registrar
    given = filled(city, **changed)
    return who.submit(who.get("/register").form("/register"), to=to, **given), given


def register(city, who=None, **changed):
    page, given = attempt(city, who, **changed)
    assert page.status == 200 and "已登记" in page.text, page.errors or page.text
    code = page.by_id["code"][1]["data-value"]
    city.said.add(code)
    due = re.search(r"最迟答复 (\S+)", page.text)[1]
    return Letter(page.words_of("number"), code, due, given["name"], given["phone"], "", given["title"], page)


# ---- the usual ways in ----


@pytest.mark.parametrize("channel,words", [("hotline", "12345 热线"), ("visit", "来访"), ("paper", "来信"), ("wechat", "微信")])
def test_a_letter_of_each_channel_is_taken_down_and_goes_its_way(city, channel, words):
    letter = register(city, channel=channel)
    assert city.state(letter) == "submitted" and city.field(letter, "channel") == channel
    assert city.timer(letter, "accept")[0] == "running" and letter.due == "10月13日（星期二）"
    assert f"方式 {words}" in city.registrar.open(letter).text and "登记人 林知夏" in city.registrar.open(letter).text
    assert letter.title in city.citizen.track(letter).text  # the code on the slip opens it


def test_what_a_superior_hands_down_is_accepted_at_once_and_due_by_the_earlier_day(city):
    letter = register(city, channel="superior_transfer", external_system="省长信箱", external_no="SZX-900", due_on="2026-09-30",
                      phone="", name="")
    assert city.state(letter) == "accepted" and letter.due == "9月30日（星期三）"
    assert city.timer(letter, "reply") == ("running", city.due_on(letter)) and str(city.due_on(letter)) == "2026-09-30"
    assert "省长信箱 SZX-900" in city.registrar.open(letter).text
    later = register(city, channel="superior_transfer", external_system="省长信箱", external_no="SZX-901", due_on="2026-12-30")
    assert str(city.due_on(later)) == "2026-10-12"


def test_the_number_of_another_system_is_kept_for_any_letter(city):
    letter = register(city, external_system="12345 平台", external_no="GD-77")
    assert city.state(letter) == "submitted" and "12345 平台 GD-77" in city.registrar.open(letter).text


def test_a_number_that_was_taken_down_before_shows_the_letter_and_keeps_what_was_typed(city):
    first = register(city, channel="superior_transfer", external_system="省长信箱", external_no="SZX-950")
    before = city.one("SELECT COUNT(*) FROM ticket")
    page, given = attempt(city, channel="superior_transfer", external_system="省长信箱", external_no="SZX-950", title="另外一个标题在此")
    assert page.status == 409 and f"打开 {first.number}" in page.text and "这个编号已经登记过" in page.errors
    assert page.form("/register").value("title") == "另外一个标题在此" and page.form("/register").value("body") == BODY
    assert city.one("SELECT COUNT(*) FROM ticket") == before


# ---- when it came ----


def test_a_paper_letter_of_two_days_ago_counts_from_then(city):
    city.clock("2026-09-25 10:00")
    letter = register(city, channel="paper", received_on="2026-09-23", received_time="09:30")
    assert city.field(letter, "received_on") == "2026-09-23" and "9月23日 09:30" in letter.page.text
    assert str(city.timer(letter, "accept")[1]) == "2026-09-24"
    assert city.field(letter, "received_at") == "2026-09-23 01:30:00"
    after_hours = register(city, channel="paper", received_on="2026-09-23", received_time="19:00")
    assert city.field(after_hours, "received_on") == "2026-09-24" and "按9月24日（星期四）收到计算" in after_hours.page.text
    no_time = register(city, channel="paper", received_on="2026-09-23")
    assert city.field(no_time, "received_on") == "2026-09-23"


@pytest.mark.parametrize("received_on,received_time,words", [
    ("2026-09-30", "", "收到时间不能晚于现在"),
    ("", "16:30", "收到时间不能晚于现在"),
    ("2026-08-01", "", "只能登记最近 30 天收到的来信"),
    ("1926-09-29", "", "只能登记最近 30 天收到的来信"),
    ("2026-02-30", "", "收到日期应是日期"),
    ("9999-99-99", "", "收到日期应是日期"),
    ("2026-09-28", "25:00", "时间应像 09:30"),
    ("2026-09-28", "9点半", "时间应像 09:30"),
    ("2026-09-28", "-1:-1", "时间应像 09:30"),
])
def test_a_time_that_cannot_be_is_refused_and_stays(city, received_on, received_time, words):
    page, _ = attempt(city, received_on=received_on, received_time=received_time)
    assert page.status == 422 and any(words in error for error in page.errors), page.errors
    form = page.form("/register")
    assert form.value("received_on") == received_on and form.value("received_time") == received_time


def test_a_late_registered_letter_is_late_and_says_so(city):
    city.clock("2026-09-25 10:00")
    letter = register(city, channel="paper", received_on="2026-09-01")
    assert letter.due == "9月9日（星期三）"
    assert "超期" in city.registrar.open(letter).text


# ---- mistakes ----


def test_everything_that_is_missing_is_said_at_once(city):
    form = city.registrar.get("/register").form("/register")
    page = city.registrar.submit(form, channel=[])
    words = " ".join(page.errors)
    assert page.status == 422
    for part in ("请选择来源", "请选择类型", "请填写标题", "请填写内容", "请选择可不可以公开", "怎样得到答复"):
        assert part in words, part


def test_what_was_typed_survives_every_mistake(city):
    page, given = attempt(city, channel="paper", title="短", phone="12", email="x@", demand="诉求", place="望湖路", unit="cgj",
                          external_system="12345 平台", external_no="GD-1", reply="口头答复", result="guided", answer_by="post")
    assert page.status == 422
    form = page.form("/register")
    for name, value in given.items():
        assert form.value(name) == value, name


@pytest.mark.parametrize("changed,words", [
    ({"title": "灯" * 61}, "标题不能超过 60 个字，现在有 61 个字"),
    ({"body": "灯" * 3001}, "内容不能超过 3000 个字"),
    ({"place": "路" * 61}, "地点不能超过 60 个字"),
    ({"name": "人" * 31}, "姓名不能超过 30 个字"),
    ({"external_system": "系" * 41, "external_no": "1"}, "系统名称不能超过 40 个字"),
    ({"external_system": "省", "external_no": "1" * 81}, "外部编号不能超过 80 个字"),
    ({"unit": "sjzg"}, "请从列表中选择单位"),
    ({"unit": "no-such"}, "请从列表中选择单位"),
    ({"channel": "pigeon"}, "来源请从列出的选项中选择"),
    ({"type": "love"}, "类型请从列出的选项中选择"),
    ({"channel": "superior_transfer"}, "请填写这个编号是哪个系统的"),
    ({"channel": "superior_transfer", "external_system": "省长信箱"}, "上级转办的，请填写上级的编号"),
    ({"due_on": "2026-10-10"}, "只有上级转办的来信有上级要求的日期"),
    ({"channel": "superior_transfer", "external_system": "省", "external_no": "2", "due_on": "2126-10-10"}, "离今天太远"),
    ({"phone": ""}, "没有留电话和邮箱，请选择写信人怎样得到答复"),
    ({"reply": ANSWER}, "请选择办理结果"),
    ({"reply": ANSWER, "result": "nonsense"}, "请选择办理结果"),
    ({"result": "guided"}, "请写下当场告诉写信人的话"),
    ({"reply": ANSWER, "result": "guided", "type": "complaint"}, "当场答复只用于咨询"),
    ({"reply": ANSWER, "result": "scheduled"}, "请填写今天以后的承诺日期"),
    ({"reply": "答" * 8001, "result": "guided"}, "当场的答复不能超过 8000 个字"),
])
def test_hostile_and_careless_input_is_told(city, changed, words):
    before = city.one("SELECT COUNT(*) FROM ticket")
    page, _ = attempt(city, **changed)
    assert page.status == 422 and any(words in error for error in page.errors), page.errors
    assert city.one("SELECT COUNT(*) FROM ticket") == before


def test_whatever_is_typed_is_shown_as_typed(city):
    letter = register(city, title=NASTY[:50] + " 标题", body=BODY + NASTY, place=NASTY[:60], external_system=NASTY[:40],
                      external_no=NASTY[:60] + " 1")
    page, _ = attempt(city, title=NASTY, place=NASTY, external_system=NASTY[:40])
    for shown in (letter.page, city.registrar.open(letter), page, city.registrar.get("/register")):
        assert shown.foreign() == []
    assert squeeze(NASTY[:40]) in city.registrar.open(letter).text


def test_who_left_no_number_says_how_to_get_the_answer(city):
    letter = register(city, channel="paper", phone="", name="", answer_by="post")
    assert "按来信上的地址寄回" in letter.page.text and "按来信上的地址寄回" in city.registrar.open(letter).text
    assert city.one("SELECT r.answer_by FROM registration r JOIN ticket t ON t.id = r.ticket_id "
                    f"WHERE t.no = '{letter.number}'") == "post"


# ---- once ----


def test_a_second_click_is_the_same_letter(city):
    given = filled(city, external_system="12345 平台", external_no="GD-twice")
    form = city.registrar.get("/register").form("/register")
    first, second = (city.registrar.submit(form, **given) for _ in range(2))
    assert first.words_of("number") == second.words_of("number") and first.words_of("code") == second.words_of("code")
    city.said.add(first.by_id["code"][1]["data-value"])
    other = city.registrar.submit(form, **dict(given, body=BODY + "还有一件事。"))
    assert other.status == 409 and "还有一件事。" in other.text
    again = city.registrar.submit(other.form("/register"), external_no="GD-other")
    assert again.status == 200 and again.words_of("number") != first.words_of("number")
    city.said.add(again.by_id["code"][1]["data-value"])


def test_a_page_open_for_eight_days_asks_once_more(city):
    city.clock("2026-09-29 09:00")
    form = city.registrar.get("/register").form("/register")
    given = filled(city)
    city.clock("2026-10-08 09:00")
    stale = city.registrar.submit(form, **dict(given, csrf=city.registrar.get("/register").form("/register").value("csrf")))
    assert stale.status == 422 and "打开得太久" in stale.text
    done = city.registrar.submit(stale.form("/register"))
    assert "已登记" in done.text
    city.said.add(done.by_id["code"][1]["data-value"])


def test_the_receipt_leads_on(city):
    letter = register(city, channel="visit")
    hrefs = [href for href, _, _ in letter.page.links]
    assert "/register?channel=visit" in hrefs and f"/tickets/{letter.number}" in hrefs
    assert letter.page.headers["Cache-Control"] == "no-store" and "<svg" in letter.page.html
    assert city.registrar.get("/register?channel=visit").form("/register").value("channel") == "visit"


def test_i_see_how_many_i_took_down_today(city):
    city.clock("2026-09-28 10:00")
    newcomer = city.new_officer("zwgk", "registrar")
    assert "我今天已登记 0 封" in newcomer.get("/register").text
    register(city, newcomer)
    register(city)
    assert "我今天已登记 1 封" in newcomer.get("/register").text
    city.clock("2026-09-29 09:00")
    assert "我今天已登记 0 封" in newcomer.get("/register").text


@pytest.mark.parametrize("who", ["handler", "liaison", "dept_reviewer", "supervisor", "publisher"])
def test_only_registrars_take_letters_down_and_look_up_numbers(city, who):
    officer = getattr(city, who)() if who in ("handler", "liaison", "dept_reviewer") else getattr(city, who)
    assert officer.get("/register").status == 403
    for path in ("/register", "/register/caller"):
        assert officer.post(path, **filled(city)).status == 403


# ---- the same number ----


def lookups(city):
    return city.sql("SELECT o.login, l.found FROM caller_lookup l JOIN officer o ON o.id = l.officer_id ORDER BY l.id")


def test_earlier_letters_come_up_with_the_number_however_it_was_typed(city):
    phone = "13912345001"
    city.said.add(phone)
    first = city.citizen.write(phone=phone)
    second = register(city, phone=phone)
    before = lookups(city)
    page, given = attempt(city, to="/register/caller", phone="１３９ 1234-5001", title="正在说的事")
    assert page.status == 200 and page.path == "/register/caller" and "?" not in page.url
    assert "这个号码来过 2 封信" in page.text and first.title in page.text and second.number in page.text
    assert page.form("/register").value("title") == "正在说的事"  # nothing typed is lost
    assert lookups(city) == before + [["registrar1", "2"]]
    stranger, _ = attempt(city, to="/register/caller", phone="13912345002")
    assert "这个号码以前没有来过信" in stranger.text and lookups(city)[-1] == ["registrar1", "0"]
    city.said.add("13912345002")


def test_the_script_asks_for_the_number_alone_and_gets_the_same(city):
    letter = register(city, phone="13912345009")
    before = lookups(city)
    page = city.registrar.post("/register/caller.json", phone="139-1234-5009")
    got = page.response.json()
    assert got["said"] == "这个号码来过 1 封信：" and got["letters"][0]["url"] == f"/tickets/{letter.number}"
    assert lookups(city) == before + [["registrar1", "1"]]
    for phone in ("", "12"):
        assert city.registrar.post("/register/caller.json", phone=phone).status == 422
    assert city.handler().post("/register/caller.json", phone="13912345009").status == 403


@pytest.mark.parametrize("phone,words", [("", "请先填写电话，再查"), ("12", "电话不正确")])
def test_without_a_number_nothing_is_looked_up(city, phone, words):
    before = lookups(city)
    page, _ = attempt(city, to="/register/caller", phone=phone)
    assert page.status == 422 and any(words in error for error in page.errors) and lookups(city) == before


def test_who_looks_up_number_after_number_is_stopped(city):
    city.clock("2026-09-28 11:00")
    newcomer = city.new_officer("zwgk", "registrar")
    officer = city.one(f"SELECT id FROM officer WHERE login = '{newcomer.login}'")
    city.sql("INSERT INTO caller_lookup (officer_id, at, found) SELECT " + officer +
             ", '2026-09-28 02:30:00', 0 FROM seq_1_to_120")
    page, _ = attempt(city, newcomer, to="/register/caller")
    assert page.status == 429 and "请稍后再查" in page.text and page.form("/register").value("body") == BODY
    city.clock("2026-09-28 11:31")
    assert attempt(city, newcomer, to="/register/caller")[0].status == 200


def test_the_index_tells_nothing_without_its_key(city):
    letter = register(city)
    row = city.one(f"SELECT HEX(k.phone_key) FROM contact_key k JOIN ticket t ON t.id = k.ticket_id WHERE t.no = '{letter.number}'")
    assert len(row) == 64
    assert city.one(f"SELECT UPPER(SHA2('{letter.phone}', 256)) = '{row}'") == "0"
    attempt(city, to="/register/caller", phone=letter.phone)
    with pytest.raises(PermissionError):
        city.sql("SELECT phone_key FROM contact_key", account="public")
    with pytest.raises(RuntimeError, match="append-only"):
        city.sql("UPDATE caller_lookup SET found = 0 LIMIT 1")


def test_a_letter_page_shows_the_writers_other_letters_to_who_may_read_them(city):
    phone = "13912345003"
    city.said.add(phone)
    ours = city.letter("handling", phone=phone, title="望湖路边的路灯又不亮了")
    theirs = city.letter("handling", unit="市教育局", phone=phone, title="学校门口的斑马线看不清")
    page = city.registrar.open(ours)
    assert "同一写信人的其他来信" in page.text and theirs.title in page.text
    page = city.handler().open(ours)
    assert "有 1 封，不在您能看的范围内" in page.text and theirs.title not in page.html and theirs.number not in page.html
    assert "同一写信人的其他来信" not in city.liaison().open(ours).text


def test_a_letter_page_shows_letters_with_a_like_title(city):
    one = register(city, title="书香路口红绿灯时间太短老人过不去")
    two = register(city, title="书香路口红绿灯太短，老人过不了马路")
    far = register(city, title="办理护照需要哪些材料")
    page = city.registrar.open(one)
    assert "相似来信" in page.text and two.number in page.text and far.number not in page.text


# ---- answered at once ----


def test_an_answer_given_at_once_waits_for_another_person(city):
    letter = register(city, reply=ANSWER, result="guided")
    assert "当场的答复已送审" in letter.page.text and city.state(letter) == "in_review"
    assert city.field(letter, "unit_id") == city.registrar.unit_id("市政务公开中心（市长信箱办公室）")
    assert city.timer(letter, "accept")[0] == "stopped"
    assert city.timer(letter, "reply")[0] == city.timer(letter, "review")[0] == "running"
    actions = city.sql("SELECT h.version, h.action FROM history h JOIN ticket t ON t.id = h.ticket_id "
                       f"WHERE t.no = '{letter.number}' ORDER BY h.version")
    assert actions == [["1", "submit"], ["2", "answer_at_once"]]
    assert ANSWER not in city.citizen.track(letter).text
    reviewer = city.officer("zwgk_reviewer")
    assert letter.number in reviewer.get("/queue?view=todo").text
    assert city.registrar.forge(letter, "approve_reply").status in (403, 409)
    reviewer.approve(letter)
    assert city.state(letter) == "replied" and ANSWER in city.citizen.track(letter).text


def test_an_answer_given_at_once_that_nobody_could_approve_is_not_taken(city):
    alone = city.new_officer("szf", "registrar")
    page, _ = attempt(city, alone, reply=ANSWER, result="guided")
    assert page.status == 422 and page.form("/register").value("reply") == ANSWER
    assert any("不承办来信" in error or "没有另一位部门审核人" in error for error in page.errors), page.errors


def test_who_reviews_cannot_approve_what_the_same_person_answered(city):
    both = city.new_officer("zwgk", "registrar", "dept_reviewer")
    letter = register(city, both, reply=ANSWER, result="explained")
    assert both.forge(letter, "approve_reply").status == 409 or both.forge(letter, "approve_reply").status == 403
    assert city.state(letter) == "in_review"


@pytest.mark.row("SUBMITTED", "ANSWER_AT_ONCE", "IN_REVIEW")
@pytest.mark.row("ACCEPTED", "ANSWER_AT_ONCE", "IN_REVIEW")
def test_a_consultation_is_answered_at_once_on_its_page(city):
    letter = city.citizen.write(type="consult")
    page = city.registrar.attempt(letter, "answer_at_once", reply="", result="")
    assert page.status == 422 and "请填写答复" in " ".join(page.errors) and "请选择办理结果" in page.errors
    city.registrar.act(letter, "answer_at_once", reply=ANSWER, result="explained")
    assert city.state(letter) == "in_review" and city.field(letter, "unit_id") == city.registrar.unit_id("市政务公开中心（市长信箱办公室）")
    accepted = city.letter("accepted", type="consult")
    city.registrar.act(accepted, "answer_at_once", reply=ANSWER, result="explained")
    assert city.timer(accepted, "dispatch")[0] == "stopped" and city.state(accepted) == "in_review"
    complaint = city.citizen.write(type="complaint")
    assert "answer_at_once" not in city.registrar.offered(complaint)
    assert city.registrar.forge(complaint, "answer_at_once", reply=ANSWER, result="explained").status in (409, 422)
