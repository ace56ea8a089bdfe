"""What is said before and after the answer: on the way, added, corrected. Dates and clocks of the answer stay."""
import pytest
from city import REPLY, UNIT

ADDED = "您好！补充说明：备用灯具已入库，今后损坏当日更换。"


@pytest.mark.row("HANDLING", "INTERIM_REPLY", "HANDLING")
def test_an_interim_reply_goes_the_way_of_a_holding_one_under_its_own_name(city):
    letter = city.letter("handling")
    city.handler().act(letter, "interim_reply", text="电缆已更换五处，还剩两处。", on="2026-10-13")
    assert {"holding_reply", "interim_reply"} & city.handler().offered(letter) == set()
    page = city.dept_reviewer().open(letter)
    assert "阶段性答复" in page.text and "approve_holding" in city.dept_reviewer().offered(letter)
    city.dept_reviewer().act(letter, "return_holding", text="写明还剩哪两处")
    city.handler().act(letter, "interim_reply", text="电缆已更换五处，书香路口的两处明天完成。", on="2026-10-13")
    city.dept_reviewer().act(letter, "approve_holding")
    track = city.citizen.track(letter)
    assert "阶段性答复" in track.text and "书香路口的两处明天完成" in track.text
    assert city.timer(letter, "promise")[0] == "running" and city.state(letter) == "handling"


@pytest.mark.row("REPLIED", "ADD_REPLY", "SAME")
@pytest.mark.row("ANY", "APPROVE_ADDED", "SAME")
def test_an_addition_is_agreed_to_by_another_person_and_moves_no_date(city):
    letter = city.letter("replied")
    before = city.field(letter, "CONCAT_WS(' ', state, replied_at, reply_workdays, first_due_on, due_on)")
    rate = city.timer(letter, "rate")
    city.clock("2026-10-12 10:00")
    page = city.handler().attempt(letter, "add_reply")
    assert page.status == 422 and "请填写答复的内容" in " ".join(page.errors)
    city.handler().act(letter, "add_reply", reply=ADDED)
    assert ADDED not in city.citizen.track(letter).text
    assert "approve_added" not in city.handler().offered(letter) and "add_reply" not in city.handler().offered(letter)
    assert letter.title in city.dept_reviewer().everything("/queue?view=todo")
    city.dept_reviewer().act(letter, "approve_added")
    track = city.citizen.track(letter)
    assert ADDED in track.text and "补充答复" in track.text and REPLY in track.text
    assert city.field(letter, "CONCAT_WS(' ', state, replied_at, reply_workdays, first_due_on, due_on)") == before
    assert city.timer(letter, "rate") == rate
    assert letter.number in city.mail(letter.email, "您的来信有补充或更正")


def test_nobody_agrees_to_his_own_addition(city):
    both = city.new_officer("cgj", "handler", "dept_reviewer")
    letter = city.letter("replied")
    both.act(letter, "add_reply", reply=ADDED)
    assert "approve_added" not in both.offered(letter)
    assert both.forge(letter, "approve_added").status == 403


@pytest.mark.row("ANY", "RETURN_ADDED", "SAME")
def test_it_can_be_sent_back(city):
    letter = city.letter("replied")
    city.handler().act(letter, "add_reply", reply=ADDED)
    city.dept_reviewer().act(letter, "return_added", text="写明数量")
    assert "写明数量" in city.handler().open(letter).text and "add_reply" in city.handler().offered(letter)
    assert ADDED not in city.citizen.track(letter).text


@pytest.mark.row("REPLIED", "CORRECT_REPLY", "SAME")
def test_a_correction_says_what_was_wrong_and_marks_the_answer(city):
    letter = city.letter("replied")
    page = city.handler().attempt(letter, "correct_reply", reply="正确的日期是十月十日。")
    assert page.status == 422 and "正确的日期是十月十日。" in page.html
    city.handler().act(letter, "correct_reply", text="日期写错了", reply="正确的日期是十月十日。")
    city.dept_reviewer().act(letter, "approve_added")
    track = city.citizen.track(letter)
    assert "原答复有误：日期写错了" in track.text and "正式答复（已更正）" in track.text and REPLY in track.text
    assert "已更正" in city.handler().open(letter).text


def test_a_letter_to_the_leader_takes_two_persons_for_that_too(city):
    letter = city.letter("in_review", type="leader_mail")
    city.dept_reviewer().approve(letter)
    city.office_reviewer.approve(letter)
    city.handler().act(letter, "add_reply", reply=ADDED)
    city.dept_reviewer().act(letter, "approve_added")
    assert ADDED not in city.citizen.track(letter).text
    assert "approve_added" not in city.dept_reviewer().offered(letter)
    city.office_reviewer.act(letter, "approve_added")
    assert ADDED in city.citizen.track(letter).text


def is_public(city, letter):
    return city.sql(f"SELECT id FROM pub_letter WHERE no = '{letter.number}'") != []


def test_what_is_public_is_looked_at_again_before_it_says_more(city):
    letter = city.letter("published")
    city.handler().act(letter, "correct_reply", text="日期写错了", reply="正确的日期是十月十日。")
    assert is_public(city, letter)  # nobody has agreed to anything yet
    city.dept_reviewer().act(letter, "approve_added")
    assert city.field(letter, "pub_state") == "pending_review" and not is_public(city, letter)
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    page = city.get(f"/open/{city.public_id(letter)}")
    assert "【更正】" in page.text and "正确的日期是十月十日" in page.text and city.field(letter, "pub_state") == "corrected"


def test_after_archiving_nothing_is_added(city):
    letter = city.letter("replied")
    city.handler().act(letter, "add_reply", reply=ADDED)
    city.sql(f"UPDATE ticket SET state = 'archived' WHERE no = '{letter.number}'")
    assert "add_reply" not in city.handler().offered(letter)
    city.sql(f"UPDATE ticket SET state = 'replied' WHERE no = '{letter.number}'")
    assert UNIT in city.handler().open(letter).text


def test_what_is_added_about_a_site_error_lies_at_the_superior_and_the_superior_is_told(city):
    letter = city.letter("in_review", type="site_error")
    city.dept_reviewer().approve(letter)
    city.office_reviewer.approve(letter)
    city.superior.act(letter, "superior_approve")

    def lies_at(who):
        return any(letter.number in " ".join(row.values()) for row in who.get(f"/queue?view=todo&words={letter.number}").rows)
    before = city.superior.get("/").text
    city.handler().act(letter, "add_reply", reply=ADDED)
    assert lies_at(city.office_reviewer) and not lies_at(city.superior)
    city.dept_reviewer().act(letter, "approve_added")
    assert lies_at(city.office_reviewer) and not lies_at(city.superior) and city.outbox("approve_added", letter, "office") == 1
    city.office_reviewer.act(letter, "approve_added")
    assert lies_at(city.superior) and not lies_at(city.office_reviewer)
    assert "等我审核的" in city.superior.get("/").text and city.superior.get("/").text != before
    assert city.outbox("approve_added", letter, "office") == 1 and city.outbox("added_up", letter, "office") == 1
    mail = city.one("SELECT o.mail FROM officer o WHERE o.login = 'superior1'")
    city.wait(lambda: any(letter.number in text for text in city.mails(mail)))
    city.superior.act(letter, "approve_added")
    assert ADDED in city.citizen.track(letter).text and not lies_at(city.superior)


def test_who_edited_what_will_be_public_does_not_agree_to_it_because_something_was_added(city):
    letter = city.letter("replied")
    office = city.one("SELECT u.code FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.login = 'publisher1'")
    both = city.new_officer(office, "publisher", "secrecy_reviewer")
    both.edit_edition(letter, title="路灯的来信和答复")
    city.handler().act(letter, "add_reply", reply=ADDED)
    city.dept_reviewer().act(letter, "approve_added")
    assert both.forge(letter, "approve_full").status == 403 and city.field(letter, "pub_state") == "pending_review"
    city.secrecy_reviewer.act(letter, "approve_full")
