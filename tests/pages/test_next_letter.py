"""After an action the next letter is there: of the list one came from, on the page where one works, with what was done said."""
import urllib.parse

import pytest


def edition_form(officer, letter, pub, action):
    page = officer.get(f"/tickets/{letter.number}/publish?pub={pub}")
    return page.form(f"/tickets/{letter.number}/act?pub={pub}", action=action)


@pytest.mark.parametrize("action", ["approve_full", "withhold", "return_edition"])
def test_a_decision_about_publication_leads_to_the_next_edition_of_that_list(city, action):
    first, second = city.letter("replied"), city.letter("replied")
    fields = {"text": "第一段还有门牌。"} if action == "return_edition" else {"reason": "privacy"} if action == "withhold" else {}
    done = city.secrecy_reviewer.submit(edition_form(city.secrecy_reviewer, first, "clearing-pending", action), **fields)
    assert done.path == f"/tickets/{second.number}/publish" and "这是下一封" in done.text and first.number in done.text
    assert done.has_form(f"/tickets/{second.number}/act?pub=clearing-pending")


def test_without_a_list_a_decision_leads_on_through_what_waits_for_the_same(city):
    first, second = city.letter("replied"), city.letter("replied")
    done = city.secrecy_reviewer.act(first, "approve_full")
    assert done.path == f"/tickets/{second.number}/publish"
    third = city.letter("cleared")
    done = city.publisher.act(first, "publish")
    assert done.path == f"/tickets/{third.number}/publish" and "已完成“公开" in done.text


def test_what_is_over_leads_back_to_its_list(city):
    letter = city.letter("published")
    city.letter("published")
    done = city.publisher.submit(edition_form(city.publisher, letter, "publish-published", "withdraw_publication"), text="信里有一处写错了")
    assert done.path == "/publish" and letter.number in done.text and "已完成“" in done.text


def test_editions_are_walked_through_by_next_and_back(city):
    first, second = city.letter("replied"), city.letter("replied")
    start = next(href for href, _, _ in [*links(city, first)])
    page = city.secrecy_reviewer.get(start)
    page = city.secrecy_reviewer.get(page.link("next"))
    assert page.path == f"/tickets/{second.number}/publish"
    assert city.secrecy_reviewer.get(page.link("prev")).path == f"/tickets/{first.number}/publish"
    end = city.secrecy_reviewer.get(page.link("next"))
    while end.path != "/clearing":
        end = city.secrecy_reviewer.get(end.link("next"))
    assert "最后一封" in end.text


def links(city, letter):
    """Those of a letter in the list of what waits for a decision; it may be on any page of it."""
    page = city.secrecy_reviewer.get("/clearing?view=pending")
    while not any(letter.number in href and "/publish" in href for href, _, _ in page.links):
        page = city.secrecy_reviewer.get(page.link("next"))
    return [link for link in page.links if letter.number in link[0] and "/publish" in link[0]]


def test_an_address_that_names_no_list_or_somebody_elses_is_the_usual_one(city):
    first, second = city.letter("replied"), city.letter("replied")
    for pub in ("publish-pending", "clearing-", "x" * 300, "%00", "clearing-pending%20"):
        page = city.secrecy_reviewer.get(f"/tickets/{first.number}/publish?pub={pub}")
        assert page.status in (200, 400)
        assert page.status == 400 or page.has_form(f"/tickets/{first.number}/act", action="approve_full")
    done = city.secrecy_reviewer.act(first, "approve_full")
    assert done.path == f"/tickets/{second.number}/publish"


def test_who_came_from_a_list_of_the_desk_stays_in_it(city):
    first, second = [city.letter("replied", title=f"柳浪桥护栏松动 {n}") for n in "甲乙"]
    listed = "view=done&words=" + urllib.parse.quote("柳浪桥护栏")
    ask = "?list=" + urllib.parse.quote(listed, safe="")
    page = city.secrecy_reviewer.get(f"/tickets/{second.number}/publish{ask}")
    form = next(form for form in page.forms if form.value("action") == "approve_full")
    done = city.secrecy_reviewer.submit(form)
    assert done.path == f"/tickets/{first.number}" and "这是下一封" in done.text


@pytest.mark.parametrize("action, place, fields", [("approve_reply", "云栖里", {}), ("return_reply", "枕溪坊", {"text": "请写明联系电话"})])
def test_a_review_leads_to_the_next_review_of_that_list(city, action, place, fields):
    first, second = [city.letter("in_review", title=f"{place}井盖缺失 {n}") for n in "甲乙"]
    ask = "?list=" + urllib.parse.quote("view=todo&words=" + urllib.parse.quote(place + "井盖") + "&desk=dept", safe="")
    page = city.dept_reviewer().get(f"/tickets/{second.number}/review{ask}")  # of what is searched for the latest is the first
    form = next(form for form in page.forms if form.value("action") == action)
    done = city.dept_reviewer().submit(form, **fields)
    assert done.path == f"/tickets/{first.number}/review" and "这是下一封" in done.text and second.number in done.text
    back = city.dept_reviewer().get(f"/tickets/{first.number}/review{ask}").link("next")
    assert city.dept_reviewer().get(back).path == "/queue"


def test_the_next_letter_without_a_review_for_this_person_is_shown_itself(city):
    first, second = [city.letter("in_review", title=f"听松巷路牌脱落 {n}") for n in "甲乙"]
    city.dept_reviewer().approve(first)
    words = "view=open&words=" if city.field(first, "state") == "in_review" else "view=done&words="
    ask = "?list=" + urllib.parse.quote(words + urllib.parse.quote("听松巷路牌"), safe="")
    page = city.dept_reviewer().get(f"/tickets/{second.number}/review{ask}")
    done = city.dept_reviewer().submit(next(form for form in page.forms if form.value("action") == "approve_reply"))
    assert done.path == f"/tickets/{first.number}"
