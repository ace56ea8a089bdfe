"""Letters about the same thing: one is handled, all their writers are answered."""


def test_the_writer_of_a_merged_letter_is_answered_with_its_master(city):
    master, repeat = city.citizen.write(), city.citizen.write()
    city.registrar.act(repeat, "merge", master=master.number)
    city.registrar.accept(master)
    city.registrar.assign(master)
    city.liaison().sign(master)
    city.handler().submit_reply(master, body="您好：路灯线路已于昨日修复，今晚恢复照明。联系电话 12345。")
    assert city.outbox("approve_reply", repeat, "writer") == 0
    city.dept_reviewer().approve(master)
    assert city.outbox("approve_reply", repeat, "writer") == 1
    assert "路灯线路已于昨日修复" in city.citizen.track(repeat).text


def test_who_withdrew_is_not_answered_with_the_master_either(city):
    """domain.md 6.4: a complaint that goes on of office goes on without its writer, also under another letter."""
    master, repeat = city.letter("handling", type="complaint"), city.letter("accepted", type="complaint")
    city.citizen.withdraw(repeat)
    city.registrar.act(repeat, "continue", text="涉及公共安全")
    city.registrar.act(repeat, "merge", master=master.number)
    answer = "您好：路灯线路已于昨日修复，今晚恢复照明。联系电话 12345。"
    city.handler().submit_reply(master, body=answer)
    city.dept_reviewer().approve(master)
    assert city.outbox("approve_reply", repeat, "writer") == 0 and city.outbox("approve_reply", master, "writer") == 1
    assert "线路已于昨日修复" not in city.citizen.track(repeat).text
