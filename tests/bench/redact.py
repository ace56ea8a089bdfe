"""How quick the search for personal data is on real letters (a mix of all sets, else some that are made up): megabytes a second and
what it costs beside a reading of the same bytes that only asks whether they are UTF-8, so that other load weighs little.

    MINSHENG_BUILD=build/release python3 tests/bench/redact.py [--megabytes 8] [--rounds 7]

Exit code 1 when redact_find() or redact_public() is slower than the target."""
import argparse
import csv
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(HERE))

import filling  # noqa: E402

TARGET = 20  # megabytes a second
FILES = ("A2_raw_labelled", "A3_hot_messages", "A4_letters_with_replies", "B1_beijing_letters", "B2_hangzhou_board", "B3_dongguan_sun")


def letters():
    folder = pathlib.Path(os.environ.get("MINSHENG_SHARED") or TOP.parent / "shared") / "data" / "letters"
    if not folder.is_dir():
        return [f"{street}{n}号{matter}，电话138001380{n}" for street in filling.STREETS for matter in filling.MATTERS for n in range(10, 99)]
    csv.field_size_limit(1 << 24)
    texts = []
    for name in FILES:
        with open(next(folder.glob(name + "*.csv")), encoding="utf-8-sig") as file:
            texts += [row.get("detail") or row.get("content") for row in csv.DictReader(file)]
    return [text for text in texts if text]


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--megabytes", type=int, default=8)
    asked.add_argument("--rounds", type=int, default=7)
    asked = asked.parse_args()
    build = pathlib.Path(os.environ.get("MINSHENG_BUILD") or TOP / "build" / "release").resolve()
    texts, mix = letters(), b""
    random.Random(1).shuffle(texts)
    while len(mix) < asked.megabytes * 1000000:
        mix += b"".join(text.encode() + b"\0" for text in texts)
    mix = mix[:mix.rindex(b"\0", 0, asked.megabytes * 1000000) + 1]
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "texts").write_bytes(mix)
        subprocess.run(["cc", "-O2", "-D_GNU_SOURCE", "-I", TOP / "tickets", "-I", TOP / "tickets" / "util", "-o", folder / "redact",
                        HERE / "redact.c", build / "tickets" / "libtickets.a", build / "tickets" / "libutil.a",
                        "-ljansson", "-lunistring", "-lcrypt"], check=True)
        said = subprocess.run([folder / "redact", folder / "texts", str(asked.rounds)], check=True, capture_output=True, text=True).stdout
    print(said, end="")
    slow = [line for line in said.splitlines() if line.startswith("redact") and float(re.search(r"([\d.]+) MB/s", line)[1]) < TARGET]
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
