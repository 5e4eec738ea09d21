# SPDX-License-Identifier: MIT
"""cryptography: certificates, symmetric and asymmetric keys, hashes, errors (its core is in Rust)."""
import datetime
import warnings
warnings.simplefilter("ignore")
from cryptography import x509
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes, hmac, padding, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding as rsa_padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.x509.oid import NameOID

key = Fernet.generate_key()
assert Fernet(key).decrypt(Fernet(key).encrypt(b"hi")) == b"hi"
for broken, error in ((lambda: Fernet(key).decrypt(b"x"), InvalidToken), (lambda: AESGCM(b"k" * 16).decrypt(b"n" * 12, b"c" * 20, None), InvalidTag)):
    try:
        broken()
    except error:
        pass
    else:
        raise AssertionError
encryptor = Cipher(algorithms.AES(bytes(range(16))), modes.CBC(bytes(16))).encryptor()
padder = padding.PKCS7(128).padder()
text = encryptor.update(padder.update(b"block") + padder.finalize()) + encryptor.finalize()
decryptor = Cipher(algorithms.AES(bytes(range(16))), modes.CBC(bytes(16))).decryptor()
assert decryptor.update(text) + decryptor.finalize() == b"block" + b"\x0b" * 11
digest = hashes.Hash(hashes.SHA256())
digest.update(b"abc")
assert digest.finalize().hex().startswith("ba7816bf8f01cfea")
mac = hmac.HMAC(b"key", hashes.SHA1())
mac.update(b"m")
mac.copy().verify(mac.finalize())
private = rsa.generate_private_key(65537, 2048)
signature = private.sign(b"data", rsa_padding.PKCS1v15(), hashes.SHA256())
private.public_key().verify(signature, b"data", rsa_padding.PKCS1v15(), hashes.SHA256())
try:
    private.public_key().verify(signature, b"other", rsa_padding.PKCS1v15(), hashes.SHA256())
except InvalidSignature:
    pass
else:
    raise AssertionError
curve = ec.generate_private_key(ec.SECP256R1())
name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "taipan.test")])
now = datetime.datetime(2024, 1, 1)
certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(curve.public_key()).serial_number(7)
               .not_valid_before(now).not_valid_after(now + datetime.timedelta(days=9))
               .add_extension(x509.SubjectAlternativeName([x509.DNSName("a.test")]), critical=False).sign(curve, hashes.SHA256()))
back = x509.load_pem_x509_certificate(certificate.public_bytes(serialization.Encoding.PEM))
assert back.serial_number == 7 and back.subject.rfc4514_string() == "CN=taipan.test" and back == certificate
assert back.extensions.get_extension_for_class(x509.SubjectAlternativeName).value.get_values_for_type(x509.DNSName) == ["a.test"]
ed = ed25519.Ed25519PrivateKey.from_private_bytes(bytes(32))
ed.public_key().verify(ed.sign(b"m"), b"m")
