"""Open data: complete, the same in every form, readable by others, and without what was taken down."""
import csv
import io
import pathlib
import re
import xml.etree.ElementTree as xml

import feedparser
import pytest
import requests
import surfaces
from city import Citizen

ATOM, GONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
ROOT = pathlib.Path(__file__).resolve().parents[2]
FIELDS = ["编号", "类型", "标题", "受理日期", "答复日期", "答复单位", "来信内容", "答复内容", "办理结果", "链接"]


def rows_of(answer):
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")  # by this Excel knows that it is UTF-8
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def published(city, where="TRUE"):
    return [no for no, in city.sql(f"SELECT no FROM pub_letter WHERE {where} ORDER BY replied_on DESC, id DESC")]


def feed(city, path):
    answer = city.get(path)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("application/atom+xml")
    return xml.fromstring(answer.content)


def links(element):
    return {link.get("rel"): link.get("href") for link in element.findall(ATOM + "link")}


# ---- whole years and months ----

def test_a_year_and_a_month_are_complete_files(city):
    letter = city.letter("published")
    year, month = city.field(letter, "YEAR(replied_at)"), city.field(letter, "DATE_FORMAT(replied_at + INTERVAL 8 HOUR, '%Y-%m')")
    for period, where in ((year, f"YEAR(replied_on) = {year}"), (month, f"DATE_FORMAT(replied_on, '%Y-%m') = '{month}'")):
        rows, told = rows_of(city.get(f"/data/letters/{period}.csv")), city.get(f"/data/letters/{period}.json").json()
        assert [row["编号"] for row in rows] == published(city, where) == [one["number"] for one in told]
        assert list(rows[0])[:10] == FIELDS
    assert letter.number in published(city, f"YEAR(replied_on) = {year}")


def test_all_forms_say_the_same_of_a_letter(city):
    letter = city.letter("published", title="树枝挡住了公交站牌，请修剪一下")
    of_list = next(one for one in city.get("/open.json").json()["items"] if one["number"] == letter.number)
    month = of_list["replied_on"][:7]
    of_file = next(one for one in city.get(f"/data/letters/{month}.json").json() if one["number"] == letter.number)
    row = next(row for row in rows_of(city.get(f"/data/letters/{month}.csv")) if row["编号"] == letter.number)
    paged = next(row for row in rows_of(city.get("/open.csv")) if row["编号"] == letter.number)
    assert of_file == of_list and row == paged
    assert [row[head] for head in FIELDS] == [of_list[key] for key in (
        "number", "type_name", "title", "accepted_on", "replied_on", "department", "question", "reply", "result_name", "link")]
    assert row["办理状态"] == of_list["status_name"] and row["公开日期"] == of_list["published_on"]
    assert requests.get(of_list["link"], timeout=30).status_code == 200


def test_a_file_says_how_long_it_is_and_is_not_sent_twice(city):
    period = city.field(city.letter("published"), "YEAR(replied_at)")
    answer = city.get(f"/data/letters/{period}.csv", headers={"Accept-Encoding": "identity"})
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    assert "no-cache" in answer.headers["Cache-Control"] and period in answer.headers["Content-Disposition"]
    again = city.get(f"/data/letters/{period}.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    head = requests.head(f"{city.public}/data/letters/{period}.csv", timeout=30)
    assert head.status_code == 200 and head.content == b"" and head.headers["ETag"] == answer.headers["ETag"]


def test_a_period_with_nothing_in_it_is_an_empty_table_and_no_period_is_nothing(city):
    assert rows_of(city.get("/data/letters/2001.csv")) == []
    assert city.get("/data/letters/2001-02.json").json() == []
    for period in ("26", "2026-13", "2026-1x", "all", "2026-11-02", "-001"):
        assert city.get(f"/data/letters/{period}.csv").status_code == 404, period


@pytest.mark.parametrize("words", ["=HYPERLINK(\"http://x.invalid\")，点这里", "+1 层楼梯坏了", "@各位领导，路灯坏了", "＝SUM(A1:A9)，请看"])
def test_nothing_in_a_file_calculates(city, words):
    letter = city.letter("published", title=words)
    month = city.field(letter, "DATE_FORMAT(replied_at + INTERVAL 8 HOUR, '%Y-%m')")
    answer = city.get(f"/data/letters/{month}.csv")
    row = next(row for row in rows_of(answer) if row["编号"] == letter.number)
    assert row["标题"] == "'" + words
    assert not any(cell[:1] in "=+-@\t\r" for row in rows_of(answer) for cell in row.values() if cell)


# ---- what is taken down ----

def test_what_is_taken_down_is_in_no_file_and_is_told_to_who_kept_a_copy(city):
    letter = city.letter("published", title="一封不久就撤下的信，写的是桥头")
    link = f"{city.public}/open/{city.public_id(letter)}"
    month = city.field(letter, "DATE_FORMAT(replied_at + INTERVAL 8 HOUR, '%Y-%m')")
    paths = [f"/data/letters/{month}.csv", f"/data/letters/{month}.json", f"/data/letters/{month[:4]}.csv", "/open.atom"]
    before = {path: city.get(path).headers["ETag"] for path in paths}
    assert all("一封不久就撤下的信" in city.get(path).text for path in paths)
    city.publisher.act(letter, "withdraw_publication", text="家属要求")
    for path in paths:
        answer = city.get(path, headers={"If-None-Match": before[path]})
        assert answer.status_code == 200 and "一封不久就撤下的信" not in answer.text, path
    removed = city.get("/data/removed.json").json()["items"]
    assert link in [one["link"] for one in removed] and list(removed[0]) == ["link", "removed_at"]
    first = feed(city, "/open.atom?type=consult")  # whatever is asked for
    assert link in [gone.get("ref") for gone in first.findall(GONE + "deleted-entry")]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", gone.get("when"))
               for gone in first.findall(GONE + "deleted-entry"))


def test_what_comes_back_under_its_address_is_not_told_to_be_gone(city):
    letter = city.letter("published", body="联系人住在桥头，请先隐去。请问桥头的路灯什么时候修？")
    link = f"{city.public}/open/{city.public_id(letter)}"
    city.publisher.edit_edition(letter, body="请问桥头的路灯什么时候修？")
    assert link in [one["link"] for one in city.get("/data/removed.json").json()["items"]]
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert link == f"{city.public}/open/{city.public_id(letter)}"
    assert link not in [one["link"] for one in city.get("/data/removed.json").json()["items"]]


def test_what_is_withheld_is_a_row_without_a_word(city):
    letter = city.letter("replied", title="举报锅炉房夜里偷排黑烟，附近都看得见")
    before = surfaces.withheld(city)
    city.secrecy_reviewer.act(letter, "withhold", reason="whistleblower", text="可能暴露写信人")
    answer = city.get("/data/withheld.json")
    told = answer.json()["items"]
    assert surfaces.withheld(city) == before + 1 and letter.number not in answer.text and "锅炉" not in answer.text
    assert set(told[0]) == {"type", "type_name", "department", "received_on", "accepted_on", "replied_on", "workdays", "reason_name"}
    assert told[0]["department"] == "市城市管理局" and "检举" not in told[0]["reason_name"]
    assert city.get("/data/withheld.json?cursor=x").status_code == 422


# ---- the feed ----

def test_a_feed_is_valid_atom_page_after_page(city):
    """RFC 4287 sections 4.1 and 4.2; RFC 5005 section 3."""
    path, ids, pages = "/open.atom?type=complaint&limit=3", [], set()
    while path:
        root, found = feed(city, path), []
        assert [len(root.findall(ATOM + name)) for name in ("id", "title", "updated")] == [1, 1, 1]
        assert links(root)["self"] == city.public + path
        pages.add(root.find(ATOM + "id").text)
        for entry in root.findall(ATOM + "entry"):
            assert [len(entry.findall(ATOM + name)) for name in ("id", "title", "updated", "published", "content")] == [1] * 5
            assert links(entry)["alternate"] == entry.find(ATOM + "id").text
            assert entry.find(f"{ATOM}author/{ATOM}name").text
            assert entry.find(ATOM + "published").text <= entry.find(ATOM + "updated").text <= root.find(ATOM + "updated").text
            found.append(entry.find(ATOM + "id").text)
        assert (links(root).get("first") is None) == (not ids)
        assert found or not ids
        ids += found
        path = links(root)["next"][len(city.public):] if "next" in links(root) else None
    assert len(pages) == 1 and len(ids) == len(set(ids)) == len(published(city, "type = 'complaint'"))


def test_a_feed_reader_reads_it(city):
    letter = city.letter("published", title="“引号”、<尖括号> & 符号都要原样显示")
    read = feedparser.parse(city.get("/open.atom").content)
    assert not read.bozo, read.get("bozo_exception")
    entry = next(one for one in read.entries if one.link.endswith("/open/" + city.public_id(letter)))
    assert "尖括号" in entry.title and entry.id == entry.link and entry.content[0].value.strip()
    assert read.feed.links[0].rel == "self" and read.feed.title and read.version == "atom10"


def test_a_feed_of_nothing_is_valid_too(city):
    root = feed(city, "/open.atom?year=2001")
    assert root.findall(ATOM + "entry") == [] and root.find(ATOM + "updated").text.startswith(("19", "20"))


# ---- what there is ----

def test_the_catalogue_names_what_can_be_fetched(city):
    answer = city.get("/data.jsonld")
    assert answer.headers["Content-Type"].startswith("application/ld+json")
    told = answer.json()
    assert told["@type"] == "dcat:Catalog" and len(told["dcat:dataset"]) >= 5
    for dataset in told["dcat:dataset"]:
        assert requests.get(dataset["dcat:landingPage"]["@id"], timeout=30).status_code == 200
        for one in dataset.get("dcat:distribution", []):
            fetched = requests.get(one["dcat:downloadURL"]["@id"], timeout=30)
            assert fetched.status_code == 200, one
            assert one["dcat:mediaType"]["@id"].endswith(fetched.headers["Content-Type"].split(";")[0])
    assert requests.get(told["dct:license"]["@id"], timeout=30).status_code == 200


def test_the_page_lists_every_year_and_month_with_as_many_as_there_are(city):
    page = Citizen(city).get("/data")
    wanted = city.sql("SELECT DATE_FORMAT(replied_on, '%Y-%m'), COUNT(*) FROM pub_letter GROUP BY 1")
    shown = {href for href, _, _ in page.links}
    assert wanted and {f"/data/letters/{month}.csv" for month, _ in wanted} <= shown
    assert {f"/data/letters/{month[:4]}.json" for month, _ in wanted} <= shown
    for month, n in wanted:
        year, number = month.split("-")
        row = next(row for row in page.rows if row.get("标题") == f"{year}年{int(number)}月")
        assert f"{int(n):,} 封" in row.values()
    heads = list(rows_of(city.get("/open.csv"))[0])
    assert all(any(row.get("标题") == head for row in page.rows) for head in heads)


def test_other_sites_may_read_the_data_and_nothing_else(city):
    for path in ("/open.json", "/open.csv", "/open.atom", "/stats.json", "/commitments.json", "/units.json", "/data.jsonld",
                 "/data/removed.json", "/data/withheld.json", "/data/letters/2026.csv", "/api/v1/open"):
        answer = city.get(path)
        assert answer.headers["Access-Control-Allow-Origin"] == "*", path
        assert 'rel="license"' in answer.headers["Link"], path
    for path in ("/", "/open", "/track", "/letters/new", "/data"):
        assert "Access-Control-Allow-Origin" not in city.get(path).headers, path


def test_a_program_is_told_what_is_wrong_with_what_it_asks(city):
    assert city.get("/commitments.json?unit=nowhere").status_code == 404
    answer = city.get("/commitments.json?cursor=x")
    assert answer.status_code == 422 and answer.json()["error"]["field"] == "cursor"


# ---- for robots ----

def locs(city, path):
    answer = city.get(path)
    assert answer.status_code == 200, path
    return [element.text for element in xml.fromstring(answer.content).iter() if element.tag.endswith("}loc")]


def test_the_sitemap_leads_to_every_public_page_and_letter(city):
    city.letter("published")
    parts = locs(city, "/sitemap.xml")
    pages = locs(city, parts[0][len(city.public):])
    letters = [loc for part in parts[1:] for loc in locs(city, part[len(city.public):])]
    assert sorted(letters) == sorted(f"{city.public}/open/{i}" for i, in city.sql("SELECT id FROM pub_letter"))
    assert all(requests.get(url, timeout=30, allow_redirects=False).status_code == 200 for url in pages)
    assert len(pages) == len(set(pages)) and f"{city.public}/units/cgj" in pages


def test_every_page_for_people_is_in_the_sitemap(city):
    """A new page without a :part that is not there is missing in sitemap.tbl, or belongs to what robots keep away from."""
    table = (ROOT / "fcgi/pages.tbl").read_text()
    paths = re.findall(r'^PAGE\(PUBLIC,\s*GET,\s*"(/[^":.]*)"', table, re.M)
    pages = {loc[len(city.public):] for loc in locs(city, "/sitemap/pages.xml")}
    away = re.findall(r"^Disallow: (\S+)", city.get("/robots.txt").text, re.M)
    missing = []
    for path in paths:
        answer = city.get(path, allow_redirects=False)
        people = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
        if people and path not in pages and not any(path.startswith(start) for start in away):
            missing.append(path)
    assert missing == []
    linked = {href for href, _, _ in Citizen(city).get("/help").links}
    assert pages - {page for page in pages if page.startswith(("/units/", "/reports/"))} <= linked
