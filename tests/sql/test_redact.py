"""Personal data: how much of it is found in real letters with made-up values, and how little that is none."""
import collections
import csv
import hashlib
import json
import pathlib
import re

DATA = pathlib.Path(__file__).resolve().parents[1] / "data"


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def redact(instance, texts, *options):
    sent = "".join(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))
    told = [json.loads(line) for line in instance.ctl("redact", *options, input=sent, check=True).stdout.splitlines()]
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


# Made up; said as people say where they live. What stands in brackets is the address.
HOMES = """我家住在[望湖路26号听雨苑3栋2单元501室]，晚上很吵|本人住[云溪区书香路88号]，门口路灯不亮
我是[听雨苑小区三栋一单元302]的业主|家住[金桂花园12幢1802室]|住址：[丹阳街道丹阳路128号2栋503]|住在[马家湾村8组]，路没有修
我们[老机械厂家属院5号楼3单元]的下水道堵了|[文昌里社区幸福巷7号]的住户反映|租住在[翠湖公寓B座1203]|我住[阳光城小区A区5栋]
位于[滨江大道199号滨江国际2座18楼1801室]|家在[红旗村三组18号]|[南岳路56号院4号楼东单元201]没有水|[麓山南路932号]住户
住在[桃源小区十二栋二单元四楼]|我家在[解放东路333号锦绣华庭7栋1单元2203]|[中山路百货大楼宿舍3单元402室]漏水
现住[学府街66号师范学院教工宿舍9栋404房]|我是[和平里小区6号楼2门301室]住户|住[白云路香樟苑1期3栋甲单元]|我住[北正街107号]
[西湖街道玉泉路12弄5号602室]，电梯坏了|家庭住址[新开铺路58号星语林6栋1104号]|我的住址是[沿河路3号楼6楼601]
[柳叶湖大道东方新城5期9栋2单元1501户]没有暖气|我爷爷住[东风路社区二区16栋4单元]"""


def test_where_somebody_lives_is_found_in_real_letters(instance, shared):
    """Addresses of ours within letters of others, and none is seen in offices' answers (below)."""
    letters = [one["text"] for one in lines(shared / "data" / "privacy" / "pii_synthetic_in_real_letters.jsonl")]
    homes = [home for row in HOMES.splitlines() for home in row.split("|")]
    plain = [home.replace("[", "").replace("]", "") for home in homes]
    texts = [f"{letter}\n{home}\n{letter[:40]}" for letter, home in zip(letters, plain)]
    seen = 0
    for letter, home, told in zip(letters, homes, redact(instance, texts)):
        start, end = len(letter) + 1 + home.index("["), len(letter) + home.index("]")
        places = [one for one in told["spans"] if one["kind"] == "address" and one["start"] < end and one["end"] > start]
        seen += bool(places) and max(one["end"] for one in places) >= end
    assert len(homes) >= 25 and seen / len(homes) >= 0.9, (seen, len(homes))


NUMBERED = re.compile(r"[0-9A-Za-z一二三四五六七八九十〇零甲乙丙]+\s?#?\s?[号栋幢室楼门户座弄组队排院层房]")


def marked_letters(shared):
    """(text, whether all of it was read, [(mark, from, to)]) of the letters that are marked in data/redact_marks.tsv."""
    csv.field_size_limit(1 << 24)
    texts = {}
    for line in (DATA / "redact_marks.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        name, letter, column, digest, read, marks = line.split("\t")
        if name not in texts:
            with open(shared / "data" / "letters" / name, encoding="utf-8-sig") as file:
                rows = list(csv.DictReader(file))
            key = "id" if "id" in rows[0] else "letter_no"
            texts[name] = {(row[key], hashlib.sha256(row[column].encode()).hexdigest()[:8]): row[column] for row in rows}
        spans = [(mark[0], *map(int, mark[1:].split("-"))) for mark in marks.split()]
        yield texts[name][letter, digest], read == "whole", spans


def test_houses_and_names_in_real_letters_are_shown_to_who_decides(instance, shared):
    """As hints at least; what is shown though nobody lives there, or is called so, is little."""
    letters = list(marked_letters(shared))
    there, seen, wrong, characters, numbered = collections.Counter(), collections.Counter(), collections.Counter(), 0, [0, 0]
    for (text, whole, marks), told in zip(letters, redact(instance, [letter[0] for letter in letters], "--public")):
        found = [(one["kind"], one["start"], one["end"]) for one in told["spans"]]
        for mark, start, end in marks:
            kind = {"a": "address", "n": "name"}.get(mark)
            there[kind] += 1
            seen[kind] += any(one == kind and at < end and to >= end for one, at, to in found)
        if whole:
            characters += len(text)
            wrong.update(kind for kind, at, to in found if not any(start < to and end > at for _, start, end in marks))
            for place in NUMBERED.finditer(text):
                if not any(start < place.end() and end > place.start() for _, start, end in marks):
                    numbered[0] += 1
                    numbered[1] += any(kind == "address" and at < place.end() and to > place.start() for kind, at, to in found)
    assert there["address"] >= 200 and seen["address"] >= 0.95 * there["address"], (seen, there)
    assert there["name"] >= 50 and seen["name"] >= 0.6 * there["name"], (seen, there)
    assert numbered[0] >= 100 and numbered[1] <= 0.05 * numbered[0], numbered
    assert characters > 70000 and wrong["address"] + wrong["name"] <= 0.2 * characters / 1000, wrong


def test_a_line_of_another_form_is_reported_and_the_rest_goes_on(instance):
    done = instance.ctl("redact", input='{"id":1,"text":"电话13800138000"}\nnonsense\n{"id":"b","text":""}\n')
    assert done.returncode == 1 and "第 2 行" in done.stderr
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": 1, "spans": [{"start": 2, "end": 13, "kind": "mobile"}], "text": "电话［已隐去］"},
        {"id": "b", "spans": [], "text": ""}]
