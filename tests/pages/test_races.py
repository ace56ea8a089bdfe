"""Two people at the same letter at the same moment, over HTTP: one wins, the other sees both texts, nothing is lost.

RACES=1000 runs that many (150 otherwise), SEED repeats the choices and the pauses, not the scheduling. Both have the
same page before them; both press at a barrier, each after a pause of none to some milliseconds. What each of them typed
is a text of its own, so that afterwards every text can be looked for: in the database, or in the page the loser got.
"""
import collections
import os
import random
import threading
import time

import pytest
from browser import Page
from city import UNIT

RACES, SEED = int(os.environ.get("RACES", "150")), int(os.environ.get("SEED", "20261122"))
WON = (302, 303)
LONGEST_PAUSE = 0.006
HAND_IN = "anyway"  # without being asked about what may be missing

Try = collections.namedtuple("Try", "who typed page")  # who: 0 or 1; typed: "" when the button takes no text


class People:
    """Two of each, with sessions of their own."""

    def __init__(self, city):
        self.registrars = [city.registrar, city.registrar2]
        for name, role in [("handlers", "handler"), ("liaisons", "liaison"), ("reviewers", "dept_reviewer")]:
            setattr(self, name, [city.new_officer("cgj", role) for _ in range(2)])
        office = city.one("SELECT u.code FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.login = 'publisher1'")
        self.secrecy, self.publisher, self.publisher2 = city.secrecy_reviewer, city.publisher, city.new_officer(office, "publisher")
        self.units = [city.registrar.unit_id(UNIT), city.registrar.unit_id("市住房和城乡建设局")]
        self.tokens = {}

    def token(self, officer):
        if officer not in self.tokens:
            self.tokens[officer] = officer.token()
        return self.tokens[officer]


class Letter:
    """A letter in a hurry: written by the interface for programs, led on by bare posts."""

    def __init__(self, city, people, kind="consult"):
        answer = city.api_write(type=kind)
        assert answer.status_code == 201, answer.text
        self.city, self.people, self.version = city, people, 1
        self.number, self.code = answer.json()["number"], answer.json()["query_code"]

    def do(self, officer, action, path="/act", **fields):
        sent = {"csrf": self.people.token(officer), "action": action, "version": str(self.version), **fields}
        url = f"{officer.base}/tickets/{self.number}{path}"
        answer = officer.session.post(url, data=sent, allow_redirects=False, timeout=60)
        assert answer.status_code in WON, (action, answer.status_code, Page(answer).errors)
        self.version += 1
        return self

    def accepted(self):
        return self.do(self.people.registrars[0], "accept")

    def assigned(self):
        return self.accepted().do(self.people.registrars[0], "assign", unit=self.people.units[0])

    def handling(self):
        return self.assigned().do(self.people.liaisons[0], "sign")

    def in_review(self):
        fields = {"body": "您好！已到现场检查并修复。", "result": "solved", "do": HAND_IN, "draft_version": "0"}
        return self.handling().do(self.people.handlers[0], "submit_reply", "/draft", **fields)

    def replied(self):
        return self.in_review().do(self.people.reviewers[0], "approve_reply")

    def cleared(self):
        self.replied().people.secrecy.act(self, "approve_full")
        self.version += 1
        return self

    def published(self):
        self.cleared().people.publisher.act(self, "publish")
        self.version += 1
        return self

    # ---- what somebody has before him ----

    def act_form(self, officer, action, place="", **values):
        page = officer.open(self, place)
        form = page.form(f"/tickets/{self.number}/act", action=action)
        return officer, form.action, form.filled(values), next((v for v in values.values() if "·" in v), "")

    def draft_form(self, officer, body, do):
        form = officer.open(self, "/draft").form(f"/tickets/{self.number}/draft")
        return officer, form.action, form.filled({"body": body, "result": "solved", "do": do}), body

    def edition_form(self, officer, body):
        form = officer.open(self, "/publish").form(f"/tickets/{self.number}/publish")
        return officer, form.action, form.filled({"reply": body}), body


# ---- the kinds: what two people have before them ----


def same_draft(letter, people, typed):
    letter.handling()
    return [letter.draft_form(who, text, "save") for who, text in zip(people.handlers, typed)]


def save_and_submit(letter, people, typed):
    letter.handling()
    return [letter.draft_form(who, text, do) for who, text, do in zip(people.handlers, typed, (HAND_IN, "save"))]


def two_submit(letter, people, typed):
    letter.handling()
    return [letter.draft_form(who, text, HAND_IN) for who, text in zip(people.handlers, typed)]


def same_reply_reviewed(letter, people, typed):
    letter.in_review()
    actions = ("approve_reply", "return_reply")
    return [letter.act_form(who, action, "/review", text=text)
            for who, text, action in zip(people.reviewers, typed, actions)]


def same_letter_assigned(letter, people, typed):
    letter.accepted()
    return [letter.act_form(who, "assign", unit=unit, text=text) for who, text, unit in
            zip(people.registrars, typed, people.units)]


def signed_and_objected(letter, people, typed):
    letter.assigned()
    return [letter.act_form(people.liaisons[0], "sign"), letter.act_form(people.liaisons[1], "object", text=typed[1])]


def accepted_and_refused(letter, people, typed):
    return [letter.act_form(people.registrars[0], "accept"),
            letter.act_form(people.registrars[1], "refuse", reason="other_region", text=typed[1])]


def both_refuse(letter, people, typed):
    reasons = ("other_region", "emergency")
    return [letter.act_form(who, "refuse", reason=reason, text=text) for who, text, reason in
            zip(people.registrars, typed, reasons)]


def draft_and_objection(letter, people, typed):
    letter.handling()
    return [letter.draft_form(people.handlers[0], typed[0], HAND_IN),
            letter.act_form(people.liaisons[1], "object", text=typed[1])]


def extension_decided_twice(letter, people, typed):
    letter.handling().do(people.handlers[0], "request_extension", text="需要订货", days="2")
    actions = ("approve_extension", "deny_extension")
    return [letter.act_form(who, action, text=text) for who, text, action in zip(people.reviewers, typed, actions)]


def edited_and_cleared(letter, people, typed):
    letter.replied()
    return [letter.edition_form(people.publisher, typed[0]),
            letter.act_form(people.secrecy, "approve_full", "/publish", text=typed[1])]


def published_and_edited(letter, people, typed):
    letter.cleared()
    return [letter.act_form(people.publisher, "publish", "/publish"), letter.edition_form(people.publisher2, typed[1])]


def taken_down_and_edited(letter, people, typed):
    letter.published()
    return [letter.act_form(people.publisher, "withdraw_publication", "/publish", text=typed[0]),
            letter.edition_form(people.publisher2, typed[1])]


def added_twice(letter, people, typed):
    letter.replied()
    return [letter.act_form(who, "add_reply", reply=text) for who, text in zip(people.handlers, typed)]


def addition_decided_twice(letter, people, typed):
    letter.replied().do(people.handlers[0], "add_reply", reply="另外两盏路灯也已修复，请您放心。")
    actions = ("approve_added", "return_added")
    return [letter.act_form(who, action, text=text) for who, text, action in zip(people.reviewers, typed, actions)]


KINDS = [same_draft, same_reply_reviewed, same_letter_assigned, save_and_submit, two_submit, signed_and_objected,
         accepted_and_refused, both_refuse, draft_and_objection, extension_decided_twice, edited_and_cleared,
         published_and_edited, taken_down_and_edited, added_twice, addition_decided_twice]


# ---- a race ----


def press(barrier, pause, who, before, told):
    officer, path, fields, typed = before
    barrier.wait()
    time.sleep(pause)
    answer = officer.session.post(officer.base + path, data=fields, allow_redirects=False, timeout=60)
    told.append(Try(who, typed, Page(answer)))


def run(befores, drawn):
    barrier, told = threading.Barrier(2), []
    pauses = [drawn.choice((0, drawn.uniform(0, LONGEST_PAUSE))) for _ in befores]
    threads = [threading.Thread(target=press, args=(barrier, pauses[who], who, before, told))
               for who, before in enumerate(befores)]
    drawn.shuffle(threads)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def all_texts(city):
    """Whatever stands in a column of text, of whichever table."""
    columns = collections.defaultdict(list)
    for table, column in city.sql("SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN "
                                  "information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = "
                                  "DATABASE() AND t.table_type = 'BASE TABLE' AND c.data_type RLIKE 'text|varchar'"):
        columns[table].append(column)
    return "\n".join("\n".join(row) for table, names in columns.items()
                     for row in city.sql(f"SELECT CONCAT_WS('|', {', '.join(names)}) FROM {table}"))


class Record:
    def __init__(self):
        self.wrong, self.count, self.letters, self.stored = [], collections.Counter(), [], []

    def check(self, holds, *words):
        if not holds:
            self.wrong.append(" ".join(str(word) for word in words))

    def judge(self, kind, letter, told):
        """One wins; the other reads 409, with what he typed still in his form, and beside it what the other typed."""
        name = kind.__name__
        won = [one for one in told if one.page.status in WON]
        lost = [one for one in told if one.page.status == 409]
        self.count[name, "races"] += 1
        saved = won and any(one.page.headers["Location"].split("?")[0].endswith("/draft") for one in won)
        self.letters.append((letter.number, letter.version + (0 if saved else 1)))  # saving is no step of the letter
        self.check(len(told) == 2 and len(won) == 1 and len(lost) == 1, name, letter.number,
                   [(one.page.status, one.page.errors) for one in told])
        for one in won:
            self.count[name, ("the one", "the other")[one.who] + " won"] += 1
            self.stored += [(name, letter.number, one.typed)] if one.typed else []
        for one in lost:
            kept = any(one.typed in value for form in one.page.forms for _, value in form.fields)
            self.check(not one.typed or kept, name, letter.number, "the loser's own text is gone")
            for other in won:
                shown = not other.typed or other.typed in one.page.text
                self.check(shown, name, letter.number, "the winner's text is not shown")

    def look_into(self, city):
        """Texts, histories and notices in the database, for all races at once."""
        kept = all_texts(city)
        for name, number, typed in self.stored:
            self.check(typed in kept, name, number, "the winner's text is not stored:", typed)
        rows = {no: rest for no, *rest in city.sql(
            "SELECT t.no, t.version, COUNT(*), MAX(h.version), COUNT(DISTINCT h.version) FROM ticket t "
            "JOIN history h ON h.ticket_id = t.id GROUP BY t.id")}
        for number, version in self.letters:
            self.check(rows[number] == [str(version)] * 4, number, "history", rows[number], "instead of", version)
        ours = {number for number, _ in self.letters}
        double = [row for row in city.sql(
            "SELECT t.no, o.event, o.audience, COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.ticket_id "
            "GROUP BY o.ticket_id, o.event, o.audience, o.unit_id HAVING COUNT(*) > 1") if row[0] in ours]
        self.check(not double, "told twice", double)
        stale = city.sql("SELECT p.no FROM pub_letter p JOIN ticket t ON t.no = p.no JOIN edition e ON e.ticket_id = t.id "
                         "WHERE e.id > p.edition_id OR t.pub_state NOT IN ('published', 'corrected')")
        self.check(not stale, "public, and not the last edition of a letter that is to be", stale)


@pytest.fixture(scope="module")
def people(city):
    from instance import START
    city.clock(START)
    return People(city)


def test_of_two_at_the_same_moment_one_wins_and_nothing_is_lost(city, people, capsys):
    drawn, record, began = random.Random(SEED), Record(), time.monotonic()
    for n in range(RACES):
        kind = KINDS[n % len(KINDS)]
        letter = Letter(city, people)
        typed = [f"甲写的第{n}段·{drawn.getrandbits(40):x}", f"乙写的第{n}段·{drawn.getrandbits(40):x}"]
        record.judge(kind, letter, run(kind(letter, people, typed), drawn))
    raced = time.monotonic() - began
    record.look_into(city)
    with capsys.disabled():
        for kind in KINDS:
            told = {key: n for (name, key), n in record.count.items() if name == kind.__name__}
            print(f"\n  {kind.__name__}: {told}", end="")
        looked = f"{len(record.stored)} texts looked for, {len(record.wrong)} wrong"
        print(f"\n  {RACES} races in {raced:.0f} s, {looked}", end=" ")
    assert not record.wrong, "\n".join(record.wrong[:40])
