"""The lists of the desk go by their indexes: the database is asked, so that they stay quick with 100,000 open letters."""
import os
import re

import pytest
from instance import ROOT, Instance

SOURCE = (ROOT / "sql" / "queries" / "lists.sql").read_text(encoding="utf-8")
FILL = (ROOT / "tests" / "bench" / "lists_fill.sql").read_text(encoding="utf-8")
VALUES = {"int": "1", "date": "'2026-12-31'", "text": "'handling'", "bool": "1", "time": "'2026-12-31 08:00:00'"}
GIVEN = {"due_from": "'0001-01-01'", "due_to": "'9999-12-31'", "due_from_again": "'0001-01-01'", "due_to_again": "'9999-12-31'",
         "received_from": "'0001-01-01'", "received_to": "'9999-12-31'", "type": "NULL", "channel": "NULL", "handler_id": "NULL", "topic_from": "0", "topic_to": "65535",
         "limit_n": "51", "desk": "'handler'",
         "desks": "'handler,asks'", "states": "'submitted,handling,closed,replied'", "before_id": "999999999", "numbers": "'[\"MS-1\"]'",
         "unit_id": "2", "officer_id": "20", "author_id": "20", "after_id": "0", "number": "'MS-T'"}
BACKWARDS = {"after_id": "999999999", "state": "'closed'"}
INDEX = {"list_open": "ticket_open", "list_received": "ticket_received_topic", "list_desk": "ticket_desk",
         "list_state": "ticket_state", "list_unit": "ticket_unit_open", "list_handler": "ticket_handler_open",
         "list_ended": "ticket_open", "list_state_ended": "ticket_state", "list_unit_ended": "ticket_unit_open",
         "list_co": "assignment_role", "list_returned": "reply_author", "list_topic": "ticket_topic_open", "list_topic_ended": "ticket_topic_open", "list_number": "ticket_no"}
# Few letters are sorted: those of some days, of one topic, of one unit's help, of one person, the newest 3,000 of a number's beginning.
SORTED = {"list_received", "list_topic", "list_topic_ended", "list_co", "list_returned", "list_number"}


def statement(name):
    head, body = re.search(rf"-- query: {name} :\w+\n(.*?)\n(\(?SELECT.*?);", SOURCE, re.S).groups()
    names = re.findall(r"(\w+) (int|date|text|bool|time)\??", re.search(r"-- in:  (.*)", head)[1])
    values = [(BACKWARDS if name.endswith("_ended") else {}).get(key) or GIVEN.get(key, VALUES[kind]) for key, kind in names]
    parts = body.split("?")
    assert len(parts) == len(values) + 1
    return "".join(part + value for part, value in zip(parts, values + [""]))


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """An instance of its own: what the bench fills in is no letter's true story."""
    it = Instance(tmp_path_factory.mktemp("lists"), int(os.environ.get("MINSHENG_TEST_PORT", 18900)) + 30, True)
    it.up()
    try:
        it.sql(FILL.replace("@n = 100000, @closed = 100000", "@n = 3000, @closed = 3000"))
        yield it
    finally:
        it.down()


@pytest.mark.parametrize("name", sorted(INDEX))
def test_a_list_goes_by_its_index(filled, name):
    plan = [dict(zip(("id", "kind", "table", "type", "possible", "key", "length", "ref", "rows", "extra"), row))
            for row in filled.sql("EXPLAIN " + statement(name))]
    used = [row for row in plan if row["key"] == INDEX[name]]
    assert used, plan
    assert not any(row["type"] == "ALL" and row["table"] in ("t", "a", "r", "k") for row in plan), plan
    if name not in SORTED:
        assert not any("filesort" in row["extra"] for row in plan), plan


@pytest.mark.parametrize("name", ["list_open", "list_desk", "list_state", "list_unit", "list_ended", "list_unit_ended"])
def test_a_page_of_a_list_reads_few_rows(filled, name):
    rows = filled.sql("FLUSH STATUS; " + statement(name) + "; SHOW SESSION STATUS LIKE 'Handler_read_next'; "
                      "SHOW SESSION STATUS LIKE 'Handler_read_prev'")
    read = sum(int(row[1]) for row in rows if row[0] in ("Handler_read_next", "Handler_read_prev"))
    assert len(rows) > 40 and read < 1000, read


def test_the_columns_kept_for_lists_are_what_the_letters_say(filled):
    wrong = filled.sql("""SELECT t.no, t.state, t.desk FROM ticket t WHERE t.open <> (t.state IN ('submitted','supplement','accepted',
        'assigned','handling','objected','suspended','in_review','submitted_up'))
        OR (t.state = 'handling' AND (t.desk = 'asks') <> (t.asks = 1)) OR (t.state = 'in_review' AND t.desk <> IF(t.review_level = 0,
        'dept', 'office')) OR t.sort_due <> COALESCE(t.due_on, '9999-12-31')""")
    assert wrong == []
