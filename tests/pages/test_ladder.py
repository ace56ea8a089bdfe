"""The ladder of escalation: who is told how far a clock has come, each step once, at its true moment, in office hours."""
import datetime

import pytest

REPLY = [["warn", "2026-10-15 08:30:00"], ["escalate", "2026-10-19 08:30:00"], ["breach", "2026-10-20 00:00:00"],
         ["escalate", "2026-10-20 08:30:00"], ["escalate", "2026-10-26 08:30:00"]]


def ledger(city, letter, kind="reply"):
    """What was recorded of a clock's steps, in the order it was recorded: (what, true moment in China)."""
    return city.sql("SELECT e.what, CONVERT_TZ(e.due_at, '+00:00', '+08:00') FROM timer_event e JOIN timer m ON m.id = e.timer_id "
                    f"JOIN ticket t ON t.id = e.ticket_id WHERE t.no = '{letter.number}' AND m.kind = '{kind}' "
                    "AND e.step_id IS NOT NULL ORDER BY e.id")


def told(city, letter, kind="reply"):
    """(event, audience, role, when it may go out in China), in order."""
    return city.sql("SELECT o.event, o.audience, COALESCE(o.role, ''), CONVERT_TZ(COALESCE(o.next_at, o.done_at), '+00:00', '+08:00') "
                    f"FROM outbox o JOIN ticket t ON t.id = o.ticket_id WHERE t.no = '{letter.number}' AND o.kind = '{kind}' ORDER BY o.id")


def readers(city, letter, kind="reply"):
    return [tuple(row[:3]) for row in told(city, letter, kind)]


def at(city, moment):
    city.clock(moment)
    city.run_slad()


def post_is_out(city):
    """What is due by now is gathered and sent; what is being sent has a lease of two minutes."""
    now = datetime.datetime.fromisoformat(city.now).astimezone(datetime.timezone.utc).strftime("%F %T")
    due = f"next_at <= '{now}' + INTERVAL IF(state = 'sending', 2, 0) MINUTE"
    city.wait(lambda: city.one(f"SELECT (SELECT COUNT(*) FROM outbox WHERE gather AND {due}) + (SELECT COUNT(*) FROM bundle WHERE {due})") == "0")


def test_a_late_answer_climbs_step_by_step(city):
    letter = city.letter("handling")
    city.sql("UPDATE ticket SET handler_id = (SELECT id FROM officer WHERE login = 'cgj_handler2') "
             f"WHERE no = '{letter.number}'")
    assert str(city.due_on(letter)) == "2026-10-19"
    for moment, n in (("2026-10-15 08:29", 0), ("2026-10-15 08:30", 1), ("2026-10-19 08:30", 2), ("2026-10-20 00:00", 3),
                      ("2026-10-20 08:30", 4), ("2026-10-26 08:30", 5), ("2026-11-05 09:00", 5)):
        at(city, moment)
        assert ledger(city, letter) == REPLY[:n], moment
    assert readers(city, letter) == [("due_soon", "handler", ""), ("due_soon", "unit", "liaison"), ("due_today", "unit", "dept_reviewer"),
                                     ("overdue", "handler", ""), ("overdue", "unit", "liaison"), ("escalate", "office", "supervisor")]


def test_after_days_of_standstill_all_comes_in_order_with_true_moments(city):
    letter = city.letter("handling")
    with city.slad_away():
        city.clock("2026-10-27 09:00")
    city.run_slad()
    assert ledger(city, letter) == REPLY
    rows = city.events(letter, "breach")
    assert rows == [["2026-10-20 00:00:00", "2026-10-27 09:00:00"]]


def test_what_is_late_at_night_is_recorded_at_night_and_told_in_the_morning(city):
    letter = city.letter("handling")
    at(city, "2026-10-20 00:00")
    assert city.events(letter, "breach") == [["2026-10-20 00:00:00", "2026-10-20 00:00:00"]]
    assert {row[3] for row in told(city, letter) if row[0] == "overdue"} == {"2026-10-20 08:30:00"}


def test_a_letter_that_nobody_has_is_the_offices(city):
    letter = city.letter("accepted")
    at(city, "2026-10-20 09:00")
    assert readers(city, letter) == [("due_soon", "office", "registrar"), ("due_today", "office", "registrar"),
                                     ("overdue", "office", "registrar"), ("escalate", "office", "supervisor")]


def test_what_waits_for_the_morning_reaches_each_person_in_one_mail(city):
    letters = [city.letter("handling", unit="市教育局") for _ in range(3)]
    at(city, "2026-10-20 08:30")
    post_is_out(city)
    mails = [mail for mail in city.mails("@jyj.") if letters[0].number in mail and "封来信的时限请您留意" in mail.split("\n")[0]]
    assert mails and all(all(letter.number in mail for letter in letters) for mail in mails)
    assert "已超期：" in "".join(mails) and "答复时限" in mails[0] and "检查指标" not in mails[0]
    one_each = city.sql("SELECT f.login, COUNT(DISTINCT b.id) FROM bundle b JOIN officer f ON f.id = b.officer_id JOIN bundle_item i "
                        "ON i.bundle_id = b.id JOIN outbox o ON o.id = i.outbox_id JOIN ticket t ON t.id = o.ticket_id "
                        f"WHERE t.no = '{letters[0].number}' AND f.mail LIKE '%@jyj.%' GROUP BY f.login")
    assert {n for _, n in one_each} == {"1"} and len(one_each) == len(mails)


def test_what_was_answered_before_the_office_opened_is_no_news(city):
    letter = city.letter("handling", unit="市教育局")
    at(city, "2026-10-20 00:01")
    assert readers(city, letter)[-1] == ("overdue", "unit", "liaison")
    post_is_out(city)
    city.handler("市教育局").submit_reply(letter)
    city.dept_reviewer("市教育局").approve(letter)
    before = len(city.mails("@jyj."))
    at(city, "2026-10-20 08:30")
    post_is_out(city)
    assert not [mail for mail in city.mails("@jyj.")[before:] if letter.number in mail and "超期" in mail]


def test_a_ladder_is_pinned_to_the_clocks_that_began_with_it(city):
    unit = city.one("SELECT id FROM unit WHERE name = '市水务集团有限公司'")
    old = city.letter("handling", type="suggestion", unit="市水务集团有限公司")
    city.sql("INSERT INTO sla_ladder (id, timer, unit_id, late_audience, valid_from, grounds) "
             f"VALUES (900, 'sign', {unit}, 'registrar', '2026-09-29', '试'); "
             "INSERT INTO sla_step (ladder_id, anchor, amount, amount_unit, audience) VALUES (900, 'start', 1, 'D', 'registrar')")
    try:
        new = city.letter("assigned", type="suggestion", unit="市水务集团有限公司")
        pinned = "SELECT m.ladder_id FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE t.no = '{}' AND m.kind = 'sign' ORDER BY m.id DESC LIMIT 1"
        assert city.one(pinned.format(new.number)) == "900" and city.one(pinned.format(old.number)) != "900"
        at(city, "2026-09-30 08:30")
        assert ledger(city, new, "sign") == [["warn", "2026-09-30 08:30:00"]]
    finally:
        city.sql("UPDATE sla_ladder SET valid_to = '2026-09-29' WHERE id = 900")


def test_one_clock_that_cannot_be_fired_holds_up_no_other(city):
    stuck, well = city.letter("handling"), city.letter("handling")
    clock = city.one("SELECT m.id FROM timer m JOIN ticket t ON t.id = m.ticket_id "
                     f"WHERE t.no = '{stuck.number}' AND m.kind = 'reply'")
    city.sql("CREATE TRIGGER no_warning BEFORE INSERT ON timer_event FOR EACH ROW "
             f"SET NEW.ticket_id = IF(NEW.timer_id = {clock} AND NEW.what = 'warn', NULL, NEW.ticket_id)")
    try:
        city.clock("2026-10-15 08:30")
        city.wait(lambda: city.one(f"SELECT COUNT(*) FROM timer_stuck WHERE timer_id = {clock}") == "1")
        city.wait(lambda: ledger(city, well) == REPLY[:1])
        assert ledger(city, stuck) == []
        city.wait(lambda: "ev=timer_stuck" in city.log("slad"))
        told = city.ctl("stuck")
        assert told.returncode == 1 and stuck.number in told.stdout
        assert "个时限没能触发" in city.supervisor.get("/inspect").text
        page = city.supervisor.get("/inspect/clocks")
        assert f"/tickets/{stuck.number}" in page.html and "答复时限" in page.text and "试过" in page.text
        mends = city.officer("sysadmin")
        assert "个时限没能触发" in mends.get("/rules").text
        page = mends.get("/inspect/clocks")  # the administrator mends it, and reads no letters
        assert stuck.number in page.text and f"/tickets/{stuck.number}" not in page.html
    finally:
        city.sql("DROP TRIGGER no_warning")
    city.clock("2026-10-15 08:45")
    city.wait(lambda: ledger(city, stuck) == REPLY[:1])
    assert stuck.number not in city.ctl("stuck").stdout and stuck.number not in city.supervisor.get("/inspect/clocks").text
    assert "运行中的时限" in city.ctl("show", stuck.number).stdout and "到期前 2 个工作日：" in city.ctl("trace", stuck.number).stdout


# ---- clocks of 6.6 that belong to no single step ----


def test_the_time_to_object_has_a_clock_and_its_end_is_nobodys_fault(city):
    letter = city.letter("assigned")
    assert city.timer(letter, "objection") == ("running", city.workdays(2))
    city.liaison().act(letter, "sign")
    assert "object" in city.liaison().offered(letter)
    at(city, "2026-10-09 08:30")
    assert "object" not in city.liaison().offered(letter)
    assert ledger(city, letter, "objection") == [["lapse", "2026-10-09 00:00:00"]] and readers(city, letter, "objection") == []


def test_three_months_are_warned_of_three_times(city):
    letter = city.letter("handling")
    at(city, "2026-12-30 08:30")
    assert ledger(city, letter, "veto") == [["warn", "2026-11-13 08:30:00"], ["warn", "2026-11-28 08:30:00"], ["warn", "2026-12-13 08:30:00"],
                                            ["breach", "2026-12-30 00:00:00"]]
    assert ("veto_late", "office", "supervisor") in readers(city, letter, "veto")


@pytest.mark.row("SUBMITTED", "MARK_PETITION", "SAME")
@pytest.mark.row("SUBMITTED", "UNMARK_PETITION", "SAME")
@pytest.mark.row("ACCEPTED", "MARK_PETITION", "SAME")
@pytest.mark.row("ACCEPTED", "UNMARK_PETITION", "SAME")
@pytest.mark.row("ASSIGNED", "MARK_PETITION", "SAME")
@pytest.mark.row("ASSIGNED", "UNMARK_PETITION", "SAME")
@pytest.mark.row("HANDLING", "MARK_PETITION", "SAME")
@pytest.mark.row("HANDLING", "UNMARK_PETITION", "SAME")
def test_a_petition_has_the_terms_of_the_law_until_the_registrar_takes_it_back(city):
    sixty = city.today() + datetime.timedelta(days=60)
    while not city.calendar.works(sixty):
        sixty += datetime.timedelta(days=1)
    for state in ("submitted", "accepted", "assigned", "handling"):
        letter = city.letter(state)
        city.registrar.act(letter, "mark_petition", text="反映的是信访事项")
        assert "mark_petition" not in city.registrar.offered(letter)
        if state == "submitted":
            assert city.timer(letter, "petition_notice") == ("running", datetime.date(2026, 10, 14))
        else:
            assert city.timer(letter, "reply") == ("running", sixty) and city.due_on(letter) == sixty
            assert len(city.events(letter, "reterm")) == 1
        assert "信访" in city.citizen.track(letter).text
        city.registrar.act(letter, "unmark_petition", text="不是信访事项")
        if state == "submitted":
            assert city.timer(letter, "petition_notice")[0] == "stopped"
        else:
            assert city.due_on(letter) == city.workdays(10)


def test_a_petition_is_extended_by_days_of_the_calendar_and_by_the_office(city):
    letter = city.letter("submitted")
    city.registrar.act(letter, "mark_petition", text="反映的是信访事项")
    city.registrar.accept(letter)
    assert city.timer(letter, "petition_notice")[0] == "stopped"
    city.registrar.assign(letter)
    city.liaison().act(letter, "sign")
    city.handler().act(letter, "request_extension", days="30", text="情况复杂")
    assert "approve_extension" not in city.dept_reviewer().offered(letter)
    city.office_reviewer.act(letter, "approve_extension")
    assert city.due_on(letter) == datetime.date(2026, 12, 28)
