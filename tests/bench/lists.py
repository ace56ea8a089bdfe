"""How long the desk's lists take with 100,000 open letters: an instance of its own is filled by lists_fill.sql, then every kind of
person opens every kind of list. Server time and database time are what the pages say themselves (Server-Timing).

    MINSHENG_BUILD=build/release python3 tests/bench/lists.py [--port N] [--times N] [--folder DIR]

Prints medians and the 95th percentile; exit code 1 when a median is over the target."""
import argparse
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "lib"))

from browser import Browser  # noqa: E402
from instance import Instance  # noqa: E402

TARGET_MS = 20
PASSWORD = "minsheng-demo-2026"
WORDS = "%E8%B7%AF%E7%81%AF%E4%B8%8D%E4%BA%AE"            # 路灯不亮: every tenth title
RARE = "%E9%95%BF%E9%80%94%E6%B1%BD%E8%BD%A6%E7%AB%99%E7%89%A9%E4%B8%9A%E6%94%B6%E8%B4%B9"  # two common words: 1 in 120
LISTS = ["/queue?view=open", "/queue?view=overdue", "/queue?view=today", "/queue?view=soon", "/queue?view=done",
         "/queue?view=handling", "/queue?view=submitted", "/queue?view=objected", "/queue?view=closed",
         "/queue?view=open&type=site_error", "/queue?view=open&channel=visit", "/queue?view=open&state=suspended",
         "/queue?view=open&type=complaint&channel=hotline&state=handling", f"/queue?view=open&words={WORDS}",
         f"/queue?view=open&words={RARE}", "/queue?view=open&topic={topic}",
         "/queue?view=open&topic={upper}", "/queue?view=open&topic=0", "/queue?view=open&topic={topic}&type=complaint&state=handling",
         "/queue?view=open&words=MS-T-2026", "/queue?view=open&words=054321"]
RANGE = "/queue?view=open&from={day}&to={day}"
UNIT = "/queue?view=open&unit={unit}"
WATCH = ["/watch", "/watch?tab=soon", "/watch?tab=still", "/watch?tab=reopened", "/watch?tab=repeated", "/watch?tab=leader",
         "/watch?tab=pressed", "/watch?tab=late&light=red&stage=handle&type=complaint", "/watch?tab=late&pressed=2",
         "/watch?tab=late&pressed=0&age=20", "/watch?unit={unit}", "/watch?tab=still&unit={unit}",
         "/watch?tab=late&topic={topic}", "/watch?tab=still&topic={upper}", "/watch/units", "/watch/units/cgj",
         "/orders", "/circulars"]
PEOPLE = {
    "registrar1": ["/", "/queue?view=todo", f"/queue?view=todo&words={WORDS}", *LISTS, RANGE, UNIT],
    "cgj_handler": ["/", "/queue?view=todo", "/queue?view=mine", "/queue?view=returned", "/queue?view=waiting", "/queue?view=co",
                    *LISTS],
    "cgj_reviewer": ["/", "/queue?view=todo", *LISTS],
    "office_reviewer": ["/", "/queue?view=todo", *LISTS],
    "supervisor1": ["/", *WATCH, UNIT, *LISTS],
}


class Desk(Browser):
    def __init__(self, base, login):
        super().__init__(base)
        form = self.get("/login").form("/login")
        assert self.submit(form, login=login, password=PASSWORD).path == "/"

    def timed(self, path):
        """(server ms, database ms, queries) of one answer."""
        answer = self.session.get(self.base + path, timeout=60)
        answer.raise_for_status()
        found = re.search(r'app;dur=([\d.]+), db;dur=([\d.]+);desc="(\d+)"', answer.headers["Server-Timing"])
        return float(found[1]), float(found[2]), int(found[3])


def measure(desk, who, path, times):
    for _ in range(3):
        desk.timed(path)
    seen = [desk.timed(path) for _ in range(times)]
    ms = sorted(s[0] for s in seen)
    row = statistics.median(ms), ms[int(len(ms) * 0.95)], statistics.median(s[1] for s in seen), max(s[2] for s in seen)
    print(f"{who:16} {path[:64]:64} {row[0]:7.1f} {row[1]:7.1f} {row[2]:7.1f} {row[3]:4}{'  over' if row[0] > TARGET_MS else ''}",
          flush=True)
    return row[0] <= TARGET_MS


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--port", type=int, default=18800)
    options.add_argument("--times", type=int, default=30)
    options.add_argument("--folder", help="of an instance that is kept: filled when it has fewer than 100,000 open letters")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="minsheng-lists.") as scratch:
        it = Instance(given.folder or scratch, given.port, True)
        it.up()
        (it.dir / "clock").unlink()  # the real time: due days are around today
        try:
            ok = run(it, given.times)
        finally:
            if not given.folder:
                it.down()
    sys.exit(0 if ok else 1)


def run(it, times):
    if int(it.one("SELECT COUNT(*) FROM ticket WHERE open = 1")) < 100000:
        print("filling ...", flush=True)
        subprocess.run(["mariadb", "--no-defaults", "-S", it.status["db_socket"], "--default-character-set=utf8mb4",
                        it.status["db_name"]], stdin=(HERE / "lists_fill.sql").open(), stdout=subprocess.DEVNULL, check=True)
    print(it.one("SELECT COUNT(*) FROM ticket WHERE open = 1"), "open letters of", it.one("SELECT COUNT(*) FROM ticket"))
    print(f"{'who':16} {'page':64} {'median':>7} {'p95':>7} {'db':>7} {'n':>4}")
    ok = True
    topic, upper = it.one("SELECT CONCAT_WS(' ', o.id, o.parent_id) FROM ticket t JOIN topic o ON o.id = t.topic_id WHERE t.open = 1 "
                          "AND o.parent_id IS NOT NULL GROUP BY o.id ORDER BY COUNT(*) DESC LIMIT 1").split()
    day = it.one("SELECT MAX(received_on) - INTERVAL 10 DAY FROM ticket WHERE open = 1")
    for who, paths in PEOPLE.items():
        desk = Desk(it.desk, who)
        unit = it.one(f"SELECT unit_id FROM officer WHERE login = '{who}'") if "cgj" in who else it.one(
            "SELECT unit_id FROM ticket WHERE open = 1 AND unit_id IS NOT NULL GROUP BY unit_id ORDER BY COUNT(*) DESC LIMIT 1")
        letter = it.one("SELECT no FROM ticket WHERE open = 1 AND state = 'handling' "
                        f"AND unit_id = {unit} ORDER BY id DESC LIMIT 1")
        pages = [path.format(unit=unit, day=day, topic=topic, upper=upper) for path in paths]
        pages += [f"/tickets/{letter}", f"/tickets/{letter}?list=view%3Dopen"]
        ok = all([measure(desk, who, path, times) for path in pages]) and ok
    return ok


if __name__ == "__main__":
    main()
