# SPDX-License-Identifier: MIT
"""Derive the tables of src/modules/cjk/ from the codecs of an interpreter that has them.

usage: python3.8 tools/make_cjk_tables.py > src/modules/cjk/tables.h

A codec maps single bytes, two bytes (lead, trail) and perhaps three (0x8F, lead, trail) to characters.  What is written
for each is what the codec says, told as the difference to a base where there is one:

  grid: cells in the order of their bytes
      XXX   character, 18 bits in three digits of base 64; from 0x3F000 on the number of a pair of characters
      !XX   so many cells are as in the base (or have no character, without a base)
      %XX   so many cells have no character
      #XX   so many cells have the characters that follow the last one
  exceptions: pairs XXX XXX of character and code (lead << 8 | trail; 0: none), where encoding is not the inverse of decoding
"""
import sys

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
PAIR = 0x3F000
pairs = []  # strings of two characters


def number(n, digits):
    return "".join(DIGITS[n >> 6 * i & 63] for i in reversed(range(digits)))


def cell_of(text):
    if len(text) == 1:
        return ord(text)
    if text not in pairs:
        pairs.append(text)
    return PAIR + pairs.index(text)


def decode(codec, data):
    """The cell for a byte sequence, 0 if it is not one character (or one of the known kinds of pairs)."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        return 0
    if len(text) == 1 or (len(text) == 2 and text[1] in "\u0300\u0301\u0304\u030c\u02e5\u02e9\u309a"):
        return cell_of(text)
    return 0


def to_sjis(lead, trail):
    """Row and column of a 94 x 94 set, as EUC bytes, to Shift_JIS."""
    row, column = lead - 0xA1, trail - 0xA1
    first = row // 2 + (0x81 if row < 62 else 0xC1)
    second = column + (0x9F if row % 2 else 0x40)
    return first, second + (1 if not row % 2 and second >= 0x7F else 0)


def packed(cells, base):
    """cells, base: lists of the same length."""
    out, i, n, last = [], 0, len(cells), -2
    while i < n:
        j = i
        while j < n and j - i < 4095 and cells[j] == base[j]:
            j += 1
        if j - i > 1 or (j > i and cells[i] == 0) or j == n and j > i:
            out.append("!" + number(j - i, 2))
            i = j
            continue
        j = i
        while j < n and j - i < 4095 and cells[j] == 0:
            j += 1
        if j > i:
            out.append("%" + number(j - i, 2))
            i = j
            continue
        j = i
        while j < n and j - i < 4095 and cells[j] == last + 1 + (j - i):
            j += 1
        if j > i:
            out.append("#" + number(j - i, 2))
            last += j - i
            i = j
            continue
        out.append(number(cells[i], 3))
        last = cells[i]
        i += 1
    return "".join(out)


TRAILS = range(0x31, 0xFF)  # every grid has these bounds: unused cells cost nothing


def grid(codec, prefix=b"", leads=range(0x81, 0xFF)):
    return [decode(codec, prefix + bytes([a, b])) if a in leads else 0 for a in range(0x81, 0xFF) for b in TRAILS]


WIDTH = len(TRAILS)


def sjis_base(euc):
    out = [0] * len(euc)
    for a in range(0xA1, 0xFF):
        for b in range(0xA1, 0xFF):
            first, second = to_sjis(a, b)
            out[(first - 0x81) * WIDTH + second - 0x31] = euc[(a - 0x81) * WIDTH + b - 0x31]
    return out


# codec: base of the grid ("~x": x brought to Shift_JIS), and whether there is a grid behind 0x8F
CODECS = {
    "gb2312": ("", 0), "gbk": ("", 0), "gb18030": ("gbk", 0), "euc_kr": ("", 0), "cp949": ("euc_kr", 0), "johab": ("", 0),
    "big5": ("", 0), "cp950": ("big5", 0), "big5hkscs": ("big5", 0), "euc_jp": ("", 1), "euc_jis_2004": ("euc_jp", 1),
    "euc_jisx0213": ("euc_jis_2004", 1), "shift_jis": ("~euc_jp", 0), "cp932": ("shift_jis", 0),
    "shift_jis_2004": ("~euc_jis_2004", 0), "shift_jisx0213": ("shift_jis_2004", 0),
}


def code_of(data, three):
    if len(data) == 1:
        return data[0]
    if len(data) == 2:
        return data[0] << 8 | data[1]
    return (data[1] & 0x7F) << 8 | data[2] if three and len(data) == 3 and data[0] == 0x8F else 0


def exceptions(codec, singles, two, three):
    inverse = {}
    for b, u in enumerate(singles):
        if u:
            inverse.setdefault(u, b)
    for cells, mask in ((two, 0xFF), (three or [], 0x7F)):
        for i, u in enumerate(cells):
            if u:
                inverse.setdefault(u, (i // WIDTH + 0x81 & mask) << 8 | i % WIDTH + 0x31)
    out = []
    for u in list(range(1, 0xD800)) + list(range(0xE000, 0x10000)) + list(range(0x20000, 0x30000)) + [PAIR + i for i in range(len(pairs))]:
        text = chr(u) if u < PAIR else pairs[u - PAIR]
        try:
            code = code_of(text.encode(codec), bool(three))
        except UnicodeEncodeError:
            code = 0
        if u >= PAIR and u not in inverse:
            continue
        if code != inverse.get(u, 0):
            out.append(number(u, 3) + number(code, 3))
    return "".join(out)


def literal(text, indent="    "):
    """A C string literal on lines of 130 characters, without trigraphs (there is no '?')."""
    return "\n".join('%s"%s"' % (indent, text[i:i + 124]) for i in range(0, len(text), 124)) or indent + '""'


def gb18030_ranges():
    """Runs (first character, last, first pointer) of the four byte codes of the plane U+0000 to U+FFFF."""
    runs = []
    for u in range(0x80, 0x10000):
        if 0xD800 <= u < 0xE000:
            continue
        data = chr(u).encode("gb18030")
        if len(data) != 4:
            continue
        pointer = (((data[0] - 0x81) * 10 + data[1] - 0x30) * 126 + data[2] - 0x81) * 10 + data[3] - 0x30
        if runs and runs[-1][1] == u - 1 and runs[-1][2] + (u - runs[-1][0]) == pointer:
            runs[-1][1] = u
        else:
            runs.append([u, u, pointer])
    return runs


def main():
    print("/* SPDX-License-Identifier: MIT */")
    print("/* Made by tools/make_cjk_tables.py, which says what the tables mean. */")
    done, rows = {}, []
    for codec, (base, has_three) in CODECS.items():
        zero = [0] * (WIDTH * 126)
        two_base = sjis_base(done[base[1:]][0]) if base[:1] == "~" else done[base][0] if base else zero
        three_base = (done[base][1] or zero) if base and base[:1] != "~" else zero
        singles = [decode(codec, bytes([b])) for b in range(256)]
        two = grid(codec)
        three = grid(codec, b"\x8f") if has_three else None
        done[codec] = two, three
        print("\nstatic const char %s_singles[] =\n%s;" % (codec, literal(packed(singles, list(range(128)) + [0] * 128))))
        print("static const char %s_two[] =\n%s;" % (codec, literal(packed(two, two_base))))
        if three:
            print("static const char %s_three[] =\n%s;" % (codec, literal(packed(three, three_base))))
        print("static const char %s_exceptions[] =\n%s;" % (codec, literal(exceptions(codec, singles, two, three))))
        rows.append("    {%s, %s, %s_singles, %s_two, %s, %s_exceptions}," % (
            '"%s"' % codec, '"%s"' % base if base else "NULL", codec, codec, codec + "_three" if three else "NULL", codec))
    print("\nstatic const Source sources[] = {\n%s\n};" % "\n".join(rows))
    print("\n/* Pairs of characters that are one code. */\nstatic const uint16_t pairs[][2] = {")
    for p in pairs:
        print("    {0x%04x, 0x%04x}," % (ord(p[0]), ord(p[1])))
    print("};\n\n/* GB 18030: characters first..last have the four byte codes from this number on. */")
    print("static const struct {\n    uint16_t first, last, pointer;\n} gb18030_runs[] = {")
    for run in gb18030_ranges():
        print("    {0x%04x, 0x%04x, %d}," % tuple(run))
    print("};")


if __name__ == "__main__":
    sys.exit(main())
