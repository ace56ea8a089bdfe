"""Canaries: words that stand nowhere else, and the search for them in every byte that leaves the house.

A canary is planted in one place ("body of the withdrawn letter") and is known by that place when it turns up. What is
gathered (answers with their headers, logs, mails, files) is searched twice: byte by byte for every form in which a
program writes a text (forms), and after everything that a reader or a browser undoes is undone (plain): escapes, markup,
full width, blanks and dashes between the digits, Chinese numerals.
"""
import base64
import binascii
import collections
import gzip
import html
import itertools
import os
import pathlib
import random
import re
import subprocess
import unicodedata
import urllib.parse

Canary = collections.namedtuple("Canary", "text kind where")
Leak = collections.namedtuple("Leak", "found_in where text form")

# Characters of names and of made-up words: rare, so that no page and no demo letter has two of them side by side.
SURNAMES = "阚逄佴亓妫郏芈笪仉夔"
RARE = "翀昉赟喆犇猋羴鱻燚垚淼堃甡翯龘靐朤叕孖尛嫑巭嘂掱槑"
LETTERS = "abcdefghjkmnpqrstuvwxyz"


# ---- making them ----

def check_digit(seventeen):
    """Of an identity number: GB 11643-1999."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights)) % 11]


def luhn(digits):
    """The check digit of a card number."""
    doubled = (sum(divmod(int(d) * 2, 10)) if n % 2 == 0 else int(d) for n, d in enumerate(reversed(digits)))
    return str(-sum(doubled) % 10)


class Canaries:
    """Each call makes one that is like no other; `where` says what it is in."""

    def __init__(self, seed=2026):
        self.random = random.Random(seed)
        self.all, self.used = [], set()

    def _new(self, kind, where, make):
        while True:
            text = make()
            if text not in self.used:
                break
        self.used.add(text)
        self.all.append(Canary(text, kind, where))
        return text

    def _digits(self, n):
        return "".join(self.random.choice("0123456789") for _ in range(n))

    def _some(self, letters, n):
        return "".join(self.random.choice(letters) for _ in range(n))

    def name(self, where):
        return self._new("name", where, lambda: self._some(SURNAMES, 1) + self._some(RARE, 2))

    def phone(self, where):
        return self._new("phone", where, lambda: "1" + self._some("3578", 1) + self._some("2456789", 1) + self._digits(8))

    def id_card(self, where):
        def make():
            head = f"370211{self.random.randrange(1950, 2005)}{self.random.randrange(1, 13):02d}{self.random.randrange(1, 29):02d}"
            head += self._digits(3)
            return head + check_digit(head)
        return self._new("id_card", where, make)

    def card(self, where):
        def make():
            head = "622848" + self._digits(12)
            return head + luhn(head)
        return self._new("card", where, make)

    def plate(self, where):
        return self._new("plate", where, lambda: "晋" + self._some("ABCDE", 1) + self._some("FGHJKLMNPQRSTUV", 1) + self._digits(4))

    def mail(self, where):
        return self._new("mail", where, lambda: f"{self._some(LETTERS, 9)}@mail.minsheng.invalid")

    def qq(self, where):
        return self._new("qq", where, lambda: self._some("456789", 1) + self._digits(9))

    def wechat(self, where):
        return self._new("wechat", where, lambda: "wx_" + self._some(LETTERS, 11))

    def address(self, where):
        return self._new("address", where, lambda: f"{self._some(RARE, 3)}路{self.random.randrange(100, 999)}弄"
                         f"{self.random.randrange(10, 99)}号楼{self.random.randrange(2, 9)}单元{self.random.randrange(1000, 2999)}室")

    def words(self, where):
        """For whatever is text: eight characters that nobody writes in this order."""
        return self._new("words", where, lambda: self._some(RARE, 8))

    def person(self, where):
        """Everything by which somebody can be found, in a sentence as people write it."""
        parts = dict(name=self.name(where), phone=self.phone(where), id_card=self.id_card(where), card=self.card(where),
                     plate=self.plate(where), mail=self.mail(where), qq=self.qq(where), wechat=self.wechat(where),
                     address=self.address(where))
        return parts, ("我叫{name}，住在{address}，身份证号 {id_card}，车牌号 {plate}，手机 {phone}，邮箱 {mail}，QQ {qq}，微信号 {wechat}，"
                       "银行卡号 {card}。").format(**parts)


# ---- the forms in which a program writes a text ----

def _percent(data, upper=True):
    return "".join(f"%{b:02X}" if upper else f"%{b:02x}" for b in data)


def _each(text, form, everything):
    return "".join(form(ord(c)) if everything or ord(c) > 126 else c for c in text)


def _base64(data):
    """In each of three positions of a longer text, without the characters that depend on the neighbours."""
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + data).decode()
        end = len(coded.rstrip("="))
        spoilt = (len(data) + shift) % 3 != 0
        yield coded[(0, 2, 3)[shift]:end - (1 if spoilt else 0)]


def forms(text):
    """name of the form: bytes, without those that are the text itself."""
    codes = {"utf-8": text.encode(), "gb18030": text.encode("gb18030"), "utf-16le": text.encode("utf-16-le"),
             "utf-16be": text.encode("utf-16-be")}
    found = dict(codes)
    for name, data in codes.items():
        found[f"hex of {name}"], found[f"HEX of {name}"] = data.hex(), data.hex().upper()
        for n, coded in enumerate(_base64(data)):
            found[f"base64 {n} of {name}"] = coded
            found[f"base64url {n} of {name}"] = coded.replace("+", "-").replace("/", "_")
    for name in ("utf-8", "gb18030"):
        data = codes[name]
        found[f"percent of {name}"], found[f"percent of {name}, small"] = _percent(data), _percent(data, False)
        found[f"quoted of {name}"] = urllib.parse.quote(data, safe="@")
        found[f"quoted twice of {name}"] = urllib.parse.quote(urllib.parse.quote(data, safe="@"), safe="@")
        found[f"quoted-printable of {name}"] = "".join(chr(b) if 32 < b < 127 else f"={b:02X}" for b in data)
        found[f"octal of {name}"] = "".join(chr(b) if 32 < b < 127 else f"\\{b:03o}" for b in data)
        found[f"\\x of {name}"] = "".join(chr(b) if 32 < b < 127 else f"\\x{b:02x}" for b in data)
    for some, everything in (("", False), (", all", True)):
        for name, form in (("&#n;", "&#{};"), ("&#x;", "&#x{:x};"), ("&#X;", "&#x{:X};"), ("\\u", "\\u{:04x}"), ("\\U", "\\u{:04X}"),
                           ("%u", "%u{:04X}")):
            found[name + some] = _each(text, lambda c, form=form: form.format(c), everything)
    found["full width"] = "".join(chr(ord(c) + 0xFEE0) if 33 <= ord(c) <= 126 else c for c in text)
    found["reversed"] = text[::-1]
    return {name: form if isinstance(form, bytes) else form.encode() for name, form in found.items()}


# ---- what a reader undoes ----

NUMERALS = str.maketrans("零〇一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "0012345678912123456789")
BETWEEN = re.compile(r"[\s\-_.·•,，、;；:：/\\()（）\[\]\u00ad\u200b-\u200f\u2010-\u2015\u2060\ufeff]+")
INLINE = re.compile(r"<!--.*?-->|</?(?:a|abbr|b|em|i|mark|small|span|strong|sub|sup|time|wbr|bdi|u)\b[^>]*>", re.S)


def plain(text):
    """As somebody understands it who wants to know: no width, no blanks, no markup inside, all numerals as digits."""
    return BETWEEN.sub("", unicodedata.normalize("NFKC", text).casefold().translate(NUMERALS))


def _unescaped(text):
    text = INLINE.sub("", text)
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return html.unescape(urllib.parse.unquote(text))


def readings(data):
    """All texts that somebody may see in these bytes."""
    if data[:2] == b"\x1f\x8b":
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError):
            pass
    text = data.decode("utf-8", errors="replace")
    yield text
    yield _unescaped(_unescaped(text))
    for coded in re.findall(rb"[A-Za-z0-9+/_\-]{24,}={0,2}", data):
        try:
            inside = base64.b64decode(coded.translate(bytes.maketrans(b"-_", b"+/")) + b"==", validate=False)
        except (binascii.Error, ValueError):
            continue
        yield inside.decode("utf-8", errors="ignore")


# ---- searching ----

class Hunt:
    """Gathers bytes under a label that says where they were, and finds the canaries in them."""

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True)
        self.labels, self.n, self.bytes = {}, itertools.count(), 0

    def add(self, label, data):
        data = data.encode() if isinstance(data, str) else data
        name = f"{next(self.n):06d}"
        self.labels[name] = label
        self.bytes += len(data)
        (self.folder / f"{name}.raw").write_bytes(data)
        (self.folder / f"{name}.plain").write_text("\n".join(plain(text) for text in readings(data)))

    def add_answer(self, label, answer):
        """Status line, headers and body of an answer of requests."""
        head = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
        self.add(label, f"{answer.status_code} {answer.reason}\n{head}\n".encode() + answer.content)

    def add_tree(self, folder, but=()):
        """All files below a folder, without some of the folders in it."""
        for path in sorted(pathlib.Path(folder).rglob("*")):
            inside = path.relative_to(folder)
            if path.is_file() and inside.parts[0] not in but:
                self.add(str(inside), path.read_bytes())

    def found(self, canaries):
        leaks = set()
        raw, easy = {}, {}
        for canary in canaries:
            for form, data in forms(canary.text).items():
                if b"\n" not in data:
                    raw.setdefault(data, (canary, form))
            easy.setdefault(plain(canary.text).encode(), (canary, "plain"))
        for suffix, patterns in ((".raw", raw), (".plain", easy)):
            for path, data in grep(self.folder, patterns, suffix):
                canary, form = patterns[data]
                leaks.add(Leak(self.labels[path.stem], canary.where, canary.text, form))
        return sorted(leaks)


def grep(folder, patterns, suffix=""):
    """(path, bytes found) in the files of a folder whose names end so. The forms are thousands: grep walks the bytes once."""
    wanted = pathlib.Path(folder).parent / f"patterns{os.getpid()}"
    wanted.write_bytes(b"\n".join(sorted(patterns)) + b"\n")
    words = ["grep", "-r", "-a", "-o", "-Z", "-F", "-f", str(wanted), f"--include=*{suffix}", str(folder)]
    done = subprocess.run(words, env={**os.environ, "LC_ALL": "C"}, capture_output=True, timeout=300)
    wanted.unlink()
    assert done.returncode in (0, 1), done.stderr.decode(errors="replace")
    found = set()
    for match in re.finditer(rb"(/[^\0\n]+)\0([^\n]*)\n", done.stdout):
        found.add((pathlib.Path(match[1].decode()), match[2]))
    return {(path, data) for path, data in found if data in patterns}


def words_of(leaks):
    """For the message of a failed test."""
    lines = [f"{one.found_in}: {one.where} “{one.text}” ({one.form})" for one in leaks]
    return "\n".join(lines[:40] + ([f"… and {len(lines) - 40} more"] if len(lines) > 40 else []))


# ---- everything that anybody can fetch ----

LINKS = re.compile(rb"""(?:href|src|action|data-[a-z-]+)\s*=\s*["']([^"'#]+)|<(?:loc|id|uri)>([^<]+)<"""
                   rb"""|"(?:url|link|next|self|href|\w*_url)"\s*:\s*"([^"]+)""")


class Crawler:
    """Fetches, follows all links of the site, keeps every answer in the hunt."""

    def __init__(self, base, session, hunt, queries_each=12, most=4000):
        self.base, self.session, self.hunt = base, session, hunt
        self.queries_each, self.most = queries_each, most
        self.asked, self.statuses, self.queue = set(), {}, collections.deque()
        self.queries = collections.Counter()

    def fetch(self, path, method="GET", **kw):
        answer = self.session.request(method, self.base + path, timeout=30, allow_redirects=False, **kw)
        self.hunt.add_answer(f"{method} {path}", answer)
        return answer

    def want(self, path):
        """Once, and of the many queries of one page only some: filters combine without end."""
        alone, _, query = path.partition("?")
        if path in self.asked or (query and self.queries[alone] >= self.queries_each):
            return
        self.queries[alone] += bool(query)
        self.asked.add(path)
        self.queue.append(path)

    def links(self, answer):
        found = [answer.headers["Location"]] if "Location" in answer.headers else []
        found += re.findall(r"<([^>]+)>", answer.headers.get("Link", ""))
        for groups in LINKS.findall(answer.content):
            found += [html.unescape(one.decode(errors="replace")).replace("\\/", "/") for one in groups if one]
        for one in found:
            if one.startswith(self.base):
                one = one[len(self.base):] or "/"
            if one.startswith("/") and not one.startswith("//"):
                yield one

    def walk(self, starts):
        for path in starts:
            self.want(path)
        while self.queue:
            path = self.queue.popleft()
            answer = self.fetch(path)
            self.statuses[path] = answer.status_code
            for link in self.links(answer):
                self.want(link)
            assert len(self.asked) < self.most, f"the site has no end: {sorted(self.asked)[-20:]}"
        return self.statuses
