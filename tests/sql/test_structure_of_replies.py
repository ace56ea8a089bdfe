"""The check of an answer's structure, tried on answers that offices really sent."""
import os
import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def test_what_real_answers_have(shared):
    """Bounds around what was counted: facts half, basis two fifths, a conclusion two thirds, remedies and telephones few."""
    build = pathlib.Path(os.environ.get("MINSHENG_BUILD", ROOT / "build" / "dev"))
    table = shared / "data" / "letters" / "A4_letters_with_replies.open.csv"
    done = subprocess.run([str(ROOT / build / "bin" / "count_structure"), str(table)], text=True, capture_output=True, check=True)
    n = {word: int(count) for word, count in (line.split() for line in done.stdout.splitlines())}
    assert n["replies"] > 2000
    share = {word: n[word] / n["replies"] for word in n}
    assert 0.4 < share["facts"] < 0.7 and 0.3 < share["basis"] < 0.6 and 0.6 < share["conclusion"] < 0.85
    assert 0.01 < share["remedy"] < 0.1 and 0.12 < share["contact"] < 0.3
    assert 0.03 < share["short"] < 0.07 and share["named"] < 0.01
