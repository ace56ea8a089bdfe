"""What the database holds, compared with what was acknowledged."""
import json
import re
import time

from letters import Poster

STORED = """
SELECT t.no, t.title, t.version, COALESCE(SHA2(x.body, 256), ''),
       (SELECT COALESCE(GROUP_CONCAT(h.version ORDER BY h.id), '') FROM history h WHERE h.ticket_id = t.id),
       (SELECT COALESCE(GROUP_CONCAT(m.kind, ':', (SELECT COUNT(*) FROM timer_event e WHERE e.timer_id = m.id AND
        e.what = 'start') ORDER BY m.kind), '') FROM timer m WHERE m.ticket_id = t.id),
       (SELECT COUNT(*) FROM outbox o WHERE o.ticket_id = t.id AND o.event = 'submit'),
       (SELECT COUNT(*) FROM idem i WHERE i.ticket_id = t.id),
       (SELECT COUNT(*) FROM contact c WHERE c.ticket_id = t.id),
       (SELECT COUNT(*) FROM ticket_code c WHERE c.ticket_id = t.id)
  FROM ticket t LEFT JOIN ticket_text x ON x.ticket_id = t.id WHERE t.title LIKE '%% %s______'"""
WHOLE = ["1", "accept:1,veto:1", "1", "1", "1", "1"]  # history, clocks, notice, receipt, contact, query code


def stored(instance, prefix):
    """token: [row, ...] of all letters of that prefix."""
    found = {}
    for no, title, version, *rest in instance.sql(STORED % prefix):
        found.setdefault(re.search(rf"{prefix}\d{{6}}", title).group(), []).append((no, version, *rest))
    return found


def missing(instance, writers):
    """Acknowledged letters that are not in the database (or under another number). More may come while it is asked."""
    acked = list(writers.acked.items())
    numbers = {row[0] for rows in stored(instance, writers.prefix).values() for row in rows}
    return [token for token, (_, number, _) in acked if number not in numbers]


def letters(instance, writers):
    """Every acknowledged letter is there, once, whole, unchanged; and nothing is there twice or half."""
    assert not writers.refused, f"refused: {writers.refused[:3]}"
    there = stored(instance, writers.prefix)
    lost = missing(instance, writers)
    assert not lost, f"{len(lost)} acknowledged letters lost, e.g. {lost[:3]}"
    twice = [token for token, rows in there.items() if len(rows) != 1]
    assert not twice, f"{len(twice)} letters stored twice, e.g. {twice[:3]}"
    for token, ((no, version, sha256, *parts),) in there.items():
        assert version == "1" and parts == WHOLE, f"{token} {no} is not whole: version {version}, {parts}"
        if token in writers.acked:
            letter, number, _ = writers.acked[token]
            assert no == number, f"{token}: acknowledged as {number}, stored as {no}"
            assert sha256 == letter.sha256, f"{token} {no}: the text has changed"
        else:
            assert token in writers.abandoned, f"{token}: stored, but nobody sent it"
    return len(there)


def codes_open(instance, writers, sample):
    """The query codes that were told open their letters."""
    client = Poster(instance.port)
    tokens = sorted(writers.acked)
    for token in tokens[:: max(1, len(tokens) // sample)]:
        _, number, code = writers.acked[token]
        status, text = client.send("/api/v1/track", json.dumps({"number": number, "query_code": code}).encode())
        assert status == 200 and json.loads(text)["status"], f"{number} with its code: {status} {text[:200]}"
    client.close()


def figures(instance):
    """The statistics agree with the letters."""
    for _ in range(10):  # slad may have folded between two reads
        done = instance.ctl("stats", "--check")
        if done.returncode == 0:
            break
        time.sleep(0.5)
    assert done.returncode == 0, "statistics: " + done.stdout[-500:] + done.stderr[-500:]
