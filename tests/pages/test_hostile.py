"""What an attacker, a clumsy program or two hurried people found: one test a bug, named after what went wrong."""
import pytest
import uuid

from city import BODY, UNIT


def forged(officer, letter, action, **fields):
    """A POST that no page of ours makes: this session's token, any fields."""
    return officer.post(f"/tickets/{letter.number}/act", action=action, **fields)


def version(city, letter):
    return city.field(letter, "version")


# ---- what the public reads ----


@pytest.mark.row("PENDING_REVIEW", "APPROVE_SUMMARY", "APPROVED_SUMMARY")
@pytest.mark.row("APPROVED_SUMMARY", "PUBLISH", "PUBLISHED")
def test_a_letter_approved_as_a_summary_was_published_with_its_words(city):
    letter = city.letter("replied", body="只在这一封里的一句话。" + BODY)
    city.secrecy_reviewer.act(letter, "approve_summary")
    city.publisher.act(letter, "publish")
    number = city.public_id(letter)
    for path in (f"/open/{number}", "/open.json?limit=100", "/open.csv", "/open.atom"):
        assert "只在这一封里的一句话" not in city.get(path).text, path
    assert city.one(f"SELECT COUNT(*) FROM pub_letter WHERE no = '{letter.number}' AND body LIKE '%{BODY[:15]}%'") == "0"


@pytest.mark.row("PENDING_REVIEW", "EDIT_EDITION", "PENDING_REVIEW")
def test_words_the_writer_did_not_give_came_back_through_the_publisher(city):
    letter = city.letter("replied", publish="no")
    city.publisher.edit_edition(letter, body=BODY)
    city.secrecy_reviewer.act(letter, "approve_summary")
    city.publisher.act(letter, "publish")
    assert BODY[:15] not in city.get(f"/open/{city.public_id(letter)}").text


# ---- the clocks ----


@pytest.mark.row("SUSPENDED", "RESUME", "HANDLING")
def test_a_suspension_gave_back_the_days_a_leader_had_taken(city):
    letter = city.letter("handling", type="complaint")
    on = city.workdays(4)
    city.leader.act(letter, "instruct", text="请抓紧", on=on.isoformat())
    city.office_reviewer.act(letter, "suspend", reason="court")
    city.office_reviewer.act(letter, "resume")
    assert city.timer(letter, "reply") == ("running", on) and city.due_on(letter) == on


def test_days_of_an_earlier_pause_were_taken_from_a_leaders_day_twice(city):
    letter = city.letter("handling", type="complaint")
    city.office_reviewer.act(letter, "suspend", reason="court")
    city.clock_add_workdays(2)
    city.office_reviewer.act(letter, "resume")
    on = city.workdays(4)
    city.leader.act(letter, "instruct", text="请抓紧", on=on.isoformat())
    city.office_reviewer.act(letter, "suspend", reason="court")
    city.office_reviewer.act(letter, "resume")
    assert city.timer(letter, "reply") == ("running", on)


def test_an_instruction_woke_the_clock_of_a_suspended_letter(city):
    letter = city.letter("handling", type="complaint")
    city.office_reviewer.act(letter, "suspend", reason="court")
    city.leader.act(letter, "instruct", text="请抓紧", on=city.workdays(2).isoformat())
    city.clock_add_workdays(6)
    city.run_slad()
    assert city.timer(letter, "reply")[0] == "paused" and not city.events(letter, "breach")


def test_an_extension_after_an_instruction_counted_calendar_days(city):
    letter = city.letter("handling", type="complaint")
    city.handler().act(letter, "request_extension", days="3", text="配件在途")
    on = city.workdays(2)
    city.leader.act(letter, "instruct", text="请抓紧", on=on.isoformat())
    city.office_reviewer.act(letter, "approve_extension")
    assert city.timer(letter, "reply")[1] == city.workdays(3, on)


# ---- forged fields ----


def test_a_co_unit_that_does_not_exist_was_a_fault_of_ours(city):
    letter = city.letter("accepted")
    page = forged(city.registrar, letter, "assign", unit="5", co=["6", "99999999"], version=version(city, letter))
    assert page.status == 422 and "没有这个单位" in page.text and city.state(letter) == "accepted"


def test_an_office_that_takes_no_letters_became_a_co_unit(city):
    letter = city.letter("accepted")
    page = forged(city.registrar, letter, "assign", unit="5", co=["1"], version=version(city, letter))
    assert page.status == 422 and city.state(letter) == "accepted"


def test_a_co_unit_named_twice_was_given_the_letter_twice(city):
    letter = city.letter("accepted")
    forged(city.registrar, letter, "assign", unit="5", co=["6", "6", "5"], version=version(city, letter))
    rows = city.sql("SELECT a.unit_id, a.role FROM assignment a JOIN ticket t ON t.id = a.ticket_id "
                    f"WHERE t.no = '{letter.number}' ORDER BY a.id")
    assert rows == [["5", "main"], ["6", "co"]]


def test_a_form_without_a_version_overruled_whoever_came_first(city):
    letter = city.letter("accepted")
    for fields in ({}, {"version": "0"}, {"version": ""}):
        page = forged(city.registrar, letter, "assign", unit="5", **fields)
        assert page.status == 409 and city.state(letter) == "accepted", fields
    page = forged(city.registrar, letter, "assign", unit=city.registrar.unit_id(UNIT), version=version(city, letter))
    assert city.state(letter) == "assigned"


# ---- who is there ----


def test_only_names_of_real_officers_were_slowed_down(city):
    def tries(*names):
        return [city.fresh(name).log_in("not-the-password-2026") for name in names]

    real, nobody = tries(*["swjt_reviewer"] * 7), tries(*["no_such_person", "NO_such_person"] * 3, "no_such_person")
    assert [page.status for page in real] == [page.status for page in nobody]
    assert real[-1].status == 429 and real[-1].errors == nobody[-1].errors
    city.clock_add_workdays(3)
    real, nobody = tries(*["swjt_reviewer"] * 2), tries(*["no_such_person"] * 2)
    assert [page.status for page in real + nobody] == [422] * 4
    assert city.fresh("swjt_reviewer").log_in().path == "/"


# ---- what was left behind ----


def test_a_request_of_the_first_round_moved_the_clock_of_the_second(city):
    letter = city.letter("handling", type="complaint")
    city.handler().act(letter, "request_extension", days="2", text="配件在途")
    city.handler().act(letter, "holding_reply", text="还在办理", on=city.workdays(3).isoformat())
    city.handler().submit_reply(letter)
    city.dept_reviewer().approve(letter)
    city.registrar.act(letter, "reopen", reason="wrong")
    assert not city.dept_reviewer().offered(letter) & {"approve_extension", "approve_holding"}
    assert {"request_extension", "holding_reply"} <= city.handler().offered(letter)


@pytest.mark.row("HANDLING", "OBJECT", "OBJECTED")
def test_a_new_unit_inherited_the_requests_and_the_name_of_the_old_one(city):
    letter, other = city.letter("handling"), "市教育局"
    city.handler().act(letter, "holding_reply", text="我局正在办理", on=city.workdays(3).isoformat())
    city.handler().draft(letter, body="城管局写了一半的答复")
    city.liaison().act(letter, "object", text="不属于我局职责")
    city.registrar.act(letter, "uphold", unit=other)
    city.liaison(other).sign(letter)
    assert "approve_holding" not in city.dept_reviewer(other).offered(letter)
    city.handler(other).submit_reply(letter)
    city.dept_reviewer(other).approve(letter)
    assert city.sql("SELECT u.name FROM reply r JOIN unit u ON u.id = r.unit_id JOIN ticket t ON t.id = r.ticket_id "
                    f"WHERE t.no = '{letter.number}' AND r.kind = 'final'") == [[other]]


# ---- long texts ----


def test_an_answer_of_many_small_pieces_could_never_be_saved(city):
    letter, family = city.letter("handling"), "👩‍👩‍👧‍👦"
    body = family * 3400  # 85 kB
    page = city.handler().draft(letter, body=body)
    assert page.status == 200 and page.form(f"/tickets/{letter.number}/draft").value("body") == body
    city.handler().submit_reply(letter, body=body)
    city.dept_reviewer().approve(letter)
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert body in city.get(f"/open/{city.public_id(letter)}").text


# ---- letters handed down ----


def transfer(city, **changed):
    body = {"type": "consult", "title": "上级转来的咨询", "body": BODY, "publish": False, "external_system": "12345",
            "external_no": uuid.uuid4().hex}
    return city.post("/api/v1/transfers", json={**body, **changed}, headers=city.transfer_token())


def test_a_superiors_day_that_had_passed_was_forgotten(city):
    assert transfer(city, due_on="2026-09-25").json()["due_on"] == "2026-09-29"
    assert transfer(city, due_on="2026-09-30").json()["due_on"] == "2026-09-30"


def test_a_number_of_another_system_in_many_pieces_was_a_fault_of_ours(city):
    number = "👩‍👩‍👧‍👦" * 45
    first, second = transfer(city, external_no=number), transfer(city, external_no=number)
    assert first.status_code == second.status_code == 201 and first.json() == second.json()


def test_what_the_registrar_asked_of_the_unit_was_lost(city):
    letter = city.letter("accepted")
    city.registrar.assign(letter, main=UNIT, text="请先电话联系写信人再去现场")
    assert "请先电话联系写信人再去现场" in city.liaison().open(letter).text
    assert "请先电话联系" not in city.citizen.track(letter).text


def test_what_was_said_to_an_approved_extension_was_lost(city):
    letter = city.letter("handling")
    city.handler().act(letter, "request_extension", text="需要订货", days="2")
    city.dept_reviewer().act(letter, "approve_extension", text="同意，请每日报告进度")
    assert "同意，请每日报告进度" in city.handler().open(letter).text
    assert "请每日报告进度" not in city.citizen.track(letter).text


def test_what_was_being_written_was_lost_when_the_letter_went_to_another_unit(city):
    letter = city.letter("handling")
    handler, words = city.handler(), "已到现场核实，七盏路灯明日全部更换。"
    draft = handler.open(letter, "/draft").form(f"/tickets/{letter.number}/draft")
    request = handler.open(letter).form(f"/tickets/{letter.number}/act", action="request_extension")
    city.liaison().act(letter, "object", text="不是我局管养的路灯")
    city.registrar.act(letter, "uphold", unit="市住房和城乡建设局")
    page = handler.submit(draft, body=words, do="save")
    assert page.status == 404 and words in page.text and letter.title not in page.html
    page = handler.submit(request, text=words, days="2")
    assert page.status == 404 and words in page.text and letter.title not in page.html
