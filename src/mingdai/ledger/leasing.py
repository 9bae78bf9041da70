"""The sequencer's lease: one row names who may place entries, until when.

The row is locked until the caller's transaction ends, so two holders never place at once, on
whatever machine they run.  A lease that ran out may be taken; a holder renews by taking again.  It
is short, so that a killed holder's successor works within two seconds; a holder that outlives its
lease is stopped by the compare-and-swap before signing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from mingdai.ledger.models import SequencerLease

LEASE = timedelta(seconds=2)
_ROW = 1
_HOLDER_CHARS = 60


def take_lease(*, holder: str, at: datetime) -> bool:
    """Take or renew the lease until `at` + 2 s; False while another holds it.

    Call inside the transaction that the lease is for.
    """
    name, until = holder[-_HOLDER_CHARS:], at + LEASE
    free = Q(holder=name) | Q(until__lte=at)
    if SequencerLease.objects.filter(free, pk=_ROW).update(holder=name, until=until):
        return True
    _, made = SequencerLease.objects.get_or_create(
        pk=_ROW, defaults={"holder": name, "until": until}
    )
    return made
