"""Terms and holidays at the desk: looked at before they hold, moved in the background, told to those concerned, explained to all."""
import datetime
import json
import pathlib

import pytest

CALENDARS = pathlib.Path(__file__).resolve().parents[2] / "sql" / "calendars"
NOTICE = json.loads((CALENDARS / "2026.json").read_text(encoding="utf-8"))


def changed():
    """8 October off as well, 11 October worked for it."""
    notice = dict(NOTICE, days=list(NOTICE["days"]))
    for date, off in (("2026-10-08", True), ("2026-10-11", False)):
        notice["days"].append({"name": "国庆节", "date": date, "isOffDay": off})
    return json.dumps(notice, ensure_ascii=False)


@pytest.fixture
def admin(city):
    return city.officer("sysadmin")


@pytest.fixture
def old_calendar(city):
    yield
    city.ctl("calendar", "import", CALENDARS / "2026.json", check=True)


def hand_in(admin, notice, reason="国办发明电〔2026〕9号"):
    return admin.submit(admin.get("/rules/calendar").form("/rules/calendar"), notice=notice, reason=reason)


def looked_at(city, page):
    """The page of the change when it has been gone through."""
    city.wait(lambda: "正在算" not in city.officer("sysadmin").get(page.path).text)
    return city.officer("sysadmin").get(page.path)


def apply(city, page):
    done = city.officer("sysadmin").submit(page.form(page.path + "/do"), do="apply")
    city.wait(lambda: "已执行" in city.officer("sysadmin").get(page.path).text)
    return done


def test_a_notice_is_looked_at_then_moves_open_letters_in_the_background(city, admin, old_calendar):
    near = city.letter("accepted", type="site_error", title="办事指南里的电话打不通")
    before = city.due_on(near)
    page = looked_at(city, hand_in(admin, changed()))
    assert near.number in city.officer("sysadmin").everything(page.path)
    assert "10月8日" in page.text and "上班 → 放假" in page.text
    assert city.due_on(near) == before and city.events(near, "recompute") == []
    apply(city, page)
    assert city.due_on(near) == before + datetime.timedelta(days=1)
    assert len(city.events(near, "recompute")) == 1
    assert city.outbox("clock_moved", near, "writer") == 1
    assert "重新计算" in city.registrar.open(near, "/days?kind=reply").text
    assert "国办发明电〔2026〕9号" in city.registrar.open(near, "/days?kind=reply").text
    # Nothing is left to change: the same notice again is said to be in force already.
    again = hand_in(admin, changed())
    assert again.status == 409 and "完全一样" in again.text
    assert again.form("/rules/calendar").value("reason") == "国办发明电〔2026〕9号"


def test_a_make_up_saturday_that_is_lost_is_a_weekend_again(city, admin):
    notice = dict(NOTICE, days=[day for day in NOTICE["days"] if day["date"] != "2026-10-10"])
    page = looked_at(city, hand_in(admin, json.dumps(notice, ensure_ascii=False)))
    assert "10月10日（星期六）" in page.text and "上班 → 周末" in page.text and "→ 放假" not in page.text
    admin.submit(page.form(page.path + "/do"), do="drop")


def test_letters_that_came_after_the_preview_move_too(city, admin, old_calendar):
    page = looked_at(city, hand_in(admin, changed()))
    later = city.letter("accepted", type="site_error", title="预览以后才来的信")
    before = city.due_on(later)
    apply(city, page)
    assert city.due_on(later) == before + datetime.timedelta(days=1)
    assert len(city.events(later, "recompute")) == 1 and city.outbox("clock_moved", later, "writer") == 1


def test_a_unit_is_told_once_of_all_its_letters(city, admin, old_calendar):
    letters = [city.letter("handling", type="site_error", title=f"网页打不开 {n}") for n in range(2)]
    told = int(city.one("SELECT COUNT(*) FROM outbox WHERE event = 'clock_moved' AND audience = 'unit'"))
    page = looked_at(city, hand_in(admin, changed()))
    apply(city, page)
    number = page.path.rsplit("/", 1)[1]
    units = int(city.one(f"SELECT COUNT(DISTINCT unit_id) FROM clock_move WHERE change_id = {number} AND applied AND unit_id > 0 "
                         "AND kind NOT IN ('rate', 'veto')"))
    assert units >= 1 and all(letter.number in page.text or "下一页" in page.text for letter in letters)
    assert int(city.one("SELECT COUNT(*) FROM outbox WHERE event = 'clock_moved' AND audience = 'unit'")) == told + units


def test_a_preview_that_has_become_untrue_is_not_applied(city, admin, old_calendar):
    first = looked_at(city, hand_in(admin, changed()))
    second = looked_at(city, hand_in(admin, changed().replace("2026-10-11", "2026-10-18")))
    apply(city, first)
    late = admin.submit(second.form(second.path + "/do"), do="apply")
    assert late.status == 409 and "预览已经不准" in late.text
    twice = admin.post(first.path + "/do", do="apply")
    assert twice.status == 409
    assert "已作废" in admin.get(admin.submit(admin.get(second.path).form(second.path + "/do"), do="drop") and second.path).text


def test_what_is_no_notice_says_so_and_keeps_what_was_typed(city, admin):
    versions = city.one("SELECT COUNT(*) FROM calendar_version")
    for text in ("{", '{"year": 2026}', '{"year": 2026, "days": [{"name": "x", "date": "2026-13-01", "isOffDay": true}]}'):
        page = hand_in(admin, text)
        assert page.status == 422 and "不是放假安排" in page.text
        assert page.form("/rules/calendar").value("notice") == text
    assert hand_in(admin, "").status == 422
    assert city.one("SELECT COUNT(*) FROM calendar_version") == versions


def new_term(admin, **fields):
    form = admin.get("/rules/new").form("/rules/new")
    given = {"timer": "reply", "type": "suggestion", "unit": "", "amount": "9", "measure": "W", "max": "15", "allowance": "15",
             "grounds": "本市办理规定第九条", "reason": "市政府常务会议决定", "scope": "new", **fields}
    return admin.submit(form, **given)


@pytest.fixture
def old_term(city):
    """Afterwards that of before holds, as a new row: terms are never taken away."""
    yield
    apply(city, looked_at(city, new_term(city.officer("sysadmin"), amount="7", grounds="和以前一样")))


def test_a_term_for_new_letters_leaves_open_ones_alone(city, admin, old_term):
    old = city.letter("accepted", type="suggestion", title="建议在公园增设座椅")
    before = city.due_on(old)
    page = looked_at(city, new_term(admin))
    assert "在办的信都不变" in page.text
    apply(city, page)
    new = city.letter("accepted", type="suggestion", title="建议在公园增设路灯")
    assert (city.due_on(old), city.due_on(new)) == (before, city.workdays(9))
    assert "本市办理规定第九条" in city.registrar.open(new, "/days?kind=reply").text
    assert "本市办理规定第九条" not in city.registrar.open(old, "/days?kind=reply").text


def test_a_term_for_open_letters_too_moves_those_it_fits_and_keeps_extensions(city, admin, old_term):
    letter = city.letter("handling", type="suggestion", title="建议延长图书馆开放时间")
    other = city.letter("handling", type="complaint")
    before = city.due_on(other)
    city.handler().act(letter, "request_extension", days="3", text="需要实地勘察后才能答复")
    if city.due_on(letter) == city.workdays(7):
        city.dept_reviewer().act(letter, "approve_extension")
    assert city.due_on(letter) == city.workdays(10)
    apply(city, looked_at(city, new_term(admin, amount="8", scope="open")))
    assert (city.due_on(letter), city.due_on(other)) == (city.workdays(11), before)
    shown = city.registrar.open(letter, "/days?kind=reply").text
    assert "延长了 3 个工作日" in shown and "市政府常务会议决定" in shown


def test_a_term_that_makes_no_sense_is_refused_at_its_field(admin):
    for fields, words in (({"amount": "0"}, "时限"), ({"max": "5"}, "最长时限不能短于时限"),
                          ({"from": "2026-09-01"}, "不能早于今天"), ({"scope": "open", "from": "2026-10-09"}, "生效日期请填今天"),
                          ({"grounds": ""}, "依据"), ({"unit": "nobody"}, "没有这个单位")):
        page = new_term(admin, **fields)
        assert page.status == 422 and words in page.text, fields
        assert page.form("/rules/new").value("reason") == "市政府常务会议决定"


def test_a_light_says_how_many_letters_it_changes_before_it_is_added(city, admin):
    letter = city.letter("handling", type="suggestion", unit="市水务集团有限公司")
    unit = city.one(f"SELECT u.code FROM unit u WHERE u.id = {city.field(letter, 'unit_id')}")
    count = "SELECT COUNT(*) FROM sla_light"
    before = city.one(count)
    form = admin.get("/rules/lights/new").form("/rules/lights/new")
    page = admin.submit(form, type="suggestion", unit=unit, warn="60", yellow="2", grounds="市政府办公室〔2026〕3号")
    assert page.status == 200 and "还没有保存" in page.text and city.one(count) == before
    assert "不亮灯变预警" in page.text and "封在办的信件换灯" in page.text
    again = admin.submit(page.form("/rules/lights/new"), warn="2", **{"from": "2051-01-06"})  # what was looked at was another rule
    assert again.status == 200 and "还没有保存" in again.text and city.one(count) == before
    saved = admin.submit(again.form("/rules/lights/new"))
    assert saved.path == "/rules/ladder" and city.one(count) == str(int(before) + 1)
    late = admin.submit(form, warn="2", yellow="2", grounds="市政府", **{"from": "2020-01-01"})
    assert late.status == 422 and "生效日期不能早于今天" in late.text


def test_a_ladder_says_which_steps_come_before_it_is_added(city, admin):
    count = "SELECT COUNT(*) FROM sla_ladder"
    before = city.one(count)
    form = admin.get("/rules/ladder/new").form("/rules/ladder/new")
    given = {"timer": "reply", "type": "complaint", "steps": "到期前 2 个工作日：承办人\n超期 3 个工作日：督办员",
             "grounds": "市政府办公室〔2026〕3号", "from": "2051-01-06"}
    page = admin.submit(form, **given)
    assert page.status == 200 and "还没有保存" in page.text and city.one(count) == before
    assert "照原来的步骤走完" in page.text and "通知承办人" in page.text and "通知督办员" in page.text
    assert page.form("/rules/ladder/new").value("steps").split() == given["steps"].split()
    assert admin.submit(page.form("/rules/ladder/new")).path == "/rules/ladder"
    assert city.one(count) == str(int(before) + 1)


def in_force(city, kind, day="2026-09-29"):
    """The steps of a kind on a day, and the ids of their rows."""
    return city.sql("SELECT r.id, r.amount, r.unit, r.level, r.roles FROM alarm_set_rule x JOIN alarm_rule r ON r.id = x.rule_id WHERE x.set_id = "
                    f"(SELECT id FROM alarm_set WHERE kind = '{kind}' AND valid_from <= '{day}' ORDER BY valid_from DESC, id DESC LIMIT 1) "
                    "ORDER BY r.amount")


def test_steps_of_alarms_are_added_as_a_set_and_never_edited(city, admin):
    path = "/rules/alarms/new"
    page = admin.get("/rules/alarms")
    like = next(href for href, _, _ in page.links if "kind=footer" in href)
    was = in_force(city, "footer")
    form = admin.get(like).form(path)
    lines = form.value("steps")
    assert lines.split() == "1 个页面：黄牌：督办员、系统管理员".split()
    for steps, words in (("1 天：黄牌", "第 1 行看不懂"), ("1 个页面：黄牌\n1 个页面：红牌", "第 2 行和前面的是同一步"), ("", "请至少写一步")):
        page = admin.submit(form, steps=steps, grounds="市政府办公室")
        assert page.status == 422 and words in page.text and page.form(path).value("steps").split() == steps.split()
    page = admin.submit(admin.get(path + "?kind=veto").form(path), steps="45 天：红牌：督办员", grounds="市政府办公室")
    assert page.status == 422 and "这一项只亮灯" in page.text
    page = admin.submit(form, steps=lines + "3 个页面：红牌：督办员，随时", grounds="市政府办公室〔2026〕3号")
    assert page.status == 200 and "还没有保存" in page.text and in_force(city, "footer") == was
    try:
        page = admin.submit(page.form(path))
        assert page.path == "/rules/alarms" and "以前执行的" in page.text
        now = in_force(city, "footer")
        assert now[0] == was[0] and now[1][1:] == ["3", "N", "late", "supervisor"]  # what stayed is the same step
        assert "3 个页面" in city.supervisor.get("/inspect").text
    finally:
        page = admin.submit(admin.get(like).form(path), grounds="恢复原来的规定")
        admin.submit(page.form(path))
    assert in_force(city, "footer") == was
    for change in ("UPDATE alarm_rule SET amount = 9", "DELETE FROM alarm_set_rule", "UPDATE alarm_set SET valid_from = '2030-01-01'"):
        with pytest.raises(RuntimeError):
            city.sql(change + " LIMIT 1")
    assert city.supervisor.get(path + "?kind=home").status == 403 and admin.get(path + "?kind=nothing").status == 404


def test_supervisors_read_the_rules_and_only_the_administrator_changes_them(city):
    for path in ("/rules", "/rules/calendar", "/rules/changes", "/rules/ladder", "/rules/alarms"):
        page = city.supervisor.get(path)
        assert page.status == 200 and page.has_form("/rules/calendar") is False, path
    assert "2026年" in city.supervisor.get("/rules/calendar").text
    assert city.supervisor.get("/rules/new").status == 403
    assert city.supervisor.post("/rules/calendar", notice=changed(), reason="x").status == 403
    assert city.handler().get("/rules").status == 403


def test_days_are_counted_for_anybody(city):
    page = city.citizen.get("/days?received=2025-01-24&time=17:31&n=5")
    assert page.status == 200 and "最迟 2025年2月8日（星期六）" in page.text and "视为" in page.text and "调休上班" in page.text
    assert "2个工作日" not in page.text and "2 个工作日" in city.citizen.get("/days?from=2026-09-25&to=2026-09-29").text
    assert "暂定" in city.citizen.get("/days?received=2026-12-28&n=5").text
    for bad in ("received=2026-13-01&n=5", "received=2026-09-29&n=999", "received=2026-09-29&n=x", "from=2026-10-01&to=2026-09-01",
                "received=2026-09-29&time=25:00&n=1", "from=1900-01-01&to=2026-01-01", "received=&n="):
        assert city.citizen.get("/days?" + bad).status == 422, bad
    assert city.registrar.get("/days?received=2026-09-29&n=10").status == 200


def test_the_writer_opens_the_account_of_the_day(city):
    letter = city.letter("handling")
    page = city.citizen.submit(city.citizen.track(letter).form("/track/days"))
    assert page.status == 200 and "投诉的答复时限" in page.text and "国庆节放假，不计入" in page.text
    assert "10月19日" in page.text and "依据" in page.text
    assert "国庆节放假，不计入" in letter.page.text  # and on the receipt itself
