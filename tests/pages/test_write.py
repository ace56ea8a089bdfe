"""Writing a letter: mistakes are told and nothing typed is lost; one submission is one letter; text is only text."""
import json
import re

import pytest
from browser import squeeze
from city import BODY

NASTY = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</textarea><svg/onload=alert(1)>",
    "javascript:alert(1)//http://x",
    "{{ v->title }} {{#if 1}}",
    "%s%s%n %d ../../etc/passwd",
    "<!--<b>注释</b>--> &lt;b&gt; &#60;",
    "]]><?xml version=\"1.0\"?><a/>",
    "undefined NULL \\N \\0 None nil",
    "1;DROP TABLE ticket;-- ' OR ''='",
    "=HYPERLINK(\"http://x\",\"点我\")",
    "Ω≈ç√∫ ﷽ ｔｅｓｔ 表ポあA鷗 👩‍👩‍👧‍👦 🇨🇳",
    "הנה טקסט العربية مرحبا",
    "Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮",
]


def test_mistakes_are_told_and_what_was_typed_stays(city):
    page = city.citizen.check(type=[], title="灯", body="坏了", place="望湖路", phone="12", publish=[])
    assert page.status == 422
    words = " ".join(page.errors)
    assert "请选择这是一封什么信" in words and "标题至少要有 5 个字" in words and "电话不正确" in words
    form = page.form("/letters/check")
    assert [form.value(name) for name in ("title", "body", "place", "phone")] == ["灯", "坏了", "望湖路", "12"]
    assert form.value("type") is None


def test_neither_phone_nor_mail(city):
    page = city.citizen.check(phone="", email="")
    assert page.status == 422 and page.errors == ["电话和电子邮箱，请至少填一个"]


def test_going_back_to_change_something_keeps_the_rest(city):
    checked = city.citizen.check(title="解放路十八号门前井盖破损", place="解放路 18 号")
    back = city.citizen.submit(checked.form("/letters/send"), to="/letters/edit").form("/letters/check")
    assert back.value("title") == "解放路十八号门前井盖破损" and back.value("body") == BODY and back.value("type") == "complaint"
    again = city.citizen.submit(back, place="解放路 20 号")
    assert "解放路 20 号" in again.text


def test_a_second_click_is_the_same_letter(city):
    checked = city.citizen.check()
    first, second = city.citizen.send_checked(checked), city.citizen.send_checked(checked)
    assert first.words_of("number") == second.words_of("number")
    assert first.words_of("code") == second.words_of("code")
    assert city.one("SELECT COUNT(*) FROM ticket WHERE no = '" + first.words_of("number") + "'") == "1"


def test_going_back_after_sending_says_that_it_was_received(city):
    form, given = city.citizen.form()
    checked = city.citizen.submit(form, **given)
    assert "已经收到" not in checked.text
    letter = city.citizen.receipt(city.citizen.send_checked(checked), given)
    back = city.citizen.submit(form, **given)  # the back button, sent again by the browser
    assert "这封信已经收到" in back.text and letter.number in back.text and letter.code not in back.html
    assert city.citizen.send_checked(back).words_of("number") == letter.number
    other = city.citizen.submit(form, **{**given, "body": BODY + "公交站牌也倒了。"})  # the same page, another letter
    assert "已经收到" not in other.text
    assert city.one(f"SELECT COUNT(*) FROM ticket WHERE title = '{letter.title}'") == "1"


def test_the_check_page_says_by_when_and_who_gets_it(city):
    page = city.citizen.check(unit="市教育局")
    assert re.search(r"最迟 10月20日（星期二）答复", page.text) and "转给市教育局（您选的）" in page.text
    assert "转给负责的单位" in city.citizen.check().text


def test_published_answers_that_look_alike_are_shown_and_stop_nobody(city):
    published = city.letter("published", title="清河路夜间路灯不亮", body=BODY + "清河路。")
    page = city.citizen.check(title="清河路路灯夜间不亮了")
    found = [(href, words) for href, words, _ in page.links if "清河路夜间路灯不亮" in words]
    assert found and found[0][0] == "/open/" + city.public_id(published)
    assert "这是不是您要问的" in page.text and page.has_form("/letters/send")
    items = city.get("/letters/similar.json", params={"title": "清河路路灯夜间不亮了"}).json()["items"]
    assert 1 <= len(items) <= 3 and items[0]["title"] == published.title and items[0]["answer"]
    assert city.get("/letters/similar.json", params={"title": "鲸鱼会不会做梦呢"}).json() == {"items": []}
    assert city.get("/letters/similar.json", params={"title": "灯" * 500}).json() == {"items": []}
    assert city.get("/letters/similar.json").headers["Cache-Control"] == "no-store"


def test_the_title_says_first_that_something_is_wrong(city):
    letter = city.letter("replied")
    wrong = [city.citizen.check(title="灯"), city.citizen.ask(letter.number, "0000-0000-0000"),
             city.citizen.submit(city.citizen.track(letter).form("/track/rate")), city.citizen.get("/nothing-here"),
             city.citizen.submit(city.citizen.get("/letters/continue").form("/letters/continue"), code="")]
    right = [city.citizen.get("/letters/new"), city.citizen.check(), city.citizen.track(letter), city.citizen.get("/open?from=x")]
    assert [page.html.split("<title>")[1].startswith("有错误：") for page in wrong + right] == [True] * 5 + [False] * 4


def test_every_step_shows_in_the_navigation_where_it_belongs(city):
    def at(page):
        return re.findall(r'aria-current="page">([^<]+)<', page.html)

    checked = city.citizen.check()
    assert at(checked) == at(city.citizen.send_checked(checked)) == at(city.citizen.get("/letters/continue")) == ["我要写信"]
    assert at(city.citizen.track(city.citizen.write())) == ["查询进度"] and at(city.citizen.get("/")) == []


def test_another_text_from_the_same_page_is_asked_about_and_not_lost(city):
    checked = city.citizen.check()
    first = city.citizen.send_checked(checked)
    other = city.citizen.submit(checked.form("/letters/send"), body=BODY + "另外，公交站牌也倒了。")
    assert other.status == 409 and "公交站牌也倒了" in other.text
    second = city.citizen.send_checked(other)
    assert second.status == 200 and second.words_of("number") != first.words_of("number")


def test_a_page_open_for_eight_days_asks_once_more(city):
    checked = city.citizen.check()
    city.clock("2026-10-08 09:00")
    stale = city.citizen.send_checked(checked)
    assert stale.status == 422 and "打开得太久" in stale.text
    assert "已收到您的信" in city.citizen.send_checked(stale).text


def test_a_program_that_fills_in_everything_is_caught(city):
    before = city.one("SELECT COUNT(*) FROM ticket")
    page = city.citizen.check(website="http://spam.invalid")
    assert page.status == 422 and "请留空" in " ".join(page.errors)
    assert city.one("SELECT COUNT(*) FROM ticket") == before


def test_three_thousand_characters_and_not_one_more(city):
    page = city.citizen.check(body="灯" * 3001)
    assert page.status == 422 and "内容不能超过 3000 个字，现在有 3001 个字" in page.errors
    assert page.form("/letters/check").value("body") == "灯" * 3001
    letter = city.citizen.write(body="灯" * 2999 + "👩‍👩‍👧‍👦")  # a family is one character to a person
    assert "👩‍👩‍👧‍👦" in city.citizen.track(letter).text


def test_a_body_beyond_every_limit_is_refused_before_it_is_read(city):
    page = city.citizen.check(body="灯" * 100_000)
    assert page.status == 413


def test_the_unit_of_ones_choice_is_proposed_to_the_registrar(city):
    letter = city.citizen.write(unit="市教育局")
    city.registrar.accept(letter)
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/act", action="assign")
    assert form.value("unit") == city.registrar.unit_id("市教育局")


def test_a_unit_that_takes_no_letters_is_refused(city):
    assert city.citizen.check(unit="sjzg").errors == ["请从列表中选择单位"]
    assert city.citizen.check(unit="no-such").errors == ["请从列表中选择单位"]


def test_who_declines_is_published_as_a_summary_only(city):
    letter = city.letter("replied", publish="no", body=BODY + "我家住在听雨苑三栋。")
    assert "approve_full" not in city.secrecy_reviewer.offered(letter)
    city.secrecy_reviewer.act(letter, "approve_summary")
    city.publisher.act(letter, "publish")
    page = city.citizen.get("/open/" + city.public_id(letter))
    assert "写信人不同意公开来信内容" in page.text and "电缆接头" in page.text
    assert "听雨苑三栋" not in page.html and "听雨苑三栋" not in city.get("/open.json").text


@pytest.mark.parametrize("at,words,due", [
    ("2026-09-29 17:30", "", "10月20日（星期二）"),
    ("2026-09-29 17:31", "已过下班时间，按 9月30日（星期三）收到计算", "10月21日（星期三）"),
    ("2026-10-03 10:00", "不是工作日，按 10月8日（星期四）收到计算", "10月22日（星期四）"),
    ("2026-10-10 10:00", "", "10月26日（星期一）"),  # a Saturday that is worked
])
def test_the_day_a_letter_counts_as_received(city, at, words, due):
    city.clock(at)
    letter = city.citizen.write()
    assert letter.due == due and words in letter.page.text
    assert ("收到计算" in letter.page.text) == bool(words)


def test_the_promise_into_a_year_without_a_notice_is_provisional(city):
    last = city.one("SELECT MAX(year) FROM calendar_year WHERE NOT provisional")
    city.clock(f"{last}-12-28 10:00")
    assert "暂定" in city.citizen.write().page.text


def test_no_step_keeps_anything(city):
    page = city.citizen.check()
    for answer in (page, city.citizen.send_checked(page)):
        assert answer.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in answer.headers
    assert city.citizen.get("/letters/send").path == "/letters/new"


# ---- any text is only text ----


@pytest.mark.parametrize("nasty", NASTY)
def test_whatever_is_typed_is_shown_as_typed(city, nasty):
    letter = city.citizen.write(title=nasty[:50] + " 标题", body=BODY + "\n" + nasty, place=nasty, demand=nasty)
    pages = [letter.page, city.citizen.track(letter), city.registrar.open(letter)]
    pages.append(city.registrar.get("/queue?view=submitted"))
    assert squeeze(nasty) in pages[1].text and squeeze(nasty) in pages[2].text
    for page in pages:
        assert page.foreign() == []
    stored = city.one("SELECT HEX(place) FROM ticket_text x JOIN ticket t ON t.id = x.ticket_id "
                      f"WHERE t.no = '{letter.number}'")
    assert bytes.fromhex(stored).decode("utf-8") == nasty


def test_nasty_words_stay_words_all_the_way_to_the_public(city):
    words = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    letter = city.letter("handling", title="怪 " + words[:50], body=BODY + words, place=words)
    city.handler().draft(letter, body=words)
    pages = [city.handler().open(letter, "/draft")]
    city.handler().submit_reply(letter, body=words)
    pages.append(city.dept_reviewer().open(letter, "/review"))
    city.dept_reviewer().approve(letter)
    pages += [city.secrecy_reviewer.open(letter, "/publish"), city.secrecy_reviewer.get("/clearing")]
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    public_id = city.public_id(letter)
    pages += [city.citizen.get(path) for path in ("/open", f"/open/{public_id}", "/open?q=%3Cscript%3E", "/")]
    pages.append(city.citizen.rate(letter, words=words))
    for page in pages:
        assert page.status == 200 and page.foreign() == [], page.path
    assert "<script>alert" not in city.get("/open.atom").text


@pytest.mark.parametrize("words", [
    "' OR 1=1 -- 齾", "齾\\", "齾%", "路_灯", "齾\"", "1' AND SLEEP(3)#", "路灯' UNION SELECT 1",
])
def test_a_search_is_never_a_command(city, words):
    public = city.citizen.get("/open", params={"q": words})
    desk = city.supervisor.get("/queue", params={"view": "open", "words": words})
    assert public.status == 200 and desk.status == 200
    assert "没有找到符合条件的答复" in public.text and "没有符合条件的信件" in desk.text


def test_the_real_list_of_naughty_strings(city, shared):
    """A letter each would take long: sixty of them in one letter."""
    lines = json.loads((shared / "data" / "hostile" / "blns" / "blns.json").read_text(encoding="utf-8"))
    lines = [line for line in lines if line.strip()]
    assert len(lines) > 300
    for i in range(0, len(lines), 60):
        letter = city.citizen.write(body=(BODY + "\n" + "\n".join(lines[i:i + 60]))[:2800])
        for page in (letter.page, city.citizen.track(letter), city.registrar.open(letter)):
            assert page.status == 200 and page.foreign() == []
