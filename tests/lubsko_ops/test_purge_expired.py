"""Deletion of expired rows; the key of a submission stays."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache

from lubsko_ops.core import clock
from lubsko_ops.jobs.cleanup import purge_expired
from lubsko_ops.search.models import SearchQuery
from lubsko_ops.submissions.models import Draft, Submission


def leave_behind(user):
    now = clock.now()
    Draft.objects.create(user=user, key=uuid4(), address="/", content={"a": ["b"]}, saved_at=now)
    SearchQuery.objects.create(user=user, text="kowalska", created_at=now)
    Submission.objects.create(
        user=user, key=uuid4(), action="x", content_hash="h", content={"a": ["b"]}, address="/", sent_at=now
    )


def test_expired_rows_are_deleted(maria):
    leave_behind(maria)
    with clock.freeze_time(clock.now() + timedelta(days=31)):
        leave_behind(maria)
        purge_expired()
    assert Draft.objects.count() == SearchQuery.objects.count() == 1
    assert [sent.content for sent in Submission.objects.order_by("sent_at")] == [{}, {"a": ["b"]}]


@pytest.mark.django_db(transaction=True)
def test_counted_logins_are_deleted_with_their_addresses():
    cache.clear()
    cache.set("failed", [1], timeout=900)
    with clock.freeze_time(datetime.now(UTC)):
        assert purge_expired()["próby logowania"] == 0
    with clock.freeze_time(datetime.now(UTC) + timedelta(hours=1)):
        assert purge_expired()["próby logowania"] == 1
    assert cache.get("failed") is None


def test_other_rows_stay(maria):
    leave_behind(maria)
    with clock.freeze_time(clock.now() + timedelta(minutes=59)):
        purge_expired()
    assert Draft.objects.count() == SearchQuery.objects.count() == 1
    assert Submission.objects.get().content == {"a": ["b"]}
