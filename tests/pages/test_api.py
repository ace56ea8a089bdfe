"""Letters sent and followed by programs: the contract of /api/v1. A key is one letter, a mistake names its field, and
nothing is half stored."""
import concurrent.futures
import datetime
import uuid

import pytest
from city import BODY

JSON = {"Content-Type": "application/json"}


def letters(city):
    return city.one("SELECT CONCAT_WS(' ', (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM ticket_text), "
                    "(SELECT COUNT(*) FROM contact), (SELECT COUNT(*) FROM idem), (SELECT COUNT(*) FROM outbox WHERE alarm_id IS NULL))")


def refused(answer, status, field=None):
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert error["code"] and error["message"] and error.get("field") == field
    return error


def test_a_letter_is_stored_and_answered_with_number_code_and_day(city):
    answer = city.api_write(type="consult")
    assert answer.status_code == 201 and answer.headers["Cache-Control"] == "no-store"
    told = answer.json()
    assert told["status"] == "submitted" and told["provisional"] is False
    assert told["due_on"] == city.workdays(1 + 5).isoformat()
    followed = city.post("/api/v1/track", json={"number": told["number"], "query_code": told["query_code"]}).json()
    assert followed["status"] == "submitted" and followed["reply"] is None
    assert [step["action"] for step in followed["timeline"]] == ["submit"]


def test_a_repeated_request_gets_the_very_same_answer(city):
    body = {"type": "complaint", "title": "请修望湖路的路灯", "body": BODY, "contact": {"name": "钱先生", "phone": "13900000001"},
            "idempotency_key": uuid.uuid4().hex}
    first, again = (city.post("/api/v1/letters", json=body) for _ in range(2))
    assert first.json() == again.json() and {first.status_code, again.status_code} <= {200, 201}
    city.clock("2026-10-20 09:00")
    assert city.post("/api/v1/letters", json=body).json() == first.json()


def test_another_letter_under_a_used_key_is_refused(city):
    key = uuid.uuid4().hex
    assert city.api_write(idempotency_key=key).status_code == 201
    before = letters(city)
    refused(city.api_write(idempotency_key=key, body=BODY + "另一件事。"), 409)
    assert letters(city) == before


def test_twenty_at_once_under_one_key_are_one_letter(city):
    key, contact = uuid.uuid4().hex, {"name": "钱先生", "phone": "13900000001"}
    before = int(city.one("SELECT COUNT(*) FROM ticket"))
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        sent = [pool.submit(city.api_write, idempotency_key=key, title="二十个人同时提交", contact=contact) for _ in range(20)]
        answers = [one.result() for one in sent]
    assert {answer.status_code for answer in answers} <= {200, 201}, [answer.text for answer in answers]
    assert len({answer.text for answer in answers}) == 1
    assert int(city.one("SELECT COUNT(*) FROM ticket")) == before + 1


def test_twenty_at_once_under_twenty_keys_are_twenty_letters(city):
    with concurrent.futures.ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: city.api_write(), range(20)))
    assert [answer.status_code for answer in answers] == [201] * 20
    assert len({answer.json()["number"] for answer in answers}) == 20


@pytest.mark.parametrize("changed,field", [
    ({"type": "love-letter"}, "type"),
    ({"type": None}, "type"),
    ({"title": "短"}, "title"),
    ({"title": "长" * 61}, "title"),
    ({"title": 7}, "title"),
    ({"body": ""}, "body"),
    ({"body": "灯" * 3001}, "body"),
    ({"publish": "perhaps"}, "publish"),
    ({"unit": "nowhere"}, "unit"),
    ({"contact": {"name": "钱", "phone": "12"}}, "contact.phone"),
    ({"contact": {"name": "钱", "phone": "13900000001", "email": "not a mail"}}, "contact.email"),
    ({"contact": {"phone": "13900000001"}}, "contact.name"),
    ({"idempotency_key": "x" * 101}, "idempotency_key"),
])
def test_a_mistake_names_its_field_and_stores_nothing(city, changed, field):
    before = letters(city)
    refused(city.api_write(**changed), 422, field)
    assert letters(city) == before


def test_no_way_to_reach_the_writer(city):
    body = {"type": "consult", "title": "新生儿参保材料咨询", "body": BODY, "contact": {"name": "钱先生"}}
    refused(city.post("/api/v1/letters", json=body), 422, "contact.phone")


@pytest.mark.parametrize("body", [
    "", "{", "[]", "7", '{"type": "consult", "type": "consult"}', '{"title": "\\ud800"}', "\xff", "[" * 5000,
])
def test_what_is_no_letter_in_json_is_refused(city, body):
    before = letters(city)
    refused(city.post("/api/v1/letters", data=body.encode("latin-1"), headers=JSON), 400)
    assert letters(city) == before


def test_another_format_is_refused(city):
    for kind in ("application/x-www-form-urlencoded", "text/plain", "application/xml"):
        refused(city.post("/api/v1/letters", data="type=consult", headers={"Content-Type": kind}), 415)


def test_too_much_is_refused(city):
    refused(city.post("/api/v1/letters", data=b'{"body":"' + b"a" * 300_000 + b'"}', headers=JSON), 413)
    refused(city.post("/api/v1/letters", data=b'{"body":"' + b"a" * 2_000_000 + b'"}', headers=JSON), 413)


def test_a_wrong_method_or_path_is_told_in_json(city):
    answer = city.get("/api/v1/letters")
    refused(answer, 405)
    assert answer.headers["Allow"] == "POST"
    refused(city.get("/api/v1/nothing"), 404)


def test_a_page_of_another_site_cannot_send_letters(city):
    refused(city.post("/api/v1/letters", json={}, headers={"Sec-Fetch-Site": "cross-site"}), 403)
    refused(city.post("/api/v1/letters", json={}, headers={"Origin": "https://evil.invalid"}), 403)


def test_unknown_number_and_wrong_code_are_answered_alike(city):
    number = city.api_write().json()["number"]
    answers = [city.post("/api/v1/track", json={"number": no, "query_code": "0000-0000-0000"})
               for no in (number, "MS-Z-20260929-000000-0")]
    assert answers[0].text == answers[1].text
    refused(answers[0], 404)
    refused(city.post("/api/v1/track", json={"number": number}), 422, "query_code")


def test_the_answer_is_there_when_it_is_there(city):
    letter = city.letter("in_review")
    ask = {"number": letter.number, "query_code": letter.code}
    told = city.post("/api/v1/track", json=ask).json()
    assert told["status"] == "in_review" and told["reply"] is None and told["department"] == "市城市管理局"
    city.dept_reviewer().approve(letter)
    told = city.post("/api/v1/track", json=ask).json()
    assert told["status"] == "replied" and "电缆接头" in told["reply"] and told["replied_on"] == "2026-09-29"


# ---- letters handed down ----


def transfer(city, headers=None, **changed):
    body = {"type": "complaint", "title": "上级转来：望湖路路灯不亮", "body": BODY, "external_system": "province",
            "external_no": uuid.uuid4().hex, "contact": {"name": "孙先生", "phone": "13900000003"}}
    body.update(changed)
    answer = city.post("/api/v1/transfers", json=body, headers=city.transfer_token() if headers is None else headers)
    city.said |= {answer.json()["query_code"]} if answer.status_code == 201 else set()
    return answer


@pytest.mark.parametrize("token", [None, "Bearer wrong", "Basic x", "Bearer "])
def test_only_the_superior_hands_letters_down(city, token):
    city.transfer_token()
    before = letters(city)
    answer = transfer(city, {"Authorization": token} if token else {})
    refused(answer, 401)
    assert answer.headers["WWW-Authenticate"] == "Bearer" and letters(city) == before


@pytest.mark.parametrize("wanted,due", [("2026-10-12", "2026-10-12"), ("2026-12-31", None), (None, None)])
@pytest.mark.row("NONE", "INTAKE_TRANSFER", "ACCEPTED")
def test_a_letter_handed_down_is_accepted_with_the_earlier_of_two_days(city, wanted, due):
    answer = transfer(city, **({"due_on": wanted} if wanted else {}))
    told = answer.json()
    assert answer.status_code == 201 and told["status"] == "accepted"
    assert told["due_on"] == (due or city.workdays(10).isoformat())


def test_the_superiors_number_is_the_key(city):
    no = uuid.uuid4().hex
    first, again = transfer(city, external_no=no), transfer(city, external_no=no)
    assert first.json() == again.json()
    refused(transfer(city, external_no=no, body=BODY + "（更正）"), 409)
    assert city.one(f"SELECT COUNT(*) FROM external_no WHERE system = 'province' AND no = '{no}'") == "1"


def test_a_transfer_in_the_past_is_due_at_once_or_by_policy(city):
    told = transfer(city, due_on="2026-09-01").json()
    assert datetime.date.fromisoformat(told["due_on"]) >= city.today()


# ---- open data ----


def test_paging_by_cursor_finds_every_letter_once(city):
    found, path = [], "/api/v1/open?limit=3"
    while path:
        told = city.get(path).json()
        found += [item["number"] for item in told["items"]]
        path = told["next"] and told["next"][len(city.public):]
        assert bool(path) == bool(told["next_cursor"]) and len(told["items"]) <= 3
    assert found == [no for no, in city.sql("SELECT no FROM pub_letter ORDER BY replied_on DESC, id DESC")]


def test_a_letter_published_meanwhile_does_not_disturb_the_paging(city):
    first = city.get("/api/v1/open?limit=5").json()
    city.letter("published")
    second = city.get(first["next"][len(city.public):]).json()
    assert not {one["number"] for one in first["items"]} & {one["number"] for one in second["items"]}


def test_an_item_of_open_data_has_what_the_contract_says(city):
    letter = city.letter("published", publish="no")
    item = next(one for one in city.get("/open.json").json()["items"] if one["number"] == letter.number)
    assert {"number", "type", "title", "accepted_on", "replied_on", "department", "reply", "result"} <= set(item)
    assert item["link"] == f"{city.public}/open/{city.public_id(letter)}"
    assert city.get(item["link"][len(city.public):]).status_code == 200
