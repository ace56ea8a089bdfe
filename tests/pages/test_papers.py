"""Files made on request: lists as tables, bulletins and annual reports as PDF; who gets them, and what they say."""
import io
import json
import re
import subprocess
import xml.etree.ElementTree as ET
import zipfile

import pytest

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def wait(officer, page):
    """Until the file of this page is made; what the page says then."""
    assert page.path.startswith("/files/"), page.text
    officer.city.wait(lambda: not json.loads(officer.get(page.path + ".json").html)["working"])
    return officer.get(page.path)


def order(officer, kind, of):
    return wait(officer, officer.post("/files", kind=kind, of=of))


def fetch(officer, page):
    return officer.session.get(officer.city.desk + page.path + "/fetch", timeout=30)


def cells(row):
    """What stands in a row from the first column on: an empty cell is not written."""
    found = []
    for c in row.iter(NS + "c"):
        column = 0
        for letter in re.match("[A-Z]+", c.get("r"))[0]:
            column = column * 26 + ord(letter) - 64
        found += [""] * (column - 1 - len(found))
        value = c.find(NS + "v")
        found.append("".join(t.text or "" for t in c.iter(NS + "t")) if c.get("t") == "inlineStr" else
                     float(value.text) if value is not None else "")
    return found


def tables(content):
    """The rows of each table of an XLSX file: (text or number, is it a date)."""
    book = zipfile.ZipFile(io.BytesIO(content))
    names = [s.get("name") for s in ET.fromstring(book.read("xl/workbook.xml")).iter(NS + "sheet")]
    found = {}
    for i, name in enumerate(names, 1):
        root = ET.fromstring(book.read(f"xl/worksheets/sheet{i}.xml"))
        found[name] = [cells(row) for row in root.iter(NS + "row")]
        assert not any(True for _ in root.iter(NS + "f")), "a formula"
    return found


def pdf(tool, content, *args):
    return subprocess.run([tool, *args, "-", *(["-"] if tool == "pdftotext" else [])], input=content, capture_output=True,
                          check=True).stdout.decode()


# ---- lists ----


def test_a_table_has_the_letters_of_the_list_and_no_others(city):
    ours, theirs = city.letter("handling", title="=2+3 路口"), city.letter("handling", unit="市教育局")
    page = order(city.handler(), "letters", "view=open")
    got = fetch(city.handler(), page)
    assert got.status_code == 200 and got.headers["Content-Disposition"].startswith("attachment;")
    assert got.headers["Cache-Control"] == "no-store" and "X-Accel-Redirect" not in got.headers
    rows = tables(got.content)["信件"]
    row = next(row for row in rows if row[0] == ours.number)
    assert row[2] == "'=2+3 路口" and not any(row[0] == theirs.number for row in rows)
    assert row[7] == (int(city.field(ours, "TO_DAYS(received_on)")) - 719528) + 25569  # a date, not a text
    everything = zipfile.ZipFile(io.BytesIO(got.content)).read("xl/worksheets/sheet1.xml").decode()
    assert ours.phone not in everything and ours.name not in everything
    login, n = city.sql("SELECT o.login, e.rows_n FROM export_log e JOIN officer o ON o.id = e.officer_id ORDER BY e.id DESC LIMIT 1")[0]
    assert (login, int(n)) == ("cgj_handler", len(rows) - 1)
    assert "下载记录" in city.handler().get(page.path).text


def test_a_table_crosses_pages_without_losing_or_doubling(city):
    page = order(city.supervisor, "letters", "view=open")
    rows = tables(fetch(city.supervisor, page).content)["信件"][1:]
    assert [row[0] for row in rows] == [no for no, in city.sql("SELECT no FROM ticket WHERE open = 1 ORDER BY sort_due, id")]


def test_a_list_of_supervision_is_the_one_on_the_page(city):
    ours, theirs = city.letter("handling"), city.letter("handling", unit="市教育局")
    city.supervisor.act(ours, "remind")
    path = f"tab=pressed&unit={city.field(ours, 'unit_id')}&pressed=1"
    shown = city.supervisor.everything("/watch?" + path)
    page = order(city.supervisor, "watched", path)
    assert "已督促 · 市城市管理局 · 已提醒" in page.text
    head, *rows = tables(fetch(city.supervisor, page).content)["信件"]
    row = next(row for row in rows if row[0] == ours.number)
    assert dict(zip(head, row))["提醒"] == 1 and dict(zip(head, row))["列入通报"] == 0 and "模拟信件" in head
    assert all(row[0] in shown for row in rows) and not any(row[0] == theirs.number for row in rows)
    assert len(rows) == int(city.one("SELECT COUNT(*) FROM ticket WHERE watched = 1 AND pressed = 1 AND "
                                     f"unit_id = {city.field(ours, 'unit_id')}"))
    head = tables(fetch(city.leader, order(city.leader, "watched", path)).content)["信件"][0]
    assert "模拟信件" not in head  # who does not plan them does not hear of them
    assert city.handler().post("/files", kind="watched", of=path).status == 403


def test_the_letters_behind_a_figure_are_those_on_the_page(city):
    ours = city.letter("handling")
    of = f"from=2026-09-29&to=2026-09-29&unit={city.one('SELECT code FROM unit WHERE id = ' + city.field(ours, 'unit_id'))}&measure=received"
    assert ours.number in city.supervisor.everything("/figures/letters?" + of)
    page = order(city.supervisor, "behind", of)
    assert "收件 · " in page.text and "市城市管理局" in page.text
    head, *rows = tables(fetch(city.supervisor, page).content)["信件"]
    assert head[5:] == ["收到", "答复期限"]
    assert sorted(row[0] for row in rows) == sorted(no for no, in city.sql(
        f"SELECT no FROM ticket WHERE received_on = '2026-09-29' AND unit_id = {city.field(ours, 'unit_id')} AND state <> 'invalid' "
        "AND simulated = 0"))
    assert city.supervisor.post("/files", kind="behind", of="measure=nothing").status == 404


def test_ordered_twice_at_once_is_made_once(city):
    first = city.supervisor.post("/files", kind="letters", of="view=overdue")
    second = city.supervisor.post("/files", kind="letters", of="view=overdue")
    wait(city.supervisor, second)
    ids = [int(page.path.rsplit("/", 1)[1]) for page in (first, second)]
    n = city.one(f"SELECT COUNT(*) FROM paper WHERE title = '已超期' AND id >= {ids[0]}")
    assert ids[0] == ids[1] or n == "2"  # the second came after the first was made
    assert city.supervisor.post("/files", kind="nothing", of="").status == 400


def test_a_file_is_its_own_persons_alone(city):
    page = order(city.supervisor, "letters", "view=open")
    for path in (page.path, page.path + ".json", page.path + "/fetch"):
        assert city.registrar.get(path).status == 404
    number = page.path.rsplit("/", 1)[1]
    for path in (f"/_paper/{number}.xlsx", f"/_paper/../paper/{number}.xlsx", "/_paper/"):
        assert city.supervisor.session.get(city.desk + path, timeout=10).status_code in (400, 404)
        assert city.citizen.session.get(city.public + path, timeout=10).status_code in (400, 404)
    assert city.registrar.post("/files", kind="report", of="2026-08").status == 403


def test_rights_are_asked_when_it_is_made(city):
    city.sql("INSERT INTO paper (kind, title, params, asked_by, asked_at, next_at) SELECT 'letters', 'x', '{}', id, UTC_TIMESTAMP(), "
             "'2020-01-01' FROM officer WHERE login = 'auditadmin'")
    number = city.one("SELECT MAX(id) FROM paper")
    city.wait(lambda: city.one(f"SELECT state FROM paper WHERE id = {number}") == "failed")
    assert "没有查看这些内容的权限" in city.one(f"SELECT why FROM paper WHERE id = {number}")


def test_who_dies_while_making_leaves_the_order_to_another(city):
    city.sql("INSERT INTO paper (kind, title, params, asked_by, asked_at, state, next_at, lease, tries) SELECT 'letters', 'left', "
             "'{\"work\":true}', id, UTC_TIMESTAMP(), 'making', '2020-01-01', REPEAT('x', 16), 1 FROM officer WHERE login = 'supervisor1'")
    number = city.one("SELECT MAX(id) FROM paper")
    page = city.supervisor.get(f"/files/{number}")
    assert "做好了" in wait(city.supervisor, page).text
    assert city.one(f"SELECT tries FROM paper WHERE id = {number}") == "2"


def test_what_kills_whoever_makes_it_is_given_up(city):
    city.sql("INSERT INTO paper (kind, title, params, asked_by, asked_at, state, next_at, lease, tries) SELECT 'letters', 'deadly', "
             "'{\"work\":true}', id, UTC_TIMESTAMP(), 'making', '2020-01-01', REPEAT('x', 16), 4 FROM officer WHERE login = 'supervisor1'")
    number = city.one("SELECT MAX(id) FROM paper")
    assert "没有做成" in wait(city.supervisor, city.supervisor.get(f"/files/{number}")).text


def test_who_lost_the_right_does_not_fetch_what_was_made_before(city):
    page = order(city.supervisor, "letters", "view=open")
    number = page.path.rsplit("/", 1)[1]
    city.sql(f"UPDATE paper SET asked_by = (SELECT id FROM officer WHERE login = 'duty1') WHERE id = {number}")
    assert city.officer("duty1").get(page.path + "/fetch").status == 403
    assert city.one(f"SELECT COUNT(*) FROM paper_taken WHERE paper_id = {number}") == "0"


def test_a_file_goes_when_its_days_are_over(city):
    page = order(city.supervisor, "letters", "view=open")
    number = page.path.rsplit("/", 1)[1]
    assert (city.dir / "paper" / f"{number}.xlsx").exists()
    city.sql(f"UPDATE paper SET keep_until = '2026-09-01' WHERE id = {number}")
    city.wait(lambda: city.one(f"SELECT state FROM paper WHERE id = {number}") == "gone")
    assert not (city.dir / "paper" / f"{number}.xlsx").exists()
    gone = city.supervisor.get(page.path)
    assert "已删除" in gone.text and gone.has_form(f"/files/{number}/again")
    for change in ("UPDATE paper_taken SET at = NOW()", "DELETE FROM paper_taken"):
        with pytest.raises((PermissionError, RuntimeError)):
            city.sql(change + " LIMIT 1" if city.one("SELECT COUNT(*) FROM paper_taken") != "0" else "UPDATE nothing")


# ---- reports ----


@pytest.fixture(scope="module")
def month(city):
    """The bulletin of August, a draft by the supervisor."""
    city.clock("2026-09-29 16:00")
    page = city.supervisor.post("/reports", code="2026-08")
    assert page.path == "/reports/2026-08", page.text
    return "2026-08"


def do(officer, code, deed, **fields):
    page = officer.get(f"/reports/{code}")
    version = re.search(r'name="version" value="(\d+)"', page.html)
    return officer.post(f"/reports/{code}/do", do=deed, version=version[1] if version else "1", **fields)


def test_only_what_is_over_is_reported(city):
    for code, why in (("2026-09", "还没有过完"), ("2026", "还没有过完"), ("2026-13", "请选择"), ("x", "请选择")):
        page = city.supervisor.post("/reports", code=code)
        assert page.status == 422 and why in page.text


def test_a_bulletin_is_written_signed_by_another_and_published(city, month):
    form = city.supervisor.get(f"/reports/{month}/edit").form(f"/reports/{month}/edit")
    assert "2026年8月" in form.value("summary")  # drawn up from the figures
    saved = city.supervisor.submit(form, topics="路灯不亮反映较多。")
    assert saved.path == f"/reports/{month}" and "路灯不亮反映较多。" in saved.text
    late = city.supervisor.submit(form, topics="另一种写法")
    assert late.status == 409 and "另一种写法" in late.html and "路灯不亮反映较多。" in late.text
    assert do(city.supervisor, month, "sign").status == 422  # who wrote last does not sign
    assert city.citizen.get(f"/reports/{month}").status == 404
    assert do(city.leader, month, "publish").status == 403
    assert "已签发" in do(city.leader, month, "sign", words="同意").text
    with pytest.raises(RuntimeError):
        city.sql(f"UPDATE report SET extra = '{{}}' WHERE code = '{month}'")
    with pytest.raises(RuntimeError):
        city.sql("INSERT INTO report_part (report_id, part, body, changed_by, changed_at) SELECT id, 'topics', 'x', edited_by, NOW() "
                 f"FROM report WHERE code = '{month}'")
    assert city.supervisor.get(f"/reports/{month}/edit").status == 409
    assert do(city.publisher, month, "publish").status == 200
    city.wait(lambda: f"/reports/{month}/pdf" in city.citizen.get(f"/reports/{month}").html)
    assert "路灯不亮反映较多。" in city.citizen.get(f"/reports/{month}").text and "2026年8月月报" in city.citizen.get("/reports").text
    content = city.citizen.session.get(f"{city.public}/reports/{month}/pdf", timeout=30).content
    words = pdf("pdftotext", content, "-layout")
    assert "路灯不亮反映较多。" in words and re.search(r"第 1 页，共 \d+ 页", words)
    fonts = pdf("pdffonts", content).splitlines()[2:]
    assert fonts and all(" yes yes yes" in line for line in fonts), "every font is embedded, a subset, and can be searched"
    assert do(city.publisher, month, "withdraw").status == 422
    assert do(city.publisher, month, "withdraw", words="有一处写错").status == 200
    assert city.citizen.get(f"/reports/{month}").status == 404


def test_the_figures_of_a_report_stay_when_letters_change(city):
    city.supervisor.post("/reports", code="2026-07")
    before = city.supervisor.get("/reports/2026-07").html
    city.sql("UPDATE stat_cell SET n = n + 5 WHERE measure = 'received'")
    try:
        after = city.supervisor.get("/reports/2026-07").html
    finally:
        city.sql("UPDATE stat_cell SET n = n - 5 WHERE measure = 'received'")
    assert re.search(r"数字于2026年9月29日 \d\d:\d\d 固定", before)
    shown = [re.findall(r'lx-figures__value">\s*([^<]*)', html) for html in (before, after)]
    assert shown[0] == shown[1] and shown[0]


def test_the_annual_form_says_what_the_letters_say(city):
    city.clock("2027-01-04 10:00")
    city.supervisor.log_in()
    assert "最迟在1月31日" in city.supervisor.get("/reports").text.replace(" ", "")
    page = city.supervisor.post("/reports", code="2026")
    assert page.path == "/reports/2026", page.text
    year = "BETWEEN '2026-01-01' AND '2026-12-31'"
    received = city.one(f"SELECT COUNT(*) FROM ticket WHERE received_on {year} AND state <> 'invalid' AND simulated = 0")
    days = city.one(f"SELECT ROUND(AVG(DATEDIFF(DATE(replied_at + INTERVAL 8 HOUR), DATE(accepted_at + INTERVAL 8 HOUR))), 1) "
                    f"FROM ticket WHERE DATE(replied_at + INTERVAL 8 HOUR) {year} AND state <> 'invalid' AND simulated = 0")
    rows = {row["项目"]: row["数值"] for row in page.rows if "项目" in row and "数值" in row}
    assert rows["收到留言数量"].replace(",", "") == received and rows["平均办理时间"] == days
    table = tables(fetch(city.supervisor, order(city.supervisor, "report_table", "2026")).content)
    assert {"互动交流情况", "按类型", "按承办单位", "说明"} <= set(table)
    assert next(row[2] for row in table["互动交流情况"] if row[1] == "收到留言数量") == float(received)
    form = city.supervisor.get("/reports/2026/edit").form("/reports/2026/edit")
    wrong = city.supervisor.submit(form, surveys="三", platform="是")
    assert wrong.status == 422 and "请填写数字" in wrong.text and 'value="三"' in wrong.html
