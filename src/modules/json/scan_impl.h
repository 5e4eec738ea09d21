/* SPDX-License-Identifier: MIT */
/* _json: the parser, a template over the width of a character. scanner.c includes it three times and defines before it
 *
 *   CHAR        the character type       FN(name)   the name with a suffix      KIND   PyUnicode_nBYTE_KIND
 *
 * Every function takes the whole text s[0..scan->length-1] and an index and reports, through *end, the index after
 * what it read. Results are new references.
 */

static inline int FN(is_space)(CHAR c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

static inline Py_ssize_t FN(skip_space)(Scan *scan, const CHAR *s, Py_ssize_t i)
{
    while (i < scan->length && FN(is_space)(s[i]))
        i++;
    return i;
}

/* First index from i on of a quote, a backslash or (strict) a control character; the length if there is none. */
static inline Py_ssize_t FN(plain_end)(const CHAR *s, Py_ssize_t i, Py_ssize_t length, int strict)
{
#if KIND == 1 && defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"'), slash = _mm_set1_epi8('\\'), low = _mm_set1_epi8(strict ? 0x1f : 0);
    for (; i + 16 <= length; i += 16) {
        __m128i chunk = _mm_loadu_si128((const __m128i *)(s + i));
        __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(chunk, quote), _mm_cmpeq_epi8(chunk, slash));
        if (strict)
            hit = _mm_or_si128(hit, _mm_cmpeq_epi8(_mm_max_epu8(chunk, low), low));
        int mask = _mm_movemask_epi8(hit);
        if (mask)
            return i + __builtin_ctz((unsigned)mask);
    }
#endif
    for (; i < length; i++)
        if (s[i] == '"' || s[i] == '\\' || (strict && s[i] <= 0x1f))
            break;
    return i;
}

static inline PyObject *FN(make_str)(Scan *scan, const CHAR *s, Py_ssize_t n)
{
#if KIND == 1
    if (scan->ascii) {
        if (n == 1)
            return PyUnicode_FromOrdinal(s[0]);
        PyObject *text = PyUnicode_New(n, 127);
        if (text != NULL)
            memcpy(PyUnicode_DATA(text), s, (size_t)n);
        return text;
    }
#endif
    return PyUnicode_FromKindAndData(KIND, s, n);
}

/* Four hexadecimal digits; -1 if they are none. */
static int FN(hex4)(const CHAR *s)
{
    int value = 0;
    for (int i = 0; i < 4; i++) {
        CHAR c = s[i];
        int d = c < 128 ? Py_ISXDIGIT(c) ? (int)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10) : -1 : -1;
        if (d < 0)
            return -1;
        value = value << 4 | d;
    }
    return value;
}

/* The escape whose backslash is at i. Its character, or -1 with an exception. */
static long FN(escape)(Scan *scan, const CHAR *s, Py_ssize_t i, Py_ssize_t begin, Py_ssize_t *end)
{
    if (i + 1 >= scan->length) {
        tai_json_raise("Unterminated string starting at", scan->doc, begin);
        return -1;
    }
    *end = i + 2;
    switch (s[i + 1]) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    case 'u': break;
    default: tai_json_raise("Invalid \\escape", scan->doc, i); return -1;
    }
    long high = i + 6 < scan->length ? FN(hex4)(s + i + 2) : -1; /* a quote has to follow, too */
    if (high < 0) {
        tai_json_raise("Invalid \\uXXXX escape", scan->doc, i + 1);
        return -1;
    }
    *end = i + 6;
    if (Py_UNICODE_IS_HIGH_SURROGATE(high) && i + 12 < scan->length && s[i + 6] == '\\' && s[i + 7] == 'u') {
        int low = FN(hex4)(s + i + 8);
        if (low >= 0 && Py_UNICODE_IS_LOW_SURROGATE(low)) {
            *end = i + 12;
            return (long)Py_UNICODE_JOIN_SURROGATES(high, low);
        }
    }
    return high;
}

/* The string whose first character is at i, one after the quote. */
static PyObject *FN(string)(Scan *scan, const CHAR *s, Py_ssize_t i, Py_ssize_t *end)
{
    Py_ssize_t begin = i - 1, stop = FN(plain_end)(s, i, scan->length, scan->strict);
    if (stop < scan->length && s[stop] == '"') {
        *end = stop + 1;
        return FN(make_str)(scan, s + i, stop - i);
    }
    _PyUnicodeWriter writer;
    _PyUnicodeWriter_Init(&writer);
    writer.overallocate = 1;
    for (;;) {
        if (stop > i) {
            PyObject *part = FN(make_str)(scan, s + i, stop - i);
            int failed = part == NULL || _PyUnicodeWriter_WriteStr(&writer, part) < 0;
            Py_XDECREF(part);
            if (failed)
                goto error;
        }
        if (stop >= scan->length) {
            tai_json_raise("Unterminated string starting at", scan->doc, begin);
            goto error;
        }
        if (s[stop] == '"') {
            *end = stop + 1;
            return _PyUnicodeWriter_Finish(&writer);
        }
        if (s[stop] != '\\') {
            tai_json_raise("Invalid control character at", scan->doc, stop);
            goto error;
        }
        long c = FN(escape)(scan, s, stop, begin, &i);
        if (c < 0 || _PyUnicodeWriter_WriteChar(&writer, (Py_UCS4)c) < 0)
            goto error;
        stop = FN(plain_end)(s, i, scan->length, scan->strict);
    }
error:
    _PyUnicodeWriter_Dealloc(&writer);
    return NULL;
}

/* A key: the same object as before for the same short text. */
static PyObject *FN(key)(Scan *scan, const CHAR *s, Py_ssize_t i, Py_ssize_t *end)
{
#if KIND == 1
    Py_ssize_t stop = i, limit = i + MEMO_LENGTH < scan->length ? i + MEMO_LENGTH : scan->length;
    uint32_t hash = 5381;
    while (stop < limit && s[stop] != '"' && s[stop] != '\\' && s[stop] > 0x1f)
        hash = hash * 33 + s[stop++];
    if (stop < limit && s[stop] == '"') {
        Py_ssize_t n = stop - i;
        PyObject **place = &scan->scanner->memo[(hash ^ hash >> 8 ^ hash >> 16) % MEMO_SIZE], *known = *place;
        if (known != NULL && PyUnicode_GET_LENGTH(known) == n && memcmp(PyUnicode_1BYTE_DATA(known), s + i, (size_t)n) == 0) {
            *end = stop + 1;
            Py_INCREF(known);
            return known;
        }
        PyObject *key = FN(string)(scan, s, i, end);
        if (key != NULL && PyUnicode_KIND(key) == PyUnicode_1BYTE_KIND) {
            Py_INCREF(key);
            Py_XSETREF(*place, key);
        }
        return key;
    }
#endif
    return FN(string)(scan, s, i, end);
}

static PyObject *FN(value)(Scan *scan, const CHAR *s, Py_ssize_t i, Py_ssize_t *end);

/* The object whose brace is before i. */
static PyObject *FN(object)(Scan *scan, const CHAR *s, Py_ssize_t i, Py_ssize_t *end)
{
    int pairs = scan->scanner->object_pairs_hook != Py_None;
    PyObject *result = pairs ? PyList_New(0) : PyDict_New(), *key = NULL, *value = NULL;
    if (result == NULL)
        return NULL;
    i = FN(skip_space)(scan, s, i);
    if (i >= scan->length || s[i] != '}')
        for (;;) {
            if (i >= scan->length || s[i] != '"') {
                tai_json_raise("Expecting property name enclosed in double quotes", scan->doc, i);
                goto error;
            }
            if ((key = FN(key)(scan, s, i + 1, &i)) == NULL)
                goto error;
            i = FN(skip_space)(scan, s, i);
            if (i >= scan->length || s[i] != ':') {
                tai_json_raise("Expecting ':' delimiter", scan->doc, i);
                goto error;
            }
            i = FN(skip_space)(scan, s, i + 1);
            if ((value = FN(value)(scan, s, i, &i)) == NULL)
                goto error;
            if (pairs) {
                PyObject *pair = PyTuple_Pack(2, key, value);
                int failed = pair == NULL || PyList_Append(result, pair) < 0;
                Py_XDECREF(pair);
                if (failed)
                    goto error;
            }
            else if (PyDict_SetItem(result, key, value) < 0)
                goto error;
            Py_CLEAR(key);
            Py_CLEAR(value);
            i = FN(skip_space)(scan, s, i);
            if (i < scan->length && s[i] == '}')
                break;
            if (i >= scan->length || s[i] != ',') {
                tai_json_raise("Expecting ',' delimiter", scan->doc, i);
                goto error;
            }
            i = FN(skip_space)(scan, s, i + 1);
        }
    *end = i + 1;
    return tai_json_hook(pairs ? scan->scanner->object_pairs_hook : scan->scanner->object_hook, result);
error:
    Py_XDECREF(key);
    Py_XDECREF(value);
    Py_DECREF(result);
    return NULL;
}

/* The array whose bracket is before i. */
static PyObject *FN(array)(Scan *scan, const CHAR *s, Py_ssize_t i, Py_ssize_t *end)
{
    PyObject *result = PyList_New(0);
    if (result == NULL)
        return NULL;
    i = FN(skip_space)(scan, s, i);
    if (i >= scan->length || s[i] != ']')
        for (;;) {
            PyObject *value = FN(value)(scan, s, i, &i);
            if (value == NULL)
                goto error;
            int failed = PyList_Append(result, value);
            Py_DECREF(value);
            if (failed)
                goto error;
            i = FN(skip_space)(scan, s, i);
            if (i < scan->length && s[i] == ']')
                break;
            if (i >= scan->length || s[i] != ',') {
                tai_json_raise("Expecting ',' delimiter", scan->doc, i);
                goto error;
            }
            i = FN(skip_space)(scan, s, i + 1);
        }
    *end = i + 1;
    return result;
error:
    Py_DECREF(result);
    return NULL;
}

static inline int FN(is_digit)(CHAR c) { return c >= '0' && c <= '9'; }

static PyObject *FN(number)(Scan *scan, const CHAR *s, Py_ssize_t start, Py_ssize_t *end)
{
    Py_ssize_t i = start, length = scan->length;
    int is_float = 0;
    if (s[i] == '-')
        i++;
    if (i >= length || !FN(is_digit)(s[i])) {
        tai_json_no_value(start);
        return NULL;
    }
    if (s[i] == '0')
        i++;
    else
        while (i < length && FN(is_digit)(s[i]))
            i++;
    if (i + 1 < length && s[i] == '.' && FN(is_digit)(s[i + 1])) {
        is_float = 1;
        for (i += 2; i < length && FN(is_digit)(s[i]); i++)
            ;
    }
    if (i + 1 < length && (s[i] == 'e' || s[i] == 'E')) {
        Py_ssize_t digits = i + 1;
        if (s[digits] == '-' || s[digits] == '+')
            digits++;
        if (digits < length && FN(is_digit)(s[digits])) {
            is_float = 1;
            for (i = digits + 1; i < length && FN(is_digit)(s[i]); i++)
                ;
        }
    }
    *end = i;
    Py_ssize_t n = i - start;
    if (!is_float && n <= 18 && scan->scanner->parse_int == (PyObject *)&PyLong_Type) {
        int64_t value = 0;
        for (Py_ssize_t at = start + (s[start] == '-'); at < i; at++)
            value = value * 10 + (s[at] - '0');
        return PyLong_FromLongLong(s[start] == '-' ? -value : value);
    }
    char small[64], *text = n < (Py_ssize_t)sizeof(small) ? small : PyMem_Malloc((size_t)n + 1);
    if (text == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t at = 0; at < n; at++)
        text[at] = (char)s[start + at];
    text[n] = 0;
    PyObject *result = tai_json_number(scan, text, n, is_float);
    if (text != small)
        PyMem_Free(text);
    return result;
}

/* Does the name stand at i? */
static inline int FN(is_name)(Scan *scan, const CHAR *s, Py_ssize_t i, const char *name, Py_ssize_t n)
{
    if (i + n > scan->length)
        return 0;
    for (Py_ssize_t at = 0; at < n; at++)
        if (s[i + at] != (CHAR)name[at])
            return 0;
    return 1;
}

static PyObject *FN(value)(Scan *scan, const CHAR *s, Py_ssize_t i, Py_ssize_t *end)
{
    PyObject *result;
    if (i >= scan->length) {
        tai_json_no_value(scan->length);
        return NULL;
    }
#define NAME(TEXT, VALUE)                                                                                            \
    if (FN(is_name)(scan, s, i, TEXT, sizeof(TEXT) - 1)) {                                                           \
        *end = i + (Py_ssize_t)sizeof(TEXT) - 1;                                                                     \
        return VALUE;                                                                                                \
    }
    switch (s[i]) {
    case '"':
        return FN(string)(scan, s, i + 1, end);
    case '{':
        if (tai_enter_c(" while decoding a JSON object from a unicode string"))
            return NULL;
        result = FN(object)(scan, s, i + 1, end);
        tai_leave_c();
        return result;
    case '[':
        if (tai_enter_c(" while decoding a JSON array from a unicode string"))
            return NULL;
        result = FN(array)(scan, s, i + 1, end);
        tai_leave_c();
        return result;
    case 'n': NAME("null", (Py_INCREF(Py_None), Py_None)) break;
    case 't': NAME("true", (Py_INCREF(Py_True), Py_True)) break;
    case 'f': NAME("false", (Py_INCREF(Py_False), Py_False)) break;
    case 'N': NAME("NaN", tai_json_constant(scan, "NaN")) break;
    case 'I': NAME("Infinity", tai_json_constant(scan, "Infinity")) break;
    case '-': NAME("-Infinity", tai_json_constant(scan, "-Infinity")) break;
    default: break;
    }
#undef NAME
    return FN(number)(scan, s, i, end);
}

#undef CHAR
#undef FN
#undef KIND
