# SPDX-License-Identifier: MIT
"""Make src/objects/str/data/ctype_tables.h: the properties of characters that str's methods ask for.

Run by a CPython 3.8 (it is only asked for facts of Unicode 12.1):  python3.8 tools/make_ctype_tables.py > OUT
"""
import ctypes
import sys

api = ctypes.pythonapi
FLAGS = ["ALPHA", "DECIMAL", "DIGIT", "LOWER", "LINEBREAK", "SPACE", "TITLE", "UPPER", "XID_START", "XID_CONTINUE",
         "PRINTABLE", "NUMERIC", "CASE_IGNORABLE", "CASED"]
ASK = ["IsAlpha", "IsDecimalDigit", "IsDigit", "IsLowercase", "IsLinebreak", "IsWhitespace", "IsTitlecase",
       "IsUppercase", "IsXidStart", "IsXidContinue", "IsPrintable", "IsNumeric", "IsCaseIgnorable", "IsCased"]
ask = [getattr(api, "_PyUnicode_" + name) for name in ASK]
simple = [getattr(api, "_PyUnicode_To%scase" % name) for name in ("Lower", "Upper", "Title")]
for function in simple:
    function.restype = ctypes.c_uint32
to_full = [getattr(api, "_PyUnicode_To%sFull" % name) for name in ("Lower", "Upper", "Title", "Folded")]
api._PyUnicode_ToNumeric.restype = ctypes.c_double
SHIFT = 7
out = ctypes.create_string_buffer(12)
words = ctypes.cast(out, ctypes.POINTER(ctypes.c_uint32))


def full(function, c):
    return tuple(words[i] for i in range(function(c, out)))


def record_of(c, full_cases):
    flags = sum(bool(function(c)) << bit for bit, function in enumerate(ask))
    lower, upper, title = (function(c) for function in simple)
    mappings = [full(function, c) for function in to_full]
    special = 0
    if mappings != [(lower,), (upper,), (title,), (lower,)]:
        padded = tuple(x for m in mappings for x in m + (0,) * (3 - len(m)))
        special = full_cases.setdefault(padded, len(full_cases) + 1)
    decimal, digit = api._PyUnicode_ToDecimalDigit(c), api._PyUnicode_ToDigit(c)
    return flags, decimal, digit, lower - c, upper - c, title - c, special


def emit(values, width=118):
    line = ""
    for value in values:
        piece = "%s," % value
        if len(line) + len(piece) > width:
            print(line)
            line = ""
        line += piece
    print(line)


def main():
    records, full_cases, numbers, index = {}, {}, [], []
    record_of(0, full_cases)
    for c in range(0x110000):
        index.append(records.setdefault(record_of(c, full_cases), len(records)))
        if api._PyUnicode_IsNumeric(c):
            numbers.append((c, api._PyUnicode_ToNumeric(c)))
    blocks, first = {}, []
    for start in range(0, len(index), 1 << SHIFT):
        first.append(blocks.setdefault(tuple(index[start:start + (1 << SHIFT)]), len(blocks)))
    print("/* SPDX-License-Identifier: MIT */")
    print("/* Character properties of Unicode 12.1. Made by tools/make_ctype_tables.py; see ctype.c for their use. */")
    print("enum {")
    for bit, name in enumerate(FLAGS):
        print("    CTYPE_%s = 1 << %d," % (name, bit))
    print("    CTYPE_SHIFT = %d\n};" % SHIFT)
    print("typedef struct {\n    unsigned short flags;\n    signed char decimal, digit;\n"
          "    int lower, upper, title; /* distance to the simple mapping */\n"
          "    unsigned short full;     /* row of ctype_full, 0: the simple mappings are all */\n} CtypeRecord;")
    print("static const CtypeRecord ctype_records[] = {")
    for record in records:
        print("{%d,%d,%d,%d,%d,%d,%d}," % record)
    print("};\n/* lower, upper, title, folded: three characters each, 0 where shorter */")
    print("static const unsigned ctype_full[][12] = {{0},")
    for row in full_cases:
        print("{%s}," % ",".join(map(str, row)))
    print("};\nstatic const unsigned char ctype_first[] = {" if len(blocks) < 256 else
          "};\nstatic const unsigned short ctype_first[] = {")
    emit(first)
    print("};\nstatic const unsigned short ctype_second[] = {")
    emit(x for block in blocks for x in block)
    print("};\ntypedef struct {\n    unsigned code;\n    double value;\n} CtypeNumber;")
    print("static const CtypeNumber ctype_numbers[] = {")
    emit("{%d,%r}" % (c, value) for c, value in numbers)
    print("};")


main()
