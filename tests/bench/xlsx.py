"""Files of many rows: a list of 10,000 and one of 100,000 letters as XLSX, made by minsheng-paperd from the same list as the
desk shows. Printed are seconds, size, and the peak of the program's memory, which must not grow with the rows; what was made
is read again and its rows are counted.

    MINSHENG_BUILD=build/release python3 tests/bench/xlsx.py [--rows 10000 100000] [--port N]"""
import argparse
import json
import pathlib
import re
import sys
import tempfile
import time
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "lib"), str(HERE.parent / "faults")]

import filling  # noqa: E402
from city import City  # noqa: E402
from killer import Processes  # noqa: E402

GROWTH_MAX = 1.5  # of the peak, from the smallest file to the largest


def memory(pid):
    """(peak, now) in MB."""
    text = pathlib.Path(f"/proc/{pid}/status").read_text()
    return tuple(int(re.search(rf"{name}:\s+(\d+)", text)[1]) / 1024 for name in ("VmHWM", "VmRSS"))


def rows_in(path):
    """Rows of the first sheet, without holding it."""
    count, rest = 0, b""
    with zipfile.ZipFile(path) as book, book.open("xl/worksheets/sheet1.xml") as sheet:
        while chunk := sheet.read(1 << 20):
            chunk = rest + chunk
            count += chunk.count(b"<row ")
            rest = chunk[-4:]
    return count


def make(it, scratch):
    """Orders the list of everything open, waits, fetches; (seconds, bytes, rows, peak MB, MB before)."""
    pid = Processes(it.dir).of("paperd")[0][0]
    pathlib.Path(f"/proc/{pid}/clear_refs").write_text("5")  # the peak begins anew
    before = memory(pid)[1]
    began = time.monotonic()
    page = it.supervisor.post("/files", kind="letters", of="view=open")
    number = re.search(r"/files/(\d+)", page.path)[1]
    while json.loads(it.supervisor.get(f"/files/{number}.json").html)["working"]:
        assert time.monotonic() - began < 900, "not made in 15 minutes"
        time.sleep(0.2)
    seconds = time.monotonic() - began
    answer = it.supervisor.session.get(it.desk + f"/files/{number}/fetch", timeout=300)
    answer.raise_for_status()
    path = scratch / "list.xlsx"
    path.write_bytes(answer.content)
    assert Processes(it.dir).of("paperd")[0][0] == pid, "minsheng-paperd was started again meanwhile"
    return seconds, len(answer.content), rows_in(path), memory(pid)[0], before


def run(it, given, scratch):
    peaks, there, ok = [], 0, True
    for rows in given.rows:
        filling.fill(it, rows - there, 0, words=False, seed=rows)
        there = rows
        it.run_slad()
        seconds, size, counted, peak, before = make(it, scratch)
        wanted = int(it.one("SELECT COUNT(*) FROM ticket WHERE open = 1"))
        peaks.append(peak)
        print(f"{wanted} letters: {counted} rows, {size / 1e6:.1f} MB, {seconds:.1f} s ({wanted / seconds:.0f} a second), "
              f"peak of minsheng-paperd {peak:.1f} MB ({before:.1f} MB before)", flush=True)
        ok = ok and counted >= wanted
    print(f"peak at {given.rows[-1]} rows / at {given.rows[0]}: {peaks[-1] / peaks[0]:.2f}")
    return ok and peaks[-1] / peaks[0] <= GROWTH_MAX


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, nargs="+", default=[10000, 100000])
    options.add_argument("--port", type=int, default=18870)
    given = options.parse_args()
    filling.big_database()
    with tempfile.TemporaryDirectory(prefix="minsheng-xlsx.") as scratch:
        it = City(pathlib.Path(scratch) / "city", given.port, True)
        it.up()
        try:
            ok = run(it, given, pathlib.Path(scratch))
        finally:
            it.down()
    sys.exit(0 if ok else 1)


if __name__ == "__main__":
    main()
