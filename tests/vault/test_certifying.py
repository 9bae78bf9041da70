from __future__ import annotations

import ssl
from datetime import timedelta

from cryptography import x509

from mingdai.vault.certifying import VALID, certificate
from tests.conftest import NOON


def test_a_certificate_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = certificate(tmp_path, name="alias.mingdai.example", at=NOON)
    made = path.read_bytes()

    assert certificate(tmp_path, name="alias.mingdai.example", at=NOON).read_bytes() == made
    assert path.stat().st_mode & 0o777 == 0o600
    ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(path)


def test_a_certificate_names_its_host_and_its_end(tmp_path):
    path = certificate(tmp_path, name="alias.mingdai.example", at=NOON)

    [found] = x509.load_pem_x509_certificates(path.read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["alias.mingdai.example"]
    assert found.not_valid_after_utc >= NOON + VALID - timedelta(seconds=1)
