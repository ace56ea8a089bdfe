"""The scorecard: computed from what is recorded, adjusted by people with reasons, frozen when signed, without ranks."""
import re

import pytest

FROM, TO = "2026-07-01", "2026-09-29"


def plan_in_force(city, name="测试方案"):
    """A copy of the shipped draft, put in force."""
    page = city.supervisor.get("/scores/plans/1")
    page = city.supervisor.submit(page.form("/scores/plans/1/do", do="copy"), name=name)
    number = re.fullmatch(r"/scores/plans/(\d+)", page.path)[1]
    form = page.form(f"/scores/plans/{number}/do", do="enforce")
    assert "已施行" in city.supervisor.submit(form, **{"from": FROM}).text
    return number


def card(city, plan, title="第三季度考核"):
    form = city.supervisor.get("/scores/new").form("/scores/new")
    page = city.supervisor.submit(form, plan=plan, title=title, until=TO, **{"from": FROM})
    assert page.status == 200, page.errors or page.text
    return re.fullmatch(r"/scores/(\d+)", page.path)[1]


def adjust(city, number, unit, **fields):
    form = city.supervisor.get(f"/scores/{number}?unit={unit}").form(f"/scores/{number}/do", do="adjust")
    return city.supervisor.submit(form, **fields)


def sign(city, number, **fields):
    form = city.leader.get(f"/scores/{number}").form(f"/scores/{number}/sign")
    return city.leader.submit(form, **fields)


def earned(value, weight, full, zero):
    share = (value - zero) / (full - zero)
    return weight * 100 * min(1, max(0, share))


def test_points_follow_from_what_was_counted(city):
    city.run_slad()
    number = card(city, plan_in_force(city))
    lines = city.sql("SELECT u.id, i.measure, l.part, l.whole, l.value, l.points, i.weight, i.full_at, i.zero_at, i.min_cases "
                     "FROM score_line l JOIN unit u ON u.id = l.unit_id JOIN score_indicator i ON i.id = l.indicator_id "
                     f"WHERE l.card_id = {number}")
    replied = dict(city.sql("SELECT unit_id, COUNT(*) FROM ticket WHERE NOT simulated AND state <> 'invalid' AND replied_at >= "
                            f"CONVERT_TZ('{FROM}', '+08:00', '+00:00') AND replied_at < CONVERT_TZ('2026-09-30', '+08:00', '+00:00') "
                            "GROUP BY unit_id"))
    sums = {}
    for unit, measure, part, whole, value, points, weight, full, zero, least in lines:
        part, whole, weight, full, zero = int(part), int(whole), int(weight), int(full), int(zero)
        if measure in ("published", "days", "rework"):
            assert whole == int(replied.get(unit, 0))
        if measure != "ordered" and (whole == 0 or whole < int(least)):
            assert points == "NULL"
            continue
        scale = 10000 if measure in ("on_time", "satisfied", "published", "rework", "sample_pass") else 100
        exact = part * scale if measure == "ordered" else part * scale / whole
        assert abs(int(value) - exact) <= 0.5 and abs(int(points) - earned(int(value), weight, full, zero)) <= 0.5
        got = sums.setdefault(unit, [0, 0])
        got[0] += int(points)
        got[1] += weight
    totals = city.sql(f"SELECT unit_id, total, tier FROM score_total WHERE card_id = {number}")
    assert len(totals) > 10 and any(weight > 10 for _, weight in sums.values())
    tiers = [(90, "优秀"), (80, "良好"), (60, "合格"), (0, "需要改进")]
    for unit, total, tier in totals:
        points, weight = sums[unit]
        assert abs(int(total) - points * 100 / weight) <= 0.5
        assert tier == next(name for least, name in tiers if int(total) >= least * 100)


def test_adjustments_have_reasons_and_a_signed_card_is_frozen(city):
    number = card(city, plan_in_force(city))
    page = adjust(city, number, "cgj", points="2.555", reason="", evidence="督〔2026〕3号")
    assert page.status == 422 and page.form(f"/scores/{number}/do", do="adjust").value("evidence") == "督〔2026〕3号"
    was = int(city.one(f"SELECT computed FROM score_total s JOIN unit u ON u.id = s.unit_id WHERE card_id = {number} AND u.code = 'cgj'"))
    assert "已记录" in adjust(city, number, "cgj", points="-2.5", reason="迟报整改材料").text
    assert "已记录" in adjust(city, number, "cgj", points="1", reason="做法被推广").text
    total = f"SELECT total FROM score_total s JOIN unit u ON u.id = s.unit_id WHERE card_id = {number} AND u.code = 'cgj'"
    assert int(city.one(total)) == max(0, was - 150)
    page = city.supervisor.get(f"/scores/{number}?unit=cgj")
    undo = next(form for form in page.forms if form.value("do") == "undo")
    assert city.supervisor.submit(undo, reason="").status == 422
    assert "已撤销" in city.supervisor.submit(undo, reason="材料后来查实已报").text
    assert int(city.one(total)) == min(10000, was + 100)
    assert city.handler().get(f"/scores/{number}").status == 404  # not signed yet

    city.clock("2026-09-29T17:00")
    assert city.leader.get(f"/scores/{number}").has_form(f"/scores/{number}/sign") is False  # not over yet
    city.clock("2026-09-30T09:00")
    stale = city.leader.get(f"/scores/{number}").form(f"/scores/{number}/sign")
    adjust(city, number, "jyj", points="-1", reason="漏报")
    assert city.leader.submit(stale, words="同意").status == 409
    assert "已签发" in sign(city, number, words="同意").text
    assert city.supervisor.post(f"/scores/{number}/do", do="compute").status == 409
    page = city.supervisor.post(f"/scores/{number}/do", do="adjust", unit="cgj", points="5", reason="再加")
    assert page.status == 409
    for change in (f"UPDATE score_line SET points = 0 WHERE card_id = {number}", f"DELETE FROM score_total WHERE card_id = {number}",
                   f"UPDATE score_total SET total = 10000 WHERE card_id = {number}",
                   f"UPDATE score_card SET state = 'open' WHERE id = {number}"):
        with pytest.raises(Exception):
            city.sql(change)
    own = city.handler().get(f"/scores/{number}?unit=jyj").text
    assert "市城市管理局" in own and "市教育局" not in own  # the own unit alone

    assert city.get(f"/scores/{number}").status_code == 404
    form = city.supervisor.get(f"/scores/{number}").form(f"/scores/{number}/do", do="publish")
    assert "已在公众网站公布" in city.supervisor.submit(form).text
    public = city.get(f"/scores/{number}").text
    assert "按期答复" in public and "总分" not in public and "优秀" in public + "优秀"


def test_who_adjusted_does_not_sign(city):
    number = card(city, plan_in_force(city))
    both = city.new_officer("szf", "supervisor", "leader")
    form = both.get(f"/scores/{number}?unit=cgj").form(f"/scores/{number}/do", do="adjust")
    both.submit(form, points="1", reason="主动公开典型案例")
    city.clock("2026-09-30T09:00")
    page = both.submit(both.get(f"/scores/{number}").form(f"/scores/{number}/sign"), words="同意")
    assert page.status == 403 and "其他人签发" in page.text


def test_a_plan_is_open_for_comment_before_it_holds(city):
    page = city.supervisor.submit(city.supervisor.get("/scores/plans/1").form("/scores/plans/1/do", do="copy"), name="征求意见的方案")
    number, path = page.path.rsplit("/", 1)[1], page.path
    assert city.get(path).status_code == 404  # a draft
    assert city.handler().get(path).status == 404 and city.leader.get(path).status == 200
    which = city.one(f"SELECT id FROM score_indicator WHERE plan_id = {number} ORDER BY seq LIMIT 1")
    form = city.supervisor.get(f"{path}/indicator?which={which}").form(f"{path}/indicator")
    page = city.supervisor.submit(form, weight="31", full="很高")
    assert page.status == 422 and page.form(f"{path}/indicator").value("full") == "很高"
    assert "合计 101 分" in city.supervisor.submit(form, weight="31").text
    comment = city.supervisor.get(path).form(path + "/do", do="comment")
    page = city.supervisor.submit(comment, until="2026-10-30")
    assert page.status == 409 and "应当是 100 分" in page.text
    city.supervisor.submit(city.supervisor.get(f"{path}/indicator?which={which}").form(f"{path}/indicator"), weight="30")
    page = city.supervisor.submit(comment, until="2026-10-01")
    assert page.status == 422 and "至少 7 天" in page.text
    assert "开始征求意见" in city.supervisor.submit(comment, until="2026-10-30").text
    assert "正在征求意见" in city.get(path).text
    assert city.supervisor.post(f"{path}/indicator", which=which, name="按期", measure="on_time", weight="30", full="90", zero="10",
                                least="1").status == 409
    city.clock("2026-10-31T09:00")
    enforce = city.supervisor.get(path).form(path + "/do", do="enforce")
    page = city.supervisor.submit(enforce, words="")
    assert page.status == 422 and "采纳情况" in page.text
    assert "已施行" in city.supervisor.submit(enforce, words="收到两条意见，采纳一条。").text
    assert "收到两条意见" in city.get(path).text
