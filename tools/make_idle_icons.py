#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""make_idle_icons DIR: draw the icons of idlelib (lib/python3.8/idlelib/Icons) into DIR.

The program's icon is a snake: a winding body, a head with an eye and a tongue, drawn at each size from the same curve.  The small
ones of trees are pixel pictures.  Output: PNG (RGBA), GIF 89a (transparent background) and one ICO that holds PNGs.
"""
import math
import os
import struct
import sys
import zlib

BODY, BELLY, DARK, EYE, TONGUE = (46, 125, 90), (150, 205, 120), (20, 60, 45), (255, 255, 255), (205, 50, 50)

# Pictures of trees: one letter a pixel, '.' is transparent.
COLOURS = {'k': (70, 60, 40), 'y': (235, 200, 95), 'l': (250, 230, 160), 'g': (128, 128, 128), 'w': (255, 255, 255),
           'b': (46, 90, 150), 's': BODY, 'd': DARK, 'p': BELLY, 'r': TONGUE}
PICTURES = {
    'folder': """
...............
..kkkkk........
.kyyyyyk.......
.kyyyyyykkkkk..
.klllllllllyyk.
.klyyyyyyyyyyk.
.klyyyyyyyyyyk.
.klyyyyyyyyyyk.
.klyyyyyyyyyyk.
.klyyyyyyyyyyk.
.kyyyyyyyyyyyk.
..kkkkkkkkkkk..
...............
""",
    'openfolder': """
................
..kkkkk.........
.kyyyyyk........
.kyyyyyykkkkk...
.kyyyyyyyyyyk...
.kyykkkkkkkkkkk.
.kykllllllllllk.
.kyklyyyyyyyyk..
.kklyyyyyyyyyk..
.kklyyyyyyyyk...
.klyyyyyyyyyk...
..kkkkkkkkkk....
................
""",
    'plusnode': """
...........
.ggggggggg.
.gwwwwwwwg.
.gwwwkwwwg.
.gwwwkwwwg.
.gwkkkkkwg.
.gwwwkwwwg.
.gwwwkwwwg.
.gwwwwwwwg.
.ggggggggg.
...........
""",
    'minusnode': """
...........
.ggggggggg.
.gwwwwwwwg.
.gwwwwwwwg.
.gwwwwwwwg.
.gwkkkkkwg.
.gwwwwwwwg.
.gwwwwwwwg.
.gwwwwwwwg.
.ggggggggg.
...........
""",
    'python': """
................
....dddddd......
...dssssssd.....
..dswdsssssd....
..dssssddssd....
.rddddd.dsssd...
r.......dsssd...
......dddsssd...
....ddssssssd...
...dsssssssd....
...dssspddd.....
...dsspd...dd...
...dsspddddspd..
...dssssssspd...
....dddddddd....
................
""",
    'tk': """
..............
.bbbbb.bb.....
.bbbbb.bb.....
...b...bb.....
...b...bb.bb..
...b...bbbb...
...b...bbb....
...b...bbbb...
...b...bb.bb..
...b...bb..b..
..............
""",
}


def picture(text):
    """The rows of (r, g, b, a) of a pixel picture."""
    return [[COLOURS[c] + (255,) if c != '.' else (0, 0, 0, 0) for c in row] for row in text.split()]


# ---- the snake ----
def body_curve(count=48):
    """Points (x, y, thickness) of the body from tail to neck in a square of side 1."""
    points = []
    for i in range(count + 1):
        t = i / count
        x = 0.4 + 0.25 * math.sin(2.2 * math.pi * t + 0.9)
        y = 0.86 - 0.6 * t
        points.append((x, y, 0.03 + 0.075 * min(1, 2.5 * t)))
    return points


def near(points, x, y):
    """Signed distance to the body: how far (x, y) is outside of it, negative inside."""
    best = 9.0
    for (x0, y0, w0), (x1, y1, w1) in zip(points, points[1:]):
        dx, dy = x1 - x0, y1 - y0
        t = min(1, max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)))
        best = min(best, math.hypot(x - x0 - t * dx, y - y0 - t * dy) - w0 - t * (w1 - w0))
    return best


def snake(size):
    """The rows of (r, g, b, a) of the icon."""
    curve = body_curve()
    head_x, head_y = curve[-1][0] + 0.04, curve[-1][1] - 0.02
    tongue = [(head_x + 0.13, head_y + 0.03, 0.016), (head_x + 0.25, head_y + 0.05, 0.012)]
    line = max(0.025, 0.7 / size)

    def layers(x, y):
        head = math.hypot((x - head_x) / 1.35, y - head_y) - 0.125
        outside = min(near(curve, x, y), head)
        yield near(tongue, x, y), TONGUE
        yield outside - line, DARK
        yield outside, BODY
        yield max(outside + 0.05, math.sin(40 * y) * 0.02), BELLY
        yield math.hypot(x - head_x - 0.04, y - head_y + 0.035) - 0.045, EYE
        yield math.hypot(x - head_x - 0.055, y - head_y + 0.035) - 0.02, DARK

    def pixel(column, row):
        x, y = (column + 0.5) / size, (row + 0.5) / size
        colour, alpha = (0, 0, 0), 0.0
        for distance, paint in layers(x, y):
            cover = min(1.0, max(0.0, 0.5 - distance * size))
            total = cover + alpha * (1 - cover)
            if total > 0:
                colour = tuple((p * cover + c * alpha * (1 - cover)) / total for p, c in zip(paint, colour))
            alpha = total
        return tuple(round(c) for c in colour) + (round(alpha * 255),)

    return [[pixel(column, row) for column in range(size)] for row in range(size)]


# ---- formats ----
def png(rows):
    def chunk(kind, data):
        return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
    data = b''.join(b'\0' + bytes(v for p in row for v in p) for row in rows)
    head = struct.pack('>IIBBBBB', len(rows[0]), len(rows), 8, 6, 0, 0, 0)
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(data, 9)) + chunk(b'IEND', b'')


def lzw(indices, bits):
    """The codes of GIF, packed from the low bit."""
    clear, packed, held, width = 1 << bits, bytearray(), 0, 0

    def put(code, size):
        nonlocal held, width
        held |= code << width
        width += size
        while width >= 8:
            packed.append(held & 255)
            held >>= 8
            width -= 8

    table, size, prefix = {(i,): i for i in range(clear)}, bits + 1, ()
    following = clear + 2
    put(clear, size)
    for index in indices:
        if prefix + (index,) in table:
            prefix += (index,)
            continue
        put(table[prefix], size)
        if following < 4096:
            table[prefix + (index,)] = following
            if following == 1 << size:
                size += 1
            following += 1
        prefix = (index,)
    put(table[prefix], size)
    put(clear + 1, size)
    if width:
        packed.append(held & 255)
    return bytes(packed)


def gif(rows):
    flat = [(0, 0, 0) if p[3] < 128 else tuple(min(255, round(v / 24) * 24) for v in p[:3]) for row in rows for p in row]
    seen = [p[3] >= 128 for row in rows for p in row]
    colours = sorted({c for c, s in zip(flat, seen) if s})
    assert len(colours) < 256
    bits = max(2, len(colours).bit_length())
    place = {c: i + 1 for i, c in enumerate(colours)}  # 0 is the transparent one
    table = b'\xff\xff\xff' + bytes(v for c in colours for v in c)
    table += bytes(3 * (1 << bits) - len(table))
    size = struct.pack('<HH', len(rows[0]), len(rows))
    codes = lzw([place[c] if s else 0 for c, s in zip(flat, seen)], bits)
    blocks = b''.join(bytes([len(codes[i:i + 255])]) + codes[i:i + 255] for i in range(0, len(codes), 255))
    return (b'GIF89a' + size + bytes([0xf0 | (bits - 1), 0, 0]) + table + b'\x21\xf9\x04\x01\0\0\0\0'
            + b'\x2c\0\0\0\0' + size + b'\0' + bytes([bits]) + blocks + b'\0;')


def ico(images):
    """{size: PNG} in one file."""
    offset, rows = 6 + 16 * len(images), b''
    for size, data in images.items():
        rows += struct.pack('<BBBBHHII', size % 256, size % 256, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return struct.pack('<HHH', 0, 1, len(images)) + rows + b''.join(images.values())


def main():
    files = {name + '.gif': gif(picture(text)) for name, text in PICTURES.items()}
    drawn = {size: snake(size) for size in (16, 32, 48, 256)}
    for size, rows in drawn.items():
        files['idle_%d.png' % size] = png(rows)
        if size < 256:
            files['idle_%d.gif' % size] = gif(rows)
    files['idle.ico'] = ico({size: files['idle_%d.png' % size] for size in drawn})
    for name, data in files.items():
        with open(os.path.join(sys.argv[1], name), 'wb') as stream:
            stream.write(data)


if __name__ == '__main__':
    main()
