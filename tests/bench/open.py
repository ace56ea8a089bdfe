"""The listing and the letter with 10,000 and with 1,000,000 published letters, in turn, so that what else the machine does weighs on both
alike: the 99th percentile of a page must not grow by more than a fifth, and page 50,000 must be as quick as page 1.

    MINSHENG_BUILD=build/release python3 tests/bench/open.py [--small N] [--large N] [--times N] [--port N]

Printed are milliseconds through nginx, and how many rows the database touched for a page, which no other program can disturb. Exit
code 1 when a target is missed or the kept counts are wrong. Statistics: stats.py; search: search.py."""
import argparse
import pathlib
import random
import sys
import tempfile
import time

import requests

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

import filling  # noqa: E402
from city import City  # noqa: E402

RATIO = 1.2
PAGES = 50000
ROWS_A_PAGE = 20
LISTS = ["/open", "/open?type=complaint", "/open?unit=cgj", "/open?topic=roads", "/open?topic=street_lamp&result=adopted", "/open?place=shuxiang",
         "/open?year=2024", "/open?year=2024&month=5&type=consult", "/open?unit=cgj&topic=roads&result=scheduled", "/open?from=2023-02-01&to=2023-02-28"]


def fill(it, n):
    """Triggers would count each letter as it comes; here all of them are counted at the end."""
    client, began = filling.Client(it), time.monotonic()
    names = [row[0] for row in client.run("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE() "
                                          "AND event_object_table = 'pub_letter' ORDER BY action_order")]
    made = [it.sql(f"SELECT CONCAT('CREATE TRIGGER ', trigger_name, ' ', action_timing, ' ', event_manipulation, ' ON pub_letter FOR EACH ROW ', "
                   f"REPLACE(action_statement, CHAR(10), ' ')) FROM information_schema.triggers WHERE trigger_schema = DATABASE() "
                   f"AND trigger_name = '{name}'")[0][0] for name in names]
    first = it.one("SELECT COALESCE(MAX(id), 0) FROM pub_letter")
    client.run("SET GLOBAL innodb_flush_log_at_trx_commit=0, GLOBAL sync_binlog=0;" + "".join(f"DROP TRIGGER {name};" for name in names))
    client.run(f"SET @n = {n}, @first = {first};" + (HERE / "open.sql").read_text(encoding="utf-8"))
    client.run("".join(statement + ";" for statement in made) + "SET GLOBAL innodb_flush_log_at_trx_commit=1, GLOBAL sync_binlog=1;")
    print(f"{n:,} published letters in {time.monotonic() - began:.0f} s", flush=True)


def counts_are_right(it):
    wrong = it.one("SELECT COUNT(*) FROM (SELECT unit_id, COUNT(*) AS n FROM pub_letter GROUP BY unit_id) p LEFT JOIN pub_count c "
                   "ON c.lens = 2 AND c.unit_id = p.unit_id WHERE NOT (c.n <=> p.n)")
    return wrong == "0"


def cursor_of_page(it, page):
    """What the link to that page says; found by counting, as no page does."""
    row = it.sql(f"SELECT DATE_FORMAT(replied_on, '%Y%m%d'), id FROM pub_letter ORDER BY replied_on DESC, id DESC LIMIT 1 OFFSET "
                 f"{(page - 1) * ROWS_A_PAGE - 1}")[0]
    return f"{row[0]}-{row[1]}"


class Site:
    def __init__(self, it):
        self.it, self.session = it, requests.Session()
        self.last = int(it.one("SELECT MAX(id) FROM pub_letter"))

    def ms(self, path):
        began = time.monotonic()
        answer = self.session.get(self.it.public + path, timeout=60)
        assert answer.status_code == 200, (path, answer.status_code)
        return (time.monotonic() - began) * 1000

    def rows_read(self, path):
        """Handler calls of everybody while this page is made: the instance has no other visitors."""
        def now():
            return sum(int(row[1]) for row in self.it.sql("SHOW GLOBAL STATUS WHERE variable_name IN ('Handler_read_next', 'Handler_read_prev', "
                                                          "'Handler_read_rnd_next', 'Handler_read_key')"))
        before, idle = now(), 0
        idle = now() - before
        before = now()
        self.ms(path)
        return now() - before - idle


def p99(values):
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def compare(small, large, name, path_of, times):
    """path_of(site): each time another one of that kind."""
    one, many = [], []
    for i in range(times + 5):
        a, b = small.ms(path_of(small)), large.ms(path_of(large))
        if i >= 5:
            one.append(a)
            many.append(b)
    rows = small.rows_read(path_of(small)), large.rows_read(path_of(large))
    middle = sorted(many)[len(many) // 2] / sorted(one)[len(one) // 2]
    ratio = p99(many) / p99(one)
    print(f"{name:52} p50 {sorted(one)[len(one) // 2]:6.1f} {sorted(many)[len(many) // 2]:6.1f} ({middle:4.2f})   p99 {p99(one):6.1f} {p99(many):6.1f} "
          f"({ratio:4.2f})   rows {rows[0]:6} {rows[1]:6}", flush=True)
    return one, many, ratio


def run(small, large, times):
    random.seed(311)
    worst, all_small, all_large = 0, [], []
    for path in LISTS:
        one, many, _ = compare(small, large, path, lambda site, p=path: p, times)
        all_small += one
        all_large += many
    one, many, letter = compare(small, large, "/open/ID", lambda site: f"/open/{random.randint(site.last - 9000, site.last)}", times)
    listing = p99(all_large) / p99(all_small)
    worst = max(listing, letter)
    print(f"listing p99 ratio {listing:.2f}, letter p99 ratio {letter:.2f}; target {RATIO}")
    deep = f"/open?cursor={cursor_of_page(large.it, PAGES)}"
    first, far, ratio = [], [], 0
    for _ in range(times):
        first.append(large.ms("/open"))
        far.append(large.ms(deep))
    ratio = p99(far) / p99(first)
    print(f"page 1 p50 {sorted(first)[times // 2]:.1f} ms p99 {p99(first):.1f} ms; page {PAGES:,} p50 {sorted(far)[times // 2]:.1f} ms "
          f"p99 {p99(far):.1f} ms ({ratio:.2f})")
    return worst <= RATIO and ratio <= RATIO


def two_cities(doc, times, port, prepare, measure):
    """One with few letters and one with many: prepare(it) for each, measure(small, large, times) for both; True is good."""
    options = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--small", type=int, default=10000)
    options.add_argument("--large", type=int, default=1000000)
    options.add_argument("--times", type=int, default=times)
    options.add_argument("--port", type=int, default=port)
    given = options.parse_args()
    filling.big_database()
    with tempfile.TemporaryDirectory(prefix="minsheng-open.") as scratch:
        cities = [City(pathlib.Path(scratch) / name, given.port + 4 * i, True) for i, name in enumerate(("small", "large"))]
        ok = True
        try:
            for it, n in zip(cities, (given.small, given.large)):
                it.up()
                fill(it, n)
                ok = prepare(it) and ok
            ok = measure(*[Site(it) for it in cities], given.times) and ok
        finally:
            for it in cities:
                it.down()
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    two_cities(__doc__, 200, 18870, counts_are_right, run)
