"""Fixtures of the tests of a project's report."""

import pytest

from tests.reports.project.helpers import make_project


@pytest.fixture
def project(centre_row, kowalscy, nowakowie, tomasz, maria, anna, ewa):
    return make_project(kowalscy, nowakowie, tomasz, maria, anna, ewa)
