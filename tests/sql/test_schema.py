"""The schema and the rights on it: every query prepares as each account it is for, and what no account may do is refused."""
import pytest


def test_every_query_agrees_with_the_schema_and_the_grants(instance):
    done = instance.tool("check_queries")
    assert done.returncode == 0, done.stdout
    assert ", 0 failed" in done.stdout


def test_migrating_again_changes_nothing(instance):
    before = instance.sql("SELECT name, at FROM schema_step ORDER BY name")
    instance.ctl("migrate", "--admin-socket", instance.status["db_socket"], check=True)
    assert instance.sql("SELECT name, at FROM schema_step ORDER BY name") == before
    assert "missing" not in instance.ctl("migrate", "--status", check=True).stdout


def test_a_migration_killed_between_two_statements_goes_on(instance):
    """The record says one statement less than was done: as after a kill between the statement and its record."""
    instance.sql("UPDATE schema_step SET statements = statements - 1, done = 0 WHERE name = '0006_outbox.sql'")
    instance.ctl("migrate", "--admin-socket", instance.status["db_socket"], check=True)
    assert instance.one("SELECT done FROM schema_step WHERE name = '0006_outbox.sql'") == "1"


FORBIDDEN = [
    ("public", "SELECT sealed FROM contact"),
    ("public", "SELECT phone_key FROM contact_key"),
    ("public", "SELECT answer_by FROM registration"),
    ("public", "SELECT body FROM ticket_text"),
    ("public", "SELECT title FROM ticket"),
    ("public", "SELECT body FROM reply"),
    ("public", "SELECT note FROM history"),
    ("public", "SELECT name FROM officer"),
    ("public", "SELECT password_hash FROM officer_secret"),
    ("public", "SELECT id_hash FROM session"),
    ("public", "SELECT title FROM edition"),
    ("public", "SELECT reason FROM reveal"),
    ("public", "UPDATE history SET at = NOW()"),
    ("public", "DELETE FROM history"),
    ("public", "UPDATE ticket SET received_at = NOW()"),
    ("public", "UPDATE ticket SET title = 'x'"),
    ("public", "DELETE FROM ticket"),
    ("public", "UPDATE reply SET state = 'approved'"),
    ("public", "INSERT INTO pub_letter (no) VALUES ('x')"),
    ("public", "UPDATE pub_letter SET title = 'x'"),
    ("public", "UPDATE pub_letter SET grade = 5"),
    ("public", "SELECT id FROM pub_letter"),
    ("public", "SELECT no FROM pub_address"),
    ("public", "DELETE FROM pub_helpful"),
    ("public", "UPDATE pub_count SET n = 0"),
    ("public", "INSERT INTO officer (login, name, unit_id, created_at) VALUES ('x', 'x', 1, NOW())"),
    ("desk", "SELECT sealed FROM contact"),
    ("desk", "DELETE FROM contact_key"),
    ("desk", "DELETE FROM caller_lookup"),
    ("desk", "UPDATE registration SET officer_id = 1"),
    ("desk", "SELECT code_hash FROM ticket_code"),
    ("desk", "INSERT INTO reveal (ticket_id, purpose, reason, at) VALUES (1, 'view', 'x', NOW())"),
    ("desk", "UPDATE history SET at = NOW()"),
    ("desk", "DELETE FROM history"),
    ("desk", "UPDATE ticket SET received_at = NOW()"),
    ("desk", "DELETE FROM ticket"),
    ("desk", "UPDATE officer SET login = 'x'"),
    ("desk", "DELETE FROM officer"),
    ("desk", "UPDATE officer_role SET role = 'supervisor'"),
    ("desk", "UPDATE org_event SET what = 'x'"),
    ("desk", "DELETE FROM org_event"),
    ("desk", "UPDATE unit_duty SET name = 'x'"),
    ("desk", "UPDATE absence SET to_on = '2099-01-01'"),
    ("public", "SELECT name FROM unit_duty"),
    ("slad", "SELECT what FROM org_event"),
    ("vaultd", "SELECT login FROM login_try"),
    ("desk", "UPDATE sla_policy SET amount = 99"),
    ("desk", "UPDATE review SET decision = 'approved'"),
    ("public", "SELECT code_hash FROM ticket_code"),
    ("public", "SELECT n FROM pub_lens"),
    ("desk", "UPDATE edition SET body = 'x'"),
    ("desk", "UPDATE edition_approval SET form = 'full'"),
    ("desk", "DELETE FROM edition_approval"),
    ("desk", "SELECT body FROM track_ticket"),
    ("desk", "UPDATE pub_address SET no = 'x'"),
    ("desk", "DELETE FROM pub_gone"),
    ("searchd", "SELECT id FROM pub_letter"),
    ("searchd", "SELECT title FROM ticket"),
    ("searchd", "DROP TABLE pub_letter"),
    ("patrold", "SELECT title FROM open_letter"),
    ("patrold", "SELECT title FROM ticket"),
    ("paperd", "SELECT body FROM ticket_text"),
    ("paperd", "SELECT body FROM edition"),
    ("paperd", "SELECT sealed FROM contact"),
    ("slad", "SELECT sealed FROM contact"),
    ("slad", "SELECT body FROM ticket_text"),
    ("slad", "SELECT name FROM officer"),
    ("slad", "UPDATE ticket SET received_at = NOW()"),
    ("slad", "DELETE FROM timer"),
    ("vaultd", "SELECT body FROM ticket_text"),
    ("desk", "SELECT at FROM contact_match"),
    ("slad", "INSERT INTO contact_match (ticket_id, texts_sha256, at) VALUES (1, REPEAT('x', 32), NOW())"),
    ("slad", "UPDATE edition SET body = 'x'"),
    ("desk", "DELETE FROM rescan_find"),
    ("vaultd", "DELETE FROM contact_match"),
    ("vaultd", "UPDATE reveal SET at = NOW()"),
    ("vaultd", "DELETE FROM reveal"),
    ("vaultd", "UPDATE ticket SET state = 'closed'"),
    ("vaultd", "SELECT password_hash FROM officer_secret"),
    ("notifyd", "SELECT sealed FROM contact"),
    ("notifyd", "SELECT body FROM ticket_text"),
    ("notifyd", "SELECT title FROM ticket"),
    ("notifyd", "DELETE FROM outbox"),
    ("filed", "SELECT id FROM ticket"),
    ("filed", "SELECT sealed FROM contact"),
]


@pytest.mark.parametrize("account,statement", FORBIDDEN)
def test_an_account_may_not(instance, account, statement):
    with pytest.raises(PermissionError):
        instance.sql(statement, account=account)


@pytest.mark.parametrize("statement", ["UPDATE {} SET at = NOW() LIMIT 1", "DELETE FROM {} LIMIT 1"])
@pytest.mark.parametrize("table", ["history", "timer_event", "reveal", "org_event"])
def test_what_is_append_only_refuses_even_the_owner(city, table, statement):
    if city.one(f"SELECT COUNT(*) FROM {table}") == "0":
        city.sql("INSERT INTO reveal (ticket_id, purpose, reason, at) SELECT MIN(id), 'view', 'test', NOW() FROM ticket")
    with pytest.raises(RuntimeError, match="append-only"):
        city.sql(statement.format(table))
