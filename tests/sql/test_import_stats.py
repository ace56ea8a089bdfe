"""Letters of an older mailbox: what is taken, what not and why; and that the statistics are those worked out a second time
by lib/independent_stats.py, figure by figure. The real letters are imported with the run killed on the way."""
import json
import pathlib
import subprocess
import time

import independent_stats
import pytest

DATA = pathlib.Path(__file__).parents[1] / "data"
SMALL = DATA / "import_small.csv"
SMALL_MAP = DATA / "import_small.map.json"
REAL_MAP = DATA / "letters_with_replies.map.json"


def figures(instance, since, until):
    """{year: figures} and under None the total, as minshengctl tells them."""
    told = json.loads(instance.ctl("stats", "--from", since, "--to", until, "--json", check=True).stdout)
    years = {year["year"]: year for year in told["years"]}
    years[None] = told["total"]
    return years


def assert_same(told, table, map_file):
    own = independent_stats.by_year(table, json.loads(map_file.read_text(encoding="utf-8")))
    assert set(told) == set(own)
    for year, line in own.items():
        assert {key: told[year][key] for key in line} == line, year


def imported(instance, system):
    return int(instance.one(f"SELECT COUNT(*) FROM external_no WHERE system = '{system}'"))


@pytest.fixture(scope="module")
def small(instance):
    return instance.ctl("import", SMALL, "--map", SMALL_MAP)


def letter(instance, number, column):
    return instance.one(f"SELECT {column} FROM ticket t JOIN external_no x ON x.ticket_id = t.id JOIN ticket_text b "
                        f"ON b.ticket_id = t.id WHERE x.system = 'small' AND x.no = '{number}'")


# ---- the small table: our own writing, one row a trap ----


def test_a_trial_run_writes_nothing(instance):
    before = imported(instance, "small")
    done = instance.ctl("import", SMALL, "--map", SMALL_MAP, "--dry-run")
    assert done.returncode == 1
    assert imported(instance, "small") == before


REFUSED = {
    5: "没有原编号",
    6: "来信时间不对",
    7: "答复早于来信",
    8: "没有内容",
    9: "原编号与前面一条相同，见第 1 条",
    10: "与前面一条完全相同（标题、内容、来信时间），见第 1 条",
    13: "标题太长",
    14: "表格格式不对：引号之后还有文字",
}


def test_rows_that_cannot_be_taken_are_named_with_the_reason(small):
    assert small.returncode == 1
    lines = [line for line in small.stderr.splitlines() if "未收：" in line]
    assert len(lines) == len(REFUSED)
    for line, (row, why) in zip(lines, REFUSED.items()):
        assert line.startswith(f"第 {row} 条（") and line.endswith("未收：" + why)
    assert "共 14 条，新收 6，已在库中 0，未收 8，请留意 1" in small.stderr


def test_an_answer_that_hardly_says_anything_is_taken_and_mentioned(small):
    assert "第 11 条（表格第 19 行，原编号 1011）已收，请留意：答复只有 12 字" in small.stderr


def test_texts_are_clean(instance, small):
    assert letter(instance, "1002", "t.title") == "“学府街”小区 停车难"
    assert letter(instance, "1002", "b.body") == r"　　小区车位不够。\n晚上七点以后就没有车位，消防通道也停满了。\n请问什么时候增加车位？"


def test_what_came_after_hours_counts_from_the_next_working_day(instance, small):
    assert letter(instance, "1002", "t.received_on") == "2024-03-11"
    assert letter(instance, "1011", "t.received_on") == "2024-12-30"  # 17:30 is in time
    assert letter(instance, "1012", "t.received_on") == "2025-01-26"  # a Sunday that is worked


def test_a_late_answer_is_a_breach_with_its_true_moment(instance, small):
    no = letter(instance, "1002", "t.no")
    rows = instance.sql(f"SELECT e.what, e.due_at FROM timer_event e JOIN ticket t ON t.id = e.ticket_id WHERE t.no = '{no}' "
                        "ORDER BY e.id")
    assert rows == [["start", "NULL"], ["breach", "2024-03-25 16:00:00"], ["stop", "NULL"]]


def test_an_unanswered_letter_is_being_handled_and_its_clock_runs(instance, small):
    assert letter(instance, "1012", "t.state") == "handling"
    assert letter(instance, "1012", "t.due_on") == "2025-02-14"
    no = letter(instance, "1012", "t.no")
    instance.wait(lambda: instance.sql("SELECT 1 FROM timer_event e JOIN ticket t ON t.id = e.ticket_id JOIN timer m "
                                       f"ON m.id = e.timer_id WHERE t.no = '{no}' AND m.kind = 'reply' AND e.what = 'breach' "
                                       "AND e.due_at = '2025-02-14 16:00:00'"))


def test_units_of_the_old_mailbox_get_no_letters(instance, small):
    rows = instance.sql("SELECT DISTINCT u.active, u.takes_letters FROM unit u WHERE u.name LIKE '测试市%'")
    assert rows == [["0", "0"]]


def test_the_history_leads_step_by_step_to_where_the_letter_stands(instance):
    broken = instance.sql(
        "SELECT h.ticket_id, h.version FROM history h JOIN ticket t ON t.id = h.ticket_id AND t.channel = 'import' "
        "LEFT JOIN history b ON b.ticket_id = h.ticket_id AND b.version = h.version - 1 "
        "WHERE h.at < b.at OR (h.action IN ('accept','assign','sign','submit_reply','approve_reply','close') "
        "AND h.from_state <> b.to_state)")
    assert broken == []
    assert instance.sql("SELECT t.id FROM ticket t JOIN (SELECT ticket_id, MAX(version) AS v, COUNT(*) AS n FROM history "
                        "GROUP BY ticket_id) h ON h.ticket_id = t.id WHERE h.v <> t.version OR h.n <> t.version") == []


def test_the_published_edition_carries_no_number_of_a_person(instance, small):
    """Land lines in an answer stay: they are how to reach the office."""
    person = "'1[3-9][0-9 -]{9,13}|[0-9]{15,}'"
    assert instance.sql(f"SELECT id FROM pub_letter WHERE CONCAT(title, body, reply) REGEXP {person}") == []
    assert instance.sql("SELECT id FROM pub_letter WHERE CONCAT(title, body) REGEXP '[0-9]{7,}'") == []


def test_a_second_run_changes_nothing(instance, small):
    before = instance.sql("SELECT (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM history), (SELECT COUNT(*) FROM unit)")
    done = instance.ctl("import", SMALL, "--map", SMALL_MAP)
    assert "新收 0，已在库中 6，未收 8" in done.stderr
    after = instance.sql("SELECT (SELECT COUNT(*) FROM ticket), (SELECT COUNT(*) FROM history), (SELECT COUNT(*) FROM unit)")
    assert after == before


def test_the_figures_of_the_small_table_are_those_worked_out_independently(instance, small):
    assert_same(figures(instance, "2024-01-01", "2025-12-31"), SMALL, SMALL_MAP)


def test_a_letter_that_was_not_published_stays_withheld(instance, tmp_path):
    table, mapping = tmp_path / "one.csv", json.loads(SMALL_MAP.read_text(encoding="utf-8"))
    table.write_text("编号,来信时间,标题,内容,答复,答复时间,答复单位,公开\n"
                     "1,2023/5/4 9:00,不公开的来信,内容只给办理单位看。,您好！已经办理，结果如下。,2023/5/8 9:00,,否\n",
                     encoding="utf-8")
    mapping.update(system="small-withheld", withhold_reason="privacy")
    mapping["columns"]["published"] = "公开"
    map_file = tmp_path / "map.json"
    map_file.write_text(json.dumps(mapping), encoding="utf-8")
    instance.ctl("import", table, "--map", map_file, check=True)
    rows = instance.sql("SELECT t.state, t.pub_state, t.reason_code, t.publish_ok, (SELECT COUNT(*) FROM pub_letter p "
                        "WHERE p.no = t.no) FROM ticket t JOIN external_no x ON x.ticket_id = t.id "
                        "WHERE x.system = 'small-withheld'")
    assert rows == [["closed", "withheld", "privacy", "0", "0"]]


@pytest.mark.parametrize("change, said", [
    ({"system": "Old"}, "system"),
    ({"zone": 1}, "zone"),
    ({"published": False}, "withhold_reason"),
    ({"columns": {"number": "编号", "title": "没有这一列", "body": "内容", "received": "来信时间"}}, "没有这一列"),
])
def test_a_map_with_a_mistake_is_refused_before_anything_is_written(instance, tmp_path, change, said):
    mapping = json.loads(SMALL_MAP.read_text(encoding="utf-8"))
    mapping.update({"system": "wrong"})
    mapping.update(change)
    map_file = tmp_path / "map.json"
    map_file.write_text(json.dumps(mapping, ensure_ascii=False), encoding="utf-8")
    done = instance.ctl("import", SMALL, "--map", map_file)
    assert done.returncode not in (0, 1)
    assert said in done.stderr
    assert imported(instance, "wrong") == 0


def test_a_table_that_is_not_there_is_said(instance):
    done = instance.ctl("import", "/nonexistent.csv", "--map", SMALL_MAP)
    assert done.returncode != 0 and "/nonexistent.csv" in done.stderr


# ---- the real letters, where they are ----


@pytest.fixture(scope="module")
def real(instance, request):
    """All of them, by a run that was killed twice and then left to finish; the seconds of a whole run are in the report."""
    table = request.getfixturevalue("real_table")
    command = [str(instance.build / "bin" / "minshengctl"), "import", str(table), "--map", str(REAL_MAP)]
    env = {"MINSHENG_CONF": str(instance.dir / "minsheng.conf")}
    for more in (300, 900):
        with subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL) as run:
            end = time.monotonic() + 120
            while imported(instance, "a4") < more and run.poll() is None and time.monotonic() < end:
                time.sleep(0.02)
            run.kill()
    partly = imported(instance, "a4")
    return partly, instance.ctl("import", table, "--map", REAL_MAP), table


@pytest.fixture(scope="module")
def real_table():
    shared = independent_stats.shared_folder()
    if shared is None:
        pytest.skip("the real letters (../shared/data) are not here")
    return shared / "data" / "letters" / "A4_letters_with_replies.open.csv"


def test_a_killed_import_goes_on_and_nothing_is_there_twice(instance, real):
    partly, done, _ = real
    assert partly % 100 == 0 and 300 <= partly
    assert f"共 2280 条，新收 {2275 - partly}，已在库中 {partly}，未收 5" in done.stderr
    assert done.stderr.count("未收：与前面一条完全相同") == 5
    assert imported(instance, "a4") == 2275
    assert instance.sql("SELECT done, total, state FROM job WHERE subject LIKE 'a4 %'") == [["2280", "2280", "done"]]


def test_the_figures_of_every_year_are_those_worked_out_independently(instance, real):
    assert_same(figures(instance, "2011-01-01", "2021-12-31"), real[2], REAL_MAP)


def test_folded_or_not_the_figures_are_the_same(instance, real):
    """slad folds the changes into days; by then nothing is left to fold, and the letters still say the same."""
    instance.wait(lambda: instance.one("SELECT COUNT(*) FROM stat_delta") == "0")
    assert_same(figures(instance, "2011-01-01", "2021-12-31"), real[2], REAL_MAP)
    done = instance.ctl("stats", "--check")
    assert done.returncode == 0, done.stdout


def test_every_answer_of_the_old_mailbox_is_public(instance, real):
    assert instance.one("SELECT COUNT(*) FROM pub_letter p JOIN ticket t ON t.no = p.no JOIN external_no x "
                        "ON x.ticket_id = t.id WHERE x.system = 'a4'") == "2275"
    assert instance.sql("SELECT t.id FROM ticket t WHERE t.channel = 'import' AND (t.received_at > t.accepted_at OR "
                        "t.accepted_at > t.replied_at)") == []
