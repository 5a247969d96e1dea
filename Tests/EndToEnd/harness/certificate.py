"""Certificates for servers under test."""

import subprocess


def self_signed(folder, days=2):
    """A certificate for localhost and its key, valid for so many days from now (negative: until so many days ago)."""
    request, certificate, key = folder / "request.pem", folder / "certificate.pem", folder / "key.pem"
    names = folder / "names"
    names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1")
    new_key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key]
    openssl = ["openssl", "req", "-new", *new_key, "-subj", "/CN=localhost", "-out", request]
    subprocess.run(openssl, check=True, capture_output=True)
    sign = ["openssl", "x509", "-req", "-in", request, "-signkey", key, "-days", str(days), "-extfile", names, "-out", certificate]
    subprocess.run(sign, check=True, capture_output=True)
    return str(certificate), str(key)
