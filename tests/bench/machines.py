"""What programs fetch, with 10,000 and with 1,000,000 published letters: Open311, whole years and months, commitments, sitemap, what was
withheld. What counts is how many rows the database touches for an answer, which no other program can disturb.

    MINSHENG_BUILD=build/release python3 tests/bench/machines.py [--small N] [--large N] [--times N] [--port N]

Exit code 1 when an answer touches more rows with many letters than with few (or than its ceiling, where it shows more of them), a deep
page more than the first, or a file more than a few rows a letter."""
import pathlib
import time

import filling
from open import p99, two_cities

HERE = pathlib.Path(__file__).resolve().parent
V2 = "/open311/v2"
ROWS_RATIO, ROWS_A_LETTER = 1.3, 18
# Of what is open all is shown, up to 200, and a year's promises of a unit are counted: more letters are more of them.
CEILING = {"commitments": 7000, "commitments of a unit": 4000, "its page": 10000, "the page of a unit": 10000, "stats.csv": 5000}
LAST = "updated_after=2026-07-05T00:00:00Z"


def promises(it):
    first = it.one("SELECT COALESCE(MAX(id), 0) FROM ticket")
    filling.Client(it).run(f"SET @first = {first}, @today = DATE '{it.today()}';" + (HERE / "machines.sql").read_text(encoding="utf-8"))
    print(f"{int(it.one('SELECT COUNT(*) FROM pub_commitment')):,} commitments", flush=True)
    return True


def paths(it):
    """What is asked on both; each shows as many letters with few as with many, where there are that many."""
    newest = [row[0] for row in it.sql("SELECT no FROM pub_letter WHERE no LIKE 'MS-T-B%' ORDER BY replied_on DESC LIMIT 50")]
    return {
        "requests by number, 50": f"{V2}/requests.json?service_request_id={','.join(newest)}",
        "requests, page_size 50": f"{V2}/requests.json?page_size=50",
        "requests.xml, page_size 50": f"{V2}/requests.xml?page_size=50&extensions=true",
        "requests, changed, 50": f"{V2}/requests.json?{LAST}&page_size=50",
        "requests, one service, 50": f"{V2}/requests.json?service_code=complaint&status=closed&page_size=50",
        "updates, 50": f"{V2}/servicerequestupdates.json?page_size=50",
        "one request": f"{V2}/requests/{newest[0]}.json",
        "open.atom": "/open.atom",
        "open.csv": "/open.csv?limit=100",
        "commitments": "/commitments.json",
        "commitments, far back": "/commitments.json?cursor=20220101-1",
        "commitments of a unit": "/commitments.json?unit=cgj",
        "its page": "/commitments?unit=cgj",
        "the page of a unit": "/units/cgj",
        "withheld": "/data/withheld.json",
        "removed": "/data/removed.json",
        "data": "/data",
        "sitemap part": "/sitemap/1.xml",
        "stats.csv": "/stats.csv?year=2026",
    }


def compare(small, large, times):
    ok, of_small, of_large = True, paths(small.it), paths(large.it)
    for name in of_small:
        rows = small.rows_read(of_small[name]), large.rows_read(of_large[name])
        took = [p99([site.ms(path) for _ in range(times)]) for site, path in ((small, of_small[name]), (large, of_large[name]))]
        fine = rows[1] <= CEILING.get(name, rows[0] * ROWS_RATIO + 50)
        ok = ok and fine
        print(f"{name:28} rows {rows[0]:7,} {rows[1]:7,}   ms {took[0]:7.1f} {took[1]:7.1f}{'' if fine else '   OVER'}", flush=True)
    return ok


def followed(site, path):
    """Pages by their links: rows of each, and how many letters all of them hold."""
    rows, n = [], 0
    while path:
        before = site.rows_read(path)
        answer = site.session.get(site.it.public + path, timeout=60)
        rows.append((before, len(answer.json())))
        n += len(answer.json())
        path = answer.links["next"]["url"][len(site.it.public):] if "next" in answer.links else None
    return rows, n


def deep(site):
    """90 days by links; the last full page must touch no more than the first; by counted pages it may."""
    rows, n = followed(site, f"{V2}/requests.json?page_size=500")
    wanted = int(site.it.one(f"SELECT COUNT(*) FROM pub_letter WHERE received_on >= DATE '{site.it.today()}' - INTERVAL 90 DAY"))
    full = [one[0] for one in rows if one[1] == 500] or [rows[0][0]]
    counted = site.rows_read(f"{V2}/requests.json?page_size=500&page={len(full)}")
    print(f"90 days: {n:,} of {wanted:,} letters, {len(rows)} pages; rows of the first {full[0]:,}, of the last full {full[-1]:,}, "
          f"by page={len(full)} {counted:,}")
    again = site.session.get(f"{site.it.public}{V2}/requests.json", timeout=60)
    head = {"If-None-Match": again.headers["ETag"]}
    began = time.monotonic()
    same = site.session.get(f"{site.it.public}{V2}/requests.json", headers=head, timeout=60)
    print(f"the usual list: {len(again.json()):,} letters, {len(again.content):,} bytes; asked again: {same.status_code}, "
          f"{(time.monotonic() - began) * 1000:.1f} ms")
    return n == wanted and full[-1] <= full[0] * 1.1 + 50 and same.status_code == 304


def read_plainly(site, like):
    """Seconds for nothing but fetching the texts of these letters, by the database's own client: what bounds a file."""
    began = time.monotonic()
    filling.Client(site.it).run(f"SELECT no, title, body, reply, unit_id, replied_on FROM pub_letter WHERE {like} ORDER BY replied_on DESC, id DESC")
    return time.monotonic() - began


def files(site):
    ok = True
    for period, form in (("2024-05", "csv"), ("2024-05", "json"), ("2024", "csv"), ("2024", "json")):
        like = f"EXTRACT({'YEAR_MONTH' if len(period) > 4 else 'YEAR'} FROM replied_on) = {period.replace('-', '')}"
        n = int(site.it.one(f"SELECT COUNT(*) FROM pub_letter WHERE {like}"))
        plain, began = read_plainly(site, like), time.monotonic()
        rows = site.rows_read(f"/data/letters/{period}.{form}")
        took, each = time.monotonic() - began, rows / max(n, 1)
        ok = ok and each <= ROWS_A_LETTER
        print(f"{period}.{form}: {n:,} letters, {took:.1f} s, {took / plain:.1f} times a plain reading of them, {each:.1f} rows a letter")
    return ok


def run(small, large, times):
    ok = compare(small, large, times)
    ok = deep(large) and ok
    return files(large) and ok


if __name__ == "__main__":
    two_cities(__doc__, 20, 18900, promises, run)
