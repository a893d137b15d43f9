"""Every column of every own model has exactly one privacy class."""

from itertools import chain

import pytest

from lubsko_ops.core.own_apps import get_own_models
from lubsko_ops.core.privacy import get_privacy_classes


@pytest.mark.parametrize("model", get_own_models(), ids=lambda model: model._meta.label)
def test_every_field_is_classified_once(model):
    declared = list(chain.from_iterable(get_privacy_classes()[model._meta.label].values()))
    names = {field.name for field in model._meta.concrete_fields}
    assert not names - set(declared), f"fields without a class in privacy.py of {model._meta.app_label}"
    assert not set(declared) - names, "classes of fields that do not exist"
    assert len(declared) == len(names), "a field is classed twice"


def test_every_own_model_is_classified(walked):
    models = get_own_models()
    walked("models with privacy classes", len(models), at_least=45)
    walked(
        "fields with privacy classes", sum(len(each._meta.concrete_fields) for each in models), at_least=400
    )


def test_no_class_is_declared_for_a_missing_model():
    assert set(get_privacy_classes()) == {model._meta.label for model in get_own_models()}
