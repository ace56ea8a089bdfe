"""The watch desk: lists, supervision orders with their own clock, circulars and who stands in two in a row, units and talks."""
import datetime
import re

import pytest
from city import UNIT

OTHER = "市教育局"


def order_of(city, letter):
    """(id, state, due day) of the newest supervision order of a letter."""
    rows = city.sql("SELECT d.id, d.state, d.due_on FROM supervision_order d JOIN ticket t ON t.id = d.ticket_id "
                    f"WHERE t.no = '{letter.number}' ORDER BY d.id DESC LIMIT 1")
    return rows[0] if rows else None


def ordered(city, unit=UNIT, on=""):
    letter = city.letter("handling", unit=unit)
    city.supervisor.act(letter, "supervise", text="请分管负责人到现场，修好后报告", on=on)
    return letter


# ---- orders ----


@pytest.mark.row("ANY", "RECEIVE_ORDER", "SAME")
@pytest.mark.row("ANY", "RETURN_FEEDBACK", "SAME")
@pytest.mark.row("ANY", "ACCEPT_FEEDBACK", "SAME")
def test_an_order_is_received_reported_on_sent_back_and_accepted(city):
    day = city.workdays(5)
    letter = ordered(city, on=day.isoformat())
    order, state, due = order_of(city, letter)
    assert (state, due) == ("issued", day.isoformat()) and city.timer(letter, "supervise_feedback") == ("running", day)
    page = city.liaison().get(f"/orders/{order}")
    assert re.search(r"督〔2026〕\d+号", page.text) and "请分管负责人到现场" in page.text and "还没有签收" in page.text
    assert str(order) in city.liaison().get("/orders").html
    city.liaison().submit(page.form(f"/tickets/{letter.number}/act", action="receive_order"))
    assert order_of(city, letter)[1] == "received" and "还没有签收" not in city.liaison().get(f"/orders/{order}").text
    city.handler().act(letter, "feedback", text="已派人检修，缺备件，十五日前修好")
    assert order_of(city, letter)[1] == "answered" and city.timer(letter, "supervise_feedback")[0] == "stopped"
    later = city.workdays(8)
    city.supervisor.act(letter, "return_feedback", text="没有写明谁负责", on=later.isoformat())
    assert order_of(city, letter)[1:] == ["returned", later.isoformat()]
    assert city.timer(letter, "supervise_feedback") == ("running", later)
    city.handler().act(letter, "feedback", text="市政设施科负责，已修好，照片在附件")
    city.supervisor.act(letter, "accept_feedback")
    page = city.supervisor.get(f"/orders/{order}")
    assert order_of(city, letter)[1] == "accepted" and "没有写明谁负责" in page.text and "市政设施科负责" in page.text


def test_another_unit_does_not_read_an_order(city):
    order = order_of(city, ordered(city))[0]
    assert city.liaison(OTHER).get(f"/orders/{order}").status == 404
    assert f"/orders/{order}" not in city.liaison(OTHER).get("/orders").html
    assert city.handler().get(f"/orders/{order}").status == 200


def test_nothing_milder_sets_the_clock_of_an_order_again(city):
    letter = ordered(city, on=city.workdays(6).isoformat())
    before = city.timer(letter, "supervise_feedback")
    city.clock_add_workdays(1)
    city.supervisor.act(letter, "urge", text="请抓紧")
    assert city.timer(letter, "supervise_feedback") == before
    page = city.supervisor.forge(letter, "supervise", text="再督办一次")
    assert page.status == 409 and "督办令还没有办结" in page.text


@pytest.mark.parametrize("days,words", [(-1, "不能早于今天"), (200, "最远 90 天")])
def test_the_day_of_an_order_can_be_kept(city, days, words):
    letter = city.letter("handling")
    page = city.supervisor.attempt(letter, "supervise", text="请报告进展", on=str(city.today() + datetime.timedelta(days=days)))
    assert page.status == 422 and words in page.text and "请报告进展" in page.html and order_of(city, letter) is None


def test_a_unit_that_loses_the_letter_owes_no_report(city):
    letter = city.letter("assigned")
    city.supervisor.act(letter, "supervise", text="请尽快签收办理")
    city.liaison().act(letter, "object", text="不是我局管养的路灯")
    city.registrar.act(letter, "uphold", unit=OTHER)
    assert order_of(city, letter)[1] == "void" and city.timer(letter, "supervise_feedback")[0] == "stopped"


def test_what_was_demanded_is_reported_on_also_after_the_answer(city):
    letter = ordered(city)
    city.handler().submit_reply(letter)
    city.dept_reviewer().approve(letter)
    city.handler().act(letter, "feedback", text="已答复写信人，路灯全部修好")
    city.supervisor.act(letter, "accept_feedback")
    assert city.state(letter) == "replied" and order_of(city, letter)[1] == "accepted"


# ---- lists ----


def watched(city, letter, query, who=None):
    return letter.number in (who or city.supervisor).everything(f"/watch?unit={city.supervisor.unit_id(UNIT)}&{query}")


def test_each_list_has_what_it_is_called_after(city):
    letter = city.letter("replied")
    assert not watched(city, letter, "tab=reopened")
    city.citizen.follow_up(letter)
    assert watched(city, letter, "tab=reopened") and watched(city, letter, "tab=repeated")
    assert not watched(city, letter, "tab=leader") and not watched(city, letter, "tab=pressed")
    city.leader.act(letter, "instruct", text="请城管局抓紧")
    city.supervisor.act(letter, "remind")
    assert watched(city, letter, "tab=leader") and watched(city, letter, "tab=pressed")
    row = city.supervisor.page_with("/watch?tab=leader", letter.number).row(letter.number)
    assert "领导批示" in row["进展"] and "提醒 1 次" in row["督促"] and "第 2 轮" in row["进展"]


def test_filters_narrow_the_lists(city):
    letter = city.letter("handling")
    city.supervisor.act(letter, "urge")
    for query in ("stage=handle", "pressed=2", "type=complaint"):
        assert watched(city, letter, "tab=pressed&" + query), query
    for query in ("stage=dept", "pressed=1", "type=consult", "age=5", "light=red"):
        assert not watched(city, letter, "tab=pressed&" + query), query


def test_what_supervisors_do_moves_nothing(city):
    letter = city.letter("handling")
    assert not watched(city, letter, "tab=still")
    city.clock_add_workdays(3)
    city.supervisor.act(letter, "urge", text="请报告进展")
    assert watched(city, letter, "tab=still") and watched(city, letter, "tab=still&pressed=2")
    city.handler().act(letter, "holding_reply", text="电缆已订货。", on=city.workdays(5).isoformat())
    assert not watched(city, letter, "tab=still")


def test_two_letters_of_one_number_are_told_as_repeated(city):
    first = city.citizen.write(phone="13900007431")
    second = city.citizen.write(phone="13900007431")
    page = city.supervisor.everything("/watch?tab=repeated")
    assert second.number in page and first.number not in page and "同一电话近期另有来信" in page


def test_many_are_urged_at_once_from_the_watch_desk(city):
    letters = [city.letter("handling") for _ in range(2)]
    for letter in letters:
        city.leader.act(letter, "instruct", text="请抓紧")
    chosen = []
    for letter in letters:
        page = city.supervisor.page_with(f"/watch?tab=leader&unit={city.supervisor.unit_id(UNIT)}", letter.number)
        picks = [attrs["value"] for tag, attrs in page.tags if tag == "input" and attrs.get("name") == "pick"]
        chosen += [pick for pick in picks if pick.split(":")[0] == letter.number]
    asked = city.supervisor.post("/bulk", action="urge", pick=chosen, list="tab=leader", **{"from": "watch"})
    done = city.supervisor.submit(asked.form("/bulk"), text="请本周内答复")
    assert "2 封都办好了" in done.text and any(href == "/watch?tab=leader" for href, _, _ in done.links)
    assert all(watched(city, letter, "tab=pressed&pressed=2") for letter in letters)


# ---- circulars ----


def issue(city, *letters):
    """Letters chosen, gathered and issued; the circular's path."""
    for letter in letters:
        city.supervisor.act(letter, "circularise", text="超过期限没有办结，又不报告原因")
    draft = city.supervisor.submit(city.supervisor.get("/circulars").form("/circulars"))
    assert all(letter.number in draft.text for letter in letters)
    issued = city.supervisor.submit(draft.form(draft.path), do="issue")
    assert issued.status == 200 and "已印发" in issued.text, issued.errors
    return issued.path


def forget(city, unit):
    """What other tests brought onto the list for this unit."""
    city.sql(f"UPDATE circular_entry SET dropped_at = NOW() WHERE unit_id = {city.supervisor.unit_id(unit)} AND dropped_at IS NULL")


def named_again(city, path, unit):
    return city.sql("SELECT 1 FROM circular_unit WHERE previous_id IS NOT NULL AND "
                    f"circular_id = {path.rsplit('/', 1)[1]} AND unit_id = {city.supervisor.unit_id(unit)}") != []


def test_a_circular_is_gathered_edited_and_issued_to_all_units(city):
    kept, dropped = city.letter("handling"), city.letter("handling", unit=OTHER)
    for letter in (kept, dropped):
        city.supervisor.act(letter, "circularise", text="超过期限没有办结")
    draft = city.supervisor.submit(city.supervisor.get("/circulars").form("/circulars"))
    assert city.handler().get(draft.path).status == 404, "a draft is for supervisors"
    entry = city.one("SELECT e.id FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id "
                     f"WHERE t.no = '{dropped.number}' AND e.dropped_at IS NULL")
    bad = city.supervisor.submit(draft.form(draft.path), do="save", title="", intro="开头改过")
    assert bad.status == 422 and "开头改过" in bad.html
    saved = city.supervisor.submit(draft.form(draft.path), do="save", title="第一期通报", drop=[entry])
    assert "第一期通报" in saved.html and dropped.number not in saved.text
    stale = city.supervisor.submit(draft.form(draft.path), do="save", title="旧的标题")
    assert stale.status == 409 and "旧的标题" in stale.html
    issued = city.supervisor.submit(saved.form(saved.path), do="issue")
    assert re.search(r"通报〔2026〕\d+号", issued.text)
    page = city.handler().get(issued.path)
    assert kept.title in page.text
    foreign = city.handler(OTHER).get(issued.path)
    assert kept.number in foreign.text and kept.title not in foreign.text
    again = city.supervisor.post(issued.path, do="issue", version="9", title="再印一次")
    assert again.status == 409


def test_what_came_into_a_draft_meanwhile_is_seen_before_it_is_issued(city):
    first, second = city.letter("handling"), city.letter("handling", unit="市教育局")
    city.supervisor.act(first, "circularise", text="超过期限没有办结")
    draft = city.supervisor.submit(city.supervisor.get("/circulars").form("/circulars"))
    city.supervisor.act(second, "circularise", text="超过期限没有办结")
    city.supervisor.submit(city.supervisor.get("/circulars").form("/circulars"))
    late = city.supervisor.submit(draft.form(draft.path), do="issue")
    assert late.status == 409 and second.number in late.text
    entries = [row[0] for row in city.sql("SELECT e.id FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id WHERE e.dropped_at IS NULL "
                                          f"AND t.no IN ('{first.number}', '{second.number}')")]
    assert first.number not in city.supervisor.submit(late.form(draft.path), do="save", drop=entries).text


def test_a_letter_that_is_listed_again_while_it_stands_in_a_draft_waits(city):
    """Once it could not be gathered, and with it nothing."""
    letter = city.letter("handling")
    for text in ("超过期限没有办结", "仍然没有办结"):
        city.supervisor.act(letter, "circularise", text=text)
        draft = city.supervisor.submit(city.supervisor.get("/circulars").form("/circulars"))
        assert draft.status == 200 and letter.number in draft.text


def test_a_unit_in_two_circulars_in_a_row_writes_a_self_criticism(city):
    unit = "市交通运输局"
    forget(city, unit)
    first = issue(city, city.letter("handling", unit=unit))
    assert not named_again(city, first, unit)
    second = issue(city, city.letter("handling", unit=unit))
    page = city.liaison(unit).get(second)
    assert "连续两次被通报（上一次：" in page.text and "书面检讨" in city.liaison(unit).get("/orders").text
    short = city.liaison(unit).submit(page.form(second + "/criticism"), words="知道了")
    assert short.status == 422 and "知道了" in short.html
    words = "主要原因是人手不足、没有按时报告。已经明确由一名副局长负责，十日内办结全部超期来信。"
    done = city.liaison(unit).submit(page.form(second + "/criticism"), words=words)
    assert "已提交" in done.text and words in done.text
    assert words not in city.liaison(UNIT).get(second).text
    twice = city.liaison(unit).post(second + "/criticism", words=words + "再交一次")
    assert twice.status == 409
    taken = city.supervisor.submit(city.supervisor.get(second).form(second, do="taken"))
    assert "已收下" in taken.text


def test_a_letter_answered_in_time_for_the_next_circular_makes_no_second(city):
    unit = "市公安局"
    forget(city, unit)
    answered = city.letter("handling", unit=unit)
    issue(city, answered)
    city.handler(unit).submit_reply(answered)
    city.dept_reviewer(unit).approve(answered)
    assert not named_again(city, issue(city, city.letter("handling", unit=unit)), unit)


def test_what_stays_unanswered_comes_onto_the_list_by_itself(city):
    letter = city.letter("handling")
    city.clock_add_workdays(17)
    city.run_slad()
    city.supervisor.post("/circulars")
    rows = city.sql("SELECT e.why FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id "
                    f"WHERE t.no = '{letter.number}'")
    assert rows == [["ladder"]]
    city.supervisor.post("/circulars")  # gathered once
    assert len(city.sql("SELECT 1 FROM circular_entry e JOIN ticket t ON t.id = e.ticket_id "
                        f"WHERE t.no = '{letter.number}'")) == 1


# ---- units, people, talks ----


def test_numbers_of_units_and_people_lead_to_their_letters(city):
    letter = city.letter("handling")
    city.handler().draft(letter)
    unit, login = city.supervisor.unit_id(UNIT), city.handler().login
    city.clock_add_workdays(16)
    units = city.supervisor.get("/watch/units")
    assert any(href == f"/watch?tab=late&unit={unit}" for href, _, _ in units.links)
    assert letter.number in city.supervisor.everything(f"/watch?tab=late&unit={unit}&stage=handle")
    page = city.supervisor.get("/watch/units/cgj")
    assert any(href == f"/watch/people/{login}" for href, _, _ in page.links)
    assert city.supervisor.get(f"/watch/people/{login}").status == 200
    assert city.handler().get("/watch/units").status == 403


def test_a_talk_is_written_down_once(city):
    page = city.supervisor.get("/watch/units/cgj")
    form = page.form("/watch/units/cgj")
    fields = {"person": "市城管局副局长", "about": "路灯来信超期", "words": "指出三封来信超期的问题，要求说明原因、限期办结。",
              "promise": "十日内办结", "letter": "MS-T-1"}
    wrong = city.supervisor.submit(form, **fields)
    assert wrong.status == 422 and "编号不对" in wrong.text and "指出三封来信" in wrong.html
    ahead = city.supervisor.submit(form, **fields | {"letter": "", "held": city.workdays(3).isoformat()})
    assert ahead.status == 422 and "不能晚于今天" in ahead.text
    for _ in range(2):
        done = city.supervisor.submit(form, **fields | {"letter": ""})
    assert done.text.count("指出三封来信超期的问题") == 1 and "约谈 1 次" in done.text


def test_who_must_keep_away_finds_no_order_and_no_list(city):
    letter = ordered(city)
    order = order_of(city, letter)[0]
    who = city.new_officer("zwgk", "supervisor")
    city.registrar.act(letter, "recuse", login=who.login, text="来信反映该同志")
    assert who.get(f"/orders/{order}").status == 404
    assert letter.number not in who.get("/orders").text and letter.number not in who.get("/watch?tab=pressed").text
