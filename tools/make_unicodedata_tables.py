# SPDX-License-Identifier: MIT
"""Make src/modules/data/unicodedata_tables.h: facts of Unicode 12.1 (and what was otherwise in 3.2) for unicodedata.

Run by a CPython 3.8, which is only asked for facts:  python3.8 tools/make_unicodedata_tables.py > OUT
How the tables are read is said in src/modules/unicodedata.c.
"""
import collections
import ctypes
import unicodedata as new

old = new.ucd_3_2_0
LAST = 0x110000
SHIFT = 7
# Characters of the name texts: base 92, without quote, backslash, question mark; '~' ends a name.
DIGITS = [chr(c) for c in range(32, 126) if chr(c) not in '"\\?']
ONE, TWO = 50, 84  # first digits below ONE stand alone, below TWO start pairs, the others triples


class NameAPI(ctypes.Structure):
    GETNAME = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.py_object, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)
    _fields_ = [("size", ctypes.c_int), ("getname", ctypes.c_void_p), ("getcode", ctypes.c_void_p)]


def name_api():
    get = ctypes.pythonapi.PyCapsule_GetPointer
    get.restype = ctypes.c_void_p
    get.argtypes = [ctypes.py_object, ctypes.c_char_p]
    api = NameAPI.from_address(get(new.ucnhash_CAPI, b"unicodedata.ucnhash_CAPI"))
    call = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)

    def name_of(code):
        buffer = ctypes.create_string_buffer(300)
        return buffer.value.decode() if call(api.getname)(None, code, buffer, 300, 1) else None
    return name_of


def emit(head, values, width=118):
    print(head + " = {")
    line = ""
    for value in values:
        piece = "%s," % value
        if len(line) + len(piece) > width:
            print(line)
            line = ""
        line += piece
    print(line + "\n};")


def emit_text(head, text, width=110):
    print(head + " =")
    for start in range(0, len(text), width):
        print('"%s"' % text[start:start + width].replace("\\", "\\\\").replace('"', '\\"'))
    print(";")


def two_stage(name, values):
    blocks, first = {}, []
    for start in range(0, len(values), 1 << SHIFT):
        first.append(blocks.setdefault(tuple(values[start:start + (1 << SHIFT)]), len(blocks)))
    small = "unsigned char" if len(blocks) < 256 else "unsigned short"
    emit("static const %s %s_first[]" % (small, name), first)
    flat = [x for block in blocks for x in block]
    small = "unsigned char" if max(flat) < 256 else "unsigned short"
    emit("static const %s %s_second[]" % (small, name), flat)


def names_table(values):
    return "{%s}" % ",".join('"%s"' % v for v in values)


def composition_pairs():
    pairs = {}
    for c in range(LAST):
        d = new.decomposition(chr(c))
        if d and d[0] != "<" and " " in d:
            a, b = (chr(int(x, 16)) for x in d.split())
            if new.normalize("NFC", a + b) == chr(c):
                pairs[ord(a), ord(b)] = c
    return pairs


def basic(db, ch, categories, bidis, widths):
    return (categories.index(db.category(ch)), bidis.index(db.bidirectional(ch)), db.combining(ch), db.mirrored(ch),
            widths.index(db.east_asian_width(ch)))


def numbers(db, ch):
    return db.decimal(ch, -1), db.digit(ch, -1), float(db.numeric(ch, -1))


def main():
    chars = [chr(c) for c in range(LAST)]
    categories = sorted({db.category(ch) for ch in chars for db in (new, old)}, key=lambda v: (v != "Cn", v))
    bidis = sorted({db.bidirectional(ch) for ch in chars for db in (new, old)})
    widths = sorted({db.east_asian_width(ch) for ch in chars for db in (new, old)})
    pairs = composition_pairs()
    seconds = {b for _, b in pairs} | set(range(0x1161, 0x1176)) | set(range(0x11a8, 0x11c3))
    print("/* SPDX-License-Identifier: MIT */\n"
          "/* Unicode 12.1 character database. Made by tools/make_unicodedata_tables.py; see unicodedata.c. */")
    print("static const char *const ucd_categories[] = %s;" % names_table(categories))
    print("static const char *const ucd_bidis[] = %s;" % names_table(bidis))
    print("static const char *const ucd_widths[] = %s;" % names_table(widths))
    print("enum { UCD_SHIFT = %d };" % SHIFT)

    records, index = {}, []
    for c, ch in enumerate(chars):
        check = 0  # a bit a form: not normalized by itself; NFC and NFKC: or may combine with what is before it
        for bit, form in enumerate(("NFD", "NFKD", "NFC", "NFKC")):
            if new.normalize(form, ch) != ch or (bit >= 2 and c in seconds):
                check |= 1 << bit
        index.append(records.setdefault(basic(new, ch, categories, bidis, widths) + (check,), len(records)))
    emit("static const UcdRecord ucd_records[]", ("{%d,%d,%d,%d,%d,%d}" % r for r in records))
    two_stage("ucd_record", index)

    tags, data, index, seen = [""], [0], [], {}
    for ch in chars:
        text = new.decomposition(ch)
        if not text:
            index.append(0)
            continue
        if text not in seen:
            parts = text.split()
            tag = parts.pop(0) if parts[0][0] == "<" else ""
            if tag not in tags:
                tags.append(tag)
            seen[text] = len(data)
            data.append(tags.index(tag) << 8 | len(parts))
            data.extend(int(part, 16) for part in parts)
        index.append(seen[text])
    print("static const char *const ucd_tags[] = %s;" % names_table(tags))
    emit("static const unsigned ucd_decompositions[]", data)
    two_stage("ucd_decomposition", index)
    emit("static const UcdPair ucd_pairs[]", ("{%d,%d,%d}" % (a, b, c) for (a, b), c in sorted(pairs.items())))

    # 3.2: ranges in which anything is otherwise
    runs = []
    corrections = []
    for c, ch in enumerate(chars):
        now = basic(new, ch, categories, bidis, widths) + numbers(new, ch)
        then = basic(old, ch, categories, bidis, widths) + numbers(old, ch)
        d_now, d_then = new.decomposition(ch), old.decomposition(ch)
        if d_then and d_now != d_then:
            corrections.append((c, d_then))
        n_now, n_then = new.normalize("NFKD", ch), old.normalize("NFKD", ch)
        n_c = old.normalize("NFD", ch)
        if d_then and new.normalize("NFD", ch) != n_c and len(n_c) == 1:
            corrections.append((c, "%04X" % ord(n_c)))
        if now == then and bool(d_now) == bool(d_then):
            continue
        row = then + (int(bool(d_now) and not d_then),)
        if runs and runs[-1][1] == c - 1 and runs[-1][2] == row:
            runs[-1][1] = c
        else:
            runs.append([c, c, row])
    emit("static const UcdOld ucd_old[]", ("{%d,%d,%d,%d,%d,%d,%d,%d,%d,%r,%d}" % ((a, b) + row) for a, b, row in runs))
    emit("static const UcdCorrection ucd_corrections[]",
         ("{%d,%d}" % (c, int(d, 16)) for c, d in sorted(set(corrections)) if " " not in d))

    # names: code points in ranges; aliases and named sequences as two more ranges of private use
    name_of = name_api()
    entries = []
    for c in range(LAST):
        n = new.name(chars[c], None)
        if n and not n.startswith(("HANGUL SYLLABLE ", "CJK UNIFIED IDEOGRAPH-")):
            entries.append((c, n))
    extra = [(c, name_of(c)) for c in range(0xf0000, 0xf0600)]
    extra = [(c, n) for c, n in extra if n]
    targets = [new.lookup(n) for c, n in extra]
    entries += extra
    count = collections.Counter(word for _, n in entries for word in n.split(" "))
    words = [w for w, _ in sorted(count.items(), key=lambda item: (-item[1], item[0]))]
    number = {w: i for i, w in enumerate(words)}

    def coded(i):
        if i < ONE:
            return DIGITS[i]
        i -= ONE
        base = len(DIGITS)
        if i < (TWO - ONE) * base:
            return DIGITS[ONE + i // base] + DIGITS[i % base]
        i -= (TWO - ONE) * base
        return DIGITS[TWO + i // base // base] + DIGITS[i // base % base] + DIGITS[i % base]
    ranges, text, offsets = [], "", []
    pieces = []
    size = 0
    for i, (c, n) in enumerate(entries):
        if not ranges or ranges[-1][1] != c - 1:
            ranges.append([c, c, i])
        ranges[-1][1] = c
        if i % 16 == 0:
            offsets.append(size)
        piece = "".join(coded(number[w]) for w in n.split(" ")) + "~"
        pieces.append(piece)
        size += len(piece)
    print("enum { UCD_BASE = %d, UCD_ONE = %d, UCD_TWO = %d, UCD_NAMES = %d, UCD_WORDS = %d };"
          % (len(DIGITS), ONE, TWO, len(entries), len(words)))
    emit_text("static const char ucd_digits[]", "".join(DIGITS))
    emit_text("static const char ucd_words[]", "".join(w + "~" for w in words))
    emit_text("static const char ucd_names[]", "".join(pieces))
    emit("static const unsigned ucd_name_offsets[]", offsets)
    emit("static const UcdRange ucd_name_ranges[]", ("{%d,%d,%d}" % tuple(r) for r in ranges))
    emit("static const UcdAlias ucd_aliases[]",
         ("{%d,{%s}}" % (c, ",".join(str(ord(x)) for x in t)) for (c, n), t in zip(extra, targets)))
    cjk = []
    for c, ch in enumerate(chars):
        if new.name(ch, "").startswith("CJK UNIFIED IDEOGRAPH-"):
            if cjk and cjk[-1][1] == c - 1:
                cjk[-1][1] = c
            else:
                cjk.append([c, c])
    emit("static const unsigned ucd_ideographs[][2]", ("{%d,%d}" % tuple(r) for r in cjk))


main()
