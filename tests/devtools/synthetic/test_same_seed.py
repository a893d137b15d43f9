"""The same seed gives the same centre."""

from django.db import transaction

from tests.devtools.synthetic.generated_centre import all_rows, generate


def generated(seed: int) -> list[str]:
    with transaction.atomic():
        generate(seed)
        rows = [
            row for row in all_rows() if not row.startswith("Deadline")
        ]  # their ids continue from the first time
        transaction.set_rollback(True)
    return rows


def test_the_same_seed_gives_the_same_rows(no_staff):
    first = generated(seed=7)
    assert first == generated(seed=7)
    assert first != generated(seed=8)
