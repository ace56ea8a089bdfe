"""Measures pages and submissions of a real instance beside what bounds them on this machine: a bare FastCGI answer of the
same bytes through the same nginx and as many workers, and the bare transaction of the same rows on the same server.
Prints a table of medians and, with --json, all figures."""
import argparse
import json
import os
import pathlib
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile

import requests

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE.parent / "lib"))

from instance import Instance  # noqa: E402

WORKERS = 4
LETTER = "小区门口的路灯已经三个星期不亮，晚上老人出门很不安全，请尽快派人维修。物业说要等区里批复，打了三次电话没有结果。\n" * 4
TARGET = 0.5


def sh(*args, **kw):
    done = subprocess.run([str(a) for a in args], text=True, capture_output=True, **kw)
    if done.returncode:
        raise RuntimeError(f"{args[0]}: {done.stdout[-500:]}{done.stderr[-500:]}")
    return done.stdout


class Bed:
    def __init__(self, folder, port, seconds):
        self.folder, self.port, self.seconds = folder, port, seconds
        self.body = folder / "body.txt"
        self.body.write_text(LETTER.strip(), encoding="utf-8")
        self.bare = {}
        self.cached = None
        self.workers = []
        self.compile()
        shared = pathlib.Path(os.environ.get("MINSHENG_SHARED") or ROOT.parent / "shared")
        self.letters = shared / "data" / "letters" / "A4_letters_with_replies.open.csv"
        self.it = Instance(folder / "var", port, not self.letters.exists())

    def compile(self):
        client = sh("pkg-config", "--cflags", "--libs", "libmariadb").split()
        sh("cc", "-O2", "-o", self.folder / "bare", HERE / "bare.c", "-lfcgi")
        sh("cc", "-O2", "-o", self.folder / "raw_submit", HERE / "raw_submit.c", *client)

    def up(self):
        self.it.up()
        if self.letters.exists():
            self.it.ctl("import", self.letters, "--map", HERE.parent / "data" / "letters_with_replies.map.json")
        self.sql_as_owner("CREATE DATABASE bench_raw CHARACTER SET utf8mb4")
        for step in sorted((ROOT / "sql" / "schema").glob("*.sql")):
            self.sql_as_owner(step.read_text(encoding="utf-8"), "bench_raw")

    def sql_as_owner(self, text, database=""):
        args = ["mariadb", "--no-defaults", "-S", self.it.status["db_socket"], "--default-character-set=utf8mb4", database]
        sh(*[a for a in args if a], input=text)

    def down(self):
        for worker in self.workers:
            worker.kill()
            worker.wait()
        self.it.down()

    # ---- the limits ----

    def add_bare(self, name, path):
        """As many bare workers as the site has, answering with what `path` answers now; served by the same nginx."""
        page = requests.get(self.it.public + path, headers={"Accept-Encoding": "identity"}, timeout=30)
        page.raise_for_status()
        (self.folder / name).write_bytes(page.content)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(self.folder / f"{name}.sock"))
        listening.listen(128)
        for _ in range(WORKERS):
            self.workers.append(subprocess.Popen([self.folder / "bare", self.folder / name, page.headers["Content-Type"]],
                                                 stdin=listening.fileno()))
        port = self.port + 2 + len(self.bare)
        self.bare[name] = f"http://127.0.0.1:{port}/"
        self.add_server(port, name, f'upstream {name} {{\n\t\tserver "unix:{self.folder}/{name}.sock" max_fails=0;\n\t}}')
        return len(page.content)

    def add_server(self, port, site, before=""):
        conf = self.it.dir / "nginx.conf"
        text = conf.read_text().rstrip()
        static = next(line for line in text.splitlines() if "set $static" in line)
        errors = next(line for line in text.splitlines() if "set $errors" in line)
        conf.write_text(text.removesuffix("}") + f"""
	{before}
	server {{
		listen 127.0.0.1:{port} backlog=511;
		set $site {site};
{static}
{errors}
		include minsheng/site.conf;
	}}
}}
""")

    def add_cached(self, port):
        """The public site once more, with nginx's cache as citizens have it: in tests it is off."""
        limits = self.it.dir / "nginx-limits.conf"
        text = limits.read_text()
        if 'map "" $cache_off {' not in text:
            return
        limits.write_text(text.replace('map "" $cache_off {', f'map $server_port $cache_off {{\n\t{port} "";'))
        self.add_server(port, "public")
        self.cached = f"http://127.0.0.1:{port}"

    def reload_nginx(self):
        pid = json.loads(self.it.launcher("status", "--dir", str(self.it.dir), "--json").stdout)["pids"]["nginx"][0]
        os.kill(pid, 1)
        self.it.wait(lambda: all(self.answers(url) for url in self.bare.values()))

    @staticmethod
    def answers(url):
        try:
            return requests.get(url, timeout=2).status_code == 200
        except requests.ConnectionError:
            return False

    # ---- measuring; each returns operations a second ----

    def wrk(self, script, url, connections, *args):
        out = sh("wrk", "-t1", f"-c{connections}", f"-d{self.seconds}s", "--timeout", "10s", "-s", HERE / script, url,
                 *(["--", *args] if args else []))
        it = json.loads(out.splitlines()[-1])
        if it["errors"] or not it["requests"]:
            raise RuntimeError(f"{url}: {it}")
        return it["requests"] * 1e6 / it["us"]

    def page(self, url, connections):
        return self.wrk("get.lua", url, connections)

    def submissions(self, connections):
        return self.wrk("submit.lua", self.it.public + "/api/v1/letters", connections, self.body)

    def raw(self, connections):
        return float(sh(self.folder / "raw_submit", self.it.status["db_socket"], "bench_raw", connections, self.seconds, self.body))


class Row:
    """A figure of the product and its limit, measured in turn; the ratio is the median of the rounds' ratios, so that
    what else the machine does in between weighs on both alike."""

    def __init__(self, what, limit_is, product, limit):
        self.what, self.limit_is, self.measure = what, limit_is, (product, limit)
        self.product, self.limit = [], []

    def round(self):
        self.limit.append(self.measure[1]())
        self.product.append(self.measure[0]())

    def figures(self):
        ratios = [a / b for a, b in zip(self.product, self.limit)]
        return {"what": self.what, "limit_is": self.limit_is, "unit": "1/s", "product": statistics.median(self.product),
                "limit": statistics.median(self.limit), "ratio": statistics.median(ratios), "ratio_min": min(ratios),
                "ratio_max": max(ratios), "product_runs": self.product, "limit_runs": self.limit}


def rows(bed, many):
    # The public id of a letter of middling length.
    ids = bed.it.sql("SELECT id FROM pub_letter ORDER BY CHAR_LENGTH(body) + CHAR_LENGTH(reply)")
    letter = f"/open/{ids[len(ids) // 2][0]}"
    pages = [("letter page", "letter", letter), ("first listing page", "listing", "/open"), ("home page", "home", "/")]
    found = []
    bed.add_cached(bed.port + 2 + len(pages))
    sites = [("", bed.it.public)] if bed.cached is None else [("", bed.cached), (", cache off", bed.it.public)]
    for title, name, path in pages:
        size = bed.add_bare(name, path)
        for note, site in sites:
            for c in (1, many):
                found.append(Row(f"{title} ({size / 1024:.0f} KB), {c} conn.{note}", "bare FastCGI answer",
                                 lambda url=site + path, c=c: bed.page(url, c),
                                 lambda name=name, c=c: bed.page(bed.bare[name], c)))
    bed.reload_nginx()
    for c in (1, many):
        found.append(Row(f"submission, {c} conn.", "bare transaction", lambda c=c: bed.submissions(c), lambda c=c: bed.raw(c)))
    return found


def show(figures):
    wide = max(len(f["what"]) for f in figures)
    print(f"{'what':<{wide}}  {'product/s':>10} {'limit/s':>10} {'ratio':>6}  spread of ratio  limit")
    for f in figures:
        mark = "" if f["ratio"] >= TARGET else "  below the target"
        print(f"{f['what']:<{wide}}  {f['product']:>10.0f} {f['limit']:>10.0f} {f['ratio']:>6.2f}  "
              f"{f['ratio_min']:.2f} - {f['ratio_max']:.2f}      {f['limit_is']}{mark}")


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--quick", action="store_true", help="five rounds of 1 s instead of nine of 3 s")
    p.add_argument("--json", metavar="FILE", help="write all figures")
    p.add_argument("--only", metavar="WORD", default="", help="rows with this word in their name")
    p.add_argument("--rounds", type=int)
    p.add_argument("--seconds", type=int)
    p.add_argument("--port", type=int, default=int(os.environ.get("MINSHENG_BENCH_PORT", "18300")))
    args = p.parse_args()
    rounds = args.rounds or (5 if args.quick else 9)
    os.environ.setdefault("MINSHENG_BUILD", str(ROOT / "build" / "release"))
    os.environ["MINSHENG_WORKERS"] = str(WORKERS)
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench."))
    bed = Bed(folder, args.port, args.seconds or (1 if args.quick else 3))
    try:
        bed.up()
        measured = [row for row in rows(bed, WORKERS) if args.only in row.what]
        for i in range(rounds):
            print(f"round {i + 1} of {rounds}", flush=True)
            for row in measured:
                row.round()
        figures = [row.figures() for row in measured]
    finally:
        bed.down()
        shutil.rmtree(folder, ignore_errors=True)
    show(figures)
    if args.json:
        about = {"cpus": os.cpu_count(), "machine": platform.machine(), "kernel": platform.release(), "workers": WORKERS,
                 "rounds": rounds, "seconds": bed.seconds, "target": TARGET, "figures": figures}
        pathlib.Path(args.json).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
