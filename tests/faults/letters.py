"""Writers of letters: they make up texts, send them, send again on any error, and note what was acknowledged."""
import hashlib
import http.client
import json
import random
import re
import secrets
import threading
import time

NUMBER = re.compile(r"[A-Z0-9]{2,6}-[A-Z]+-\d{8}-\d{6}-\d")
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")
# What a careless layer would change: four-byte characters, quotes, escapes, markup, a combining sequence, odd widths.
PIECES = ["小区门口的路灯", "已经三个星期不亮", "，晚上老人出门", "很不安全。", "请尽快派人维修", "𠮷野家旁边", "🚧🕳️", "'; -- ", '"引号"',
          "\\n\\0", "<b>&amp;</b>", "%s%d", "１２３ＡＢＣ", "①②③", "。\n", "楼道", "噪声扰民", "《条例》第十条", "ǚ", "—— ", "12345"]


class Letter:
    def __init__(self, prefix, n, email=None):
        pick = random.Random(f"{prefix}{n}")
        self.token = f"{prefix}{n:06d}"
        self.key = secrets.token_hex(16)
        body = "".join(pick.choice(PIECES) for _ in range(pick.randint(4, 160)))
        self.body = f"{self.token}：{body}完".replace("\n完", "完").replace(" \n", "\n")
        self.email = email
        self.data = {
            "type": pick.choice(["leader_mail", "consult", "complaint", "suggestion"]),
            "title": f"路灯不亮请维修 {self.token}",
            "body": self.body,
            "contact": {"name": "王小明", "phone": "13800138000", "email": email or ""},
            "publish": pick.random() < 0.5,
            "place": "人民路 12 号",
            "idempotency_key": self.key,
        }
        self.sha256 = hashlib.sha256(self.body.encode()).hexdigest()

    def json(self):
        return json.dumps(self.data, ensure_ascii=False).encode()


class Poster:
    """One client with one connection, opened again when it breaks."""

    def __init__(self, port, timeout=30):
        self.port, self.timeout, self.http = port, timeout, None

    def send(self, path, data):
        """Status and answer; status 0 when the connection broke."""
        try:
            if self.http is None:
                self.http = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
            self.http.request("POST", path, data, {"Content-Type": "application/json"})
            reply = self.http.getresponse()
            text = reply.read()
            if reply.getheader("Connection") == "close":
                self.close()
            return reply.status, text
        except (OSError, http.client.HTTPException) as e:
            self.close()
            return 0, repr(e).encode()

    def close(self):
        if self.http:
            self.http.close()
        self.http = None


def receipt(status, text):
    """(number, query code) of an exact 201, else None."""
    if status != 201:
        return None
    try:
        it = json.loads(text)
        ok = NUMBER.fullmatch(it["number"]) and CODE.fullmatch(it["query_code"]) and it["status"] and it["due_on"]
    except (ValueError, KeyError, TypeError):
        return None
    return (it["number"], it["query_code"]) if ok else None


class Writers:
    """Threads that send one letter after the other until told to stop; each finishes the letter it has begun."""

    def __init__(self, port, prefix, ledger, threads=4, limit=10**9, email=None, patience=90):
        self.port, self.prefix, self.limit, self.email, self.patience = port, prefix, limit, email, patience
        self.ledger = open(ledger, "a", encoding="utf-8")
        self.lock, self.stopping = threading.Lock(), threading.Event()
        self.sent = self.errors = 0
        self.acked, self.abandoned, self.refused = {}, [], []
        self.threads = [threading.Thread(target=self.work, daemon=True) for _ in range(threads)]

    def start(self):
        for t in self.threads:
            t.start()
        return self

    def stop(self):
        self.stopping.set()
        return self.wait()

    def wait(self):
        for t in self.threads:
            t.join()
        self.ledger.close()
        return self

    def next(self):
        with self.lock:
            if self.stopping.is_set() or self.sent >= self.limit:
                return None
            self.sent += 1
            n = self.sent
        return Letter(self.prefix, n, self.email(n) if self.email else None)

    def work(self):
        client = Poster(self.port)
        while (letter := self.next()) is not None:
            self.deliver(client, letter)
        client.close()

    def deliver(self, client, letter):
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            status, text = client.send("/api/v1/letters", letter.json())
            got = receipt(status, text)
            if got:
                return self.note(letter, got)
            with self.lock:
                self.errors += 1
            if status not in (0, 502, 503, 504):
                self.refused.append((letter.token, status, text[:200].decode(errors="replace")))
                return
            time.sleep(random.uniform(0.02, 0.08))
        self.abandoned.append(letter.token)

    def note(self, letter, got):
        """Only what was read in full counts as acknowledged."""
        with self.lock:
            self.acked[letter.token] = (letter, *got)
            self.ledger.write(f"{letter.token}\t{got[0]}\t{got[1]}\t{letter.sha256}\n")
            self.ledger.flush()
