"""Who runs in an instance, how to kill one of them at a bad moment, and how long the public site stays away then."""
import http.client
import os
import pathlib
import random
import re
import signal
import threading
import time

ROW = re.compile(r'"name":"([^"]*)","pid":(\d+),"ticks":(\d+)')
GOOD_S = 0.5  # so long without a bad answer, and everybody back: it is over


def ticks(pid):
    """Start time of a process as the kernel counts it; 0 when it is gone."""
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, IndexError):
        return 0


def parent(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError):
        return 0


def kill(pid, started):
    """kill -9 of exactly that process: never of another one with the same number."""
    try:
        fd = os.pidfd_open(pid)
    except ProcessLookupError:
        return False
    try:
        if ticks(pid) != started:
            return False
        signal.pidfd_send_signal(fd, signal.SIGKILL)
        return True
    except ProcessLookupError:
        return False
    finally:
        os.close(fd)


class Processes:
    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def text(self):
        try:
            return (self.folder / "run" / "status.json").read_text()
        except FileNotFoundError:
            return ""

    def all(self):
        """[(name, pid, start time)] as the supervisor has written them; pid 0 for one that is down."""
        return [(name, int(pid), int(started)) for name, pid, started in ROW.findall(self.text())]

    def supervisor(self):
        found = re.search(r'"supervisor":(\d+)', self.text())
        return int(found.group(1)) if found else 0

    def of(self, kind):
        if kind == "supervisor":
            pid = self.supervisor()
            return [(pid, ticks(pid))] if pid else []
        if kind == "nginx worker":
            masters = {pid for pid, _ in self.of("nginx")}
            pids = [int(p.name) for p in pathlib.Path("/proc").iterdir() if p.name.isdigit()]
            return [(pid, ticks(pid)) for pid in pids if parent(pid) in masters]
        return [(pid, started) for name, pid, started in self.all() if name == kind and pid]

    def all_alive(self):
        rows = self.all()
        return bool(rows) and all(pid and ticks(pid) == started for _, pid, started in rows) and len(self.of("nginx worker")) >= 2

    def kill_one(self, kind):
        """Returns the victim, or None when there was none."""
        there = self.of(kind)
        random.shuffle(there)
        for pid, started in there:
            if kill(pid, started):
                return pid, started
        return None


class Probe(threading.Thread):
    """Asks /health over and over, each time over a new connection."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.port, self.ending = port, threading.Event()
        self.last_bad = time.monotonic()
        self.good = [time.monotonic()]  # when a good answer was read

    def ask(self):
        it = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            it.request("GET", "/health")
            return it.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            it.close()

    def run(self):
        while not self.ending.is_set():
            if self.ask():
                self.good.append(time.monotonic())
            else:
                self.last_bad = time.monotonic()
            time.sleep(0.01)

    def longest_gap(self, since):
        """The longest time without a good answer from then on."""
        at = [since, *(t for t in self.good if t > since)]
        return max((b - a for a, b in zip(at, at[1:])), default=0.0)

    def stop(self):
        self.ending.set()
        self.join()


class Killer:
    def __init__(self, instance):
        self.processes = Processes(instance.dir)
        self.probe = Probe(instance.port)
        self.outages = {}  # kind: [seconds]
        self.probe.start()

    def stop(self):
        self.probe.stop()

    def settled(self, since):
        quiet = time.monotonic() - max(self.probe.last_bad, since) > GOOD_S
        return quiet and self.probe.good[-1] > since + GOOD_S and self.processes.all_alive()

    def strike(self, kind, limit_s=180):
        """Kills one, waits until all is well again, notes the longest time without a good answer."""
        again = kind == "mariadbd again"
        real = "mariadbd" if again else kind
        victim = self.processes.kill_one(real)
        since = time.monotonic()
        assert victim, f"no {real} to kill"
        if again:
            self.kill_in_recovery(victim)
        while not self.settled(since):
            assert time.monotonic() - since < limit_s, f"{kind} killed: not well again after {limit_s} s"
            time.sleep(0.02)
        away = self.probe.longest_gap(since)
        self.outages.setdefault(kind, []).append(away)
        return away

    def kill_in_recovery(self, victim):
        """mariadbd once more, while it reads its log."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            now = self.processes.of("mariadbd")
            if now and now[0] != victim:
                time.sleep(random.uniform(0.05, 0.3))
                kill(*now[0])
                return
            time.sleep(0.01)
        raise AssertionError("mariadbd was not started again within two minutes")
