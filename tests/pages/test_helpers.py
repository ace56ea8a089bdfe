"""Units that help another: they sign, say what they have to say in their own time, and the main unit sees it."""
import pytest
from city import UNIT

HELPER = "市公安局"
THIRD = "市住房和城乡建设局"


def helped(city, **written):
    letter = city.letter("accepted", **written)
    city.registrar.assign(letter, main=UNIT, co=[HELPER])
    city.liaison().sign(letter)
    return letter


def clock_of(city, letter, unit):
    rows = city.sql("SELECT m.state, m.due_on FROM timer m JOIN ticket t ON t.id = m.ticket_id JOIN unit u ON u.id = m.unit_id "
                    f"WHERE t.no = '{letter.number}' AND m.kind = 'opinion' AND u.name = '{unit}' ORDER BY m.id DESC LIMIT 1")
    return tuple(rows[0]) if rows else None


@pytest.mark.row("ANY_OPEN", "CO_SIGN", "SAME")
@pytest.mark.row("ANY_OPEN", "CO_OPINION", "SAME")
def test_a_unit_that_helps_signs_and_says_what_it_has_to_say(city):
    letter = helped(city)
    helper = city.handler(HELPER)
    assert city.outbox("co_assign", letter, "unit") == 1
    assert clock_of(city, letter, HELPER) == ("running", str(city.workdays(3)))
    assert "还没有签收" in city.handler().open(letter).text
    assert letter.title in helper.get("/queue?view=co").text and letter.title not in helper.get("/queue?view=co_done").text
    assert helper.offered(letter) == {"co_sign", "co_opinion"}
    helper.act(letter, "co_sign")
    assert helper.offered(letter) == {"co_opinion"}
    page = helper.attempt(letter, "co_opinion")
    assert page.status == 422 and "请填写“协办意见”" in " ".join(page.errors)
    helper.act(letter, "co_opinion", text="经查，该路段没有交通事故记录。")
    assert clock_of(city, letter, HELPER)[0] == "stopped" and helper.offered(letter) == set()
    assert city.outbox("co_opinion", letter, "unit") == 1
    for page in (city.handler().open(letter), city.handler().open(letter, "/draft")):
        assert "没有交通事故记录" in page.text and "已提交意见" in page.text
    assert "没有交通事故记录" not in city.citizen.track(letter).text
    assert letter.title not in helper.get("/queue?view=co").text and letter.title in helper.get("/queue?view=co_done").text


def test_it_is_never_given_longer_than_the_letter_has(city):
    letter = city.letter("handling", type="consult")
    city.clock_add_workdays(4)  # of five
    city.liaison().act(letter, "invite_co", unit=HELPER, text="请说明执法情况")
    assert clock_of(city, letter, HELPER) == ("running", str(city.due_on(letter)))


@pytest.mark.row("HANDLING", "INVITE_CO", "SAME")
def test_the_main_unit_asks_another_one_in(city):
    letter = helped(city)
    page = city.liaison().attempt(letter, "invite_co", unit=UNIT)
    assert page.status == 422 and "就是主办单位" in page.text
    page = city.liaison().attempt(letter, "invite_co", unit=HELPER)
    assert page.status == 422 and "已经在协办" in page.text
    city.liaison().act(letter, "invite_co", unit=THIRD, text="请说明产权")
    assert clock_of(city, letter, THIRD)[0] == "running" and clock_of(city, letter, HELPER)[0] == "running"
    assert "co_opinion" in city.handler(THIRD).offered(letter) and city.outbox("co_assign", letter, "unit") == 2
    city.handler(HELPER).act(letter, "co_opinion", text="没有补充。")
    assert clock_of(city, letter, THIRD)[0] == "running" and clock_of(city, letter, HELPER)[0] == "stopped"
    city.registrar.act(letter, "invite_co", unit=HELPER, text="请再核对一次")  # once more, after it has spoken
    assert clock_of(city, letter, HELPER)[0] == "running"


def test_the_answer_ends_the_wait(city):
    letter = helped(city)
    city.handler().submit_reply(letter)
    assert clock_of(city, letter, HELPER)[0] == "running"
    city.dept_reviewer().approve(letter)
    assert clock_of(city, letter, HELPER)[0] == "stopped"
    assert city.handler(HELPER).offered(letter) == set()


def test_while_a_letter_stands_still_so_does_the_wait_for_opinions(city):
    letter = helped(city)
    city.office_reviewer.act(letter, "suspend", reason="court")
    assert clock_of(city, letter, HELPER)[0] == "paused"
    city.clock_add_workdays(5)
    city.liaison().act(letter, "resume")
    assert clock_of(city, letter, HELPER)[0] == "running"


def test_who_is_slow_is_told(city):
    letter = helped(city)
    city.clock_add_workdays(4)
    city.run_slad()
    for event in ("opinion_soon", "opinion_late"):  # to the unit's handlers and to its liaison
        assert city.outbox(event, letter, "unit") == 2, event
    assert "超期" in city.handler().open(letter).text


def test_a_unit_that_must_keep_away_helps_no_more(city):
    letter = helped(city)
    city.registrar.act(letter, "recuse", unit=HELPER, text="来信反映该局")
    assert city.state(letter) == "handling" and clock_of(city, letter, HELPER)[0] == "stopped"
    assert city.handler(HELPER).open(letter).status == 404
    page = city.liaison().forge(letter, "invite_co", unit=city.registrar.unit_id(HELPER))
    assert page.status == 422 and "应当回避" in page.text
