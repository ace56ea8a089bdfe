"""A letter that is not finished is kept under a code, gone on with elsewhere, and opened by nothing but the code."""
import json
import re

import pytest
from browser import Browser
from city import BODY, Citizen

LOOKS = re.compile(r"^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$")
HALF = {"type": "complaint", "title": "灯", "body": "说到一半，还没想好怎么写。", "phone": "139", "publish": []}


@pytest.fixture(autouse=True)
def nobody_has_kept_any_yet(city):
    """Sixty in an hour are enough for a network, and all scenarios are in one network and hour."""
    city.sql("DELETE FROM code_try")


def keep(citizen, **typed):
    """Typed into a fresh form and kept: the page with the code."""
    form, given = citizen.form(**{**HALF, **typed})
    return citizen.submit(form, to="/letters/keep", **given)


def code_of(city, page):
    assert page.status == 200 and "草稿存好了" in page.text, page.text
    code = page.by_id["code"][1]["data-value"]
    city.said.add(code)
    return code


def go_on(citizen, code):
    return citizen.submit(citizen.get("/letters/continue").form("/letters/continue"), code=code)


def rows(city):
    return int(city.one("SELECT COUNT(*) FROM kept_letter"))


def test_half_a_letter_goes_on_on_another_device_as_it_was(city):
    code = code_of(city, keep(city.citizen, place="望湖路 18 号", name="", email="not-yet"))
    assert LOOKS.match(code)
    form = go_on(Citizen(city), code).form("/letters/check")
    asked = ("type", "title", "body", "phone", "place", "name", "email", "publish")
    assert [form.value(name) for name in asked] == ["complaint", "灯", HALF["body"], "139", "望湖路 18 号", "", "not-yet", None]


def test_the_code_is_shown_for_reading_aloud_with_the_day_it_ends(city):
    page = keep(city.citizen)
    code = code_of(city, page)
    assert page.words_of("code") == code.replace("-", " ") and "保存到 10月29日（星期四）" in page.text
    assert page.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in page.headers
    assert all(code not in href for href, _, _ in page.links) and code not in page.url


@pytest.mark.parametrize("typed", [str.lower, lambda s: s.replace("-", " "), lambda s: s.replace("0", "o").replace("1", "l"),
                                   lambda s: "".join(chr(ord(c) + 0xFEE0) for c in s)])
def test_the_code_may_be_typed_as_people_type(city, typed):
    code = code_of(city, keep(city.citizen, title="各种写法都认"))
    form = go_on(city.citizen, typed(code)).form("/letters/check")
    assert form.value("title") == "各种写法都认" and form.value("kept") == code


def test_saving_again_keeps_the_code_and_begins_the_thirty_days_anew(city):
    first = keep(city.citizen)
    code = code_of(city, first)
    city.clock("2026-10-12 10:00")
    form = go_on(city.citizen, code).form("/letters/check")
    second = city.citizen.submit(form, to="/letters/keep", body="第二天又写了一段。")
    assert code_of(city, second) == code and "保存到 11月11日（星期三）" in second.text
    assert go_on(city.citizen, code).form("/letters/check").value("body") == "第二天又写了一段。"


def test_a_second_click_makes_no_second_draft(city):
    form, given = city.citizen.form(**HALF)
    before = rows(city)
    codes = {code_of(city, city.citizen.submit(form, to="/letters/keep", **given)) for _ in range(3)}
    assert len(codes) == 1 and rows(city) == before + 1


def test_the_next_person_at_the_same_computer_gets_another_code(city):
    """The form's page is kept by the browser: two people may type into the same one."""
    form, given = city.citizen.form(**HALF)
    mine = code_of(city, city.citizen.submit(form, to="/letters/keep", **given))
    other = code_of(city, city.citizen.submit(form, to="/letters/keep", **{**given, "body": "别人写的另一件事。"}))
    assert mine != other and go_on(city.citizen, mine).form("/letters/check").value("body") == HALF["body"]


def test_sending_the_letter_deletes_the_draft(city):
    page = keep(city.citizen, title="望湖路中段路灯不亮", body=BODY, phone="13900001234", publish="yes")
    code = code_of(city, page)
    edit = city.citizen.submit(page.form("/letters/edit")).form("/letters/check")
    checked = city.citizen.submit(edit)
    assert go_on(Citizen(city), code).status == 200  # not yet sent
    sent = city.citizen.send_checked(checked)
    assert "已收到您的信" in sent.text
    city.said.add(sent.by_id["code"][1]["data-value"])
    assert go_on(city.citizen, code).status == 404


def test_deleting_is_at_once_and_loses_nothing_that_is_on_the_screen(city):
    page = keep(city.citizen)
    code = code_of(city, page)
    gone = city.citizen.submit(page.form("/letters/edit"), to="/letters/drop")
    assert "草稿已经删除" in gone.text and go_on(city.citizen, code).status == 404
    form = city.citizen.submit(gone.form("/letters/edit")).form("/letters/check")
    assert form.value("body") == HALF["body"] and form.value("kept") == ""


def test_after_thirty_days_it_is_gone_from_the_page_and_from_the_database(city):
    code = code_of(city, keep(city.citizen))
    city.clock("2026-10-29 23:59")
    assert go_on(city.citizen, code).status == 200
    city.clock("2026-10-30 00:00")
    assert go_on(city.citizen, code).status == 404
    city.ends("slad")  # it sweeps when it starts, and then once a minute
    city.wait(lambda: city.one("SELECT COUNT(*) FROM kept_letter WHERE until_on < '2026-10-30'") == "0")


def test_the_database_alone_reads_nothing(city):
    city.sql("DELETE FROM kept_letter")
    code_of(city, keep(city.citizen))
    secret = "只有写信的人知道的一句话"
    code = code_of(city, keep(city.citizen, body=secret, name="沈静仪", phone="13912345678"))
    dump = city.one("SELECT GROUP_CONCAT(CONCAT(HEX(id), HEX(sealed))) FROM kept_letter")
    for word in (secret, "沈静仪", "13912345678", code, code.replace("-", "")):
        assert word.encode().hex().upper() not in dump
    # two lengths of text, one length of row
    assert city.sql("SELECT COUNT(*), COUNT(DISTINCT LENGTH(sealed)) FROM kept_letter") == [["2", "1"]]


def test_a_row_put_under_another_code_does_not_open(city):
    city.sql("DELETE FROM kept_letter")
    mine, other = (code_of(city, keep(city.citizen, body=f"换行试验 {n}")) for n in (1, 2))
    city.sql("UPDATE kept_letter a JOIN (SELECT sealed FROM kept_letter ORDER BY saved_at DESC LIMIT 1) b SET a.sealed = b.sealed")
    assert sorted(go_on(city.citizen, code).status for code in (mine, other)) == [200, 404]


def test_two_devices_at_once_both_see_both(city):
    code = code_of(city, keep(city.citizen))
    one, two = (go_on(Citizen(city), code).form("/letters/check") for _ in range(2))
    assert city.citizen.submit(one, to="/letters/keep", body="手机上写的。").status == 200
    late = city.citizen.submit(two, to="/letters/keep", body="电脑上写的。")
    assert late.status == 409 and "手机上写的。" in late.text
    assert late.form("/letters/check").value("body") == "电脑上写的。"
    assert code_of(city, city.citizen.submit(late.form("/letters/check"), to="/letters/keep")) == code
    assert go_on(city.citizen, code).form("/letters/check").value("body") == "电脑上写的。"


def test_a_form_open_for_eight_days_keeps_the_text_and_saves_at_the_second_click(city):
    form, given = city.citizen.form(**HALF)
    city.clock("2026-10-08 09:00")
    stale = city.citizen.submit(form, to="/letters/keep", **given)
    assert stale.status == 422 and "打开得太久" in stale.text
    again = stale.form("/letters/check")
    assert again.value("body") == HALF["body"] and again.value("token") != form.value("token")
    code_of(city, city.citizen.submit(again, to="/letters/keep"))
    # the first step of sending takes a worn-out form as it is
    checked = city.citizen.submit(form, **{**given, "title": "望湖路中段路灯不亮", "body": BODY, "phone": "13900001234", "publish": "yes"})
    assert checked.has_form("/letters/send")


def test_nothing_typed_is_nothing_to_keep(city):
    before = rows(city)
    page = city.citizen.submit(city.citizen.get("/letters/new").form("/letters/check"), to="/letters/keep")
    assert page.status == 422 and "还没有写内容" in page.text and rows(city) == before


def test_a_text_too_long_to_send_can_be_kept_and_a_flood_cannot(city):
    code = code_of(city, keep(city.citizen, body="灯" * 9000))
    assert go_on(city.citizen, code).form("/letters/check").value("body") == "灯" * 9000
    page = keep(city.citizen, body="a" * 120_000)
    assert page.status == 422 and "太长" in page.text and page.form("/letters/check").value("body") == "a" * 120_000


def test_a_code_that_was_never_given_out_keeps_nothing_under_it(city):
    form, given = city.citizen.form(**HALF)
    page = city.citizen.submit(form, to="/letters/keep", kept="AAAA-AAAA-AAAA-AAAA", kept_version="1", **given)
    assert code_of(city, page) != "AAAA-AAAA-AAAA-AAAA"
    assert go_on(city.citizen, "AAAA-AAAA-AAAA-AAAA").status == 404


def test_guessing_codes_is_stopped_for_that_network_alone(city):
    code = code_of(city, keep(city.citizen))
    guesser, other = city.citizen_at("127.20.1.7"), city.citizen_at("127.20.2.7")
    answers = [go_on(guesser, f"0000-0000-0000-{n:04d}").status for n in range(21)]
    assert answers == [404] * 20 + [429]
    assert go_on(city.citizen_at("127.20.1.99"), code).status == 429  # the same network
    assert go_on(other, code).status == 200
    city.clock("2026-09-29 17:01")
    assert go_on(guesser, code).status == 200


def test_one_network_cannot_fill_the_disk(city):
    flood = city.citizen_at("127.21.1.7")
    form, given = flood.form(**HALF)
    pages = [flood.submit(form, to="/letters/keep", **{**given, "body": f"第 {n} 份"}) for n in range(61)]
    assert [page.status for page in pages] == [200] * 60 + [429]
    assert pages[-1].form("/letters/check").value("body") == "第 60 份" and pages[-1].headers["Retry-After"]
    for page in pages[:-1]:
        code_of(city, page)


def test_saving_while_typing_answers_with_the_time(city):
    page = keep(city.citizen)
    code = code_of(city, page)
    form = city.citizen.submit(page.form("/letters/edit")).form("/letters/check")
    sent = dict(form.filled({"body": "边写边存。"}))
    answer = city.post("/letters/keep.json", data=sent)
    told = answer.json()
    assert answer.status_code == 200 and told["code"] == code and told["version"] == 2 and told["saved"].endswith("16:00")
    late = city.post("/letters/keep.json", data={**sent, "body": "另一处写的。"})
    assert late.status_code == 409 and json.loads(late.text)["error"]["code"] == "CONFLICT"
    assert city.post("/letters/keep.json", data={**sent, "kept": ""}).status_code == 400  # only after the first time


def test_the_pages_of_a_draft_are_closed_like_all_others(city):
    page = keep(city.citizen, body="<script>alert(1)</script>", title="\"><img src=x onerror=alert(1)>")
    code = code_of(city, page)
    for one in (page, go_on(city.citizen, code), city.citizen.get("/letters/continue"), Browser(city.public).get("/letters/keep")):
        assert one.foreign() == [] and one.status == 200
