"""The big data set, ground floor: accounts, regions and contracts of a large centre, for measuring.

``./dev manage demo --size city`` asks the ``bulk`` package of each app, the ground floor first, for ``DOES`` and
``load(big)``. Everything is invented and grows from one seed: the same seed, day and size give the same rows.
Rows go in by COPY, with the history a deed would have left (copying.py).
"""

from devtools.synthetic.centre import Big
from devtools.synthetic.staff import hire
from lubsko_ops.core.polish import count_of

PROGRESS_MESSAGE = "Zakładam konta, role, rejony i umowy dużego ośrodka"


def load(big: Big) -> str:
    """Hire everybody who works or has worked here; fills the posts and regions of ``big`` in."""
    return count_of(hire(big), "konto,konta,kont")
