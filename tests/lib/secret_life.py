"""Letters full of canaries, driven through every flow by the people of city.py: what is written on the way stays inside.

Canaries of `sealed` are contact data, codes and keys: they stand nowhere in clear, not even in the database. Those of `inside` are for
the office or for the writer. `public` are words of published letters: they have to be found, or the search is blind.
"""
import uuid

from city import BODY, REPLY, UNIT
from leaks import Canaries, Canary

HELPER = "市公安局"
OTHER = "市教育局"


class SecretLife:
    def __init__(self, city):
        self.city = city
        self.sealed, self.inside, self.public = Canaries(11), Canaries(22), Canaries(33)
        self.letters = {}

    # ---- writing ----

    def contact(self, where):
        return {"name": self.sealed.name(f"name of {where}"), "phone": self.sealed.phone(f"phone of {where}"),
                "email": self.sealed.mail(f"mail of {where}")}

    def around(self, where):
        """What a letter has besides title and body: none of it is in the public edition."""
        return {"demand": f"请尽快办理，{self.say('demand', where)}", "place": self.inside.address(f"place of {where}")}

    def say(self, what, where):
        """A sentence of the office: words, and somebody's number."""
        return f"{self.inside.words(f'{what} of {where}')}，电话 {self.inside.phone(f'{what} of {where}')}"

    def letter(self, where, state="submitted", unit=UNIT, hidden=True, **written):
        """hidden: nothing of it becomes public, so title and body are full of canaries as well."""
        given = {**self.contact(where), **self.around(where), **written}
        if hidden:
            given.setdefault("title", f"{self.inside.words(f'title of {where}')} {self.inside.phone(f'title of {where}')}")
            given.setdefault("body", self.story(where))
        letter = self.city.letter(state, unit, **given)
        self.letters[where] = letter
        self.sealed.all.append(Canary(letter.code, "code", f"query code of {where}"))
        return letter

    def story(self, where):
        return BODY + self.inside.person(f"body of {where}")[1] + self.inside.words(f"body of {where}")

    # ---- flows ----

    def live(self):
        flows = [self.published, self.cleaned, self.taken_down, self.corrected, self.summary, self.withheld, self.cleared,
                 self.replied, self.added, self.refused, self.invalid, self.merged, self.taken_back, self.supplemented, self.objected,
                 self.suspended, self.extended, self.helped, self.again, self.ordered, self.registered, self.by_programs, self.by_open311, self.kept,
                 self.reported, self.sampled, self.at_the_desk, self.mistaken]
        for flow in flows:
            flow()

    def published(self):
        """The whole way of a letter that everybody may read, with somebody's words at each step."""
        city, where = self.city, "the published letter"
        open_words = self.public.words(f"body of {where}")
        letter = self.letter(where, "accepted", hidden=False, title=f"望湖路路灯不亮 {self.public.words(f'title of {where}')}",
                             body=BODY + open_words)
        city.registrar.assign(letter, co=[HELPER], text=self.say("assigning", where))
        city.liaison().sign(letter)
        city.handler(HELPER).act(letter, "co_opinion", text=self.say("opinion", where))
        city.registrar.reveal(letter, reason=self.say("reason for looking", where))
        city.handler().draft(letter, body=REPLY + self.say("draft", where))
        city.handler().submit_reply(letter, body=REPLY + self.say("returned answer", where))
        city.dept_reviewer().return_reply(letter, text=self.say("return", where))
        city.handler().submit_reply(letter, body=REPLY + self.public.words(f"answer of {where}"))
        city.dept_reviewer().approve(letter, text=self.say("approval", where))
        city.secrecy_reviewer.act(letter, "approve_full")
        city.publisher.act(letter, "publish")
        city.citizen.rate(letter, words=self.say("rating", where))

    def clean(self, letter, parts):
        """What no rule can be sure of is taken out by the editor: the edition as the rules left it, less name and address."""
        form = self.city.publisher.open(letter, "/publish").form(f"/tickets/{letter.number}/publish")
        body = form.value("body")
        for kind in ("name", "address"):
            body = body.replace(parts[kind], "［已隐去］")
        self.city.publisher.edit_edition(letter, body=body)

    def cleaned(self):
        """Somebody wrote everything about himself into the letter; rules and editor hid it; then it was published."""
        where = "the cleaned letter"
        parts, story = self.inside.person(f"body of {where}")
        letter = self.letter(where, "replied", hidden=False, title=f"居住证办理 {self.public.words(f'title of {where}')}", body=BODY + story)
        self.clean(letter, parts)
        self.city.secrecy_reviewer.act(letter, "approve_full")
        self.city.publisher.act(letter, "publish")

    def taken_down(self):
        where = "the letter taken down"
        letter = self.letter(where, "published", hidden=False, title=f"望湖路 {self.inside.words(f'title of {where}')}",
                             body=BODY + self.inside.words(f"body of {where}"))
        self.city.publisher.act(letter, "withdraw_publication", text=self.say("reason", f"taking down of {where}"))

    def corrected(self):
        city, where = self.city, "the corrected letter"
        letter = self.letter(where, "published", hidden=False, title=f"望湖路 {self.inside.words(f'old title of {where}')}",
                             body=BODY + self.inside.words(f"old body of {where}"))
        city.publisher.edit_edition(letter, title=f"望湖路 {self.public.words(f'new title of {where}')}", body=BODY)
        city.secrecy_reviewer.act(letter, "approve_full")
        city.publisher.act(letter, "publish")
        waits = self.letter("the letter whose change waits", "published", hidden=False, title=f"望湖路 {self.inside.words('old title that waits')}")
        city.publisher.edit_edition(waits, title=f"望湖路 {self.inside.words('new title that waits')}")

    def summary(self):
        where = "the letter whose writer said no"
        self.letter(where, "published", hidden=False, publish="no", title=f"小区噪声 {self.public.words(f'title of {where}')}", body=self.story(where))

    def withheld(self):
        letter = self.letter("the withheld letter", "replied")
        self.city.secrecy_reviewer.act(letter, "withhold", reason="privacy", text=self.say("reason", "withholding"))

    def cleared(self):
        self.letter("the letter that is cleared", "cleared")

    def replied(self):
        where = "the answered letter"
        letter = self.letter(where, "handling")
        self.city.handler().submit_reply(letter, body=REPLY + self.say("answer", where))
        self.city.dept_reviewer().approve(letter)
        self.city.citizen.rate(letter, grade=1, solved="no", words=self.say("rating", where))

    def added(self):
        """Something is added to a published answer: gone until it was looked at."""
        city, where = self.city, "the letter with an addition"
        letter = self.letter(where, "published", hidden=False, title=f"望湖路 {self.inside.words(f'title of {where}')}")
        city.handler().act(letter, "correct_reply", text=self.say("what was wrong", where), reply=f"您好！{self.say('addition', where)}")
        city.dept_reviewer().act(letter, "approve_added")

    def refused(self):
        letter = self.letter("the refused letter", type="consult")
        self.city.registrar.act(letter, "refuse", reason="other_region", text=self.say("words", "refusing"))

    def invalid(self):
        letter = self.letter("the invalid letter")
        for who in (self.city.registrar, self.city.supervisor):
            who.act(letter, "mark_invalid", text=self.say("words", "calling it invalid"))

    def merged(self):
        master = self.letter("the master", "accepted", hidden=False, title=f"望湖路 {self.public.words('title of the master')}")
        letter = self.letter("the merged letter")
        self.city.registrar.act(letter, "merge", master=master.number)
        for step in ("assign", "sign"):
            getattr(self.city.registrar if step == "assign" else self.city.liaison(), step)(master)
        self.city.handler().submit_reply(master)
        self.city.dept_reviewer().approve(master)
        self.city.secrecy_reviewer.act(master, "approve_full")
        self.city.publisher.act(master, "publish")

    def taken_back(self):
        for state, kind in (("submitted", "complaint"), ("handling", "consult")):
            where = f"the {kind} its writer took back"
            self.city.citizen.withdraw(self.letter(where, state, type=kind), reason=self.say("reason", where))

    def supplemented(self):
        city, where = self.city, "the supplemented letter"
        letter = self.letter(where)
        city.registrar.act(letter, "request_supplement", text=self.say("question", where))
        city.citizen.supply(letter, self.say("supplement", where))

    def objected(self):
        city, where = self.city, "the letter nobody wanted"
        letter = self.letter(where, "assigned")
        city.liaison().act(letter, "object", text=self.say("objection", where))
        city.registrar.act(letter, "reject_objection", text=self.say("ruling", where))

    def suspended(self):
        city, where = self.city, "the suspended letter"
        letter = self.letter(where, "handling", type="complaint")
        city.office_reviewer.act(letter, "suspend", reason="appraisal", on="2026-10-12", text=self.say("reason", where))

    def extended(self):
        city, where = self.city, "the extended letter"
        letter = self.letter(where, "handling")
        city.handler().act(letter, "request_extension", days="2", text=self.say("request", where))
        city.dept_reviewer().act(letter, "deny_extension", text=self.say("refusal", where))
        city.handler().act(letter, "holding_reply", text=self.say("holding answer", where), on="2026-10-13")

    def helped(self):
        city, where = self.city, "the letter of a recused unit"
        letter = self.letter(where, "handling")
        city.handler().draft(letter, body=REPLY + self.say("draft", where))
        city.registrar.act(letter, "recuse", unit=UNIT, text=self.say("why", where))
        city.registrar.assign(letter, main=OTHER, text=self.say("assigning", where))

    def again(self):
        """A published letter whose writer asks once more: what was public goes, the question never comes."""
        city, where = self.city, "the letter asked about again"
        letter = self.letter(where, "published", hidden=False, title=f"望湖路 {self.inside.words(f'title of {where}')}")
        city.citizen.follow_up(letter, self.say("question", where))
        city.handler().submit_reply(letter, body=REPLY + self.say("second answer", where))
        city.dept_reviewer().approve(letter)

    def ordered(self):
        """Supervision: reminders, orders, feedback, a circular, a leader's words, a writer's nudge."""
        city, where = self.city, "the pressed letter"
        letter = self.letter(where, "handling")
        city.supervisor.act(letter, "urge", text=self.say("urging", where))
        city.supervisor.act(letter, "supervise", text=self.say("order", where))
        city.liaison().act(letter, "feedback", text=self.say("feedback", where))
        city.leader.act(letter, "instruct", text=self.say("instruction", where))
        city.supervisor.act(letter, "circularise", text=self.say("circular", where))
        draft = city.supervisor.submit(city.supervisor.get("/circulars").form("/circulars"))
        words = {"title": f"通报 {self.inside.words('title of the circular')}", "intro": self.say("beginning", "the circular"),
                 "closing": self.say("end", "the circular")}
        assert city.supervisor.submit(draft.form(draft.path), do="issue", **words).status == 200
        city.clock(city.workdays(6).isoformat() + " 10:00")
        city.citizen.nudge(letter)

    def reported(self):
        """A bulletin that is published: its words are for everybody, what was written about it is not."""
        city, code = self.city, "2026-06"

        def do(who, deed, **fields):
            version = who.get(f"/reports/{code}").html.partition('name="version" value="')[2].partition('"')[0]
            page = who.post(f"/reports/{code}/do", do=deed, version=version, **fields)
            assert page.status == 200, page.text
        city.supervisor.post("/reports", code=code)
        form = city.supervisor.get(f"/reports/{code}/edit").form(f"/reports/{code}/edit")
        assert city.supervisor.submit(form, topics=self.inside.words("first words of the bulletin")).status == 200
        form = city.supervisor.get(f"/reports/{code}/edit").form(f"/reports/{code}/edit")
        assert city.supervisor.submit(form, topics=self.public.words("words of the bulletin")).status == 200
        do(city.leader, "sign", words=self.say("note", "signing the bulletin"))
        do(city.leader, "unsign", words=self.say("reason", "taking back the signature"))
        do(city.leader, "sign", words=self.say("note", "signing the bulletin again"))
        do(city.publisher, "publish")

    def sampled(self):
        """Answers drawn and scored: the public reads figures, never what was wrong with a letter."""
        city = self.city
        rule = {"quarter": "2026-3", "from": "2026-07-01", "until": "2026-09-29", "draw_on": "2026-09-30", "units": "30", "letters": "30",
                "least": "1", "factor": ""}
        city.clock("2026-09-29 16:00")
        page = city.supervisor.submit(city.supervisor.get("/samples/new").form("/samples/new"), **rule)
        assert "已公告" in page.text, page.errors
        path = page.path
        city.clock("2026-09-30 10:00")
        city.supervisor.submit(city.supervisor.get(path).form(path + "/do", do="draw"))
        sheets = [sheet for sheet, in city.sql(f"SELECT id FROM sample_letter WHERE sample_id = {path.rsplit('/', 1)[1]}")]
        assert sheets
        for sheet in sheets:
            form = city.supervisor.get(f"/samples/letters/{sheet}").form(f"/samples/letters/{sheet}")
            marks = {"m1": "20", "m2": "15", "m3": "10", "m4": "15", "m5": "10", "m6": "5", "m7": "10", "m8": "10"}
            why = {"w1": self.say("why points were lost", "a sample"), "words": self.say("remark", "a sample")}
            page = city.supervisor.submit(form, **{**marks, **{f"w{n}": "" for n in range(2, 9)}, **why, "next": [], "redo": ""})
            assert page.status == 200, page.errors
        page = city.supervisor.submit(city.supervisor.get(path).form(path + "/do", do="publish"), summary=self.public.words("summary of the sample"))
        assert "已在公众网站公布" in page.text, page.errors

    # ---- other ways in ----

    def registered(self):
        city, where = self.city, "the registered letter"
        contact = self.contact(where)
        contact.pop("email")
        given = {"channel": "hotline", "type": "consult", "title": self.inside.words(f"title of {where}"), "body": self.story(where),
                 "publish": "yes", "external_system": "12345 平台", "external_no": self.inside.words(f"number of {where}"), **contact}
        page = city.registrar.submit(city.registrar.get("/register").form("/register"), **given)
        assert page.status == 200 and "已登记" in page.text, page.errors
        city.registrar.submit(city.registrar.get("/register").form("/register"), to="/register/caller", phone=given["phone"])

    def by_programs(self):
        city, where = self.city, "the letter of a program"
        contact = self.contact(where)
        sent = {"title": self.inside.words(f"title of {where}"), "body": self.story(where)}
        assert city.api_write(contact=contact, **sent).status_code == 201
        assert city.api_write(contact={**contact, "phone": contact["phone"] + "x"}, **sent).status_code == 422
        body = {"external_system": "省长信箱", "external_no": uuid.uuid4().hex, "type": "complaint",
                "title": self.inside.words(f"transfer of {where}"), "body": self.story(where),
                "contact": self.contact(f"transfer of {where}")}
        city.post("/api/v1/transfers", json=body, headers=city.transfer_token())

    def by_open311(self):
        city, where = self.city, "the letter by Open311"
        contact = self.contact(where)
        made = city.ctl("key", "add", "泄露试验", "--contact", "信息中心", check=True).stdout.strip()
        self.sealed.all.append(Canary(made, "key", f"key of {where}"))
        sent = {"api_key": made, "service_code": "complaint", "description": self.story(where), "address_string": self.inside.address(where),
                "first_name": contact["name"][1:], "last_name": contact["name"][0], "phone": contact["phone"], "email": contact["email"],
                "attribute[title]": self.inside.words(f"title of {where}"), "attribute[publish]": "yes",
                "media_url": f"https://photos.example/{self.inside.mail(f'picture of {where}')}.jpg", "device_id": self.inside.wechat(f"device of {where}")}
        for form in ("json", "xml"):
            for changed in ({"phone": contact["phone"] + "x"}, {"api_key": self.inside.wechat(f"wrong key of {where}")}, {}):
                answer = city.post(f"/open311/v2/requests.{form}", data={**sent, **changed}, headers={"Idempotency-Key": "leak-1"})
        assert answer.status_code == 200, answer.text
        city.get("/open311/v2/requests.json", params={"api_key": made, "service_request_id": self.inside.words("number by Open311")})

    def kept(self):
        """A letter that was not finished, kept under a code; one that was dropped."""
        city, where = self.city, "the kept letter"
        sealed = Canaries(44)  # all of it is sealed under the code
        for drop in (False, True):
            form, given = city.citizen.form(type="complaint", publish=[], **self.contact(where), title=sealed.words(f"title of {where}"),
                                            body=sealed.words(f"body of {where}"), place=sealed.address(f"place of {where}"))
            page = city.citizen.submit(form, to="/letters/keep", **given)
            assert "草稿存好了" in page.text
            if drop:
                city.citizen.submit(page.form("/letters/edit"), to="/letters/drop")
        self.sealed.all += sealed.all

    # ---- what is typed and not kept ----

    def at_the_desk(self):
        """Searched for, exported, mistyped at the desk."""
        city, letter = self.city, self.letters["the refused letter"]
        for words in (self.inside.name("search at the desk"), self.inside.phone("search at the desk"), letter.name, letter.phone):
            city.supervisor.get("/queue", params={"view": "all", "q": words})
            city.supervisor.get("/queue.csv", params={"view": "all", "q": words})
        city.supervisor.post("/files", kind="letters", of="view=all")
        for login in (self.inside.phone("login"), self.inside.words("login"), self.inside.mail("login")):
            form = city.fresh("nobody").send("GET", "/login").form("/login")
            city.fresh("nobody").submit(form, login=login, password=self.inside.words("password"))
        handling = self.letter("the letter with a mistake", "handling")
        page = city.handler().attempt(handling, "request_extension", days="99", text=self.say("reason", "a mistake at the desk"))
        assert page.status == 422
        city.handler().post(f"/tickets/{handling.number}/act", action=self.inside.words("action by hand"),
                            text=self.say("text", "an action by hand"))

    def mistaken(self):
        """Citizens' forms with mistakes, searches, wrong codes, addresses that do not exist."""
        city, say = self.city, self.inside
        page = city.citizen.check(**self.contact("a form with mistakes"), title="短", body=self.story("a form with mistakes"),
                                  place=say.address("a mistake"))
        assert page.status == 422
        checked = city.citizen.check(**self.contact("a letter not sent"), title=say.words("a letter not sent"),
                                     body=self.story("a letter not sent"))
        city.citizen.submit(checked.form("/letters/send"), to="/letters/edit")
        for words in (say.name("search"), say.phone("search"), say.words("search")):
            city.citizen.get("/open", params={"q": words})
            city.citizen.get("/letters/similar.json", params={"title": words})
            city.get("/open.json", params={"q": words, "type": words})
            city.get("/open.atom", params={"q": words, "unit": words})
        city.citizen.ask(say.words("number on the track page"), say.words("code on the track page"))
        city.citizen.submit(city.citizen.get("/letters/continue").form("/letters/continue"), code=say.words("code of a kept letter"))
        city.post("/api/v1/letters", data=f'{{"title": "{say.words("broken JSON")}", "phone": "{say.phone("broken JSON")}"'.encode(),
                  headers={"Content-Type": "application/json"})
        city.post("/letters/send", data={"body": say.words("a form by hand"), "phone": say.phone("a form by hand")})
        city.post("/letters/check", data={"body": say.words("a form too large") + "灯" * 200_000})
        city.get("/open", headers={"Cookie": f"x={say.phone('cookie')}", "Referer": f"http://x.invalid/{say.phone('referrer')}",
                                   "User-Agent": say.phone("user agent"), "Accept-Language": say.phone("language")})
