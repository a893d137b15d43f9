"""Watches the statements of every action in the suite: an action that breaks the lock order fails.

Within an action users, families and people are locked first, in this order and with one statement each, before
anything else is locked or written (``lubsko_ops/core/locks.py``). No lock is stronger than ``FOR NO KEY UPDATE``.
"""

import re
import threading

from lubsko_ops.core.locks import LOCKED_MODELS, held_locks

LOCKS = re.compile(r'FROM "(\w+)".* FOR (NO KEY )?UPDATE\b', re.DOTALL)
WRITES = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


class WrongLockOrder(AssertionError):
    """The action could deadlock with another one that keeps the order."""


class LockOrderGuard(threading.local):
    """Execute wrapper of every connection; remembers how far the action running in this thread has come."""

    def __init__(self):
        self.action = None  # the locks held by the running action, which identify it
        self.last_order = 0
        self.first_other = ""  # the first write, or lock of another row

    def install(self, connection, **kwargs) -> None:
        """Receiver of ``connection_created``."""
        if self not in connection.execute_wrappers:
            connection.execute_wrappers.append(self)

    def __call__(self, execute, sql, params, many, context):
        held = held_locks()
        if held is not self.action:
            self.action, self.last_order, self.first_other = held, 0, ""
        if held is not None:
            self.check(sql, params, held)
        return execute(sql, params, many, context)

    def check(self, sql: str, params, held: set) -> None:
        orders = {each.model._meta.db_table: each.order for each in LOCKED_MODELS}
        if match := LOCKS.search(sql):
            if match[2] is None:
                raise WrongLockOrder(f"FOR UPDATE conflicts with every row that refers to it: {sql}")
            if order := orders.get(match[1]):
                ids = [pk for each in params for pk in (each if isinstance(each, list) else [each])]
                if {(order, pk) for pk in ids} - held and (self.first_other or order <= self.last_order):
                    before = self.first_other or f"rows of order {self.last_order}"
                    raise WrongLockOrder(f"{match[1]} {params} is locked too late, after: {before}")
                self.last_order = max(self.last_order, order)
                return
        elif match := WRITES.match(sql):
            order = orders.get(match[1])
            changes = order and sql.startswith("UPDATE") and not many_rows(sql)
            if changes and order < max(orders.values()) and (order, params[-1]) not in held:
                raise WrongLockOrder(f"{match[1]} {params[-1]} is changed without a lock.")
        elif "pg_advisory" not in sql:
            return
        self.first_other = self.first_other or sql[:200]


def many_rows(sql: str) -> bool:
    """Whether an UPDATE chooses its rows otherwise than by one id."""
    return not re.search(r'WHERE "\w+"\."id" = %s$', sql)
