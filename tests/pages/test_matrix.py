"""Who x page x letter: every role at every page of pages.tbl, on letters of its own unit, of one it helps and of
another, in every state of both machines.

What should be is worked out by lib/model.py from access.tbl, pages.tbl and states.tbl; what is, is what nginx and the
real programs answer: the status of each page, the buttons of a letter, and what becomes of an action that is not
offered when it is sent all the same with a valid token and the right version: refused, and no letter changed. Buttons
and open pages are walked completely; of what is closed MATRIX=full walks every cell, otherwise a part drawn by SEED.
"""
import collections
import concurrent.futures
import os
import random
import re
import types

import pytest
import requests
import tables
from browser import Browser, Page
from city import REPLY, UNIT, in_a_hurry
from model import CITIZEN, UNKNOWN_GUARDS, Facts, Model, Who

HELPER, OTHER = "市公安局", "市教育局"
UNITS = {UNIT: "cgj", HELPER: "gaj", OTHER: "jyj"}
FULL, SEED = os.environ.get("MATRIX") == "full", int(os.environ.get("SEED", "20261122"))
DRAWN = 10  # actions tried by hand on a letter
DESK = [page for page in tables.pages() if page.site == "DESK" and page.path != "/logout"]
PUBLIC = [page for page in tables.pages() if page.site == "PUBLIC"]
# Pages that answer so to who may open them: more must be named than the letter, there is no edition yet, or they ask
# for more than their line in pages.tbl says.
ASKS_MORE = {"desk_act": {404}, "desk_days": {404}, "desk_edition": {404}, "desk_versions": {403},
             "desk_figure_letters": {404}, "inspect_letters_show": {404}, "alarm_new": {404}}
COMBINED = {"accept_assign": "ACCEPT"}  # one button for two actions
REASONS = {"REFUSE": "other_region", "WITHHOLD": "privacy", "SUSPEND": "court", "REOPEN": "wrong"}
# Actions whose button is a page of its own.
OWN_PAGE = {"SUBMIT_REPLY": "/draft", "EDIT_EDITION": "/publish"}
WRITERS = {"SUPPLY": "/track/supply", "RATE": "/track/rate", "ASK_FOLLOW_UP": "/track/ask",
           "WITHDRAW": "/track/withdraw"}


# ---- letters in every state, officers of every role ----


def helped(city):
    letter = city.letter("accepted")
    city.registrar.assign(letter, main=UNIT, co=[HELPER])
    return letter


def in_state(city, name):
    """A letter of UNIT, helped by HELPER, in a state that is reached by people."""
    kind = "leader_mail" if name == "second" else "complaint"
    letter = city.letter("accepted" if name == "accepted" else "submitted", type=kind)
    if name in ("submitted", "accepted"):
        return letter
    act = city.registrar.act
    if name == "supplement":
        act(letter, "request_supplement", text="请写明灯杆编号。")
    elif name == "merged":
        act(letter, "merge", master=city.letter().number)
    elif name == "withdrawn":
        city.citizen.withdraw(letter)
    elif name in ("refused", "first_of_two"):
        act(letter, "refuse", reason="litigation", text="请留意起诉期限。")
        if name == "refused":
            city.registrar2.act(letter, "refuse", reason="litigation", text="请留意起诉期限。")
    elif name in ("invalid", "first_of_two_invalid"):
        act(letter, "mark_invalid", text="测试")
        if name == "invalid":
            city.supervisor.act(letter, "mark_invalid", text="同意")
    elif name == "keep_away":
        act(letter, "accept")
        city.registrar.assign(letter, main=OTHER, co=[HELPER])
        act(letter, "recuse", unit=UNIT, text="来信反映该局工作人员")
    else:
        act(letter, "accept")
        city.registrar.assign(letter, main=UNIT, co=[HELPER])
        in_unit(city, name, letter)
    return letter


def in_unit(city, name, letter):
    """From assigned on."""
    steps = {
        "assigned": [],
        "objected": [lambda: city.liaison().act(letter, "object", text="不是我局管养的路灯")],
        "handling": ["sign"],
        "keep_away_unit": ["sign", lambda: city.registrar.act(letter, "recuse", unit=HELPER, text="来信反映该局")],
        "added": ["sign", "reply", "approve", lambda: city.handler().act(letter, "add_reply", reply=REPLY)],
        "holding": ["sign", lambda: city.handler().act(letter, "holding_reply", text="电缆已订货。", on="2026-10-13")],
        "extension": ["sign", lambda: city.handler().act(letter, "request_extension", text="需要订货", days="3")],
        "supervised": ["sign", lambda: city.supervisor.act(letter, "supervise", text="请报告进展")],
        "suspended": ["sign", lambda: city.office_reviewer.act(letter, "suspend", reason="court", on="2026-11-30")],
        "in_review": ["sign", "reply"],
        "second": ["sign", "reply", "approve"],
        "replied": ["sign", "reply", "approve"],
        "promised": ["sign", "promise", "approve"],
        "closed": ["sign", "reply", "approve", lambda: city.citizen.rate(letter)],
        "again": ["sign", "reply", "approve", lambda: city.citizen.follow_up(letter)],
        "approved_full": ["sign", "reply", "approve", "full"],
        "approved_summary": ["sign", "reply", "approve", "summary"],
        "withheld": ["sign", "reply", "approve",
                     lambda: city.secrecy_reviewer.act(letter, "withhold", reason="privacy")],
        "published": ["sign", "reply", "approve", "full", "publish"],
        "withdrawn_pub": ["sign", "reply", "approve", "full", "publish",
                          lambda: city.publisher.act(letter, "withdraw_publication", text="家属要求")],
        "corrected": ["sign", "reply", "approve", "full", "publish",
                      lambda: city.publisher.edit_edition(letter, reply="已修复。"), "full", "publish"],
    }
    usual = {
        "promise": lambda: city.handler().submit_reply(letter, result="scheduled", on="2026-11-30"),
        "sign": lambda: city.liaison().sign(letter), "reply": lambda: city.handler().submit_reply(letter),
        "approve": lambda: city.dept_reviewer().approve(letter),
        "full": lambda: city.secrecy_reviewer.act(letter, "approve_full"),
        "summary": lambda: city.secrecy_reviewer.act(letter, "approve_summary"),
        "publish": lambda: city.publisher.act(letter, "publish"),
    }
    for step in steps[name]:
        (usual[step] if isinstance(step, str) else step)()


NAMES = """submitted supplement first_of_two first_of_two_invalid accepted merged withdrawn refused invalid assigned
    objected handling holding extension supervised suspended in_review second replied promised closed again
    approved_full approved_summary withheld published withdrawn_pub corrected keep_away keep_away_unit added""".split()


class Matrix:
    """The letters, the officers and what should be; filled once, walked by every test of this file."""

    def __init__(self, city):
        self.city = city
        with in_a_hurry():
            self.own = {name: in_state(city, name) for name in NAMES}
        self.officers = [officer for role in tables.roles() if role not in ("CITIZEN", "SYSTEM", "API_CLIENT")
                         for officer in self.of_role(role)]
        self.names = {action.code: name for name, action in tables.actions().items()}
        self.facts = Facts(city)
        self.model = Model(self.facts)
        self.letters = [self.facts.by_number[letter.number] for letter in self.own.values()]
        self.titles = {letter.number: letter.title for letter in self.own.values()}
        self.add_of_the_city()
        self.cells, self.deviations = collections.Counter(), []

    def of_role(self, role):
        """One officer with that role alone; three, of three units, when it depends on the unit."""
        rights = tables.rights()
        bound = any(one == role and whose - {"ANY"} for (one, _), whose in rights.items())
        for unit in (UNITS if bound else [UNIT]):
            officer = self.city.new_officer(UNITS[unit], role.lower())
            row = self.city.sql(f"SELECT id, unit_id FROM officer WHERE login = '{officer.login}'")[0]
            officer.who = Who(int(row[0]), int(row[1]), frozenset({role}))
            officer.label = f"{role.lower()} of {unit}" if bound else role.lower()
            officer.get("/")  # logged in
            yield officer

    def add_of_the_city(self):
        """A letter of the demo city for each state that no step of a person leads to at once, such as archived."""
        have = {one["state"] for one in self.letters} | {one["pub_state"] for one in self.letters}
        for one in self.facts.letters.values():
            if one["state"] not in have or one["pub_state"] not in have:
                have |= {one["state"], one["pub_state"]}
                self.letters.append(one)
                self.titles[one["no"]] = self.city.one(f"SELECT title FROM ticket WHERE no = '{one['no']}'")

    def check(self, kind, holds, *words):
        self.cells[kind] += 1
        if not holds:
            self.deviations.append(" ".join(str(word) for word in words))

    def walk(self, function):
        """Every officer at once, each in the own session; then what was seen."""
        self.cells.clear()
        self.deviations.clear()
        before = self.versions()
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            for done in [pool.submit(function, self, officer) for officer in self.officers]:
                done.result()
        changed = {no for no, version in self.versions().items() if before.get(no) != version}
        assert not changed, f"letters that changed although nobody may: {changed}; {self.deviations}"

    def versions(self):
        rows = self.city.sql("SELECT t.no, t.version, COUNT(*), MAX(h.version) FROM ticket t JOIN history h "
                             "ON h.ticket_id = t.id GROUP BY t.id")
        return {no: rest for no, *rest in rows}

    def told(self, capsys):
        with capsys.disabled():
            walked = ", ".join(f"{n} {kind}" for kind, n in sorted(self.cells.items()))
            print(f"\n  {sum(self.cells.values())} cells ({walked}), {len(self.deviations)} deviations", end=" ")
        assert self.deviations == []


@pytest.fixture(scope="module")
def matrix(city):
    from instance import START
    city.clock(START)
    return Matrix(city)


# ---- the model itself ----


def test_every_state_of_both_machines_is_walked(matrix):
    assert {one["state"].upper() for one in matrix.letters} == set(tables.states())
    assert {one["pub_state"].upper() for one in matrix.letters} == set(tables.pub_states())


def test_every_guard_is_modelled_or_said_not_to_be(matrix):
    assert [guard for guard in matrix.model.unmodelled() if guard not in UNKNOWN_GUARDS] == []


# ---- pages ----


def plain(officer, method, path, **kw):
    """As a browser would, but without following; logged in again when a session ended."""
    answer = officer.session.request(method, officer.base + path, timeout=60, allow_redirects=False, **kw)
    assert not answer.headers.get("Location", "").startswith("/login"), (officer.label, path)
    return answer


def page_expected(matrix, officer, page, one):
    """The statuses that the tables leave."""
    model, who = matrix.model, officer.who
    if page.who in ("ANYONE", "OFFICER"):
        return {200, 302, 303, 404}
    if not model.may(who, page.who):
        return {403}
    if one is None:
        return {200, 302, 303} | ({404} if ":" in page.path else set()) | ASKS_MORE.get(page.function, set())
    if not model.may_on(who, "READ", one):
        return {404}
    if not model.may_on(who, page.who, one):
        return {403, 404}
    return {200, 302, 303} | ASKS_MORE.get(page.function, set())


def paths(matrix, page):
    if not page.path.startswith("/tickets/:no"):
        return [(re.sub(r":\w+", "0", page.path), None)]
    return [(page.path.replace(":no", one["no"]), one) for one in matrix.letters]


def open_pages(matrix, officer):
    drawn = random.Random(f"{SEED} {officer.label}")
    for page in (page for page in DESK if page.method == "GET"):
        for path, one in paths(matrix, page):
            expected = page_expected(matrix, officer, page, one)
            if one and expected <= {403, 404} and not FULL and drawn.randrange(3):
                continue
            answer = plain(officer, "GET", path)
            matrix.check("pages", answer.status_code in expected, officer.label, path, one and one["state"],
                         answer.status_code, "not", expected)
            if one and expected <= {403, 404}:
                silent = matrix.titles[one["no"]] not in answer.text
                matrix.check("closed pages", silent, officer.label, path, "tells the title")


def test_every_page_opens_for_whom_the_tables_say(matrix, capsys):
    matrix.walk(open_pages)
    matrix.told(capsys)


def send_nothing(matrix, officer):
    """Every page that takes something, sent with the session's token by who may not."""
    token, drawn = {"csrf": officer.token()}, random.Random(f"{SEED} {officer.label}")
    for page in (page for page in DESK if page.method == "POST" and page.who != "ANYONE"):
        for path, one in paths(matrix, page):
            expected = page_expected(matrix, officer, page, one)
            if expected <= {403, 404} and (FULL or not one or not drawn.randrange(3)):
                answer = plain(officer, "POST", path, data=token | {"reason": "电话核实", "version": "1"})
                matrix.check("closed forms", answer.status_code in expected, officer.label, "POST", path,
                             answer.status_code, "not", expected)


def test_no_page_takes_anything_from_whom_the_tables_do_not_name(matrix, capsys):
    matrix.walk(send_nothing)
    matrix.told(capsys)


def test_without_a_session_the_desk_is_its_login(matrix, capsys):
    matrix.cells.clear(), matrix.deviations.clear()
    nobody = requests.Session()
    for page in (page for page in DESK if page.who != "ANYONE"):
        for path, one in paths(matrix, page):
            answer = nobody.request(page.method, matrix.city.desk + path, timeout=60, allow_redirects=False)
            login = answer.headers.get("Location", "").startswith("/login")
            for_people = page.method == "GET" and not page.path.endswith(".json")
            closed = (login and answer.status_code == 303) if for_people else answer.status_code in (401, 403)
            quiet = one is None or matrix.titles[one["no"]] not in answer.text
            matrix.check("nobody", closed and quiet, page.method, path, answer.status_code)
    matrix.told(capsys)


def test_a_citizen_reaches_nothing_of_the_desk(matrix, capsys):
    matrix.cells.clear(), matrix.deviations.clear()
    public = {(page.method, page.path) for page in PUBLIC}
    citizen = requests.Session()
    for page in DESK:
        for path, one in paths(matrix, page)[:1]:
            if (page.method, page.path) not in public:
                url = matrix.city.public + path
                status = citizen.request(page.method, url, timeout=60, allow_redirects=False).status_code
                matrix.check("citizen at the desk", status in (403, 404, 405), page.method, path, status)
    for page in (page for page in PUBLIC if page.method == "GET"):
        for path, _ in paths(matrix, page):
            answer = citizen.get(matrix.city.public + path, timeout=60, allow_redirects=False)
            matrix.check("public pages", answer.status_code in (200, 302, 303, 404), path, answer.status_code)
    matrix.told(capsys)


# ---- buttons ----


def look_at_buttons(matrix, officer):
    for one in matrix.letters:
        if not matrix.model.may_on(officer.who, "READ", one):
            continue
        certain, perhaps = matrix.model.all_offered(one, officer.who)
        letter = types.SimpleNamespace(number=one["no"])
        found = {COMBINED.get(code) or matrix.names[code] for code in officer.offered(letter)}
        matrix.check("letters' buttons", certain <= found <= certain | perhaps, officer.label, one["no"], one["state"],
                     one["pub_state"], "lacks", sorted(certain - found), "has", sorted(found - certain - perhaps))


def test_a_letter_offers_what_the_tables_allow_and_nothing_else(matrix, capsys):
    matrix.walk(look_at_buttons)
    matrix.told(capsys)


# ---- actions that are not offered, sent by hand ----


def crafted(matrix, action, one, token):
    """All that any action may need, so that only who and when can be wrong."""
    fields = {"csrf": token, "version": one["version"], "action": matrix.model.actions[action].code, "text": "按规定办理",
              "note": "内部意见", "reason": REASONS.get(action, "wrong"), "unit": matrix.other_unit, "days": "1",
              "master": matrix.master, "on": "2026-10-20", "solved": "yes", "grade": "5", "reply": REPLY,
              "result": "solved", "login": "cgj_handler"}
    if action in OWN_PAGE:
        fields |= {"body": REPLY, "title": "路灯", "do": "anyway"}
    return f"/tickets/{one['no']}{OWN_PAGE.get(action, '/act')}", fields


def try_what_is_not_offered(matrix, officer):
    drawn = random.Random(f"{SEED} {officer.label}")
    token = officer.token()
    for one in matrix.letters:
        names = [name for name in matrix.model.actions if matrix.model.offered(name, one, officer.who) is False]
        if not FULL:
            names = drawn.sample(names, DRAWN if matrix.model.may_on(officer.who, "READ", one) else 1)
        for action in names:
            path, fields = crafted(matrix, action, one, token)
            answer = plain(officer, "POST", path, data=fields)
            refused = answer.status_code in (403, 404, 409, 422)
            matrix.check("refused actions", refused, officer.label, action, one["no"], one["state"], one["pub_state"],
                         answer.status_code, answer.headers.get("Location", ""))


def test_what_is_not_offered_is_refused_and_changes_nothing(matrix, capsys):
    matrix.other_unit = matrix.city.one(f"SELECT id FROM unit WHERE name = '{OTHER}'")
    matrix.master = matrix.own["supervised"].number
    matrix.walk(try_what_is_not_offered)
    matrix.told(capsys)


def test_the_writer_is_offered_what_the_tables_allow_and_nothing_else(matrix, capsys):
    """At /track, for every letter of ours; and the rest sent by hand with number and code."""
    matrix.cells.clear(), matrix.deviations.clear()
    before, citizen = matrix.versions(), Browser(matrix.city.public)
    for name, letter in matrix.own.items():
        one = matrix.facts.by_number[letter.number]
        if name == "invalid":
            continue  # is not shown to anybody outside
        page = matrix.city.citizen.track(letter)
        for action, path in WRITERS.items():
            may = matrix.model.offered(action, one, CITIZEN)
            matrix.check("writer's buttons", page.has_form(path) == may, name, action, page.has_form(path))
            if not may:
                sent = {"number": letter.number, "code": letter.code, "answer": "补充", "question": "追问", "grade": "4",
                        "solved": "partly", "reason": "不用了"}
                answer = Page(citizen.session.post(citizen.base + path, data=sent, timeout=60))
                done_already = action == "WITHDRAW" and name == "withdrawn"
                refused = answer.status == (200 if done_already else 409)
                matrix.check("writer's refused", refused, name, action, answer.status)
    assert matrix.versions() == before
    matrix.told(capsys)
