"""What the post room sends: to whom it concerns, with number and date, and nothing that others should not read."""
import email
import email.policy

from city import BODY, REPLY


def sent(city, letter):
    """All that is queued for this letter has gone its way."""
    waiting = ("SELECT COUNT(*) FROM outbox o JOIN ticket t ON t.id = o.ticket_id WHERE o.next_at IS NOT NULL "
               f"AND t.no = '{letter.number}'")
    city.wait(lambda: city.one(waiting) == "0")


def test_who_left_only_a_telephone_number_gets_no_mail(city):
    letter = city.citizen.write(email="")
    sent(city, letter)
    assert city.sql("SELECT o.state, o.last_error FROM outbox o JOIN ticket t ON t.id = o.ticket_id "
                    f"WHERE t.no = '{letter.number}'") == [["skipped", "no_email"]]


def test_the_unit_is_told_and_no_other(city):
    letter = city.letter("assigned", unit="市教育局")
    sent(city, letter)
    told = {mail.to for mail in city.mailbox.all() if letter.number in mail.subject}
    assert told and all("@jyj." in one for to in told for one in to.split(","))


def test_every_step_is_told_once(city):
    letter = city.letter("published")
    sent(city, letter)
    subjects = [text.split("\n")[0] for text in city.mails(letter.email)]  # in this order, but for what had to be sent again
    assert sorted(subjects) == sorted(["【民声信箱】您的来信已收到", "【民声信箱】您的来信已受理", "【民声信箱】您的来信有新进展",
                                       "【民声信箱】您的来信已答复", "【民声信箱】您的来信有新进展"])


def test_no_mail_tells_what_the_letter_is_about(city):
    letter = city.letter("replied", title="举报某工地夜间施工扰民 5512")
    city.citizen.rate(letter, words="谢谢，问题解决了。")
    sent(city, letter)
    secrets = [letter.title, letter.code, letter.code.replace("-", ""), letter.name, letter.phone, BODY[:20]]
    for mail in city.mailbox.all():
        for secret in [*secrets, REPLY[:20], "问题解决了"]:
            assert secret not in mail.subject + mail.text, (mail.to, secret)


def test_a_mail_is_well_formed_and_says_that_a_machine_wrote_it(city):
    letter = city.citizen.write()
    city.mail(letter.email, "您的来信已收到")
    came = next(mail for mail in city.mailbox.all() if letter.email in mail.to)
    mail = email.message_from_bytes(came.raw, policy=email.policy.default)
    assert mail["Auto-Submitted"] == "auto-generated" and mail["Content-Language"] == "zh-CN"
    assert mail["Message-ID"] and mail["Date"]
    assert not mail.defects and f"{city.public}/track" in mail.get_content()


def test_a_name_cannot_add_a_header_line(city):
    letter = city.citizen.write(name="钱某\r\nBcc: everybody@evil.invalid", title="标题\r\nSubject: 伪造")
    city.mail(letter.email, "您的来信已收到")
    for mail in city.mailbox.all():
        head = mail.raw.partition(b"\n\n")[0].lower()
        assert b"\nbcc:" not in head and "evil.invalid" not in mail.to and "伪造" not in mail.subject + mail.text


def test_a_letter_that_was_withdrawn_ends_its_clocks_and_says_so(city):
    letter = city.letter("handling")
    city.citizen.withdraw(letter)
    city.clock("2026-10-20 09:00")
    city.run_slad()
    sent(city, letter)
    assert any("您的来信已撤回" in mail.split("\n")[0] for mail in city.mails(letter.email))
    assert city.events(letter, "breach") == []
