"""The figures of a period: what the pages say, the letters behind each figure, topics, and figures that were fixed."""
import concurrent.futures
import csv
import datetime
import io
import re

import pytest

YEAR = "from=2026-01-01&to=2026-12-31"
BEHIND = ["received", "accepted", "refused", "merged", "withdrawn", "invalid", "due", "on_time", "late", "extended", "replied",
          "published", "rated", "satisfied", "sent_back", "reworked", "result", "solved", "closed", "returned", "overdue_open"]


def total(city, **ask):
    return city.get("/stats.json?" + "&".join(f"{key}={value}" for key, value in ask.items())).json()["total"]


def listed(city, measure, ask=YEAR):
    """Numbers of all letters behind a figure, page by page."""
    seen, path = [], f"/figures/letters?{ask}&measure={measure}"
    while path:
        page = city.supervisor.get(path)
        assert page.status == 200, page.text
        seen += re.findall(r'<span class="lx-number">([^<]+)</span>', page.html)
        path = next((href for href, words, _ in page.links if words == "下一页"), None)
    return seen


def topic_id(city, code):
    return city.one(f"SELECT id FROM topic WHERE code = '{code}'")


def test_behind_every_figure_stand_as_many_letters(city):
    """Counted by stats_of() from one side, by the lists' conditions in SQL from the other."""
    city.run_slad()
    told = city.get(f"/stats.json?{YEAR}").json()["total"]
    for measure in BEHIND:
        numbers = listed(city, measure)
        assert len(numbers) == len(set(numbers)) == told[measure], measure


def test_a_unit_a_type_and_both_add_up(city):
    told = city.get(f"/stats.json?{YEAR}").json()
    assert sum(line["received"] for line in told["types"]) == sum(line["received"] for line in told["units"]) \
        == sum(line["received"] for line in told["topics"]) == told["total"]["received"]
    by_type = city.get(f"/stats.json?{YEAR}&type=complaint").json()
    assert by_type["total"]["received"] == next(t["received"] for t in told["types"] if t["type"] == "complaint")
    both = [city.get(f"/stats.json?{YEAR}&type={t['type']}&unit=cgj").json()["total"]["replied"] for t in told["types"]]
    assert sum(both) == city.get(f"/stats.json?{YEAR}&unit=cgj").json()["total"]["replied"]


@pytest.mark.parametrize("ask", ["", "&unit=cgj", "&type=consult", "&unit=cgj&type=consult", "&topic=roads",
                                 "&topic=roads&unit=cgj"])
def test_a_period_cut_anywhere_adds_up(city, ask):
    """Months, days, and months less some days: whatever a period is read from."""
    def told(first, last):
        return city.get(f"/stats.json?from={first}&to={last}{ask}").json()["total"]

    first, last = datetime.date(2026, 7, 1), datetime.date(2026, 9, 25)
    whole = told(first, last)
    for cut in (2, 29, 31, 58, 80):
        middle = first + datetime.timedelta(cut)
        parts = told(first, middle), told(middle + datetime.timedelta(1), last)
        for measure in ("received", "accepted", "due", "on_time", "replied", "rated", "closed"):
            assert parts[0][measure] + parts[1][measure] == whole[measure], (measure, middle)


def test_the_page_says_what_it_counts_and_leads_to_the_letters(city):
    page = city.supervisor.get(f"/figures?{YEAR}")
    for words in ("按期答复率", "逾期未办", "上年同期", "指标说明", "按主题", "近十二个月"):
        assert words in page.text
    assert "<svg" in page.html and page.html.count("数字见表格") >= 4
    assert any("measure=late" in href for href, _, _ in page.links) or "measure=received" in page.html
    csv = city.supervisor.get(f"/figures.csv?{YEAR}").html
    assert "合计" in csv and "按期答复率" in csv


@pytest.mark.parametrize("ask", [YEAR, f"{YEAR}&unit=cgj", f"{YEAR}&type=consult"])
def test_the_table_for_everybody_says_what_the_numbers_for_programs_say(city, ask):
    answer, told = city.get(f"/stats.csv?{ask}"), city.get(f"/stats.json?{ask}").json()
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    of = lambda group: {row["名称"]: row for row in rows if row["分组"] == group}
    heads = {"received": "收件", "accepted": "受理", "replied": "答复", "published": "公开答复", "on_time": "按期答复", "overdue_open": "逾期未办"}
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8" and answer.headers["Access-Control-Allow-Origin"] == "*"
    for group, lines in (("类型", told["types"]), ("承办单位", told["units"]), ("主题", told["topics"])):
        assert len(of(group)) == len(lines), group
        for line in lines:
            assert [of(group)[line["name"]][heads[key]] for key in heads] == [str(line[key]) for key in heads], line["name"]
    assert {name: row[head] for name, head in heads.items() for row in rows if row["分组"] == "合计"} == {key: str(told["total"][key]) for key in heads}


def test_a_month_that_is_not_over_is_drawn_apart(city):
    for reader, path in ((city.supervisor, "/figures"), (city.citizen, "/stats")):
        page = reader.get(path)
        assert "lx-chart__open" in page.html and "9月只算到29日" in page.text
        page = reader.get(path + "?year=2025")
        assert "lx-chart__open" not in page.html and "只算到" not in page.text


def test_figures_are_for_supervisors_and_leaders(city):
    assert city.handler().get("/figures").status == 403
    assert city.officer("leader1").get("/figures").status == 200


@pytest.mark.parametrize("ask,words", [("unit=nowhere", "没有这个单位"), ("type=x", "没有这个类型"), ("topic=x", "没有这个主题"),
                                       ("from=2026-05-01&to=2026-04-01", "开始日期晚于结束日期")])
def test_what_is_not_understood_is_said(city, ask, words):
    assert words in city.supervisor.get(f"/figures?{ask}").text
    assert words in city.citizen.get(f"/stats?{ask}").text
    assert [city.get(f"/stats.{form}?{ask}").status_code for form in ("json", "csv")] in ([404, 404], [422, 422])


def test_a_letter_counts_under_its_topic_as_soon_as_it_has_one(city):
    before = total(city, topic="roads")["received"]
    letter = city.letter("accepted")
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/topic")
    page = city.registrar.submit(form, topic=topic_id(city, "street_lamp"))
    assert "路灯照明" in page.text
    assert total(city, topic="roads")["received"] == before + 1  # the upper one has those of its lower ones
    assert total(city, topic="street_lamp")["received"] >= 1
    assert city.handler().post(f"/tickets/{letter.number}/topic", topic="0").status == 403
    city.registrar.submit(form, topic="0")
    assert total(city, topic="roads")["received"] == before
    assert city.registrar.submit(form, topic="77777").status == 422


def test_the_topic_is_chosen_when_the_letter_is_assigned(city):
    letter = city.citizen.write()
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="accept_assign")
    city.registrar.submit(form, unit=city.registrar.unit_id("市城市管理局"), topic=topic_id(city, "parking"))
    assert city.field(letter, "topic_id") == topic_id(city, "parking")


def freeze(city, **given):
    return city.supervisor.post("/figures/frozen", **{"name": "试一试", "from": "2026-01-01", "to": "2026-01-31", **given})


def test_fixed_figures_stay_and_show_what_has_changed_since(city):
    city.run_slad()
    page = freeze(city, to=str(city.today() - datetime.timedelta(days=1)))
    assert page.status == 200 and "没有变化" in page.text and "内容完整" in page.text
    number = page.path.rsplit("/", 1)[1]
    with pytest.raises(Exception, match="(?i)null|1048"):
        city.sql(f"UPDATE stat_frozen SET figures = '{{}}' WHERE id = {number}")
    with pytest.raises(Exception, match="frozen figures stay"):
        city.sql(f"DELETE FROM stat_frozen WHERE id = {number}")
    signed = city.supervisor.submit(page.form(page.path), note="已核对")
    assert "已核对" in signed.text and not any(form.action == page.path for form in signed.forms)
    assert city.supervisor.submit(page.form(page.path)).status == 409
    assert city.officer("leader1").get(page.path).status == 200


def test_a_button_pressed_twice_fixes_the_figures_once(city):
    city.supervisor.token()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: freeze(city, name="按了两次").path, range(2))
    assert first == second == freeze(city, name="按了两次").path
    city.clock("2026-09-29 16:05")
    assert freeze(city, name="按了两次").path != first


@pytest.mark.parametrize("given,words", [({"name": ""}, "请写这份统计叫什么"), ({"to": "2030-01-01"}, "今天以前"),
                                         ({"from": "2026-06-01", "to": "2026-05-01"}, "不能早于")])
def test_what_cannot_be_fixed_is_said_at_its_field(city, given, words):
    page = freeze(city, **given)
    assert page.status == 422 and any(words in error for error in page.errors)
    assert page.form("/figures/frozen").value("from") == given.get("from", "2026-01-01")
