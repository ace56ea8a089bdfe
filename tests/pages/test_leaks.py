"""Nothing of a person becomes public: letters full of canaries go through every flow, then every byte that anybody can have is searched.

lib/secret_life.py plants, lib/leaks.py searches. A leak is told as "where it was found: what it was planted as".
"""
import json
import re
import subprocess

import leaks
import pytest
import requests
import tables
from instance import ROOT, START
from leaks import Canaries, Crawler, Hunt, words_of
from secret_life import SecretLife


@pytest.fixture(scope="module")
def life(city):
    city.clock(START)
    it = SecretLife(city)
    it.live()
    public = {no for no, in city.sql("SELECT no FROM ticket WHERE pub_state IN ('published', 'corrected')")}
    it.numbers = [leaks.Canary(letter.number, "number", f"number of {where}") for where, letter in it.letters.items()
                  if letter.number not in public]
    city.run_slad()
    city.clock(START)
    return it


OPEN311 = ["discovery", "services", "requests", *tables.types()]
OPEN311_QUERIES = ["extensions=true", "page=2&page_size=10", "status=open", "status=closed", "start_date=2026-07-01T00:00:00Z&end_date="
                   "2026-09-30T00:00:00Z", "updated_after=2026-07-01T00:00:00Z", "updated_before=2026-12-31T00:00:00Z"]


def starts(city, life):
    """The address of every public page that is fetched, with every id there is and has been."""
    most = int(city.one("SELECT COALESCE(MAX(id), 0) FROM pub_letter")) + 3
    numbers = [one.text for one in life.numbers[::6]]
    ids = {"/open/": range(1, most), "": range(1, 6)}
    codes = [code for code, in city.sql("SELECT code FROM unit")] + [f"2026-{month:02d}" for month in range(7, 11)] + ["2026", "2025"]
    others = {":step": ["send", "check", "keep", "edit", "drop", "rate", "ask", "withdraw"], ":part": ["pages", "units", "1", "2"],
              ":code": codes, ":period": [f"2026-{month:02d}" for month in range(1, 13)] + ["2024", "2025", "2026", "all"],
              ":what": [f"{one}.{form}" for one in [*codes[:3], *OPEN311, *numbers] for form in ("xml", "json")]}
    for page in tables.pages():
        if page.site != "PUBLIC" or page.method != "GET":
            continue
        part = re.search(r":\w+", page.path)
        if not part:
            yield page.path
            continue
        known = others.get(part[0]) or (ids.get(page.path.partition(":")[0], ids[""]) if part[0] == ":id" else None)
        assert known, f"{page.path}: say here what {part[0]} can be"
        yield from (page.path.replace(part[0], str(one)) for one in known)
    yield from (f"/open311/v2/requests.{form}?{query}" for form in ("json", "xml") for query in OPEN311_QUERIES)


@pytest.fixture(scope="module")
def public(city, life, tmp_path_factory):
    """Every public page, followed from link to link, and everything below /static/."""
    hunt = Hunt(tmp_path_factory.mktemp("leaks") / "public")
    crawler = Crawler(city.public, requests.Session(), hunt)
    crawler.walk(starts(city, life))
    folders = [f"/static/{path.name}" for path in (ROOT / "fcgi" / "static").iterdir()]
    inner = ("/_paper", "/paper", "/static/..%2fpaper")
    folders += [f"{at}/{path.name}" for path in (city.dir / "paper").iterdir() for at in inner]
    folders += ["/_errors/html/404", "/static/", "/static/..%2fminsheng.conf", "/tmp/cache", "/.git/config", "/nginx.conf"]
    crawler.walk(folders)
    for path in {page.path for page in tables.pages() if page.site == "PUBLIC" and ":" not in page.path}:
        for method in ("HEAD", "POST", "PUT", "OPTIONS"):
            crawler.fetch(path, method)
    crawler.walk(["/nothing-here", "/open/0", "/open/999999", "/open/x", "/reports/1999-01", "/%ff", "/open?cursor=x", "/open.json?from=x"])
    return crawler


def test_nothing_of_a_person_and_nothing_inside_is_public(city, life, public):
    fetched = [path for path, status in public.statuses.items() if status == 200]
    assert len(fetched) > 150 and {"/open", "/open.json", "/open.csv", "/open.atom", "/stats.json", "/sitemap.xml"} <= set(fetched)
    found = public.hunt.found(life.sealed.all + life.inside.all + life.numbers)
    asked = [one for one in found if one.text in one.found_in]  # who asks for a number reads it again, and that there is none
    assert {public.statuses[one.found_in.split(" ", 1)[1]] for one in asked} <= {404, 400}
    assert [one for one in found if one not in asked] == [], words_of(found)


def test_what_is_published_is_found_on_every_surface(city, life, public):
    """The control: canaries that were approved for everybody. A search that does not see them sees nothing."""
    found = public.hunt.found(life.public.all)
    seen = {(one.where, one.found_in.split(" ", 1)[1]) for one in found}
    for surface in ("/open", "/open.json", "/open.csv", "/open.atom", "/api/v1/open"):
        assert ("title of the published letter", surface) in seen, surface
    for surface in ("/open.json", "/open.csv"):
        assert {("body of the published letter", surface), ("answer of the published letter", surface)} <= seen, surface
    page = f"/open/{city.public_id(life.letters['the published letter'])}"
    assert {(f"{part} of the published letter", page) for part in ("title", "body", "answer")} <= seen
    assert {where for where, _ in seen} == {one.where for one in life.public.all}


def test_no_log_has_a_word_of_it(city, life, public, tmp_path):
    hunt = Hunt(tmp_path / "logs")
    hunt.add_tree(city.dir / "log")
    assert hunt.bytes > 10_000
    found = hunt.found(life.sealed.all + life.inside.all + life.public.all)
    assert found == [], words_of(found)


def test_no_file_beside_the_database_has_a_word_of_it(city, life, public, tmp_path):
    """nginx's caches and temporary folders, sockets' folders, settings: all but the database, files for officers, and mails."""
    hunt = Hunt(tmp_path / "files")
    hunt.add_tree(city.dir, but=("data", "mail", "paper", "log"))
    assert {"minsheng.conf", "nginx.conf"} <= set(hunt.labels.values())
    found = hunt.found(life.sealed.all + life.inside.all)
    assert found == [], words_of(found)


def test_a_mail_says_nothing_and_goes_to_its_writer_alone(city, life, tmp_path):
    """Numbers of letters and dates; no title, no name. The address in To is the one place for it."""
    hunt, to = Hunt(tmp_path / "mails"), {}
    for mail in city.mailbox.all():
        to[mail.name] = mail.to
        # Without the envelope, as the receiving server noted it; then as it is read.
        hunt.add(mail.name, re.sub(rb"^(?:To|X-RcptTo):.*\n(?:[ \t].*\n)*", b"", mail.raw, flags=re.M))
        hunt.add(mail.name, f"{mail.subject}\n{mail.text}")
    assert len(to) > 50
    found = hunt.found(life.sealed.all + life.inside.all)
    assert found == [], words_of(found)
    mails = {canary.text for canary in life.sealed.all if canary.kind == "mail"}
    told = [address for address in to.values() if any(mail in address for mail in mails)]
    assert told and all(address.strip("<> ") in mails for address in told), "one writer a mail"


def test_who_wrote_is_nowhere_in_the_database(city, life, tmp_path):
    """Names, numbers, addresses of writers, and letters that are not finished: sealed on arrival. The dump says so, and the files of
    the server with its journals."""
    args = ["mariadb-dump", "--no-defaults", "-S", city.status["db_socket"], "--skip-lock-tables", "--skip-extended-insert", "--hex-blob",
            "--default-character-set=utf8mb4", city.status["db_name"]]
    dump = subprocess.run(args, capture_output=True, timeout=120)
    assert dump.returncode == 0 and len(dump.stdout) > 1_000_000, dump.stderr[-400:]
    hunt = Hunt(tmp_path / "dump")
    hunt.add("dump", dump.stdout)
    found = hunt.found(life.sealed.all)
    assert found == [], words_of(found)
    assert hunt.found(life.public.all), "the control: letters themselves are in the dump"
    names = {canary.text.encode(): canary for canary in life.sealed.all}
    assert list((city.dir / "data").glob("**/ibdata1"))
    raw = leaks.grep(city.dir / "data", names)
    assert [(str(path), names[data].where) for path, data in raw] == []


# ---- what is asked for ----


def test_a_search_for_what_is_hidden_finds_nothing(city, life):
    """The words themselves come back in the box that was typed into: what counts is the list of letters."""
    for canary in life.sealed.all[:40] + life.inside.all[::3]:
        answer = city.get("/open.json", params={"q": canary.text[:60]})
        assert answer.status_code == 422 or answer.json()["items"] == [], canary
        if canary.kind == "words":
            similar = city.get("/letters/similar.json", params={"title": canary.text}).json()
            assert [one for one in similar["items"] if canary.text[:4] in one["title"]] == [], canary
    for canary in life.public.all[:4]:
        assert city.get("/open.json", params={"q": canary.text}).json()["items"] != [], canary


def test_what_was_taken_down_is_gone_from_the_cache_of_nginx_too(city):
    words = Canaries(55).words("title of a letter that is read and taken down")
    letter = city.letter("published", title=f"望湖路 {words}")
    surfaces = ["/", "/open", f"/open/{city.public_id(letter)}", "/open.json", "/open.csv", "/open.atom", "/api/v1/open", f"/open.json?q={words}",
                "/open311/v2/requests.json", "/open311/v2/requests.xml", f"/open311/v2/requests/{letter.number}.json", "/units/cgj",
                "/data/letters/2026-09.csv", "/data/letters/2026-09.json"]
    with city.nginx_keeps():
        seen = [path for path in surfaces for _ in range(2) if words in city.get(path).text]
        assert set(surfaces) - set(seen) <= {"/"}, seen
        city.publisher.act(letter, "withdraw_publication", text="写信人要求")
        assert [path for path in surfaces if words in city.get(path).text.replace(f"q={words}", "")] == []


# ---- the search itself ----


@pytest.mark.parametrize("text", ["阚翀赟", "13912345678", "晋BK2741", "somebody@mail.minsheng.invalid", "犇猋羴路283弄17号楼3单元1204室"])
def test_a_canary_is_known_in_every_form(tmp_path, text):
    canary, hunt = leaks.Canary(text, "x", "planted"), Hunt(tmp_path / "h")
    for form, data in leaks.forms(text).items():
        hunt.add(form, b"before " + data + b" after")
    for name, word in {"blanks": " ".join(text), "dashes": "-".join(text), "marked": f"<b>{text[:2]}</b><mark>{text[2:]}</mark>",
                       "numerals": text.translate(str.maketrans("0123456789", "零一二三四五六七八九")),
                       "JSON": json.dumps({"t": json.dumps(text)}), "gzip": ""}.items():
        hunt.add(name, leaks.gzip.compress(text.encode()) if name == "gzip" else word)
    hunt.add("none", "阚先生，13912345679，晋BK2742")
    assert {one.found_in for one in hunt.found([canary])} == set(hunt.labels.values()) - {"none"}


# ---- the public account (what may become public at all: test_gate.py) ----


# What the public account may read beside the public tables, and why.
READS = {
    "unit": "names of the units", "unit_card": "duties and numbers of the units", "topic": "names", "calendar_%": "holidays", "sla_%": "terms",
    "track_%": "one letter, of whoever gave its query code; without it nothing (test_gate.py)",
    "code_try": "keyed hashes", "kept_letter": "sealed", "idem": "hashes", "external_no": "numbers elsewhere",
    "same_number": "numbers of letters", "stat_%": "figures", "score_%": "published scorecards", "sample%": "samples", "check_%": "sheets", "pub_%": "public",
    "timer": "clocks", "timer_pause": "clocks", "proposal": "which act was proposed", "open_letter": "the publish view", "open_line": "its rows", "place": "names",
    "open_withheld": "dates and units of letters that are not published", "search_%": "published words, as they are looked for",
    "api_key_day": "how often a key was used",
}


def columns_of_all(city):
    """{table or view: its columns}"""
    found = {}
    for table, column in city.sql("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = DATABASE()"):
        found.setdefault(table, []).append(column)
    return found


def test_the_public_account_reads_the_public_tables_and_no_text_of_a_letter(city, life):
    """Tried on every column of every table and view: what it reads of them has no canary."""
    columns = columns_of_all(city)
    errors, _ = city.tries([f"SELECT * FROM {table} LIMIT 0" for table in columns], "public")
    readable = {table for table, error in zip(columns, errors) if error is None}
    known = [re.compile(name.replace("%", ".*")) for name in READS]
    assert [table for table in readable if not any(one.fullmatch(table) for one in known)] == []
    assert "open_letter" in readable and not {"edition", "ticket_text", "reply", "history", "contact", "pub_letter"} & readable
    apart = ("external_no",)  # numbers of other systems, to know a letter that came twice
    each = [f"SELECT '{table}.{column}', HEX({column}) FROM {table}" for table, names in columns.items() for column in names
            if not table.startswith("track_") and table not in apart]
    errors, text = city.tries(each, "public")
    assert sum(error is None for error in errors) > 300 and sum(error is not None for error in errors) > 300
    for canary in life.sealed.all + life.inside.all:
        form = canary.text.encode().hex().upper()
        if len(form) > 22 and form in text:
            line = next(line for line in text.splitlines() if form in line)
            raise AssertionError((line.split("\t")[0], canary))


def test_the_public_account_writes_no_public_row(city):
    """But whether an answer helped, which counts readers and not letters."""
    statements = []
    for table, columns in columns_of_all(city).items():
        if table.startswith(("pub_", "open_", "edition")) and table != "pub_helpful":
            same = f"INTO {table} SELECT * FROM {table} LIMIT 0"
            statements += [f"INSERT {same}", f"REPLACE {same}", f"DELETE FROM {table} LIMIT 0", f"TRUNCATE {table}"]
            statements += [f"UPDATE {table} SET {column} = {column} LIMIT 0" for column in columns]
    errors, _ = city.tries(statements, "public")
    allowed = [one for one, error in zip(statements, errors) if not re.search("denied|not updatable|not insertable", error or "")]
    assert len(statements) > 50 and allowed == []
