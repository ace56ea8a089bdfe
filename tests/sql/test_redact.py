"""Personal data: how much of it is found in real letters with made-up values, and how little that is none."""
import collections
import json


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def redact(instance, texts):
    sent = "".join(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))
    told = [json.loads(line) for line in instance.ctl("redact", input=sent, check=True).stdout.splitlines()]
    assert [line["id"] for line in told] == list(range(len(texts)))
    return told


def covered(span, told):
    return any(one["kind"] == span["kind"] and one["start"] <= span["start"] and one["end"] >= span["end"] for one in told)


def test_what_stands_in_real_letters_is_found(instance, shared):
    letters = lines(shared / "data" / "privacy" / "pii_synthetic_in_real_letters.jsonl")
    there, seen = collections.Counter(), collections.Counter()
    for letter, told in zip(letters, redact(instance, [letter["text"] for letter in letters])):
        for span in letter["spans"]:
            there[span["kind"]] += 1
            seen[span["kind"]] += covered(span, told["spans"])
        for span in told["spans"]:
            assert letter["text"][span["start"]:span["end"]] not in told["text"] or span["kind"] in ("address", "name")
    share = {kind: seen[kind] / there[kind] for kind in there}
    assert there["mobile"] > 100 and there["id_card"] > 70
    assert all(share[kind] >= 0.995 for kind in ("mobile", "id_card", "bank_card", "email", "qq")), share
    assert share["plate"] >= 0.98 and share["certificate_no"] >= 0.98, share


def test_single_values_are_known_and_wrong_check_digits_are_none(instance, shared):
    values = lines(shared / "data" / "privacy" / "pii_values_synthetic.jsonl")
    before = {"qq": "我的QQ是", "certificate_no": "证件编号："}
    told = redact(instance, [before.get(value["kind"], "请联系") + value["value"] + "，谢谢" for value in values])
    for value, one in zip(values, told):
        kinds = [span["kind"] for span in one["spans"]]
        assert kinds == ([] if value["label"] == "bad_checksum" else [value["kind"].removesuffix("_15")]), value


def test_what_only_looks_like_it_stays(instance, shared):
    replies = lines(shared / "data" / "privacy" / "pii_hard_negatives_from_real_replies.jsonl")
    wrong = [one for one in redact(instance, [reply["text"] for reply in replies]) if one["spans"]]
    assert len(replies) > 200 and len(wrong) <= len(replies) // 100, wrong


def test_a_line_of_another_form_is_reported_and_the_rest_goes_on(instance):
    done = instance.ctl("redact", input='{"id":1,"text":"电话13800138000"}\nnonsense\n{"id":"b","text":""}\n')
    assert done.returncode == 1 and "第 2 行" in done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": 1, "spans": [{"start": 2, "end": 13, "kind": "mobile"}], "text": "电话［已隐去］"},
        {"id": "b", "spans": [], "text": ""}]
