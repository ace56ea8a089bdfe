"""The inspection cockpit: what an inspector would count, seen before the inspector comes."""
import re

import pytest

RULES = "alarm m JOIN alarm_rule r ON r.id = m.rule_id"


def alarms(city, kind, subject="", episode=None):
    """(level, amount, true moment, recorded at) of the steps of a kind, in China's time, in order."""
    which = f" AND m.episode = '{episode}'" if episode else ""
    return city.sql("SELECT r.level, r.amount, CONVERT_TZ(m.due_at, '+00:00', '+08:00'), CONVERT_TZ(m.at, '+00:00', '+08:00') "
                    f"FROM {RULES} WHERE r.kind = '{kind}' AND m.subject = '{subject}'{which} ORDER BY m.id")


def told(city, kind, subject):
    """(role, when it goes out) of the notices about the alarms of a kind."""
    return city.sql("SELECT o.role, CONVERT_TZ(COALESCE(o.done_at, o.next_at), '+00:00', '+08:00') FROM outbox o "
                    f"JOIN {RULES} ON m.id = o.alarm_id WHERE r.kind = '{kind}' AND m.subject = '{subject}' ORDER BY o.id")


def mail_about(city, to, subject, what):
    """The mail with this subject about this, among those about others of its kind."""
    return city.wait(lambda: next((mail for mail in city.mails(to) if subject in mail.split("\n")[0] and what in mail), None))


@pytest.fixture(name="duty")
def duty_officer(city):
    return city.officer("duty1")


def test_every_indicator_has_its_number_its_line_and_what_to_do(city):
    city.wait(lambda: city.one("SELECT COUNT(DISTINCT target_id) >= 7 FROM patrol_visit") == "1")
    page = city.supervisor.get("/inspect")
    for name in ("最早的未答复信件", "公开答复的更新", "首页的更新", "网站找错", "待公开的答复", "网站可用性", "页脚信息",
                 "模拟提问", "工作日历", "安全事件首报"):
        assert name in page.text
    assert "3 个月" in page.text and "2 个月" in page.text and "5%" in page.text
    assert "网站标识码、ICP备案号、公安备案号" in page.text  # not set in this city: its own pages show it
    for path in ("/inspect/letters?kind=veto", "/inspect/letters?kind=site_error", "/inspect/letters?kind=clearing"):
        assert city.supervisor.get(path).status == 200


def test_the_oldest_letter_leads_the_list_and_has_its_line(city):
    letter = city.citizen.write(type="consult")
    page = city.supervisor.get("/inspect/letters?kind=veto")
    days = [int(n) for n in re.findall(r"已过 (\d+) 天", page.text)]
    assert days == sorted(days, reverse=True) and len(days) > 3
    city.clock("2026-12-01 10:00")  # 63 days later
    cockpit = city.supervisor.get("/inspect")
    assert "19 号单项否决" in cockpit.text and "红牌" in cockpit.text
    assert city.state(letter) == "submitted"


def test_a_page_that_does_not_open_is_told_once(city):
    form = city.supervisor.get("/inspect/patrol").form("/inspect/targets", do="add")
    page = city.supervisor.submit(form, name="不存在的页面", path="https://elsewhere.invalid/", every="5")
    assert page.status == 422 and "以一个“/”开头" in page.text
    assert page.form("/inspect/targets", do="add").value("path") == "https://elsewhere.invalid/"
    page = city.supervisor.submit(form, name="不存在的页面", path="/not-there", every="5")
    assert "已增加拨测的页面" in page.text
    target, code = city.sql("SELECT id, code FROM patrol_target WHERE path = '/not-there'")[0]
    for n, minute in enumerate(("16:01", "16:07", "16:13"), 1):
        city.clock("2026-09-29 " + minute)
        city.wait(lambda n=n: city.one(f"SELECT COUNT(*) FROM patrol_visit WHERE target_id = {target} AND NOT ok") == str(n))
    city.wait(lambda: alarms(city, "probe_down", code))
    city.clock("2026-09-29 16:19")
    city.wait(lambda: city.one(f"SELECT COUNT(*) FROM patrol_visit WHERE target_id = {target}") == "4")
    assert [row[:2] for row in alarms(city, "probe_down", code)] == [["warn", "3"]]
    assert sorted(role for role, _ in told(city, "probe_down", code)) == ["duty_officer", "supervisor"]
    assert "已连续 3 次" in mail_about(city, "supervisor1", "正在打不开的页面", "/not-there")
    page = city.supervisor.get("/inspect/patrol")
    assert "服务器回答 404" in page.text
    city.supervisor.submit(page.form("/inspect/targets", id=target), do="off")
    city.wait(lambda: city.one(f"SELECT COUNT(*) FROM {RULES} WHERE m.subject = '{code}' AND cleared_at IS NULL") == "0")


def test_a_page_that_stays_shut_for_weeks_is_not_told_again_every_day(city):
    city.sql("INSERT INTO patrol_target (code, name, path, next_at) VALUES ('shut', '关着的页面', '/shut', '2026-09-29 08:40:00')")
    target = city.one("SELECT id FROM patrol_target WHERE code = 'shut'")
    for day in range(10, 29):
        city.sql("INSERT INTO patrol_visit (target_id, at, ok, status, ms, why) VALUES "
                 f"({target}, '2026-09-{day} 02:00:00', {int(day == 10)}, 404, 9, 'status')")
    city.clock("2026-09-29 16:00")
    city.wait(lambda: alarms(city, "probe_down", "shut"))
    for now in ("2026-09-30 16:00", "2026-10-01 16:00"):
        seen = city.one(f"SELECT COUNT(*) FROM patrol_visit WHERE target_id = {target}")
        city.clock(now)
        city.wait(lambda seen=seen: city.one(f"SELECT COUNT(*) FROM patrol_visit WHERE target_id = {target}") != seen)
    city.sql(f"UPDATE patrol_target SET active = FALSE WHERE id = {target}")
    city.wait(lambda: city.one(f"SELECT COUNT(*) FROM {RULES} WHERE m.subject = 'shut' AND cleared_at IS NULL") == "0")
    assert [row[:2] for row in alarms(city, "probe_down", "shut")] == [["warn", "3"]]


def test_what_is_over_before_the_office_opens_is_not_told(city):
    city.sql("INSERT INTO patrol_target (code, name, path, next_at) VALUES ('night', '夜里的页面', '/night', '2026-09-29 13:30:00')")
    target = city.one("SELECT id FROM patrol_target WHERE code = 'night'")
    for at, ok in (("12:00", 1), ("13:00", 0), ("13:05", 0), ("13:10", 0)):
        city.sql("INSERT INTO patrol_visit (target_id, at, ok, status, ms, why) VALUES "
                 f"({target}, '2026-09-29 {at}:00', {ok}, 404, 9, 'status')")
    cleared = f"SELECT m.cleared_at IS NOT NULL FROM {RULES} WHERE r.kind = 'probe_down' AND m.subject = 'night'"
    notices = (f"SELECT o.role, o.state, COALESCE(o.last_error, '') FROM outbox o JOIN {RULES} ON m.id = o.alarm_id "
               "WHERE m.subject = 'night' ORDER BY o.id")
    city.clock("2026-09-29 22:00")
    city.wait(lambda: alarms(city, "probe_down", "night"))
    assert {at for _, at in told(city, "probe_down", "night")} == {"2026-09-30 08:30:00"}
    city.sql(f"UPDATE patrol_target SET active = FALSE WHERE id = {target}")
    city.wait(lambda: city.one(cleared) == "1")
    city.clock("2026-09-30 08:31")
    city.wait(lambda: [row[1:] for row in city.sql(notices)] == [["skipped", "over"]] * 2)
    assert not any("/night" in mail for mail in city.mails("supervisor1"))
    city.sql(f"UPDATE patrol_target SET active = TRUE WHERE id = {target}")  # the same turn, before anybody was told
    assert mail_about(city, "supervisor1", "正在打不开的页面", "/night")
    assert city.one(cleared) == "0" and len(alarms(city, "probe_down", "night")) == 1
    city.sql(f"UPDATE patrol_target SET active = FALSE WHERE id = {target}")
    city.wait(lambda: city.one(cleared) == "1")
    city.sql(f"UPDATE patrol_target SET active = TRUE WHERE id = {target}")  # once more: they know
    city.wait(lambda: city.one(cleared) == "0")
    assert len(city.sql(notices)) == 4
    city.sql(f"UPDATE patrol_target SET active = FALSE WHERE id = {target}")
    city.wait(lambda: city.one(cleared) == "1")


def test_nothing_published_for_long_is_told_at_each_step_and_after_downtime_in_order(city):
    city.clock("2027-03-10 10:00")
    letter = city.letter("published")
    day = city.one(f"SELECT DATE(published_at) FROM pub_letter WHERE no = '{letter.number}'")
    city.clock("2027-04-25 02:00")  # 46 days on, a Sunday night: both steps were missed
    city.wait(lambda: len(alarms(city, "freshness", episode=day)) == 2)
    steps = alarms(city, "freshness", episode=day)
    assert [row[:3] for row in steps] == [["notice", "30", "2027-04-09 00:00:00"], ["warn", "45", "2027-04-24 00:00:00"]]
    assert all(row[3].startswith("2027-04-25 02:00") for row in steps)
    waits = city.sql(f"SELECT DISTINCT CONVERT_TZ(o.next_at, '+00:00', '+08:00') FROM outbox o JOIN {RULES} ON m.id = o.alarm_id "
                     f"WHERE r.kind = 'freshness' AND m.episode = '{day}'")
    assert waits == [["2027-04-26 08:30:00"]]  # recorded at once, told when the office opens
    assert "已有 46 天" in city.supervisor.get("/inspect").text


def test_the_clocks_of_an_incident_run_at_night_and_wake(city, duty):
    city.clock("2026-09-29 23:30")
    form = duty.get("/inspect/incidents").form("/inspect/incidents")
    words = "首页标题被改成广告，已切到静态页面，正在核查。"
    page = duty.submit(form, title="首页被篡改", kind="tamper", severity="serious", found="2026-09-30T09:00", words=words)
    assert page.status == 422 and "发现时间不能晚于现在" in page.text and page.form("/inspect/incidents").value("words") == words
    page = duty.submit(form, title="首页被篡改", kind="tamper", severity="serious", found="2026-09-29T23:10", words=words)
    no = re.search(r"AQ2026-\d{4}", page.text)[0]
    assert "还有 3 小时 40 分" in page.text and "首次报告（4 小时）" in page.text
    city.clock("2026-09-30 01:15")
    city.wait(lambda: alarms(city, "incident_first", no))
    assert alarms(city, "incident_first", no)[0][:3] == ["notice", "2", "2026-09-30 01:10:00"]
    assert mail_about(city, "duty1", "安全事件首报", no)
    city.wait(lambda: [(role, at[:16]) for role, at in told(city, "incident_first", no)] ==
              [("duty_officer", "2026-09-30 01:15")])  # in the night, not when the office opens
    report = duty.get(f"/inspect/incidents/{no}").form(f"/inspect/incidents/{no}")
    page = duty.submit(report, report="close", to_whom="省委网信办", how="phone", at="2026-09-30T01:14", words="已经处置完毕")
    assert page.status == 422 and "先登记首次报告和书面报告" in page.text
    duty.submit(report, report="first", to_whom="省委网信办", how="phone", at="2026-09-30T01:14", words="电话报告情况和措施")
    page = duty.submit(report, report="first", to_whom="省委网信办", how="phone", at="2026-09-30T01:15", words="又报了一次电话")
    assert page.status == 409 and "电话报告情况和措施" in page.text
    assert page.form(f"/inspect/incidents/{no}").value("words") == "又报了一次电话"
    city.clock("2026-09-30 23:30")  # twenty minutes late
    city.wait(lambda: len(alarms(city, "incident_full", no)) == 3)
    assert [row[0] for row in alarms(city, "incident_full", no)] == ["notice", "warn", "late"]
    assert [row[0] for row in alarms(city, "incident_first", no)] == ["notice"]  # it was reported in time
    report = duty.get(f"/inspect/incidents/{no}").form(f"/inspect/incidents/{no}")
    page = duty.submit(report, report="full", to_whom="省委网信办", how="platform", at="2026-09-30T23:30", words="书面报告全文")
    assert "超时 20 分钟" in page.text
    assert city.officer("registrar1").get("/inspect/incidents").status == 403


def test_a_round_is_noted_and_what_was_found_needs_what_was_done(city, duty):
    form = duty.get("/inspect/patrol").form("/inspect/patrol")
    page = duty.submit(form, result="found", words="统计页面的图没有显示")
    assert page.status == 422 and "请写明怎样处理" in page.text
    assert page.form("/inspect/patrol").value("words") == "统计页面的图没有显示"
    page = duty.submit(form, result="found", words="统计页面的图没有显示", done="已告诉系统管理员")
    assert "巡检已登记" in page.text and "已告诉系统管理员" in page.text
    assert city.leader.get("/inspect/patrol").has_form("/inspect/patrol") is False


def simulated(city, week):
    """This week's question, handed in: number and title."""
    page = city.supervisor.get("/inspect/simulated")
    city.supervisor.submit(page.form("/inspect/simulated", id=None), do="start")
    city.clock(week + " 08:00")
    city.wait(lambda: city.one(f"SELECT COUNT(*) FROM simulation WHERE week_on = '{week}'") == "1")
    city.clock(city.one("SELECT DATE_FORMAT(CONVERT_TZ(planned_at, '+00:00', '+08:00'), '%Y-%m-%d %H:%i') FROM simulation "
                        f"WHERE week_on = '{week}'"))
    city.wait(lambda: city.one(f"SELECT state FROM simulation WHERE week_on = '{week}'") == "filed")
    return city.sql("SELECT s.no, q.title FROM simulation s JOIN simulated_question q ON q.id = s.question_id "
                    f"WHERE s.week_on = '{week}'")[0]


def switched_off(city):
    page = city.supervisor.get("/inspect/simulated")
    city.supervisor.submit(page.form("/inspect/simulated", id=None), do="stop")


def test_the_weekly_question_is_a_letter_like_any_other(city):
    city.clock("2027-06-15 10:00")
    city.run_slad()
    counted = city.one("SELECT COALESCE(SUM(n), 0) FROM stat_day WHERE day >= '2027-06-15'")
    number, title = simulated(city, "2027-06-21")
    switched_off(city)
    letter = type("Letter", (), {"number": number})
    assert city.field(letter, "channel") == "web" and city.field(letter, "simulated") == "1"
    for who in (city.registrar, city.leader):
        page = who.open(letter)
        assert title in page.text and "模拟" not in page.text
        assert who.get("/inspect/simulated").status == 403
    assert "模拟" not in city.leader.get("/inspect").text and "模拟提问" in city.supervisor.get("/inspect").text
    city.registrar.accept(letter)
    city.registrar.assign(letter, main="市城市管理局")
    assert "模拟" not in city.handler().open(letter).text
    city.liaison().sign(letter)
    city.handler().submit_reply(letter)
    city.dept_reviewer().approve(letter)
    assert city.field(letter, "pub_state") == "not_due" and city.timer(letter, "publish") is None
    page = city.supervisor.get("/inspect/simulated")
    assert number in page.text and "按时答复" in page.text
    city.run_slad()
    assert city.one("SELECT COALESCE(SUM(n), 0) FROM stat_day WHERE day >= '2027-06-15'") == counted
    assert city.ctl("stats", "--check").returncode == 0


def listed(who, path):
    """The numbers in the rows of a list, of all its pages."""
    page, numbers = who.get(path), set()
    while True:
        numbers |= set(re.findall(r"MS-[A-Z]-[0-9-]+", " ".join(words for row in page.rows for words in row.values())))
        if not page.link("next"):
            return numbers
        page = who.get(page.link("next"))


def test_a_simulated_letter_is_watched_and_counts_nowhere(city):
    number, _ = simulated(city, "2027-08-02")
    switched_off(city)
    letter, unit = type("Letter", (), {"number": number}), "市水务集团有限公司"
    city.registrar.accept(letter)
    city.registrar.assign(letter, main=unit)
    ident = city.field(letter, "unit_id")
    city.clock("2027-08-31 10:00")
    city.run_slad()
    for tab in ("late", "still"):
        path = f"/watch?tab={tab}&unit={ident}"
        page = city.supervisor.page_with(path, number)
        assert any(number in words and "模拟" in words for row in page.rows for words in row.values())
        assert "不计入数字" in page.text
        others = listed(city.leader, path)
        assert listed(city.supervisor, path) == others | {number} and number not in others
        assert "模拟" not in city.leader.get(path).text
        counts = [re.search(r'aria-current="true">[^<]*<span class="lx-facets__count">([^<]*)<', who.get(path).html)[1]
                  for who in (city.leader, city.supervisor)]
        assert counts[0] == counts[1] and counts[0] in ("999+", str(len(others)))
    late = f"SELECT COUNT(*) FROM ticket WHERE unit_id = {ident} AND open = 1 AND sort_due < '2027-08-31' AND simulated = 0 " \
           "AND state NOT IN ('suspended','submitted_up')"
    assert city.leader.get("/watch/units").row(unit)["超期"] == city.one(late)
    ident = city.one(f"SELECT id FROM simulation WHERE no = '{number}'")
    page = city.supervisor.get("/inspect/simulated")
    city.supervisor.submit(page.form("/inspect/simulated", id=ident), do="end")
    assert city.state(letter) == "withdrawn"


def test_a_question_that_nobody_answers_turns_red_and_can_be_taken_back(city):
    number, _ = simulated(city, "2027-07-05")
    switched_off(city)
    city.clock("2027-07-19 10:00")
    page = city.wait(lambda: (lambda it: it if "超期未答" in it.text else None)(city.supervisor.get("/inspect/simulated")))
    city.wait(lambda: [row[0] for row in alarms(city, "simulated", number)] == ["warn", "late"])
    ident = city.one(f"SELECT id FROM simulation WHERE no = '{number}'")
    page = city.supervisor.submit(page.form("/inspect/simulated", id=ident), do="end")
    assert "信件已收回" in page.text
    assert city.state(type("Letter", (), {"number": number})) == "withdrawn"
