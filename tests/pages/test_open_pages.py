"""Pages of units, the service standard and what was promised for a day: what they say is what holds."""
import datetime
import pathlib
import re

import pytest
from city import Citizen

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNIT = "市城市管理局"


def promised(city, on, title="望湖路口没有无障碍坡道，轮椅上不去", publish=True, **more):
    """A letter whose answer promised something for a day."""
    letter = city.letter("handling", title=title, **more)
    city.handler().submit_reply(letter, result="scheduled", on=on)
    city.dept_reviewer().approve(letter)
    if publish:
        city.secrecy_reviewer.act(letter, "approve_full")
        city.publisher.act(letter, "publish")
    return letter


def commitment(city, letter):
    """Its line of the ledger for programs, and its row on the page."""
    link = f"/open/{city.public_id(letter)}"
    told = next((one for one in city.get("/commitments.json").json()["items"] if one["link"].endswith(link)), None)
    page = Citizen(city).get("/commitments")
    return told, next((row for row in page.rows if row.get("标题") == letter.title), None)


def counts(city, unit="cgj"):
    page = Citizen(city).get(f"/commitments?unit={unit}")
    figures = re.findall(r'<dt>([^<]+)</dt>\s*<dd class="lx-figures__value">(?:<span[^>]*>!</span> )?([^<]+)</dd>', page.html)
    return {name: value for name, value in figures}


# ---- units ----

def test_every_unit_that_takes_letters_is_listed_with_its_telephone(city):
    page = Citizen(city).get("/units")
    told = {one["code"]: one for one in city.get("/units.json").json()["items"]}
    rows = city.sql("SELECT u.code, u.name, c.phone, c.duties FROM unit u JOIN unit_card c ON c.unit_id = u.id "
                    "WHERE u.active AND u.takes_letters")
    assert len(rows) > 10
    for code, name, phone, duties in rows:
        assert name in page.text and phone in page.text and duties in page.text
        assert told[code]["phone"] == phone and told[code]["link"] == f"{city.public}/units/{code}"
    assert "sjzg" not in told  # nothing is told of it, and it takes no letters


def test_units_are_found_by_what_they_do(city):
    page = Citizen(city).get("/units?q=路灯")
    assert UNIT in page.text and "市教育局" not in page.text and "找到 1 个单位" in page.text
    assert "没有找到管这件事的单位" in Citizen(city).get("/units?q=宇宙飞船").text
    assert Citizen(city).get("/units?q=%3Cb%3E").status == 200


def test_a_unit_tells_who_answers_for_it_and_never_their_telephones(city):
    page = Citizen(city).get("/units/cgj")
    for duty, name, post, phone in city.sql("SELECT d.duty, d.name, d.post, d.phone FROM unit_duty d JOIN unit u ON u.id = d.unit_id "
                                            "WHERE u.code = 'cgj' AND d.undone_at IS NULL AND d.to_on IS NULL"):
        ahead = city.one(f"SELECT COUNT(*) FROM unit_duty WHERE name = '{name}' AND from_on > '{city.today()}'") != "0"
        assert (f"{name}（{post}）" in page.text) != ahead and phone not in page.html
    for name, in city.sql("SELECT o.name FROM officer o JOIN unit u ON u.id = o.unit_id WHERE u.code = 'cgj'"):
        assert name not in page.text  # who handles letters is nobody's business


def test_the_figures_of_a_unit_are_those_of_the_statistics(city):
    city.letter("published")
    city.run_slad()
    page, year = Citizen(city).get("/units/cgj"), city.today().year
    told = city.get(f"/stats.json?year={year}&unit=cgj").json()["total"]
    figures = re.findall(r"<dt>([^<]+)</dt>\s*<dd class=\"lx-figures__value\">([^<]+)</dd>", page.html)
    shown = {name: value for name, value in figures}
    assert shown["收件"] == f"{told['received']:,}" and shown["答复"] == f"{told['replied']:,}"
    assert shown["公开答复"] == f"{told['published']:,}" and "统计截至" in page.text


def test_the_latest_answers_of_a_unit_are_its_own(city):
    letter = city.letter("published", title="广场北门的路灯杆歪了，请扶正")
    page = Citizen(city).get("/units/cgj")
    shown = [row["标题"].split()[-1] for row in page.rows if row.get("答复日期", "").startswith("2")]
    wanted = city.sql("SELECT p.no FROM pub_letter p JOIN unit u ON u.id = p.unit_id WHERE u.code = 'cgj' "
                      "ORDER BY p.replied_on DESC, p.id DESC LIMIT 5")
    assert shown == [no for no, in wanted] and letter.number in shown
    city.publisher.act(letter, "withdraw_publication", text="家属要求")
    assert letter.number not in Citizen(city).get("/units/cgj").text


@pytest.mark.parametrize("path", ["/units/nowhere", "/units/CGJ%20", "/units/%2E%2E"])
def test_a_unit_that_is_none_is_not_found(city, path):
    assert city.get(path).status_code in (400, 404)


# ---- the service standard ----

def test_the_standard_says_what_the_clocks_do(city):
    page = Citizen(city).get("/standards")
    units = {"W": "个工作日", "D": "天", "M": "个月"}
    names = dict(re.findall(r'TYPE\(\w+, *(\w+), *"([^"]+)"', (ROOT / "tickets/types.tbl").read_text()))
    rules = city.sql("SELECT business_type, amount, amount_unit, max_amount, grounds FROM sla_policy WHERE timer = 'reply' AND unit_id IS NULL "
                     f"AND business_type IS NOT NULL AND '{city.today()}' BETWEEN valid_from AND COALESCE(valid_to, '9999-12-31') "
                     "ORDER BY valid_from, id")
    for kind, amount, unit, ceiling, grounds in {rule[0]: rule for rule in rules}.values():  # of two rules the later one
        row = next(row for row in page.rows if row.get("标题") == names[kind] and "按期答复率" in row)
        assert row["答复"] == f"{amount} {units[unit]}"
        assert (f"最长 {ceiling} 个工作日" in row["延期"]) == (int(ceiling) > int(amount))
        document = re.search(r"（(.*)）", grounds)
        assert document is None or f"依据：{document[1]}" in page.text
    assert "不收费" in page.text and "列入通报" in page.text


def test_a_term_that_is_to_come_is_announced_and_does_not_hold_yet(city):
    before = Citizen(city).get("/units/jyj").rows
    city.sql("INSERT INTO sla_policy (timer, business_type, unit_id, amount, amount_unit, max_amount, valid_from, grounds) "
             "SELECT 'reply', 'consult', id, 3, 'W', 6, '2027-06-01', '本局承诺' FROM unit WHERE code = 'jyj'")
    try:
        assert "咨询的答复时限：市教育局 3 个工作日，2027年6月1日起改为这样" in Citizen(city).get("/standards").text
        assert Citizen(city).get("/units/jyj").rows == before
        city.clock("2027-06-01 10:00")
        row = next(row for row in Citizen(city).get("/units/jyj").rows if row.get("标题") == "咨询" and "延期" in row)
        assert row["答复"] == "3 个工作日" and "最长 6 个工作日" in row["延期"]
    finally:
        city.sql("DELETE FROM sla_policy WHERE grounds = '本局承诺'")  # it is to hold for no other test
    assert "市教育局" not in Citizen(city).get("/standards").text


# ---- what was promised for a day ----

def test_a_promise_is_open_then_kept(city):
    before = counts(city)
    letter = promised(city, "2026-10-16")
    told, row = commitment(city, letter)
    assert told["state"] == "open" and told["promised_on"] == "2026-10-16" and told["kept_on"] is None
    assert row["承诺完成"] == "2026-10-16" and "正在办" in row["情况"] and row["单位"] == UNIT
    city.clock("2026-10-15 10:00")
    city.handler().act(letter, "fulfil", text="两头的坡道已经完工")
    told, row = commitment(city, letter)
    assert told["state"] == "kept" and told["kept_on"] == "2026-10-15" and row["实际完成"] == "2026-10-15"
    assert "按期兑现" in row["情况"]
    assert int(counts(city)["已兑现"]) == int(before["已兑现"]) + 1


def test_a_promise_that_is_late_says_so_and_is_late_for_ever(city):
    letter = promised(city, "2026-10-12", title="河边步道的栏杆断了三处，请修好")
    city.clock("2026-10-14 10:00")
    told, row = commitment(city, letter)
    assert told["state"] == "overdue" and "过期没有兑现" in row["情况"]
    assert int(counts(city)["过期没有兑现"]) >= 1
    city.handler().act(letter, "fulfil", text="栏杆已经焊好")
    told, row = commitment(city, letter)
    assert told["state"] == "late" and "过期才兑现" in row["情况"] and told["kept_on"] == "2026-10-14"


def test_a_later_answer_takes_the_place_of_a_promise(city):
    letter = promised(city, "2026-10-20", title="体育场东侧缺一处公厕，请安排")
    city.registrar.act(letter, "reopen", reason="promise_broken", text="写信人不同意这个日期")
    city.handler().submit_reply(letter, result="solved")
    city.dept_reviewer().approve(letter)
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    told, row = commitment(city, letter)
    assert told["state"] == "replaced" and "改由新的答复" in row["情况"] and told["kept_on"] is None


def test_a_promise_in_a_letter_that_is_not_public_is_counted_and_not_shown(city):
    before = counts(city)
    letter = promised(city, "2026-10-20", title="举报食堂后厨长期不消毒", publish=False)
    city.secrecy_reviewer.act(letter, "withhold", reason="whistleblower", text="可能暴露写信人")
    assert int(counts(city)["还没有到期"]) == int(before["还没有到期"]) + 1
    for path in ("/commitments", "/commitments?unit=cgj", "/commitments.json"):
        assert letter.number not in city.get(path).text and "后厨" not in city.get(path).text


def test_the_ledger_goes_on_page_by_page(city):
    items, path, pages = [], "/commitments.json", 0
    while path:
        told = city.get(path).json()
        items += told["items"]
        path, pages = (told["next"] or "")[len(city.public):], pages + 1
    rows = city.sql("SELECT p.id FROM reply r JOIN ticket t ON t.id = r.ticket_id JOIN pub_letter p ON p.no = t.no "
                    "WHERE r.result_code = 'scheduled' AND r.kind = 'final' AND r.state = 'approved' AND r.next_on IS NOT NULL")
    assert sorted(one["link"].rsplit("/", 1)[1] for one in items) == sorted(i for i, in rows) and pages < 10


def test_what_is_no_unit_is_said_on_the_page(city):
    page = Citizen(city).get("/commitments?unit=nowhere")
    assert page.status == 200 and "没有这个单位" in page.text


# ---- how they hang together ----

def test_the_statistics_lead_to_the_unit_and_to_the_bulletin_of_the_period(city):
    hrefs = {href for href, _, _ in Citizen(city).get("/stats?unit=cgj").links}
    assert {"/units/cgj", "/standards", "/commitments", "/data"} <= hrefs
    hrefs = {href for href, _, _ in Citizen(city).get("/").links}
    assert {"/units", "/standards", "/commitments", "/reports", "/data"} <= hrefs


def test_a_bulletin_that_is_published_is_linked_from_the_figures_of_its_month(city):
    published = city.get("/sitemap/pages.xml").text
    months = re.findall(r"/reports/(\d{4})-(\d\d)</loc>", published)
    for year, month in months:
        last = (datetime.date(int(year) + int(month) // 12, int(month) % 12 + 1, 1) - datetime.timedelta(1)).isoformat()
        page = Citizen(city).get(f"/stats?from={year}-{month}-01&to={last}")
        assert f"/reports/{year}-{month}" in {href for href, _, _ in page.links}
    if not months:
        assert "月报和年度报告" in Citizen(city).get("/stats").text
