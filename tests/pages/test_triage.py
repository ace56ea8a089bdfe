"""分办: accepting and assigning in one go; what a refused writer will read, seen before it is sent; ready-made questions."""
import re

import pytest
from city import UNIT

SCHOOLS = "市教育局"


def triage(city, letter, **fields):
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="accept_assign")
    return city.registrar.submit(form, **fields)


def actions(city, letter):
    return [action for action, in city.sql("SELECT h.action FROM history h JOIN ticket t ON t.id = h.ticket_id "
                                           f"WHERE t.no = '{letter.number}' ORDER BY h.version")]


def test_a_new_letter_is_accepted_and_assigned_in_one_go(city):
    other, letter = city.citizen.write(), city.citizen.write(unit=SCHOOLS)
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="accept_assign")
    assert form.value("unit") == city.registrar.unit_id(SCHOOLS)  # what the writer wished
    page = city.registrar.submit(form, co=[city.registrar.unit_id(UNIT)], text="请三天内先电话联系。")
    assert city.state(letter) == "assigned" and actions(city, letter) == ["submit", "accept", "assign"]
    assert city.field(letter, "unit_id") == city.registrar.unit_id(SCHOOLS)
    assert city.timer(letter, "accept")[0] == city.timer(letter, "dispatch")[0] == "stopped"
    assert city.timer(letter, "sign")[0] == city.timer(letter, "reply")[0] == "running"
    assert "已完成“分办”" in page.text and page.path.startswith("/tickets/") and letter.number not in page.path  # the next one
    assert city.state(other) == "submitted"


@pytest.mark.parametrize("unit,words", [("", "请选择单位"), ("999999", "没有这个单位"), ("x", "单位应是整数")])
def test_when_the_second_half_fails_the_first_is_not_done_and_nothing_is_lost(city, unit, words):
    letter = city.citizen.write()
    page = triage(city, letter, unit=unit, text="请尽快联系。")
    assert page.status == 422 and any(words in error for error in page.errors), page.errors
    assert city.state(letter) == "submitted" and actions(city, letter) == ["submit"]
    again = page.form(f"/tickets/{letter.number}/act", action="accept_assign")
    assert again.value("text") == "请尽快联系。"
    assert city.registrar.submit(again, unit=UNIT).status == 200 and city.state(letter) == "assigned"


def test_a_letter_that_somebody_else_took_is_told_and_what_was_typed_stays(city):
    letter = city.citizen.write()
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="accept_assign")
    city.registrar2.accept(letter)
    page = city.registrar.submit(form, unit=UNIT, text="请尽快联系。")
    assert page.status == 409 and "别人刚刚处理过这封信" in page.text and "请尽快联系。" in page.text
    assert city.state(letter) == "accepted" and city.field(letter, "unit_id") == "NULL"


def test_only_registrars_accept_and_assign(city):
    letter = city.citizen.write()
    for who in (city.supervisor, city.publisher, city.office_reviewer):
        assert "accept_assign" not in who.offered(letter)
        assert who.forge(letter, "accept_assign", unit=who.unit_id(UNIT)).status in (403, 409)
    assert city.state(letter) == "submitted"


def test_the_writer_reads_word_for_word_what_the_registrar_saw(city):
    letter = city.citizen.write(type="consult")
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="refuse")
    seen = city.registrar.submit(form, reason="arbitration", text="您说的加班费属于劳动争议。", do="preview")
    assert seen.status == 200 and city.state(letter) == "submitted"
    told = re.search(r"写信人会读到： (已经或应当通过仲裁解决。.*?您说的加班费属于劳动争议。)", seen.text)[1]
    assert "劳动人事争议仲裁委员会" in told and "一年内" in told
    sent = city.registrar.submit(seen.form(f"/tickets/{letter.number}/act", action="refuse"), do=[])
    assert sent.status == 200 and city.state(letter) == "refused"
    assert city.one("SELECT h.public_note FROM history h JOIN ticket t ON t.id = h.ticket_id WHERE h.action = 'refuse' "
                    f"AND t.no = '{letter.number}'") == told
    page = city.citizen.track(letter).text
    assert all(part in page for part in told.split("。")[1].split("；")) and "您说的加班费属于劳动争议" in page


def test_without_a_reason_there_is_nothing_to_preview(city):
    letter = city.citizen.write(type="consult")
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="refuse")
    page = city.registrar.submit(form, text="不属于我们。", do="preview")
    assert page.status == 422 and "请选择理由" in page.errors and "不属于我们。" in page.text


def test_every_reason_says_whom_to_turn_to_and_until_when(city):
    """Which body, how, within what time: each lawful path on the refusal's form has words of all three."""
    letter = city.citizen.write(type="consult")
    page = city.registrar.open(letter, "/act?action=refuse")
    paths = re.findall(r'<div data-code="(\w+)"><dt>[^<]*</dt><dd>([^<]*)</dd>', page.html)
    assert len(paths) == 19
    body = r"机关|法院|委员会|政府|部门|窗口|单位|公安|急救|编号|12345|来信|办公室"
    how = r"拨打|提交|起诉|申请|递交|查|写|登录|反映|报送|送"
    time = r"日内|年内|个月|工作日|期限|随时|立即|前报名|为三年|全天|写明的时间"
    for code, path in paths:
        assert re.search(body, path) and re.search(how, path) and re.search(time, path), (code, path)
        assert not path.endswith("。") and 20 <= len(path) <= 140, code


def test_ready_made_questions_stand_under_the_text(city):
    letter = city.citizen.write()
    page = city.registrar.open(letter, "/act?action=request_supplement")
    for words in ("哪一天", "具体地点", "哪个单位", "材料的名称"):
        assert words in page.text
