"""What holds for every page: its security headers, its parts, its errors."""
import re

import pytest
import requests
from city import Citizen

PUBLIC = ["/", "/letters/new", "/track", "/open", "/stats", "/help", "/nothing-here"]
DESK = ["/", "/queue", "/queue?view=open", "/watch"]


def pages(city):
    letter = city.letter("published")
    for path in [*PUBLIC, "/open/" + city.public_id(letter)]:
        yield city.citizen.get(path)
    yield city.citizen.check()
    yield city.citizen.track(letter)
    yield city.fresh("registrar1").send("GET", "/login")
    for path in [*DESK, f"/tickets/{letter.number}"]:
        yield city.supervisor.get(path)
    yield city.publisher.open(letter, "/publish")


def test_every_page_is_closed_against_strangers(city):
    for page in pages(city):
        policy = page.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, page.path
        assert "unsafe" not in policy and page.headers["X-Frame-Options"] == "DENY"
        assert page.headers["X-Content-Type-Options"] == "nosniff" and page.headers["Referrer-Policy"] == "no-referrer"
        assert "/" not in page.headers.get("Server", "")  # no version
        assert page.foreign() == [] and not re.search(r"<script(?![^>]*src=)|<style|<[^>]*\son\w+=", page.html)
        assert len(page.html.encode()) < 300_000


def test_every_part_a_page_names_is_there(city):
    parts = set()
    for page in pages(city):
        base = page.url[:len(city.public)]
        for tag, attrs in page.tags:
            name = attrs.get("src") or (attrs.get("href") if tag in ("link", "use") else None)
            if name and name.startswith("/"):
                parts.add(base + name.split("#")[0])
    assert len(parts) >= 4
    for url in parts:
        answer = requests.get(url, timeout=30)
        assert answer.status_code == 200 and answer.content, url


def test_every_link_of_the_public_pages_leads_somewhere(city):
    seen = set()
    for path in PUBLIC[:-1]:
        for href, words, _ in city.citizen.get(path).links:
            if href.startswith("/") and not href.startswith("/size"):
                seen.add(href.split("#")[0])
    for href in sorted(seen):
        assert city.get(href).status_code == 200, href


def test_every_page_has_one_heading_a_title_and_its_language(city):
    for page in pages(city):
        tags = [tag for tag, _ in page.tags]
        assert tags.count("h1") == 1 and tags.count("main") == 1, page.path
        assert dict(page.tags)["html"].get("lang") == "zh-CN" and re.search(r"<title>[^<]{4,}</title>", page.html)


@pytest.mark.parametrize("path", [
    "/nothing-here", "/open/0", "/open/99999999", "/open/x", "/open/-1", "/static/nothing.css", "/tickets/1",
])
def test_what_is_not_there_is_told_on_a_page_of_ours(city, path):
    answer = city.get(path)
    assert answer.status_code == 404 and "text/html" in answer.headers["Content-Type"] and "没有找到" in answer.text


@pytest.mark.parametrize("site", ["public", "desk"])
def test_a_name_that_is_not_ours_gets_no_page(city, site):
    base = getattr(city, site)
    port = base.rsplit(":", 1)[1]
    for name in ("evil.example", f"evil.example:{port}", "127.0.0.1.evil.example", ""):
        answer = requests.get(base + "/", headers={"Host": name}, timeout=30)
        assert answer.status_code in (400, 421) and "民声" not in answer.text, name
    for name in (f"127.0.0.1:{port}", f"localhost:{port}", "localhost"):
        assert requests.get(base + "/", headers={"Host": name}, timeout=30).status_code == 200, name


@pytest.mark.parametrize("method,path", [
    ("POST", "/open"), ("PUT", "/letters/new"), ("DELETE", "/open/1"), ("TRACE", "/"),
])
def test_a_method_that_is_none_is_refused(city, method, path):
    assert requests.request(method, city.public + path, timeout=30).status_code in (405, 501)


CROOKED = ["/%00", "/open?q=%ff%fe", "/open?q=%00", "/..%2f..%2fetc/passwd", "/open?" + "a=1&" * 200, "/" + "a" * 3000]


@pytest.mark.parametrize("path", CROOKED,
                         ids=["nul", "no-utf8", "nul-asked", "upwards", "too-many", "too-long"])
def test_a_crooked_address_is_refused_quietly(city, path):
    answer = requests.get(city.public + path, timeout=30)
    assert answer.status_code in (200, 400, 404, 413, 414), answer.status_code
    assert city.get("/health").status_code in (200, 503)


def test_the_number_of_a_published_letter_leads_to_it_and_of_another_nowhere(city):
    letter, hidden = city.letter("published"), city.letter("replied")
    found = city.citizen.get("/open", params={"q": letter.number})
    assert found.path == "/open/" + city.public_id(letter) or letter.title in found.text
    assert hidden.title not in city.citizen.get("/open", params={"q": hidden.number}).html


def test_the_start_page_shows_the_latest_answers(city):
    letter = city.letter("published", title="首页应当能看到的一封信")
    assert letter.title in Citizen(city).get("/").text
