"""The conventions of ./dev lint look into every own package."""

from devtools import conventions
from lubsko_ops.core.own_apps import get_own_packages


def test_every_own_package_is_looked_into(walked):
    assert sorted(conventions.PRODUCT) == sorted({*get_own_packages(), "devtools"})
    walked("files checked for conventions", len(conventions.checked_files()), at_least=770)
