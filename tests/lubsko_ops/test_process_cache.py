"""Values kept in a process for a minute."""

from lubsko_ops.core import process_cache
from lubsko_ops.core.process_cache import ProcessCache


def test_a_value_cleared_by_another_thread_while_it_is_read_is_still_read(monkeypatch):
    cache = ProcessCache(lambda: "old")
    assert cache.get() == "old"
    moment = process_cache.time.monotonic()
    monkeypatch.setattr(process_cache.time, "monotonic", lambda: cache.clear() or moment)
    assert cache.get() == "old"
