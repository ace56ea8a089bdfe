"""minshengctl: the same rules at the command line as at the desk, and answers that scripts can read."""
import json


def test_an_action_is_checked_as_at_the_desk(city):
    letter = city.citizen.write()
    done = city.ctl("act", letter.number, "accept", "--as", "registrar1")
    assert (done.returncode, done.stdout) == (0, "accepted\tnot_due\n")
    for words in ("accept --as registrar1", "assign --as cgj_handler", "assign --as registrar1", "dance --as leader1"):
        refused = city.ctl("act", letter.number, *words.split())
        assert refused.returncode == 2 and refused.stdout == "" and refused.stderr, words
    city.ctl("act", letter.number, "assign", "--as", "registrar1", "--set", "unit=cgj", check=True)
    assert city.liaison().open(letter).status == 200


def test_nothing_is_promised_for_a_day_that_has_passed(city):
    letter = city.letter("handling")
    words = ["act", letter.number, "submit_reply", "--as", "cgj_handler", "--set", "reply=现场核实后列入计划，换灯。",
             "--set", "result=scheduled"]
    late = city.ctl(*words, "--set", "on=2020-01-01")
    assert late.returncode == 2 and "不能早于今天" in late.stderr
    assert city.ctl(*words, "--set", f"on={city.workdays(30).isoformat()}").returncode == 0


def test_a_letter_is_shown_without_its_contact(city):
    letter = city.letter("handling")
    city.handler().reveal(letter, reason="电话核实地点")
    told = json.loads(city.ctl("show", letter.number, "--json", check=True).stdout)
    assert told["state"] == "handling" and told["due_on"] == city.workdays(10).isoformat() and told["reveals"] == 1
    for words in (("show", letter.number), ("show", letter.number, "--json"), ("trace", letter.number)):
        shown = city.ctl(*words, check=True).stdout
        assert [word for word in (letter.phone, letter.name, letter.email, letter.code) if word in shown] == []


def test_trace_tells_all_that_ever_happened(city):
    letter = city.letter("published")
    told = city.ctl("trace", letter.number, check=True).stdout
    steps = ["submit", "accept", "assign", "sign", "submit_reply", "approve_reply", "approve_full", "publish"]
    for word in [*steps, "林知夏", "江一帆"]:
        assert word in told, word


def test_due_days_in_a_batch(city):
    done = city.ctl("due", "--batch", input="2026-09-29\t10\n2026-09-29T17:31\t10\nnonsense\n2026-10-10T09:00\t1\n")
    assert done.returncode == 1 and "第 3 行" in done.stderr
    assert done.stdout.splitlines() == ["2026-09-29\t10\t2026-10-19\tfinal", "2026-09-29T17:31\t10\t2026-10-20\tfinal",
                                        "2026-10-10T09:00\t1\t2026-10-12\tfinal"]


def test_a_number_nobody_has(city):
    no = "MS-T-20260929-000000-0"
    for words in (f"show {no}", "trace x", f"act {no} accept --as registrar1"):
        assert city.ctl(*words.split()).returncode == 1


def test_the_tables_are_printed_as_text(city):
    assert "submitted" in city.ctl("states", check=True).stdout
    assert city.ctl("states", "--dot", check=True).stdout.startswith("digraph")
    assert "/tickets/:no" in city.ctl("pages", check=True).stdout
    assert "registrar" in city.ctl("access", check=True).stdout


def test_the_numbers_agree_with_the_letters_after_all_this(city):
    city.run_slad()
    done = city.ctl("stats", "--check")
    assert done.returncode == 0, done.stdout + done.stderr
