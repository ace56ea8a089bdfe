"""What turns out otherwise: the other letter ends unanswered, two persons disagree, the type was wrong, a leader is early."""
import re

import pytest


# ---- the other letter ends without an answer ----


def withdrawn(city, letter):
    city.citizen.withdraw(letter)


def refused(city, letter):
    city.registrar.act(letter, "refuse", reason="other_region", text="请联系当地。")


def invalid(city, letter):
    city.registrar.act(letter, "mark_invalid", text="测试信件")
    city.supervisor.act(letter, "mark_invalid", text="同意")


@pytest.mark.parametrize("end", [withdrawn, refused, invalid])
def test_letters_under_one_that_ends_unanswered_go_on_by_themselves(city, end):
    master = city.citizen.write(type="consult")
    new, accepted = city.citizen.write(), city.letter("accepted")
    due, veto = city.due_on(accepted), city.timer(accepted, "veto")
    for letter in (new, accepted):
        city.registrar.act(letter, "merge", master=master.number)
    end(city, master)
    assert city.state(new) == "submitted" and city.state(accepted) == "accepted"
    assert city.due_on(accepted) == due and city.timer(accepted, "veto") == veto and city.timer(new, "accept")[0] == "running"
    page = city.citizen.track(accepted).text
    assert "恢复单独办理" in page and "没有答复就结束了" not in page
    assert city.outbox("unmerge", accepted, "writer") == city.outbox("unmerge", new, "writer") == 1
    city.registrar.assign(accepted)


def test_the_writer_of_a_merged_letter_reads_until_when(city):
    master, letter = city.letter("handling"), city.letter("accepted")
    city.registrar.act(letter, "merge", master=master.number)

    def over():
        return re.search(r"这封信(已经)?和另一封信合并办理，[^。]*", city.citizen.track(letter).text)[0]

    assert "最迟 10月19日（星期一）答复" in over()
    city.handler().act(master, "request_extension", text="需要检测", days="3")
    city.office_reviewer.act(master, "approve_extension")
    assert "最迟 10月22日（星期四）答复" in over() and city.outbox("approve_extension", letter, "writer") == 1
    city.handler().submit_reply(master)
    city.dept_reviewer().approve(master)
    assert "上面就是答复" in over()


# ---- two persons ----


@pytest.mark.row("SUBMITTED", "DROP_PROPOSAL", "SAME")
def test_who_does_not_agree_takes_the_proposal_away(city):
    letter = city.citizen.write(type="complaint")
    city.registrar.act(letter, "mark_invalid", text="看不出诉求")
    assert "refuse" not in city.registrar2.offered(letter)
    page = city.supervisor.attempt(letter, "drop_proposal")
    assert page.status == 422 and city.sql(f"SELECT COUNT(*) FROM proposal WHERE ticket_id = {city.field(letter, 'id')}") == [["1"]]
    city.supervisor.act(letter, "drop_proposal", text="写清楚了地点，是投诉")
    assert city.state(letter) == "submitted" and "drop_proposal" not in city.registrar.offered(letter)
    assert "是投诉" not in city.citizen.track(letter).text
    city.registrar.act(letter, "refuse", reason="litigation", text="请留意起诉期限。")


@pytest.mark.row("ACCEPTED", "DROP_PROPOSAL", "SAME")
def test_who_proposed_takes_it_back(city):
    letter = city.letter("accepted")
    city.registrar.act(letter, "mark_invalid", text="点错了")
    city.registrar.act(letter, "drop_proposal", text="点错了")
    assert "mark_invalid" in city.registrar.offered(letter) and "mark_invalid" in city.supervisor.offered(letter)


def test_the_second_person_begins_with_the_words_of_the_first(city):
    letter = city.citizen.write(type="complaint")
    city.registrar.act(letter, "refuse", reason="litigation", text="请留意起诉期限。", note="电话里说过了")
    page = city.registrar2.open(letter)
    form = page.form(f"/tickets/{letter.number}/act", action="refuse")
    assert form.value("reason") == "litigation" and form.value("text") == "请留意起诉期限。"
    city.registrar2.submit(form)
    assert city.state(letter) == "refused" and "请留意起诉期限。" in city.citizen.track(letter).text


# ---- the type ----


@pytest.mark.row("SUBMITTED", "RETYPE", "SAME")
@pytest.mark.row("ACCEPTED", "RETYPE", "SAME")
def test_a_letter_of_another_type_has_the_terms_of_that(city):
    letter = city.citizen.write(type="consult")
    promised = city.field(letter, "due_on")
    page = city.registrar.attempt(letter, "retype", text="其实是投诉")
    assert page.status == 422 and "请选择类型" in page.errors and "其实是投诉" in page.html
    city.registrar.act(letter, "retype", reason="complaint", text="其实是投诉")
    assert city.field(letter, "type") == "complaint" and city.field(letter, "due_on") > promised
    page = city.citizen.track(letter).text
    assert "按“投诉”办理" in page and "其实是投诉" not in page and city.outbox("retype", letter, "writer") == 1
    city.registrar.accept(letter)
    assert city.due_on(letter) == city.workdays(10)
    city.clock_add_workdays(1)
    city.registrar.act(letter, "retype", reason="suggestion", text="是建议")
    assert city.due_on(letter) == city.workdays(6) and city.timer(letter, "reply") == ("running", city.workdays(6))
    city.registrar.assign(letter)
    assert "retype" not in city.registrar.offered(letter)


def test_a_website_error_has_the_superiors_clock_and_way(city):
    letter = city.citizen.write(type="consult", title="办事指南里的电话打不通")
    assert city.timer(letter, "reply_final") is None
    city.registrar.act(letter, "retype", reason="site_error", text="是网站找错")
    assert city.timer(letter, "reply_final") == ("running", city.workdays(3))
    city.registrar.accept(letter)
    city.registrar.assign(letter)
    city.liaison().sign(letter)
    city.handler().submit_reply(letter)
    city.dept_reviewer().approve(letter)
    city.office_reviewer.approve(letter)
    assert city.state(letter) == "submitted_up"


def test_two_persons_stay_two_when_the_type_is_changed(city):
    letter = city.citizen.write(type="complaint")
    city.registrar.act(letter, "retype", reason="consult", text="没有要求处理谁")
    city.registrar.act(letter, "refuse", reason="private_dispute", text="请协商。")
    assert city.state(letter) == "submitted"
    city.registrar2.act(letter, "refuse", reason="private_dispute", text="请协商。")
    assert city.state(letter) == "refused"


def test_figures_follow_the_type(city):
    def received(kind):
        city.run_slad()
        return int(city.one(f"SELECT COALESCE(SUM(n), 0) FROM stat_day WHERE day = '{city.today()}' AND type = '{kind}' AND measure = 'received'"))

    letter = city.citizen.write(type="consult")
    before = received("consult"), received("complaint")
    city.registrar.act(letter, "retype", reason="complaint", text="其实是投诉")
    assert (received("consult"), received("complaint")) == (before[0] - 1, before[1] + 1)


# ---- days that people name ----


def test_a_leaders_day_holds_from_before_the_letter_is_accepted(city):
    letter = city.citizen.write(type="complaint")
    for day in ("2026-09-28", "2026-12-31"):
        page = city.leader.attempt(letter, "instruct", text="请抓紧", on=day)
        assert page.status == 422 and "只能缩短期限" in page.html and "请抓紧" in page.html
    city.leader.act(letter, "instruct", text="请抓紧", on="2026-10-12")
    assert "要求10月12日（星期一）前答复" in city.registrar.open(letter).text
    city.registrar.accept(letter)
    assert str(city.due_on(letter)) == "2026-10-12" and str(city.timer(letter, "reply")[1]) == "2026-10-12"
    city.registrar.act(letter, "retype", reason="leader_mail", text="写给市长的")
    assert str(city.due_on(letter)) == "2026-10-12"


def test_a_leaders_day_needs_a_clock_to_shorten(city):
    letter = city.letter("replied")
    page = city.leader.attempt(letter, "instruct", text="举一反三", on="2026-10-12")
    assert page.status == 422 and "日期请留空" in page.html and "举一反三" in page.html
    city.leader.act(letter, "instruct", text="举一反三")


def test_a_suspension_ends_on_a_day_that_is_to_come(city):
    letter = city.letter("handling")
    for day, words in (("2026-09-29", "应在今天之后"), ("2036-09-01", "最远 365 天")):
        page = city.office_reviewer.attempt(letter, "suspend", reason="court", text="等判决", on=day)
        assert page.status == 422 and words in page.html and "等判决" in page.html and city.state(letter) == "handling"
    city.office_reviewer.act(letter, "suspend", reason="court", text="等判决", on="2026-11-30")
    page = city.citizen.track(letter).text
    assert "等待司法程序，预计11月30日（星期一）恢复办理" in page and "等判决" not in page


def test_nobody_is_put_off_for_years(city):
    letter = city.letter("handling")
    page = city.handler().attempt(letter, "holding_reply", text="等检测结果", on="2036-09-29")
    assert page.status == 422 and "最远 90 天" in page.html and "等检测结果" in page.html
    page = city.handler().draft(letter, result="scheduled", on="2099-01-01", do="submit")
    if "仍然提交" in page.text:
        page = city.handler().submit(page.form(f"/tickets/{letter.number}/draft"), do="anyway")
    assert page.status == 422 and "最远三年" in page.html and city.state(letter) == "handling"


def test_after_two_extensions_the_day_that_was_meant_at_first_is_shown(city):
    letter = city.letter("handling", type="consult")
    for days in ("3", "4"):
        city.handler().act(letter, "request_extension", text="需要检测", days=days)
        city.office_reviewer.act(letter, "approve_extension")
    assert "原定 10月12日（星期一），延至 10月21日（星期三）" in city.citizen.track(letter).text


def test_what_was_asked_for_may_come_late_until_somebody_ends_it(city):
    letter = city.citizen.write()
    city.registrar.act(letter, "request_supplement", text="请写明灯杆编号。")
    city.clock_add_workdays(8)
    assert "已经过了；这封信还没有结束" in city.citizen.track(letter).text
    city.citizen.supply(letter, "灯杆编号 G-117")
    assert city.state(letter) == "submitted"
