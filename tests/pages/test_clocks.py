"""Terms as people live them: warned and late once, at the true moment; standing still only when the rules say so."""
import concurrent.futures
import datetime
import json
import pathlib

import pytest

DAY = datetime.timedelta(days=1)
NOTICE = pathlib.Path(__file__).resolve().parents[2] / "sql" / "calendars" / "2026.json"


def counted(city, start, n, standing=()):
    """The day n working days after start, days in `standing` (first, last) not counted: by hand, day by day."""
    day = start
    while n:
        day += DAY
        n -= city.calendar.works(day) and not any(first < day <= last for first, last in standing)
    return day


def test_a_breach_has_its_true_moment_even_when_nobody_was_there(city):
    letter = city.citizen.write()
    with city.slad_away():
        city.clock("2026-10-01 03:00")
        assert city.events(letter, "breach", "accept") == []
    city.run_slad()
    assert city.events(letter, "breach", "accept") == [["2026-10-01 00:00:00", "2026-10-01 03:00:00"]]
    assert city.outbox("overdue", letter, "office") == 1
    city.clock("2026-10-12 09:00")
    city.run_slad()
    assert len(city.events(letter, "breach", "accept")) == 1 and city.outbox("overdue", letter, "office") == 1


def test_what_ends_late_is_late_even_when_slad_never_saw_it(city):
    letter = city.citizen.write()
    with city.slad_away():
        city.clock("2026-10-08 09:00")
        city.registrar.accept(letter)
    city.run_slad()
    assert city.events(letter, "breach", "accept") == [["2026-10-01 00:00:00", "2026-10-08 09:00:00"]]


def test_what_was_late_stays_late_when_it_gets_another_day_before_slad_saw_it(city):
    letter = city.letter("handling")
    city.handler().act(letter, "request_extension", days="2", text="需要实地勘察后才能答复")
    with city.slad_away():
        city.clock("2026-10-20 09:00")
        city.dept_reviewer().act(letter, "approve_extension")
    city.run_slad()
    assert city.events(letter, "breach", "reply") == [["2026-10-20 00:00:00", "2026-10-20 09:00:00"]]
    assert len(city.events(letter, "extend")) == 1


def test_a_letter_answered_in_time_is_neither_warned_nor_late(city):
    letter = city.letter("replied")
    city.clock("2026-10-12 09:00")
    city.run_slad()
    assert city.events(letter, "warn") == city.events(letter, "breach") == []


def test_the_last_day_lasts_until_midnight(city):
    letter = city.letter("handling")
    city.clock("2026-10-19 23:59")
    city.run_slad()
    assert city.events(letter, "breach") == [] and "今天到期" in city.citizen.track(letter).text
    city.clock("2026-10-20 00:00")
    city.run_slad()
    assert len(city.events(letter, "breach")) == 1


@pytest.mark.parametrize("kind,days", [
    ("consult", 5), ("complaint", 10), ("suggestion", 7), ("leader_mail", 10), ("site_error", 2),
])
def test_each_kind_of_letter_has_its_term(city, kind, days):
    letter = city.citizen.write(type=kind)
    city.registrar.accept(letter)
    assert city.due_on(letter) == city.workdays(days)


def test_a_deadlock_between_two_rows_was_no_error_and_nothing_was_counted(city):
    """Another transaction holds new figures and wants the oldest one, which slad has just taken: slad has to try again."""
    deadlock = ("START TRANSACTION; INSERT INTO stat_delta (day, unit_id, type, measure, bucket, n) "
                "SELECT day, unit_id, type, measure, bucket, 0 FROM stat_day LIMIT 200; SELECT SLEEP(2.5); "
                "SELECT COUNT(*) FROM (SELECT id FROM stat_delta ORDER BY id LIMIT 1 FOR UPDATE) oldest; ROLLBACK;")
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        with city.slad_away():
            city.letter("accepted")
            other = pool.submit(city.sql, deadlock)
            city.wait(lambda: city.one("SELECT COUNT(*) FROM information_schema.processlist WHERE state = 'User sleep'") != "0")
        assert len(other.result()) == 2  # the other one was let through
    city.run_slad()
    assert "ev=slad_failed" not in city.log("slad")


# ---- what makes a clock stand still ----


def test_waiting_for_the_writer_stops_the_clock_and_the_rest_remains(city):
    letter = city.citizen.write()
    city.registrar.act(letter, "request_supplement", text="请写明灯杆编号。")
    assert city.timer(letter, "accept")[0] == "paused"
    assert city.timer(letter, "supplement") == ("running", city.workdays(5))
    city.clock("2026-10-12 10:00")
    city.run_slad()
    assert city.events(letter, "breach", "accept") == []
    city.citizen.supply(letter)
    start = datetime.date(2026, 9, 29)
    assert city.timer(letter, "accept") == ("running", counted(city, start, 1, [(start, datetime.date(2026, 10, 12))]))


@pytest.mark.row("SUPPLEMENT", "SUPPLEMENT_LAPSE", "REFUSED")
def test_a_supplement_that_never_comes_ends_the_letter(city):
    letter = city.citizen.write()
    city.registrar.act(letter, "request_supplement", text="请写明灯杆编号。")
    city.clock("2026-10-12 23:00")
    assert "supplement_lapse" not in city.registrar.offered(letter)
    city.clock("2026-10-13 08:30")
    city.registrar.act(letter, "supplement_lapse")
    assert city.state(letter) == "refused" and city.outbox("supplement_lapse", letter, "writer") == 1


@pytest.mark.row("HANDLING", "SUSPEND", "SUSPENDED")
def test_a_suspended_letter_goes_on_by_itself_with_the_days_it_had(city):
    letter = city.letter("handling")
    start = city.today()
    city.clock("2026-09-30 10:00")
    city.office_reviewer.act(letter, "suspend", reason="appraisal", on="2026-10-12", text="等检测报告")
    page = city.citizen.track(letter)
    assert "等待鉴定检测" in page.text and "最迟" not in page.by_id["course"][0]
    city.clock("2026-10-13 00:00")
    city.wait(lambda: city.state(letter) == "handling")
    stood = [(datetime.date(2026, 9, 30), datetime.date(2026, 10, 13))]
    assert city.timer(letter, "reply") == ("running", counted(city, start, 10, stood))
    assert city.due_on(letter) == city.timer(letter, "reply")[1]
    assert city.timer(letter, "veto")[1] == datetime.date(2026, 12, 29)  # three months never pause


def test_an_objection_does_not_stop_the_answers_clock(city):
    letter = city.letter("assigned")
    due = city.due_on(letter)
    city.liaison().act(letter, "object", text="不是我局管养")
    assert city.timer(letter, "reply") == ("running", due)


# ---- more time ----


@pytest.mark.row("HANDLING", "REQUEST_EXTENSION", "HANDLING")
@pytest.mark.row("HANDLING", "APPROVE_EXTENSION", "HANDLING")
def test_the_department_extends_within_its_allowance(city):
    letter = city.letter("handling", type="consult")
    city.handler().act(letter, "request_extension", days="5", text="要向厂家核实")
    assert city.due_on(letter) == city.workdays(5)
    city.dept_reviewer().act(letter, "approve_extension")
    assert city.due_on(letter) == city.workdays(10)
    assert "经批准延期" in city.citizen.track(letter).text
    assert city.outbox("approve_extension", letter, "writer") == 1


def test_beyond_the_allowance_the_office_decides(city):
    letter = city.letter("handling", type="consult")
    form = city.handler().open(letter).form(f"/tickets/{letter.number}/act", action="request_extension")
    assert max(int(days) for days in form.options["days"].values() if days) == 10  # with five: the ceiling of fifteen
    city.handler().act(letter, "request_extension", days="6", text="要向厂家核实")
    assert "approve_extension" not in city.dept_reviewer().offered(letter)
    city.office_reviewer.act(letter, "approve_extension")
    assert city.due_on(letter) == city.workdays(11)


@pytest.mark.row("HANDLING", "DENY_EXTENSION", "HANDLING")
def test_a_denied_extension_leaves_the_day_alone(city):
    letter = city.letter("handling")
    due = city.due_on(letter)
    city.handler().act(letter, "request_extension", days="2", text="要向厂家核实")
    city.dept_reviewer().act(letter, "deny_extension", text="请按期办结")
    assert city.due_on(letter) == due and "请按期办结" in city.handler().open(letter).text


def test_after_the_day_is_over_nobody_extends(city):
    letter = city.letter("handling")
    city.clock("2026-10-20 09:00")
    assert "request_extension" not in city.handler().offered(letter)
    assert "不能延期" in city.handler().open(letter).text


def test_an_extended_letter_is_warned_again_before_its_new_day(city):
    letter = city.letter("handling")
    city.clock("2026-10-15 09:00")
    city.run_slad()
    city.handler().act(letter, "request_extension", days="5", text="要向厂家核实")
    city.dept_reviewer().act(letter, "approve_extension")
    assert str(city.due_on(letter)) == "2026-10-26"
    city.clock("2026-10-22 08:30")
    city.run_slad()
    assert [moment for moment, _ in city.events(letter, "warn")] == ["2026-10-15 08:30:00", "2026-10-22 08:30:00"]
    assert city.events(letter, "breach") == []


# ---- two letters, a promise, three months ----


@pytest.mark.row("ACCEPTED", "MERGE", "MERGED")
def test_a_merged_letter_hands_on_the_earlier_day(city):
    question, complaint = city.letter("accepted", type="consult"), city.letter("accepted", type="complaint")
    earlier = city.due_on(question)
    assert city.due_on(complaint) > earlier
    city.registrar.act(question, "merge", master=complaint.number)
    assert city.due_on(complaint) == earlier
    assert city.timer(question, "reply")[0] == "stopped" and city.timer(question, "veto")[0] == "stopped"


def test_a_promise_is_watched_until_its_day(city):
    letter = city.letter("handling")
    city.handler().submit_reply(letter, result="scheduled", on="2026-10-16")
    city.dept_reviewer().approve(letter)
    city.clock("2026-10-17 08:00")
    city.run_slad()
    assert len(city.events(letter, "breach", "promise")) == 1
    assert city.outbox("overdue", letter, "unit") >= 1


def test_three_months_are_warned_of_after_45_and_60_days(city):
    letter = city.letter("handling")
    assert city.timer(letter, "veto") == ("running", datetime.date(2026, 12, 29))
    city.clock("2026-11-30 09:00")
    city.run_slad()
    assert [moment for moment, _ in city.events(letter, "warn", "veto")] == ["2026-11-13 08:30:00", "2026-11-28 08:30:00"]
    assert "三个月没有答复，单项否决" in city.supervisor.get("/watch").text


# ---- the State Council changes its mind ----


@pytest.fixture
def changed_notice(city, tmp_path):
    """8 October off as well, 11 October worked for it; put back afterwards."""
    notice = json.loads(NOTICE.read_text(encoding="utf-8"))
    for date, off in (("2026-10-08", True), ("2026-10-11", False)):
        notice["days"].append({"name": "国庆节", "date": date, "isOffDay": off})
    path = tmp_path / "2026.json"
    path.write_text(json.dumps(notice, ensure_ascii=False), encoding="utf-8")
    yield path
    city.ctl("calendar", "import", NOTICE, check=True)


def test_a_changed_notice_moves_open_letters_once_and_says_so_before(city, changed_notice):
    near = city.letter("accepted", type="site_error", title="办事指南里的电话打不通")
    far, over = city.letter("handling"), city.letter("replied")
    before = {letter: city.due_on(letter) for letter in (near, far)}
    told = city.ctl("calendar", "import", "--dry-run", changed_notice, check=True).stdout
    assert {letter: city.due_on(letter) for letter in (near, far)} == before
    assert city.events(near, "recompute") == []

    done = city.ctl("calendar", "import", changed_notice, check=True).stdout
    assert sorted(told.splitlines()) == sorted(done.splitlines())
    assert str(before[near]) == "2026-10-08" and str(city.due_on(near)) == "2026-10-09"
    assert city.due_on(far) == before[far]  # a day off and a day worked: the same day
    assert f"{near.number}\t2026-10-08\t2026-10-09" in done and far.number + "\t2026-10-19" not in done
    assert [len(city.events(letter, "recompute")) for letter in (near, far, over)] == [1, 0, 0]
    assert "10月9日" in city.citizen.track(near).text
    assert city.citizen.write(type="site_error", title="网页上的错别字很多").due == "10月10日（星期六）"  # 1 + 2: 30 Sep, 9, 10 Oct

    again = city.ctl("calendar", "import", changed_notice, check=True).stdout
    assert near.number not in again and len(city.events(near, "recompute")) == 1


def test_a_notice_that_is_no_notice_changes_nothing(city, tmp_path):
    before = city.one("SELECT COUNT(*) FROM calendar_version")
    no_day = '{"year": 2026, "days": [{"name": "x", "date": "2026-13-01", "isOffDay": true}]}'
    for text in ("", "{", '{"year": 2026}', no_day):
        path = tmp_path / "bad.json"
        path.write_text(text)
        assert city.ctl("calendar", "import", path).returncode != 0
    assert city.one("SELECT COUNT(*) FROM calendar_version") == before
