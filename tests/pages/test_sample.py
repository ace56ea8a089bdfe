"""The quarterly sample: nobody can choose what is drawn, anybody can draw it again, and what failed is put right."""
import hashlib
import json
import math
import re

import pytest
from city import Officer

RULE = {"quarter": "2026-3", "from": "2026-07-01", "until": "2026-09-29", "draw_on": "2026-09-30", "units": "30", "letters": "30",
        "least": "1", "factor": "2026年9月30日福彩3D开奖号码"}
MOST = [25, 15, 10, 15, 10, 5, 10, 10]


def announce(city, **changed):
    page = city.supervisor.submit(city.supervisor.get("/samples/new").form("/samples/new"), **{**RULE, **changed})
    assert page.status == 200 and "已公告" in page.text, page.errors or page.text
    return re.fullmatch(r"/samples/(\d+)", page.path)[1]


def do(city, number, what, **fields):
    page = city.supervisor.get(f"/samples/{number}")
    return city.supervisor.submit(page.form(f"/samples/{number}/do", do=what), **fields)


def drawn(city, **changed):
    """A sample announced today and drawn tomorrow."""
    number = announce(city, **changed)
    city.clock("2026-09-30T10:00")
    page = do(city, number, "draw", **({"factor": "5 0 7"} if changed.get("factor", "1") else {}))
    assert page.status == 200 and "已经抽取" in page.text, page.errors or page.text
    return number


def letters(city, number):
    """(sheet's id, letter's number, unit, position) of every letter drawn."""
    return city.sql("SELECT l.id, t.no, u.name, l.position FROM sample_letter l JOIN ticket t ON t.id = l.ticket_id JOIN unit u "
                    f"ON u.id = l.unit_id WHERE l.sample_id = {number} ORDER BY l.id")


def score(who, sheet, marks=MOST, **fields):
    form = who.get(f"/samples/letters/{sheet}").form(f"/samples/letters/{sheet}")
    given = {f"m{i}": str(points) for i, points in enumerate(marks, 1)} | {f"w{i}": "" for i in range(1, 9)}
    return who.submit(form, **{**given, "next": [], "words": "", "redo": "", **fields})


def sha(text):
    return hashlib.sha256(text.encode()).hexdigest()


def test_anybody_draws_the_same_again(city):
    number = announce(city)
    before = city.get(f"/samples/{number}").text
    commitment = city.one(f"SELECT commitment FROM sample WHERE id = {number}")
    assert commitment in before and city.one(f"SELECT secret FROM sample_secret WHERE sample_id = {number}") not in before
    assert city.get(f"/samples/{number}/draw.json").status_code == 404
    assert not city.supervisor.get(f"/samples/{number}").has_form(f"/samples/{number}/do", do="draw")
    assert city.supervisor.post(f"/samples/{number}/do", do="draw", factor="5 0 7").status == 409  # not before its day

    city.clock("2026-09-30T10:00")
    assert do(city, number, "draw", factor="").status == 422
    assert "已经抽取" in do(city, number, "draw", factor="5 0 7").text
    assert city.supervisor.post(f"/samples/{number}/do", do="draw", factor="1 1 1").status == 409

    told = city.get(f"/samples/{number}/draw.json").json()
    assert sha(told["secret"]) == commitment and told["seed"] == sha(f"{told['secret']}|5 0 7")
    units = told["units"]
    assert len(units) > 3 and sum(unit["drawn"] for unit in units) == math.ceil(len(units) * 0.3)
    best = sorted(units, key=lambda unit: sha(f"{told['seed']}/{unit['code']}"))[:math.ceil(len(units) * 0.3)]
    assert {unit["code"] for unit in best} == {unit["code"] for unit in units if unit["drawn"]}
    for unit in best:
        tickets = sorted(range(1, unit["letters"] + 1), key=lambda i: sha(f"{told['seed']}/{unit['code']}/{i}"))
        want = sorted(tickets[:math.ceil(unit["letters"] * 0.3)])
        have = city.sql("SELECT l.position FROM sample_letter l JOIN unit u ON u.id = l.unit_id "
                        f"WHERE l.sample_id = {number} AND u.code = '{unit['code']}' ORDER BY 1")
        assert [int(position) for position, in have] == want and unit["picked"] == len(want)

    path = city.dir / "draw.json"
    path.write_text(json.dumps(told))
    assert city.ctl("sample", "check", str(path)).returncode == 0
    assert "ok" in city.ctl("sample", "verify", number).stdout
    told["units"][0]["letters"] += 7
    told["seed"] = sha("another")
    path.write_text(json.dumps(told))
    assert city.ctl("sample", "check", str(path)).returncode == 3


def test_what_was_announced_and_drawn_stands(city):
    number = drawn(city)
    for change in ("seed = REPEAT('0', 64)", "letter_percent = 31", "to_on = '2026-09-01'", "commitment = REPEAT('0', 64)"):
        with pytest.raises(Exception):
            city.sql(f"UPDATE sample SET {change} WHERE id = {number}")
    with pytest.raises(Exception):
        city.sql(f"DELETE FROM sample WHERE id = {number}")


def test_an_announcement_with_mistakes_keeps_what_was_typed(city):
    form = city.supervisor.get("/samples/new").form("/samples/new")
    page = city.supervisor.submit(form, **{**RULE, "units": "29", "draw_on": "2026-09-29", "factor": "开奖号码"})
    assert page.status == 422 and page.form("/samples/new").value("factor") == "开奖号码"
    page = city.supervisor.submit(form, **{**RULE, "draw_on": "2026-09-29"})
    assert page.status == 422 and "最早是明天" in page.text


def test_a_cancelled_announcement_stays_to_be_seen(city):
    number = announce(city)
    assert do(city, number, "cancel", reason="").status == 422
    assert "已取消" in do(city, number, "cancel", reason="日期写错了").text
    assert "日期写错了" in city.get(f"/samples/{number}").text
    city.clock("2026-09-30T10:00")
    assert city.supervisor.post(f"/samples/{number}/do", do="draw", factor="5 0 7").status == 409


def test_what_failed_is_answered_again_and_all_of_it_is_published(city):
    letter = city.letter("replied")  # so that there is one at least that can be reopened
    number = drawn(city, units="100", letters="100", factor="")
    rows = letters(city, number)
    sheet, unit = next((row[0], row[2]) for row in rows if row[1] == letter.number)
    handler, reviewer = city.handler(unit), city.dept_reviewer(unit)
    assert city.supervisor.post(f"/samples/{number}/do", do="publish", summary="评完了").status == 409
    assert handler.get(f"/samples/letters/{sheet}").status == 404  # not scored yet

    page = score(city.supervisor, sheet, [26, *MOST[1:]])
    assert page.status == 422 and page.form(f"/samples/letters/{sheet}").value("m1") == "26"
    page = score(city.supervisor, sheet, [24, *MOST[1:]])
    assert page.status == 422 and "写明为什么" in page.text
    page = score(city.supervisor, sheet, [0, *MOST[1:]], words="没有回应路灯什么时候修。")
    assert page.status == 422 and "选择怎样整改" in page.text
    page = score(city.supervisor, sheet, [0, *MOST[1:]], words="没有回应路灯什么时候修。", redo="reopen")
    assert page.status == 200 and "重新办理" in page.text and city.state(letter) == "handling"
    assert "没有回应路灯什么时候修" in handler.get(f"/samples/letters/{sheet}").text
    assert "没有回应路灯什么时候修" in handler.open(letter).text
    other = next(row[2] for row in rows if row[2] != unit)
    assert city.dept_reviewer(other).get(f"/samples/letters/{sheet}").status == 404
    assert "没有回应路灯什么时候修" not in city.citizen.track(letter).text
    assert city.supervisor.post(f"/samples/letters/{sheet}", turn="1", **dict(zip([f"m{i}" for i in range(1, 9)], MOST))).status == 409

    for row in rows:
        if row[0] != sheet:
            assert score(city.supervisor, row[0]).status == 200
    assert do(city, number, "publish", summary="总体较好。", rectify_by="").status == 422
    assert "已在公众网站公布" in do(city, number, "publish", summary="总体较好。", rectify_by="2026-10-20").text
    assert "总体较好" in city.get(f"/samples/{number}").text
    assert city.supervisor.post(f"/samples/{number}/do", do="close", outcome="都改了").status == 409

    handler.submit_reply(letter)
    reviewer.approve(letter)
    assert "合格" in score(city.supervisor, sheet).text
    assert "已公布" in do(city, number, "close", outcome="重新答复，复评合格。").text
    public = city.get(f"/samples/{number}").text
    assert "复评合格" in public and letter.number not in public and letter.title not in public


def test_nobody_scores_the_own_unit_or_what_another_has_just_scored(city):
    number = drawn(city, units="100", letters="100", factor="")
    rows = letters(city, number)
    code = city.one(f"SELECT code FROM unit WHERE name = '{rows[0][2]}'")
    own = city.new_officer(code, "supervisor")
    page = score(own, rows[0][0])
    assert page.status == 403 and "本单位" in page.text
    form = city.supervisor.get(f"/samples/letters/{rows[0][0]}").form(f"/samples/letters/{rows[0][0]}")
    assert score(city.new_officer("szf", "supervisor"), rows[0][0]).status == 200
    page = city.supervisor.submit(form, **{f"m{i}": str(points) for i, points in enumerate(MOST, 1)}, words="我的意见")
    assert page.status == 409 and "我的意见" in page.text
    assert city.one(f"SELECT turn FROM sample_letter WHERE id = {rows[0][0]}") == "1"


def test_a_new_sheet_holds_for_later_samples_only(city):
    old = announce(city)
    form = city.supervisor.get("/samples/sheet").form("/samples/sheet")
    page = city.supervisor.submit(form, p1="24")
    assert page.status == 422 and "99 分" in page.text
    page = city.supervisor.submit(form, name="试行评分表", p1="24", p2="16")
    assert page.status == 200 and page.path == "/samples"
    new = announce(city)
    as_before = city.supervisor.submit(city.supervisor.get("/samples/sheet").form("/samples/sheet"), name="原来的分值", p1="25", p2="15")
    assert as_before.status == 200
    sheets = [city.one(f"SELECT s.name FROM sample x JOIN check_sheet s ON s.id = x.sheet_id WHERE x.id = {n}") for n in (old, new)]
    assert sheets[1] == "试行评分表" and sheets[0] != sheets[1]
