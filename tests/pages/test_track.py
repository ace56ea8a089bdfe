"""Following one's letter with number and query code: who has both sees it, nobody else learns even that it exists."""
import collections
import concurrent.futures
import hashlib
import re

import pytest

WRONG = "0000-0000-0000"


def like(page):
    """A page without what differs each time: the number typed, tokens, request id, nonces."""
    html = re.sub(r'value="MS-[^"]*"', 'value="NO"', page.html)
    return re.sub(r"[0-9a-f]{16,}", "HEX", html)


def test_a_letter_that_does_not_exist_looks_like_a_wrong_code(city):
    letter = city.citizen.write()
    unknown, wrong = city.citizen.ask("MS-T-20260929-000000-3", WRONG), city.citizen.ask(letter.number, WRONG)
    assert unknown.status == wrong.status == 404
    assert unknown.errors == wrong.errors and unknown.errors
    assert like(unknown) == like(wrong)


def test_what_was_miscopied_is_said_and_stays(city):
    letter = city.citizen.write()
    number = letter.number[:-1] + str((int(letter.number[-1]) + 1) % 10)
    page = city.citizen.ask(number, letter.code)
    assert page.status == 404 and page.errors == ["编号有写错或漏掉的地方，请对照回执再填一次"]
    assert page.form("/track").value("number") == number and page.form("/track").value("code") == letter.code
    page = city.citizen.ask(letter.number, letter.code[:-1])
    assert page.status == 404 and page.errors == ["查询码是 12 位字母和数字，您填了 11 位，请对照回执再填一次"]
    assert page.form("/track").value("code") == letter.code[:-1]
    assert letter.title in city.citizen.ask(letter.number.replace("-", ""), letter.code).text


def test_after_five_wrong_codes_even_the_right_one_waits_an_hour(city):
    letter, other = city.citizen.write(), city.citizen.write()
    for _ in range(5):
        assert city.citizen.ask(letter.number, WRONG).status == 404
    closed = city.citizen.ask(letter.number, letter.code)
    assert closed.status == 429 and "请一小时后再试" in closed.text and closed.headers["Retry-After"]
    assert other.title in city.citizen.track(other).text
    city.clock("2026-09-29 17:01")
    assert letter.title in city.citizen.track(letter).text


def test_wrong_codes_of_one_network_do_not_lock_the_writer_out(city):
    letter = city.citizen.write()
    guesser, neighbour, writer = (city.citizen_at(f"127.30.{net}") for net in ("1.7", "1.200", "2.7"))
    assert [guesser.ask(letter.number, WRONG).status for _ in range(8)] == [404] * 5 + [429] * 3
    assert neighbour.ask(letter.number, letter.code).status == 429  # the same network
    assert letter.title in writer.track(letter).text


def test_fifty_wrong_codes_from_anywhere_and_everybody_waits(city):
    letter = city.citizen.write()
    for net in range(10):
        assert [city.citizen_at(f"127.31.{net}.7").ask(letter.number, WRONG).status for _ in range(6)] == [404] * 5 + [429]
    waits = city.citizen_at("127.31.99.7").ask(letter.number, letter.code)
    assert waits.status == 429 and "12345" in waits.text and "一小时后" in waits.text
    city.clock("2026-09-29 17:01")
    assert letter.title in city.citizen_at("127.31.99.7").track(letter).text


def test_guesses_at_once_are_as_many_as_one_after_the_other(city):
    letter = city.citizen.write()
    guesser = city.citizen_at("127.32.1.7")
    form = guesser.get("/track").form("/track")
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        sent = [pool.submit(guesser.submit, form, number=letter.number, code=WRONG) for _ in range(30)]
    assert collections.Counter(one.result().status for one in sent) == {404: 5, 429: 25}
    assert guesser.ask(letter.number, letter.code).status == 429


def test_right_codes_at_once_all_open(city):
    letter = city.citizen.write()
    form = city.citizen.get("/track").form("/track")
    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        sent = [pool.submit(city.citizen.submit, form, number=letter.number, code=letter.code) for _ in range(30)]
    assert {one.result().status for one in sent} == {200}


def test_a_number_that_is_none_uses_up_nobody_elses_tries(city):
    for n in range(8):
        assert city.citizen_at("127.33.1.7").ask(f"我的信 {n}", WRONG).status == 404
    assert [city.citizen_at("127.33.1.7").ask("我的信", WRONG).status for _ in range(6)] == [404] * 5 + [429]


def test_no_address_and_no_number_is_kept_with_the_tries(city):
    letter = city.citizen.write()
    city.citizen_at("127.34.1.7").ask(letter.number, WRONG)
    dump = city.one("SELECT GROUP_CONCAT(HEX(number_hash)) FROM code_try")
    known = [hashlib.sha256(text.encode()).hexdigest().upper() for text in (letter.number, "127.34.1.0/24", "127.34.1.7")]
    assert dump and not any(one in dump for one in known)


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
    form = city.citizen.submit(city.citizen.track(mine).form("/track/withdraw")).form("/track/withdraw")
    page = city.citizen.submit(form, number=other.number, sure="撤回")
    assert page.status == 403 and other.title not in page.html
    assert city.state(other) == "submitted"


@pytest.mark.row("ASSIGNED", "WITHDRAW", "WITHDRAWN")
def test_withdrawing_is_possible_until_the_answer(city):
    letter, answered = city.letter("assigned"), city.letter("replied")
    assert "已撤回" in city.citizen.withdraw(letter).text
    assert city.state(letter) == "withdrawn" and city.field(letter, "due_on") == "NULL"
    assert city.outbox("withdraw", letter, "unit") == 1
    assert not city.citizen.track(answered).has_form("/track/withdraw")


def test_withdrawing_is_asked_about_and_takes_two_characters(city):
    letter = city.citizen.write()
    asked = city.citizen.submit(city.citizen.track(letter).form("/track/withdraw"))
    assert asked.status == 200 and "要撤回这封信吗" in asked.text and "不能恢复" in asked.text
    wrong = city.citizen.submit(asked.form("/track/withdraw"), reason="写错了地方", sure="好")
    assert wrong.status == 422 and wrong.form("/track/withdraw").value("reason") == "写错了地方"
    assert wrong.html.count("<title>有错误：") == 1
    back = city.citizen.submit(wrong.form("/track/withdraw"), to="/track/letter")
    assert back.status == 200 and letter.title in back.text and city.state(letter) == "submitted"
    done = city.citizen.submit(wrong.form("/track/withdraw"), sure=" 撤回 ")
    assert "已撤回这封信" in done.text and city.state(letter) == "withdrawn"
    again = city.citizen.submit(wrong.form("/track/withdraw"), sure="撤回")  # the back button, and once more
    assert again.status == 200 and "已撤回这封信" in again.text and city.outbox("withdraw", letter, "writer") == 1


# ---- what can be done now ----


def can(page):
    """The names of what the page offers, and of what it says is not possible now."""
    names = re.search(r'<ul class="lx-can__list">(.*?)</ul>', page.html, re.S)[1]
    cannot = re.search(r"现在还不能做的(.*?)</dl>", page.html, re.S)
    offered = re.findall(r'(?:lx-can__name"><a [^>]*|type="submit")>([^<]+)<', names)
    return offered, re.findall(r"<dt>([^<]+)</dt>", cannot[1]) if cannot else []


def test_the_page_lists_what_is_possible_and_why_the_rest_is_not(city):
    letter = city.citizen.write()
    page = city.citizen.track(letter)
    assert can(page) == (["撤回"], ["补充", "评价", "追问", "催一下"])
    assert "受理以后，办理时间过了一半" in page.text and "答复以后 15 天内可以评价" in page.text
    city.registrar.act(letter, "request_supplement", text="请补充灯杆编号。")
    assert can(city.citizen.track(letter))[0] == ["补充", "撤回"]
    answered = city.citizen.track(city.letter("replied"))
    assert can(answered) == (["评价", "追问"], ["补充", "催一下", "撤回"])
    assert "评价期到 10月14日" in answered.text and "答复过的信不能撤回" in answered.text
    over = city.letter("submitted")
    city.citizen.withdraw(over)
    page = city.citizen.track(over)
    assert can(page) == ([], []) and "这封信已经撤回" in page.text


@pytest.mark.row("HANDLING", "NUDGE", "SAME")
def test_a_writer_urges_once_a_round_after_half_of_the_time(city):
    letter = city.letter("handling")  # a complaint: 10 working days from 29 September
    early = city.citizen.track(letter)
    assert "催一下" in can(early)[1] and "起可以催一次" in early.text
    half = re.search(r"(\d+)月(\d+)日（[^）]+）起可以催一次", early.text)
    assert city.citizen.submit(early.form("/track/letter") if early.has_form("/track/letter") else early.form("/track/withdraw"),
                               to="/track/nudge").status == 409  # forged: too early
    city.clock(f"2026-{int(half[1]):02d}-{int(half[2]):02d} 09:00")
    assert city.workdays(5, after=city.today().replace(month=9, day=29)) == city.today()
    page = city.citizen.track(letter)
    assert "催一下" in can(page)[0]
    form = page.form("/track/nudge")
    done = city.citizen.submit(form)
    assert done.status == 200 and "已经替您催了" in done.text and "您催了一次" in done.text
    again = city.citizen.submit(form)  # a second click
    assert again.status == 200 and city.outbox("nudge", letter, "unit") == 1
    assert "催一下" in can(city.citizen.track(letter))[1]
    assert "写信人" in city.handler().open(letter).text and "催一下" in city.handler().open(letter).text
    assert letter.number in city.supervisor.everything("/watch?tab=repeated")


@pytest.mark.row("ACCEPTED", "NUDGE", "SAME")
@pytest.mark.row("ASSIGNED", "NUDGE", "SAME")
@pytest.mark.row("OBJECTED", "NUDGE", "SAME")
@pytest.mark.row("IN_REVIEW", "NUDGE", "SAME")
def test_wherever_an_accepted_letter_lies_it_can_be_urged(city):
    letters = {state: city.letter(state) for state in ("accepted", "assigned", "in_review")}
    letters["objected"] = city.letter("assigned")
    city.liaison().act(letters["objected"], "object", text="不属于我局职责")
    suspended, waiting = city.letter("handling"), city.letter("submitted")
    city.office_reviewer.act(suspended, "suspend", reason="court")
    city.clock_add_workdays(6)
    for state, letter in letters.items():
        assert city.citizen.nudge(letter).status == 200, state
        told = "unit" if state in ("assigned", "in_review") else "office"
        assert city.state(letter) == state and city.outbox("nudge", letter, told) == 1, state
    for letter in (suspended, waiting):
        assert not city.citizen.track(letter).has_form("/track/nudge")
    assert "恢复办理以后才能催" in city.citizen.track(suspended).text


def test_an_answered_letter_is_not_urged(city):
    letter = city.letter("handling")
    city.clock_add_workdays(6)
    form = city.citizen.track(letter).form("/track/nudge")
    city.handler().submit_reply(letter)
    city.dept_reviewer().approve(letter)
    page = city.citizen.submit(form)
    assert page.status == 409 and "不能催" in page.text and "已经答复" in page.text


def test_a_late_letter_says_so_and_what_is_done_about_it(city):
    letter = city.letter("handling")
    city.clock_add_workdays(12)
    page = city.citizen.track(letter)
    assert "已超过答复期限 2 个工作日" in page.text and "督办人员的超期名单" in page.text
    city.supervisor.act(letter, "urge")
    assert "已经催办、督办承办单位 1 次" in city.citizen.track(letter).text


def test_what_was_written_for_a_letter_stays_with_every_mistake(city):
    letter, answered = city.citizen.write(), city.letter("replied")
    city.registrar.act(letter, "request_supplement", text="请补充灯杆编号。")
    form = city.citizen.track(letter).form("/track/supply")
    long = "灯" * 3001
    page = city.citizen.submit(form, answer=long)
    assert page.status == 422 and page.form("/track/supply").value("answer") == long
    city.citizen.supply(letter, "灯杆编号 G-117")
    late = city.citizen.submit(form, answer="又想起一件事：灯罩也碎了。")  # the back button, another text
    assert late.status == 409 and "灯罩也碎了" in late.text and late.html.count("<title>有错误：") == 1
    page = city.citizen.submit(city.citizen.track(answered).form("/track/ask"), question=long)
    assert page.status == 422 and page.form("/track/ask").value("question") == long


def test_news_on_the_way_come_with_the_day_of_the_next(city):
    letter, on = city.letter("handling"), city.workdays(3)
    city.handler().act(letter, "holding_reply", text="配件在途", on=on.isoformat())
    city.dept_reviewer().act(letter, "approve_holding")
    page = city.citizen.track(letter)
    assert "配件在途" in page.text and f"下一次最迟 {on.month}月{on.day}日" in page.text


def test_a_refused_letter_gets_a_card_with_the_ways(city):
    letter = city.citizen.write(type="consult")
    city.registrar.act(letter, "refuse", reason="litigation", text="请留意起诉期限。")
    page = city.citizen.track(letter)
    card = re.search(r'<section class="lx-way".*?</section>', page.html, re.S)[0]
    assert "该找谁" in card and card.count("<li>") >= 2 and "登记人员的说明：请留意起诉期限。" in card
    assert "；" not in card


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
