"""Every column of every model of ours has been given a privacy class, once."""

from itertools import chain

import pytest
from django.apps import apps

from lubsko_ops.core.privacy import all_classes

OURS = ("ops", "families", "projects", "meetings", "reports")


def our_models():
    return [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_is_classified_once(model):
    declared = list(chain.from_iterable(all_classes()[model._meta.label].values()))
    assert sorted(declared) == sorted(field.name for field in model._meta.concrete_fields)


def test_no_class_is_declared_for_a_model_that_is_gone():
    assert set(all_classes()) == {model._meta.label for model in our_models()}
