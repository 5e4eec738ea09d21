/* SPDX-License-Identifier: MIT */
/* Character properties and simple case mappings, from two-stage tables of Unicode 12.1 (data/ctype_tables.h).
 *
 *   ctype_first[c >> 7] -> block;  ctype_second[block << 7 | c & 127] -> record
 */
#include "objects/str/str.h"
#include "objects/str/data/ctype_tables.h"

const unsigned char _Py_ascii_whitespace[128] = {
    ['\t'] = 1, ['\n'] = 1, ['\v'] = 1, ['\f'] = 1, ['\r'] = 1, [0x1c] = 1, [0x1d] = 1, [0x1e] = 1, [0x1f] = 1, [' '] = 1,
};

static inline const CtypeRecord *record(Py_UCS4 c)
{
    if (UNLIKELY(c > STR_MAXCHAR))
        c = 0xffff; /* a noncharacter */
    unsigned block = ctype_first[c >> CTYPE_SHIFT];
    return &ctype_records[ctype_second[block << CTYPE_SHIFT | (c & ((1 << CTYPE_SHIFT) - 1))]];
}

#define FLAG_FUNCTION(name, flag) \
    int _PyUnicode_##name(Py_UCS4 c) { return (record(c)->flags & (flag)) != 0; }
FLAG_FUNCTION(IsAlpha, CTYPE_ALPHA)
FLAG_FUNCTION(IsDecimalDigit, CTYPE_DECIMAL)
FLAG_FUNCTION(IsDigit, CTYPE_DIGIT)
FLAG_FUNCTION(IsNumeric, CTYPE_NUMERIC)
FLAG_FUNCTION(IsLowercase, CTYPE_LOWER)
FLAG_FUNCTION(IsUppercase, CTYPE_UPPER)
FLAG_FUNCTION(IsTitlecase, CTYPE_TITLE)
FLAG_FUNCTION(IsWhitespace, CTYPE_SPACE)
FLAG_FUNCTION(IsLinebreak, CTYPE_LINEBREAK)
FLAG_FUNCTION(IsXidStart, CTYPE_XID_START)
FLAG_FUNCTION(IsXidContinue, CTYPE_XID_CONTINUE)
FLAG_FUNCTION(IsPrintable, CTYPE_PRINTABLE)
FLAG_FUNCTION(IsCaseIgnorable, CTYPE_CASE_IGNORABLE)
FLAG_FUNCTION(IsCased, CTYPE_CASED)

int _PyUnicode_ToDecimalDigit(Py_UCS4 c) { return record(c)->decimal; }
int _PyUnicode_ToDigit(Py_UCS4 c) { return record(c)->digit; }
Py_UCS4 _PyUnicode_ToLowercase(Py_UCS4 c) { return c + (Py_UCS4)record(c)->lower; }
Py_UCS4 _PyUnicode_ToUppercase(Py_UCS4 c) { return c + (Py_UCS4)record(c)->upper; }
Py_UCS4 _PyUnicode_ToTitlecase(Py_UCS4 c) { return c + (Py_UCS4)record(c)->title; }

double _PyUnicode_ToNumeric(Py_UCS4 c)
{
    size_t low = 0, high = Py_ARRAY_LENGTH(ctype_numbers);
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (ctype_numbers[mid].code == c)
            return ctype_numbers[mid].value;
        if (ctype_numbers[mid].code < c)
            low = mid + 1;
        else
            high = mid;
    }
    return -1.0;
}

static int full_mapping(const CtypeRecord *r, int column, Py_UCS4 *out)
{
    const unsigned *mapped = ctype_full[r->full] + 3 * column;
    out[0] = mapped[0];
    int n = 1;
    for (; n < 3 && mapped[n]; n++)
        out[n] = mapped[n];
    return n;
}

/* The full mappings write 1 to 3 characters and return their number. */
#define FULL_FUNCTION(name, column, field) \
    int _PyUnicode_##name(Py_UCS4 c, Py_UCS4 *out) \
    { \
        const CtypeRecord *r = record(c); \
        if (r->full) \
            return full_mapping(r, column, out); \
        out[0] = c + (Py_UCS4)r->field; \
        return 1; \
    }
FULL_FUNCTION(ToLowerFull, 0, lower)
FULL_FUNCTION(ToUpperFull, 1, upper)
FULL_FUNCTION(ToTitleFull, 2, title)
FULL_FUNCTION(ToFoldedFull, 3, lower)
