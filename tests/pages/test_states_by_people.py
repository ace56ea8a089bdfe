"""The rules of a letter's life as people meet them: who must agree, what is possible once, what leads back."""
import pytest
from city import REPLY, UNIT


# ---- not taken ----


@pytest.mark.row("SUBMITTED", "REFUSE", "SUBMITTED")
def test_refusing_a_complaint_takes_two(city):
    letter = city.citizen.write(type="complaint")
    refusal = {"reason": "litigation", "text": "请留意起诉期限。"}
    city.registrar.act(letter, "refuse", **refusal)
    assert city.state(letter) == "submitted" and "不予受理" not in city.citizen.track(letter).text
    assert "refuse" not in city.registrar.offered(letter)
    city.registrar2.act(letter, "refuse", **refusal)
    page = city.citizen.track(letter)
    assert city.state(letter) == "refused"
    assert "已经或应当通过诉讼解决" in page.text and "六个月内" in page.text and "请留意起诉期限。" in page.text
    assert letter.number in city.mail(letter.email, "您的来信有新进展")


@pytest.mark.row("SUBMITTED", "REFUSE", "REFUSED")
def test_refusing_a_question_takes_one_with_a_reason(city):
    letter = city.citizen.write(type="consult")
    page = city.registrar.attempt(letter, "refuse", text="不属于受理范围。")
    assert page.status == 422 and "请选择理由" in page.errors and "不属于受理范围。" in page.html
    city.registrar.act(letter, "refuse", reason="other_region", text="请联系当地。")
    assert city.state(letter) == "refused"


@pytest.mark.row("SUBMITTED", "MARK_INVALID", "SUBMITTED")
@pytest.mark.row("SUBMITTED", "MARK_INVALID", "INVALID")
def test_calling_a_letter_invalid_takes_registrar_and_supervisor(city):
    letter = city.citizen.write(title="测试测试测试")
    city.registrar.act(letter, "mark_invalid", text="测试信件")
    assert city.state(letter) == "submitted"
    city.supervisor.act(letter, "mark_invalid", text="同意")
    assert city.state(letter) == "invalid"
    assert city.citizen.ask(letter.number, letter.code).status == 404


@pytest.mark.row("SUBMITTED", "REQUEST_SUPPLEMENT", "SUPPLEMENT")
@pytest.mark.row("SUPPLEMENT", "SUPPLY", "SUBMITTED")
def test_a_supplement_is_asked_for_once(city):
    letter = city.citizen.write()
    city.registrar.act(letter, "request_supplement", text="请写明灯杆编号。")
    assert "请写明灯杆编号。" in city.citizen.track(letter).text
    city.citizen.supply(letter, "灯杆编号 G-117")
    assert city.state(letter) == "submitted" and city.outbox("supply", letter, "office") == 1
    page = city.registrar.open(letter)
    assert "request_supplement" not in city.registrar.offered(letter) and "已经要求补充过一次" in page.text


@pytest.mark.row("SUBMITTED", "MERGE", "MERGED")
def test_a_merged_letter_names_its_master_and_cannot_follow_itself(city):
    letter, master = city.citizen.write(), city.citizen.write()
    page = city.registrar.attempt(letter, "merge", master=letter.number)
    assert page.status == 422 and city.state(letter) == "submitted"
    page = city.registrar.attempt(letter, "merge", master="MS-T-20260929-000000-0")
    assert page.status == 422 and "没有这个编号的信件，请核对" in page.errors
    city.registrar.act(letter, "merge", master=master.number.lower())
    assert city.state(letter) == "merged" and master.number in city.citizen.track(letter).text


# ---- to the right unit ----


@pytest.mark.row("ASSIGNED", "OBJECT", "OBJECTED")
@pytest.mark.row("OBJECTED", "UPHOLD", "ASSIGNED")
def test_a_unit_objects_once_and_another_takes_over(city):
    letter = city.letter("assigned", unit="市住房和城乡建设局")
    liaison = city.liaison("市住房和城乡建设局")
    due = city.due_on(letter)
    liaison.act(letter, "object", text="路灯由城管局管养", unit=UNIT)
    assert city.state(letter) == "objected" and "办理中" in city.citizen.track(letter).text
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="uphold")
    assert form.value("unit") == city.registrar.unit_id(UNIT)  # as proposed
    city.registrar.act(letter, "uphold")
    assert city.state(letter) == "assigned" and city.due_on(letter) == due
    assert liaison.open(letter).status == 404
    city.liaison().sign(letter)
    assert city.state(letter) == "handling"


@pytest.mark.row("OBJECTED", "REJECT_OBJECTION", "HANDLING")
def test_an_objection_that_is_rejected_is_the_last(city):
    letter = city.letter("assigned")
    city.liaison().act(letter, "object", text="不是我局管养的路灯")
    city.registrar.act(letter, "reject_objection", text="权责清单第 12 项")
    assert city.state(letter) == "handling"
    assert "object" not in city.liaison().offered(letter) and "已经提出过异议" in city.liaison().open(letter).text


def test_after_two_working_days_nobody_objects(city):
    letter = city.letter("handling")
    city.clock("2026-10-08 17:00")
    assert "object" in city.liaison().offered(letter) and "异议期" in city.liaison().open(letter).text
    city.clock("2026-10-09 09:00")
    assert "object" not in city.liaison().offered(letter)
    page = city.liaison().open(letter).text  # which is nobody's delay
    assert "异议期已过" in page and "超期" not in page


def test_a_unit_that_helps_reads_along(city):
    letter = city.letter("accepted")
    city.registrar.assign(letter, main=UNIT, co=["市公安局"])
    helper = city.handler("市公安局")
    assert helper.open(letter).status == 200 and helper.offered(letter) == {"co_sign", "co_opinion"}
    assert letter.title in helper.get("/queue?view=co").text
    assert city.handler("市教育局").open(letter).status == 404


# ---- the answer ----


def test_nobody_approves_what_he_wrote(city):
    both = city.new_officer("swjt", "liaison", "handler", "dept_reviewer")
    letter = city.letter("assigned", unit="市水务集团有限公司")
    both.sign(letter)
    both.submit_reply(letter)
    assert "approve_reply" not in both.offered(letter)
    page = both.forge(letter, "approve_reply")
    assert page.status == 403 and city.state(letter) == "in_review"
    city.dept_reviewer("市水务集团有限公司").approve(letter)
    assert city.state(letter) == "replied"


@pytest.mark.row("IN_REVIEW", "APPROVE_REPLY", "IN_REVIEW")
def test_a_letter_to_the_leader_is_reviewed_twice(city):
    letter = city.letter("in_review", type="leader_mail")
    city.dept_reviewer().approve(letter)
    assert city.state(letter) == "in_review" and REPLY not in city.citizen.track(letter).text
    assert "approve_reply" not in city.dept_reviewer().offered(letter)
    city.office_reviewer.approve(letter)
    assert city.state(letter) == "replied" and REPLY in city.citizen.track(letter).text


@pytest.mark.row("IN_REVIEW", "APPROVE_REPLY", "SUBMITTED_UP")
@pytest.mark.row("SUBMITTED_UP", "SUPERIOR_RETURN", "HANDLING")
@pytest.mark.row("SUBMITTED_UP", "SUPERIOR_APPROVE", "REPLIED")
def test_a_website_error_is_answered_only_after_the_superior_agreed(city):
    letter = city.letter("in_review", type="site_error", title="办事指南里的电话打不通")
    city.dept_reviewer().approve(letter)
    city.office_reviewer.approve(letter)
    assert city.state(letter) == "submitted_up" and REPLY not in city.citizen.track(letter).text
    city.superior.act(letter, "superior_return", text="请写明更正的时间")
    assert city.state(letter) == "handling"
    city.handler().submit_reply(letter, body=REPLY + "已于今日更正。")
    city.dept_reviewer().approve(letter)
    city.office_reviewer.approve(letter)
    city.superior.act(letter, "superior_approve")
    assert city.state(letter) == "replied" and "已于今日更正" in city.citizen.track(letter).text


@pytest.mark.row("HANDLING", "HOLDING_REPLY", "HANDLING")
@pytest.mark.row("HANDLING", "APPROVE_HOLDING", "HANDLING")
def test_a_holding_reply_is_approved_by_another_and_promises_a_day(city):
    letter = city.letter("handling")
    due = city.due_on(letter)
    city.handler().act(letter, "holding_reply", text="电缆已订货，到货后安装。", on="2026-10-13")
    assert "电缆已订货" not in city.citizen.track(letter).text
    assert "holding_reply" not in city.handler().offered(letter)
    city.dept_reviewer().act(letter, "approve_holding")
    assert "电缆已订货" in city.citizen.track(letter).text and city.due_on(letter) == due
    assert city.timer(letter, "promise")[0] == "running" and str(city.timer(letter, "promise")[1]) == "2026-10-13"


@pytest.mark.row("ANY", "FULFIL", "SAME")
def test_an_answer_in_the_plan_needs_its_day_and_is_followed_up(city):
    letter = city.letter("handling")
    page = city.handler().draft(letter, result="scheduled", do="submit")
    assert page.status == 422 and "请写明承诺完成的日期" in " ".join(page.errors)
    city.handler().submit_reply(letter, result="scheduled", on="2026-11-30")
    city.dept_reviewer().approve(letter)
    assert city.citizen.rate(letter).status == 200
    assert city.state(letter) == "replied"  # a promise is open: it is not over
    city.liaison().act(letter, "fulfil", text="新路灯已于今日点亮。")
    assert "新路灯已于今日点亮。" in city.citizen.track(letter).text


# ---- once more ----


@pytest.mark.row("REPLIED", "REOPEN", "HANDLING")
def test_a_second_round_keeps_the_first_answer(city):
    letter = city.letter("replied")
    city.citizen.rate(letter, grade=1, solved="no", words="灯还是不亮")
    city.supervisor.act(letter, "reopen", reason="dissatisfied", text="请到现场复核")
    assert city.state(letter) == "handling" and city.field(letter, "round") == "2"
    assert city.due_on(letter) == city.workdays(5)
    assert "withdraw" not in str([form.action for form in city.citizen.track(letter).forms])
    city.handler().submit_reply(letter, body="您好！经复核，第七盏灯的灯泡也已更换。")
    city.dept_reviewer().approve(letter)
    page = city.citizen.track(letter)
    assert REPLY in page.text and "第七盏灯的灯泡也已更换" in page.text and page.has_form("/track/rate")


@pytest.mark.row("REPLIED", "ASK_FOLLOW_UP", "HANDLING")
def test_a_follow_up_question_once(city):
    letter = city.letter("replied")
    assert "追问已收到" in city.citizen.follow_up(letter).text
    assert city.state(letter) == "handling" and city.outbox("ask_follow_up", letter, "unit") == 1
    city.handler().submit_reply(letter, body="您好！其余路灯本周内检修完毕，请您放心。")
    city.dept_reviewer().approve(letter)
    assert not city.citizen.track(letter).has_form("/track/ask")


@pytest.mark.row("ANY_OPEN", "SUPERVISE", "SAME")
@pytest.mark.row("ANY", "FEEDBACK", "SAME")
def test_what_is_supervised_is_answered_to(city):
    letter = city.letter("handling")
    page = city.supervisor.attempt(letter, "supervise", text="")
    assert page.status == 422
    city.supervisor.act(letter, "supervise", text="请三日内报告进展")
    assert "请三日内报告进展" in city.liaison().open(letter).text
    city.liaison().act(letter, "feedback", text="已派班组，明日完成")
    assert "feedback" not in city.liaison().offered(letter)


@pytest.mark.row("ANY", "INSTRUCT", "SAME")
def test_an_instruction_of_the_leader_shortens_and_never_lengthens(city):
    letter = city.letter("handling")
    due = city.due_on(letter)
    assert city.leader.attempt(letter, "instruct", text="抓紧", on="2026-12-01").status == 422
    assert city.due_on(letter) == due
    city.leader.act(letter, "instruct", text="请尽快修复", on="2026-10-09")
    assert str(city.due_on(letter)) == "2026-10-09" and "请尽快修复" in city.handler().open(letter).text


# ---- before the public ----


@pytest.mark.row("PENDING_REVIEW", "WITHHOLD", "WITHHELD")
def test_what_is_withheld_is_never_public(city):
    letter = city.letter("replied", title="只此一封，谁家的隐私")
    city.secrecy_reviewer.act(letter, "withhold", reason="privacy")
    assert "publish" not in city.publisher.offered(letter)
    assert city.publisher.forge(letter, "publish").status == 409
    assert "谁家的隐私" not in city.get("/open.json?q=隐私").text


@pytest.mark.parametrize("who", ["publisher", "registrar", "supervisor", "leader"])
def test_only_the_reviewer_of_secrets_clears(city, who):
    letter = city.letter("replied")
    page = getattr(city, who).forge(letter, "approve_full")
    assert page.status == 403 and city.field(letter, "pub_state") == "pending_review"


OFFERED = {
    "submitted": {
        "registrar": "request_supplement accept accept_assign refuse merge mark_invalid recuse mark_petition retype",
        "supervisor": "mark_invalid remind urge supervise circularise recuse",
        "leader": "instruct", "office_reviewer": "", "secrecy_reviewer": "", "publisher": "", "superior": "",
    },
    "accepted": {
        "registrar": "assign merge mark_invalid recuse mark_petition retype", "supervisor": "mark_invalid remind urge supervise circularise recuse",
    },
    "assigned": {
        "registrar": "recuse recall invite_co mark_petition", "liaison": "sign object invite_co", "handler": "", "dept_reviewer": "",
        "supervisor": "remind urge supervise circularise recuse",
    },
    "handling": {
        "registrar": "recuse invite_co mark_petition", "liaison": "object request_extension invite_co allot",
        "handler": "holding_reply interim_reply request_extension submit_reply", "dept_reviewer": "allot", "office_reviewer": "suspend",
        "leader": "instruct",
    },
    "in_review": {"handler": "recall_reply", "liaison": "", "dept_reviewer": "approve_reply return_reply", "office_reviewer": ""},
    "replied": {
        "registrar": "reopen recuse", "handler": "add_reply correct_reply", "supervisor": "reopen recuse", "leader": "instruct", "publisher": "edit_edition",
        "secrecy_reviewer": "approve_full approve_summary withhold return_edition", "office_reviewer": "",
    },
    "published": {
        "publisher": "edit_edition withdraw_publication", "supervisor": "reopen withdraw_publication recuse",
        "secrecy_reviewer": "", "registrar": "reopen recuse", "handler": "add_reply correct_reply",
    },
}


@pytest.mark.parametrize("state", OFFERED)
def test_everybody_is_offered_what_is_theirs_now_and_nothing_else(city, state):
    letter = city.letter(state)
    units = {"liaison": city.liaison, "handler": city.handler, "dept_reviewer": city.dept_reviewer}
    told = {who: (units[who]() if who in units else getattr(city, who)).offered(letter) for who in OFFERED[state]}
    assert told == {who: set(words.split()) for who, words in OFFERED[state].items()}
