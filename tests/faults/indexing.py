"""The search's index, whose engine is neither transactional nor safe against crashes: kills while it is written."""
import hashlib
import random
import re
import time

PUBLISHED = """
INSERT INTO pub_letter (id, edition_id, sha256, no, type, title, body, reply, unit_id, accepted_on, replied_on, workdays, published_at, first_at)
SELECT n, n, UNHEX(hash), CONCAT('MS-T-F', n), 'consult', title, body, reply, (SELECT MIN(id) FROM unit), '2026-09-01', '2026-09-02', 1,
       '2026-09-02', '2026-09-02'
  FROM (SELECT 0 AS n, '' AS hash, '' AS title, '' AS body, '' AS reply WHERE 1 = 0 UNION ALL VALUES %s) letters"""
BATCH = 150


def publish(it, first, word):
    """Letters with that word."""
    signs, rows = [chr(c) for c in range(0x4e00, 0x4e00 + 200)], []
    for i in range(BATCH):
        texts = [f"{word}{i:03d}", *("".join(random.choices(signs, k=800)) for _ in range(2))]
        quoted = "', '".join([hashlib.sha256("\x1f".join(texts).encode()).hexdigest(), *texts])
        rows.append(f"({first + i}, '{quoted}')")
    it.sql("SET foreign_key_checks = 0;" + PUBLISHED % ",".join(rows))


def asked(it, what):
    """One value, or None while the database is away."""
    try:
        return it.one(what)
    except (RuntimeError, IndexError):
        return None


def until(it, what, seconds):
    """Until the answer is 1."""
    end = time.monotonic() + seconds
    while asked(it, what) != "1":
        assert time.monotonic() < end, f"after {seconds} s not yet: {what}"
        time.sleep(0.002)


def in_use(it):
    until(it, "SELECT s.ready AND NOT s.writing AND EXISTS (SELECT 1 FROM search_alive) AND NOT EXISTS (SELECT 1 FROM search_queue) "
              "FROM search_state s", 180)


def seen_writing(it):
    """Whether it was seen at it; false when it was done with all of them before this could look."""
    state = "01"
    while state != "00":
        state = asked(it, "SELECT CONCAT(writing, EXISTS (SELECT 1 FROM search_queue)) FROM search_state") or "01"
        if state[0] == "1":
            return True
        time.sleep(0.002)
    return False


def in_the_middle(it, word, first):
    """Letters with that word, the last of which are being indexed; their ids."""
    ids = range(first, first)
    while len(ids) < 20 * BATCH:
        publish(it, ids.stop, word)
        ids = range(first, ids.stop + BATCH)
        if seen_writing(it):
            return ids
    raise AssertionError(f"{len(ids)} letters were indexed, and it was never seen")


def killed_while_indexing(bed):
    """minsheng-searchd and mariadbd are killed in the middle of a batch: nothing is missing, nothing is there too much."""
    it, took = bed.instance, []
    it.sql("INSERT INTO unit (code, name, short_name) SELECT 'indexed', '故障测试局', '测试局' WHERE NOT EXISTS (SELECT 1 FROM unit)")
    it.sql("DROP TRIGGER IF EXISTS pub_letter_gate")  # these letters have no desk behind them
    in_use(it)
    for turn, victim in enumerate(("searchd", "mariadbd", "searchd")):
        word, first = f"宁静致远{turn}", 10**9 + turn * 10**6
        ids = in_the_middle(it, word, first)
        since = time.monotonic()
        assert bed.processes.kill_one(victim), f"no {victim} to kill"
        in_use(it)
        took.append(f"{victim} {time.monotonic() - since:.1f}")
        check = it.ctl("search", "check")
        assert "different 0" in check.stdout and check.returncode == 0, check.stdout + check.stderr
        found = {int(n) for n in re.findall(r"\d+", it.ctl("search", "find", input=word + "\n", check=True).stdout.split("[")[1].split("]")[0])}
        assert found == set(ids), f"{len(found)} of {len(ids)} found after the kill of {victim}"
    return f"3 kills in the middle of a batch of {BATCH} letters: all found, none different; in use again after (s): {', '.join(took)}"


ALL = [killed_while_indexing]
