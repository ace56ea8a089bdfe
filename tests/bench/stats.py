"""Statistics at a million letters: how long the pages take on the server, what counting the letters themselves would cost for the
same figures, what it costs to keep them, and whether they are right.

    MINSHENG_BUILD=build/release python3 tests/bench/stats.py [--letters 1000000] [--port N] [--folder DIR]
    MINSHENG_BUILD=build/release python3 tests/bench/stats.py --small 10000 [--letters 1000000] [--port N] [--folder DIR]

Right means: `minshengctl stats --check` finds no difference, and each measure of each month and unit is what the history and the
clocks of the letters give when they are counted by the definitions, in SQL of its own. Exit code 1 when a figure differs or a
page takes longer than the target at the median. --small: only how readers fare, through nginx as it runs for everybody, beside an
instance with fewer letters; the 99th percentile must not be over a fifth more."""
import argparse
import pathlib
import re
import statistics
import sys
import tempfile
import time

import requests

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

import filling  # noqa: E402
from city import City  # noqa: E402
from timers import Line  # noqa: E402

TARGET_MS = 100
READERS_RATIO = 1.2
READERS_TIMES = 400
PUBLIC = ["/stats", "/stats?year=2026", "/stats?year=2025", "/stats?from=1900-01-01", "/stats?from=2026-08-01&to=2026-08-31",
          "/stats.json?from=2026-01-01&to=2026-09-29"]
DESK = ["/figures", "/figures?year=2026", "/figures?year=2025", "/figures?from=2025-09-15&to=2026-09-14",
        "/figures?year=2026&unit={unit}", "/figures?year=2026&type=complaint", "/figures?year=2026&topic=200",
        "/figures?year=2026&topic=205", "/figures?year=2026&unit={unit}&type=complaint", "/figures?year=2026&unit={unit}&topic=200",
        "/figures?from=2026-08-10&to=2026-09-20&unit={unit}", "/figures.csv?year=2026"]
# What a page of one year shows, added up from the letters themselves.
YEAR = "BETWEEN '2025-01-01' AND '2025-12-31'"
COUNT = "COUNT(*), SUM(accepted_at IS NOT NULL), SUM(replied_at IS NOT NULL), SUM(grade > 0), SUM(grade >= 3), SUM(pub_state = 'published'), " \
        "SUM(result_code = 'solved')"
DIRECT = [f"SELECT {key}, {COUNT} FROM ticket WHERE received_on {YEAR} GROUP BY {key}" for key in ("unit_id", "type", "topic_id", "MONTH(received_on)")]
DIRECT += [f"SELECT {key}, reply_workdays, COUNT(*) FROM ticket WHERE replied_at {YEAR} GROUP BY {key}, reply_workdays" for key in (
    "unit_id", "type", "topic_id")]
DIRECT += [f"SELECT {key}, COUNT(*), SUM(DATE(replied_at + INTERVAL 8 HOUR) <= first_due_on) FROM ticket WHERE first_due_on {YEAR} GROUP BY {key}"
           for key in ("unit_id", "type", "topic_id", "MONTH(first_due_on)")]
# Each measure out of the history and the clocks: (measure, SELECT day, unit, n). China's day of a moment: +8 h.
DAY_OF = "DATE(MIN(h.at) + INTERVAL 8 HOUR)"
BY_ACTION = "SELECT {day} AS day, COALESCE(t.unit_id, 0) AS unit_id FROM history h JOIN ticket t ON t.id = h.ticket_id " \
            "WHERE t.state <> 'invalid' AND t.simulated = 0 AND h.action {action} GROUP BY h.ticket_id"
FROM_HISTORY = {
    "received": "SELECT received_on AS day, COALESCE(unit_id, 0) AS unit_id FROM ticket t WHERE t.state <> 'invalid' AND t.simulated = 0 "
                "AND EXISTS (SELECT 1 FROM history h WHERE h.ticket_id = t.id AND h.version = 1 AND h.action IN ('submit', 'intake_transfer'))",
    "accepted": BY_ACTION.format(day=DAY_OF, action="IN ('accept', 'intake_transfer', 'answer_at_once')"),
    "replied": "SELECT DATE(MIN(h.at) + INTERVAL 8 HOUR) AS day, COALESCE(t.unit_id, 0) AS unit_id FROM history h JOIN ticket t "
               "ON t.id = h.ticket_id WHERE t.simulated = 0 AND (h.action = 'superior_approve' OR h.action = 'approve_reply' AND "
               "(h.to_state = 'replied' OR t.no LIKE 'MS-T-%')) GROUP BY h.ticket_id",
    "rated": "SELECT DATE(t.replied_at + INTERVAL 8 HOUR) AS day, COALESCE(t.unit_id, 0) AS unit_id FROM history h JOIN ticket t "
             "ON t.id = h.ticket_id WHERE h.action = 'rate' AND t.simulated = 0 GROUP BY h.ticket_id",
    "sent_back": "SELECT DATE(t.replied_at + INTERVAL 8 HOUR) AS day, COALESCE(t.unit_id, 0) AS unit_id FROM history h JOIN ticket t "
                 "ON t.id = h.ticket_id WHERE h.action IN ('return_reply', 'superior_return') AND t.replied_at IS NOT NULL AND t.simulated = 0 "
                 "GROUP BY h.ticket_id",
    "extended": "SELECT t.first_due_on AS day, COALESCE(t.unit_id, 0) AS unit_id FROM ticket t WHERE t.round = 1 AND t.simulated = 0 AND "
                "EXISTS (SELECT 1 FROM history h WHERE h.ticket_id = t.id AND h.action = 'approve_extension')",
}
COMPARE = "SELECT COALESCE(SUM(ABS(n)), 0), COALESCE(SUM(plus), 0) FROM (SELECT day, unit_id, SUM(n) AS n, SUM(GREATEST(n, 0)) AS plus FROM (" \
          "SELECT day, unit_id, 1 AS n FROM ({history}) x UNION ALL SELECT day, unit_id, -n FROM stat_day WHERE measure = '{measure}'" \
          ") y GROUP BY day, unit_id) z"


def timed(desk, path, times):
    """Medians of (server ms, database ms), most queries; None where the page is not there. The public site does not tell: there it
    is the whole answer through nginx, past its cache."""
    seen = []
    for i in range(times + 2):
        answer = desk.session.get(desk.base + path, timeout=120, headers={"Cache-Control": "no-cache"})
        if answer.status_code == 404:
            return None
        answer.raise_for_status()
        told = re.search(r'app;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+)"', answer.headers.get("Server-Timing", ""))
        if i > 1:
            seen.append((float(told[1]), float(told[2]), int(told[3])) if told else (answer.elapsed.total_seconds() * 1000, 0, 0))
    ms = sorted(one[0] for one in seen)
    return statistics.median(ms), ms[int(len(ms) * 0.95)], statistics.median(one[1] for one in seen), max(one[2] for one in seen)


def pages(it, times):
    ok = True
    unit = it.one("SELECT code FROM unit WHERE id = (SELECT unit_id FROM ticket WHERE unit_id IS NOT NULL GROUP BY unit_id ORDER BY COUNT(*) DESC LIMIT 1)")
    print(f"{'page':60} {'median':>7} {'p95':>7} {'db':>7} {'n':>3}  (ms; database; queries)")
    for who, paths in ((it.citizen, PUBLIC), (it.supervisor, DESK)):
        who.get("/")
        for path in paths:
            row = timed(who, path.format(unit=unit), times)
            if not row:
                print(f"{path:60} is not there")
                ok = False
                continue
            ok = ok and row[0] <= TARGET_MS
            print(f"{path:60} {row[0]:7.1f} {row[1]:7.1f} {row[2]:7.1f} {row[3]:3}{'  over' if row[0] > TARGET_MS else ''}", flush=True)
    return ok


def direct(it):
    """The same figures of one year out of the letters: seconds for each query."""
    client, total = filling.Client(it), 0
    for again in (False, True):
        total = 0
        for query in DIRECT:
            began = time.monotonic()
            client.run(query.replace("replied_at BETWEEN '2025-01-01' AND '2025-12-31'", "replied_at BETWEEN '2024-12-31 16:00:00' AND '2025-12-31 15:59:59'") + ";")
            total += time.monotonic() - began
    print(f"a year's figures by unit, type, topic and month added up from the letters: {total * 1000:.0f} ms in {len(DIRECT)} queries, second time", flush=True)


def keeping(it):
    """What one more letter costs in figures, and how fast what has piled up is folded."""
    line = Line(it)
    n = 50000
    undone = "SELECT '2026-09-01' + INTERVAL seq % 28 DAY AS d, 1 + seq % 20 AS u, ELT(1 + seq % 3, 'consult', 'complaint', 'suggestion') AS t, " \
             f"ELT(1 + seq % 3, 205, 301, 405) AS c, 'received' AS m, 0 AS b, 1 AS n FROM seq_1_to_{n}"
    client = filling.Client(it)
    began = time.monotonic()
    client.run(f"INSERT INTO stat_delta (day, unit_id, type, topic_id, measure, bucket, n) {undone};")
    while line.ask("SELECT COUNT(*) FROM stat_delta")[0].strip() != "0":
        assert time.monotonic() - began < 600, "slad does not fold"
        time.sleep(0.05)
    took = time.monotonic() - began
    client.run("INSERT INTO stat_delta (day, unit_id, type, topic_id, measure, bucket, n) "
               f"SELECT d, u, t, c, m, b, -n FROM ({undone}) x;")
    line.close()
    print(f"slad folds {n} deltas in {took:.1f} s ({n / took:.0f} a second; a letter's life leaves about 12)", flush=True)


def right(it):
    it.run_slad()
    began = time.monotonic()
    done = it.ctl("stats", "--check")
    print(f"minshengctl stats --check: {time.monotonic() - began:.0f} s, {done.stdout.strip()[-200:]}", flush=True)
    ok = done.returncode == 0
    client = filling.Client(it)
    for measure, history in FROM_HISTORY.items():
        wrong, more = client.run(COMPARE.format(history=history, measure=measure) + ";")[0]
        print(f"  {measure}: history and figures differ by {wrong}")
        ok = ok and int(wrong) == 0
    return ok


def readers(small, large, times):
    """In turn, so that what else the machine does weighs on both alike."""
    ok, session = True, requests.Session()

    def ms(it, page):
        began = time.monotonic()
        assert session.get(it.public + page, timeout=60).status_code == 200, page
        return (time.monotonic() - began) * 1000

    with small.nginx_keeps(), large.nginx_keeps():
        print(f"{'page, through nginx: ms':58} p50                 p99")
        for page in PUBLIC:
            took = [[ms(it, page) for it in (small, large)] for _ in range(times + 1)][1:]
            few, many = (sorted(column) for column in zip(*took))
            middle, late = len(few) // 2, int(len(few) * 0.99)
            ok = ok and many[late] <= READERS_RATIO * few[late]
            print(f"{page:55} {few[middle]:6.1f} {many[middle]:6.1f}   {few[late]:6.1f} {many[late]:6.1f} ({many[late] / few[late]:.2f})", flush=True)
    return ok


def fill(it, letters):
    if int(it.one("SELECT COUNT(*) FROM ticket")) < letters:
        n = letters // 10
        print(f"filled in {filling.fill(it, n, letters - n, words=False):.0f} s", flush=True)
        began = time.monotonic()
        it.ctl("stats", "--repair", check=True)
        print(f"minshengctl stats --repair: all figures worked out in {time.monotonic() - began:.0f} s", flush=True)
        filling.Client(it).run("ANALYZE TABLE stat_day, stat_cell;")
    it.run_slad()
    print(f"{it.one('SELECT COUNT(*) FROM ticket')} letters, {it.one('SELECT COUNT(*) FROM stat_day')} rows of days, "
          f"{it.one('SELECT COUNT(*) FROM stat_cell')} of sums", flush=True)


def run(it, given):
    fill(it, given.letters)
    ok = pages(it, given.times)
    direct(it)
    keeping(it)
    return right(it) and ok


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--letters", type=int, default=1000000)
    options.add_argument("--times", type=int, default=15)
    options.add_argument("--small", type=int, help="letters of an instance beside it")
    options.add_argument("--port", type=int, default=18860)
    options.add_argument("--folder", help="of an instance that is kept and used again")
    given = options.parse_args()
    filling.big_database()
    with tempfile.TemporaryDirectory(prefix="minsheng-stats.") as scratch:
        it = City(given.folder or f"{scratch}/large", given.port, True)
        beside = City(f"{given.folder or f'{scratch}/large'}-small", given.port + 4, True) if given.small else None
        try:
            it.up()
            if beside:
                beside.up()
                fill(beside, given.small)
                fill(it, given.letters)
                ok = readers(beside, it, max(given.times, READERS_TIMES))
            else:
                ok = run(it, given)
        finally:
            for one in [it, beside] if beside else [it]:
                one.down()
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
