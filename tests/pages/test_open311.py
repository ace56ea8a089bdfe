"""Open311 GeoReport v2: its documents in both forms, what can be asked, errors in its own form, letters handed in with a
key, and who makes the keys. Only what is public exists here."""
import html
import json
import pathlib
import re
import uuid
import xml.etree.ElementTree as ET

import jsonschema
import pytest
import requests
import yaml
from city import BODY, REPLY

V2, TEST = "/open311/v2", "/open311/test"
SCHEMA = json.loads((pathlib.Path(__file__).parents[1] / "data/open311.schema.json").read_text())
LISTS = {"services": "service", "service_requests": "request", "service_request_updates": "request_update", "errors": "error",
         "attributes": "attribute", "values": "value", "endpoints": "endpoint", "formats": "format", "notes": "note"}
ALWAYS = "updated_after=2026-08-01T00:00:00Z"  # whatever was published in the 90 days after the demo city began


def valid(kind, document):
    jsonschema.validate(document, {"$ref": f"#/definitions/{kind}", "definitions": SCHEMA["definitions"]})
    return document


def from_xml(element):
    """The XML as what the JSON should be, numbers and booleans as their text."""
    if element.tag in LISTS:
        assert {child.tag for child in element} <= {LISTS[element.tag]}, element.tag
        return [from_xml(child) for child in element]
    return {child.tag: from_xml(child) for child in element} if len(element) else element.text


def as_text(document):
    if isinstance(document, dict):
        return {name: as_text(value) for name, value in document.items()}
    if isinstance(document, list):
        return [as_text(value) for value in document]
    return document if document is None or isinstance(document, str) else json.dumps(document)


def both(city, path, query=""):
    """The document, having seen that both forms say the same."""
    answers = {form: city.get(f"{path}.{form}{query}") for form in ("json", "xml")}
    told, root = answers["json"].json(), ET.fromstring(answers["xml"].content)
    assert answers["json"].status_code == answers["xml"].status_code
    assert answers["json"].headers["Content-Type"] == "application/json; charset=utf-8"
    assert answers["xml"].headers["Content-Type"].startswith("text/xml")
    assert answers["xml"].content.startswith(b'<?xml version="1.0" encoding="UTF-8"?>')
    assert from_xml(root) == as_text(told)
    return told


def wrong(answer, status, *words):
    """The sentences of an error in Open311's own form, XML or JSON as asked."""
    assert answer.status_code == status, answer.text
    told = answer.json() if answer.headers["Content-Type"].startswith("application/json") else from_xml(ET.fromstring(answer.content))
    found = [one["description"] for one in told]
    assert {str(one["code"]) for one in told} == {str(status)}, told
    assert all(any(word in sentence for sentence in found) for word in words), found
    return found


def key(city, *options, name=None):
    """A key made by the operator."""
    made = city.ctl("key", "add", name or f"程序{next(city.count)}", "--contact", "信息中心 值班", *options, check=True)
    city.said.add(made.stdout.strip())
    return made.stdout.strip()


@pytest.fixture(scope="module")
def app(city):
    """The key of a program."""
    return key(city)


def send(city, app, base=V2, form="json", headers=None, **changed):
    n = next(city.count)
    body = {"api_key": app, "service_code": "complaint", "address_string": "望湖路书香路口", "description": BODY,
            "first_name": "晓禾", "last_name": "郑", "phone": f"1390002{n:04d}"}
    body.update({name: value for name, value in changed.items() if value is not None})
    for name in [name for name, value in changed.items() if value is None]:
        body.pop(name, None)
    city.said |= {body.get("phone", ""), body.get("description", "")} - {""}
    return city.post(f"{base}/requests.{form}", data=body, headers=headers or {})


def letters(city):
    return int(city.one("SELECT COUNT(*) FROM ticket"))


# ---- what there is ----


def test_discovery_names_both_addresses_in_both_forms(city):
    told = valid("discovery", both(city, f"{V2}/discovery"))
    assert {one["type"]: one["url"] for one in told["endpoints"]} == {"production": city.public + V2, "test": city.public + TEST}
    assert city.get(f"{V2}/discovery.xml").headers["Content-Type"] == "text/xml"  # as the validator in use wants it


def test_services_are_the_types_of_letters(city):
    told = valid("services", both(city, f"{V2}/services"))
    assert [one["service_code"] for one in told] == ["leader_mail", "consult", "complaint", "suggestion", "site_error"]
    assert both(city, f"{TEST}/services") == told and "10 个工作日" in told[2]["description"]


def test_each_service_says_what_more_it_takes(city):
    for service in city.get(f"{V2}/services.json").json():
        told = valid("service_definition", both(city, f"{V2}/services/{service['service_code']}"))
        codes = [one["code"] for one in told["attributes"]]
        assert ("about_unit" in codes) == (service["service_code"] == "complaint")
        assert [one["order"] for one in told["attributes"]] == list(range(1, len(codes) + 1))
        units = next(one["values"] for one in told["attributes"] if one["code"] == "unit")
        assert {"key": "cgj", "name": "市城市管理局"} in units
        # What becomes of coordinates is told where the specification has a place for telling: it is not to be filled in.
        assert [one["code"] for one in told["attributes"] if not one["variable"]] == ["location"]


# ---- what is public ----


def test_exactly_the_published_letters_are_there_and_say_what_the_page_says(city):
    letter = city.letter("published")
    hidden = [city.letter("cleared"), city.letter("replied"), city.letter("handling")]
    told = valid("service_requests", both(city, f"{V2}/requests", f"?{ALWAYS}"))
    view = [no for no, in city.sql("SELECT no FROM open_letter WHERE published_at BETWEEN '2026-08-01' AND '2026-10-30' ORDER BY published_at DESC, id DESC")]
    assert [one["service_request_id"] for one in told] == view and letter.number in view
    assert not {one.number for one in hidden} & set(view)
    mine = next(one for one in told if one["service_request_id"] == letter.number)
    assert mine["status"] == "closed" and mine["status_notes"] == REPLY and mine["agency_responsible"] == "市城市管理局"
    assert mine["description"] == f"{letter.title}\n\n{BODY}" and mine["service_code"] == "complaint"
    assert mine["requested_datetime"] == "2026-09-28T16:00:00Z" and mine["updated_datetime"].startswith("2026-09-29T08:0")
    assert mine["expected_datetime"] == f"{city.workdays(10).isoformat()}T15:59:59Z" and mine["lat"] is None
    assert both(city, f"{V2}/requests/{letter.number}") == [mine]


def test_what_is_not_public_and_what_does_not_exist_are_alike(city):
    letter = city.letter("replied")
    found = [city.get(f"{V2}/requests/{no}.xml") for no in (letter.number, "MS-T-20260929-000000-0", "nothing", "..%20")]
    assert len({answer.text for answer in found}) == 1
    wrong(found[0], 404, "没有这个编号")
    assert city.get(f"{V2}/requests.json?service_request_id={letter.number}").json() == []


def test_what_is_taken_down_is_gone_with_the_next_answer(city):
    letter = city.letter("published")
    path, all_of = f"{V2}/requests/{letter.number}.json", f"{V2}/requests.json?{ALWAYS}"
    first = city.get(path)
    assert "no-cache" in first.headers["Cache-Control"] and first.headers["Access-Control-Allow-Origin"] == "*"
    assert city.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    city.publisher.act(letter, "withdraw_publication", text="家属要求")
    assert city.get(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 404
    assert letter.number not in city.get(all_of).text
    assert letter.number not in city.get(f"{V2}/servicerequestupdates.json?start_date=2026-08-01T00:00:00Z").text


def test_a_letter_handled_once_more_is_open(city):
    letter = city.letter("published")
    city.citizen.follow_up(letter)
    now = city.get(f"{V2}/requests/{letter.number}.json")
    assert now.status_code == 404 or now.json()[0]["status"] == "open"
    for status, other in (("open", "closed"), ("closed", "open")):
        assert {one["status"] for one in city.get(f"{V2}/requests.json?{ALWAYS}&status={status}").json()} <= {status}


# ---- what can be asked ----


def test_numbers_override_everything_else(city):
    two = [city.letter("published").number for _ in range(2)]
    told = city.get(f"{V2}/requests.json", params={"service_request_id": f"{two[0]}, {two[1]},nothing", "status": "open",
                                                   "start_date": "2001-01-01T00:00:00Z"}).json()
    assert {one["service_request_id"] for one in told} == set(two)
    wrong(city.get(f"{V2}/requests.json?service_request_id=" + "a," * 201), 400, "最多 200 个")


def test_days_and_kinds_narrow_the_list(city):
    number = city.letter("published", type="suggestion").number
    ask = lambda **query: [one["service_request_id"] for one in city.get(f"{V2}/requests.json", params=query).json()]
    assert number in ask() and number in ask(service_code="consult,suggestion") and number not in ask(service_code="consult")
    assert number in ask(start_date="2026-09-29T00:00:00+08:00", end_date="2026-09-29T23:59:59+08:00")
    assert number not in ask(start_date="2026-09-29T00:00:01+08:00") and number not in ask(end_date="2026-09-28T15:59:59Z")
    assert number in ask(updated_after="2026-09-29T07:00:00.000Z", updated_before="2026-09-29T10:00:00Z")
    assert number not in ask(updated_before="2026-09-29T07:00:00Z")
    plus = city.get(f"{V2}/requests.json?start_date=2026-09-29T00:00:00+08:00")  # not encoded, as many send it
    assert number in plus.text


def test_pages_hold_every_letter_once(city):
    city.letter("published"), city.letter("published")
    whole = [one["service_request_id"] for one in city.get(f"{V2}/requests.json?{ALWAYS}").json()]
    path, found = f"{V2}/requests.json?{ALWAYS}&page_size=2", []
    while path:
        answer = city.get(path)
        found += [one["service_request_id"] for one in answer.json()]
        path = answer.links["next"]["url"][len(city.public):] if "next" in answer.links else None
    assert found == whole and len(found) == len(set(found)) > 3
    assert city.get(f"{V2}/requests.json?{ALWAYS}&page=1000").json() == []


def test_what_is_published_between_two_pages_moves_nothing(city):
    """A link leads on from the last one shown, not to a number of rows."""
    for _ in range(3):
        city.letter("published")
    for path in (f"{V2}/requests.json?{ALWAYS}&page_size=2", f"{V2}/requests.json?page_size=2", f"{V2}/servicerequestupdates.json?page_size=2"):
        first = city.get(path)
        wanted = [one["service_request_id"] for one in city.get(path.replace("page_size=2", "page_size=4")).json()]
        new = city.letter("published").number  # comes after those that other tests published on later days
        second = city.get(first.links["next"]["url"][len(city.public):])
        found = [one["service_request_id"] for one in first.json() + second.json() if one["service_request_id"] != new]
        assert found == wanted[:len(found)] and len(found) >= 3
        counted = city.get(path + "&page=2")  # who counts pages still may
        assert counted.status_code == 200 and len(counted.json()) == 2


def test_a_list_in_which_nothing_changed_is_not_made_again(city):
    letter = city.letter("published")
    for path in (f"{V2}/requests.json", f"{V2}/requests.xml?{ALWAYS}&extensions=true", f"{V2}/servicerequestupdates.json", f"{TEST}/requests.json"):
        first = city.get(path)
        head = {"If-None-Match": first.headers["ETag"]}
        same = city.get(path, headers=head)
        assert same.status_code == 304 and same.content == b"" and same.headers["Access-Control-Allow-Origin"] == "*"
        assert city.get(path + ("&" if "?" in path else "?") + "status=open", headers=head).status_code == 200
        city.publisher.act(letter, "withdraw_publication", text="家属要求")
        changed = city.get(path, headers=head)
        assert changed.status_code == 200 and letter.number not in changed.text
        letter = city.letter("published")
    first = city.get(f"{V2}/requests.json")
    city.clock("2026-09-30 10:00")  # the last 90 days are others
    assert city.get(f"{V2}/requests.json", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_extensions_and_updates_tell_more(city):
    number = city.letter("published").number
    more = both(city, f"{V2}/requests/{number}", "?extensions=true")[0]
    assert more["extended_attributes"]["result"] == "solved" and more["extended_attributes"]["link"].startswith(city.public)
    assert [note["type"] for note in more["notes"]] == ["received", "accepted", "replied", "published"]
    updates = both(city, f"{V2}/servicerequestupdates", "?start_date=2026-09-29T00:00:00Z")
    mine = next(one for one in updates if one["service_request_id"] == number)
    assert mine["description"] == REPLY and mine["status"] == "closed"


def test_an_update_is_known_again_and_tells_no_number_of_editions(city):
    """Who asks twice gets the same id; a correction has one of its own."""
    def told(letter):
        return {one["service_request_id"]: one["update_id"] for one in both(city, f"{V2}/servicerequestupdates", "?" + ALWAYS)}[letter.number]

    letter, other = city.letter("published"), city.letter("published")
    first = told(letter)
    assert re.fullmatch("[0-9a-f]{32}", first) and told(letter) == first != told(other)
    city.publisher.edit_edition(letter, reply=REPLY + "灯杆编号已核对。")
    city.secrecy_reviewer.act(letter, "approve_full")
    city.publisher.act(letter, "publish")
    assert re.fullmatch("[0-9a-f]{32}", told(letter)) and told(letter) != first


@pytest.mark.parametrize("query,status,field", [
    ("start_date=yesterday", 400, "start_date"), ("start_date=2026-02-30T00:00:00Z", 400, "start_date"),
    ("start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", 400, "90 天"),
    ("start_date=2026-06-01T00:00:00Z&end_date=2026-05-01T00:00:00Z", 400, "不能早于"),
    ("status=perhaps", 400, "status"), ("page_size=1001", 400, "page_size"), ("page=0", 400, "page"),
    ("service_code=pothole", 404, "service_code"), ("extensions=perhaps", 400, "extensions"),
    ("cursor=x", 400, "cursor"), ("cursor=9-0", 400, "cursor"), ("cursor=-1-1", 400, "cursor"), ("cursor=1-99999999999999999999", 400, "cursor"),
])
def test_a_wrong_question_is_told_by_its_name(city, query, status, field):
    for form in ("xml", "json"):
        wrong(city.get(f"{V2}/requests.{form}?{query}"), status, field)


@pytest.mark.parametrize("method,path,sent,status", [
    ("GET", "/open311/v3/services.xml", {}, 404), ("GET", f"{V2}/nothing.json", {}, 404), ("GET", f"{V2}/services", {}, 404),
    ("GET", f"{V2}/services/pothole.xml", {}, 404), ("GET", f"{V2}/tokens/nothing.xml", {}, 404),
    ("GET", f"{V2}/tokens/{'0' * 32}.json", {}, 404), ("PUT", f"{V2}/requests.xml", {}, 405),
    ("POST", f"{V2}/services.json", {"data": {"api_key": "x"}}, 405), ("POST", f"{V2}/requests.json", {"json": {}}, 400),
    ("POST", f"{V2}/requests.xml", {"files": {"media": b"x"}}, 400), ("GET", f"{V2}/requests.xml?status=%ff", {}, 400),
    ("GET", f"{V2}/requests.json?status=open&status=closed", {}, 400),
    ("POST", f"{V2}/requests.xml", {"data": {}, "headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
    ("POST", f"{V2}/requests.xml", {"data": b"a" * 2_000_000, "headers": {"Content-Type": "application/x-www-form-urlencoded"}}, 413),
])
def test_whatever_goes_wrong_is_told_in_its_own_form(city, method, path, sent, status):
    answer = requests.request(method, city.public + path, timeout=30, **sent)
    wrong(answer, status)
    form = "application/json" if path.split("?")[0].endswith(".json") else "text/xml"
    assert answer.headers["Content-Type"].startswith(form)


# ---- handing letters in ----


def test_a_letter_handed_in_is_a_letter_like_any_other(city, app):
    answer = send(city, app, **{"attribute[title]": "望湖路口七盏路灯不亮", "attribute[publish]": "yes", "attribute[unit]": "cgj",
                                "lat": "30.5931", "long": "114.3054", "media_url": "https://photos.example/1.jpg"})
    assert answer.status_code == 200, answer.text
    told = valid("sent", answer.json())[0]
    number, code = told["service_request_id"], re.search(r"查询码 ([0-9A-Z-]{14})", told["service_notice"])[1]
    city.said |= {code, "望湖路口七盏路灯不亮"}
    assert number in told["service_notice"] and "2026年" in told["service_notice"]
    followed = city.post("/api/v1/track", json={"number": number, "query_code": code}).json()
    assert followed["status"] == "submitted" and followed["title"] == "望湖路口七盏路灯不亮"
    row = city.sql("SELECT t.type, t.channel, t.publish_ok, u.code, x.place, x.body FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id "
                   f"JOIN unit u ON u.id = t.wanted_unit_id WHERE t.no = '{number}'")[0]
    assert row[:5] == ["complaint", "api", "1", "cgj", "望湖路书香路口（30.59310, 114.30540）"]
    assert "附图：https://photos.example/1.jpg" in row[5]
    assert city.one(f"SELECT h.actor FROM history h JOIN ticket t ON t.id = h.ticket_id WHERE t.no = '{number}'") == "api"
    wrong(city.get(f"{V2}/requests/{number}.json"), 404)  # not public yet


def test_a_letter_with_nothing_but_what_must_be_is_taken(city, app):
    answer = send(city, app, form="xml", phone=None, first_name=None, last_name=None, address_string=None, address_id="545483",
                  service_code="consult")
    told = from_xml(ET.fromstring(answer.content))[0]
    assert answer.status_code == 200 and "没有留联系方式" in told["service_notice"]
    row = city.sql("SELECT t.title, x.place, t.publish_ok FROM ticket t JOIN ticket_text x ON x.ticket_id = t.id "
                   f"WHERE t.no = '{told['service_request_id']}'")[0]
    assert BODY.startswith(row[0].rstrip("…")) and row[1:] == ["地址编号 545483", "0"]


def test_all_mistakes_are_told_at_once_and_nothing_is_stored(city, app):
    before = letters(city)
    wrong(send(city, app, description="短", phone="12", email="no mail", address_string=None, media_url="javascript:1",
               **{"attribute[unit]": "nowhere", "attribute[publish]": "perhaps"}),
          400, "description", "phone", "email", "address_string", "attribute[unit]", "attribute[publish]")
    wrong(send(city, app, service_code=None), 400, "service_code")
    wrong(send(city, app, service_code="pothole", form="xml"), 404, "pothole")
    wrong(send(city, app, lat="91", long="0"), 400, "lat")
    wrong(send(city, app, lat="30.5"), 400, "long")
    wrong(send(city, app, description="灯" * 3001), 400, "description")
    wrong(send(city, app, address_string="长" * 61), 400, "address_string")
    wrong(send(city, app, headers={"Idempotency-Key": "with blanks"}), 400, "Idempotency-Key")
    assert letters(city) == before


def test_without_a_key_that_is_good_for_it_nothing_is_taken(city, app):
    before = letters(city)
    gone = key(city, name="要撤销的程序")
    assert city.ctl("key", "revoke", "要撤销的程序", "--reason", "试运行结束").returncode == 0
    for bad in (None, "", "mk_nothing", app[:-1], app + "x", "x" * 5000, gone, key(city, "--scope", "transfers")):
        for form in ("json", "xml"):
            wrong(send(city, bad, form=form, api_key=bad), 403, "api_key")
    assert letters(city) == before


def test_sent_again_under_its_key_it_is_the_same_letter(city, app):
    header = {"Idempotency-Key": uuid.uuid4().hex}
    first, again = (send(city, app, headers=header, phone="13900029999") for _ in range(2))
    assert first.text == again.text and first.status_code == 200
    wrong(send(city, app, headers=header, phone="13900029999", description=BODY + "还有一件事。"), 409)
    other = send(city, key(city), headers=header, phone="13900029999")  # another program's keys are its own
    assert other.json()[0]["service_request_id"] != first.json()[0]["service_request_id"]


def test_a_relay_gets_a_token_and_no_code(city):
    relay = key(city, "--answer", "token")
    told = valid("sent", send(city, relay).json())[0]
    assert "查询码" not in told["service_notice"] and re.fullmatch("[0-9a-f]{32}", told["token"])
    resolved = both(city, f"{V2}/tokens/{told['token']}")
    assert [set(one) for one in resolved] == [{"service_request_id", "token"}]
    assert city.one(f"SELECT state FROM ticket WHERE no = '{resolved[0]['service_request_id']}'") == "submitted"


def test_a_key_has_its_share_of_a_day(city):
    small = key(city, "--per-day", "2")
    assert [send(city, small).status_code for _ in range(2)] == [200, 200]
    before = letters(city)
    wrong(send(city, small), 429, "每天的上限")
    assert letters(city) == before
    city.clock("2026-09-30 10:00")
    assert send(city, small).status_code == 200


def test_the_test_address_checks_and_keeps_nothing(city, app):
    before = letters(city)
    told = valid("sent", send(city, app, base=TEST).json())[0]
    assert told["service_request_id"] == "TEST" and "没有保存" in told["service_notice"]
    wrong(send(city, app, base=TEST, description="短"), 400, "description")
    wrong(send(city, "wrong", base=TEST), 403)
    assert letters(city) == before


def test_a_superior_hands_down_with_a_key_of_its_own(city, app):
    superior = key(city, "--scope", "transfers", name="省平台")
    body = {"type": "complaint", "title": "上级转来：望湖路路灯不亮", "body": BODY, "external_system": "province",
            "external_no": uuid.uuid4().hex}
    sent = lambda one: city.post("/api/v1/transfers", json=body, headers={"Authorization": f"Bearer {one}"})
    assert sent(app).status_code == 401 and sent(superior).status_code == 201
    city.said.add(sent(superior).json()["query_code"])
    city.ctl("key", "revoke", "省平台", "--reason", "换新的", check=True)
    assert sent(superior).status_code == 401


# ---- keys at the desk ----


def test_a_key_is_made_and_revoked_at_the_desk_and_shown_once(city):
    admin = city.officer("secadmin")
    page = admin.submit(admin.get("/admin/keys").form("/admin/keys"), name="市政务 App", contact="信息中心 66001234", per_day="20")
    made = page.words_of("key")
    city.said.add(made)
    assert page.status == 200 and made.startswith("mk_") and send(city, made).status_code == 200
    listed = admin.get("/admin/keys")
    assert "市政务 App" in listed.text and made not in listed.html and made[-4:] in listed.text
    assert made not in str(city.sql("SELECT name, contact, hint, HEX(hash), why FROM api_key")) + str(city.sql("SELECT * FROM org_event WHERE kind = 'key_add'"))
    again = admin.submit(listed.form("/admin/keys"), name="市政务 App", contact="别人", per_day="20")
    assert again.status == 409 and "已经有叫" in " ".join(again.errors) and "别人" in again.html
    path = "/admin/keys/" + city.one("SELECT id FROM api_key WHERE live_name = '市政务 App'")
    nothing = admin.submit(listed.form(path))
    assert nothing.status == 422 and "请填写为什么撤销" in " ".join(nothing.errors)
    done = admin.submit(listed.form(path), reason="合同到期")
    assert done.status == 200 and "密钥已撤销" in done.text and "合同到期" in done.text
    assert admin.submit(listed.form(path), reason="再点一次").status == 409
    wrong(send(city, made), 403)
    assert "撤销接口密钥" in city.officer("auditadmin").get("/admin/audit").text


@pytest.mark.parametrize("login", ["sysadmin", "auditadmin", "registrar1", "supervisor1"])
def test_only_the_security_administrator_has_keys(city, login):
    somebody = city.officer(login)
    assert somebody.get("/admin/keys").status == 403
    assert somebody.post("/admin/keys", name="我的", contact="我", scope="letters", answer="id", per_day="9").status == 403


def test_the_operator_lists_keys_without_their_text(city, app):
    listed = city.ctl("key", "list", check=True).stdout
    assert app not in listed and app[-4:] in listed and city.ctl("key", "add", "x").returncode == 64
    assert city.ctl("key", "revoke", "没有这个", "--reason", "x").returncode == 1


# ---- the page for developers, and what others wrote ----


def test_the_examples_of_the_page_are_what_the_interface_answers(city):
    city.letter("published")
    page = city.citizen.get("/open311")
    samples = [html.unescape(text) for text in re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page.html, re.S)]
    shown = [json.loads(text) for text in samples if text.lstrip().startswith(("[", "{"))]
    request = next(one for one in shown if isinstance(one, list) and "service_request_id" in one[0])
    number = request[0]["service_request_id"]
    assert city.get(f"{V2}/requests/{number}.json").json() == request
    assert any(one in city.get(f"{V2}/services.json").json() for one in shown if isinstance(one, dict))
    assert city.get(f"{V2}/services/pothole.json").json() in shown
    in_xml = [from_xml(ET.fromstring(text.strip().encode())) for text in samples if text.lstrip().startswith("<?xml")]
    assert as_text(request) in in_xml and page.status == 200


def test_our_documents_have_the_members_of_the_specifications_examples(city, shared):
    city.letter("published")
    examples = shared / "data/open311/spec_examples"
    if not examples.is_dir():
        pytest.skip("the specification's examples are not here")
    for name, path in (("01_xml-service-list.xml", "services"), ("03_xml-service-definition.xml", "services/complaint"),
                       ("10_xml-service-requests.xml", "requests")):
        theirs = ET.fromstring((examples / name).read_bytes())
        ours = ET.fromstring(city.get(f"{V2}/{path}.xml").content)
        assert ours.tag == theirs.tag
        assert {one.tag for one in theirs.iter()} <= {one.tag for one in ours.iter()}, name


OFFICIAL = {"Service": ("services",), "ServiceDefinition": ("services/complaint",), "Request": ("requests", "requests/{number}?extensions=true"),
            "TokenResponse": ("tokens/{token}",)}


def without_nulls(document):
    """The specification writes null for what is empty; its own schema has no word for that."""
    if isinstance(document, dict):
        return {name: without_nulls(value) for name, value in document.items() if value is not None}
    return [without_nulls(one) for one in document] if isinstance(document, list) else document


def test_every_answer_fits_the_official_schema(city, shared):
    """georeport_v2-1.yaml of open311.github.io, as it is; in both forms, which `both` has shown to say the same."""
    path = shared / "data/open311/open311_org/georeport_v2-1.yaml"
    if not path.is_file():
        pytest.skip("the official schema is not here")
    official = yaml.safe_load(path.read_text())
    number, sent = city.letter("published").number, send(city, key(city, "--answer", "token"))
    parts = {"number": number, "token": sent.json()[0]["token"]}
    answers = {name: [both(city, f"{V2}/" + one.format(**parts).split("?")[0], "?" + one.partition("?")[2]) for one in paths]
               for name, paths in OFFICIAL.items()}
    answers["RequestResponse"] = [sent.json()]
    for name, documents in answers.items():
        whole = {"$ref": f"#/definitions/{name}", "definitions": official["definitions"]}
        for document in documents:
            each = document if isinstance(document, list) else [document]
            assert each, name
            for one in each:
                jsonschema.Draft4Validator(whole, format_checker=jsonschema.draft4_format_checker).validate(without_nulls(one))
                assert set(one) >= set(official["definitions"][name].get("required", []))
    paths = {path.split("{")[0].strip("/").rstrip(".") for path in official["paths"]}
    assert paths == {"requests", "request", "services", "tokens"}  # whatever else there is, is ours


def test_the_specifications_own_request_is_taken_as_it_is(city, app, shared):
    """But for the key, the service and a telephone, which are each city's own."""
    path = shared / "data/open311/spec_examples/05_block.txt"
    if not path.is_file():
        pytest.skip("the specification's examples are not here")
    head, body = path.read_text().strip().split("\n\n", 1)
    kind = dict(line.split(": ", 1) for line in head.splitlines()[1:])["Content-Type"]
    post = lambda text: city.post(f"{V2}/requests.xml", data=text, headers={"Content-Type": kind})
    wrong(post(body), 403, "api_key")
    answer = post(body.replace("api_key=xyz", f"api_key={app}").replace("service_code=001", "service_code=complaint")
                  .replace("phone=111111111", "phone=13900023311"))
    city.said |= {"smit333@sfgov.edu", "13900023311", "A large sinkhole is destroying the street"}
    assert answer.status_code == 200, answer.text
    assert from_xml(ET.fromstring(answer.content))[0]["service_request_id"]
