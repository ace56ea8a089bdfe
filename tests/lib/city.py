"""A city to act in: an instance with the demo city, and its people, who use the real pages over nginx.

city.citizen writes, follows and rates; city.registrar, city.handler("市城市管理局") and the others work at the desk. Each
method is what a person does: opens the page, fills in its form, sends it. Nothing is faked; what is asked of the
database directly stands under that heading.
"""
import collections
import contextlib
import contextvars
import datetime
import itertools
import re
import uuid

import requests
from browser import Browser
from independent_stats import Calendar
from instance import Instance
from mails import Mailbox

PASSWORD = "minsheng-demo-2026"  # of all demo accounts where environment = test
NEW_PASSWORD = "a-long-password-2026"
UNIT = "市城市管理局"
BODY = "望湖路书香路口往西，靠公园一侧的七盏路灯从上周起就不亮了，晚上接孩子看不清路面，请尽快派人检修。"
REPLY = "您好！来信收悉。我局市政设施科已到现场检查，更换了进水的电缆接头，今晚试灯全部正常。感谢您的监督。"
NAMES = ["郑晓禾", "冯雨桐", "褚云帆", "卫嘉树", "蒋思远", "韩书瑶", "杨知行", "朱子衿", "秦若水", "许未央"]

Letter = collections.namedtuple("Letter", "number code due name phone email title page")

# Where a button is when it is not on the letter's own page.
PLACES = dict.fromkeys(["approve_reply", "return_reply", "superior_approve", "superior_return"], "/review")
PLACES |= dict.fromkeys(["approve_full", "approve_summary", "withhold", "return_edition", "publish", "withdraw_publication"],
                        "/publish")


# While letters are only brought to where a scenario begins: nobody looks at the page to which a form leads.
HURRIED = contextvars.ContextVar("hurried", default=False)


@contextlib.contextmanager
def in_a_hurry():
    token = HURRIED.set(True)
    try:
        yield
    finally:
        HURRIED.reset(token)


class City(Instance):
    def up(self):
        """The demo city is played so that it is as of START."""
        self.demo = False
        super().up()
        self.ctl("demo-load", check=True)
        self.calendar = Calendar()
        self.mailbox = Mailbox(self.dir / "mail" / "new")
        self.count = itertools.count(1)
        self.said = set()  # what may be in no log
        self.officers = {}
        self.citizen = Citizen(self)

    # ---- people ----

    def officer(self, login):
        if login not in self.officers:
            self.officers[login] = Officer(self, login)
        return self.officers[login]

    def of_unit(self, role, unit):
        rows = self.sql("SELECT o.login FROM officer o JOIN officer_role r ON r.officer_id = o.id JOIN unit u "
                        f"ON u.id = o.unit_id WHERE r.role = '{role}' AND u.name = '{unit}' ORDER BY o.id")
        return self.officer(rows[0][0])

    def liaison(self, unit=UNIT):
        return self.of_unit("liaison", unit)

    def handler(self, unit=UNIT):
        return self.of_unit("handler", unit)

    def dept_reviewer(self, unit=UNIT):
        return self.of_unit("dept_reviewer", unit)

    registrar = property(lambda self: self.officer("registrar1"))
    registrar2 = property(lambda self: self.officer("registrar2"))
    office_reviewer = property(lambda self: self.officer("office_reviewer"))
    secrecy_reviewer = property(lambda self: self.officer("secrecy1"))
    publisher = property(lambda self: self.officer("publisher1"))
    supervisor = property(lambda self: self.officer("supervisor1"))
    leader = property(lambda self: self.officer("leader1"))
    superior = property(lambda self: self.officer("superior1"))

    def fresh(self, login):
        """The same person at another computer: not logged in yet."""
        return Officer(self, login)

    def new_officer(self, unit, *roles):
        """Somebody just hired, made by the operator."""
        login = f"newcomer{next(self.count)}"
        options = [word for role in roles for word in ("--role", role)]
        words = ["user", "add", login, *options, "--unit", unit, "--password-stdin"]
        self.ctl(*words, input=NEW_PASSWORD + "\n", check=True)
        return Officer(self, login, NEW_PASSWORD)

    # ---- letters ----

    def citizen_at(self, address):
        """Somebody in another network: the loopback has many addresses."""
        other = Citizen(self)
        adapter = requests.adapters.HTTPAdapter()
        adapter.init_poolmanager(8, 8, source_address=(address, 0))
        other.session.mount("http://", adapter)
        return other

    def letter(self, state="submitted", unit=UNIT, **written):
        """A letter brought into a state by the people whose work that is."""
        with in_a_hurry():
            return self.brought(state, unit, **written)

    def brought(self, state, unit, **written):
        letter = self.citizen.write(**written)
        clearing = "approve_summary" if written.get("publish") == "no" else "approve_full"
        steps = [
            ("accepted", lambda: self.registrar.accept(letter)),
            ("assigned", lambda: self.registrar.assign(letter, main=unit)),
            ("handling", lambda: self.liaison(unit).sign(letter)),
            ("in_review", lambda: self.handler(unit).submit_reply(letter)),
            ("replied", lambda: self.dept_reviewer(unit).approve(letter)),
            ("cleared", lambda: self.secrecy_reviewer.act(letter, clearing)),
            ("published", lambda: self.publisher.act(letter, "publish")),
        ]
        if state != "submitted":
            for name, step in steps:
                step()
                if name == state:
                    break
            else:
                raise AssertionError(f"no steps lead to {state}")
        return letter

    def api_write(self, **changed):
        """POST /api/v1/letters; the answer as it came."""
        n = next(self.count)
        contact = {"name": NAMES[n % len(NAMES)], "phone": f"1390001{n:04d}"}
        body = {"type": "consult", "title": f"新生儿参保材料咨询 {n}", "body": BODY, "publish": True, "contact": contact,
                "idempotency_key": uuid.uuid4().hex}
        body.update(changed)
        self.said |= {body["title"], body["contact"]["phone"], body["body"]}
        answer = self.post("/api/v1/letters", json=body)
        self.said |= {answer.json()["query_code"]} if answer.status_code == 201 else set()
        return answer

    def transfer_token(self):
        """The superior's token, set up as an operator does; as headers."""
        path = self.dir / "secrets" / "transfer_token"
        if not path.exists():
            path.write_text(uuid.uuid4().hex)
            path.chmod(0o600)
        self.said.add(path.read_text())
        return {"Authorization": "Bearer " + path.read_text()}

    # ---- asked of the database ----

    def field(self, letter, column):
        return self.one(f"SELECT {column} FROM ticket WHERE no = '{letter.number}'")

    def state(self, letter):
        return self.field(letter, "state")

    def public_id(self, letter):
        return self.one(f"SELECT id FROM pub_letter WHERE no = '{letter.number}'")

    def due_on(self, letter):
        return datetime.date.fromisoformat(self.field(letter, "due_on"))

    def timer(self, letter, kind):
        """(state, due day) of the newest clock of that kind."""
        rows = self.sql("SELECT m.state, m.due_on FROM timer m JOIN ticket t ON t.id = m.ticket_id "
                        f"WHERE t.no = '{letter.number}' AND m.kind = '{kind}' ORDER BY m.id DESC LIMIT 1")
        return (rows[0][0], datetime.date.fromisoformat(rows[0][1])) if rows else None

    def events(self, letter, what, kind="reply"):
        """(true moment, recorded at) in China's time."""
        return self.sql("SELECT CONVERT_TZ(e.due_at, '+00:00', '+08:00'), CONVERT_TZ(e.at, '+00:00', '+08:00') "
                        "FROM timer_event e JOIN timer m ON m.id = e.timer_id JOIN ticket t ON t.id = e.ticket_id "
                        f"WHERE t.no = '{letter.number}' AND e.what = '{what}' AND m.kind = '{kind}' ORDER BY e.id")

    def outbox(self, event, letter, audience=None):
        return int(self.one("SELECT COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.ticket_id "
                            f"WHERE t.no = '{letter.number}' AND o.event = '{event}'"
                            + (f" AND o.audience = '{audience}'" if audience else "")))

    def mails(self, to):
        """Subject and text of what came for an address, in order."""
        return [f"{mail.subject}\n{mail.text}" for mail in self.mailbox.all() if to in mail.to]

    def mail(self, to, subject):
        """The mail with these words in its subject, when it has come."""
        return self.wait(lambda: next((mail for mail in self.mails(to) if subject in mail.split("\n")[0]), None))

    # ---- time ----

    def today(self):
        return datetime.date.fromisoformat(self.now[:10])

    def workdays(self, n, after=None):
        """The day n working days after another (today)."""
        return self.calendar.add(after or self.today(), n)

    def clock_add_workdays(self, n):
        self.clock(self.workdays(n).isoformat() + self.now[10:16])

    def run_slad(self):
        """Until slad has fired all that is due at the time set, closed and resumed what is over, and counted it."""
        utc = datetime.datetime.fromisoformat(self.now).astimezone(datetime.timezone.utc).strftime("%F %T")
        promised = "EXISTS (SELECT 1 FROM timer p WHERE p.ticket_id = m.ticket_id AND p.kind = 'promise' AND p.state <> 'stopped')"
        self.wait(lambda: self.one(
            f"SELECT (SELECT COUNT(*) FROM timer WHERE next_at <= '{utc}') + (SELECT COUNT(*) FROM stat_delta) + "
            "(SELECT COUNT(*) FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.kind = 'rate' AND m.state = 'running' AND "
            f"m.due_on < '{self.today()}' AND t.state = 'replied' AND NOT {promised}) + (SELECT COUNT(*) FROM suspension s JOIN ticket t "
            f"ON t.id = s.ticket_id WHERE s.to_at IS NULL AND s.until_on <= '{self.today()}' AND t.state = 'suspended')") == "0")

    @contextlib.contextmanager
    def slad_away(self):
        """Nothing that falls due now is seen before the end of this."""
        self.run_slad()
        with self.stands_still("slad"):
            yield


class Citizen(Browser):
    """Somebody who writes to the city; has no account."""

    def __init__(self, city):
        super().__init__(city.public)
        self.city = city

    def form(self, **values):
        """The form of a new letter, filled in but not sent: (form, values)."""
        n = next(self.city.count)  # addresses and numbers that nobody in the demo city has
        given = {"type": "complaint", "title": f"望湖路中段路灯不亮 {n}", "body": BODY, "publish": "yes",
                 "name": NAMES[n % len(NAMES)], "phone": f"1390003{n:04d}", "email": f"reader{n}@mail.minsheng.invalid"}
        given.update(values)
        self.city.said |= {given[key] for key in ("title", "body", "phone", "email") if len(given[key]) > 6}
        self.city.said |= set(NAMES)
        return self.get("/letters/new").form("/letters/check"), given

    def check(self, **values):
        """Fills in the form and goes to the page that shows it once more (or what is wrong)."""
        form, given = self.form(**values)
        return self.submit(form, **given)

    def send_checked(self, page):
        return self.submit(page.form("/letters/send"))

    def write(self, **values):
        form, given = self.form(**values)
        checked = self.submit(form, **given)
        assert checked.has_form("/letters/send"), checked.errors
        return self.receipt(self.send_checked(checked), given)

    def receipt(self, page, given):
        assert page.status == 200 and "已收到您的信" in page.text, page.text
        code = page.by_id["code"][1]["data-value"]
        self.city.said.add(code)
        due = re.search(r"最迟答复 (\S+)", page.text)[1]
        contact = [given[key] for key in ("name", "phone", "email")]
        return Letter(page.words_of("number"), code, due, *contact, given["title"], page)

    def ask(self, number, code):
        """Number and code typed into the page, whatever comes of it."""
        return self.submit(self.get("/track").form("/track"), number=number, code=code)

    def track(self, letter):
        page = self.ask(letter.number, letter.code)
        assert page.status == 200 and page.has_form("/track") is False, page.text
        return page

    def rate(self, letter, grade=5, solved="yes", words=""):
        return self.submit(self.track(letter).form("/track/rate"), grade=str(grade), solved=solved, words=words)

    def supply(self, letter, answer="在望湖路 26 号门口，灯杆上有编号 G-117。"):
        return self.submit(self.track(letter).form("/track/supply"), answer=answer)

    def follow_up(self, letter, question="请问同一条路上其余的灯什么时候检修？"):
        return self.submit(self.track(letter).form("/track/ask"), question=question)

    def withdraw(self, letter, reason="已经修好了", sure="撤回"):
        asked = self.submit(self.track(letter).form("/track/withdraw"))
        return self.submit(asked.form("/track/withdraw"), reason=reason, sure=sure)

    def nudge(self, letter):
        return self.submit(self.track(letter).form("/track/nudge"))


def is_done(page, address):
    """What was sent to that address led on to another page."""
    if page.status == 303:
        return not page.headers["Location"].startswith("/login")
    return page.status == 200 and not page.path.endswith(address)


class Officer(Browser):
    """Somebody of the office, at the desk. Logs in when a page asks for it, as after a clock that was moved."""

    def __init__(self, city, login, password=PASSWORD):
        super().__init__(city.desk)
        self.city, self.login, self.password, self.tokens = city, login, password, {}

    def log_in(self, password=None, at="/login"):
        self.session.cookies.clear()  # whoever was logged in logs in again
        page = super().get(at)
        form = page.form("/login")
        return Browser.submit(self, form, login=self.login, password=password or self.password)

    def get(self, path, **kw):
        page = super().get(path, **kw)
        if page.path != "/login":
            return page
        page = self.log_in()
        assert page.path != "/login", page.text
        return super().get(path, **kw)

    def send(self, method, path, **kw):
        if method == "POST" and path != "/login" and HURRIED.get():
            kw.setdefault("allow_redirects", False)
        return super().send(method, path, **kw)

    def everything(self, path):
        """The text of a list with all its pages: other tests have letters, too."""
        page, text = self.get(path), ""
        for _ in range(60):
            text += page.text
            if not page.link("next"):
                return text
            page = self.get(page.link("next"))
        raise AssertionError(f"{path} has no end")

    def page_with(self, path, words):
        """The page of a list on which these words stand."""
        page = self.get(path)
        while words not in page.text:
            assert page.link("next"), f"{words} is nowhere in {path}"
            page = self.get(page.link("next"))
        return page

    def open(self, letter, tail=""):
        return self.get(f"/tickets/{letter.number}{tail}")

    def offered(self, letter):
        """The actions whose forms are on the pages of a letter, and the two that have pages of their own."""
        found = set()
        for tail in ("", "/review", "/publish"):
            page = self.open(letter, tail)
            found |= {form.value("action") for form in page.forms if form.action.endswith("/act")}
            if page.has_form(f"/tickets/{letter.number}/publish"):
                found.add("edit_edition")
            if tail == "" and any(href.endswith("/draft") for href, _, _ in page.links):
                found.add("submit_reply")
        return found

    def attempt(self, letter, action, **fields):
        """Fills in and sends the form of an action, whatever comes of it."""
        page = self.open(letter, PLACES.get(action, ""))
        return self.submit(page.form(f"/tickets/{letter.number}/act", action=action), **fields)

    def act(self, letter, action, **fields):
        page = self.attempt(letter, action, **fields)
        assert is_done(page, "/act"), page.errors or page.text
        return page

    def post(self, path, **fields):
        """A POST without a form: with this session's token, when it has one."""
        return self.send("POST", path, data={"csrf": self.token(), **fields})

    def token(self):
        """What this session's forms carry; read once, until the clock moves, which may end the session: also one that
        was moved back meanwhile, as slad swept at the other time."""
        session = self.session.cookies.get("sid"), self.city.moves
        if not self.tokens.get(session):
            page = self.get("/")
            session = self.session.cookies.get("sid"), self.city.moves
            self.tokens = {session: next((form.value("csrf") for form in page.forms if form.value("csrf")), "")}
        return self.tokens[session]

    def forge(self, letter, action, **fields):
        """An action that no page offers, sent all the same: with this session's token and the right version."""
        version = self.city.field(letter, "version")
        return self.post(f"/tickets/{letter.number}/act", action=action, version=version, **fields)

    # ---- the usual work ----

    def accept(self, letter):
        return self.act(letter, "accept")

    def assign(self, letter, main=UNIT, co=(), text=""):
        return self.act(letter, "assign", unit=main, co=[self.unit_id(name) for name in co], text=text)

    def unit_id(self, name):
        return self.city.one(f"SELECT id FROM unit WHERE name = '{name}'")

    def sign(self, letter):
        return self.act(letter, "sign")

    def draft(self, letter, body=REPLY, result="solved", on="", do="save"):
        form = self.open(letter, "/draft").form(f"/tickets/{letter.number}/draft")
        return self.submit(form, body=body, result=result, on=on, do=do)

    def submit_reply(self, letter, body=REPLY, result="solved", on=""):
        self.city.said.add(body)
        page = self.draft(letter, body, result, on, do="submit")
        if "仍然提交" in page.text:  # something is likely missing: asked about once
            page = self.submit(page.form(f"/tickets/{letter.number}/draft"), do="anyway")
        assert is_done(page, "/draft"), page.errors or page.text
        return page

    def approve(self, letter, text=""):
        return self.act(letter, "approve_reply", text=text)

    def return_reply(self, letter, text="请写明联系电话"):
        return self.act(letter, "return_reply", text=text)

    def edit_edition(self, letter, **fields):
        return self.submit(self.open(letter, "/publish").form(f"/tickets/{letter.number}/publish"), **fields)

    def reveal(self, letter, reason="电话核实地点"):
        return self.submit(self.open(letter).form(f"/tickets/{letter.number}/reveal"), reason=reason)
