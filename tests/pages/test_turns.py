"""Turns in the life of a letter: parting again, taking a step back, going on without the writer, who may not decide twice."""
import pytest
import re

from city import REPLY


# ---- together and apart ----


def merged(city, letter, master):
    city.registrar.act(letter, "merge", master=master.number)


@pytest.mark.row("MERGED", "UNMERGE", "ACCEPTED")
def test_a_letter_parted_again_goes_on_from_its_own_starts(city):
    letter, master = city.letter("accepted"), city.letter("handling")
    due, veto, dispatch = city.due_on(letter), city.timer(letter, "veto"), city.timer(letter, "dispatch")
    merged(city, letter, master)
    assert city.timer(letter, "veto")[0] == "stopped"
    kept = city.due_on(master)
    city.clock_add_workdays(3)
    city.registrar.act(letter, "unmerge", text="说的是另一段路")
    assert city.state(letter) == "accepted" and city.due_on(letter) == due and city.due_on(master) == kept
    assert city.timer(letter, "veto") == veto and city.timer(letter, "dispatch") == dispatch
    assert city.timer(letter, "reply") == ("running", due)
    city.run_slad()
    assert len(city.events(letter, "breach", "dispatch")) == 1  # the days in between count
    track = city.citizen.track(letter)
    assert "不再与另一封来信合并办理" in track.text and "说的是另一段路" not in track.text
    assert city.outbox("unmerge", letter, "writer") == 1


@pytest.mark.row("MERGED", "UNMERGE", "SUBMITTED")
def test_what_had_not_been_accepted_is_so_again(city):
    letter, master = city.citizen.write(), city.letter("handling")
    accept, due = city.timer(letter, "accept"), city.field(letter, "due_on")
    merged(city, letter, master)
    city.registrar.act(letter, "unmerge", text="不是一件事")
    assert city.state(letter) == "submitted" and city.timer(letter, "accept") == accept and city.field(letter, "due_on") == due
    city.registrar.accept(letter)


def test_when_the_other_letter_was_answered_the_writer_is_told_so(city):
    letter, master = city.letter("accepted"), city.letter("handling")
    merged(city, letter, master)
    city.handler().submit_reply(master)
    city.dept_reviewer().approve(master)
    assert REPLY in city.citizen.track(letter).text
    city.registrar.act(letter, "unmerge", text="还有别的事")
    track = city.citizen.track(letter)
    assert "那封信已经答复" in track.text and city.state(letter) == "accepted"


def test_what_was_merged_goes_along_and_its_writer_is_told(city):
    first, second, third = city.citizen.write(), city.letter("accepted"), city.letter("handling")
    merged(city, first, second)
    merged(city, second, third)
    assert city.field(first, "master_id") == city.field(third, "id")
    assert third.number in city.citizen.track(first).text and city.outbox("merge", first, "writer") == 2
    city.handler().submit_reply(third)
    city.dept_reviewer().approve(third)
    assert city.outbox("approve_reply", first, "writer") == 1 and REPLY in city.citizen.track(first).text


# ---- a step back ----


def undo(page, letter, action):
    return page.form(f"/tickets/{letter.number}/act", action=action)


@pytest.mark.row("ASSIGNED", "RECALL", "ACCEPTED")
def test_an_assignment_is_taken_back_until_it_is_signed(city):
    letter = city.letter("accepted")
    dispatch = city.timer(letter, "dispatch")
    page = city.registrar.assign(letter, main="市教育局")
    assert "已完成“分办”" in page.text
    page = city.registrar.submit(undo(page, letter, "recall"))
    assert page.status == 200 and city.state(letter) == "accepted" and city.timer(letter, "dispatch") == dispatch
    assert city.liaison("市教育局").open(letter).status == 404 and city.outbox("recall", letter, "unit") == 1
    assert "重新确定承办单位" in city.citizen.track(letter).text
    city.registrar.assign(letter)
    assert "recall" in city.registrar.offered(letter)
    city.liaison().sign(letter)
    assert "recall" not in city.registrar.offered(letter)
    assert city.registrar.forge(letter, "recall").status == 409


@pytest.mark.row("IN_REVIEW", "RECALL_REPLY", "HANDLING")
def test_an_answer_is_taken_back_by_who_handed_it_in_while_nobody_has_decided(city):
    letter = city.letter("handling")
    page = city.handler().submit_reply(letter)
    page = city.handler().submit(undo(page, letter, "recall_reply"))
    assert page.status == 200 and city.state(letter) == "handling" and city.timer(letter, "review")[0] == "stopped"
    assert REPLY in city.handler().open(letter, "/draft").html
    city.handler().submit_reply(letter, body=REPLY + "再次感谢。")
    assert "recall_reply" not in city.liaison().offered(letter)
    assert city.dept_reviewer().forge(letter, "recall_reply").status == 403
    city.dept_reviewer().approve(letter)
    assert city.handler().forge(letter, "recall_reply").status == 409


def test_an_address_typed_by_hand_offers_nothing(city):
    letter = city.letter("handling")
    for of in (letter.number, "MS-T-20260101-000000-0", "x' OR 1"):
        page = city.registrar.get("/?" + "done=assign&how=&of=" + of)
        assert page.status == 200 and not re.search(r"recall", page.html)


# ---- without the writer ----


@pytest.mark.row("WITHDRAWN", "CONTINUE", "ACCEPTED")
def test_a_withdrawn_complaint_goes_on_because_the_office_must(city):
    letter = city.letter("handling", type="complaint")
    due, veto = city.due_on(letter), city.timer(letter, "veto")
    city.handler().draft(letter, body="一份没有写完的答复，由原来的单位写的，不带给下一个单位。")
    city.citizen.withdraw(letter)
    told = city.one(f"SELECT COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.ticket_id WHERE t.no = '{letter.number}' AND "
                    "o.audience = 'writer'")
    city.registrar.act(letter, "continue", text="涉及公共安全")
    assert city.state(letter) == "accepted" and city.due_on(letter) == due and city.timer(letter, "veto") == veto
    assert "retype" not in city.registrar.offered(letter) and "不改类型" in city.registrar.forge(letter, "retype", reason="consult", text="不").text
    city.registrar.assign(letter)
    city.liaison().sign(letter)
    city.handler().submit_reply(letter)
    city.dept_reviewer().approve(letter)
    assert city.state(letter) == "replied" and city.field(letter, "pub_state") == "not_due"
    assert city.timer(letter, "publish") is None
    track = city.citizen.track(letter)
    assert "已撤回" in track.text and REPLY not in track.text and not track.has_form("/track/rate")
    assert city.one(f"SELECT COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.ticket_id WHERE t.no = '{letter.number}' AND "
                    "o.audience = 'writer'") == told


def test_other_letters_stay_withdrawn(city):
    letter = city.letter("accepted", type="suggestion")
    city.citizen.withdraw(letter)
    assert "continue" not in city.registrar.offered(letter)
    assert city.registrar.forge(letter, "continue", text="继续").status == 409


# ---- two persons are two persons ----


def test_nobody_passes_one_answer_at_both_levels(city):
    both = city.new_officer("cgj", "dept_reviewer", "office_reviewer")
    letter = city.letter("in_review", type="leader_mail")
    both.approve(letter)
    assert "approve_reply" not in both.offered(letter) and both.forge(letter, "approve_reply").status == 403
    city.office_reviewer.return_reply(letter)
    city.handler().submit_reply(letter, body=REPLY + "联系电话 12345。")
    city.dept_reviewer().approve(letter)
    both.approve(letter)  # what this person passed before was another text
    assert city.state(letter) == "replied"


def test_who_asks_for_an_extension_does_not_grant_it(city):
    both = city.new_officer("cgj", "handler", "dept_reviewer")
    letter = city.letter("handling")
    both.act(letter, "request_extension", text="等待材料", days="3")
    assert "approve_extension" not in both.offered(letter) and both.forge(letter, "approve_extension").status == 403
    city.dept_reviewer().act(letter, "approve_extension")
