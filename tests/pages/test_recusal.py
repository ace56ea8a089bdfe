"""Who must keep away from a letter: nobody of theirs reads it or has a part in it, wherever they ask."""
import pytest
from city import BODY, UNIT

OTHER = "市住房和城乡建设局"


def keeps_away(city, letter, *people):
    for who in people:
        assert who.open(letter).status == 404 and who.open(letter, "/review").status == 404
        for page in ("/queue?view=todo", "/queue?view=open", "/queue?view=co", "/queue?view=done", "/"):
            assert letter.title not in who.get(page).text, page
        assert who.forge(letter, "sign").status == 404
        assert who.post(f"/tickets/{letter.number}/reveal", reason="核实地点").status in (403, 404)


@pytest.mark.row("HANDLING", "RECUSE", "ACCEPTED")
def test_the_unit_that_has_the_letter_loses_it_and_cannot_get_it_back(city):
    letter = city.letter("handling", email="reporter@mail.minsheng.invalid")
    due = city.due_on(letter)
    city.handler().draft(letter, body="我局认为反映的情况不属实，请写信人不要再写信了。")
    city.registrar.act(letter, "recuse", unit=UNIT, text="来信反映该局工作人员")
    assert city.state(letter) == "accepted" and city.due_on(letter) == due
    assert city.timer(letter, "dispatch")[0] == "running" and city.timer(letter, "reply")[0] == "running"
    keeps_away(city, letter, city.handler(), city.liaison(), city.dept_reviewer())
    track = city.citizen.track(letter)
    assert "原承办单位回避" in track.text and "不属实" not in track.text
    assert city.outbox("recuse", letter, "writer") == 1 and city.outbox("recuse", letter, "office") == 1
    assert letter.number in city.mail(letter.email, "您的来信有新进展")
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="assign")
    assert city.registrar.unit_id(OTHER) in form.options["unit"].values()
    assert city.registrar.unit_id(UNIT) not in form.options["unit"].values()
    page = city.registrar.forge(letter, "assign", unit=city.registrar.unit_id(UNIT))
    assert page.status == 422 and "应当回避" in page.text and city.state(letter) == "accepted"
    city.registrar.assign(letter, main=OTHER)
    page = city.registrar.forge(letter, "recuse", unit=city.registrar.unit_id(UNIT), text="再标一次")
    assert "已经标记回避" in page.text
    city.liaison(OTHER).sign(letter)
    assert "不要再写信" not in city.handler(OTHER).open(letter, "/draft").html


def test_it_cannot_be_the_unit_that_helps_nor_the_one_it_is_given_to_after_an_objection(city):
    letter = city.letter("accepted")
    unit = city.registrar.unit_id(OTHER)
    city.registrar.act(letter, "recuse", unit=OTHER, text="来信反映该局")
    assert city.state(letter) == "accepted"
    page = city.registrar.forge(letter, "assign", unit=city.registrar.unit_id(UNIT), co=unit)
    assert page.status == 422 and "应当回避" in page.text
    city.registrar.assign(letter)
    city.liaison().act(letter, "object", text="路灯由住建局管养", unit=UNIT)
    page = city.registrar.forge(letter, "uphold", unit=unit)
    assert page.status == 422 and city.state(letter) == "objected"


@pytest.mark.row("IN_REVIEW", "RECUSE", "HANDLING")
def test_one_person_keeps_away_whatever_unit_has_it(city):
    letter = city.letter("in_review")
    page = city.registrar.attempt(letter, "recuse", login="nobody-of-that-name", text="是被反映人")
    assert page.status == 422 and "没有这个账号" in " ".join(page.errors)
    page = city.registrar.attempt(letter, "recuse", text="是被反映人")
    assert page.status == 422 and "请选择要回避的单位" in " ".join(page.errors)
    city.registrar.act(letter, "recuse", login=city.handler().login, text="是被反映人")
    assert city.state(letter) == "handling"  # what this person wrote goes to nobody
    keeps_away(city, letter, city.handler())
    assert city.liaison().open(letter).status == 200
    colleague = city.new_officer("cgj", "handler")
    colleague.submit_reply(letter, body="您好！经另一位同志核查，路灯已经修复，感谢您的监督。")
    city.dept_reviewer().approve(letter)
    assert city.state(letter) == "replied"


@pytest.mark.row("ANY", "LIFT_RECUSAL", "SAME")
def test_only_the_supervisor_lifts_it(city):
    letter = city.letter("accepted")
    city.registrar.act(letter, "recuse", unit=UNIT, text="来信反映该局")
    assert "lift_recusal" not in city.registrar.offered(letter)
    city.supervisor.act(letter, "lift_recusal", text="核实后与该局无关")
    assert "lift_recusal" not in city.supervisor.offered(letter)
    city.registrar.assign(letter)
    assert city.liaison().open(letter).status == 200


@pytest.mark.row("ANY", "RECUSE", "SAME")
def test_the_offices_of_the_mailbox_are_not_locked_out(city):
    letter = city.letter("accepted")
    office = city.one("SELECT u.id FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.login = 'registrar1'")
    takes = city.one(f"SELECT takes_letters FROM unit WHERE id = {office}")
    page = city.supervisor.forge(letter, "recuse", unit=office, text="反映信箱办公室")
    assert (page.status == 422) == (takes == "0")


def test_the_writer_names_the_unit_that_must_not_get_it(city):
    letter = city.citizen.write(type="complaint", about=OTHER, title="反映住建局工作人员推诿")
    city.registrar.accept(letter)
    page = city.registrar.open(letter)
    assert "写信人指明" in page.text and OTHER in page.text
    assert city.registrar.forge(letter, "assign", unit=city.registrar.unit_id(OTHER)).status == 422
    keeps_away(city, letter, city.handler(OTHER))


@pytest.mark.parametrize("typed, said", [
    ({"type": "consult", "about": OTHER}, "只有投诉可以指明"),
    ({"type": "complaint", "about": OTHER, "unit": OTHER}, "被反映的单位不能办理这封信"),
])
def test_what_does_not_fit_is_said_where_it_is(city, typed, said):
    page = city.citizen.check(**typed)
    assert page.status == 422 and said in " ".join(page.errors)
    assert page.form("/letters/check").value("about") != ""


def test_a_program_may_name_it_too(city):
    code = city.one(f"SELECT code FROM unit WHERE name = '{OTHER}'")
    answer = city.api_write(type="complaint", about_unit=code)
    assert answer.status_code == 201
    assert city.one("SELECT COUNT(*) FROM recusal r JOIN ticket t ON t.id = r.ticket_id WHERE r.by_officer IS NULL AND "
                    f"t.no = '{answer.json()['number']}'") == "1"
    assert city.api_write(type="consult", about_unit=code).json()["error"]["field"] == "about_unit"


@pytest.mark.row("REPLIED", "ASK_FOLLOW_UP", "ACCEPTED")
def test_a_second_round_goes_to_another_unit(city):
    letter = city.letter("replied")
    city.registrar.act(letter, "recuse", unit=UNIT, text="答复后发现有利害关系")
    assert city.state(letter) == "replied"
    city.citizen.follow_up(letter)
    assert city.state(letter) == "accepted" and city.timer(letter, "reply")[0] == "running"
    assert not {"merge", "mark_invalid"} & city.registrar.offered(letter)
    city.registrar.assign(letter, main=OTHER)
    city.liaison(OTHER).sign(letter)


# ---- what only tells that there is such a letter ----


def kept_away(city, letter, who):
    city.registrar.act(letter, "recuse", login=who.login, text="是被反映人")
    return who


def test_the_oldest_letter_is_named_to_nobody_who_must_keep_away(city):
    number = city.one("SELECT t.no FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.kind = 'veto' AND m.state = 'running' "
                      "ORDER BY m.due_on, m.id LIMIT 1")
    assert number in city.supervisor.get("/watch").text
    office = city.one("SELECT u.code FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.login = 'registrar1'")
    who = city.new_officer(office, "supervisor")
    city.sql("INSERT INTO recusal (ticket_id, officer_id, at, reason) SELECT t.id, o.id, UTC_TIMESTAMP(), '' FROM ticket t, officer o "
             f"WHERE t.no = '{number}' AND o.login = '{who.login}'")
    assert number not in who.get("/watch").text


def test_of_the_offices_too_nobody_who_must_keep_away_gets_a_mail(city):
    letter = city.letter("assigned")
    kept_away(city, letter, city.registrar2)
    city.liaison().act(letter, "object", text="路灯由住建局管养")
    first, second = (city.one(f"SELECT mail FROM officer WHERE login = '{login}'") for login in ("registrar1", "registrar2"))

    def told(address):
        return [mail for mail in city.mails(address) if letter.number in mail]
    city.wait(lambda: told(first))
    assert told(second) == []


def test_what_the_former_unit_wrote_is_not_among_the_versions_of_the_next(city):
    letter = city.letter("handling")
    words = "我局认为反映的情况不属实，请写信人不要再写信了。"
    city.handler().draft(letter, body=words)
    old = city.one(f"SELECT MAX(v.id) FROM reply_version v JOIN reply r ON r.id = v.reply_id JOIN ticket t ON t.id = r.ticket_id "
                   f"WHERE t.no = '{letter.number}'")
    city.registrar.act(letter, "recuse", unit=UNIT, text="来信反映该局工作人员")
    city.registrar.assign(letter, main=OTHER)
    city.liaison(OTHER).sign(letter)
    next_one = city.handler(OTHER)
    assert "不要再写信" not in next_one.open(letter, "/draft/versions").text
    assert next_one.open(letter, f"/draft/versions?b={old}").status == 404
    assert next_one.post(f"/tickets/{letter.number}/draft/versions", id=old, draft_version="0").status == 404


def test_no_undoing_is_offered_of_a_letter_to_keep_away_from(city):
    letter = city.letter("assigned")
    address = f"/?done=assign&of={letter.number}"
    assert city.registrar2.get(address).has_form(f"/tickets/{letter.number}/act")
    kept_away(city, letter, city.registrar2)
    assert not city.registrar2.get(address).has_form(f"/tickets/{letter.number}/act")


def test_nothing_is_merged_under_a_letter_to_keep_away_from(city):
    master, other = city.letter("accepted"), city.letter("accepted")
    kept_away(city, master, city.registrar2)
    page = city.registrar2.forge(other, "merge", master=master.number)
    assert page.status == 422 and city.state(other) == "accepted"
    city.registrar.act(other, "merge", master=master.number)


def test_a_number_of_another_system_leads_nobody_to_it(city):
    fields = {"channel": "hotline", "type": "consult", "title": "居住证怎样办理呢", "body": BODY, "publish": "yes", "phone": "13900029999",
              "external_system": "12345 平台", "external_no": "GD-KEPT"}

    def register(who):
        return who.submit(who.get("/register").form("/register"), **fields)
    number = register(city.registrar).words_of("number")
    assert number in register(city.registrar2).text
    city.registrar.post(f"/tickets/{number}/act", action="recuse", version=city.one(f"SELECT version FROM ticket WHERE no = '{number}'"),
                        login="registrar2", text="是被反映人")
    page = register(city.registrar2)
    assert page.status == 409 and number not in page.html and "已经登记过" in " ".join(page.errors)


def test_the_same_words_lead_nobody_to_it(city):
    words = "您好！来信收悉。书香路口的路灯因电缆接头进水熄灭，已于昨日更换，今晚试灯全部正常，欢迎继续监督。"
    answered, letter = city.letter("handling"), city.letter("handling")
    city.handler().submit_reply(answered, body=words)
    city.dept_reviewer().approve(answered)
    colleague = city.new_officer("cgj", "handler")
    colleague.draft(letter, body=words)
    assert answered.number in colleague.open(letter, "/draft").text
    kept_away(city, answered, colleague)
    assert answered.number not in colleague.open(letter, "/draft").text


def test_the_audit_of_it_is_for_others(city):
    letter = city.letter("accepted")
    city.registrar.reveal(letter)
    auditor = city.officer("auditadmin")
    assert letter.number in auditor.get("/admin/audit?view=reveal").text
    kept_away(city, letter, auditor)
    assert letter.number not in auditor.get("/admin/audit?view=reveal").text


def test_a_hand_over_passes_on_what_the_liaison_may_know_of(city):
    mine, kept = city.letter("handling"), city.letter("handling")
    leaver, colleague, liaison = (city.new_officer("cgj", role) for role in ("handler", "handler", "liaison"))
    ids = {who.login: city.one(f"SELECT id FROM officer WHERE login = '{who.login}'") for who in (leaver, colleague)}
    for letter in (mine, kept):
        city.liaison().act(letter, "allot", officer=ids[leaver.login])
    kept_away(city, kept, liaison)
    path = f"/admin/people/{leaver.login}/handover"
    page = liaison.get(path)
    assert mine.number in page.text and kept.number not in page.html
    page = liaison.submit(page.form(path), colleague=[ids[colleague.login]])
    assert page.status == 200 and kept.number not in page.html, page.text
    assert city.field(mine, "handler_id") == ids[colleague.login] and city.field(kept, "handler_id") == ids[leaver.login]


def all_told(who, page):
    """Fifty letters at a time; those of other scenarios stand in the same circular."""
    while page.has_form(page.path, do="tell"):
        page = who.submit(page.form(page.path, do="tell"))
    return page


def test_a_supervisor_who_keeps_away_leaves_the_letter_of_a_circular_to_a_colleague(city):
    kept, told = city.letter("handling"), city.letter("handling")
    office = city.one("SELECT u.code FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.login = 'supervisor1'")
    away, colleague = city.new_officer(office, "supervisor"), city.new_officer(office, "supervisor")
    city.registrar.act(kept, "recuse", login=away.login, text="是被反映人")
    city.sql("INSERT INTO circular_entry (ticket_id, unit_id, why, at) SELECT id, unit_id, 'ladder', UTC_TIMESTAMP() FROM ticket "
             f"WHERE no IN ('{kept.number}', '{told.number}')")
    draft = away.submit(away.get("/circulars").form("/circulars"))
    issued = all_told(away, away.submit(draft.form(draft.path), do="issue"))
    assert issued.status == 200 and "1 封信件您应当回避" in issued.text and not issued.has_form(issued.path, do="tell")
    assert (city.outbox("circularise", told), city.outbox("circularise", kept)) == (1, 0)
    assert "您应当回避" in away.get(issued.path).text and kept.number not in issued.html
    assert "您应当回避" not in city.handler().get(issued.path).text
    page = colleague.get(issued.path)
    done = all_told(colleague, page)
    assert "已通知有关单位" in done.text and city.outbox("circularise", kept) == 1
    assert "没有全部通知到" not in away.get(issued.path).text


def test_it_does_not_answer_by_way_of_another_letter(city):
    kept, at_unit, free = city.letter("accepted"), city.letter("handling"), city.letter("accepted")
    city.registrar.act(kept, "recuse", unit=UNIT, text="来信反映该局")
    page = city.registrar.attempt(kept, "merge", master=at_unit.number)
    assert page.status == 422 and "应当回避这封信的单位办理" in " ".join(page.errors) and city.state(kept) == "accepted"
    city.registrar.act(kept, "merge", master=free.number)
    page = city.registrar.forge(free, "assign", unit=city.registrar.unit_id(UNIT))
    assert page.status == 422 and "并入这封信的另一封来信" in page.text and city.state(free) == "accepted"
    city.registrar.assign(free, main=OTHER)
