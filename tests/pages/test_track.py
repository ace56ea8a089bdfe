"""Following one's letter with number and query code: who has both sees it, nobody else learns even that it exists."""
import re

import pytest

WRONG = "0000-0000-0000"


def like(page):
    """A page without what differs each time: the number typed, tokens, request id, nonces."""
    html = re.sub(r'value="MS-[^"]*"', 'value="NO"', page.html)
    return re.sub(r"[0-9a-f]{16,}", "HEX", html)


def test_a_letter_that_does_not_exist_looks_like_a_wrong_code(city):
    letter = city.citizen.write()
    unknown, wrong = city.citizen.ask("MS-T-20260929-000000-0", WRONG), city.citizen.ask(letter.number, WRONG)
    assert unknown.status == wrong.status == 404
    assert unknown.errors == wrong.errors and unknown.errors
    assert like(unknown) == like(wrong)


def test_after_five_wrong_codes_even_the_right_one_waits_an_hour(city):
    letter, other = city.citizen.write(), city.citizen.write()
    for _ in range(5):
        assert city.citizen.ask(letter.number, WRONG).status == 404
    closed = city.citizen.ask(letter.number, letter.code)
    assert closed.status == 429 and "请一小时后再试" in closed.text and closed.headers["Retry-After"]
    assert other.title in city.citizen.track(other).text
    city.clock("2026-09-29 17:01")
    assert letter.title in city.citizen.track(letter).text


def test_four_wrong_codes_are_forgotten_after_a_right_one(city):
    letter = city.citizen.write()
    for _ in range(2):
        for _ in range(4):
            assert city.citizen.ask(letter.number, WRONG).status == 404
        city.citizen.track(letter)


@pytest.mark.parametrize("number,code", [
    (str.lower, str.lower),
    (lambda s: f"  {s} ", lambda s: s.replace("-", " ")),
    (lambda s: "".join(chr(ord(c) + 0xFEE0) for c in s), lambda s: "".join(chr(ord(c) + 0xFEE0) for c in s)),
    (lambda s: s, lambda s: s.replace("-", "")),
    (lambda s: s, lambda s: s.replace("0", "o").replace("1", "l")),
])
def test_case_width_and_blanks_do_not_matter(city, number, code):
    letter = city.citizen.write()
    assert letter.title in city.citizen.ask(number(letter.number), code(letter.code)).text


def test_the_code_stands_in_no_address_and_nothing_is_kept(city):
    letter = city.letter("replied")
    pages = [city.citizen.track(letter), city.citizen.rate(letter)]
    for page in pages:
        assert page.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in page.headers
        assert letter.code not in page.html and letter.code.replace("-", "") not in page.html
        assert all(letter.number not in href and letter.code not in href for href, _, _ in page.links)
        assert letter.number not in page.url and letter.code not in page.url
    assert letter.code not in city.citizen.get(f"/track?number={letter.number}").html


def test_the_link_of_the_receipt_only_fills_in_the_number(city):
    letter = city.citizen.write()
    page = city.citizen.get(f"/track?number={letter.number}")
    assert page.form("/track").value("number") == letter.number
    assert letter.title not in page.html


def test_what_is_internal_stays_inside(city):
    letter = city.citizen.write()
    city.registrar.act(letter, "request_supplement", text="请补充灯杆编号。", note="疑似与上月信件同一人")
    city.citizen.supply(letter)
    city.registrar.accept(letter)
    city.registrar.assign(letter, text="注意言辞，此人多次来信")
    page = city.citizen.track(letter)
    assert "请补充灯杆编号。" in page.text
    for inside in ("疑似与上月信件同一人", "注意言辞", "林知夏", "registrar1", letter.name, letter.phone, letter.email):
        assert inside not in page.html, inside


def test_a_page_left_open_asks_for_the_code_again_and_keeps_what_was_written(city):
    letter = city.citizen.write()
    city.registrar.act(letter, "request_supplement", text="请补充灯杆编号。")
    form = city.citizen.track(letter).form("/track/supply")
    city.clock("2026-09-29 16:31")
    asked = city.citizen.submit(form, answer="灯杆编号 G-117，从东数第三根。")
    assert asked.status == 403 and "再填一次查询码" in asked.text
    done = city.citizen.submit(asked.form("/track/supply"), code=letter.code)
    assert "您的补充已收到" in done.text and city.state(letter) == "submitted"
    assert "从东数第三根" in city.registrar.open(letter).text


def test_the_pass_of_one_letter_does_not_open_another(city):
    mine, other = city.citizen.write(), city.citizen.write()
    form = city.citizen.track(mine).form("/track/withdraw")
    page = city.citizen.submit(form, number=other.number)
    assert page.status == 403 and other.title not in page.html
    assert city.state(other) == "submitted"


@pytest.mark.row("ASSIGNED", "WITHDRAW", "WITHDRAWN")
def test_withdrawing_is_possible_until_the_answer(city):
    letter, answered = city.letter("assigned"), city.letter("replied")
    assert "已撤回" in city.citizen.withdraw(letter).text
    assert city.state(letter) == "withdrawn" and city.field(letter, "due_on") == "NULL"
    assert city.outbox("withdraw", letter, "unit") == 1
    assert not city.citizen.track(answered).has_form("/track/withdraw")


@pytest.mark.row("REPLIED", "RATE", "REPLIED")
def test_a_letter_is_rated_once(city):
    letter = city.letter("replied")
    form = city.citizen.track(letter).form("/track/rate")
    assert city.citizen.submit(form, grade="2", solved="no", words="灯还是不亮").status == 200
    assert "没有解决" in city.citizen.submit(form, grade="2", solved="no", words="灯还是不亮").text  # a second click
    changed = city.citizen.submit(form, grade="5", solved="yes")
    assert changed.status == 409 and "本轮已经评价过" in changed.text
    assert city.field(letter, "grade") == "2" and city.state(letter) == "replied"
    assert city.outbox("rate", letter, "office") == 1


def test_a_rating_without_a_choice_is_asked_for(city):
    letter = city.letter("replied")
    page = city.citizen.submit(city.citizen.track(letter).form("/track/rate"), words="谢谢")
    assert page.status == 422 and len(page.errors) == 2
    assert page.form("/track/rate").value("words") == "谢谢"


def test_silence_closes_the_letter_after_fifteen_days(city):
    letter = city.letter("replied")
    city.clock("2026-10-14 23:59")
    city.run_slad()
    assert city.citizen.track(letter).has_form("/track/rate")
    city.clock("2026-10-15 00:00")
    assert not city.citizen.track(letter).has_form("/track/rate")
    city.wait(lambda: city.state(letter) == "closed")
    assert city.field(letter, "grade") in ("0", "NULL")


def test_the_contact_that_was_looked_at_is_told_to_the_writer(city):
    letter = city.letter("handling")
    assert "没有人查看过" in city.citizen.track(letter).text
    city.handler().reveal(letter)
    assert "查看过 1 次" in city.citizen.track(letter).text
