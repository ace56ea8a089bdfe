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
