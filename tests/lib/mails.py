"""The mails that the receiving server has taken, each read once: there are thousands of them after some hundred scenarios."""
import collections
import email
import email.header
import re

Mail = collections.namedtuple("Mail", "name to subject text raw")  # raw: as it came, with its headers


def read(name, raw):
    mail = email.message_from_bytes(raw)
    line = {key: str(email.header.make_header(email.header.decode_header(re.sub(r"\r?\n[ \t]", " ", mail[key])))) for key in ("To", "Subject")}
    part = next(part for part in mail.walk() if not part.is_multipart())
    text = part.get_payload(decode=True).decode(part.get_content_charset("utf-8")).replace("\r\n", "\n")
    return Mail(name, line["To"], line["Subject"], text, raw)


class Mailbox:
    def __init__(self, folder):
        self.folder, self.known = folder, {}

    def all(self):
        """In the order in which they came."""
        new = [path for path in self.folder.iterdir() if path.name not in self.known]
        for path in sorted(new, key=lambda path: path.stat().st_mtime_ns):
            self.known[path.name] = read(path.name, path.read_bytes())
        return list(self.known.values())
