"""What everybody may do with a letter, worked out a second time: from the tables (tables.py) and the rows of the
database.

The product decides in C over facts that it loads with its queries; here the facts come from other statements and the
guards are written again from the sentences of domain 6.4. Where both agree, the product does what the tables say.

offered() has three answers for an action: True, False, and None where a guard depends on what this model does not know.
Guards it does not know at all are named in UNKNOWN_GUARDS, each with the reason; a guard that is in neither place is
told by test_matrix.py.
"""
import collections
import datetime

import tables
from independent_stats import Calendar

Who = collections.namedtuple("Who", "id unit roles")
CITIZEN = Who(0, 0, frozenset({"CITIZEN"}))

# Guard: why it is not modelled.
UNKNOWN_GUARDS = {}


class Facts:
    """All letters' facts at a moment, asked once a kind for all of them."""

    def __init__(self, city):
        self.city, self.today = city, city.today()
        self.calendar = Calendar()
        self.types = {row[1]: row for row in tables.rows_of("tickets/types.tbl", "TYPE")}
        self.letters = {}
        columns = "id no type state pub_state version round unit_id handler_id publish_ok accepted_at marks".split()
        for row in self.rows(f"SELECT {', '.join(columns)} FROM ticket"):
            one = dict(zip(columns, row))
            one |= {"co": {}, "done": collections.Counter(), "timers": {}, "away": set(), "passed": set(), "editors": set()}
            self.letters[row[0]] = one
        self.work()
        self.course()
        self.clocks()
        self.by_number = {one["no"]: one for one in self.letters.values()}

    def rows(self, statement):
        for row in self.city.sql(statement):
            yield [None if cell == "NULL" else cell for cell in row]

    def has(self, table):
        return bool(self.city.sql(f"SHOW TABLES LIKE '{table}'"))

    def put(self, key, statement):
        """The last row counts."""
        for ticket, value in self.rows(statement):
            self.letters[ticket][key] = value

    def work(self):
        for ticket, unit, signed, said in self.rows("SELECT ticket_id, unit_id, signed_at, opinion_at FROM assignment "
                                                    "WHERE role = 'co' AND ended_at IS NULL ORDER BY id"):
            self.letters[ticket]["co"][unit] = (signed, said)
        standing = "FROM recusal WHERE lifted_at IS NULL"
        for ticket, unit, officer in self.rows(f"SELECT ticket_id, unit_id, officer_id {standing}"):
            self.letters[ticket]["away"].add(("unit", unit) if unit else ("officer", officer))
        for ticket, kind, officer in self.rows(
                "SELECT r.ticket_id, r.kind, v.reviewer_id FROM reply r JOIN review v ON v.reply_id = r.id "
                "WHERE r.state = 'in_review' AND v.decision = 'approved' AND v.at >= r.written_at"):
            self.letters[ticket]["passed"].add(("final" if kind == "final" else "added", officer))
        self.put("proposal", "SELECT ticket_id, CONCAT(action, ' ', officer_id) FROM proposal")
        reply = "FROM reply WHERE state = 'in_review' AND kind"
        self.put("holding", f"SELECT ticket_id, author_id {reply} IN ('holding','interim')")
        self.put("review", f"SELECT ticket_id, CONCAT(author_id, ' ', level) {reply} = 'final'")
        added = "IN ('supplementary','correction')"
        self.put("added", f"SELECT ticket_id, CONCAT(author_id, ' ', level) {reply} {added}")
        agreed = f"FROM reply WHERE state = 'approved' AND kind {added}"
        self.put("last added", f"SELECT ticket_id, author_id {agreed} ORDER BY id")
        final = "FROM reply WHERE kind = 'final' AND state = 'approved'"
        self.put("author", f"SELECT ticket_id, author_id {final} ORDER BY id")
        self.put("extension", "SELECT ticket_id, days FROM extension WHERE decision = 'open'")
        self.put("order", "SELECT ticket_id, state FROM supervision_order WHERE open = 1")
        self.put("extender", "SELECT ticket_id, requested_by FROM extension WHERE decision = 'open'")
        now = "FROM evaluation v JOIN ticket t ON t.id = v.ticket_id WHERE v.round = t.round"
        self.put("rated", f"SELECT v.ticket_id, 1 {now}")
        this_round = "FROM nudge n JOIN ticket t ON t.id = n.ticket_id WHERE n.round = t.round"
        self.put("nudged", f"SELECT n.ticket_id, 1 {this_round}")
        for ticket, editor in self.rows("SELECT ticket_id, author_id FROM edition WHERE author_id IS NOT NULL"):
            self.letters[ticket]["editors"].add(editor)

    def course(self):
        day = "DATE(CONVERT_TZ(at, '+00:00', '+08:00'))"
        statement = f"SELECT ticket_id, action, unit_id, {day} FROM history ORDER BY id"
        for ticket, action, unit, on in self.rows(statement):
            one = self.letters[ticket]
            one["done"][action] += 1
            if action in ("assign", "uphold"):
                one["assigned_on"] = on
            if action == "object":
                one["objected", unit] = True

    def clocks(self):
        statement = ("SELECT m.ticket_id, m.kind, m.round, m.state, m.due_on, m.amount, m.amount_unit, "
                     "IF(m.amount_unit = p.amount_unit, p.max_amount, 0), IF(m.amount_unit = p.amount_unit, p.allowance, 0), m.start_on FROM timer m LEFT JOIN sla_policy p ON p.id = m.policy_id ORDER BY m.id")
        for ticket, kind, turn, state, due, amount, unit, most, allowance, start in self.rows(statement):
            one = self.letters[ticket]
            if kind == "rate" and turn == one["round"]:
                one["rate_until"] = due
            if state != "stopped":
                one["timers"][kind] = (due, int(amount), unit, int(most or 0), int(allowance or 0))
            if kind == "reply" and state == "running":
                one["answer from"] = start

    def late(self, one, kind):
        return kind in one["timers"] and datetime.date.fromisoformat(one["timers"][kind][0]) < self.today


class Model:
    def __init__(self, facts):
        self.facts, self.rights = facts, tables.rights()
        self.steps, self.actions, self.open = tables.steps(), tables.actions(), tables.states()
        self.maybe = collections.Counter()  # guard: how often it was not known

    # ---- access.tbl ----

    def whose(self, who, cap):
        return set().union(*(self.rights.get((role, cap), set()) for role in who.roles))

    def may(self, who, cap):
        return bool(self.whose(who, cap))

    def away(self, who, one):
        """Must keep away from it: the unit or the person."""
        return ("unit", str(who.unit)) in one["away"] or ("officer", str(who.id)) in one["away"]

    def may_on(self, who, cap, one):
        if self.away(who, one):
            return False
        whose = self.whose(who, cap)
        own = one["unit_id"] is not None and one["unit_id"] == str(who.unit)
        return "ANY" in whose or ("OWN_UNIT" in whose and own) or ("CO_UNIT" in whose and str(who.unit) in one["co"])

    # ---- states.tbl ----

    def fits(self, step, one):
        state = one["state"].upper()
        if step.pub:
            return step.start == one["pub_state"].upper()
        return step.start in (state, "ANY") or (step.start == "ANY_OPEN" and self.open[state])

    def guard(self, step, one, who):
        held = getattr(self, "guard_" + step.guard.lower(), None)
        if held is None:
            self.maybe[step.guard] += 1
            return None
        return bool(held(step, one, who))

    def offered(self, action, one, who):
        """True, False, or None: it depends on what is not known here."""
        left = one["done"]["withdraw"] and who == CITIZEN  # who withdrew has no more to do with it
        if left or not self.may_on(who, action, one):
            return False
        held = [self.guard(step, one, who) for step in self.steps if step.action == action and self.fits(step, one)]
        return True if True in held else None if None in held else False

    def all_offered(self, one, who):
        """(those certainly offered, those that may be)"""
        answers = {name: self.offered(name, one, who) for name in self.actions}
        perhaps = {name for name, answer in answers.items() if answer is None}
        return {name for name, answer in answers.items() if answer}, perhaps

    def unmodelled(self):
        return sorted({step.guard for step in self.steps if not hasattr(self, "guard_" + step.guard.lower())})

    # ---- the guards, from the sentences of domain 6.4 ----

    def guard_always(self, step, one, who):
        return True

    def guard_not_asked_yet(self, step, one, who):
        return not one["done"]["request_supplement"]

    def guard_lapsed(self, step, one, who):
        return self.facts.late(one, "supplement")

    def two_needed(self, step, one):
        return step.action == "MARK_INVALID" or self.facts.types[one["type"]][6] == "1" or bool(int(one["marks"]) & 32)

    def proposed_by_another(self, step, one, who):
        proposal, by = (one.get("proposal") or " ").split(" ")
        return proposal == self.actions[step.action].code and by != str(who.id)

    def guard_supervisor_2nd(self, step, one, who):
        return one["round"] == "1" and "SUPERVISOR" in who.roles and self.proposed_by_another(step, one, who)

    def guard_first_of_two(self, step, one, who):
        return one["round"] == "1" and not one.get("proposal")

    def guard_one_or_second(self, step, one, who):
        return not self.two_needed(step, one) or self.proposed_by_another(step, one, who)

    def guard_master_open(self, step, one, who):
        return one["round"] == "1"  # whether there is such a letter is asked when it is named

    def guard_may_object(self, step, one, who):
        if one.get(("objected", one["unit_id"])) or "assigned_on" not in one:
            return False
        begun = datetime.date.fromisoformat(one["assigned_on"])
        return self.facts.calendar.between(begun, self.facts.today) <= 2

    def guard_is_petition(self, step, one, who):
        return bool(int(one["marks"]) & 16) and one["round"] == "1"

    def guard_not_petition(self, step, one, who):
        return not int(one["marks"]) & 16 and one["round"] == "1"

    def guard_other_unit(self, step, one, who):
        return True  # is asked when one is named

    def guard_no_holding(self, step, one, who):
        return not one.get("holding")

    def guard_holding_other(self, step, one, who):
        return one.get("holding") and one["holding"] != str(who.id)

    def guard_may_extend(self, step, one, who):
        clock = one["timers"].get("reply")
        if not clock or one.get("extension") or self.facts.late(one, "reply"):
            return False
        _, amount, _, most, _ = clock
        return amount < most

    def guard_extension_open(self, step, one, who):
        if not one.get("extension"):
            return False
        _, amount, _, _, allowance = one["timers"]["reply"]
        if one["extender"] == str(who.id):
            return False
        return "OFFICE_REVIEWER" in who.roles or amount + int(one["extension"]) <= allowance

    def reviewer(self, one, who):
        if not one.get("review"):
            return False
        author, level = one["review"].split()
        if level != "0" and ("final", str(who.id)) in one["passed"]:
            return False  # nobody passes one answer twice
        own = level != "0" or one["unit_id"] == str(who.unit)
        return author != str(who.id) and own and ("DEPT_REVIEWER" if level == "0" else "OFFICE_REVIEWER") in who.roles

    guard_not_author = lambda self, step, one, who: self.reviewer(one, who)  # noqa: E731
    guard_more_levels = guard_goes_up = guard_last_level = guard_not_author

    def in_rating(self, one):
        return "rate_until" in one and self.facts.today <= datetime.date.fromisoformat(one["rate_until"])

    def guard_rated_good(self, step, one, who):
        return self.guard_rated_bad(step, one, who) and "promise" not in one["timers"]

    def guard_rated_bad(self, step, one, who):
        return not one.get("rated") and self.in_rating(one)

    def guard_may_ask(self, step, one, who):
        return not one["done"]["ask_follow_up"] and self.in_rating(one)

    def guard_window_over(self, step, one, who):
        return not self.in_rating(one) and "promise" not in one["timers"]

    def guard_pub_settled(self, step, one, who):
        return not one.get("added") and one["pub_state"] not in ("pending_review", "approved_full", "approved_summary")

    def guard_first_round(self, step, one, who):
        return one["round"] == "1"

    def guard_feedback_due(self, step, one, who):
        return "supervise_feedback" in one["timers"]

    def guard_order_open(self, step, one, who):
        return one.get("order")

    def guard_no_order(self, step, one, who):
        return not one.get("order")

    def guard_order_new(self, step, one, who):
        return one.get("order") == "issued"

    def guard_feedback_given(self, step, one, who):
        return one.get("order") == "answered"

    def guard_promise_open(self, step, one, who):
        return "promise" in one["timers"]

    def guard_not_pub_author(self, step, one, who):
        return str(who.id) not in {one.get("author"), one.get("last added"), one["handler_id"], *one["editors"]}

    def guard_full_allowed(self, step, one, who):
        return one["publish_ok"] == "1" and self.guard_not_pub_author(step, one, who)

    def guard_was_published(self, step, one, who):
        return one["done"]["publish"]

    def guard_proposed(self, step, one, who):
        return one.get("proposal")

    def guard_not_answered(self, step, one, who):
        return one["round"] == "1" and not one["done"]["continue"]

    def guard_consults(self, step, one, who):
        return one["type"] == "consult" and who.unit

    def guard_may_nudge(self, step, one, who):
        """Once a round, when half of the answer's time has passed."""
        if one.get("nudged") or "answer from" not in one:
            return False
        due, _, unit, _, _ = one["timers"]["reply"]
        start, due = datetime.date.fromisoformat(one["answer from"]), datetime.date.fromisoformat(due)
        if unit != "W":
            return self.facts.today >= start + datetime.timedelta((max((due - start).days, 0) + 1) // 2)
        return self.facts.today >= self.facts.calendar.add(start, (self.facts.calendar.between(start, due) + 1) // 2)

    def guard_from_leaver(self, step, one, who):
        return False  # belongs to the page of who leaves

    def guard_names_main(self, step, one, who):
        return one["unit_id"]

    def guard_names_author(self, step, one, who):
        return one.get("review") or one.get("author")

    def guard_has_recusal(self, step, one, who):
        return one["away"]

    def guard_main_recused(self, step, one, who):
        return ("unit", one["unit_id"]) in one["away"]

    def guard_ask_another(self, step, one, who):
        return self.guard_main_recused(step, one, who) and self.guard_may_ask(step, one, who)

    def guard_co_unsigned(self, step, one, who):
        return str(who.unit) in one["co"] and not one["co"][str(who.unit)][0]

    def guard_co_unanswered(self, step, one, who):
        return str(who.unit) in one["co"] and not one["co"][str(who.unit)][1]

    def guard_own_undecided(self, step, one, who):
        return one.get("review") == f"{who.id} 0"

    def guard_not_passed(self, step, one, who):
        author = (one.get("review") or " ").split(" ")[0]
        return ("final", str(who.id)) not in one["passed"] and author != str(who.id)

    def guard_no_added(self, step, one, who):
        return not one.get("added")

    def guard_added_other(self, step, one, who):
        author, level = (one.get("added") or " -1").split(" ")
        if not author or author == str(who.id):
            return False
        role = ("DEPT_REVIEWER", "OFFICE_REVIEWER", "SUPERIOR_REVIEWER")[min(int(level), 2)]
        if level != "0":
            return role in who.roles and ("added", str(who.id)) not in one["passed"]
        return role in who.roles and one["unit_id"] == str(who.unit)

    guard_added_more = guard_added_last = guard_added_other

    def guard_was_accepted(self, step, one, who):
        return one["accepted_at"]

    def guard_complaint(self, step, one, who):
        return one["type"] == "complaint"

    guard_complaint_in = guard_complaint
