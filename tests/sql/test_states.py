"""Random walks over the states through the real code and database; then the invariants of domain 6.4, asked of the database."""
import json

import pytest

LETTERS, ACTIONS = 50, 4000


@pytest.fixture(scope="module")
def walked(city):
    done = city.tool("walk_states", LETTERS, ACTIONS, 20261121)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout), city, done.stderr


def test_the_walk_went_somewhere(walked):
    figures, _, never = walked
    assert figures["done"] > 500, figures
    assert figures["kinds"] >= 45, never


INVARIANTS = {
    "no final answer without the approval of another person":
        "SELECT r.id FROM reply r WHERE r.kind = 'final' AND r.state = 'approved' AND r.author_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM review v WHERE v.reply_id = r.id AND v.decision = 'approved' AND v.reviewer_id <> r.author_id)",
    "an approval is of exactly the bytes that were answered":
        "SELECT r.id FROM reply r WHERE r.kind = 'final' AND r.state = 'approved' AND r.author_id IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM review v WHERE v.reply_id = r.id AND v.decision = 'approved' AND v.body_sha256 = UNHEX(SHA2(r.body, 256)))",
    "nobody reviewed his own answer":
        "SELECT v.id FROM review v JOIN reply r ON r.id = v.reply_id WHERE v.reviewer_id = r.author_id",
    "no published row without an approved review of the same hash":
        "SELECT p.id FROM pub_letter p JOIN ticket t ON t.no = p.no WHERE t.channel <> 'import' AND NOT EXISTS "
        "(SELECT 1 FROM review v WHERE v.ticket_id = t.id AND v.kind = 'secrecy' AND v.decision = 'approved' "
        "AND v.body_sha256 = p.sha256)",
    "who approved an edition is not its author":
        "SELECT a.edition_id FROM edition_approval a JOIN edition e ON e.id = a.edition_id WHERE a.reviewer_id = e.author_id",
    "a published letter is in the public table, any other is not":
        "SELECT t.id FROM ticket t LEFT JOIN pub_letter p ON p.no = t.no "
        "WHERE (t.pub_state IN ('published','corrected')) <> (p.no IS NOT NULL)",
    "a site error is answered only after the superior agreed":
        "SELECT t.id FROM ticket t WHERE t.type = 'site_error' AND t.replied_at IS NOT NULL AND NOT EXISTS "
        "(SELECT 1 FROM history h WHERE h.ticket_id = t.id AND h.action = 'superior_approve')",
    "refused and merged carry a reason and a notice":
        "SELECT t.id FROM ticket t WHERE (t.state = 'refused' AND t.reason_code IS NULL) OR (t.state = 'merged' AND t.master_id IS NULL) "
        "OR (t.state IN ('refused','merged') AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.ticket_id = t.id AND "
        "o.audience = 'writer' AND o.event IN ('refuse','merge','supplement_lapse')) AND NOT EXISTS (SELECT 1 FROM history h "
        "WHERE h.ticket_id = t.id AND h.action = 'continue'))",
    "received <= accepted <= replied":
        "SELECT id FROM ticket WHERE received_at > accepted_at OR accepted_at > replied_at",
    "answered before published":
        "SELECT p.id FROM pub_letter p JOIN ticket t ON t.no = p.no WHERE p.published_at < t.replied_at AND t.channel <> 'import'",
    "the history has no gap and ends at the letter's version":
        "SELECT t.id FROM ticket t JOIN (SELECT ticket_id, COUNT(*) AS n, MAX(version) AS v FROM history GROUP BY ticket_id) h "
        "ON h.ticket_id = t.id WHERE h.n <> t.version OR h.v <> t.version",
    "the history ends in the letter's state":
        "SELECT t.id FROM ticket t JOIN history h ON h.ticket_id = t.id AND h.version = (SELECT MAX(x.version) FROM history x "
        "WHERE x.ticket_id = t.id AND x.to_state IN (SELECT DISTINCT state FROM ticket)) WHERE h.to_state <> t.state",
    "every end of a clock is explained by one event with its history row":
        "SELECT m.id FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.state = 'stopped' AND t.channel <> 'import' AND "
        "(SELECT COUNT(*) FROM timer_event e JOIN history h ON h.ticket_id = e.ticket_id AND h.version = e.version "
        "WHERE e.timer_id = m.id AND e.what = 'stop') <> 1",
    "a clock is breached at most once":
        "SELECT timer_id FROM timer_event WHERE what = 'breach' GROUP BY timer_id HAVING COUNT(*) > 1",
    "a clock warns at most once between two moves of its day":
        "SELECT e.timer_id FROM timer_event e WHERE e.what = 'warn' GROUP BY e.timer_id, e.due_at HAVING COUNT(*) > 1",
    "no clock but publication, rating and promise runs on an ended letter":
        "SELECT m.id FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.state <> 'stopped' AND t.state IN "
        "('refused','merged','withdrawn','invalid')",
    "an answered letter has neither answer's nor veto clock":
        "SELECT m.id FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.state <> 'stopped' AND m.kind IN ('reply','veto','review') "
        "AND t.state IN ('replied','closed','archived')",
    "only supplement and suspension pause":
        "SELECT m.id FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.state = 'paused' AND t.state NOT IN ('supplement','suspended')",
    "the veto clock never pauses":
        "SELECT e.id FROM timer_event e JOIN timer m ON m.id = e.timer_id WHERE m.kind = 'veto' AND e.what IN ('pause','extend')",
    "a running answer's clock is what the letter shows":
        "SELECT t.id FROM ticket t JOIN timer m ON m.ticket_id = t.id AND m.kind = 'reply' AND m.state <> 'stopped' "
        "WHERE NOT (m.due_on <=> t.due_on)",
    "a unit objects once":
        "SELECT ticket_id FROM objection GROUP BY ticket_id, unit_id HAVING COUNT(*) > 1",
    "a clock of a unit that helps runs only while it helps, has said nothing, and the letter is not answered":
        "SELECT m.id FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.kind = 'opinion' AND m.state <> 'stopped' AND (t.state NOT IN "
        "('assigned','handling','objected','suspended','in_review') OR NOT EXISTS (SELECT 1 FROM assignment a WHERE a.ticket_id = t.id "
        "AND a.unit_id = m.unit_id AND a.role = 'co' AND a.ended_at IS NULL AND a.opinion_at IS NULL))",
    "a unit has one clock for its opinion, and no longer than the letter has":
        "SELECT m.ticket_id FROM timer m WHERE m.kind = 'opinion' AND m.state <> 'stopped' GROUP BY m.ticket_id, m.unit_id HAVING COUNT(*) > 1 "
        "UNION ALL SELECT m.id FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.kind = 'opinion' AND m.state = 'running' AND "
        "m.due_on > t.due_on AND t.due_on >= m.start_on",
    "no unit helps itself":
        "SELECT a.id FROM assignment a JOIN ticket t ON t.id = a.ticket_id AND t.unit_id = a.unit_id WHERE a.role = 'co' AND a.ended_at IS NULL",
    "one clock of each kind runs, but for those of units":
        "SELECT ticket_id FROM timer WHERE state <> 'stopped' AND kind <> 'opinion' GROUP BY ticket_id, kind HAVING COUNT(*) > 1",
    "an addition to an answer was approved by somebody else at each level, and the answer kept its date":
        "SELECT r.id FROM reply r JOIN ticket t ON t.id = r.ticket_id WHERE r.kind IN ('supplementary','correction') AND r.state = 'approved' "
        "AND ((SELECT COUNT(DISTINCT v.reviewer_id) FROM review v WHERE v.reply_id = r.id AND v.decision = 'approved' AND v.reviewer_id <> "
        "r.author_id AND v.body_sha256 = UNHEX(SHA2(r.body, 256))) < IF(t.type = 'site_error', 3, IF(t.type = 'leader_mail', 2, 1)) "
        "OR t.replied_at > r.written_at)",
    "nobody passes one answer at two levels":
        "SELECT v.reply_id FROM review v JOIN reply r ON r.id = v.reply_id AND r.kind = 'final' AND v.id > COALESCE((SELECT MAX(x.id) "
        "FROM review x WHERE x.reply_id = r.id AND x.decision = 'returned'), 0) WHERE "
        "v.decision = 'approved' AND r.state = 'approved' GROUP BY v.reply_id, v.reviewer_id HAVING COUNT(*) > 1",
    "nobody grants the extension he asked for":
        "SELECT id FROM extension WHERE decided_by = requested_by",
    "a merged letter stands under one that is not merged itself":
        "SELECT c.id FROM ticket c JOIN ticket m ON m.id = c.master_id WHERE c.state = 'merged' AND m.state = 'merged'",
    "only a merged letter has one that it stands under":
        "SELECT id FROM ticket WHERE (master_id IS NOT NULL) <> (state = 'merged')",
    "a clock that runs again has the start and the term it had":
        "SELECT m.id FROM timer m JOIN timer o ON o.ticket_id = m.ticket_id AND o.kind = m.kind AND o.id < m.id AND m.kind = 'veto' "
        "WHERE o.start_on <> m.start_on OR o.amount <> m.amount",
    "of a letter that goes on without its writer nothing is public and its writer is told nothing":
        "SELECT h.ticket_id FROM history h JOIN ticket t ON t.id = h.ticket_id WHERE h.action = 'continue' AND (t.pub_state <> 'not_due' OR "
        "t.type <> 'complaint' OR EXISTS (SELECT 1 FROM edition e WHERE e.ticket_id = t.id) OR EXISTS (SELECT 1 FROM outbox o WHERE "
        "o.ticket_id = t.id AND o.audience = 'writer' AND o.created_at > h.at))",
    "who must keep away has no part in a letter":
        "SELECT a.id FROM assignment a JOIN recusal r ON r.ticket_id = a.ticket_id AND r.unit_id = a.unit_id AND r.lifted_at IS NULL "
        "WHERE a.ended_at IS NULL UNION ALL SELECT t.id FROM ticket t JOIN recusal r ON r.ticket_id = t.id AND r.lifted_at IS NULL "
        "AND r.officer_id = t.handler_id UNION ALL SELECT p.id FROM reply p JOIN recusal r ON r.ticket_id = p.ticket_id AND "
        "r.lifted_at IS NULL AND r.officer_id = p.author_id WHERE p.state IN ('draft','in_review')",
    "who must keep away does nothing to a letter":
        "SELECT h.id FROM history h JOIN recusal r ON r.ticket_id = h.ticket_id AND (r.unit_id = h.unit_id OR r.officer_id = h.officer_id) "
        "WHERE h.at > r.at AND (r.lifted_at IS NULL OR h.at < r.lifted_at)",
    "an open letter with a unit is in the hands of one that need not keep away":
        "SELECT t.id FROM ticket t JOIN recusal r ON r.ticket_id = t.id AND r.unit_id = t.unit_id AND r.lifted_at IS NULL WHERE "
        "t.state IN ('assigned','handling','objected','suspended','in_review','submitted_up')",
    "a refused complaint and an invalid letter had two persons":
        "SELECT t.id FROM ticket t WHERE (t.state = 'invalid' OR (t.state = 'refused' AND t.type = 'complaint' AND t.reason_code <> "
        "'unclear')) AND (SELECT COUNT(DISTINCT h.officer_id) FROM history h WHERE h.ticket_id = t.id AND h.action IN "
        "('mark_invalid','refuse')) < 2",
}


@pytest.mark.parametrize("rule", INVARIANTS)
def test_invariant(walked, rule):
    _, city, _ = walked
    assert city.sql(INVARIANTS[rule]) == [], rule


def test_the_statistics_can_be_computed_again_from_the_letters(walked):
    _, city, _ = walked
    done = city.ctl("stats", "--check")
    assert done.returncode == 0, done.stdout + done.stderr
