"""Every way in which the public reads letters, each as the set of letters it shows. All of them rest on one view: the same set.

A new surface gets a function here and a row in SURFACES; test_surfaces.py does the rest.
"""
import csv
import io
import re
import xml.etree.ElementTree as xml

ATOM = "{http://www.w3.org/2005/Atom}"
PAGES_MAX = 200


def by_page(city):
    """The list for people, page after page."""
    found, path = [], "/open"
    for _ in range(PAGES_MAX):
        page = city.citizen.get(path)
        found += re.findall(r"[A-Z]{2}-[A-Z]-\d{8}-\d{6}-[0-9X]", page.text)
        path = page.link("next")
        if not path:
            return set(found)
    raise AssertionError("the list has no end")


def _json(city, path):
    found, cursor = [], ""
    for _ in range(PAGES_MAX):
        told = city.get(path + cursor).json()
        found += [one["number"] for one in told["items"]]
        if not told["next_cursor"]:
            assert len(found) == len(set(found)), "a letter twice"
            return set(found)
        cursor = "?cursor=" + told["next_cursor"]
    raise AssertionError(f"{path} has no end")


def by_json(city):
    return _json(city, "/open.json")


def by_api(city):
    return _json(city, "/api/v1/open")


def by_csv(city):
    found, path = [], "/open.csv"
    for _ in range(PAGES_MAX):
        answer = city.get(path)
        found += [row["编号"] for row in csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))]
        link = re.search(r'<([^>]+)>; rel="next"', answer.headers.get("Link", ""))
        if not link:
            return set(found)
        path = link[1].removeprefix(city.public)
    raise AssertionError("the table has no end")


def numbers_of(city, ids):
    """Public ids as numbers of letters; of what is not public any more the id itself."""
    known = dict(city.sql("SELECT id, no FROM pub_letter"))
    return {known.get(one, "id " + one) for one in ids}


def by_feed(city):
    ids, path = [], "/open.atom"
    for _ in range(PAGES_MAX):
        feed = xml.fromstring(city.get(path).content)
        for entry in feed.iter(ATOM + "entry"):
            ids.append(re.search(r"/open/(\d+)", entry.find(ATOM + "link").get("href"))[1])
        links = {link.get("rel"): link.get("href") for link in feed.findall(ATOM + "link")}
        if "next" not in links:
            return numbers_of(city, ids)
        path = links["next"].removeprefix(city.public)
    raise AssertionError("the feed has no end")


def by_sitemap(city):
    ids = []
    for part in re.findall(r"<loc>([^<]+)</loc>", city.get("/sitemap.xml").text):
        ids += re.findall(r"/open/(\d+)<", city.get(part.removeprefix(city.public)).text)
    return numbers_of(city, ids)


def by_letter(city):
    """Each address that there is or was."""
    last = int(city.one("SELECT AUTO_INCREMENT FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'pub_letter'"))
    found = set()
    for n in range(1, last + 1):
        answer = city.get(f"/open/{n}")
        assert answer.status_code in (200, 404, 410), (n, answer.status_code)
        if answer.status_code == 200:
            found.add(str(n))
    return numbers_of(city, found)


def by_open311(city):
    found, path = [], "/open311/v2/requests.json?updated_after=2026-08-01T00:00:00Z"
    for _ in range(PAGES_MAX):
        answer = city.get(path)
        found += [one["service_request_id"] for one in answer.json()]
        if "next" not in answer.links:
            return set(found)
        path = answer.links["next"]["url"].removeprefix(city.public)
    raise AssertionError("Open311 has no end")


def by_file(city):
    """Files for whoever wants it all: those of the month."""
    table = city.get("/data/letters/2026-09.csv").content.decode("utf-8-sig")
    rows = {row["编号"] for row in csv.DictReader(io.StringIO(table))}
    told = {one["number"] for one in city.get("/data/letters/2026-09.json").json()}
    assert rows == told, rows ^ told
    return rows


WITHHELD = {"type", "type_name", "department", "received_on", "accepted_on", "replied_on", "workdays", "reason_name"}


def withheld(city):
    """How many letters are listed as not published: dates, units and reasons, and nothing by which one is known."""
    found, path = 0, "/data/withheld.json"
    for _ in range(PAGES_MAX):
        told = city.get(path).json()
        assert all(set(one) == WITHHELD for one in told["items"]), told["items"][:1]
        found += len(told["items"])
        if not told["next"]:
            return found
        path = told["next"].removeprefix(city.public)
    raise AssertionError("what is withheld has no end")


def by_search(city, words):
    """Of the letters that have these words."""
    return {one["number"] for one in city.get("/open.json", params={"q": words}).json()["items"]}


def by_search_page(city, words):
    page = city.citizen.get("/open", params={"q": words})
    return set(re.findall(r"[A-Z]{2}-[A-Z]-\d{8}-\d{6}-[0-9X]", page.text))


SURFACES = [by_page, by_json, by_api, by_csv, by_feed, by_sitemap]
# Show what was answered lately, or in one month.
SOME = [by_open311, by_file]
