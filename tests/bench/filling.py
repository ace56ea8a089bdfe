"""Fills an instance with many letters, fast: one row a letter is drawn here, with days from the calendar of tests/lib, and
fill.sql makes of it the rows that ticket_apply() would have left in every table. Nothing of the product's own counting is
used, so whoever moves or counts something can be compared with it.

    filling.fill(city, open_n=100000, closed_n=900000)
"""
import contextlib
import datetime
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "lib"), str(HERE.parent / "faults")]

from independent_stats import Calendar  # noqa: E402
from killer import Processes  # noqa: E402

DAY = datetime.timedelta(days=1)
BATCH = 100000
# A database that holds a city: set before City.up(). Durability stays as the product has it.
DATABASE = "innodb_buffer_pool_size=3G\nloose_innodb_buffer_pool_size_max=4G\ninnodb_log_file_size=1G\ntmp_table_size=64M\n" \
           "max_heap_table_size=64M"
AMOUNT = {"consult": 5, "complaint": 10, "suggestion": 7, "leader_mail": 10, "site_error": 2}
STREETS = ["望湖路", "书香路", "和风路", "金穗街", "听雨苑", "锦棠小区", "青禾小学", "市民中心", "滨河公园", "长途汽车站", "创业大厦",
           "东门菜场"]
MATTERS = ["路灯不亮", "积水严重", "噪声扰民", "停车混乱", "暖气不热", "井盖松动", "公交站牌破损", "物业收费不明", "垃圾无人清运", "绿化带枯死"]
HANDLED = ("assigned", "handling", "objected", "suspended", "in_review", "replied", "closed")


def big_database():
    os.environ["MINSHENG_MARIADB_EXTRA"] = DATABASE


class Days:
    """Working days by number, so that a term is an addition."""

    def __init__(self, calendar, first=datetime.date(2022, 1, 1), last=datetime.date(2027, 12, 31)):
        self.nth, self.number = [], {}  # number of a day: working days up to and including it
        day = first
        while day <= last:
            if calendar.works(day):
                self.nth.append(day)
            self.number[day] = len(self.nth) - 1
            day += DAY


class Drawing:
    """Letters one after the other, the same for the same seed."""

    def __init__(self, today, units, topics, spread, back, seed):
        self.days, self.today = Days(Calendar()), today
        self.n_today = self.days.number[today]
        self.units, self.topics, self.spread, self.back = units, topics, spread, back
        self.r = random.Random(seed)

    def letter(self, k, is_open):
        """One row of bench_letter, as texts; \\N is NULL."""
        rnd, nth = self.r.random, self.days.nth
        a, c = rnd(), rnd()
        kind = "leader_mail" if a < .15 else "consult" if a < .45 else "complaint" if a < .85 else "suggestion" if a < .97 else "site_error"
        if is_open:
            state = "submitted" if c < .06 else "accepted" if c < .12 else "assigned" if c < .2 else "handling" if c < .86 else \
                "objected" if c < .88 else "suspended" if c < .94 else "in_review"
        else:
            state = "replied" if c < .02 else "closed" if c < .95 else "refused" if c < .98 else "withdrawn"
        n = self.n_today - (1 + int(rnd() * self.spread) if is_open else 40 + int(rnd() * self.back))
        n_accepted = n + (rnd() < .3)
        answered = state in ("replied", "closed")
        worked = answered or state in ("handling", "in_review")
        extended = worked and kind != "site_error" and rnd() < .08
        amount = AMOUNT[kind] + 5 * extended
        paused = 3 + int(rnd() * 8) if worked and kind != "site_error" and rnd() < .04 else 0
        stands = min(paused, self.n_today - n_accepted - 1) if is_open else paused
        paused = max(stands, 0)
        due = nth[n_accepted + amount + paused] if state not in ("submitted", "refused") else None
        took = workdays = 0
        if answered:
            late = 1 + int(rnd() * 9) if rnd() < .05 else 0
            took = amount + late if late else max(1, amount - int(rnd() ** 2 * amount))
            workdays = min(took + paused, 38)
        grade = 0
        if state == "closed" and rnd() < .55:
            b = rnd()
            grade = 5 if b < .5 else 4 if b < .75 else 3 if b < .9 else 2 if b < .96 else 1
        published = state == "closed" and rnd() < .36
        unit = self.units[int(len(self.units) * rnd() ** 1.3)] if state in HANDLED else None
        acts = self.acts(state, extended, paused, grade, published)
        second = int(rnd() * 28000)
        row = (k, kind, state, amount, int(extended), nth[n], second, nth[n_accepted], unit,
               nth[n_accepted + 1] if paused or state == "suspended" else None, nth[n_accepted + 1 + paused] if paused else None,
               due, nth[n_accepted + workdays] if answered else None, workdays if answered else None, grade or None, int(published),
               self.topics[int(len(self.topics) * rnd())] if self.topics and rnd() < .9 else None,
               STREETS[int(12 * rnd())] + MATTERS[int(10 * rnd())], ",".join(acts), len(acts), int(is_open))
        return "\t".join("\\N" if cell is None else str(cell) for cell in row)

    def acts(self, state, extended, paused, grade, published):
        acts = ["submit"]
        if state == "refused":
            return acts + ["refuse"]
        if state != "submitted":
            acts.append("accept")
        if state in HANDLED:
            acts.append("assign")
        if state in HANDLED[1:]:
            acts.append("sign")
        acts += ["request_extension", "approve_extension"] if extended else []
        acts += ["suspend", "resume"] if paused else []
        acts += [{"objected": "object", "suspended": "suspend", "withdrawn": "withdraw"}[state]] if state in (
            "objected", "suspended", "withdrawn") else []
        if state in ("replied", "closed") and self.r.random() < .05:
            acts += ["submit_reply", "return_reply"]
        acts += ["submit_reply"] if state in ("in_review", "replied", "closed") else []
        acts += ["approve_reply"] if state in ("replied", "closed") else []
        acts += ["rate" if grade else "close"] if state == "closed" else []
        return acts + (["approve_full", "publish"] if published else [])


class Client:
    """The database as its owner, without the ceilings of the programs."""

    def __init__(self, it):
        self.it = it

    def run(self, statements):
        before = "SET SESSION max_statement_time=0, foreign_key_checks=0, unique_checks=0, sql_log_bin=0;"
        done = subprocess.run(["mariadb", "--no-defaults", "-N", "-B", "-S", self.it.status["db_socket"],
                               "--default-character-set=utf8mb4", self.it.status["db_name"]], input=before + statements, text=True,
                              capture_output=True)
        assert done.returncode == 0, done.stderr[-2000:]
        return [line.split("\t") for line in done.stdout.splitlines()]


def days_table(days, today):
    """bench_day: of every day the working day it ends on, and the next working day."""
    rows = []
    for day, n in days.number.items():
        if n + 1 < len(days.nth) and n >= 0:
            rows.append(f"('{day}','{day if days.nth[n] == day else days.nth[n + 1]}','{days.nth[n + 1]}')")
    return ("CREATE OR REPLACE TABLE bench_day (day DATE NOT NULL PRIMARY KEY, works_on DATE NOT NULL, next_on DATE NOT NULL);"
            f"INSERT INTO bench_day VALUES {','.join(rows)};"
            f"CREATE OR REPLACE TABLE bench_today SELECT DATE '{today}' AS today;")


@contextlib.contextmanager
def slad_stands_still(it):
    """Nothing fires while rows are half there; stopped where slad holds no lock."""
    pids = [pid for pid, _ in Processes(it.dir).of("slad")]
    while True:
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(0.05)
        if it.one("SELECT COUNT(*) FROM information_schema.innodb_trx") == "0":
            break
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
        time.sleep(0.05)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def fill(it, *amounts, **more):
    with slad_stands_still(it):
        return fill_now(it, *amounts, **more)


def fill_now(it, open_n, closed_n, spread=14, back=740, seed=20260929, words=True, lean=False, say=print):
    """open_n letters that are open, received on the last `spread` working days; closed_n received on `back` working days
    before that. words: with what searches go by; lean: letters and clocks alone. Returns the seconds it took."""
    began = time.monotonic()
    assert open_n + closed_n <= 1000000
    client, folder = Client(it), it.dir / "tmp" / "secure"
    units = [int(row[0]) for row in it.sql("SELECT id FROM unit WHERE takes_letters AND active ORDER BY id")]
    topics = [int(row[0]) for row in it.sql("SELECT id FROM topic WHERE parent_id IS NOT NULL")]
    drawing = Drawing(it.today(), units, topics, spread, back, seed)
    client.run("SET GLOBAL innodb_flush_log_at_trx_commit=0, GLOBAL sync_binlog=0;")
    text = (HERE / "fill.sql").read_text(encoding="utf-8")
    if lean:
        text = text.partition("-- What is in them")[0] + "-- The clocks:" + text.partition("-- The clocks:")[2]
    if not words or lean:
        text = text.partition("-- What searches go by")[0]
    first = int(it.one("SELECT COALESCE(MAX(id), 0) FROM ticket"))
    client.run(days_table(drawing.days, it.today()))
    for lo in range(1, open_n + closed_n + 1, BATCH):
        hi = min(lo + BATCH - 1, open_n + closed_n)
        path = folder / "letters.tsv"
        with open(path, "w", encoding="utf-8") as file:
            file.writelines(drawing.letter(k, k <= open_n) + "\n" for k in range(lo, hi + 1))
        path.chmod(0o644)
        client.run(f"SET @first = {first};" + text.replace("@path", f"'{path}'"))
        path.unlink()
        say(f"  {hi} letters, {time.monotonic() - began:.0f} s", flush=True)
    client.run(f"SET @first = {first};" + (HERE / "fill_end.sql").read_text(encoding="utf-8"))
    client.run("SET GLOBAL innodb_flush_log_at_trx_commit=1, GLOBAL sync_binlog=1;")
    return time.monotonic() - began
