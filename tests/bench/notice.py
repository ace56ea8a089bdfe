"""A changed holiday notice with many open letters: how long the preview and the applying take, and whether every clock moved as
it should and no other did.

    MINSHENG_BUILD=build/release python3 tests/bench/notice.py [--open 100000] [--port N]

The reference is slow and simple and shares no code with the product: every open clock is counted again day by day in Python, by
its start, term and pauses, with the calendar of the changed notice. Then each clock is compared: its day, one recorded event
with the old and the new day for each that moved, none for the others; and a second import of the same notice moves nothing."""
import argparse
import collections
import datetime
import json
import pathlib
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

import filling  # noqa: E402
from city import City  # noqa: E402
from independent_stats import Calendar  # noqa: E402

NOTICE = HERE.parents[1] / "sql" / "calendars" / "2026.json"
DAY = datetime.timedelta(days=1)
# Days that the changed notice has otherwise: 8 and 9 October off, the 11th (a Sunday) worked for one of them.
CHANGED = [("2026-10-08", True), ("2026-10-09", True), ("2026-10-11", False)]
FIXED = ("reply", "promise", "opinion", "supervise_feedback")  # in calendar days: a day that somebody named, no term

Timer = collections.namedtuple("Timer", "id ticket kind state start amount unit due")


def timers(client):
    rows = client.run("SELECT id, ticket_id, kind, state, start_on, amount, amount_unit, due_on FROM timer WHERE state <> 'stopped';")
    return [Timer(int(r[0]), int(r[1]), r[2], r[3], datetime.date.fromisoformat(r[4]), int(r[5]), r[6], datetime.date.fromisoformat(r[7]))
            for r in rows]


def pauses(client):
    found = collections.defaultdict(list)
    for timer, start, end in client.run("SELECT timer_id, from_on, to_on FROM timer_pause WHERE to_on IS NOT NULL;"):
        found[int(timer)].append((datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)))
    return found


def add_months(day, n):
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    last = (datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1) - DAY).day
    return datetime.date(year, month + 1, min(day.day, last))


def reference(calendar, timer, stood):
    """The day it is due: one day after the other."""
    def stands(day):
        return any(start < day <= end for start, end in stood)

    if timer.unit == "D" and timer.kind in FIXED:
        return timer.due
    day = timer.start
    left = (add_months(day, timer.amount) - day).days if timer.unit == "M" else timer.amount
    while left:
        day += DAY
        left -= not stands(day) and (timer.unit != "W" or calendar.works(day))
    while timer.unit != "W" and timer.amount and (not calendar.works(day) or stands(day)):
        day += DAY
    return day


def changed_notice(path):
    notice = json.loads(NOTICE.read_text(encoding="utf-8"))
    notice["days"] = [day for day in notice["days"] if day["date"] not in dict(CHANGED)]
    notice["days"] += [{"name": "国庆节", "date": date, "isOffDay": off} for date, off in CHANGED]
    path.write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")


def timed(what, run):
    began = time.monotonic()
    result = run()
    print(f"{what}: {time.monotonic() - began:.1f} s", flush=True)
    return result


def compare(it, client, before, expected, last_event):
    """How many clocks are wrong, by what is wrong."""
    after = {timer.id: timer.due for timer in timers(client)}
    wrong = collections.Counter()
    for timer in before:
        wrong["a clock that is gone"] += timer.id not in after
        wrong["another day than the reference"] += after.get(timer.id) != expected[timer.id]
    rows = client.run("SELECT timer_id, old_due_on, new_due_on FROM timer_event WHERE what = 'recompute' AND id > "
                      f"{last_event};")
    events = collections.Counter(int(row[0]) for row in rows)
    told = {int(row[0]): row[1:] for row in rows}
    for timer in before:
        moves = expected[timer.id] != timer.due
        wrong["moved without exactly one event"] += moves and events[timer.id] != 1
        wrong["an event and not moved"] += not moves and events[timer.id] != 0
        wrong["an event with other days"] += moves and events[timer.id] == 1 and told[timer.id] != [str(timer.due), str(expected[timer.id])]
    wrong["a letter that shows another day than its clock"] = int(it.one(
        "SELECT COUNT(*) FROM ticket t JOIN timer m ON m.ticket_id = t.id AND m.kind = 'reply' AND m.state <> 'stopped' "
        "WHERE t.open AND NOT (t.due_on <=> m.due_on)"))
    return {what: n for what, n in wrong.items() if n}


def run(it, given, folder):
    client = filling.Client(it)
    if int(it.one("SELECT COUNT(*) FROM ticket WHERE open = 1")) < given.open:
        print(f"filled in {filling.fill(it, given.open, 0, lean=True):.0f} s", flush=True)
    timed("slad has caught up", lambda: it.wait(lambda: it.one(
        "SELECT COUNT(*) FROM timer WHERE next_at <= '2026-09-29 08:00:00'") == "0", 600))
    notice = folder / "2026.json"
    changed_notice(notice)
    before, stood = timers(client), pauses(client)
    calendar = Calendar()
    odd = sum(reference(calendar, timer, stood[timer.id]) != timer.due for timer in before)
    calendar.special |= {datetime.date.fromisoformat(date): not off for date, off in CHANGED}
    expected = timed("reference in Python", lambda: {t.id: reference(calendar, t, stood[t.id]) for t in before})
    moves = sum(expected[timer.id] != timer.due for timer in before)
    print(f"{it.one('SELECT COUNT(*) FROM ticket WHERE open = 1')} open letters, {len(before)} open clocks, {moves} of them move "
          f"({odd} stood on another day than the reference before)", flush=True)
    last = int(it.one("SELECT COALESCE(MAX(id), 0) FROM timer_event"))
    timed("preview", lambda: it.ctl("calendar", "import", "--dry-run", notice, check=True))
    assert int(it.one("SELECT COUNT(*) FROM timer_event WHERE what = 'recompute'")) == 0, "a preview moved clocks"
    timed("apply", lambda: it.ctl("calendar", "import", notice, check=True))
    wrong = compare(it, client, before, expected, last)
    print(f"clocks that are not as the reference has them: {wrong or 'none'}", flush=True)
    again = int(it.one("SELECT COALESCE(MAX(id), 0) FROM timer_event"))
    timed("the same notice once more", lambda: it.ctl("calendar", "import", notice, check=True))
    twice = int(it.one(f"SELECT COUNT(*) FROM timer_event WHERE what = 'recompute' AND id > {again}"))
    return not wrong and not odd and not twice


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--open", type=int, default=100000)
    options.add_argument("--port", type=int, default=18840)
    options.add_argument("--folder", help="of an instance that is kept and used again")
    given = options.parse_args()
    filling.big_database()
    with tempfile.TemporaryDirectory(prefix="minsheng-calendar.") as scratch:
        it = City(given.folder or scratch, given.port, True)
        it.up()
        try:
            ok = run(it, given, pathlib.Path(scratch))
        finally:
            if not given.folder:
                it.down()
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
