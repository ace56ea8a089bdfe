"""One running instance of the system in a scratch folder."""
import contextlib
import datetime
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

import requests
from database import Database

ROOT = pathlib.Path(__file__).resolve().parents[2]
START = "2026-09-29T16:00:00+08:00"  # two days before the National Day break


class Instance:
    def __init__(self, folder, port, demo):
        self.dir = pathlib.Path(folder)
        self.port = port
        self.demo = demo
        self.now, self.moves = None, 0
        self.ended = set()  # processes that scenarios put an end to
        self.public = f"http://127.0.0.1:{port}"
        self.desk = f"http://127.0.0.1:{port + 1}"
        self.build = pathlib.Path(os.environ.get("MINSHENG_BUILD", ROOT / "build" / "dev"))
        if not self.build.is_absolute():
            self.build = ROOT / self.build

    def launcher(self, *args, **kw):
        env = dict(os.environ, MINSHENG_BUILD=str(self.build), MINSHENG_WORKERS=os.environ.get("MINSHENG_WORKERS", "2"))
        return subprocess.run([str(ROOT / "minsheng"), *args], env=env, text=True, capture_output=True, timeout=300, **kw)

    def up(self):
        self.dir.mkdir(parents=True, exist_ok=True)
        args = ["up", "--dir", str(self.dir), "--port", str(self.port), "--env", "test"]
        done = self.launcher(*args, *([] if self.demo else ["--no-demo"]))
        assert done.returncode == 0, done.stdout + done.stderr
        self.status = json.loads(self.launcher("status", "--dir", str(self.dir), "--json").stdout)
        self.database = Database(self.status["db_socket"], self.status["db_name"], self.password_of)
        self.clock(START)

    def down(self):
        self.launcher("down", "--dir", str(self.dir))

    def keep_logs(self, name):
        """Where CI asks for them: the logs of a failed run are worth more than its last line."""
        if os.environ.get("MINSHENG_KEEP_LOGS"):
            shutil.copytree(self.dir / "log", pathlib.Path(os.environ["MINSHENG_KEEP_LOGS"]) / name, dirs_exist_ok=True)

    # ---- time ----

    def clock(self, at):
        """Sets the time of all programs: "2026-09-29 16:00"."""
        text = at.strip().replace(" ", "T")
        if len(text) == 16:
            text += ":00"
        if "+" not in text:
            text += "+08:00"
        new = self.dir / "clock.new"
        new.write_text(text + "\n")
        new.rename(self.dir / "clock")
        self.moves += text != self.now
        self.now = text

    # ---- processes ----

    def pids(self, name):
        processes = json.loads((self.dir / "run" / "status.json").read_text())["processes"]
        return [process["pid"] for process in processes if process["name"] == name and process["pid"]]

    @contextlib.contextmanager
    def nginx_keeps(self):
        """Tests run without the cache of nginx; meanwhile it is on, as for everybody."""
        conf, master = self.dir / "nginx-limits.conf", int((self.dir / "run" / "nginx.pid").read_text())
        before = conf.read_text()

        def workers():
            return set(subprocess.run(["pgrep", "-P", str(master)], capture_output=True, text=True).stdout.split())

        def reload(text):
            conf.write_text(text)
            old = workers()
            os.kill(master, signal.SIGHUP)
            self.wait(lambda: not old & workers())

        reload(re.sub(r"(map \"\" \$cache_off \{\s*default )[^;]*;", r'\1"";', before))
        try:
            yield
        finally:
            reload(before)

    def in_the_middle(self, name):
        """Whether it has begun to write something and not ended: nobody else would get at those rows."""
        return self.one("SELECT COUNT(*) FROM information_schema.innodb_trx x JOIN information_schema.processlist p "
                        f"ON p.id = x.trx_mysql_thread_id WHERE p.user = 'ms_{name}'") != "0"

    def stop(self, pids):
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        self.wait(lambda: all(re.search(r"^State:\s+[TtZ]", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M) for pid in pids))

    @contextlib.contextmanager
    def stands_still(self, name):
        pids = self.pids(name)
        self.stop(pids)
        while self.in_the_middle(name):
            for pid in pids:
                os.kill(pid, signal.SIGCONT)
            time.sleep(0.15)  # the server tells what it told before when it is asked again at once
            self.stop(pids)
        try:
            yield
        finally:
            for pid in set(pids) - self.ended:
                os.kill(pid, signal.SIGCONT)

    def one_by_one(self, name):
        """Each of these processes in turn, while the others stand still: so it is this one that answers."""
        pids = self.pids(name)
        for pid in pids:
            others = [other for other in pids if other != pid]
            self.stop(others)
            try:
                yield pid
            finally:
                for other in others:
                    os.kill(other, signal.SIGCONT)

    def ends(self, name, by=signal.SIGTERM):
        """The supervisor starts them anew, and says so, before this returns."""
        old = self.pids(name)
        for pid in old:
            self.ended.add(pid)
            os.kill(pid, by)
        self.wait(lambda: len(self.pids(name)) == len(old) and not set(self.pids(name)) & set(old))

    # ---- doing and asking ----

    def ctl(self, *args, input=None, check=False):
        env = dict(os.environ, MINSHENG_CONF=str(self.dir / "minsheng.conf"))
        done = subprocess.run([str(self.build / "bin" / "minshengctl"), *map(str, args)], env=env, text=True, input=input,
                              capture_output=True, timeout=600)
        if check:
            assert done.returncode == 0, done.stdout + done.stderr
        return done

    def tool(self, name, *args):
        """A helper program of the tests, with this instance's settings."""
        env = dict(os.environ, MINSHENG_CONF=str(self.dir / "minsheng.conf"))
        return subprocess.run([str(self.build / "bin" / name), *map(str, args)], env=env, text=True, capture_output=True,
                              timeout=900)

    def tries(self, statements, account):
        """What is said against each of them, or None; and what all of them gave, as it came. A transaction that meets one of the programs is
        tried again, as theirs are."""
        env = dict(os.environ, MYSQL_PWD=self.password_of(account))
        args = ["mariadb", "--no-defaults", "-S", self.status["db_socket"], "-u", "ms_" + account, "-N", "-B", "--force",
                "--default-character-set=utf8mb4", self.status["db_name"]]
        for _ in range(20):
            done = subprocess.run(args, input="".join(one + ";\n" for one in statements), env=env, text=True, capture_output=True, timeout=120)
            if statements[0] != "START TRANSACTION" or "try restarting transaction" not in done.stderr:
                break
        errors = dict(re.findall(r"^ERROR .* at line (\d+): (.*)", done.stderr, re.M))
        return [errors.get(str(n)) for n in range(1, len(statements) + 1)], done.stdout

    def password_of(self, account):
        return (self.dir / "secrets" / ("db_" + account)).read_text().strip()

    def sql(self, statement, account=None):
        """Rows as lists of text. account: None for the owner of the database, or e.g. "public"."""
        return self.database.ask(statement, account)

    def one(self, statement):
        return self.sql(statement)[0][0]

    def get(self, path, **kw):
        return requests.get(self.public + path, timeout=30, **kw)

    def post(self, path, **kw):
        return requests.post(self.public + path, timeout=30, allow_redirects=False, **kw)

    def wait(self, what, seconds=120):
        """Until what() is true; its last value. What comes soon on a quiet machine takes its time on a loaded one."""
        end, again = time.monotonic() + seconds, time.monotonic() + 5
        while True:
            value = what()
            if value or time.monotonic() > end:
                assert value, "waited in vain"
                return value
            if time.monotonic() > again:
                self.try_again()
                again += 5
            time.sleep(0.05)

    def try_again(self):
        """What could not be sent, as something did not answer for two seconds, has its next try in some minutes: which never come
        while the clock stands still."""
        utc = datetime.datetime.fromisoformat(self.now).astimezone(datetime.timezone.utc).strftime("%F %T")
        with contextlib.suppress(RuntimeError):  # the database itself may be away
            self.sql(f"UPDATE outbox SET next_at = '{utc}' WHERE state = 'queued' AND last_error > '' AND NOT gather AND next_at > '{utc}'")

    def log(self, name):
        return "".join(p.read_text(errors="replace") for p in sorted((self.dir / "log").glob(name + "*")))
