/* SPDX-License-Identifier: MIT */
/* Bytes to wide characters and back, in UTF-8 or in the encoding of LC_CTYPE, with the error handlers "strict" and
 * "surrogateescape" (byte b that cannot be decoded <-> U+DC00 + b) and, for UTF-8, "surrogatepass".
 *
 * Everything here works before Python is initialised. Results are -1 for lack of memory, -2 for a text that cannot be
 * converted, -3 for a handler that is not supported. Tests: tests/embedding/test_configurations.py
 */
#include "base/fileutils.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <wchar.h>

static int force_ascii = -1;

/* True if LC_CTYPE is C or POSIX: then bytes above 127 are never letters, whatever mbstowcs() says. */
static int check_force_ascii(void)
{
    const char *name = setlocale(LC_CTYPE, NULL);
    if (name == NULL)
        return 1;
    if (strcmp(name, "C") != 0 && strcmp(name, "POSIX") != 0)
        return 0;
    const char *codeset = nl_langinfo(CODESET);
    return codeset == NULL || codeset[0] == 0 || strcasecmp(codeset, "UTF-8") != 0;
}

int _Py_GetForceASCII(void)
{
    if (force_ascii == -1)
        force_ascii = check_force_ascii();
    return force_ascii;
}

void _Py_ResetForceASCII(void)
{
    force_ascii = -1;
}

_Py_error_handler _Py_GetErrorHandler(const char *errors)
{
    static const struct {
        const char *name;
        _Py_error_handler handler;
    } table[] = {
        {"strict", _Py_ERROR_STRICT},
        {"surrogateescape", _Py_ERROR_SURROGATEESCAPE},
        {"replace", _Py_ERROR_REPLACE},
        {"ignore", _Py_ERROR_IGNORE},
        {"backslashreplace", _Py_ERROR_BACKSLASHREPLACE},
        {"surrogatepass", _Py_ERROR_SURROGATEPASS},
        {"xmlcharrefreplace", _Py_ERROR_XMLCHARREFREPLACE},
    };
    if (errors == NULL)
        return _Py_ERROR_STRICT;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(table); i++)
        if (strcmp(errors, table[i].name) == 0)
            return table[i].handler;
    return _Py_ERROR_OTHER;
}

static int handler_escapes(_Py_error_handler errors, int *escape)
{
    *escape = errors == _Py_ERROR_SURROGATEESCAPE;
    return errors == _Py_ERROR_STRICT || errors == _Py_ERROR_SURROGATEESCAPE ? 0 : -1;
}

/* ---- UTF-8 ---- */

/* Decode one character at s[0..n-1]: its length, or 0 for a bad sequence. */
static int utf8_next(const unsigned char *s, size_t n, int pass_surrogates, wchar_t *out)
{
    unsigned c = s[0];
    if (c < 0x80) {
        *out = (wchar_t)c;
        return 1;
    }
    int length = c >= 0xC2 && c < 0xE0 ? 2 : c >= 0xE0 && c < 0xF0 ? 3 : c >= 0xF0 && c < 0xF5 ? 4 : 0;
    if (length == 0 || (size_t)length > n)
        return 0;
    uint32_t ch = c & (0xFFu >> (length + 1));
    for (int i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80)
            return 0;
        ch = ch << 6 | (s[i] & 0x3F);
    }
    if ((length == 3 && ch < 0x800) || (length == 4 && (ch < 0x10000 || ch > 0x10FFFF)))
        return 0;
    if (ch >= 0xD800 && ch <= 0xDFFF && !pass_surrogates)
        return 0;
    *out = (wchar_t)ch;
    return length;
}

int _Py_DecodeUTF8Ex(const char *text, Py_ssize_t size, wchar_t **wstr, size_t *wlen, const char **reason,
                     _Py_error_handler errors)
{
    int escape = errors == _Py_ERROR_SURROGATEESCAPE, pass = errors == _Py_ERROR_SURROGATEPASS;
    if (errors != _Py_ERROR_STRICT && !escape && !pass)
        return -3;
    if ((size_t)size > (size_t)PY_SSIZE_T_MAX / sizeof(wchar_t) - 1)
        return -1;
    wchar_t *out = PyMem_RawMalloc(((size_t)size + 1) * sizeof(wchar_t)), *w = out;
    if (out == NULL)
        return -1;
    const unsigned char *s = (const unsigned char *)text, *end = s + size;
    while (s < end) {
        int n = utf8_next(s, (size_t)(end - s), pass, w);
        if (n == 0) {
            if (!escape) {
                PyMem_RawFree(out);
                if (wlen)
                    *wlen = (size_t)(s - (const unsigned char *)text);
                if (reason)
                    *reason = *s >= 0x80 && *s < 0xC2 ? "invalid start byte" : "invalid continuation byte";
                return -2;
            }
            *w = (wchar_t)(0xDC00 + *s);
            n = 1;
        }
        w++;
        s += n;
    }
    *w = 0;
    *wstr = out;
    if (wlen)
        *wlen = (size_t)(w - out);
    return 0;
}

wchar_t *_Py_DecodeUTF8_surrogateescape(const char *text, Py_ssize_t size, size_t *wlen)
{
    wchar_t *out;
    int r = _Py_DecodeUTF8Ex(text, size, &out, wlen, NULL, _Py_ERROR_SURROGATEESCAPE);
    if (r != 0) {
        if (wlen)
            *wlen = (size_t)-1;
        return NULL;
    }
    return out;
}

int _Py_EncodeUTF8Ex(const wchar_t *text, char **str, size_t *error_pos, const char **reason, int raw_malloc,
                     _Py_error_handler errors)
{
    int escape = errors == _Py_ERROR_SURROGATEESCAPE, pass = errors == _Py_ERROR_SURROGATEPASS;
    if (errors != _Py_ERROR_STRICT && !escape && !pass)
        return -3;
    size_t n = wcslen(text);
    if (n > (size_t)PY_SSIZE_T_MAX / 4 - 1)
        return -1;
    char *out = raw_malloc ? PyMem_RawMalloc(4 * n + 1) : PyMem_Malloc(4 * n + 1), *p = out;
    if (out == NULL)
        return -1;
    for (size_t i = 0; i < n; i++) {
        uint32_t ch = (uint32_t)text[i];
        if (ch < 0x80) {
            *p++ = (char)ch;
        } else if (ch < 0x800) {
            *p++ = (char)(0xC0 | ch >> 6);
            *p++ = (char)(0x80 | (ch & 0x3F));
        } else if (ch >= 0xD800 && ch <= 0xDFFF && !pass) {
            if (!escape || ch < 0xDC80 || ch > 0xDCFF) {
                raw_malloc ? PyMem_RawFree(out) : PyMem_Free(out);
                if (error_pos)
                    *error_pos = i;
                if (reason)
                    *reason = "encoding error";
                return -2;
            }
            *p++ = (char)(ch & 0xFF);
        } else if (ch < 0x10000) {
            *p++ = (char)(0xE0 | ch >> 12);
            *p++ = (char)(0x80 | (ch >> 6 & 0x3F));
            *p++ = (char)(0x80 | (ch & 0x3F));
        } else {
            *p++ = (char)(0xF0 | (ch >> 18 & 7));
            *p++ = (char)(0x80 | (ch >> 12 & 0x3F));
            *p++ = (char)(0x80 | (ch >> 6 & 0x3F));
            *p++ = (char)(0x80 | (ch & 0x3F));
        }
    }
    *p++ = 0;
    char *fit = raw_malloc ? PyMem_RawRealloc(out, (size_t)(p - out)) : PyMem_Realloc(out, (size_t)(p - out));
    *str = fit ? fit : out;
    return 0;
}

/* ---- the locale ---- */

static int decode_by_locale(const char *text, wchar_t **wstr, size_t *wlen, const char **reason, int ascii, int escape)
{
    size_t n = strlen(text), left = n;
    if (n > (size_t)PY_SSIZE_T_MAX / sizeof(wchar_t) - 1)
        return -1;
    wchar_t *out = PyMem_RawMalloc((n + 1) * sizeof(wchar_t)), *w = out;
    if (out == NULL)
        return -1;
    const unsigned char *s = (const unsigned char *)text;
    mbstate_t state;
    memset(&state, 0, sizeof state);
    while (left > 0) {
        size_t used;
        if (ascii) {
            used = *s < 0x80 ? 1 : (size_t)-1;
            *w = *s;
        } else {
            used = mbrtowc(w, (const char *)s, left, &state);
            if (used == 0)
                break;
        }
        if (used == (size_t)-1 || used == (size_t)-2 || (*w >= 0xD800 && *w <= 0xDFFF) || (uint32_t)*w > 0x10FFFF) {
            if (!escape) {
                PyMem_RawFree(out);
                if (wlen)
                    *wlen = (size_t)(s - (const unsigned char *)text);
                if (reason)
                    *reason = "decoding error";
                return -2;
            }
            if (*s < 0x80) /* cannot be escaped: keep it as it is */
                *w = *s;
            else
                *w = (wchar_t)(0xDC00 + *s);
            used = 1;
            memset(&state, 0, sizeof state);
        }
        s += used;
        left -= used;
        w++;
    }
    *w = 0;
    *wstr = out;
    if (wlen)
        *wlen = (size_t)(w - out);
    return 0;
}

int _Py_DecodeLocaleEx(const char *text, wchar_t **wstr, size_t *wlen, const char **reason, int current_locale,
                       _Py_error_handler errors)
{
    int escape;
    if (!current_locale && Py_UTF8Mode == 1)
        return _Py_DecodeUTF8Ex(text, (Py_ssize_t)strlen(text), wstr, wlen, reason, errors);
    if (handler_escapes(errors, &escape) < 0)
        return -3;
    return decode_by_locale(text, wstr, wlen, reason, !current_locale && _Py_GetForceASCII(), escape);
}

wchar_t *Py_DecodeLocale(const char *text, size_t *wlen)
{
    wchar_t *out;
    int r = _Py_DecodeLocaleEx(text, &out, wlen, NULL, 0, _Py_ERROR_SURROGATEESCAPE);
    if (r == 0)
        return out;
    if (wlen)
        *wlen = r == -1 ? (size_t)-1 : (size_t)-2;
    return NULL;
}

static int encode_by_locale(const wchar_t *text, char **str, size_t *error_pos, const char **reason, int raw_malloc,
                            int ascii, int escape)
{
    size_t n = wcslen(text);
    if (n > (size_t)PY_SSIZE_T_MAX / MB_LEN_MAX - 1)
        return -1;
    size_t room = n * (ascii ? 1 : MB_CUR_MAX) + MB_LEN_MAX + 1;
    char *out = raw_malloc ? PyMem_RawMalloc(room) : PyMem_Malloc(room), *p = out;
    if (out == NULL)
        return -1;
    mbstate_t state;
    memset(&state, 0, sizeof state);
    for (size_t i = 0; i < n; i++) {
        wchar_t ch = text[i];
        size_t made;
        if (escape && ch >= 0xDC80 && ch <= 0xDCFF) {
            *p = (char)(ch - 0xDC00);
            made = 1;
        } else if (ascii) {
            *p = (char)ch;
            made = (uint32_t)ch < 0x80 ? 1 : (size_t)-1;
        } else {
            made = wcrtomb(p, ch, &state);
        }
        if (made == (size_t)-1) {
            raw_malloc ? PyMem_RawFree(out) : PyMem_Free(out);
            if (error_pos)
                *error_pos = i;
            if (reason)
                *reason = "encoding error";
            return -2;
        }
        p += made;
    }
    *p = 0;
    *str = out;
    return 0;
}

static int encode_locale(const wchar_t *text, char **str, size_t *error_pos, const char **reason, int raw_malloc,
                         int current_locale, _Py_error_handler errors)
{
    int escape;
    if (!current_locale && Py_UTF8Mode == 1)
        return _Py_EncodeUTF8Ex(text, str, error_pos, reason, raw_malloc, errors);
    if (handler_escapes(errors, &escape) < 0)
        return -3;
    return encode_by_locale(text, str, error_pos, reason, raw_malloc, !current_locale && _Py_GetForceASCII(), escape);
}

int _Py_EncodeLocaleEx(const wchar_t *text, char **str, size_t *error_pos, const char **reason, int current_locale,
                       _Py_error_handler errors)
{
    return encode_locale(text, str, error_pos, reason, 1, current_locale, errors);
}

static char *encode_or_null(const wchar_t *text, size_t *error_pos, int raw_malloc)
{
    char *out;
    int r = encode_locale(text, &out, error_pos, NULL, raw_malloc, 0, _Py_ERROR_SURROGATEESCAPE);
    if (r == 0) {
        if (error_pos)
            *error_pos = (size_t)-1;
        return out;
    }
    if (r != -2 && error_pos)
        *error_pos = (size_t)-1;
    return NULL;
}

char *Py_EncodeLocale(const wchar_t *text, size_t *error_pos)
{
    return encode_or_null(text, error_pos, 0);
}

char *_Py_EncodeLocaleRaw(const wchar_t *text, size_t *error_pos)
{
    return encode_or_null(text, error_pos, 1);
}

/* decimal_point and thousands_sep as str (new); LC_NUMERIC's encoding may differ from LC_CTYPE's. */
int _Py_GetLocaleconvNumeric(struct lconv *lc, PyObject **decimal_point, PyObject **thousands_sep)
{
    char *old = NULL;
    int plain = (strlen(lc->decimal_point) <= 1 && (unsigned char)lc->decimal_point[0] < 0x80) &&
                (strlen(lc->thousands_sep) <= 1 && (unsigned char)lc->thousands_sep[0] < 0x80);
    if (!plain) {
        const char *now = setlocale(LC_CTYPE, NULL), *numeric = setlocale(LC_NUMERIC, NULL);
        if (now && numeric && strcmp(now, numeric) != 0) {
            old = _PyMem_Strdup(now);
            if (old == NULL) {
                PyErr_NoMemory();
                return -1;
            }
            setlocale(LC_CTYPE, numeric);
        }
    }
    *thousands_sep = NULL;
    *decimal_point = PyUnicode_DecodeLocale(lc->decimal_point, NULL);
    if (*decimal_point)
        *thousands_sep = PyUnicode_DecodeLocale(lc->thousands_sep, NULL);
    if (old) {
        setlocale(LC_CTYPE, old);
        PyMem_Free(old);
    }
    if (*thousands_sep == NULL) {
        Py_CLEAR(*decimal_point);
        return -1;
    }
    return 0;
}
