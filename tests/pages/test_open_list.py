"""The listing and the letter as readers meet them: filters with counts, pages both ways, addresses that stay, rows of what is not
published; and the numbers that the database keeps for it."""
import re
import urllib.parse

import pytest
import requests

NUMBER = r"MS-T?-?[A-Z]-\d{8}-\d{6}-\d"
COUNTED = """SELECT l.id, IF(l.id & 2, p.unit_id, 0), CASE l.topic_level WHEN 0 THEN 0 WHEN 1 THEN COALESCE(p.topic_top, 0) ELSE p.topic_id END,
  IF(l.id & 8, COALESCE(p.place_id, 0), 0),
  CASE l.period_level WHEN 0 THEN 0 WHEN 1 THEN YEAR(p.replied_on) ELSE EXTRACT(YEAR_MONTH FROM p.replied_on) END,
  IF(l.id & 1, p.type, '') AS kind, IF(l.id & 16, COALESCE(p.result_code, ''), '') AS outcome, COUNT(*)
  FROM pub_letter p JOIN pub_lens l WHERE l.topic_level < 2 OR p.topic_id MOD 100 > 0 GROUP BY 1, 2, 3, 4, 5, kind, outcome"""


def numbers(page):
    return [row["标题"].split()[-1] for row in page.rows if re.search(NUMBER, row.get("标题", ""))]


def walk(city, path, way):
    """The pages from here on, each as the numbers on it."""
    pages = []
    while path:
        page = city.citizen.get(path)
        pages.append(numbers(page))
        path = page.link(way)
        assert len(pages) < 100
    return pages


def filters(page):
    """{link: number beside it} of the links that narrow the listing."""
    chosen = {attrs["href"] for tag, attrs in page.tags if tag == "a" and "aria-current" in attrs}
    found = {}
    for href, words, _ in page.links:
        counted = re.fullmatch(r"(.+?) ?([\d,]+)", words)
        if href.startswith("/open?") and counted and href not in chosen:
            found[href] = int(counted[2].replace(",", ""))
    return found


@pytest.mark.parametrize("path", ["/open", "/open?topic=roads", "/open?unit=cgj&result=solved"])
def test_a_filter_leaves_as_many_letters_as_its_link_says(city, path):
    links = filters(city.citizen.get(path))
    assert len(links) > 5
    for href, count in links.items():
        page = city.citizen.get(href)
        assert f"找到 {count:,} 封" in page.text, (href, count)
        assert len(numbers(page)) == min(count, 20), href


@pytest.mark.parametrize("query,where", [
    ("topic=roads", "topic_id BETWEEN 200 AND 299"), ("topic=street_lamp", "topic_id = 205"),
    ("place=shuxiang", "place_id = (SELECT id FROM place WHERE code = 'shuxiang')"), ("result=explained", "result_code = 'explained'"),
    ("year=2026&month=10", "replied_on BETWEEN '2026-10-01' AND '2026-10-31'"),
    ("type=complaint&topic=roads&place=shuxiang&year=2026", "type = 'complaint' AND topic_id BETWEEN 200 AND 299 AND YEAR(replied_on) = 2026"
     " AND place_id = (SELECT id FROM place WHERE code = 'shuxiang')"),
    ("unit=cgj&topic=street_lamp&result=solved", "topic_id = 205 AND result_code = 'solved' AND unit_id = "
     "(SELECT id FROM unit WHERE code = 'cgj')"),
])
def test_filters_of_all_kinds_leave_exactly_what_fits(city, query, where):
    rows = [no for no, in city.sql(f"SELECT no FROM pub_letter WHERE {where} ORDER BY replied_on DESC, id DESC")]
    assert sum(walk(city, "/open?" + query, "next"), []) == rows
    assert [one["number"] for one in city.get("/open.json?limit=50&" + query).json()["items"]] == rows[:50]


def test_the_chosen_filters_can_be_taken_away_one_by_one(city):
    page = city.citizen.get("/open?type=complaint&year=2026")
    away = {href for href, words, _ in page.links if "去掉" in words}
    assert away == {"/open?year=2026", "/open?type=complaint"}


@pytest.mark.parametrize("query", ["topic=love", "place=moon", "result=perfect", "month=13", "after=20260101-1"])
def test_filters_that_make_no_sense_are_left_out_for_people_and_told_to_programs(city, query):
    assert city.citizen.get("/open?" + query).status == 200
    answer = city.get("/open.json?" + query)
    assert answer.status_code == 422 and answer.json()["error"]["field"] == query.split("=")[0]


@pytest.mark.parametrize("path", ["/open", "/open?type=complaint", "/open?unit=cgj", "/open?topic=roads"])
def test_pages_lead_back_the_way_they_came(city, path):
    there = walk(city, path, "next")
    last = path
    for _ in there[1:]:
        last = city.citizen.get(last).link("next")
    assert walk(city, last, "prev") == there[::-1]


def test_a_day_far_back_is_one_step_away(city):
    day = city.one("SELECT MIN(replied_on) FROM pub_letter")
    page = city.citizen.get("/open?to=" + day)
    assert numbers(page) == [no for no, in city.sql(f"SELECT no FROM pub_letter WHERE replied_on <= '{day}' ORDER BY replied_on DESC, id DESC")]


def test_the_kept_counts_are_those_of_the_letters(city):
    letter = city.letter("published")
    city.registrar.submit(city.registrar.open(letter).form(f"/tickets/{letter.number}/topic"), topic="205")
    assert city.field(letter, "topic_id") == "205"
    city.publisher.act(city.letter("published"), "withdraw_publication", text="家属要求")
    kept = city.sql("SELECT lens, unit_id, topic_id, place_id, period, type, result, n FROM pub_count WHERE n <> 0")
    assert sorted(kept) == sorted(city.sql(COUNTED))
    assert city.one("SELECT COUNT(*) FROM pub_count WHERE n < 0") == "0"


def test_a_corrected_letter_keeps_its_address_and_says_when(city):
    letter = city.letter("published")
    public_id, first = city.public_id(letter), city.one(f"SELECT first_at FROM pub_letter WHERE no = '{letter.number}'")
    assert "更正日期" not in city.citizen.get(f"/open/{public_id}").text
    city.clock_add_workdays(1)
    city.publisher.edit_edition(letter, body="请问望湖路的路灯什么时候修？")
    assert city.citizen.get(f"/open/{public_id}").status == 410
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert city.public_id(letter) == public_id
    assert city.one(f"SELECT first_at FROM pub_letter WHERE no = '{letter.number}'") == first
    assert "更正日期" in city.citizen.get(f"/open/{public_id}").text


def test_what_is_withheld_keeps_a_row_and_not_a_word(city):
    letter = city.letter("replied", title="举报某单位虚报冒领 甲乙丙丁")
    before = city.citizen.get("/open/withheld").text
    city.secrecy_reviewer.act(letter, "withhold", reason="whistleblower", text="涉及举报人")
    page = city.citizen.get("/open/withheld")
    assert int(re.search(r"共 ([\d,]+) 封", page.text)[1]) == int(re.search(r"共 ([\d,]+) 封", before)[1]) + 1
    row = next(row for row in page.rows if "用时" in row)
    assert row["标题"] == "法律、行政法规禁止公开" and row["答复单位"] == "市城市管理局"
    assert letter.number not in page.html and "甲乙丙丁" not in page.html and "检举" not in page.text and "举报人" not in page.text
    assert city.one(f"SELECT COUNT(*) FROM pub_letter WHERE no = '{letter.number}'") == "0"
    city.publisher.edit_edition(letter, title="咨询资金使用", body="请问资金怎样使用？")
    city.secrecy_reviewer.act(letter, "approve_summary")
    city.publisher.act(letter, "publish")
    assert city.citizen.get("/open/withheld").text == before
    assert "公开摘要" in city.citizen.get("/open/" + city.public_id(letter)).text


def test_a_letter_shows_how_far_it_is(city):
    letter = city.letter("published", title="公园北门的长椅坏了三张")
    path = "/open/" + city.public_id(letter)
    assert "办理状态 已答复" in city.citizen.get(path).text and "写信人评价 未评价" in city.citizen.get(path).text
    city.citizen.rate(letter, grade=2, solved="no", words="还没有修")
    assert "写信人评价 不满意" in city.citizen.get(path).text
    city.supervisor.act(letter, "reopen", reason="dissatisfied", text="属实")
    assert "办理状态 重新办理中" in city.citizen.get(path).text


def test_the_place_comes_from_published_words_alone(city):
    letter = city.letter("published", title="请修一修路灯", place="青山街道办事处门口", body="家门口的路灯不亮，晚上看不清路，请派人来看一看。")
    assert city.one(f"SELECT COALESCE(place_id, 0) FROM pub_letter WHERE no = '{letter.number}'") == "0"
    other = city.letter("published", title="明德路的路灯不亮", body="从书香路口往东，路灯都不亮，晚上看不清路，请派人来看一看。")
    assert city.one(f"SELECT code FROM place WHERE id = (SELECT place_id FROM pub_letter WHERE no = '{other.number}')") == "shuxiang"


@pytest.mark.parametrize("path", ["/", "/open", "/open?q=路灯", "/open/withheld", "/open.json", "/open.csv", "/open.atom", "/api/v1/open", "one"])
def test_what_shows_letters_is_asked_for_anew_each_time(city, path):
    path = "/open/" + city.one("SELECT MAX(id) FROM pub_letter") if path == "one" else path
    answer = city.get(path)
    assert answer.headers["Cache-Control"] == "public, no-cache" and answer.headers["ETag"]
    again = city.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again.headers["Cache-Control"] == "public, no-cache"


def test_whether_it_helped_is_counted_and_nobody_is(city):
    path = "/open/" + city.public_id(city.letter("published"))
    page = city.citizen.get(path)
    said = city.citizen.submit(page.form(path + "/helpful"), helped="yes")
    assert "谢谢，已经记下" in said.text and "1 人次认为" in said.text
    public_id = path.rsplit("/", 1)[1]
    for _ in range(10):
        answer = requests.post(city.public + path + "/helpful", data={"helped": "no"}, allow_redirects=False, timeout=30)
        assert answer.status_code == 303 and "Set-Cookie" not in answer.headers
    assert city.sql(f"SELECT yes, no FROM pub_helpful WHERE letter_id = {public_id}") == [["1", "4"]]  # five an hour of one network
    assert requests.post(city.public + "/open/999999999/helpful", data={"helped": "yes"}, timeout=30).status_code == 404
    assert requests.post(city.public + path + "/helpful", data={"helped": "so-so"}, timeout=30).status_code == 422
    elsewhere = {"Origin": "https://elsewhere.invalid"}
    assert requests.post(city.public + path + "/helpful", data={"helped": "yes"}, headers=elsewhere, timeout=30).status_code == 403


def test_a_letter_can_be_passed_on_without_anybody_else_knowing(city):
    path = "/open/" + city.public_id(city.letter("published"))
    page = city.citizen.get(path)
    assert city.public.split("//")[1] in urllib.parse.unquote(page.words_of("link")) and page.words_of("link").endswith(path)
    outside = [attrs for _, attrs in page.tags for name in ("src", "href") if attrs.get(name, "").startswith(("http", "//"))]
    assert outside == []


def test_a_changed_list_of_places_looks_at_all_letters_anew(city, tmp_path):
    def places(text):
        (tmp_path / "places.json").write_text(text, encoding="utf-8")
        return city.ctl("places", "import", str(tmp_path / "places.json"))

    before = city.sql("SELECT code, name, (SELECT GROUP_CONCAT(CONCAT('\"', word, '\"')) FROM place_word w WHERE w.place_id = p.id) "
                      "FROM place p ORDER BY sort_order")
    assert places('[{"code": "north", "name": "城北", "words": ["书香路"]}]').returncode == 0
    try:
        fits = city.sql("SELECT no FROM pub_letter WHERE CONCAT(title, ' ', body, ' ', reply) LIKE '%书香路%' ORDER BY replied_on DESC, id DESC")
        assert fits and [[no] for no in sum(walk(city, "/open?place=north", "next"), [])] == fits
        for wrong in ('{}', '[{"code": "N", "name": "x", "words": ["书香路"]}]', '[{"code": "n", "name": "x", "words": ["书"]}]', "[", "[1]"):
            done = places(wrong)
            assert done.returncode == 2 and done.stderr, wrong
        assert city.one("SELECT COUNT(*) FROM place") == "1"
    finally:
        rows = [f'{{"code": "{code}", "name": "{name}", "words": [{words}]}}' for code, name, words in before]
        assert places("[" + ",".join(rows) + "]").returncode == 0
    assert city.one("SELECT COUNT(*) FROM place") == str(len(before))
    kept = city.sql("SELECT lens, unit_id, topic_id, place_id, period, type, result, n FROM pub_count WHERE n <> 0")
    assert sorted(kept) == sorted(city.sql(COUNTED))
