"""Lists at the desk: what stands in them, many letters at once, lists under a name, export, the next letter of the list."""
import csv
import html
import io
import re
import urllib.parse

import pytest
from city import UNIT


def picks(page):
    return [attrs["value"] for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "pick"]


def pick_of(page, letter):
    return next(value for value in picks(page) if value.startswith(letter.number + ":"))


def ask_bulk(who, view, action, letters):
    """Ticks the letters in a list and presses a button under it: the page that says what would happen."""
    values = [pick_of(who.get(f"/queue?view={view}&words={letter.number}"), letter) for letter in letters]
    return who.post("/bulk", action=action, pick=values, list=f"view={view}")


# ---- what stands in a list ----


def test_a_search_finds_words_of_the_title_the_place_and_six_digits_of_the_number(city):
    letter = city.citizen.write(title="棕榈湾喷泉不喷水", place="鸿雁广场东北角")
    for words in ("喷泉", "棕榈湾", "棕榈湾喷泉不喷水", "鸿雁广场", letter.number, letter.number[:-4], letter.number[-8:-2]):
        found = city.registrar.get("/queue?view=open&words=" + urllib.parse.quote(words))
        assert letter.number in found.text, words
    assert letter.number not in city.registrar.get("/queue?view=open&words=" + urllib.parse.quote("喷泉喷")).text
    assert "请至少输入两个字" in city.registrar.get("/queue?view=open&words=" + urllib.parse.quote("喷")).text


def test_filters_narrow_a_list_and_stay_in_its_address(city):
    letter = city.letter("handling", type="suggestion")
    base = f"/queue?view=open&words={letter.number}"
    today = city.now[:10]
    for more in ("type=suggestion", "state=handling", "channel=web", f"from={today}&to={today}", f"unit={city.registrar.unit_id(UNIT)}"):
        assert letter.number in city.registrar.get(f"{base}&{more}").text, more
    for more in ("type=consult", "state=assigned", "channel=visit", "from=2020-01-01&to=2020-01-02"):
        page = city.registrar.get(f"{base}&{more}")
        assert "没有符合条件的信件" in page.text, more
        assert page.form("/queue").value("words") == letter.number


def test_every_list_leads_to_every_other_list(city):
    def offered(page):
        return [href for href, _, _ in page.links if href.startswith("/queue?view=") and "after=" not in href]

    for who in (city.registrar, city.supervisor, city.handler()):
        first = offered(who.get("/queue"))
        assert len(first) >= 5, first
        for address in first:
            assert offered(who.get(address)) == first, address


def test_a_clock_that_stands_still_is_not_shown_as_running(city):
    letter = city.letter("handling")
    city.office_reviewer.act(letter, "suspend", reason="court")
    row = next(row for row in city.supervisor.get(f"/queue?view=open&words={letter.number}").rows if "期限" in row)
    assert "已暂停" in row["期限"] and "还有" not in row["期限"]


def test_columns_are_chosen_in_the_address(city):
    city.letter("handling")
    usual = city.supervisor.get("/queue?view=open")
    assert "承办单位" in usual.rows[0].values() or "承办单位" in usual.rows[1]
    few = city.supervisor.get("/queue?view=open&col=due&col=channel")
    assert any("来信方式" in row for row in few.rows) and not any("承办单位" in row for row in few.rows)


def test_a_letter_whose_supplement_did_not_come_lies_at_the_registrars_again(city):
    letter = city.letter()
    city.registrar.act(letter, "request_supplement", text="请写明灯杆编号")
    assert letter.number not in city.registrar.get(f"/queue?view=todo&words={letter.number}").text.split("条件")[-1]
    city.clock_add_workdays(25)
    city.run_slad()
    assert letter.number in city.registrar.everything("/queue?view=todo&state=supplement")


def test_an_extension_that_waits_lies_at_the_reviewer_and_the_handler(city):
    letter = city.letter("handling")
    todo = f"/queue?view=todo&words={letter.number}"
    assert not city.dept_reviewer().get(todo).link(f"/tickets/{letter.number}") and "没有符合" in city.dept_reviewer().get(todo).text
    city.handler().act(letter, "request_extension", text="备件要从外地调来", days="5")
    assert "没有符合" not in city.dept_reviewer().get(todo).text and "没有符合" not in city.handler().get(todo).text
    for who in (city.handler(), city.dept_reviewer()):
        assert letter.number in who.get(f"/queue?view=todo&desk=asks&words={letter.number}").text
        assert letter.number not in who.get(f"/queue?view=todo&desk=handler&words={letter.number}").text.split("条件")[-1]
        assert letter.number in "".join(who.get(f"/queue?view=todo&desk=asks&type={kind}").text for kind in ("complaint", "consult"))
        assert "/queue?view=todo&desk=asks" in html.unescape(who.get("/").html)
    city.dept_reviewer().act(letter, "deny_extension", text="备件可以借用")
    assert "没有符合" in city.dept_reviewer().get(todo).text


# ---- many at once ----


def test_many_letters_are_assigned_at_once_and_each_is_told(city):
    letters = [city.letter("accepted") for _ in range(3)]
    page = ask_bulk(city.registrar, "todo", "assign", letters)
    assert page.status == 200 and "选中的 3 封" in page.text
    assert all(city.state(letter) == "accepted" for letter in letters)
    done = city.registrar.submit(page.form("/bulk"), unit=UNIT, text="请一并查看")
    assert done.status == 200 and "已办好 3 封" in done.text and all(letter.number in done.text for letter in letters)
    assert [city.state(letter) for letter in letters] == ["assigned"] * 3
    assert done.text.count("撤回分办") == 3
    assert [city.outbox("assign", letter, "unit") for letter in letters] == [1] * 3


def test_pressed_twice_it_is_done_once_and_told_as_done(city):
    letters = [city.letter("assigned") for _ in range(2)]
    form = ask_bulk(city.liaison(), "todo", "sign", letters).form("/bulk")
    for _ in range(2):
        assert "已办好 2 封" in city.liaison().submit(form).text
    assert [city.one(f"SELECT COUNT(*) FROM history h JOIN ticket t ON t.id = h.ticket_id WHERE t.no = '{letter.number}' "
                     "AND h.action = 'sign'") for letter in letters] == ["1", "1"]


def test_a_letter_changed_by_somebody_else_is_told_and_the_others_go_on(city):
    one, other = city.letter("accepted"), city.letter("accepted")
    form = ask_bulk(city.registrar, "todo", "assign", [one, other]).form("/bulk")
    city.registrar2.assign(one, main="市教育局")
    done = city.registrar.submit(form, unit=UNIT)
    assert "办好 1 封" in done.text and "没有办 1 封" in done.text and "别人刚刚处理过" in done.text
    assert city.one(f"SELECT u.name FROM ticket t JOIN unit u ON u.id = t.unit_id WHERE t.no = '{one.number}'") == "市教育局"
    assert city.state(other) == "assigned"


def test_what_cannot_be_done_is_said_before_with_its_reason(city):
    ready, not_yet = city.letter("accepted"), city.letter()
    page = ask_bulk(city.registrar, "open", "assign", [ready, not_yet])
    assert "选中的 1 封" in page.text and "这 1 封不能办" in page.text and "分办" in page.text
    nothing = city.registrar.post("/bulk", action="assign", list="view=todo")
    assert nothing.status == 422 and "没有选中信件" in nothing.text


def test_what_is_missing_is_said_at_its_field_and_the_ticks_stay(city):
    letter = city.letter("accepted")
    form = ask_bulk(city.registrar, "todo", "assign", [letter]).form("/bulk")
    page = city.registrar.submit(form, text="写好的要求")
    assert page.status == 422 and "请选择单位" in page.text and "写好的要求" in page.text
    assert city.state(letter) == "accepted"
    assert "已办好 1 封" in city.registrar.submit(page.form("/bulk"), unit=UNIT).text


def test_a_supervisor_reminds_many_with_words(city):
    letters = [city.letter("handling") for _ in range(2)]
    done = city.supervisor.submit(ask_bulk(city.supervisor, "open", "urge", letters).form("/bulk"), text="请尽快办理")
    assert "已办好 2 封" in done.text
    assert city.one("SELECT COUNT(*) FROM supervision s JOIN ticket t ON t.id = s.ticket_id WHERE s.words = '请尽快办理' AND "
                    f"t.no IN ('{letters[0].number}', '{letters[1].number}')") == "2"


def test_letters_of_others_cannot_be_reached_by_number(city):
    theirs = city.letter("assigned", unit="市教育局")
    page = city.liaison().post("/bulk", action="sign", pick=[f"{theirs.number}:3"], list="view=todo", go="1")
    assert theirs.title not in page.html and city.state(theirs) == "assigned"
    assert city.liaison().post("/bulk", action="assign", pick=[f"{theirs.number}:3"]).status == 403
    assert city.registrar.post("/bulk", action="close", pick=[f"{theirs.number}:3"]).status == 403
    picked = city.liaison().post("/bulk", action="export", pick=[f"{theirs.number}:3"])
    assert theirs.number not in picked.html


def test_more_than_a_page_of_letters_is_refused(city):
    letter = city.letter("accepted")
    page = city.registrar.post("/bulk", action="assign", pick=[f"{letter.number}:2"] * 51, list="view=todo")
    assert page.status == 422 and city.state(letter) == "accepted"


# ---- export ----


def read_csv(page):
    return list(csv.reader(io.StringIO(page.html.removeprefix("\ufeff"))))


def test_an_export_has_the_letters_of_the_list_and_no_others(city):
    ours, theirs = city.letter("handling", title="=1+1 路口"), city.letter("handling", unit="市教育局")
    page = city.handler().get("/queue.csv?view=open")
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8" and page.html.startswith("\ufeff")
    rows = read_csv(page)
    assert rows[0][:3] == ["编号", "类型", "标题"]
    row = next(row for row in rows if row[0] == ours.number)
    assert row[2] == "'=1+1 路口" and not any(row[0] == theirs.number for row in rows)
    assert ours.phone not in page.html and ours.name not in page.html
    assert city.sql("SELECT o.login, e.rows_n FROM export_log e JOIN officer o ON o.id = e.officer_id ORDER BY e.id DESC "
                    "LIMIT 1") == [["cgj_handler", str(len(rows) - 1)]]


def test_an_export_crosses_pages_without_losing_or_doubling(city):
    rows = read_csv(city.supervisor.get("/queue.csv?view=open"))[1:]
    known = [no for no, in city.sql("SELECT no FROM ticket WHERE open = 1 ORDER BY sort_due, id")]
    assert [row[0] for row in rows] == known


def test_ticked_letters_are_exported(city):
    letter = city.letter("handling")
    found = city.supervisor.get(f"/queue?view=open&words={letter.number}")
    page = city.supervisor.post("/bulk", action="export", pick=[pick_of(found, letter)], list="view=open")
    assert [row[0] for row in read_csv(page)] == ["编号", letter.number]


def test_what_was_exported_stays_on_record(city):
    city.supervisor.get("/queue.csv?view=open")
    for change in ("UPDATE export_log SET rows_n = 0", "DELETE FROM export_log"):
        with pytest.raises((PermissionError, RuntimeError)):
            city.sql(change)
        with pytest.raises(PermissionError):
            city.sql(change, account="desk")


# ---- lists under a name ----


def test_a_list_is_kept_renamed_made_the_first_and_dropped(city):
    me = city.new_officer("cgj", "handler")
    page = me.submit(me.get("/queue?view=open&type=complaint&col=due").form("/views", do="keep"), name="我的投诉")
    assert page.status == 200 and "已保存这个列表" in page.text and "我的投诉" in page.text
    assert "我的投诉" in me.get("/").text
    form = next(form for form in page.forms if form.action == "/views" and form.value("id"))
    page = me.submit(form, name="全部投诉", do="rename")
    assert "已改名" in page.text and "我的投诉" not in page.text
    form = next(form for form in page.forms if form.action == "/views" and form.value("id"))
    me.submit(form, do="start")
    assert me.get("/queue").form("/queue").value("type") == "complaint"
    assert "全部投诉（打开时显示）" in me.get("/queue").text
    form = next(form for form in me.get("/queue").forms if form.action == "/views" and form.value("id"))
    page = me.submit(form, do="drop")
    assert "已删除" in page.text and "全部投诉" not in page.text and page.form("/queue").value("type") == "complaint"


def test_a_name_is_used_once_has_a_ceiling_and_twenty_are_enough(city):
    me = city.new_officer("cgj", "handler")
    form = me.get("/queue?view=open").form("/views", do="keep")
    assert me.submit(form, name="列表 1").status == 200
    again = me.submit(form, name="列表 1")
    assert again.status == 422 and "同名" in again.text and again.form("/views", do="keep").value("name") == "列表 1"
    assert me.submit(form, name="字" * 21).status == 422 and me.submit(form, name="").status == 422
    for n in range(2, 21):
        assert me.submit(form, name=f"列表 {n}").status == 200
    full = me.submit(form, name="列表 21")
    assert full.status == 422 and "20 个列表" in full.text


def test_another_persons_list_cannot_be_touched(city):
    one, other = city.new_officer("cgj", "handler"), city.new_officer("cgj", "handler")
    one.submit(one.get("/queue?view=open").form("/views", do="keep"), name="别动我的")
    saved = city.one("SELECT id FROM saved_view WHERE name = '别动我的'")
    for do in ("rename", "drop", "start"):
        other.post("/views", id=saved, name="改了", do=do, list="view=open")
    assert city.sql(f"SELECT name, is_start FROM saved_view WHERE id = {saved}") == [["别动我的", "0"]]
    assert "别动我的" not in other.get("/queue").text


# ---- the next letter ----


def test_after_an_action_the_next_letter_of_that_list_comes(city):
    first, second = [city.letter("accepted", title=f"梧桐里积水 {n}", type="suggestion") for n in "甲乙"]
    words = urllib.parse.quote("梧桐里积水")
    page = city.registrar.get(f"/queue?view=open&words={words}&state=accepted")
    href = next(href for href, text, _ in page.links if second.title in text)  # the newest is the first
    page = city.registrar.get(href)
    done = city.registrar.submit(page.form(f"/tickets/{second.number}/act?list=" + href.split("list=")[1], action="assign"), unit=UNIT)
    assert done.path == f"/tickets/{first.number}" and "这是下一封" in done.text


def test_next_and_back_walk_through_the_list_one_came_from(city):
    letters = [city.letter("handling", title=f"青石桥路面破损 {n}") for n in "甲乙丙"]
    page = city.handler().get("/queue?view=open&words=" + urllib.parse.quote("青石桥路面"))
    seen, page = [], city.handler().get(next(href for href, text, _ in page.links if letters[2].title in text))
    while page.path != "/queue":
        seen.append(page.path.split("/")[-1])
        before, page = page, city.handler().get(page.link("next"))
    assert seen == [letter.number for letter in reversed(letters)]
    assert "最后一封" in page.text and letters[1].number in before.link("prev")


# ---- the start page ----


def test_the_start_page_counts_ones_own_work_and_shows_what_one_did_last(city):
    letter = city.letter("handling")
    city.handler().submit_reply(letter)
    city.dept_reviewer().return_reply(letter)
    home = city.handler().get("/")
    assert "退回给我修改的" in home.text
    assert letter.number in city.handler().get("/queue?view=returned").text
    assert "我最近办过的" in home.text and letter.number in home.text
    assert letter.number not in city.handler("市教育局").get("/").text


def test_the_numbers_of_the_start_page_are_those_of_the_lists_behind_them(city):
    city.letter("accepted")
    for who in (city.registrar, city.handler(), city.dept_reviewer(), city.supervisor):
        home = who.get("/")
        figures = re.findall(r'<dt><a href="(/queue[^"]*)">.*?__value">(?:<span[^>]*>!</span> )?(\d+)\+?<', home.html, re.S)
        assert figures
        for href, number in figures:
            shown = who.get(html.unescape(href))
            assert len(picks(shown)) == min(int(number), 50), (who.login, href)


# ---- keys ----


def test_the_page_of_keys_is_the_table_of_keys_and_can_be_switched_off(city):
    page = city.registrar.get("/keys")
    assert "下一封" in page.text and "受理" in page.text and "已打开" in page.text
    page = city.registrar.submit(page.form("/keys"))
    assert "已关闭" in page.text and 'data-off="yes"' in page.html
    page = city.registrar.submit(page.form("/keys"))
    assert "已打开" in page.text and 'data-off="yes"' not in page.html


def test_a_list_says_what_comes_before_the_answer_and_until_when(city):
    def due(letter):
        rows = city.registrar.get(f"/queue?view=open&words={letter.number}").rows
        return next(row for row in rows if "期限" in row and letter.number in " ".join(row.values()))["期限"]

    letter = city.letter("submitted")
    assert due(letter).startswith("受理时限：还有 ") and "答复：还有 " in due(letter)
    city.registrar.accept(letter)
    assert due(letter).startswith("分办时限：还有 ") and "答复：还有 " in due(letter)
    letter = city.letter("handling")
    assert due(letter).startswith("还有 ")               # only the answer is left to do
