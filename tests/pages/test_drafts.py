"""Writing and reviewing an answer: nothing typed is lost, every save is kept, everybody sees who is at it."""
import re

import pytest
from city import PASSWORD, UNIT

WHOLE = ("您好！您反映的望湖路路灯不亮的问题收悉。\n经我局工作人员到现场核查，三盏路灯因电缆进水熄灭。\n"
         "依据《城市照明管理规定》第十九条，我局已更换电缆接头，今晚试灯正常。\n如有疑问，请拨打 0571-82345678 联系市政设施科。")


def draft_form(who, letter):
    return who.open(letter, "/draft").form(f"/tickets/{letter.number}/draft")


def keep(who, letter, form, **typed):
    """What the script does two seconds after the last key."""
    answer = who.session.post(f"{who.base}/tickets/{letter.number}/draft/keep.json", data=form.filled(typed))
    return answer.status_code, answer.json()


def events(city, letter):
    return [row[0] for row in city.sql(
        "SELECT v.event FROM reply_version v JOIN reply r ON r.id = v.reply_id JOIN ticket t ON t.id = r.ticket_id "
        f"WHERE t.no = '{letter.number}' ORDER BY v.id")]


@pytest.fixture
def pair(city):
    """A letter and two colleagues who may both answer it."""
    letter = city.letter("handling")
    other = city.new_officer("cgj", "handler")
    other.log_in()
    return letter, city.handler(), other


# ---- saving while typing ----


def test_a_draft_is_saved_while_somebody_types(city):
    letter, handler = city.letter("handling"), city.handler()
    form = draft_form(handler, letter)
    status, told = keep(handler, letter, form, body="写到一半")
    assert status == 200 and told["version"] == 1 and told["saved_at"] == "16:00" and told["others"] == []
    assert {part["code"] for part in told["check"]} == {"facts", "basis", "conclusion", "remedy", "contact"}
    status, told = keep(handler, letter, form, body="写到一半又一半", draft_version="1")
    assert status == 200 and told["version"] == 2
    assert draft_form(handler, letter).value("body") == "写到一半又一半"
    again = keep(handler, letter, form, body="写到一半又一半", draft_version="2")
    assert again[1]["version"] == 2  # nothing differs, nothing is written


def test_saves_of_two_minutes_are_one_version(city):
    letter, handler = city.letter("handling"), city.handler()
    form = draft_form(handler, letter)
    for n, at in enumerate(["16:00", "16:01", "16:02", "16:03"]):
        city.clock(f"2026-09-29 {at}")
        assert keep(handler, letter, form, body=f"第 {n} 次", draft_version=str(n))[0] == 200
    assert events(city, letter) == ["auto", "auto"]
    handler.draft(letter, body="自己按的保存")
    city.handler().submit_reply(letter, body=WHOLE)
    city.dept_reviewer().return_reply(letter)
    assert events(city, letter) == ["auto", "auto", "save", "submit", "return"]


def test_a_colleague_who_saved_since_is_told_and_both_texts_stay(city, pair):
    letter, one, two = pair
    mine, theirs = draft_form(one, letter), draft_form(two, letter)
    assert keep(two, letter, theirs, body="第二个人的稿子")[0] == 200
    status, told = keep(one, letter, mine, body="第一个人的稿子")
    assert status == 409 and told["error"]["code"] == "CONFLICT" and told["body"] == "第二个人的稿子" and told["by"] == two.login
    assert events(city, letter) == ["auto", "aside"]
    page = one.submit(mine, body="第一个人的稿子", do="save")
    assert page.status == 409 and "第一个人的稿子" in page.text and "第二个人的稿子" in page.text
    assert "（删去：" in page.html and "（新增：" in page.html
    chosen = one.submit(page.form(f"/tickets/{letter.number}/draft"), do="theirs")
    assert chosen.status == 200 and chosen.form(f"/tickets/{letter.number}/draft").value("body") == "第二个人的稿子"
    versions = one.open(letter, "/draft/versions")
    assert "冲突时另存" in versions.text and "自动保存" in versions.text


def test_what_comes_too_late_is_set_aside(city, pair):
    letter, one, two = pair
    mine = draft_form(one, letter)
    two.submit_reply(letter, body=WHOLE)
    status, told = keep(one, letter, mine, body="还在写的另一稿")
    assert status == 409 and told["error"]["code"] == "STATE"
    assert events(city, letter) == ["submit", "aside"]
    page = one.submit(mine, body="还在写的另一稿", do="submit", result="solved")
    assert page.status == 409 and "还在写的另一稿" in page.text


def test_an_ended_session_answers_the_script_so_that_it_can_go_on(city):
    letter, handler = city.letter("handling"), city.fresh("cgj_handler")
    form = draft_form(handler, letter)
    city.clock("2026-09-29 16:45")
    status, told = keep(handler, letter, form, body="一小时的稿子")
    assert status == 401 and told["error"]["code"] == "LOGIN"
    handler.log_in()
    status, told = keep(handler, letter, form, body="一小时的稿子")
    assert status == 403 and told["error"]["code"] == "DENIED"  # the token is the old session's
    fresh = draft_form(handler, letter).value("csrf")
    assert keep(handler, letter, form, body="一小时的稿子", csrf=fresh)[0] == 200


def test_a_unit_keeps_its_own_drafts_only(city):
    theirs = city.letter("handling", unit="市教育局")
    handler = city.handler()
    form = draft_form(handler, city.letter("handling"))
    assert keep(handler, theirs, form, body="别的单位的信")[0] == 404
    for tail in ("/draft/versions", "/draft/preview"):
        page = handler.open(theirs, tail)
        assert page.status == 404 and theirs.title not in page.html
    assert city.registrar.open(theirs, "/draft/versions").status == 403


# ---- an ended session, without a script ----


def test_what_was_typed_goes_through_the_login_back_into_its_form(city):
    letter, handler = city.letter("handling"), city.fresh("cgj_handler")
    form = draft_form(handler, letter)
    city.clock("2026-09-29 16:45")
    asked = handler.submit(form, body="写了一个小时的答复", result="solved", do="save")
    assert asked.status == 401 and "登录已过期" in asked.text and "写了一个小时的答复" not in asked.text
    wrong = handler.submit(asked.form("/login"), login="cgj_handler", password="not this one")
    assert wrong.status == 422 and wrong.form("/login").value("held")
    back = handler.submit(wrong.form("/login"), login="cgj_handler", password=PASSWORD)
    assert back.status == 422 and "您已重新登录，填写的内容都在" in back.text
    again = back.form(f"/tickets/{letter.number}/draft")
    assert again.value("body") == "写了一个小时的答复" and again.value("result") == "solved"
    assert handler.submit(again, do="save").path == f"/tickets/{letter.number}/draft"
    assert draft_form(handler, letter).value("body") == "写了一个小时的答复"


def test_the_form_of_an_action_comes_back_too(city):
    letter, registrar = city.citizen.write(), city.fresh("registrar1")
    form = registrar.open(letter).form(f"/tickets/{letter.number}/act", action="request_supplement")
    city.clock("2026-09-29 16:45")
    asked = registrar.submit(form, text="请补充灯杆编号。", note="先问一问")
    back = registrar.submit(asked.form("/login"), login="registrar1", password=PASSWORD)
    again = back.form(f"/tickets/{letter.number}/act")
    assert again.value("text") == "请补充灯杆编号。" and again.value("note") == "先问一问"
    assert city.state(letter) == "submitted"
    assert registrar.submit(again).status == 200 and city.state(letter) == "supplement"


def test_what_was_typed_is_not_given_to_another_person(city):
    letter, handler = city.letter("handling"), city.fresh("cgj_handler")
    form = draft_form(handler, letter)
    city.clock("2026-09-29 16:45")
    asked = handler.submit(form, body="别人不该看到的稿子", do="save")
    other = handler.submit(asked.form("/login"), login="cgj_reviewer", password=PASSWORD)
    assert "没有带过来" in other.text and "别人不该看到的稿子" not in other.html


@pytest.mark.parametrize("to", ["https://evil.invalid/", "//evil.invalid", "/login", "/nothing", "/tickets/MS-T-1/reveal?x", ""])
def test_what_is_held_leads_nowhere_else(city, to):
    sent = {"login": "cgj_handler", "password": PASSWORD, "held": "Ym9keT14", "held_to": to, "held_by": ""}
    page = city.fresh("cgj_handler").send("POST", "/login", data=sent)
    assert page.url.startswith(city.desk) and page.status in (200, 400, 403, 404, 405)


# ---- versions ----


def test_any_two_versions_are_compared_and_an_old_one_restored(city):
    letter, handler = city.letter("handling"), city.handler()
    handler.draft(letter, body="我局将于十月底前完成望湖路路灯检修。谢谢。", result="")
    handler.draft(letter, body="我局将于九月底前完成望湖路路灯检修。谢谢。", result="")
    page = handler.open(letter, "/draft/versions")
    assert "（删去：</span>十<" in page.html and "（新增：</span>九<" in page.html
    rows = page.rows
    assert [row["怎么来的"] for row in rows] == ["保存", "保存"] and rows[0]["改动"] == "+1 −1 字"
    first = min(int(form.value("id")) for form in page.forms if form.value("id"))
    form = next(form for form in page.forms if form.value("id") == str(first))
    done = handler.submit(form)
    assert done.status == 200 and "已恢复旧稿" in done.text
    assert draft_form(handler, letter).value("body").startswith("我局将于十月底前")
    assert events(city, letter) == ["save", "save", "restore"]
    stale = handler.submit(form)
    assert stale.status == 409 and "别人刚保存了新的一稿" in stale.text
    assert handler.get(f"/tickets/{letter.number}/draft/versions?a=1&b=999999").status == 404


def test_versions_of_one_letter_are_not_shown_under_another(city):
    one, two, handler = city.letter("handling"), city.letter("handling"), city.handler()
    handler.draft(one, body="第一封信的稿子")
    handler.draft(two, body="第二封信的稿子")
    there = re.search(r'name="b" value="(\d+)"', handler.open(one, "/draft/versions").html)[1]
    assert handler.open(two, f"/draft/versions?b={there}").status == 404


def test_the_preview_is_what_the_writer_reads(city):
    letter, handler = city.letter("handling"), city.handler()
    page = handler.draft(letter, body="您好！灯修好了。\n谢谢。", do="preview")
    assert page.path.endswith("/draft/preview") and "写信人将看到" in page.text and "灯修好了" in page.text and UNIT in page.text


# ---- who is there ----


def test_everybody_sees_who_is_writing(city, pair):
    letter, one, two = pair
    assert keep(two, letter, draft_form(two, letter), body="")[0] == 200
    city.clock("2026-09-29 16:01")
    words = f"{two.login}正在起草（1 分钟前）"
    assert words in one.open(letter, "/draft").text and words in one.open(letter).text
    assert words not in two.open(letter, "/draft").text
    page = one.open(letter, "/draft")
    sent = {"csrf": page.form(f"/tickets/{letter.number}/draft").value("csrf"), "what": "draft"}
    told = one.session.post(f"{one.base}/tickets/{letter.number}/here.json", data=sent)
    assert told.json()["others"] == [words]
    city.clock("2026-09-29 16:04")
    assert "正在起草" not in one.open(letter, "/draft").text


def test_a_reviewer_at_work_is_seen_too(city):
    letter, reviewer = city.letter("in_review"), city.dept_reviewer()
    token = reviewer.open(letter, "/review").form(f"/tickets/{letter.number}/act", action="return_reply").value("csrf")
    url = f"{reviewer.base}/tickets/{letter.number}/here.json"
    assert reviewer.session.post(url, data={"csrf": token, "what": "review"}).json() == {"others": []}
    assert "正在审核（刚刚）" in city.handler().open(letter).text
    assert reviewer.session.post(url, data={"csrf": token, "what": "sleep"}).status_code == 422


# ---- what is missing ----


def test_handing_in_with_something_missing_asks_once(city):
    letter, handler = city.letter("handling"), city.handler()
    asked = handler.draft(letter, body="您好！望湖路路灯不亮的问题收悉，我们高度重视，祝您生活愉快，谢谢您的来信和监督！", do="submit")
    assert asked.status == 422 and "仍然提交" in asked.text and city.state(letter) == "handling"
    assert "可能缺：查明的事实、结论、联系电话" in asked.text
    form = asked.form(f"/tickets/{letter.number}/draft")
    done = handler.submit(form, do="anyway", reason="已电话答复，写信人认可")
    assert city.state(letter) == "in_review" and done.status == 200
    review = city.dept_reviewer().open(letter, "/review")
    assert "提交时提醒过可能缺：查明的事实、结论、联系电话；说明：已电话答复，写信人认可" in review.text
    assert "可能缺" in review.text and "内容检查" in review.text


def test_a_whole_answer_is_handed_in_at_once(city):
    letter = city.letter("handling")
    page = city.handler().draft(letter, body=WHOLE, do="submit")
    assert page.status == 200 and city.state(letter) == "in_review"


# ---- words at the place ----


def test_a_return_has_words_at_the_places(city):
    letter, handler, reviewer = city.letter("handling"), city.handler(), city.dept_reviewer()
    handler.submit_reply(letter, body=WHOLE)
    page = reviewer.attempt(letter, "return_reply", text="再改一改", p2="写明核查的日期", p4="电话是空号")
    assert page.status == 200 and city.state(letter) == "handling"
    draft = handler.open(letter, "/draft")
    assert "再改一改" in draft.text and "第 2 段“经我局工作人员到现场核查，三盏路灯因电缆…”" in draft.text
    assert "写明核查的日期" in draft.text and "电话是空号" in draft.text
    form = draft.form(f"/tickets/{letter.number}/draft")
    ids = [row[0] for row in city.sql("SELECT c.id FROM review_comment c JOIN review r ON r.id = c.review_id "
                                      f"JOIN ticket t ON t.id = r.ticket_id WHERE t.no = '{letter.number}' ORDER BY c.id")]
    assert len(ids) == 2
    handler.submit(form, do="save", done=[ids[0]])
    kept = handler.open(letter, "/draft")
    assert ("input", ids[0], True) in [(tag, a.get("value"), "checked" in a) for tag, a in kept.tags if a.get("name") == "done"]
    form = kept.form(f"/tickets/{letter.number}/draft")
    handler.submit(form, body=WHOLE.replace("核查，", "核查（9 月 29 日），"), do="submit", result="explained")
    review = reviewer.open(letter, "/review")
    assert "退回以后改了什么" in review.text and "✓ 起草人已改" in review.text and "起草人没有勾选" in review.text
    assert "（新增：</span>（9 月 29 日）<" in review.html


def test_a_return_without_a_reason_comes_back_to_the_review(city):
    letter, reviewer = city.letter("in_review"), city.dept_reviewer()
    page = reviewer.attempt(letter, "return_reply", text="", p1="这一段要改")
    assert page.status == 422 and "请填写“退回的理由”" in page.text
    assert "拟答复（写信人将看到）" in page.text and "更换了进水的电缆接头" in page.text
    form = page.form(f"/tickets/{letter.number}/act", action="return_reply")
    assert form.value("p1") == "这一段要改" and page.has_form(f"/tickets/{letter.number}/act", action="approve_reply")
    assert reviewer.submit(form, text="理由").status == 200 and city.state(letter) == "handling"
    assert "这一段要改" in city.handler().open(letter, "/draft").text


def test_words_that_are_too_long_are_said_at_their_place(city):
    letter, reviewer = city.letter("in_review"), city.dept_reviewer()
    page = reviewer.attempt(letter, "return_reply", text="理由", p1="长" * 501)
    assert page.status == 422 and page.form(f"/tickets/{letter.number}/act", action="return_reply").value("p1") == "长" * 501
    assert any("第 1 段的意见" in words for words in page.errors)


@pytest.mark.parametrize("action", ["approve_reply", "return_reply"])
def test_who_decides_second_still_sees_the_answer_and_the_words(city, action):
    letter, reviewer = city.letter("in_review"), city.dept_reviewer()
    form = reviewer.open(letter, "/review").form(f"/tickets/{letter.number}/act", action=action)
    city.dept_reviewer().approve(letter)
    typed = {"p1": "这一段要改"} if action == "return_reply" else {}
    page = reviewer.submit(form, text="我的意见还在", **typed)
    assert page.status == 409 and "更换了进水的电缆接头" in page.text and "我的意见还在" in page.html
    assert not typed or "这一段要改" in page.html


# ---- text blocks ----


def test_a_block_is_filled_in_from_the_letter(city):
    letter, handler = city.letter("handling"), city.handler()
    page = handler.open(letter, "/draft")
    assert f"您关于“{letter.title}”的来信（编号 {letter.number}）收悉，我单位已于2026年9月29日受理" in page.text
    block = city.one("SELECT id FROM text_block WHERE title = '开头'")
    form = page.form(f"/tickets/{letter.number}/draft")
    after = handler.submit(form, body="先写的话。", block=block)
    body = after.form(f"/tickets/{letter.number}/draft").value("body")
    assert body.startswith("先写的话。\n您好！您关于") and letter.number in body
    complaint = [a["value"] for tag, a in page.tags if tag == "button" and a.get("name") == "block"]
    consult = city.one("SELECT id FROM text_block WHERE title = '咨询：怎么办理'")
    assert block in complaint and consult not in complaint


def test_everybody_has_blocks_of_their_own(city):
    handler, colleague = city.handler(), city.new_officer("cgj", "handler")
    colleague.log_in()
    form = handler.get("/blocks").form("/blocks")
    assert list(form.options["whose"]) == ["我的"]
    done = handler.submit(form, title="我常说的", body="请您放心，{单位}会跟进。", type="投诉", do="put")
    assert "已保存" in done.text and "我常说的" in done.text
    assert "我常说的" not in colleague.get("/blocks").text
    block = city.one("SELECT id FROM text_block WHERE title = '我常说的'")
    assert colleague.post("/blocks", id=block, do="drop").status == 403
    edit = handler.get(f"/blocks?id={block}").form("/blocks")
    assert edit.value("body") == "请您放心，{单位}会跟进。"
    assert "改过的话" in handler.submit(edit, body="改过的话", do="put").text
    gone = handler.submit(handler.get(f"/blocks?id={block}").form("/blocks"), do="drop")
    assert "已删除" in gone.text and "改过的话" not in gone.text


def test_a_unit_shares_blocks_and_the_office_the_citys(city):
    liaison, office = city.liaison(), city.office_reviewer
    form = liaison.get("/blocks").form("/blocks")
    assert list(form.options["whose"]) == ["我的", "本单位"]
    liaison.submit(form, whose="本单位", title="城管局用的", body="市政设施科电话见下。", do="put")
    assert "城管局用的" in city.handler().get("/blocks").text
    assert "城管局用的" not in city.handler("市教育局").get("/blocks").text
    form = office.get("/blocks").form("/blocks")
    assert list(form.options["whose"]) == ["我的", "本单位", "全市"]
    office.submit(form, whose="全市", title="全市都用的", body="谢谢您的来信。", do="put")
    assert "全市都用的" in city.handler("市教育局").get("/blocks").text
    assert city.handler().post("/blocks", whose="unit", title="越权", body="越权的话", do="put").status == 403


def test_a_block_without_words_is_refused_with_what_was_typed(city):
    handler = city.handler()
    page = handler.submit(handler.get("/blocks").form("/blocks"), title="", body="只有文字", do="put")
    assert page.status == 422 and page.errors == ["请填写名称"] and page.form("/blocks").value("body") == "只有文字"
