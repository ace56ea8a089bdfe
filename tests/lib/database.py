"""The database of an instance, asked as with the client program: every row is a list of texts.

Connections stay open, one a thread and account: tests ask thousands of times, and a program started each time would cost more
than the question.
"""
import os
import pwd
import re
import threading

import pymysql
from pymysql.constants import CLIENT

# What a connection would keep after its statements: such a connection is closed.
KEEPS = re.compile(r"(?:^|;)\s*(?:SET|START|BEGIN|LOCK|FLUSH|CREATE TEMPORARY)\b")
MET = re.compile(r"(?:1020|1213)\b")  # changed meanwhile, deadlock
ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t", "\0": "\\0"})


def text_of(value):
    """As the client program writes it in a batch."""
    if value is None:
        return "NULL"
    return (value.decode("utf-8", errors="replace") if isinstance(value, bytes) else value).translate(ESCAPES)


class Database:
    def __init__(self, socket, name, password_of):
        self.socket, self.name, self.password_of = socket, name, password_of
        self.mine = threading.local()

    def connection(self, account):
        """account: None for the owner of the database, who needs no password."""
        known = self.mine.__dict__.setdefault("connections", {})
        if account in known:
            known[account].ping()  # connects again after the server was
        else:
            user = "ms_" + account if account else pwd.getpwuid(os.geteuid()).pw_name
            known[account] = pymysql.connect(unix_socket=self.socket, database=self.name, user=user, read_timeout=120,
                                             password=self.password_of(account) if account else "", charset="utf8mb4", conv={},
                                             autocommit=True, client_flag=CLIENT.MULTI_STATEMENTS)
        return known[account]

    def ask(self, statements, account=None):
        """The rows of all statements, up to the first that fails: RuntimeError, or PermissionError when it is not allowed. One that by
        itself met a program is tried again, as theirs are."""
        for left in range(19, -1, -1):
            try:
                return self.ask_once(statements, account)
            except RuntimeError as error:
                if not left or ";" in statements.rstrip("; \n") or not MET.match(str(error)):
                    raise

    def ask_once(self, statements, account):
        rows, whole = [], False
        try:
            with self.connection(account).cursor() as cursor:
                cursor.execute(statements)
                more = True
                while more:
                    rows += [[text_of(value) for value in row] for row in cursor.fetchall()]
                    more = cursor.nextset()
            whole = True
        except pymysql.MySQLError as error:
            told = " ".join(str(word) for word in error.args)
            raise (PermissionError if "denied" in told else RuntimeError)(told) from None
        finally:
            if not whole or KEEPS.search(statements):
                self.forget(account)
        return rows

    def forget(self, account):
        connection = self.mine.__dict__.get("connections", {}).pop(account, None)
        if connection and connection.open:
            connection.close()
