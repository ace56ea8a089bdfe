"""The life of a letter, from writing to rating and publication. Start reading here: it is the README's life of a letter
as a test, over nginx, the real programs and a real MariaDB. What city.registrar and the others do is in lib/city.py."""
import pytest

TITLE = "望湖路中段一排路灯连续多日不亮"
SECOND = "您好！望湖路中段七盏路灯不亮，是电缆接头进水造成的。我局10月19日已更换电缆并加装防水盒，当晚试灯全部正常。联系人：市政设施科。"


def figures(city):
    """What the public statistics say of the unit and the time of this story."""
    return city.get("/stats.json?from=2026-09-29&to=2026-10-20&unit=cgj").json()["total"]


@pytest.mark.row("NONE", "SUBMIT", "SUBMITTED")
@pytest.mark.row("SUBMITTED", "ACCEPT", "ACCEPTED")
@pytest.mark.row("ACCEPTED", "ASSIGN", "ASSIGNED")
@pytest.mark.row("ASSIGNED", "SIGN", "HANDLING")
@pytest.mark.row("ANY_OPEN", "URGE", "SAME")
@pytest.mark.row("HANDLING", "SUBMIT_REPLY", "IN_REVIEW")
@pytest.mark.row("IN_REVIEW", "RETURN_REPLY", "HANDLING")
@pytest.mark.row("IN_REVIEW", "APPROVE_REPLY", "REPLIED")
@pytest.mark.row("REPLIED", "RATE", "CLOSED")
@pytest.mark.row("PENDING_REVIEW", "APPROVE_FULL", "APPROVED_FULL")
@pytest.mark.row("APPROVED_FULL", "PUBLISH", "PUBLISHED")
def test_life_of_a_letter(city):
    city.clock("2026-09-29 16:00")  # two days before the National Day break
    before = figures(city)

    # A citizen writes. The answer is promised: one working day to accept, ten to answer; 1 to 7 October are off,
    # Saturday the 10th is worked.
    letter = city.citizen.write(type="complaint", title=TITLE, place="望湖路与书香路路口以西约200米", demand="尽快修复路灯")
    assert letter.number.startswith("MS-T-20260929-")
    assert letter.due == "10月20日（星期二）"
    assert letter.number in city.mail(letter.email, "您的来信已收到")
    assert "已收到，待受理" in city.citizen.track(letter).text

    # The registrar accepts and assigns. From now on ten working days run.
    assert TITLE in city.registrar.get("/queue?view=submitted").text
    city.registrar.accept(letter)
    city.registrar.assign(letter, main="市城市管理局", text="请尽快到现场核实")
    assert city.due_on(letter) == city.workdays(10)
    assert "10月19日（星期一）" in city.mail(letter.email, "您的来信已受理")
    assert city.outbox("assign", letter, audience="unit") == 1

    # The unit signs the next morning; then the break, and nothing happens.
    city.clock("2026-09-30 09:10")
    city.liaison("市城市管理局").sign(letter)
    city.clock("2026-10-08 08:40")
    city.run_slad()
    assert city.events(letter, "warn") == []

    # Two working days before the end the unit is reminded, once.
    city.clock("2026-10-15 09:00")
    city.run_slad()
    assert city.events(letter, "warn") == [["2026-10-15 08:30:00", "2026-10-15 09:00:00"]]
    assert city.outbox("due_soon", letter, audience="unit") == 1
    assert city.supervisor.get("/watch").text.count(letter.number) == 0

    # The handler drafts, but hands it in too late: the day is over, and the supervisor sees it.
    handler = city.handler("市城市管理局")
    handler.draft(letter, body="已派人检修。")
    city.clock("2026-10-20 09:00")
    city.run_slad()
    assert city.events(letter, "breach") == [["2026-10-20 00:00:00", "2026-10-20 09:00:00"]]
    late = city.supervisor.get("/watch").row(letter.number)
    assert "超期 1 个工作日" in late["期限"] and "黄牌" in late["期限"]
    city.supervisor.act(letter, "urge", text="请今天答复")
    assert "已超过答复期限" in city.citizen.track(letter).text

    # The draft goes to another person, who sends it back once, then approves. Nobody approves what he wrote himself.
    handler.submit_reply(letter, body="已派人检修。")
    assert "approve_reply" not in handler.offered(letter)
    city.dept_reviewer("市城市管理局").return_reply(letter, text="请写明原因和完成的日期")
    assert "请写明原因和完成的日期" in handler.open(letter, "/draft").text
    handler.submit_reply(letter, body=SECOND)
    assert SECOND not in city.citizen.track(letter).text
    city.dept_reviewer("市城市管理局").approve(letter)

    # The writer is told, reads and rates.
    assert letter.number in city.mail(letter.email, "您的来信已答复")
    assert SECOND in city.citizen.track(letter).text
    assert "很满意，问题解决了" in city.citizen.rate(letter, grade=5, solved="yes", words="修好了，谢谢").text
    assert city.state(letter) == "closed"

    # Two other persons bring it before the public: one clears the text, one publishes it.
    assert TITLE not in city.get("/open").text
    city.secrecy_reviewer.act(letter, "approve_full")
    assert TITLE not in city.get("/open").text
    city.publisher.act(letter, "publish")

    # Anybody finds it, with its dates, its unit and its answer, and without its writer.
    row = city.citizen.get("/open").row(letter.number)
    assert row["类型"] == "投诉" and row["受理日期"] == "2026-09-29" and row["答复日期"] == "2026-10-20"
    assert row["答复单位"] == "市城市管理局" and row["结果"] == "已解决"
    page = city.citizen.get(next(href for href, words, _ in city.citizen.get("/open").links if words == TITLE))
    assert SECOND in page.text and "11 个工作日" in page.text and "写信人评价 很满意" in page.text
    assert letter.name not in page.html and letter.phone not in page.html

    # And the statistics have counted it: answered, but late.
    city.run_slad()
    after = figures(city)
    grown = {"received": 1, "replied": 1, "due": 1, "on_time": 0, "published": 1, "rated": 1, "satisfied": 1}
    assert {key: after[key] - before[key] for key in grown} == grown
