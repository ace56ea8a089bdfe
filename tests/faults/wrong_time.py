"""Faults of time: slad away for hours, two of them, a clock that jumps or is stepped while clocks fire, a year that ends
without a notice. In a city of its own, with people; run.py runs these as it does the others."""
import datetime
import random
import re
import threading
import time

from scenarios import Slads

DAY = datetime.timedelta(days=1)
START = "2026-09-29 16:00"
STATE = "SELECT m.kind, m.state, m.start_on, m.amount, m.amount_unit, m.due_on, m.provisional FROM timer m " \
        "JOIN ticket t ON t.id = m.ticket_id WHERE t.no IN (%s) ORDER BY m.id"
LEDGER = "SELECT m.kind, e.what, e.due_at, e.at FROM timer_event e JOIN timer m ON m.id = e.timer_id JOIN ticket t ON t.id = e.ticket_id " \
         "WHERE t.no IN (%s) AND e.what IN ('warn','escalate','breach','lapse') ORDER BY e.id"
TWICE = "SELECT COUNT(*) FROM (SELECT timer_id, what, due_at FROM timer_event WHERE what IN ('warn','escalate','breach','lapse') " \
        "GROUP BY 1, 2, 3 HAVING COUNT(*) > 1) x"


def numbers(letters):
    return ",".join(f"'{letter.number}'" for letter in letters)


def clocks(city, *letters):
    return city.sql(STATE % numbers(letters))


def ledger(city, *letters):
    """[(kind, what, true moment, recorded at)], in UTC."""
    return city.sql(LEDGER % numbers(letters))


def slad_away_for_hours(bed):
    """slad is down for three hours over midnight, a warning and an opening of the office: all fires once, in order, truly dated."""
    city = bed.city()
    near = city.letter("handling", type="consult")     # due 12 October: warned on the 9th, late at 24:00
    late = [city.citizen.write() for _ in range(3)]    # to be accepted on the 30th
    city.run_slad()
    for begin, end, should in [
            ("2026-09-30 22:30", "2026-10-01 01:30", [("accept", "breach", "2026-09-30 16:00:00")] * 3),
            ("2026-10-09 07:00", "2026-10-09 10:00", [("reply", "warn", "2026-10-09 00:30:00")])]:
        city.clock(begin)
        city.run_slad()
        before = ledger(city, near, *late)
        with bed.without_slad():
            city.clock(end)
        city.run_slad()
        new = ledger(city, near, *late)[len(before):]
        at = datetime.datetime.fromisoformat(end) - datetime.timedelta(hours=8)
        assert sorted(row[:3] for row in map(tuple, new)) == sorted(should), new
        assert {row[3] for row in new} == {str(at)}, f"recorded at another time than {at}: {new}"
        assert [row[2] for row in new] == sorted(row[2] for row in new), "out of order"
    assert city.one(TWICE) == "0"
    return "3 h away twice: 4 moments, each once, in order, with its true time"


def the_clock_jumps(bed):
    """An hour and 400 days forward and back: nothing is due another day for it, what happened stays, once; people go on working."""
    city = bed.city()
    letter = city.letter("handling", type="consult")
    who = city.handler()
    who.open(letter)
    before = clocks(city, letter)
    for there, back in [("2026-09-29 17:00", START), ("2026-09-29 15:00", START)]:
        city.clock(there)
        city.run_slad()
        assert clocks(city, letter) == before
        assert who.open(letter).status == 200  # logs in again where the session is over, and is not locked out
        city.clock(back)
        city.run_slad()
        assert who.open(letter).status == 200 and clocks(city, letter) == before
    city.clock("2026-10-12 23:30")
    city.run_slad()
    quiet = ledger(city, letter)
    city.clock("2026-10-13 00:30")  # an hour too fast
    city.run_slad()
    early = ledger(city, letter)
    assert [row[:3] for row in early[len(quiet):]] == [["reply", "breach", "2026-10-12 16:00:00"]], early
    for moment in ("2026-10-12 23:30", "2026-10-13 00:00", "2026-10-13 00:30"):
        city.clock(moment)
        city.run_slad()
        assert ledger(city, letter) == early, "what was recorded was recorded again"
    city.clock("2027-11-17 00:30")  # 400 days: all that can fire does
    city.run_slad()
    far = ledger(city, letter)
    city.clock("2026-10-13 09:00")
    city.run_slad()
    assert ledger(city, letter) == far and city.one(TWICE) == "0"
    assert [row[2:6] for row in clocks(city, letter)] == [row[2:6] for row in before], "a term or a day was changed"
    new = city.letter("accepted", type="consult")
    assert city.due_on(new) == city.workdays(5), "a new letter counts from a wrong day"
    who.submit_reply(letter)
    city.dept_reviewer().approve(letter)
    assert city.state(letter) == "replied"
    assert len(re.findall(r"ev=clock_jumped \S+ by_s=-?\d{4,}", city.log("slad"))) >= 4, "nobody is told that the clock jumped"
    return f"+1 h, -1 h, +400 d and back: {len(far)} moments of one letter, none twice, no day changed"


def leap_days(bed):
    """29 February 2028: counted, not skipped; three months end on it, also those that would end on a 30th."""
    city, found = bed.city(), []
    for day, veto in [("2027-11-29", "2028-02-29"), ("2027-11-30", "2028-02-29"), ("2028-02-29", "2028-05-29")]:
        city.clock(day + " 10:00")
        letter = city.letter("accepted", type="consult")
        assert city.timer(letter, "veto")[1] == datetime.date.fromisoformat(veto), f"{day}: {city.timer(letter, 'veto')}"
        assert city.field(letter, "due_provisional") == "1", "2028 has no notice, and the day is not called provisional"
        found.append(letter)
    city.clock("2028-02-25 10:00")  # a Friday: five working days by any rule are 28, 29, 1, 2, 3
    letter = city.letter("accepted", type="consult")
    assert str(city.due_on(letter)) == "2028-03-03", city.due_on(letter)
    return "three months to and from a leap day, and a week over it"


def the_clock_is_stepped_while_clocks_fire(bed):
    """Steps of seconds and hours, forward and back, while two slads fire and one is killed now and then: each moment once, truly dated."""
    city, n = bed.city(), 40
    city.clock(START)
    answers = [city.api_write() for _ in range(n)]
    assert all(answer.status_code == 201 for answer in answers)
    nos = ",".join("'" + answer.json()["number"] + "'" for answer in answers)
    slads = Slads(city)
    ending = threading.Event()

    def step():
        base = datetime.datetime.fromisoformat("2026-10-01 00:00")
        while not ending.wait(0.05):
            city.clock(str(base + datetime.timedelta(seconds=random.choice([-3600, -30, -1, 0, 1, 30, 3600]))))

    thread = threading.Thread(target=step)
    thread.start()
    try:
        for _ in range(8):
            time.sleep(0.4)
            slads.strike()
    finally:
        ending.set()
        thread.join()
        city.clock("2026-10-01 02:00")
        city.run_slad()
        slads.stop()
    rows = city.sql("SELECT m.kind, e.what, e.due_at, COUNT(*) FROM timer_event e JOIN timer m ON m.id = e.timer_id "
                    f"JOIN ticket t ON t.id = e.ticket_id WHERE e.what NOT IN ('start') AND t.no IN ({nos}) GROUP BY 1, 2, 3")
    assert rows == [["accept", "breach", "2026-09-30 16:00:00", str(n)]], rows
    assert city.one(TWICE) == "0"
    return f"{n} clocks end while the clock is stepped twenty times a second, {slads.kills} kills: each once, truly dated"


def a_year_ends_without_a_notice(bed):
    """Days that rest on an unpublished year say so wherever they are shown; the notice moves them once, and they are final."""
    city = bed.city()
    city.clock("2026-12-28 10:00")
    letter = city.citizen.write(type="consult")
    assert "暂定" in letter.page.text, "the receipt does not say that the day may still move"
    city.registrar.accept(letter)
    assert str(city.due_on(letter)) == "2027-01-05" and city.field(letter, "due_provisional") == "1"
    for page in (city.citizen.track(letter), city.registrar.open(letter), city.registrar.get("/queue?view=open&words=" + letter.number[-8:-2])):
        assert "暂定" in page.text, f"{page.path} shows a provisional day as if it were final"
    city.clock("2027-01-01 00:00")
    city.run_slad()
    assert str(city.due_on(letter)) == "2027-01-05", "the year changed and the day with it"
    with bed.notice(2027, [("2027-01-01", True), ("2027-01-04", True), ("2027-01-09", False)]) as path:
        city.ctl("calendar", "import", path, check=True)
        city.run_slad()
        city.wait(lambda: str(city.due_on(letter)) == "2027-01-06")
        assert city.field(letter, "due_provisional") == "0"
        assert len(city.sql("SELECT 1 FROM timer_event e JOIN timer m ON m.id = e.timer_id JOIN ticket t ON t.id = e.ticket_id "
                            f"WHERE t.no = '{letter.number}' AND m.kind = 'reply' AND e.what = 'recompute'")) == 1
        assert "暂定" not in city.citizen.track(letter).by_id["course"][0]
    return "provisional on four pages, moved once by the notice, then final"


ALL = [slad_away_for_hours, the_clock_jumps, leap_days, the_clock_is_stepped_while_clocks_fire, a_year_ends_without_a_notice]
