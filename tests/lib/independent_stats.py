"""The statistics of a table of letters, worked out a second time without any code of the product.

Reads the table itself, with its own dates, working days (from sql/calendars) and terms (from the policies in
sql/schema/0002_calendar.sql), by the definitions that the statistics page prints. What the two ways have in common is the
definitions alone, so where they agree the product does what it says.
"""
import collections
import csv
import datetime
import json
import os
import pathlib
import re
from fractions import Fraction

ROOT = pathlib.Path(__file__).resolve().parents[2]
OFFICE_CLOSES = (17, 30)  # the minute itself is in time
TITLE_MAX = 240  # characters
CHINA = datetime.timezone(datetime.timedelta(hours=8))
DAY = datetime.timedelta(days=1)


def shared_folder():
    """The folder of real letters and calendars; None where it is not."""
    folder = pathlib.Path(os.environ.get("MINSHENG_SHARED") or ROOT.parent / "shared")
    return folder if (folder / "data").is_dir() else None


class Calendar:
    """Working days: Monday to Friday, less days off, plus days worked instead."""

    def __init__(self, folder=ROOT / "sql" / "calendars"):
        self.special = {}
        for path in sorted(folder.glob("*.json")):
            for day in json.loads(path.read_text(encoding="utf-8"))["days"]:
                self.special[datetime.date.fromisoformat(day["date"])] = not day["isOffDay"]

    def works(self, day):
        return self.special.get(day, day.weekday() < 5)

    def effective(self, moment):
        """The day as of which a letter counts as received."""
        day = moment.date()
        if self.works(day) and (moment.hour, moment.minute) <= OFFICE_CLOSES:
            return day
        day += DAY
        while not self.works(day):
            day += DAY
        return day

    def add(self, day, n):
        while n:
            day += DAY
            n -= self.works(day)
        return day

    def between(self, day, end):
        """Working days after `day` up to and including `end`."""
        n = 0
        while day < end:
            day += DAY
            n += self.works(day)
        return n


def moment(text):
    """A time as older systems write it; None when it is none."""
    m = re.fullmatch(
        r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[T ]+(\d{1,2}):(\d\d)(?::(\d\d))?)?(Z|[+-]\d\d:\d\d)?", text.strip()
    )
    if not m:
        return None
    try:
        at = datetime.datetime(*(int(x or 0) for x in m.groups()[:6]))
    except ValueError:
        return None
    if m[7]:
        at = datetime.datetime.fromisoformat(at.isoformat() + m[7].replace("Z", "+00:00")).astimezone(CHINA)
        at = at.replace(tzinfo=None)
    return at


def reply_terms(schema=ROOT / "sql" / "schema" / "0002_calendar.sql"):
    """Working days for an answer by type; under None for any other."""
    rows = re.findall(r"\('reply',\s*(NULL|'(\w+)'),\s*(\d+),\s*'W'", schema.read_text(encoding="utf-8"))
    return {code or None: int(days) for _, code, days in rows}


def squeeze(text):
    """What is left of a text when only its words count."""
    return re.sub(r"\s|_x000D_", "", text)


def rows_of(table):
    """The rows of a table that are well-formed."""
    with open(table, encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file, strict=True)
        while True:
            try:
                yield next(rows)
            except StopIteration:
                return
            except csv.Error:
                continue


def letters(table, mapping):
    """The letters the import takes: with a number, a title, a body and times in order; the first of equal ones."""
    names = mapping["columns"]
    numbers, texts = set(), set()
    for row in rows_of(table):
        cell = {key: row.get(name) or "" for key, name in names.items()}
        number, received = cell["number"].strip(), moment(cell["received"])
        reply = squeeze(cell.get("reply", ""))
        replied = moment(cell["replied"]) if reply else None
        if not number or not squeeze(cell["title"]) or not squeeze(cell["body"]) or not received:
            continue
        if reply and replied and replied.date() == received.date() and ":" not in cell["replied"]:
            replied = received
        if (reply and not replied) or (replied and replied < received):
            continue
        if len(cell["title"].strip()) > TITLE_MAX:
            continue
        text = (squeeze(cell["title"]), squeeze(cell["body"]), received)
        if number in numbers or text in texts:
            continue
        numbers.add(number)
        texts.add(text)
        yield {"type": type_of(cell["title"], mapping["type"]), "received": received, "replied": replied}


def type_of(title, rules):
    for rule in rules.get("rules", []):
        if rule["contains"] in title:
            return rule["type"]
    return rules["default"]


def quantile(days, p):
    """The smallest d such that at least p of the answers took d working days or less."""
    days = sorted(days)
    for i, d in enumerate(days, 1):
        if i >= p * len(days):
            return d
    return None


def rounded(value, places):
    """Half up, as text."""
    if value is None:
        return None
    scaled = int(value * 10**places * 2 + 1) // 2
    return f"{scaled // 10**places}.{scaled % 10**places:0{places}d}"


def figures(count, days):
    days = [min(d, 999) for d in days]
    due = count["due"]
    return {
        "received": count["received"],
        "accepted": count["accepted"],
        "replied": count["replied"],
        "closed": count["closed"],
        "due": due,
        "on_time": count["on_time"],
        "late": count["late"],
        "overdue_open": due - count["on_time"] - count["late"],
        "on_time_rate": rounded(Fraction(100 * count["on_time"], due) if due else None, 2),
        "median_workdays": quantile(days, Fraction(1, 2)),
        "p90_workdays": quantile(days, Fraction(9, 10)),
        "mean_workdays": rounded(Fraction(sum(days), len(days)) if days else None, 1),
    }


def by_year(table, mapping):
    """{year: figures}, and under None the figures of all years together."""
    calendar, terms = Calendar(), reply_terms()
    counts, days = collections.defaultdict(collections.Counter), collections.defaultdict(list)

    def add(day, measure):
        counts[day.year][measure] += 1
        counts[None][measure] += 1

    for letter in letters(table, mapping):
        start = calendar.effective(letter["received"])
        due = calendar.add(start, terms.get(letter["type"], terms[None]))
        add(start, "received")
        add(start, "accepted")  # an older mailbox's letters count as accepted on the day they count as received
        add(due, "due")
        if not letter["replied"]:
            continue
        replied = letter["replied"].date()
        add(replied, "replied")
        add(replied, "closed")
        add(due, "on_time" if replied <= due else "late")
        for key in (replied.year, None):
            days[key].append(calendar.between(start, replied))
    return {year: figures(counts[year], days[year]) for year in counts}
