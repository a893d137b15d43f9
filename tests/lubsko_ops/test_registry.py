"""The registry: order, uniqueness, and that nothing is registered after set-up."""

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from lubsko_ops.core.registry import Registry


@pytest.fixture
def during_setup(monkeypatch):
    monkeypatch.setattr(apps, "ready", False)


def test_items_come_by_order_then_by_registration(during_setup):
    registry = Registry("letters")
    for item, order in (("c", 2), ("a", 1), ("d", 2), ("b", 1)):
        assert registry.register(item, order=order) == item
    assert list(registry) == ["a", "b", "c", "d"]
    assert (len(registry), "a" in registry, registry["d"], registry.get("z")) == (4, True, "d", None)


def test_an_item_is_registered_once(during_setup):
    registry = Registry("pairs", key=lambda pair: pair[0])
    registry.register(("a", 1))
    with pytest.raises(ImproperlyConfigured, match="'a' is registered twice"):
        registry.register(("a", 2))
    assert registry["a"] == ("a", 1)


def test_a_late_registration_is_refused():
    with pytest.raises(ImproperlyConfigured, match="not later"):
        Registry("late").register("x")


def test_a_test_may_extend_it_for_a_while(during_setup):
    registry = Registry("letters")
    registry.register("a", order=5)
    with registry.extended("b"):
        assert list(registry) == ["b", "a"]
    assert list(registry) == ["a"]
