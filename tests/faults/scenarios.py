"""The faults. Each function takes a bed (run.py), raises AssertionError or returns its figures as text."""
import json
import os
import random
import signal
import statistics
import subprocess
import threading
import time

import checks
from killer import Killer, Processes, kill, ticks
from letters import Letter, Poster, Writers, receipt

# Each at least once; what holds state more often. More kills (--kills) go through the list again.
ORDER = ["mariadbd", "web-public", "slad", "nginx worker", "notifyd", "mariadbd again", "web-public", "vaultd", "nginx", "mail",
         "supervisor", "web-desk", "guard", "mariadbd"]
# Seconds without the site after a kill. A worker's neighbours serve on; mariadbd reads its log first; after the
# supervisor everything is started anew by its guard.
AWAY_MAX = {"mariadbd": 30, "mariadbd again": 60, "supervisor": 60}
AWAY_MAX_OTHERS = 15  # on a quiet machine 0.2 to 0.4 s, which is printed; a busy one must not fail for being busy


def kill_everybody(bed):
    """Any single process is killed while letters come in: what was acknowledged is there, once, whole, unchanged."""
    it, killer = bed.instance, Killer(bed.instance)
    writers = Writers(it.port, "k", bed.folder / "acknowledged", threads=bed.clients,
                      email=lambda n: f"k{n}@example.invalid" if n % 10 == 0 else None).start()
    kinds = (ORDER * (bed.kills // len(ORDER) + 1))[: bed.kills]
    try:
        time.sleep(1)
        for kind in kinds:
            time.sleep(random.uniform(0.2, 1.5))
            bed.say(f"  kill -9 {kind}: away {killer.strike(kind):.2f} s, {len(writers.acked)} acknowledged")
    finally:
        writers.stop()
        killer.stop()
    n = checks.letters(it, writers)
    assert not writers.abandoned, f"{len(writers.abandoned)} letters could not be sent in {writers.patience} s"
    checks.codes_open(it, writers, 40)
    checks.figures(it)
    late = {k: max(v) for k, v in killer.outages.items() if statistics.median(v) > AWAY_MAX.get(k, AWAY_MAX_OTHERS)}
    assert not late, f"away for too long: {late}"
    away = ", ".join(f"{k} {max(v):.2f}" for k, v in sorted(killer.outages.items()))
    return f"{len(kinds)} kills, {len(writers.acked)} acknowledged, {n} stored, {writers.errors} resent, 0 lost, 0 twice; " \
           f"away at most (s): {away}"


def careless_database(bed):
    """The negative control: with a log that is not flushed at commit the same harness must see losses."""
    it, rounds = bed.careless(), 0
    killer = Killer(it)
    lost = []
    writers = Writers(it.port, "c", bed.folder / "acknowledged-careless", threads=bed.clients).start()
    try:
        while not lost and rounds < 12:
            time.sleep(random.uniform(0.8, 2))
            killer.strike("mariadbd")
            rounds += 1
            lost = checks.missing(it, writers)
    finally:
        writers.stop()
        killer.stop()
    assert lost, f"{rounds} kills without a loss: the harness cannot see losses"
    return f"{len(lost)} of {len(writers.acked)} acknowledged letters lost after {rounds} kills of mariadbd: losses are seen"


class Slads:
    """The instance's own slad and a second one, killed in turn."""

    def __init__(self, it):
        self.it, self.kills = it, 0
        self.processes = Processes(it.dir)
        self.second = None
        self.start()

    def start(self):
        it = self.it
        log = open(it.dir / "log" / "slad.log", "a")
        self.second = subprocess.Popen([str(it.build / "bin" / "minsheng-slad")], stdout=log, stderr=log,
                                       env=dict(os.environ, MINSHENG_CONF=str(it.dir / "minsheng.conf")))

    def strike(self):
        if random.random() < 0.5:
            self.kills += self.processes.kill_one("slad") is not None
            return
        kill(self.second.pid, ticks(self.second.pid))
        self.second.wait()
        self.kills += 1
        self.start()

    def stop(self):
        self.second.terminate()
        self.second.wait()


FIRED = """
SELECT m.kind, SUM(e.what = 'start'), SUM(e.what = 'warn'), SUM(e.what = 'breach'),
       SUM(e.what = 'breach' AND e.due_at <> m.due_on + INTERVAL 16 HOUR)
  FROM timer m JOIN timer_event e ON e.timer_id = m.id JOIN ticket t ON t.id = m.ticket_id
 WHERE t.title LIKE '%% %s______' GROUP BY m.id"""
TOLD = "SELECT o.event, COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.ticket_id WHERE t.title LIKE '%% %s______' " \
       "AND o.kind IS NOT NULL GROUP BY o.event"


def clocks_fire_once(bed):
    """Two slads work at once and one is killed all the time: each warning and each breach is recorded and told once."""
    it, n = bed.instance, bed.letters
    writers = Writers(it.port, "t", bed.folder / "acknowledged-clocks", threads=bed.clients, limit=n).start().wait()
    checks.letters(it, writers)
    slads = Slads(it)
    try:
        it.clock("2026-12-31 15:00")  # three months later: two breaches, three warnings and an escalation each
        end = time.monotonic() + 300
        while it.one("SELECT COUNT(*) FROM timer WHERE next_at <= '2026-12-31 07:00:00'") != "0":
            assert time.monotonic() < end, "clocks are still due after five minutes"
            time.sleep(random.uniform(0.1, 0.4))
            slads.strike()
    finally:
        slads.stop()
    rows = it.sql(FIRED % "t")
    wrong = [row for row in rows if row not in (["accept", "1", "0", "1", "0"], ["veto", "1", "3", "1", "0"])]
    assert len(rows) == 2 * n and not wrong, f"{len(rows)} clocks of {n} letters, wrong: {wrong[:3]}"
    told = dict(it.sql(TOLD % "t"))
    # Nobody has them yet: the registrars for their units; thrice 45, 60 and 75 days, and at the end, the supervisors.
    assert told == {"overdue": str(n), "escalate": str(n), "veto_soon": str(7 * n), "veto_late": str(n)}, told
    checks.figures(it)
    return f"{n} letters, {6 * n} moments fired by two slads with {slads.kills} kills: each once, told once"


def notices_go_out(bed):
    """notifyd is killed after the mail is taken and before it is marked: nothing is missing, a repeat has the same id."""
    it, n = bed.instance, 40
    sink = bed.sink()
    writers = Writers(it.port, "m", bed.folder / "acknowledged-mail", threads=2, limit=n,
                      email=lambda i: f"m{i:06d}@example.invalid").start().wait()
    checks.letters(it, writers)
    open_rows = "SELECT COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.ticket_id WHERE t.title LIKE '% m______' " \
                "AND o.state NOT IN ('sent', 'skipped')"
    end = time.monotonic() + 300
    while it.one(open_rows) != "0":
        assert time.monotonic() < end, f"{it.one(open_rows)} notices are not sent"
        time.sleep(1)
        bed.later(180)  # leases of the killed run out
    sink.kill_every = 0
    ids = {}
    for to, message_id in sink.taken:
        ids.setdefault(to, []).append(message_id)
    assert set(ids) == {f"{token}@example.invalid" for token in writers.acked}, "somebody was not told"
    assert all(len(set(them)) == 1 for them in ids.values()), "a repeat under another Message-ID"
    distinct = {them[0] for them in ids.values()}
    assert len(distinct) == n, "two letters share a Message-ID"
    repeats = sum(len(them) - 1 for them in ids.values())
    assert sink.kills >= 3 and repeats >= sink.kills, f"{sink.kills} kills, {repeats} repeats"
    return f"{n} letters, notifyd killed {sink.kills} times between send and mark: all told, {repeats} repeats under the same id"


def many_at_once(bed):
    """The same submission twenty times at once, from twenty clients: one letter, one receipt."""
    it, answers = bed.instance, []
    for n in range(5):
        letter, gate, got = Letter("p", n), threading.Barrier(20), []

        def post(letter=letter, gate=gate, got=got):
            client = Poster(it.port)
            gate.wait()
            end = time.monotonic() + 20
            status, text = client.send("/api/v1/letters", letter.json())
            while status in (0, 503) and time.monotonic() < end:
                status, text = client.send("/api/v1/letters", letter.json())
            got.append(receipt(status, text) or (status, text[:200]))
            client.close()

        threads = [threading.Thread(target=post) for _ in range(20)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert len(set(got)) == 1 and receipt_like(got[0]), f"different answers: {set(got)}"
        answers.append(got[0])
    there = checks.stored(it, "p")
    assert len(there) == 5 and all(len(rows) == 1 for rows in there.values()), there
    return "5 letters, each sent by 20 clients at once: 5 stored, one receipt each"


def receipt_like(got):
    return isinstance(got[0], str)


def same_key_other_text(bed):
    """The same key with another text: 409, and nothing of it stored; the first receipt stays."""
    it = bed.instance
    a, b, client = Letter("q", 1), Letter("q", 2), Poster(it.port)
    b.data["idempotency_key"] = a.key
    first = receipt(*client.send("/api/v1/letters", a.json()))
    assert first, "the first one was not taken"
    status, text = client.send("/api/v1/letters", b.json())
    assert status == 409 and json.loads(text)["error"]["code"], (status, text[:200])
    assert receipt(*client.send("/api/v1/letters", a.json())) == first, "another receipt for the same submission"
    gate, got = threading.Barrier(2), []

    def post(letter):
        one, status = Poster(it.port), 503
        gate.wait()
        while status in (0, 503):
            status, _ = one.send("/api/v1/letters", letter.json())
        got.append(status)
        one.close()

    c, d = Letter("q", 3), Letter("q", 4)
    d.data["idempotency_key"] = c.key
    threads = [threading.Thread(target=post, args=(letter,)) for letter in (c, d)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(got) == [201, 409], got
    there = checks.stored(it, "q")
    assert len(there) == 2 and "q000001" in there, list(there)
    return "409 one after the other and at once; one letter each"


def frozen_database(bed):
    """The database stands still for 8 s: each client is answered, 503 or (afterwards) 201, nobody twice."""
    it, (victim,) = bed.instance, bed.processes.of("mariadbd")
    writers = Writers(it.port, "z", bed.folder / "acknowledged-frozen", threads=bed.clients).start()
    time.sleep(1)
    freeze(victim, signal.SIGSTOP)
    thaw = threading.Timer(8, freeze, (victim, signal.SIGCONT))
    thaw.start()
    client, letter, waits, status = Poster(it.port), Letter("y", 1), [], 0
    try:
        while status != 201 and len(waits) < 2000:
            asked = time.monotonic()
            status, _ = client.send("/api/v1/letters", letter.json())
            waits.append((status, time.monotonic() - asked))
            time.sleep(0.02)
    finally:
        thaw.join()
    before, end = len(writers.acked), time.monotonic() + 60
    while len(writers.acked) == before and time.monotonic() < end:
        time.sleep(0.1)
    writers.stop()
    n = checks.letters(it, writers)
    assert status == 201 and {s for s, _ in waits} <= {201, 503}, waits[-5:]
    assert max(s for _, s in waits) < 25, f"somebody waited {max(s for _, s in waits):.1f} s for an answer"
    assert len(checks.stored(it, "y")["y000001"]) == 1, "stored twice"
    assert not writers.abandoned and len(writers.acked) > before, "no letters after the pause"
    return f"answers after at most {max(s for _, s in waits):.1f} s, {len(waits) - 1} of them 503; {n} letters, " \
           f"{writers.errors} resent, none twice"


def freeze(process, number):
    pid, started = process
    if ticks(pid) == started:
        os.kill(pid, number)


class Appender(threading.Thread):
    """Somebody who writes one remark after the other into the histories of a few letters."""

    def __init__(self, bed, name, numbers, ending):
        super().__init__()
        self.bed, self.name_, self.numbers, self.ending = bed, name, numbers, ending
        self.done, self.failed, self.refused = [], [], []

    def run(self):
        n = 0
        while not self.ending.is_set():
            n += 1
            number, remark = random.choice(self.numbers), f"{self.name_} {n:05d}"
            done = self.bed.instance.ctl("act", number, "instruct", "--as", self.name_, "--set", f"text={remark}")
            if done.returncode == 0:
                self.done.append((number, remark))
            else:
                self.failed.append((number, remark))
                if done.returncode == 2:
                    self.refused.append(done.stderr.strip())


def histories_grow(bed):
    """Two officers act on the same letters while mariadbd is killed: versions without a gap, every act once, in order."""
    it = bed.instance
    writers = Writers(it.port, "h", bed.folder / "acknowledged-history", threads=2, limit=4).start().wait()
    numbers = [number for _, number, _ in writers.acked.values()]
    names = bed.leaders(2)
    ending = threading.Event()
    people = [Appender(bed, name, numbers, ending) for name in names]
    killer, end = Killer(it), time.monotonic() + 300
    try:
        for p in people:
            p.start()
        for _ in range(4):
            time.sleep(random.uniform(1, 2.5))
            killer.strike("mariadbd")
        while sum(len(p.done) for p in people) <= 20 and time.monotonic() < end:
            time.sleep(0.1)
    finally:
        ending.set()
        for p in people:
            p.join()
        killer.stop()
    rows = it.sql("SELECT t.no, h.version, COALESCE(h.note, ''), t.version FROM history h JOIN ticket t ON t.id = h.ticket_id "
                  "WHERE t.title LIKE '% h______' ORDER BY t.no, h.version")
    for number in numbers:
        mine = [row for row in rows if row[0] == number]
        assert [int(row[1]) for row in mine] == list(range(1, len(mine) + 1)), f"{number}: versions {[r[1] for r in mine]}"
        assert int(mine[0][3]) == len(mine), f"{number}: version {mine[0][3]}, {len(mine)} rows of history"
        written = [row[2] for row in mine]
        for p in people:
            assert not p.refused, p.refused[:3]
            own = [text for text in written if text.startswith(p.name_ + " ")]
            assert own == sorted(set(own)), f"{number}: {p.name_}'s remarks twice or out of order"
            gone = [text for no, text in p.done if no == number and text not in own]
            assert not gone, f"{number}: lost {gone[:3]}"
    done, failed = sum(len(p.done) for p in people), sum(len(p.failed) for p in people)
    assert done > 20, f"only {done} acts"
    checks.figures(it)
    return f"{done} acts of two officers on {len(numbers)} letters, 4 kills, {failed} not acknowledged: none lost, none twice, in order"


ALL = [many_at_once, same_key_other_text, clocks_fire_once, notices_go_out, kill_everybody, histories_grow, frozen_database,
       careless_database]
