"""The publication desk: what was found in a text stands beside it with its reason, one press hides it or shows it again,
nobody decides about a text he has not seen, and what is public is looked at again when the rules become better."""
import re

import pytest

from city import REPLY

HIDDEN = "［已隐去］"
BODY = ("我叫郑晓禾，家住望湖路26号听雨苑3栋2单元501室，电话 139 0000 7788。楼下的烧烤摊每天营业到凌晨，"
        "老板张建国的车（湘A8K3M5）占着消防通道，请尽快处理。")
ANSWER = "您好！我局已责令烧烤摊停止占道。联系电话：0571-82345678。感谢郑晓禾同志的监督，我们会继续巡查，保持道路畅通。"


def answered(city, **written):
    letter = city.letter("handling", body=BODY, name="郑晓禾", phone="13900007788", **written)
    city.handler().submit_reply(letter, body=ANSWER)
    city.dept_reviewer().approve(letter)
    return letter


def edition(city, letter):
    return city.sql("SELECT e.title, e.body, e.reply, e.rules, e.author_id FROM edition e JOIN ticket t ON t.id = e.ticket_id "
                    f"WHERE t.no = '{letter.number}' ORDER BY e.seq DESC LIMIT 1")[0]


def count(city, table, where="1"):
    return int(city.one(f"SELECT COUNT(*) FROM {table} WHERE {where}"))


def form(officer, letter):
    return officer.open(letter, "/publish").form(f"/tickets/{letter.number}/publish")


def key(page, verb, words):
    """The button that hides or shows a text, as the list of finds has it."""
    found = re.findall(r'name="do" value="((?:hide|show):[^"]+)"[^>]*>([^<]*)<span class="lx-visually-hidden">：([^<]*)<', page.html)
    return next(value for value, _, text in found if value.startswith(verb) and words in text)


def press(officer, letter, page, verb, words):
    return officer.submit(page.form(f"/tickets/{letter.number}/publish"), do=key(page, verb, words))


# ---- what is found ----


def test_the_writers_own_name_and_number_are_hidden_though_nobody_can_read_them(city):
    letter = answered(city, title="听雨苑3栋郑晓禾反映油烟扰民")
    title, body, reply, rules, author = edition(city, letter)
    assert "郑晓禾" not in title + body + reply and "7788" not in body and "501" not in body and "8K3M5" not in body
    assert "0571-82345678" in reply and rules != "0" and author == "NULL"
    assert count(city, "contact_match m JOIN ticket t ON t.id = m.ticket_id", f"t.no = '{letter.number}'") == 1
    assert count(city, "reveal r JOIN ticket t ON t.id = r.ticket_id", f"t.no = '{letter.number}' AND r.purpose = 'view'") == 0


def test_each_find_is_shown_with_what_it_is_and_why(city):
    letter = answered(city)
    page = city.secrecy_reviewer.open(letter, "/publish")
    for words in ("和写信时填的姓名相同", "写明了住在这里", "形式是车牌", "姓氏开头，前面写着是谁", "和写信时填的电话相同"):
        assert words in page.text, words
    assert not page.has_form(f"/tickets/{letter.number}/publish") and 'name="do"' not in page.html  # a reviewer reads
    reader = city.registrar.open(letter, "/publish")
    assert reader.status == 200 and "和写信时填的姓名相同" not in reader.text  # the vault is asked for those whose work it is


def test_a_page_seen_again_is_no_new_comparison(city):
    letter = answered(city)
    for _ in range(3):
        city.publisher.open(letter, "/publish")
    assert count(city, "contact_match m JOIN ticket t ON t.id = m.ticket_id", f"t.no = '{letter.number}'") == 2


def test_without_the_vault_an_answer_is_approved_and_the_page_says_what_is_missing(city):
    with city.stands_still("vaultd"):
        letter = answered(city)
        page = city.publisher.open(letter, "/publish")
        assert "没能和写信人填的姓名、电话比对" in page.text
        assert "郑晓禾" in edition(city, letter)[2] and "7788" not in edition(city, letter)[1]
    page = city.publisher.open(letter, "/publish")
    assert "还有 1 处看得到、应当隐去" in page.text


# ---- one press ----


def test_one_press_shows_and_hides_and_nothing_is_kept_until_it_is_saved(city):
    letter = answered(city)
    before = edition(city, letter)
    page = press(city.publisher, letter, city.publisher.open(letter, "/publish"), "show", "湘A8K3M5")
    assert page.status == 200 and "改动还没有保存" in page.text
    assert "湘A8K3M5" in page.form(f"/tickets/{letter.number}/publish").value("body") and edition(city, letter) == before
    page = press(city.publisher, letter, page, "hide", "张建国")
    page = press(city.publisher, letter, page, "hide", "湘A8K3M5")
    assert page.status == 200 and edition(city, letter) == before
    page = city.publisher.submit(page.form(f"/tickets/{letter.number}/publish"), do="save")
    assert page.status == 200 and "张建国" not in edition(city, letter)[1] and edition(city, letter)[1].count(HIDDEN) == 5
    assert count(city, "edition e JOIN ticket t ON t.id = e.ticket_id", f"t.no = '{letter.number}'") == 2


def test_what_should_be_hidden_goes_with_one_press_for_all_of_it(city):
    letter = answered(city)
    page = city.publisher.submit(form(city.publisher, letter), body=BODY, do="all")
    text = page.form(f"/tickets/{letter.number}/publish").value("body")
    assert text.count(HIDDEN) == 4 and "张建国" in text and "郑晓禾" not in text


def test_what_was_typed_stays_when_a_press_misses(city):
    letter = answered(city)
    page = city.publisher.open(letter, "/publish")
    missed = city.publisher.submit(page.form(f"/tickets/{letter.number}/publish"), body="改成了完全不同的一段话。", reply=REPLY,
                                   do=key(page, "hide", "张建国"))
    assert missed.status == 422 and "已经改过" in missed.text
    assert missed.form(f"/tickets/{letter.number}/publish").value("body") == "改成了完全不同的一段话。"
    for nonsense in ("hide:body:0:3:1", "show:title:1:2:4294967295", "nothing"):
        assert city.publisher.submit(page.form(f"/tickets/{letter.number}/publish"), do=nonsense).status == 422


def test_a_copy_without_the_letter_says_so_and_not_that_its_writer_refused(city):
    letter = city.letter("replied")
    assert city.publisher.edit_edition(letter, body="").status == 200
    assert edition(city, letter)[1] == "（只公开答复，不公开来信内容）"
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    page = city.get(f"/open/{city.public_id(letter)}").text
    assert "（只公开答复，不公开来信内容）" in page and "不同意公开" not in page


def test_a_title_is_written_anew_and_too_long_a_one_is_said_at_its_field(city):
    letter = answered(city)
    wrong = city.publisher.edit_edition(letter, title="长" * 61)
    assert wrong.status == 422 and wrong.form(f"/tickets/{letter.number}/publish").value("title") == "长" * 61
    city.publisher.edit_edition(letter, title="烧烤摊油烟扰民")
    assert edition(city, letter)[0] == "烧烤摊油烟扰民"


# ---- who decides, about what ----


def decide(city, officer, letter, action, **fields):
    return officer.post(f"/tickets/{letter.number}/act", action=action, version=city.field(letter, "version"), **fields)


def test_an_approval_names_the_very_bytes_or_is_none(city):
    letter = answered(city)
    for seen in ({}, {"seen": ""}, {"seen": "0" * 64}, {"seen": "nonsense"}):
        refused = decide(city, city.secrecy_reviewer, letter, "approve_full", **seen)
        assert refused.status == 409 and city.field(letter, "pub_state") == "pending_review"
    assert count(city, "edition_approval a JOIN edition e ON e.id = a.edition_id JOIN ticket t ON t.id = e.ticket_id",
                 f"t.no = '{letter.number}'") == 0


def test_a_summary_is_approved_as_the_bytes_that_were_announced(city):
    letter = answered(city)
    page = city.secrecy_reviewer.open(letter, "/publish")
    full, summary = (page.form(f"/tickets/{letter.number}/act", action=what).value("seen")
                     for what in ("approve_full", "approve_summary"))
    assert full != summary
    assert decide(city, city.secrecy_reviewer, letter, "approve_summary", seen=full).status == 409
    city.secrecy_reviewer.act(letter, "approve_summary")
    city.publisher.act(letter, "publish")
    assert city.one(f"SELECT LOWER(HEX(sha256)) FROM pub_letter WHERE no = '{letter.number}'") == summary
    assert city.publisher.get(f"/tickets/{letter.number}/act?action=approve_full").status in (403, 404)
    assert city.secrecy_reviewer.get(f"/tickets/{letter.number}/act?action=approve_full").path.endswith("/publish")


def test_who_has_ever_edited_a_copy_decides_about_none_of_that_letter(city):
    office = city.one("SELECT u.code FROM officer o JOIN unit u ON u.id = o.unit_id WHERE o.login = 'publisher1'")
    both = city.new_officer(office, "publisher", "secrecy_reviewer")
    letter = answered(city)
    assert "approve_full" in both.offered(letter)
    both.edit_edition(letter, title="路灯的来信和答复")
    city.publisher.edit_edition(letter, title="路灯的来信、答复")
    assert not {"approve_full", "approve_summary", "withhold", "return_edition"} & both.offered(letter)
    assert decide(city, both, letter, "approve_full").status == 403


@pytest.mark.row("PENDING_REVIEW", "RETURN_EDITION", "PENDING_REVIEW")
def test_a_reviewer_sends_a_copy_back_and_whoever_edits_sees_why(city):
    letter = answered(city)
    assert city.secrecy_reviewer.attempt(letter, "return_edition").status == 422
    city.secrecy_reviewer.act(letter, "return_edition", text="第一段还有老板的姓名。")
    assert letter.number in city.publisher.everything("/publish?view=returned")
    assert "公开稿退回修改的" in city.publisher.get("/").text and "公开稿退回修改的" not in city.secrecy_reviewer.get("/").text
    assert letter.number not in city.secrecy_reviewer.everything("/clearing")  # it waits for somebody else now
    assert "第一段还有老板的姓名。" in city.publisher.open(letter, "/publish").text
    city.publisher.edit_edition(letter, body="楼下的烧烤摊每天营业到凌晨，请尽快处理。")
    assert letter.number not in city.publisher.everything("/publish?view=returned")
    assert letter.number in city.secrecy_reviewer.everything("/clearing")
    page = city.secrecy_reviewer.open(letter, "/publish")
    assert "第一段还有老板的姓名。" not in page.text
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")


def test_one_changed_byte_is_looked_at_again(city):
    letter = answered(city)
    for change in ("title", "body", "reply"):
        city.secrecy_reviewer.act(letter, "approve_full")
        now = form(city.publisher, letter).value(change)
        city.publisher.edit_edition(letter, **{change: now.replace("。", "；", 1) if "。" in now else now + "？"})
        assert city.field(letter, "pub_state") == "pending_review" and "publish" not in city.publisher.offered(letter)
        assert city.publisher.forge(letter, "publish").status == 409


# ---- what is public, looked at again ----


def done(city):
    return city.wait(lambda: city.one("SELECT COUNT(*) FROM rescan WHERE done_at IS NULL") == "0")


def published_with(city, body):
    letter = city.letter("replied")
    city.publisher.edit_edition(letter, body=body)
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    return letter


def rescan(city, officer=None, **fields):
    return (officer or city.secrecy_reviewer).post("/clearing/rescan", **fields)


def test_what_is_public_is_looked_at_again_and_each_find_is_decided_once(city):
    bad = published_with(city, "请打电话 13900001234 找我，谢谢。路灯已经坏了一个星期了。")
    fine = published_with(city, "请回电 13900005678。这是公布的值班手机，可以公开。")
    assert done(city)
    rescan(city, do="start")
    assert done(city)
    page = city.publisher.get("/clearing/rescan")
    assert bad.number in page.text and fine.number in page.text and "手机号码" in page.text
    ids = dict(city.sql("SELECT t.no, f.id FROM rescan_find f JOIN ticket t ON t.id = f.ticket_id"))
    assert rescan(city, do="take_down", id=ids[bad.number]).status == 403  # a reviewer takes nothing down
    gone = rescan(city, city.publisher, do="take_down", id=ids[bad.number])
    assert gone.status == 200 and bad.number not in gone.text and city.field(bad, "pub_state") == "withdrawn_pub"
    assert f"/tickets/{bad.number}/publish" in [href for href, _, _ in gone.links]  # where it is put right
    assert rescan(city, city.publisher, do="take_down", id=ids[bad.number]).status == 200  # pressed twice
    kept = rescan(city, do="keep", id=ids[fine.number])
    assert fine.number not in kept.text and city.field(fine, "pub_state") == "published"
    rescan(city, do="start")
    assert done(city) and fine.number not in city.publisher.get("/clearing/rescan").text


def test_the_writers_name_that_stayed_in_a_published_text_is_found(city):
    letter = city.letter("replied", name="欧阳听澜")
    city.publisher.edit_edition(letter, body="欧阳听澜反映路灯不亮，请尽快检修，谢谢。")
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert done(city)
    rescan(city, do="start")
    assert done(city)
    page = city.publisher.get("/clearing/rescan")
    assert letter.number in page.text and "和写信时填的姓名相同" in page.text
    city.publisher.edit_edition(letter, body="路灯不亮，请尽快检修，谢谢。")
    assert letter.number not in city.publisher.get("/clearing/rescan").text


def test_one_runs_at_a_time_and_goes_on_after_slad_was_killed(city):
    assert done(city)
    city.sql("INSERT INTO rescan (rules, asked_at, last_pub, total) SELECT (SELECT MAX(rules) FROM rescan), UTC_TIMESTAMP(), "
             "MAX(id) + 1000000, COUNT(*) FROM pub_letter")
    again = rescan(city, do="start")
    assert done(city)
    assert again.status in (200, 409) and count(city, "rescan", "looked > total") == 0
    before = count(city, "rescan")
    assert city.ctl("rescan").returncode == 0 and count(city, "rescan") == before + 1
    assert "等待处理" in city.ctl("rescan", "--status").stdout and done(city)
    assert city.one("SELECT looked = total FROM rescan ORDER BY id DESC LIMIT 1") == "1"


def test_only_those_who_clear_publish_or_supervise_scan(city):
    for who in (city.registrar, city.leader, city.handler()):
        assert who.get("/clearing/rescan").status == 403 and rescan(city, who, do="start").status == 403
