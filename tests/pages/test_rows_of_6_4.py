"""Every row of domain 6.4 that somebody starts has a scenario by people, over HTTP; here are those without another
place.

A scenario says which rows it shows by @pytest.mark.row("HANDLING", "OBJECT", "OBJECTED") (lib/rows.py); the two checks
below read tickets/states.tbl and the marks of all files of this folder.
"""
import pytest
import rows
import tables
from city import REPLY, UNIT


def test_every_row_has_a_scenario():
    missing = [" ".join(row) for row in tables.started_by_people() if row not in rows.shown()]
    assert not missing, f"{len(missing)} rows of tickets/states.tbl without a scenario: " + "; ".join(missing)


def test_no_scenario_shows_a_row_that_is_not_there():
    there = {(step.start, step.action, step.to) for step in tables.steps()}
    assert {row: files for row, files in rows.shown().items() if row not in there} == {}


# ---- the writer takes a letter back, wherever it is before the answer ----


def suspended(city):
    letter = city.letter("handling")
    city.office_reviewer.act(letter, "suspend", reason="court", on="2026-11-30")
    return letter


def objected(city):
    letter = city.letter("assigned")
    city.liaison().act(letter, "object", text="不是我局管养的路灯")
    return letter


def asked_for_more(city):
    letter = city.letter()
    city.registrar.act(letter, "request_supplement", text="请写明灯杆编号。")
    return letter


def with_the_superior(city):
    letter = city.letter("in_review", type="site_error", title="办事指南里的电话打不通")
    city.dept_reviewer().approve(letter)
    city.office_reviewer.approve(letter)
    return letter


@pytest.mark.parametrize("bring", [
    pytest.param(lambda city: city.letter(), marks=pytest.mark.row("SUBMITTED", "WITHDRAW", "WITHDRAWN")),
    pytest.param(asked_for_more, marks=pytest.mark.row("SUPPLEMENT", "WITHDRAW", "WITHDRAWN")),
    pytest.param(lambda city: city.letter("accepted"), marks=pytest.mark.row("ACCEPTED", "WITHDRAW", "WITHDRAWN")),
    pytest.param(lambda city: city.letter("handling"), marks=pytest.mark.row("HANDLING", "WITHDRAW", "WITHDRAWN")),
    pytest.param(objected, marks=pytest.mark.row("OBJECTED", "WITHDRAW", "WITHDRAWN")),
    pytest.param(suspended, marks=pytest.mark.row("SUSPENDED", "WITHDRAW", "WITHDRAWN")),
    pytest.param(lambda city: city.letter("in_review"), marks=pytest.mark.row("IN_REVIEW", "WITHDRAW", "WITHDRAWN")),
    pytest.param(with_the_superior, marks=pytest.mark.row("SUBMITTED_UP", "WITHDRAW", "WITHDRAWN")),
])
def test_before_the_answer_the_writer_takes_a_letter_back(city, bring):
    letter = bring(city)
    assert "已撤回" in city.citizen.withdraw(letter).text
    assert city.state(letter) == "withdrawn" and city.field(letter, "due_on") == "NULL"
    running = "SELECT m.kind FROM timer m JOIN ticket t ON t.id = m.ticket_id WHERE m.state <> 'stopped' AND t.no = "
    assert city.sql(f"{running} '{letter.number}'") == []
    assert not city.citizen.track(letter).has_form("/track/withdraw")


# ---- accepted, then invalid ----


@pytest.mark.row("ACCEPTED", "MARK_INVALID", "ACCEPTED")
@pytest.mark.row("ACCEPTED", "MARK_INVALID", "INVALID")
def test_an_accepted_letter_is_judged_invalid_by_two(city):
    letter = city.letter("accepted", title="测试测试测试")
    city.registrar.act(letter, "mark_invalid", text="测试信件")
    assert city.state(letter) == "accepted" and "mark_invalid" not in city.registrar.offered(letter)
    assert city.registrar2.forge(letter, "mark_invalid", text="同意").status == 403  # the second word is the supervisor's
    city.supervisor.act(letter, "mark_invalid", text="同意")
    assert city.state(letter) == "invalid"


# ---- pushed ----


@pytest.mark.row("ANY_OPEN", "REMIND", "SAME")
@pytest.mark.row("ANY_OPEN", "CIRCULARISE", "SAME")
def test_a_reminder_asks_for_nothing_and_a_circular_for_an_answer(city):
    letter = city.letter("handling")
    city.supervisor.act(letter, "remind")
    assert "feedback" not in city.liaison().offered(letter) and city.outbox("remind", letter, "unit") == 1
    city.supervisor.act(letter, "circularise", text="逾期未报，予以通报")
    assert city.state(letter) == "handling" and city.timer(letter, "supervise_feedback")[0] == "running"
    assert "逾期未报，予以通报" in city.liaison().open(letter).text
    assert "逾期未报" not in city.citizen.track(letter).text
    assert "feedback" in city.liaison().offered(letter)


@pytest.mark.row("HANDLING", "RETURN_HOLDING", "HANDLING")
def test_a_holding_reply_that_is_sent_back_is_not_seen_and_may_be_written_again(city):
    letter = city.letter("handling")
    city.handler().act(letter, "holding_reply", text="电缆已订货。", on="2026-10-13")
    city.dept_reviewer().act(letter, "return_holding", text="请写明供货商答应的日期")
    assert "请写明供货商答应的日期" in city.handler().open(letter).text
    assert "电缆已订货" not in city.citizen.track(letter).text
    city.handler().act(letter, "holding_reply", text="供货商答应12日送到。", on="2026-10-13")
    city.dept_reviewer().act(letter, "approve_holding")
    assert "供货商答应12日送到" in city.citizen.track(letter).text


# ---- over, and yet not over ----


def closed(city):
    letter = city.letter("replied")
    city.citizen.rate(letter)
    assert city.state(letter) == "closed"
    return letter


@pytest.mark.row("CLOSED", "ASK_FOLLOW_UP", "HANDLING")
def test_who_was_satisfied_may_still_ask(city):
    letter = closed(city)
    city.citizen.follow_up(letter)
    assert city.state(letter) == "handling" and city.field(letter, "round") == "2"
    assert city.outbox("ask_follow_up", letter, "unit") == 1


@pytest.mark.row("CLOSED", "REOPEN", "HANDLING")
def test_a_closed_letter_whose_promise_was_broken_is_handled_again(city):
    letter = closed(city)
    city.registrar.act(letter, "reopen", reason="promise_broken", text="灯又不亮了")
    assert city.state(letter) == "handling" and city.field(letter, "round") == "2"
    assert REPLY in city.citizen.track(letter).text  # the first answer stays


# ---- before the public, again and again ----


@pytest.mark.row("APPROVED_FULL", "EDIT_EDITION", "PENDING_REVIEW")
@pytest.mark.row("APPROVED_SUMMARY", "EDIT_EDITION", "PENDING_REVIEW")
@pytest.mark.row("APPROVED_SUMMARY", "PUBLISH", "CORRECTED")
@pytest.mark.row("CORRECTED", "EDIT_EDITION", "PENDING_REVIEW")
@pytest.mark.row("CORRECTED", "WITHDRAW_PUB", "WITHDRAWN_PUB")
@pytest.mark.row("WITHDRAWN_PUB", "EDIT_EDITION", "PENDING_REVIEW")
def test_an_edition_that_is_changed_is_looked_at_again_from_wherever_it_was(city):
    letter = city.letter("cleared", title="一封改了又改的信 5127")

    def change(words):
        assert city.publisher.edit_edition(letter, reply=words).status == 200
        assert city.field(letter, "pub_state") == "pending_review" and "publish" not in city.publisher.offered(letter)
        assert city.publisher.forge(letter, "publish").status == 409

    def clear(how):
        city.secrecy_reviewer.act(letter, how)
        city.publisher.act(letter, "publish")

    change("路灯已修复。")
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    change("路灯已于昨日修复。")
    city.secrecy_reviewer.act(letter, "approve_summary")
    change("七盏路灯已于昨日修复。")
    clear("approve_summary")
    assert city.field(letter, "pub_state") == "corrected" and "七盏路灯" in city.get("/open/" + city.public_id(letter)).text
    change("七盏路灯已于29日修复。")
    clear("approve_summary")
    city.supervisor.act(letter, "withdraw_publication", text="写信人要求")
    assert letter.number not in city.get("/open?q=5127").text
    change("路灯已修。")


@pytest.mark.row("WITHHELD", "EDIT_EDITION", "PENDING_REVIEW")
def test_what_was_withheld_comes_back_only_through_another_look(city):
    letter = city.letter("replied", title="一封隐去住址后可以公开的信 5128")
    city.secrecy_reviewer.act(letter, "withhold", reason="privacy")
    city.publisher.edit_edition(letter, body="（住址已隐去）请问路灯什么时候修？")
    assert city.field(letter, "pub_state") == "pending_review" and letter.number not in city.get("/open?q=5128").text
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert letter.number in city.get("/open?q=5128").text


# ---- who must keep away, wherever the letter is ----


@pytest.mark.parametrize("bring", [
    pytest.param(lambda city: city.letter("assigned"), marks=pytest.mark.row("ASSIGNED", "RECUSE", "ACCEPTED")),
    pytest.param(objected, marks=pytest.mark.row("OBJECTED", "RECUSE", "ACCEPTED")),
    pytest.param(suspended, marks=pytest.mark.row("SUSPENDED", "RECUSE", "ACCEPTED")),
    pytest.param(lambda city: city.letter("in_review"), marks=pytest.mark.row("IN_REVIEW", "RECUSE", "ACCEPTED")),
    pytest.param(with_the_superior, marks=pytest.mark.row("SUBMITTED_UP", "RECUSE", "ACCEPTED")),
])
def test_the_unit_that_must_keep_away_loses_the_letter(city, bring):
    letter = bring(city)
    city.registrar.act(letter, "recuse", unit=UNIT, text="来信反映该局工作人员")
    assert city.state(letter) == "accepted" and city.timer(letter, "dispatch")[0] == "running"
    assert city.liaison().open(letter).status == 404 and "assign" in city.registrar.offered(letter)


@pytest.mark.row("SUBMITTED_UP", "RECUSE", "HANDLING")
def test_the_author_who_must_keep_away_takes_the_answer_back_from_the_superior(city):
    letter = with_the_superior(city)
    city.registrar.act(letter, "recuse", login=city.handler().login, text="是被反映人")
    assert city.state(letter) == "handling" and REPLY not in city.citizen.track(letter).text
    assert city.superior.forge(letter, "superior_approve").status == 409


@pytest.mark.parametrize("bring", [
    pytest.param(lambda city: city.letter("replied"), marks=pytest.mark.row("REPLIED", "REOPEN", "ACCEPTED")),
    pytest.param(closed, marks=pytest.mark.row("CLOSED", "REOPEN", "ACCEPTED")),
])
def test_a_letter_handled_again_goes_to_a_unit_that_need_not_keep_away(city, bring):
    letter = bring(city)
    city.registrar.act(letter, "recuse", unit=UNIT, text="答复后发现有利害关系")
    city.supervisor.act(letter, "reopen", reason="dissatisfied", text="请另行确定承办单位")
    assert city.state(letter) == "accepted" and city.field(letter, "round") == "2"
    assert city.liaison().open(letter).status == 404


@pytest.mark.row("CLOSED", "ASK_FOLLOW_UP", "ACCEPTED")
def test_a_late_question_goes_to_a_unit_that_need_not_keep_away(city):
    letter = closed(city)
    city.registrar.act(letter, "recuse", unit=UNIT, text="答复后发现有利害关系")
    city.citizen.follow_up(letter)
    assert city.state(letter) == "accepted" and "assign" in city.registrar.offered(letter)


# ---- added to an answer, and asked in ----


@pytest.mark.row("CLOSED", "ADD_REPLY", "SAME")
@pytest.mark.row("CLOSED", "CORRECT_REPLY", "SAME")
def test_an_answer_is_added_to_and_corrected_when_all_is_over(city):
    letter = closed(city)
    for action, words in [("add_reply", "另外两盏也已更换。"), ("correct_reply", "更换的是八盏。")]:
        fields = {"text": "数目写错了"} if action == "correct_reply" else {}
        city.handler().act(letter, action, reply=words, **fields)
        assert words not in city.citizen.track(letter).text
        city.dept_reviewer().act(letter, "approve_added")
        assert words in city.citizen.track(letter).text and city.state(letter) == "closed"


@pytest.mark.row("ASSIGNED", "INVITE_CO", "SAME")
def test_a_unit_is_asked_to_help_before_the_letter_is_signed_for(city):
    letter = city.letter("assigned")
    city.registrar.act(letter, "invite_co", unit="市公安局", text="请说明执法情况")
    assert city.state(letter) == "assigned" and "co_opinion" in city.handler("市公安局").offered(letter)
