"""The gate in the database: whatever a program does or is made to do, words become public only as the last edition of their own
letter, in the bytes that a second person approved, while the letter is to be public; and of a letter that is not public the site
of the citizens reads nothing without its query code."""
import csv
import io
import json
import os
import re
import signal
import threading
import time
import xml.etree.ElementTree as xml
from urllib.parse import unquote

import pytest
import requests

ATOM = "{http://www.w3.org/2005/Atom}"
ACCOUNTS = ["public", "desk", "slad", "vaultd", "notifyd", "paperd", "patrold", "searchd"]

PUT = ("INSERT INTO pub_letter (edition_id, sha256, no, type, title, body, reply, unit_id, accepted_on, replied_on, workdays, published_at) "
       "SELECT e.id, {sha}, {no}, {type}, {title}, {body}, {reply}, t.unit_id, NOW(), NOW(), 0, NOW() "
       "FROM ticket t JOIN edition e ON e.ticket_id = t.id WHERE t.no = '{letter}' ORDER BY e.seq {order} LIMIT 1")
AS_IT_IS = {"sha": "e.sha256", "no": "t.no", "type": "t.type", "title": "e.title", "body": "e.body", "reply": "e.reply", "order": "DESC"}
APPROVE = ("INSERT INTO edition_approval (edition_id, sha256, form, reviewer_id, at) SELECT e.id, {sha}, 'full', {who}, NOW() "
           "FROM ticket t JOIN edition e ON e.ticket_id = t.id WHERE t.no = '{letter}' ORDER BY e.seq DESC LIMIT 1")
EDIT = ("INSERT INTO edition (ticket_id, seq, title, body, reply, sha256, made_at) SELECT e.ticket_id, e.seq + 1, 'x', e.body, e.reply, "
        "UNHEX(SHA2(CONCAT_WS(CHAR(31), 'x', e.body, e.reply), 256)), NOW() FROM ticket t JOIN edition e ON e.ticket_id = t.id "
        "WHERE t.no = '{letter}' ORDER BY e.seq DESC LIMIT 1")


def said_against(city, account, *statements):
    """What the database says against the last of them; nothing of it stays."""
    errors, _ = city.tries(["START TRANSACTION", *statements, "ROLLBACK"], account)
    assert errors[1:len(statements)] == [None] * (len(statements) - 1), errors
    return errors[len(statements)]


@pytest.fixture(scope="module")
def cleared(city):
    letter = city.letter("replied")
    city.secrecy_reviewer.act(letter, "approve_full")
    return letter


@pytest.fixture(scope="module")
def edited(city):
    """Answered, edited by the publisher, approved by nobody."""
    letter = city.letter("replied")
    city.publisher.edit_edition(letter, title="望湖路的路灯")
    return letter


# ---- what becomes public ----


def test_the_row_of_a_cleared_letter_is_taken_from_the_desk_and_from_no_other_account(city, cleared):
    put = PUT.format(letter=cleared.number, **AS_IT_IS)
    assert said_against(city, "desk", put) is None
    for account in set(ACCOUNTS) - {"desk"}:
        for statement in (put, APPROVE.format(letter=cleared.number, sha="e.sha256", who=1), EDIT.format(letter=cleared.number)):
            assert "denied" in (said_against(city, account, statement) or ""), (account, statement)


@pytest.mark.parametrize("why,changed", [
    ("a byte of the text is another", {"body": "CONCAT(e.body, ' ')"}),
    ("a byte of the title is another", {"title": "CONCAT('Ａ', SUBSTRING(e.title, 2))"}),
    ("the answer is left out", {"reply": "''"}),
    ("another hash of the text is given", {"sha": "UNHEX(SHA2(e.title, 256))"}),
    ("the hash is that of the changed text", {"body": "'x'", "sha": "UNHEX(SHA2(CONCAT_WS(CHAR(31), e.title, 'x', e.reply), 256))"}),
    ("under the number of another letter", {"no": "(SELECT MIN(o.no) FROM ticket o WHERE o.pub_state = 'not_due')"}),
    ("under a number that is none", {"no": "'X-1'"}),
    ("as another kind of letter", {"type": "IF(t.type = 'consult', 'complaint', 'consult')"}),
])
def test_the_desk_publishes_nothing_else(city, cleared, why, changed):
    assert said_against(city, "desk", PUT.format(letter=cleared.number, **{**AS_IT_IS, **changed})), why


def test_what_stands_beside_the_words_comes_from_the_letter(city, cleared):
    put = PUT.format(letter=cleared.number, **AS_IT_IS).replace("published_at)", "published_at, helpers, result_code)")
    put = put.replace("0, NOW() FROM", "0, NOW(), '王先生 13900001357', '13900001357' FROM")
    look = f"SELECT CONCAT(helpers, '|', result_code) FROM pub_letter WHERE no = '{cleared.number}'"
    change = f"UPDATE pub_letter SET helpers = '王先生', result_code = '13900001357' WHERE no = '{cleared.number}'"
    errors, text = city.tries(["START TRANSACTION", put, look, change, look, "ROLLBACK"], "desk")
    assert errors == [None] * 6 and text.split() == ["|solved"] * 2


def test_without_an_approval_nothing_is_public_whatever_the_letter_says(city, edited):
    change = f"UPDATE ticket SET pub_state = 'approved_full' WHERE no = '{edited.number}'"
    for account in ("desk", "migrate"):
        assert "pub_approval" in said_against(city, account, change, PUT.format(letter=edited.number, **AS_IT_IS))


@pytest.mark.parametrize("change", ["body = CONCAT(body, ' ')", "title = 'x'", "reply = ''", "sha256 = UNHEX(REPEAT('00', 32))", "id = id + 1000000",
                                    "edition_id = edition_id + 1", "no = 'X-1'", "type = IF(type = 'consult', 'complaint', 'consult')",
                                    "body = 'x', sha256 = UNHEX(SHA2(CONCAT_WS(CHAR(31), title, 'x', reply), 256))"])
def test_what_is_public_cannot_be_changed_afterwards(city, change):
    for account in ("desk", "public", "migrate"):
        assert said_against(city, account, f"UPDATE pub_letter SET {change} ORDER BY id LIMIT 1")


@pytest.mark.parametrize("state", ["not_due", "pending_review", "withheld", "withdrawn_pub"])
def test_an_approval_opens_nothing_once_the_letter_is_not_to_be_public(city, cleared, state):
    change = f"UPDATE ticket SET pub_state = '{state}' WHERE no = '{cleared.number}'"
    for account in ("desk", "migrate"):
        assert "sha256" in said_against(city, account, change, PUT.format(letter=cleared.number, **AS_IT_IS))


def test_an_approval_opens_nothing_once_it_was_overtaken_by_an_edit(city, cleared):
    put = PUT.format(letter=cleared.number, **{**AS_IT_IS, "order": "ASC"})
    assert said_against(city, "desk", put) is None
    assert "sha256" in said_against(city, "desk", EDIT.format(letter=cleared.number), put)


def test_a_letter_of_the_systems_own_is_never_public(city, cleared):
    change = f"UPDATE ticket SET simulated = 1 WHERE no = '{cleared.number}'"
    assert "sha256" in said_against(city, "migrate", change, PUT.format(letter=cleared.number, **AS_IT_IS))


def test_nobody_approves_his_own_work_or_other_bytes(city, edited):
    def approve(who, sha="e.sha256"):
        return said_against(city, "desk", APPROVE.format(letter=edited.number, who=who, sha=sha))

    someone = "(SELECT o.id FROM officer o WHERE o.login = '{}')"
    assert approve(someone.format(city.secrecy_reviewer.login)) is None
    assert "sha256" in approve(someone.format(city.publisher.login))  # edited it
    assert "sha256" in approve(someone.format(city.handler().login))  # answered it
    assert "sha256" in approve("NULL")                                # nobody: letters of an older mailbox alone
    assert "approval_bytes" in approve(someone.format(city.secrecy_reviewer.login), "UNHEX(SHA2('x', 256))")
    handles = (f"UPDATE ticket SET handler_id = {someone.format(city.secrecy_reviewer.login)} WHERE no = '{edited.number}'")
    assert "sha256" in said_against(city, "desk", handles, APPROVE.format(
        letter=edited.number, who=someone.format(city.secrecy_reviewer.login), sha="e.sha256"))


@pytest.mark.parametrize("table", ["edition", "edition_approval"])
def test_what_was_approved_is_never_changed_even_by_the_owner(city, cleared, table):
    for statement in (f"UPDATE {table} SET sha256 = sha256 LIMIT 1", f"DELETE FROM {table} LIMIT 1"):
        assert "append-only" in said_against(city, "migrate", statement)


def test_a_letter_that_is_not_to_be_public_any_more_is_not_public_from_that_moment_on(city):
    letter = city.letter("published")
    count = f"SELECT COUNT(*) FROM pub_letter WHERE no = '{letter.number}'"
    for state, left in (("corrected", "1"), ("published", "1"), ("withheld", "0"), ("pending_review", "0")):
        change = f"UPDATE ticket SET pub_state = '{state}' WHERE no = '{letter.number}'"
        errors, text = city.tries(["START TRANSACTION", count, change, count, "ROLLBACK"], "desk")
        assert errors == [None] * 5 and text.split() == ["1", left], state
    assert city.one(count) == "1"


def found_again(city):
    """Everything published is looked at once more."""
    idle = "SELECT COUNT(*) FROM rescan WHERE done_at IS NULL"
    city.wait(lambda: city.one(idle) == "0")
    city.secrecy_reviewer.post("/clearing/rescan", do="start")
    city.wait(lambda: city.one(idle) == "0")


def test_a_find_is_judged_by_somebody_else_and_only_while_it_is_public(city):
    letter = city.letter("replied")
    city.publisher.edit_edition(letter, body="请打电话 13900008642 找我，路灯已经坏了一个星期了。")
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    found_again(city)
    find = city.one(f"SELECT f.id FROM rescan_find f JOIN ticket t ON t.id = f.ticket_id WHERE t.no = '{letter.number}'")
    assert "由别人判断" in city.publisher.get("/clearing/rescan").text
    refused = city.publisher.post("/clearing/rescan", do="keep", id=find)
    assert refused.status == 403 and "由别人判断" in refused.text
    assert city.one(f"SELECT kept_at IS NULL FROM rescan_find WHERE id = {find}") == "1"
    city.publisher.edit_edition(letter, body="路灯已经坏了一个星期了，请尽快修好。")
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert "已经处理过了" in city.publisher.post("/clearing/rescan", do="take_down", id=find).text
    assert city.field(letter, "pub_state") == "corrected"  # another text stands there now


# ---- what was public ----


def test_an_address_that_was_public_says_so_and_no_other_does(city):
    letter = city.letter("published")
    path = f"/open/{city.one(f'SELECT id FROM pub_letter WHERE no = {letter.number!r}')}"
    assert city.get(path).status_code == 200
    city.publisher.act(letter, "withdraw_publication", text="写信人要求")
    gone = city.get(path)
    assert gone.status_code == 410 and "已经撤下" in gone.text and letter.title not in gone.text
    assert gone.headers["Cache-Control"] == "no-store" and letter.number not in gone.text
    assert city.citizen.get(path).status == 410
    assert city.post(path + "/helpful", data={"helped": "yes"}).status_code in (404, 410)
    for other in ("/open/0", "/open/999999999", "/open/18446744073709551616", "/open/-1", "/open/x"):
        assert city.get(other).status_code == 404, other
    city.publisher.edit_edition(letter, title="路灯的事")
    city.secrecy_reviewer.act(letter, "approve_full")
    assert city.get(path).status_code == 410
    city.publisher.act(letter, "publish")
    assert city.get(path).status_code == 200


def test_what_was_taken_down_is_in_no_count_and_no_offer_of_the_search(city):
    """Also while the index still has it, because nobody keeps the index."""
    rare, other = "鱻麤龘", "骉赑舙"
    letter, stays = city.letter("published", title=f"望湖路{rare}公园路灯不亮"), city.letter("published", title=f"望湖路{other}公园路灯不亮")
    city.wait(lambda: city.one("SELECT COUNT(*) FROM search_queue") == "0")
    asked = [rare, f"{rare} {other}", rare + other, f"{rare} 路灯", f"{rare} 甪甪甪", rare + "甪甪", rare[:2] + other]
    assert any(rare in told for told in offers(city, f"{rare} 甪甪甪")) and any(rare in told for told in offers(city, rare + other))
    with city.stands_still("searchd"):
        city.publisher.act(letter, "withdraw_publication", text="写信人要求")
        for words in asked:
            page = city.citizen.get("/open", params={"q": words})
            assert letter.number not in page.text and not any(rare[:2] in told for told in offers(city, words)), words
        assert letter.number not in city.get("/open.json", params={"q": rare}).text
    assert stays.number in city.get("/open.json", params={"q": other}).text


def offers(city, words):
    """What the page of a search that found nothing says would be found."""
    return re.findall(r'<li><a href="/open\?q=[^"]*">[^<]*</a>（[^）]*）', unquote(city.get("/open", params={"q": words}).text))


NASTY = ("]]> <![CDATA[x]]> <!-- x --> &amp; &#0; &lt;b&gt; <script>alert(7)</script> {{ v->x }} %s%n \\u0000 \\ \"quoted\" '\u2019' "
         "\u202e\u2028\u0085\u200b\ufeff\ufffd \U0001f6a8\U0010fffd \u0627\ufdfa e\u0301")


def test_whatever_stands_in_a_letter_every_form_carries_it_and_none_obeys_it(city):
    letter = city.letter("replied")
    page = city.publisher.edit_edition(letter, title="=1+1]]>&<b>\U0001f6a8路灯\u202e", body=NASTY + "，路灯坏了。\n=SUM(A1)", reply="您好！\n" + NASTY)
    assert page.status == 200, page.errors
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    public_id, *stored = city.sql(f"SELECT id, HEX(title), HEX(body), HEX(reply) FROM pub_letter WHERE no = '{letter.number}'")[0]
    title, body, reply = (bytes.fromhex(one).decode() for one in stored)
    assert "]]>" in title and "<script>alert(7)</script>" in body and "]]>" in reply
    one = city.get("/open.json", params={"q": letter.number}).json()["items"] or city.get("/open.json").json()["items"]
    one = next(item for item in one if item["number"] == letter.number)
    assert (one["title"], one["question"], one["reply"]) == (title, body, reply)
    for path in ("/open.csv", "/data/letters/2026-09.csv"):
        rows = csv.DictReader(io.StringIO(city.get(path).content.decode("utf-8-sig"), newline=""))
        row = next(row for row in rows if row["编号"] == letter.number)
        assert (row["标题"], row["来信内容"], row["答复内容"]) == ("'" + title, body, reply), path
    entries = xml.fromstring(city.get("/open.atom").content).iter(ATOM + "entry")
    entry = next(entry for entry in entries if entry.find(ATOM + "id").text.endswith(f"/open/{public_id}"))
    assert (entry.find(ATOM + "title").text, entry.find(ATOM + "content").text) == (title, reply)
    told = xml.fromstring(city.get(f"/open311/v2/requests/{letter.number}.xml").content)[0]
    assert told.find("status_notes").text == reply and told.find("description").text.startswith(title)
    told = city.get(f"/open311/v2/requests/{letter.number}.json").json()[0]
    assert told["status_notes"] == reply and told["description"].startswith(title)
    page = city.get(f"/open/{public_id}").text
    assert "<script>alert" not in page and "&lt;script&gt;alert(7)" in page and "<b>" not in page
    city.publisher.act(letter, "withdraw_publication", text="试过了")


def imported(city, folder, published, days, reply="您好！已经处理，谢谢您的来信。"):
    """Letters of an older mailbox, answered on these days."""
    system, table, how = f"older{next(city.count)}", folder / "letters.csv", folder / "map.json"
    columns = ["number", "title", "body", "received", "reply", "replied", "unit"]
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(columns)
        for n, day in enumerate(days):
            rows.writerow([n, f"第 {n} 盏路灯不亮", "望湖路的路灯从上周起就不亮了。", f"{day} 09:00:00", reply, f"{day} 15:00:00", "市城市管理局"])
    how.write_text(json.dumps({"system": system, "columns": {one: one for one in columns}, "type": {"default": "complaint"},
                               "unit": {"default": "市城市管理局"}, "published": published, "withhold_reason": "privacy",
                               "result": "explained", "timezone": "Asia/Shanghai"}), encoding="utf-8")
    city.ctl("import", table, "--map", how, check=True)
    return system


def test_what_is_withheld_is_paged_without_a_trace_of_which_letter_it_is(city, tmp_path):
    imported(city, tmp_path, False, ["2025-04-08"] * 27 + ["2025-04-09"] * 18 + ["2025-04-10"])
    left = dict(city.sql("SELECT replied_on, COUNT(*) FROM ticket WHERE pub_state = 'withheld' AND NOT simulated AND replied_at IS NOT NULL "
                         "GROUP BY 1"))
    days, page = [], city.citizen.get("/open/withheld")
    while True:
        days += re.findall(r'data-label="答复日期"[^>]*>(\d{4}-\d\d-\d\d)<', page.html)
        following = page.link("next")
        if not following:
            break
        day, shown = re.search(r"cursor=(\d{8})-(\d+)$", following).groups()
        assert int(shown) <= int(left[f"{day[:4]}-{day[4:6]}-{day[6:]}"])
        page = city.citizen.get(following)
    assert sorted(days) == sorted(day for day, n in left.items() for _ in range(int(n)))
    for wrong in ("20250409-99999999", "20250409-0", "99999999-1", "x"):
        assert city.get(f"/data/withheld.json?cursor={wrong}").status_code == 422, wrong
        assert city.get(f"/open/withheld?cursor={wrong}").status_code == 200, wrong


def taken_down(city, day, most):
    """So many of the letters answered on that day, at once."""
    numbers = [no for no, in city.sql(f"SELECT no FROM pub_letter WHERE replied_on = '{day}' LIMIT {most}")]
    city.sql(f"UPDATE ticket SET pub_state = 'withdrawn_pub' WHERE no IN ({', '.join(map(repr, numbers))})")


def test_a_long_file_is_broken_off_when_something_is_taken_down_while_it_is_on_its_way(city, tmp_path):
    """The workers stand still somewhere on the way, while one letter is taken down."""
    path, ends, workers = "/data/letters/2025-03.json", [], city.pids("web-public")
    imported(city, tmp_path, True, ["2025-03-11"] * 160, "您好！已经处理，谢谢您的来信。" * 300)
    began = time.monotonic()
    assert whole(city, path) == "whole"
    takes = time.monotonic() - began
    for n in range(40):
        getting = threading.Thread(target=lambda: ends.append(whole(city, path)))
        getting.start()
        time.sleep(takes * (n % 9 + 1) / 10)
        for pid in workers:
            os.kill(pid, signal.SIGSTOP)
        taken_down(city, "2025-03-11", 1)
        for pid in workers:
            os.kill(pid, signal.SIGCONT)
        getting.join()
        if ends[-1] != "whole":
            break
    assert ends[-1] in ("cut", "refused"), ends
    assert whole(city, path) == "whole"
    taken_down(city, "2025-03-11", 160)
    assert city.get(path).json() == []
    city.ctl("stats", "--repair", check=True)  # nobody took them down at the desk


def whole(city, path):
    try:
        answer = city.get(path)
    except requests.exceptions.RequestException:
        return "cut"
    if answer.status_code != 200:
        return "refused"
    try:
        return "whole" if answer.json() else "empty"
    except ValueError:
        return "cut"


# ---- the writer's own letter ----

VIEWS = {"track_code": "id", "track_ticket": "id", "track_history": "ticket_id", "track_reply": "ticket_id", "track_more": "id"}


def seen(city, *before):
    """The letters that the public account sees in each of the writer's views."""
    errors, text = city.tries([*before, *(f"SELECT DISTINCT {column} FROM {view}" for view, column in VIEWS.items())], "public")
    assert errors == [None] * len(errors)
    return text.split()


def test_without_its_code_the_public_account_reads_no_letter_and_with_it_that_one_alone(city):
    letter = city.letter("replied")
    proof, own = city.sql("SELECT HEX(c.code_hash), t.id FROM ticket_code c JOIN ticket t ON t.id = c.ticket_id "
                          f"WHERE t.no = '{letter.number}'")[0]
    assert seen(city) == []
    for wrong in ("NULL", "''", "'%'", "0", "UNHEX(REPEAT('0', 64))", f"UNHEX('{proof[:-2]}00')", f"'{proof[:32]}'"):
        assert seen(city, f"SET @track_proof = {wrong}") == [], wrong
    assert seen(city, f"SET @track_proof = UNHEX('{proof}')") == [own] * len(VIEWS)
    assert "denied" in said_against(city, "public", "SELECT code_hash FROM ticket_code")
    assert said_against(city, "public", "INSERT INTO ticket_code (ticket_id, code_hash) SELECT id, REPEAT('x', 32) FROM ticket LIMIT 1")


def test_a_pass_opens_its_own_letter_alone(city):
    mine, other = (city.citizen.track(city.citizen.write()) for _ in range(2))
    pages = [{"number": page.form("/track/nudge").value("number") if page.has_form("/track/nudge") else page.forms[-1].value("number"),
              "pass": next(form.value("pass") for form in page.forms if form.value("pass"))} for page in (mine, other)]
    numbers, passes = [one["number"] for one in pages], [one["pass"] for one in pages]
    token, proof = passes[0].split("~")
    assert city.post("/track/letter", data={"number": numbers[0], "pass": passes[0]}).status_code == 200
    swapped = token + "~" + passes[1].split("~")[1]
    flipped = passes[0][:-1] + ("0" if passes[0][-1] != "0" else "1")
    for number, typed in ((numbers[1], passes[0]), (numbers[0], swapped), (numbers[1], swapped), (numbers[0], flipped), (numbers[0], token),
                          (numbers[0], "~" + proof), (numbers[0], token + "~"), (numbers[0], proof), (numbers[0], passes[0] + "~" + proof)):
        answer = city.post("/track/letter", data={"number": number, "pass": typed})
        assert answer.status_code in (403, 422) and "查询码" in answer.text, typed
        assert re.search(r'name="code"', answer.text)
