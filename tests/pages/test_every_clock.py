"""Every clock of domain 6.6 through everything that can happen to it: start, pause, resume, extension, stop, warning, breach,
escalation, catch-up.

One letter a clock is brought to where that clock runs, all at the same moment; then time goes from one moment at which
something is due to the next, and the ledger of every clock is compared with what the rules below say should stand in it by
then, to the minute. Days are counted by lib/independent_stats.py. Then the same with slad standing still for months: the ledger
that it catches up on must be the same, in order, with the true moments. Cells of the table that do not apply say why.
"""
import collections
import datetime
import pathlib

import pytest
import tables
from city import UNIT, in_a_hurry
from instance import START
from test_ladder import readers

DAY = datetime.timedelta(days=1)
TODAY = datetime.date(2026, 9, 29)
COLUMNS = ["start", "pause", "resume", "extension", "stop", "warning", "breach", "escalation", "catch_up"]
HELPER = "市公安局"

Clock = collections.namedtuple("Clock", "kind amount unit steps bring stop why", defaults=({},))
Step = collections.namedtuple("Step", "what amount unit told anchor", defaults=("due",))

# ---- the rules: domain 6.6 and what is shipped as defaults ----

HANDLER, DEPT, WATCH = {"handler", "liaison"}, {"dept_reviewer"}, {"supervisor"}
LADDER = [Step("warn", -2, "W", HANDLER), Step("escalate", 0, "W", DEPT), Step("breach", 0, "W", HANDLER),
          Step("escalate", 1, "W", WATCH), Step("escalate", 5, "W", {"circular"})]
ERROR = [Step("warn", -1, "W", HANDLER), *LADDER[1:]]


def office(*more):
    return [Step("breach", 0, "W", {"registrar"}), Step("escalate", 1, "W", WATCH), *more]


NEVER_PAUSED = "only waiting for the writer and a suspension pause, and neither comes about while this one runs"
RUNS_ON = "a suspension does not stop it: see the tests of what goes on"
FIXED = "its term is one only: nobody may extend it"
STILL = {"pause": NEVER_PAUSED, "resume": NEVER_PAUSED, "extension": FIXED}
ON = {"pause": RUNS_ON, "resume": RUNS_ON, "extension": FIXED}
NOBODY = {"warning": "so short that the unit is told when it begins", }
SILENT = {"warning": "a window that closes by itself", "breach": "nobody is late: it lapses",
          "escalation": "nobody is late: it lapses"}


# ---- how a clock comes to run, and what ends it ----


def asked(city):
    letter = city.citizen.write()
    city.registrar.act(letter, "request_supplement", text="请写明灯杆编号。")
    return letter


def objected(city):
    letter = city.letter("assigned")
    city.liaison().act(letter, "object", text="不是我局管养的路灯")
    return letter


def up(city):
    letter = city.letter("in_review", type="site_error", title="办事指南里的电话打不通")
    city.dept_reviewer().approve(letter)
    city.office_reviewer.approve(letter)
    return letter


def promised(city):
    letter = city.letter("handling")
    city.handler().submit_reply(letter, result="scheduled", on="2026-10-16")
    city.dept_reviewer().approve(letter)
    return letter


def supervised(city):
    letter = city.letter("handling")
    city.supervisor.act(letter, "supervise", text="请三日内报告进展")
    return letter


def helped(city):
    letter = city.letter("accepted")
    city.registrar.assign(letter, main=UNIT, co=[HELPER])
    return letter


def petition(city):
    letter = city.citizen.write(title="一封属于信访事项的来信")
    city.registrar.act(letter, "mark_petition", text="反映的是信访事项")
    return letter


def petition_handled(city):
    letter = petition(city)
    city.registrar.accept(letter)
    city.registrar.assign(letter)
    city.liaison().sign(letter)
    return letter


def answered(kind):
    def stop(city, letter):
        city.handler().submit_reply(letter)
        city.dept_reviewer().approve(letter)
        if kind in ("leader_mail", "site_error"):
            city.office_reviewer.approve(letter)
    return stop


def of_type(kind):
    return lambda city: city.letter("handling", type=kind, title="一封要按时答复的来信")


CLOCKS = {
    "accept": Clock("accept", 1, "W", office(), lambda city: city.citizen.write(), lambda city, letter: city.registrar.accept(letter),
                    {"extension": FIXED} | NOBODY),
    "supplement": Clock("supplement", 5, "W", [Step("warn", -1, "W", {"registrar"}), Step("breach", 0, "W", {"registrar"})], asked,
                        lambda city, letter: city.citizen.supply(letter),
                        STILL | {"escalation": "the registrar alone goes on: the letter lapses"}),
    "dispatch": Clock("dispatch", 1, "W", office(), lambda city: city.letter("accepted"),
                      lambda city, letter: city.registrar.assign(letter), STILL | NOBODY),
    "sign": Clock("sign", 1, "W", [Step("breach", 0, "W", {"liaison"}), Step("escalate", 1, "W", DEPT | WATCH),
                                   Step("escalate", 5, "W", {"circular"})],
                  lambda city: city.letter("assigned"), lambda city, letter: city.liaison().sign(letter), STILL | NOBODY),
    "objection": Clock("objection", 2, "W", [Step("lapse", 0, "W", set())], lambda city: city.letter("assigned"),
                       lambda city, letter: city.liaison().act(letter, "object", text="不是我局管养的路灯"), STILL | SILENT),
    "arbitrate": Clock("arbitrate", 1, "W", office(), objected,
                       lambda city, letter: city.registrar.act(letter, "reject_objection", text="属于你局"), STILL | NOBODY),
    "reply consult": Clock("reply", 5, "W", LADDER, of_type("consult"), answered("consult")),
    "reply complaint": Clock("reply", 10, "W", LADDER, of_type("complaint"), answered("complaint")),
    "reply suggestion": Clock("reply", 7, "W", LADDER, of_type("suggestion"), answered("suggestion")),
    "reply leader_mail": Clock("reply", 10, "W", LADDER, of_type("leader_mail"), answered("leader_mail")),
    "reply site_error": Clock("reply", 2, "W", ERROR, of_type("site_error"), answered("site_error"), {"extension": FIXED}),
    "reply petition": Clock("reply", 60, "D", [Step("warn", -10, "D", HANDLER), *LADDER], petition_handled, answered("complaint")),
    "petition_notice": Clock("petition_notice", 15, "D", [Step("warn", -5, "D", {"registrar"}), Step("breach", 0, "D", {"registrar"} | WATCH)],
                             petition, lambda city, letter: city.registrar.accept(letter),
                             ON | {"escalation": "the supervisor is told at its end, there is nobody above"}),
    "reply_final": Clock("reply_final", 3, "W", [Step("warn", -1, "W", HANDLER), Step("breach", 0, "W", {"liaison"} | WATCH),
                                                 Step("escalate", 1, "W", WATCH)],
                         up, lambda city, letter: city.superior.act(letter, "superior_approve"), ON),
    "review": Clock("review", 1, "W", [Step("breach", 0, "W", {"reviewer"}), Step("escalate", 1, "W", DEPT | WATCH)],
                    lambda city: city.letter("in_review"), lambda city, letter: city.dept_reviewer().approve(letter), STILL | NOBODY),
    "publish": Clock("publish", 5, "W", [Step("warn", -2, "W", {"publisher"}), Step("breach", 0, "W", {"publisher"}),
                                         Step("escalate", 1, "W", WATCH)],
                     lambda city: city.letter("replied"),
                     lambda city, letter: city.secrecy_reviewer.act(letter, "withhold", reason="privacy"), STILL),
    "rate": Clock("rate", 15, "D", [Step("lapse", 0, "D", set())], lambda city: city.letter("replied"),
                  lambda city, letter: city.citizen.rate(letter), STILL | SILENT),
    "promise": Clock("promise", "2026-10-16", "", LADDER, promised,
                     lambda city, letter: city.handler().act(letter, "fulfil", text="已全部更换"),
                     STILL | {"extension": "the unit has promised the day itself"}),
    "supervise_feedback": Clock("supervise_feedback", 3, "W", [Step("warn", -1, "W", HANDLER), Step("escalate", 0, "W", DEPT),
                                Step("breach", 0, "W", {"liaison"} | WATCH), Step("escalate", 5, "W", {"circular"})],
                                supervised, lambda city, letter: city.liaison().act(letter, "feedback", text="已派班组"), ON),
    "veto": Clock("veto", 3, "M", [Step("warn", 45, "D", HANDLER | WATCH, "start"), Step("warn", 60, "D", DEPT | WATCH, "start"),
                                   Step("warn", 75, "D", DEPT | WATCH | {"office_reviewer"}, "start"), Step("breach", 0, "M", WATCH)],
                  lambda city: city.letter("handling"), answered("complaint"),
                  ON | {"escalation": "its three warnings rise by themselves, up to the supervisor"}),
    "opinion": Clock("opinion", 3, "W", [Step("warn", -1, "W", HANDLER), Step("breach", 0, "W", HANDLER), Step("escalate", 1, "W", DEPT)],
                     helped, lambda city, letter: city.handler(HELPER).act(letter, "co_opinion", text="没有补充。"), {"extension": FIXED}),
}

# Of no letter: what else 6.6 has, where it is shown.
NO_LETTER = {"freshness": "test_nothing_published_for_long_is_told_at_each_step_and_after_downtime_in_order",
             "incident": "test_the_clocks_of_an_incident_run_at_night_and_wake"}


# ---- what should be ----


def china(day, clock="00:00"):
    return f"{day} {clock}:00"


def due_day(city, clock):
    if clock.unit == "W":
        return city.workdays(clock.amount, TODAY)
    if not clock.unit:
        return datetime.date.fromisoformat(clock.amount)
    day = TODAY + clock.amount * DAY if clock.unit == "D" else TODAY.replace(month=TODAY.month + clock.amount)
    while not city.calendar.works(day):
        day += DAY
    return day


def step_day(city, clock, step):
    day = TODAY if step.anchor == "start" else due_day(city, clock)
    if step.unit == "D":
        return day + step.amount * DAY
    for _ in range(abs(step.amount)):
        day += DAY if step.amount > 0 else -DAY
        while not city.calendar.works(day):
            day += DAY if step.amount > 0 else -DAY
    return day


def ledger_should(city, clock):
    """[(what, true moment in China)] in order: steps at the opening of the office, the end at 24:00."""
    rows = []
    for step in clock.steps:
        if step.what in ("breach", "lapse"):
            rows.append((china(due_day(city, clock) + DAY), step.what))
        else:
            rows.append((china(step_day(city, clock, step), "08:30"), step.what))
    return sorted(rows)


LEDGER = """SELECT t.no, m.kind, CONVERT_TZ(e.due_at, '+00:00', '+08:00'), e.what, CONVERT_TZ(e.at, '+00:00', '+08:00')
  FROM timer_event e JOIN timer m ON m.id = e.timer_id JOIN ticket t ON t.id = m.ticket_id
 WHERE e.what IN ('warn', 'escalate', 'breach', 'lapse') AND t.no IN (%s) ORDER BY e.id"""


def ledgers(city, letters):
    """{name: [(true moment, what, recorded at)]} as recorded, in that order."""
    names = {(letter.number, CLOCKS[name].kind): name for name, letter in letters.items()}
    found = {name: [] for name in letters}
    for no, kind, due_at, what, at in city.sql(LEDGER % ",".join(f"'{letter.number}'" for letter in letters.values())):
        if (no, kind) in names:
            found[names[no, kind]].append((due_at, what, at))
    return found


def moments(city):
    """At which it is looked: all of the first two weeks at which something is due, of two the minute before; later every
    third one, and the last."""
    at = sorted({moment for clock in CLOCKS.values() for moment, _ in ledger_should(city, clock)})
    early = [moment for moment in at if moment < "2026-10-13 09:00:00"]
    late = at[len(early):]
    return sorted({*early, *late[::3], at[-1], "2026-09-30 23:59:00", "2026-10-09 08:29:00"})


# ---- what is ----


class Walk:
    """Letters as they were, moment by moment."""

    def __init__(self, city):
        self.wrong, self.final, self.caught = collections.defaultdict(list), {}, {}
        city.clock(START)
        with in_a_hurry():
            self.letters = {name: clock.bring(city) for name, clock in CLOCKS.items()}
        self.started = {name: city.sql("SELECT m.state, m.start_on, m.due_on, (SELECT GROUP_CONCAT(e.what ORDER BY e.id) FROM timer_event e "
                                       "WHERE e.timer_id = m.id) FROM timer m JOIN ticket t ON t.id = m.ticket_id "
                                       f"WHERE t.no = '{letter.number}' AND m.kind = '{CLOCKS[name].kind}'")
                        for name, letter in self.letters.items()}
        for moment in moments(city):
            city.clock(moment[:16])
            city.run_slad()
            self.look(city, moment)
        self.final = ledgers(city, self.letters)
        self.told = {name: readers(city, letter, CLOCKS[name].kind) for name, letter in self.letters.items()}

    def look(self, city, now):
        for name, rows in ledgers(city, self.letters).items():
            should = [row for row in ledger_should(city, CLOCKS[name]) if row[0] <= now]
            if [row[:2] for row in rows] != should:
                self.wrong[name].append(f"{now}: {rows} instead of {should}")


class Gap:
    """The same letters while slad stands still from before the first step until after the last."""

    def __init__(self, city):
        city.clock(START)
        city.run_slad()
        with city.slad_away(), in_a_hurry():
            self.letters = {name: clock.bring(city) for name, clock in CLOCKS.items()}
            self.until = moments(city)[-1]
            city.clock(self.until[:16])
        city.run_slad()
        self.found = ledgers(city, self.letters)


@pytest.fixture(scope="module")
def walk(city):
    return Walk(city)


@pytest.fixture(scope="module")
def gap(city):
    return Gap(city)


def cells(column):
    return [pytest.param(name, id=name.replace(" ", "_")) for name, clock in CLOCKS.items() if column not in clock.why]


def test_the_table_is_whole():
    """Each clock of the letters' table is here; each cell is shown by a test of this file or says why not; none does both."""
    assert {clock.kind for clock in CLOCKS.values()} == {row[1] for row in tables.rows_of("tickets/states.tbl", "TIMER")}
    inspected = (pathlib.Path(__file__).parent / "test_inspect.py").read_text(encoding="utf-8")
    assert all(f"def {name}(" in inspected for name in NO_LETTER.values())
    shown = {"pause": {"accept", "opinion", *(name for name in CLOCKS if name.startswith("reply "))}}
    shown["resume"] = shown["pause"]
    shown["extension"] = {name for name in CLOCKS if name.startswith("reply ") and "site_error" not in name}
    for name, clock in CLOCKS.items():
        assert set(clock.why) <= set(COLUMNS) and all(clock.why.values())
        for column, names in shown.items():
            assert (name in names) != (column in clock.why), f"{name}: {column}"
        kinds = {step.what for step in clock.steps}
        for column, what in (("warning", "warn"), ("breach", "breach"), ("escalation", "escalate")):
            assert (what in kinds) != (column in clock.why), f"{name}: {column}"


@pytest.mark.parametrize("name", cells("start"))
def test_start(city, walk, name):
    assert walk.started[name] == [["running", str(TODAY), str(due_day(city, CLOCKS[name])), "start"]]


@pytest.mark.parametrize("name", cells("warning"))
def test_warning(city, walk, name):
    check(city, walk, name, "warn")


@pytest.mark.parametrize("name", cells("breach"))
def test_breach(city, walk, name):
    check(city, walk, name, "breach")


@pytest.mark.parametrize("name", cells("escalation"))
def test_escalation(city, walk, name):
    check(city, walk, name, "escalate")


def check(city, walk, name, what):
    assert not walk.wrong[name], walk.wrong[name][0]
    looked = moments(city)
    should = [(moment, min(at for at in looked if at >= moment)) for moment, kind in ledger_should(city, CLOCKS[name]) if kind == what]
    assert [(due, at) for due, kind, at in walk.final[name] if kind == what] == should != []


@pytest.mark.parametrize("name", [name for name in CLOCKS])
def test_who_is_told(walk, name):
    """Those whom the steps name, and nobody else; a handler there is none of is the liaison, who has it for review the reviewer."""
    stands_for = {"handler": "liaison", "reviewer": "dept_reviewer"}
    should = {stands_for.get(who, who) for step in CLOCKS[name].steps for who in step.told} - {"circular"}
    found = {{"": "liaison", "co_handler": "liaison"}.get(role, role) for _, _, role in walk.told[name]}
    assert found == should


@pytest.mark.parametrize("name", cells("catch_up"))
def test_catch_up(city, gap, name):
    """All that fell due is there once, in the order in which it did, with its true moment, recorded when slad was back."""
    assert [row[:2] for row in gap.found[name]] == ledger_should(city, CLOCKS[name])
    assert {row[2] for row in gap.found[name]} <= {gap.until}


@pytest.mark.parametrize("name", cells("stop"))
def test_stop(city, name):
    """Ended in time, it fires no more; the end is one event."""
    clock = CLOCKS[name]
    letter = clock.bring(city)
    clock.stop(city, letter)
    assert city.timer(letter, clock.kind)[0] == "stopped" and len(stops(city, letter, clock.kind)) == 1
    assert city.one("SELECT COUNT(*) FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.next_at IS NOT NULL "
                    f"AND m.state = 'stopped' AND t.no = '{letter.number}'") == "0"


def stops(city, letter, kind):
    return city.sql("SELECT e.id FROM timer_event e JOIN timer m ON m.id = e.timer_id JOIN ticket t ON t.id = e.ticket_id "
                    f"WHERE t.no = '{letter.number}' AND m.kind = '{kind}' AND e.what = 'stop'")


@pytest.mark.parametrize("name", cells("pause"))
def test_pause_and_resume(city, name):
    """While it stands still nothing falls due; afterwards the days that stood still are not counted."""
    clock = CLOCKS[name]
    letter = clock.bring(city)
    if clock.kind == "accept":
        city.registrar.act(letter, "request_supplement", text="请写明灯杆编号。")
    else:
        if clock.kind == "opinion":
            city.liaison().sign(letter)
        city.office_reviewer.act(letter, "suspend", reason="appraisal", on="2026-10-30", text="等检测报告")
    assert city.timer(letter, clock.kind)[0] == "paused"
    running = {row[0] for row in city.sql("SELECT m.kind FROM timer m JOIN ticket t ON t.id = m.ticket_id "
                                          f"WHERE m.state = 'running' AND t.no = '{letter.number}'")}
    assert "veto" in running  # what goes on
    city.clock("2026-10-16 10:00")
    city.run_slad()
    assert ledgers(city, {name: letter})[name] == []
    if clock.kind == "accept":
        city.citizen.supply(letter)
    else:
        city.office_reviewer.act(letter, "resume")
    day, left = datetime.date(2026, 10, 16), clock.amount
    while left:
        day += DAY
        left -= clock.unit == "D" or city.calendar.works(day)
    while not city.calendar.works(day):
        day += DAY
    assert city.timer(letter, clock.kind) == ("running", day)
    assert [row[0] for row in city.sql("SELECT e.what FROM timer_event e JOIN timer m ON m.id = e.timer_id JOIN ticket t ON t.id = e.ticket_id "
                                       f"WHERE m.kind = '{clock.kind}' AND t.no = '{letter.number}' ORDER BY e.id")] == ["start", "pause", "resume"]


@pytest.mark.parametrize("name", cells("extension"))
def test_extension(city, name):
    """It counts on from the old day, once said and recorded; what was late stays late."""
    clock = CLOCKS[name]
    letter = clock.bring(city)
    days, old = 30 if clock.unit == "D" else 2, due_day(city, clock)
    city.handler().act(letter, "request_extension", days=str(days), text="要向厂家核实")
    who = city.dept_reviewer() if "approve_extension" in city.dept_reviewer().offered(letter) else city.office_reviewer
    who.act(letter, "approve_extension")
    new = due_day(city, clock._replace(amount=clock.amount + days))
    assert city.timer(letter, clock.kind) == ("running", new)
    assert city.sql("SELECT e.old_due_on, e.new_due_on FROM timer_event e JOIN ticket t ON t.id = e.ticket_id "
                    f"WHERE t.no = '{letter.number}' AND e.what = 'extend'") == [[str(old), str(new)]]
