"""Which scenario shows which row of domain 6.4 (a STEP or PUBSTEP of tickets/states.tbl).

    @pytest.mark.row("HANDLING", "OBJECT", "OBJECTED")
    def test_...(city): ...

The mark is a promise that is kept: after the scenario the history of the letters is asked whether somebody has really
taken that step.
"""
import pathlib
import re

import tables

MARK = re.compile(r'mark\.row\(\s*"(\w+)",\s*"(\w+)",\s*"(\w+)"\s*\)')
PAGES = pathlib.Path(__file__).resolve().parents[1] / "pages"


def shown():
    """{(from, action, to): [file, ...]} over all scenarios, also those that do not run now."""
    found = {}
    for path in sorted(PAGES.glob("test_*.py")):
        for row in MARK.findall(path.read_text(encoding="utf-8")):
            found.setdefault(row, []).append(path.name)
    return found


def last_step(city):
    return int(city.one("SELECT IFNULL(MAX(id), 0) FROM history"))


def taken(city, since):
    """The steps that people have taken since then: (from, action, to), in small letters."""
    rows = city.sql(f"SELECT from_state, action, to_state FROM history WHERE id > {since} AND actor <> 'system'")
    return {tuple(row) for row in rows}


def was_taken(row, steps):
    start, action, to = row
    code = tables.actions()[action].code
    for was, did, became in steps:
        begins = start in ("ANY", "ANY_OPEN") or was == ("" if start == "NONE" else start.lower())
        # A step of the second machine that leaves both where they are is told with the letter's state.
        stays = was == became and (begins if to == "SAME" else start == to)
        if did == code and (stays or (begins and became == to.lower())):
            return True
    return False
