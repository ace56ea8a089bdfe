"""Runs the faults against instances of their own and prints a line each; last line: N passed, N failed."""
import argparse
import contextlib
import datetime
import email
import json
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time
import traceback

from aiosmtpd.controller import Controller

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib")]

import indexing  # noqa: E402
import scenarios  # noqa: E402
import wrong_time  # noqa: E402
from city import City  # noqa: E402
from instance import START, Instance  # noqa: E402
from killer import Processes, kill  # noqa: E402

SINK_HOST = "127.0.0.26"
CARELESS = "innodb_flush_log_at_trx_commit=0\nsync_binlog=0"


class Sink:
    """Takes mails and, every few, kills notifyd before it can read that the mail was taken."""

    def __init__(self, processes, kill_every):
        self.processes, self.kill_every = processes, kill_every
        self.taken, self.kills = [], 0

    async def handle_DATA(self, server, session, envelope):
        message_id = email.message_from_bytes(envelope.content)["Message-ID"]
        self.taken += [(to, message_id) for to in envelope.rcpt_tos]
        if self.kill_every and len(self.taken) % self.kill_every == 0:
            victim = self.processes.of("notifyd")
            self.kills += bool(victim) and kill(*victim[0])
        return "250 taken"


class Bed:
    """What the scenarios share: the instance, the amounts, the helpers."""

    def __init__(self, args, folder):
        self.folder, self.kills, self.clients, self.letters = folder, args.kills, args.clients, args.letters
        self.port = args.port
        self.opened, self.people = [], None
        self.now = datetime.datetime.fromisoformat(START)
        self.instance = self.up("var", self.port)
        self.processes = Processes(self.instance.dir)

    def up(self, name, port):
        it = Instance(self.folder / name, port, False)
        self.opened.append((name, it))
        it.up()
        return it

    def down(self):
        for name, it in self.opened:
            it.down()
            it.keep_logs("faults-" + name)

    def careless(self):
        os.environ["MINSHENG_MARIADB_EXTRA"] = CARELESS
        try:
            return self.up("careless", self.port + 10)
        finally:
            del os.environ["MINSHENG_MARIADB_EXTRA"]

    def city(self):
        """An instance with people, made when the first scenario asks for it; at START."""
        if not self.people:
            self.people = City(self.folder / "city", self.port + 20, True)
            self.opened.append(("city", self.people))
            self.people.up()
        self.people.clock(START)
        return self.people

    @contextlib.contextmanager
    def without_slad(self):
        """The city's slad stands still."""
        with self.people.stands_still("slad"):
            yield

    @contextlib.contextmanager
    def notice(self, year, days):
        """A notice of the State Council for a year, as a file."""
        path = self.folder / f"{year}.json"
        days = [{"name": "元旦", "date": date, "isOffDay": off} for date, off in days]
        path.write_text(json.dumps({"year": year, "papers": ["https://www.gov.cn/"], "days": days}, ensure_ascii=False), encoding="utf-8")
        yield path

    def later(self, seconds):
        """Moves the clock on from where the file has it."""
        now = datetime.datetime.fromisoformat(self.instance.now)
        self.instance.clock((now + datetime.timedelta(seconds=seconds)).isoformat())

    def sink(self):
        """notifyd delivers into this process from now on."""
        sink = Sink(self.processes, 5)
        self.controller = Controller(sink, hostname=SINK_HOST, port=self.port)
        self.controller.start()
        with open(self.instance.dir / "minsheng.conf", "a", encoding="utf-8") as f:
            f.write(f"smtp_url = smtp://{SINK_HOST}:{self.port}\n")
        self.processes.kill_one("notifyd")
        return sink

    def leaders(self, n):
        """Officers who may give instructions on any letter."""
        self.instance.sql("INSERT INTO unit (code, name, short_name) VALUES ('faults', '故障测试办', '测试办')")
        names = [f"leader{i}" for i in range(n)]
        for name in names:
            self.instance.ctl("user", "add", name, "--role", "leader", "--unit", "faults", check=True)
        return names

    @staticmethod
    def say(text):
        print(text, flush=True)


def one(bed, scenario):
    began = time.monotonic()
    try:
        figures = scenario(bed)
    except Exception as e:  # one that fails must not hide the others
        print(f"FAILED {scenario.__name__}: {e}", flush=True)
        if not isinstance(e, AssertionError):
            traceback.print_exc()
        return False
    print(f"ok     {scenario.__name__} ({time.monotonic() - began:.0f} s): {figures}", flush=True)
    return True


def main():
    everything = scenarios.ALL + wrong_time.ALL + indexing.ALL
    names = [s.__name__ for s in everything]
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--kills", type=int, default=len(scenarios.ORDER), help="of kill_everybody; default %(default)s")
    p.add_argument("--letters", type=int, default=500, help="of clocks_fire_once; default %(default)s")
    p.add_argument("--clients", type=int, default=4)
    p.add_argument("--seed", type=int, default=random.randrange(10**6))
    p.add_argument("--port", type=int, default=int(os.environ.get("MINSHENG_TEST_PORT", "18200")) + 40)
    p.add_argument("--keep", action="store_true", help="leave the folder")
    p.add_argument("only", nargs="*", metavar="SCENARIO", help=", ".join(names))
    args = p.parse_args()
    if set(args.only) - set(names):
        p.error("unknown scenario")
    random.seed(args.seed)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="faults."))
    print(f"seed {args.seed}, folder {folder}", flush=True)
    results = []
    bed = None
    try:
        bed = Bed(args, folder)
        results = [one(bed, s) for s in everything if not args.only or s.__name__ in args.only]
    except AssertionError as e:
        print(f"FAILED the instance did not start: {e}", flush=True)
        results.append(False)
    finally:
        for name, it in bed.opened if bed else []:
            it.down()
            it.keep_logs("faults-" + name)
        if not args.keep and all(results):
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if results and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
