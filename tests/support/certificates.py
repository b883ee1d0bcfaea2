"""Certificates of a test's own authority."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


class Authority:
    """Signs certificates of servers, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _name("Test authority")
        self._certificate = (
            _builder(self._name, self._name, self._key)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self._key, SHA256())
        )

    def client_context(self) -> ssl.SSLContext:
        """Trusts this authority alone."""
        text = self._certificate.public_bytes(Encoding.PEM).decode()
        return ssl.create_default_context(cadata=text)

    def server_context(self, name: str, *, self_signed: bool = False, expired: bool = False) -> ssl.SSLContext:
        """A server's certificate for the name."""
        key = ec.generate_private_key(ec.SECP256R1())
        issuer, signer = (_name(name), key) if self_signed else (self._name, self._key)
        builder = _builder(_name(name), issuer, key, expired=expired)
        alternative = x509.SubjectAlternativeName([x509.DNSName(name)])
        certificate = builder.add_extension(alternative, critical=False).sign(signer, SHA256())
        path = self._folder / f"{certificate.serial_number}.pem"
        pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(pem + certificate.public_bytes(Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, *, expired: bool = False
) -> x509.CertificateBuilder:
    end = datetime.now(UTC) + timedelta(days=-1 if expired else 1)
    return x509.CertificateBuilder(
        issuer_name=issuer,
        subject_name=subject,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=end - timedelta(days=7),
        not_valid_after=end,
    )
