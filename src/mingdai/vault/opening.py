"""Open sealed fields: the only decryption of field values, for the gate's trunk alone.

An import contract holds every other file away.  Values are returned and nowhere kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from mingdai.errors import Refused, Tampered
from mingdai.vault.binding import NONCE_BYTES, DataKey, bind, field_key, secret_of, unpad
from mingdai.vault.models import SealedField
from mingdai.vault.validating import age_on
from mingdai.vault.wrapping import unlock, unwrap_for

_BORROWER = SealedField._meta.get_field("borrower")
_CURRENT = """
SELECT f.code, f.version, f.sealed, k.wrapped, k.kek_id
FROM vault_sealedfield f JOIN vault_subjectkey k ON k.borrower_id = f.borrower_id
WHERE f.borrower_id = %s AND f.sealed IS NOT NULL AND f.kept_at <= %s
AND (f.expires_at IS NULL OR f.expires_at > %s)
ORDER BY f.version
"""
# Written out because every disclosure asks it: composing it anew costs more than answering it.


@dataclass(frozen=True, slots=True)
class Held:
    """Sealed fields of one borrower, fetched with their key and not yet opened.

    Fetching before the rules answer costs one query instead of five and shows nothing: `open` and
    `age_on` are the reads.
    """

    borrower_id: UUID
    rows: Mapping[str, tuple[int, bytes]] = field(repr=False)
    key: DataKey | None

    def open(self, codes: Collection[str]) -> dict[str, str]:
        """Exactly these fields in clear; raises as `open_fields`."""
        if not codes:
            return {}
        secret = secret_of(self.key) if self.key else unlock(self.borrower_id)
        missing = sorted(set(codes) - self.rows.keys())
        if missing:
            raise Refused(
                code="vault.missing_field",
                reason=f"not kept of borrower {self.borrower_id}: {', '.join(missing)}",
                remedy="ask the borrower for these fields",
            )
        cipher = AESGCM(field_key(secret))
        return {code: self._open(cipher, code) for code in codes}

    def age_on(self, day: date) -> int | None:
        """Whole years on `day`, from the ID number; None where none is kept.

        It opens the ID number, so it is a part of the read that asks for it.
        """
        if "id_number" not in self.rows:
            return None
        return age_on(self.open(["id_number"])["id_number"], day)

    def _open(self, cipher: AESGCM, code: str) -> str:
        version, sealed = self.rows[code]
        aad = bind(self.borrower_id, code, version)
        try:
            return unpad(cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], aad))
        except (InvalidTag, ValueError) as error:
            raise Tampered(
                code="vault.sealed_field",
                reason=f"field {code} of borrower {self.borrower_id} is not what was kept",
            ) from error


def hold(borrower_id: UUID, codes: Collection[str], *, at: datetime) -> Held:
    """The versions of `codes` that were current at `at`, still sealed, in one query."""
    person = _BORROWER.get_db_prep_value(borrower_id, connection)
    moment = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT, [person, moment, moment])
        rows = cursor.fetchall()
    if not rows:
        return Held(borrower_id, {}, None)
    secret = unwrap_for(borrower_id, rows[0][3], kek_id=rows[0][4])
    wanted = frozenset(codes)
    held = {row[0]: (row[1], bytes(row[2])) for row in rows if row[0] in wanted}
    return Held(borrower_id, held, DataKey(secret))


def open_fields(borrower_id: UUID, codes: Collection[str], *, at: datetime) -> dict[str, str]:
    """The versions of `codes` that were current at `at`, in clear; exactly these codes.

    Raises Refused `vault.missing_field` where one is not kept, expired or erased, `vault.erased`
    where the borrower is; Tampered `vault.sealed_field` where a row is not what was kept.
    """
    return hold(borrower_id, codes, at=at).open(codes)


def age_of(borrower_id: UUID, day: date, *, at: datetime) -> int | None:
    """Whole years on `day`, from the ID number; None where none is kept."""
    return hold(borrower_id, ["id_number"], at=at).age_on(day)
