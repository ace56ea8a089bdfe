"""What letters are about: the list is kept by who keeps the rules, letters are found by it, nothing is ever deleted."""
import re

import pytest

NEW, ONE = "/rules/topics/new", re.compile(r"/rules/topics/(\d+)")


@pytest.fixture
def admin(city):
    return city.officer("sysadmin")


def add(admin, name, parent="单独一类（上级主题）"):
    return admin.submit(admin.get(NEW).form(NEW), name=name, parent=parent)


def id_of(city, name):
    return city.one(f"SELECT id FROM topic WHERE name = '{name}'")


def change(admin, topic, do, **fields):
    path = f"/rules/topics/{topic}"
    return admin.submit(admin.get(path).form(path, do=do), **fields)


def offered(city, letter):
    """The topics a registrar can choose for a letter."""
    form = city.registrar.open(letter).form(f"/tickets/{letter.number}/topic")
    return {name.strip() for name in form.options["topic"]}


def classify(city, letter, topic):
    return city.registrar.submit(city.registrar.open(letter).form(f"/tickets/{letter.number}/topic"), topic=str(topic))


def test_a_topic_is_added_offered_at_once_renamed_retired_and_offered_again(city, admin):
    letter = city.letter("accepted")
    assert add(admin, "低空飞行").path == "/rules/topics" and add(admin, "无人机扰民", "低空飞行 下面").status == 200
    top, leaf = int(id_of(city, "低空飞行")), int(id_of(city, "无人机扰民"))
    assert top % 100 == 0 and leaf == top + 1 and {"低空飞行", "无人机扰民"} <= offered(city, letter)
    classify(city, letter, leaf)
    assert "已改名" in change(admin, leaf, "rename", name="无人机噪声").text
    assert "无人机噪声" in offered(city, letter) and "主题 无人机噪声" in " ".join(city.registrar.open(letter).text.split())
    assert "已停用" in change(admin, top, "retire").text
    other = city.letter("accepted")
    assert not {"低空飞行", "无人机噪声"} & offered(city, other)
    assert "无人机噪声（已停用）" in offered(city, letter)  # its own stays
    refused = city.registrar.post(f"/tickets/{other.number}/topic", topic=leaf)
    assert refused.status == 422 and city.field(other, "topic_id") == "NULL" and city.field(letter, "topic_id") == str(leaf)
    assert "已启用" in change(admin, top, "offer").text and "无人机噪声" in offered(city, other)
    events = city.sql(f"SELECT kind, name, was FROM topic_event WHERE topic_id IN ({top}, {leaf}) ORDER BY id")
    assert [row[0] for row in events] == ["added", "added", "renamed", "retired", "offered"]
    assert "无人机扰民 → 无人机噪声" in admin.get(f"/rules/topics/{leaf}").text


def test_a_name_is_used_once_beside_its_neighbours_and_mistakes_keep_what_was_typed(city, admin):
    assert add(admin, "海绵城市").status == 200
    for name, words in (("海绵城市", "已经有"), ("", "请填写"), ("长" * 21, "20"), ("短", "2")):
        page = add(admin, name)
        assert page.status == 422 and words in page.text and page.form(NEW).value("name") == name
    assert admin.post(NEW, name="没有上级的", parent=205).status == 422  # a lower one has none below it
    assert admin.post(NEW, name="没有上级的", parent=64900).status == 422
    topic = id_of(city, "海绵城市")
    page = change(admin, topic, "rename", name="住房保障与房产")
    assert page.status == 422 and page.form(f"/rules/topics/{topic}", do="rename").value("name") == "住房保障与房产"
    assert admin.get("/rules/topics/64999").status == 404 and admin.get("/rules/topics/x").status == 404


def test_two_who_rename_at_once_both_see_what_the_other_wrote(city, admin):
    add(admin, "共享单车")
    topic = id_of(city, "共享单车")
    path = f"/rules/topics/{topic}"
    mine, theirs = [admin.get(path).form(path, do="rename") for _ in range(2)]
    assert admin.submit(mine, name="共享单车停放").status == 200
    late = admin.submit(theirs, name="共享电动车")
    assert late.status == 409 and "共享单车停放" in late.text and late.form(path, do="rename").value("name") == "共享电动车"
    assert admin.submit(late.form(path, do="rename"), name="共享电动车").status == 200
    assert city.one(f"SELECT name FROM topic WHERE id = {topic}") == "共享电动车"


def test_who_may_not_change_rules_reads_topics_and_others_do_not(city):
    page = city.supervisor.get("/rules/topics")
    assert page.status == 200 and "路灯照明" in page.text and NEW not in page.html
    page = city.supervisor.get("/rules/topics/205")
    assert page.status == 200 and not page.has_form("/rules/topics/205")
    assert city.supervisor.post("/rules/topics/205", do="retire", version=1).status == 403
    assert city.supervisor.get(NEW).status == 403 and city.handler().get("/rules/topics").status == 403


def test_lists_are_narrowed_by_topic_an_upper_one_with_its_own(city):
    lamp, road, none = [city.letter("accepted", title=f"映月街{what}") for what in ("路灯", "路面", "其他事")]
    classify(city, lamp, 205)
    classify(city, road, 201)
    for who, view in ((city.registrar, "open"), (city.registrar, "todo"), (city.registrar, "accepted"), (city.supervisor, "open")):
        found = {topic: who.everything(f"/queue?view={view}&topic={topic}") for topic in (205, 200, 300, 0)}
        assert [letter.number in found[205] for letter in (lamp, road, none)] == [True, False, False], (who.login, view)
        assert [letter.number in found[200] for letter in (lamp, road, none)] == [True, True, False]
        assert [letter.number in found[300] for letter in (lamp, road, none)] == [False] * 3
        assert [letter.number in found[0] for letter in (lamp, road, none)] == [False, False, True]
    words = city.registrar.get("/queue?view=open&topic=205&words=%E6%98%A0%E6%9C%88%E8%A1%97")
    assert lamp.number in words.text and road.number not in words.text
    exported = city.registrar.get("/queue.csv?view=open&topic=200&words=%E6%98%A0%E6%9C%88%E8%A1%97").response.text
    assert lamp.number in exported and road.number in exported and none.number not in exported
    page = city.registrar.get("/queue?view=open&topic=205")
    assert page.form("/queue").value("topic") == "205" and "清除筛选" in page.text


def test_ended_letters_and_those_of_one_unit_are_narrowed_too(city):
    lamp, road = city.letter("replied"), city.letter("replied")
    with_topic = {lamp: 205, road: 201}
    for letter, topic in with_topic.items():
        classify(city, letter, topic)
    for who in (city.supervisor, city.handler()):
        text = who.everything("/queue?view=done&topic=205")
        assert lamp.number in text and road.number not in text
        assert road.number in who.everything("/queue?view=done&topic=200")


def test_the_watch_list_is_narrowed_by_topic(city):
    lamp, road = city.letter("handling"), city.letter("handling")
    classify(city, lamp, 205)
    classify(city, road, 201)
    for letter in (lamp, road):
        city.supervisor.act(letter, "remind", text="请抓紧")
    text = city.supervisor.everything("/watch?tab=pressed&topic=205")
    assert lamp.number in text and road.number not in text
    text = city.supervisor.everything("/watch?tab=pressed&topic=200")
    assert lamp.number in text and road.number in text
    page = city.supervisor.get("/watch?tab=pressed&topic=205")
    assert page.form("/watch").value("topic") == "205" and "清除筛选" in page.text


# ---- what else a list says ----


def test_a_desk_where_nothing_lies_says_so(city):
    newcomer = city.new_officer("zjj", "liaison")
    empty = city.one("SELECT COUNT(*) FROM ticket t JOIN unit u ON u.id = t.unit_id WHERE u.code = 'zjj' AND t.state = 'assigned'")
    page = newcomer.get("/queue?view=todo&desk=liaison")
    assert (empty != "0") != ("没有等您签收的信件" in page.text)
    assert "没有符合条件的信件" in newcomer.get("/queue?view=todo&desk=liaison&from=2001-01-01&to=2001-01-02").text


def test_a_petition_is_marked_at_the_head_of_the_letter_and_in_lists(city):
    letter, plain = city.letter("accepted", title="青藤里房产证问题"), city.letter("accepted", title="青藤里路灯问题")
    assert "信访事项" not in city.registrar.open(letter).by_id["main"][0].split("来信")[0]
    city.registrar.act(letter, "mark_petition", text="要求解决具体诉求，属于信访事项")
    assert "信访事项" in city.registrar.open(letter).by_id["main"][0].split("来信")[0]
    page = city.registrar.get("/queue?view=open&words=%E9%9D%92%E8%97%A4%E9%87%8C")
    rows = {row["标题"]: "信访事项" in row["标题"] for row in page.rows if row.get("标题")}
    assert [marked for title, marked in rows.items() if letter.number in title] == [True]
    assert [marked for title, marked in rows.items() if plain.number in title] == [False]
