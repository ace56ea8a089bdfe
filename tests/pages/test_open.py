"""The disclosure listing: what is published is there in every form, once; what is withdrawn is gone everywhere."""
import csv
import io
import xml.etree.ElementTree as xml

import pytest
import requests
from city import Citizen

ATOM = "{http://www.w3.org/2005/Atom}"


def listed(city, path):
    """All numbers of the listing for people, page after page."""
    found, pages = [], 0
    while path:
        page = city.citizen.get(path)
        found += [row["标题"].split()[-1] for row in page.rows if row.get("答复日期", "").startswith("2")]
        path, pages = page.link("next"), pages + 1
        assert pages < 100
    return found


def published(city):
    return [no for no, in city.sql("SELECT no FROM pub_letter ORDER BY replied_on DESC, id DESC")]


def test_every_published_letter_is_listed_once_in_order(city):
    assert listed(city, "/open") == published(city)
    assert len(published(city)) > 20


def test_the_listing_has_the_columns_the_rules_ask_for(city):
    page = city.citizen.get("/open")
    assert {"标题", "类型", "受理日期", "答复日期", "答复单位", "结果"} <= set(page.rows[1])


@pytest.mark.parametrize("query,where", [
    ("type=complaint", "type = 'complaint'"),
    ("unit=cgj", "unit_id = (SELECT id FROM unit WHERE code = 'cgj')"),
    ("from=2026-08-01&to=2026-08-31", "replied_on BETWEEN '2026-08-01' AND '2026-08-31'"),
    ("year=2026&type=consult", "YEAR(replied_on) = 2026 AND type = 'consult'"),
    ("year=2019", "YEAR(replied_on) = 2019"),
    ("q=医保", "title LIKE '%医保%' OR body LIKE '%医保%' OR reply LIKE '%医保%'"),
])
def test_a_filter_leaves_exactly_what_fits(city, query, where):
    rows = city.sql(f"SELECT no FROM pub_letter WHERE {where} ORDER BY replied_on DESC, id DESC")
    assert listed(city, "/open?" + query) == [no for no, in rows]
    items = city.get("/open.json?limit=50&" + query).json()["items"]
    assert [one["number"] for one in items] == [no for no, in rows][:50]


def test_a_filter_that_makes_no_sense_is_a_mistake_for_programs(city):
    for query in ("type=love-letter", "from=yesterday", "cursor=20260101-0", "limit=0", "unit=nowhere"):
        answer = city.get("/open.json?" + query)
        assert answer.status_code == 422 and answer.json()["error"]["field"] == query.split("=")[0]


def test_an_unchanged_listing_is_not_sent_again(city):
    first = city.get("/open")
    assert first.headers["ETag"] and "no-store" not in first.headers["Cache-Control"]
    again = city.get("/open", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    city.letter("published")
    assert city.get("/open", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("path", ["/open", "/open.json", "/open.csv", "/open.atom", "/stats", "/stats.json", "/"])
def test_head_answers_like_get_without_a_body(city, path):
    get, head = city.get(path), requests.head(city.public + path, timeout=30)
    assert head.status_code == get.status_code == 200 and head.content == b""
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_the_feed_leads_through_all_letters(city):
    found, path = [], "/open.atom?limit=7"
    while path:
        feed = xml.fromstring(city.get(path).content)
        found += [entry.find(ATOM + "id").text for entry in feed.iter(ATOM + "entry")]
        links = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
        path = links["next"][len(city.public):] if "next" in links else None
    assert len(found) == len(set(found)) == len(published(city))
    assert all(requests.get(url, timeout=30).status_code == 200 for url in found[:3])


def table(city, path):
    answer = city.get(path)
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_table_for_spreadsheets_is_complete(city):
    rows = table(city, "/open.csv")
    assert [row["编号"] for row in rows] == published(city)
    assert {"编号", "类型", "标题", "受理日期", "答复日期", "答复单位", "来信内容", "答复内容", "办理结果", "链接"} <= set(rows[0])


@pytest.mark.parametrize("words", ["=1+1 的问题", "+86 开头的电话", "-1 层车库漏水", "@所有人 的通知", "＝SUM(A1) 的问题"])
def test_a_title_that_a_spreadsheet_would_compute_is_made_text(city, words):
    letter = city.letter("published", title=words, body=words + "：请问这样的标题在表格里会怎样？能不能照原样显示？")
    row = next(row for row in table(city, "/open.csv") if row["编号"] == letter.number)
    assert row["标题"] == "'" + words and row["来信内容"].startswith("'" + words)


@pytest.mark.row("PUBLISHED", "WITHDRAW_PUB", "WITHDRAWN_PUB")
def test_what_is_withdrawn_is_gone_everywhere_at_once(city):
    letter = city.letter("published", title="一封后来撤下的信 7391")
    public_id = city.public_id(letter)
    paths = ["/open", "/open.json", "/open.csv", "/open.atom", "/api/v1/open", "/open?q=7391", f"/open/{public_id}"]
    assert all("7391" in city.get(path).text for path in paths)
    old = city.get("/open").headers["ETag"]
    city.publisher.act(letter, "withdraw_publication", text="家属要求")
    for path in paths[:-2]:
        assert letter.number not in city.get(path).text, path
    assert letter.number not in city.get("/open?q=7391").text
    assert city.get(f"/open/{public_id}").status_code == 410
    assert letter.number not in city.get("/sitemap/pages.xml").text
    assert city.get("/open", headers={"If-None-Match": old}).status_code == 200


@pytest.mark.row("PUBLISHED", "EDIT_EDITION", "PENDING_REVIEW")
@pytest.mark.row("APPROVED_FULL", "PUBLISH", "CORRECTED")
def test_an_edited_text_is_public_only_after_another_look(city):
    letter = city.letter("published", body="来信里写着联系人张三的住址，请先隐去。请问路灯什么时候修？")
    city.publisher.edit_edition(letter, body="请问路灯什么时候修？")
    assert city.field(letter, "pub_state") == "pending_review"
    assert "approve_full" not in city.publisher.offered(letter) and "publish" not in city.publisher.offered(letter)
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    page = city.get("/open/" + city.public_id(letter)).text
    assert "张三" not in page and "请问路灯什么时候修？" in page
    assert city.field(letter, "pub_state") == "corrected"


def test_numbers_of_people_are_masked_before_anybody_publishes(city):
    letter = city.letter("replied", body="请回电话 13912345678，身份证 110101199003077758，谢谢。路灯不亮已经一个星期了。")
    page = city.secrecy_reviewer.open(letter, "/publish")
    assert "已隐去 2 处" in page.text
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert "13912345678" not in city.get("/open.json").text and "199003077758" not in city.get("/open.csv").text


def test_similar_answers_are_shown_below_a_letter(city):
    first = city.letter("published", title="滨河公园东门外的喷泉不喷水")
    city.letter("published", title="滨河公园西门外的喷泉不喷水")
    public_id = city.public_id(first)
    assert "滨河公园西门外的喷泉不喷水" in city.citizen.get(f"/open/{public_id}").text


@pytest.mark.parametrize("path,kind", [
    ("/robots.txt", "text/plain"), ("/.well-known/security.txt", "text/plain"), ("/sitemap.xml", "application/xml"),
    ("/sitemap/pages.xml", "application/xml"), ("/help", "text/html"), ("/stats", "text/html"),
])
def test_what_everybody_asks_of_a_site_is_there(city, path, kind):
    answer = city.get(path)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith(kind)
    if kind == "application/xml":
        xml.fromstring(answer.content)


def test_large_letters_are_a_choice_that_stays(city):
    visitor = Citizen(city)
    assert 'data-size="large"' not in visitor.get("/open").html
    visitor.get(next(href for href, words, _ in visitor.get("/open").links if words == "长者模式"))
    assert 'data-size="large"' in visitor.get("/help").html
    assert visitor.get("/size?to=normal&back=//evil.invalid/").url.startswith(city.public)


def test_the_statistics_say_what_they_count(city):
    page, told = city.citizen.get("/stats"), city.get("/stats.json").json()
    assert "指标说明" in page.text and "按期答复率" in page.text and "统计截至" in page.text
    assert told["definitions"] and told["total"]["received"] > 0
