"""The tables of the product, read a second time: who may do what, what leads where, which pages there are.

Nothing here asks the product. Tests work out from these what should be, and compare it with what is.
"""
import collections
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[2]
Step = collections.namedtuple("Step", "start action to guard pub")
Page = collections.namedtuple("Page", "site method path function who")
Action = collections.namedtuple("Action", "name code needs")


def rows_of(file, macro):
    """The arguments of each MACRO(...) of a table, as text; comments do not count."""
    text = re.sub(r"/\*.*?\*/", " ", (ROOT / file).read_text(encoding="utf-8"), flags=re.S)
    for row in re.findall(rf'^{macro}\(((?:"[^"]*"|\([^()]*\)|[^()"])*)\)', text, re.M):
        yield [cell.strip().strip('"') for cell in re.findall(r'(?:"[^"]*"|\([^()]*\)|[^,()"])+', row)]


def steps():
    """Both machines; pub: of the second one."""
    own = [Step(*row[:4], False) for row in rows_of("tickets/states.tbl", "STEP")]
    return own + [Step(*row[:4], True) for row in rows_of("tickets/states.tbl", "PUBSTEP")]


def actions():
    """{NAME: Action}"""
    rows = rows_of("tickets/states.tbl", "ACTION")
    return {row[0]: Action(row[0], row[1], {need.strip() for need in row[-1].split("|")}) for row in rows}


def states():
    """{NAME: is it open?}"""
    return {row[0]: row[-1] == "1" for row in rows_of("tickets/states.tbl", "STATE")}


def pub_states():
    return [row[0] for row in rows_of("tickets/states.tbl", "PUB")]


def types():
    """Codes of the types of letters."""
    return [row[1] for row in rows_of("tickets/types.tbl", "TYPE")]


def rights():
    """{(ROLE, CAPABILITY): {"ANY", "OWN_UNIT", "CO_UNIT"}}"""
    found = collections.defaultdict(set)
    for role, cap, *whose in rows_of("tickets/access.tbl", "CAN"):
        found[role, cap] |= {one.strip() for one in whose[0].split("|")}
    return dict(found)


def roles():
    """All of access.h, in its order."""
    return re.findall(r"\bR\((\w+), \w+, \"", (ROOT / "tickets/access.h").read_text(encoding="utf-8"))


def pages():
    """who: ANYONE, OFFICER or the name of a capability."""
    for site, method, path, function, who, *_ in rows_of("fcgi/pages.tbl", "PAGE"):
        capability = re.fullmatch(r"CAP\((\w+)\)", who)
        yield Page(site, method, path, function, capability[1] if capability else who)


def started_by_people():
    """The rows of domain 6.4 that somebody starts, not the system alone: (from, action, to)."""
    someone = {cap for role, cap in rights() if role != "SYSTEM"}
    return sorted({(step.start, step.action, step.to) for step in steps() if step.action in someone})
