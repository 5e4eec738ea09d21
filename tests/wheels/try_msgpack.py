# SPDX-License-Identifier: MIT
"""msgpack: packing, streaming, extension types, limits."""
import datetime
import io
import msgpack

value = {"a": [1, -2.5, b"\0x", None, True, 2 ** 63], "\u20ac": {"n": []}}
assert msgpack._cmsgpack and msgpack.unpackb(msgpack.packb(value)) == value
assert msgpack.packb([1, "x"]) == b"\x92\x01\xa1x" and msgpack.packb(300) == b"\xcd\x01\x2c"
unpacker = msgpack.Unpacker(io.BytesIO(b"".join(msgpack.packb(i) for i in range(1000))))
assert sum(unpacker) == 499500
unpacker = msgpack.Unpacker()
for byte in msgpack.packb({"k": list(range(20))}):
    unpacker.feed(bytes([byte]))
assert next(unpacker) == {"k": list(range(20))}
packed = msgpack.packb(complex(1, 2), default=lambda z: msgpack.ExtType(7, b"%d,%d" % (z.real, z.imag)))
assert msgpack.unpackb(packed, ext_hook=lambda code, data: (code, data)) == (7, b"1,2")
when = datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc)
assert msgpack.unpackb(msgpack.packb(when, datetime=True), timestamp=3) == when
assert msgpack.unpackb(b"\x81\x01\x02", strict_map_key=False, object_pairs_hook=list) == [(1, 2)]
for bad, error in (b"\xc1", msgpack.FormatError), (b"\x92\x01", ValueError), (b"\x01\x02", msgpack.ExtraData):
    try:
        msgpack.unpackb(bad)
    except error:
        pass
    else:
        raise AssertionError(bad)
nested = b"\x91" * 2000 + b"\x01"
try:
    msgpack.unpackb(nested)
except (msgpack.StackError, ValueError):
    pass
