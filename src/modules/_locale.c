/* SPDX-License-Identifier: MIT */
/* _locale: the C library's locale functions, for locale.py, _bootlocale.py and gettext. */
#include "Python.h"
#include <langinfo.h>
#include <libintl.h>
#include <locale.h>
#include <errno.h>
#include <wchar.h>

int _Py_GetLocaleconvNumeric(struct lconv *lc, PyObject **decimal_point, PyObject **thousands_sep); /* runtime */

static PyObject *locale_error; /* locale.Error */

/* ---- setting and asking ---- */

static PyObject *m_setlocale(PyObject *module, PyObject *args)
{
    int category;
    const char *name = NULL;
    if (!PyArg_ParseTuple(args, "i|z:setlocale", &category, &name))
        return NULL;
    const char *now = setlocale(category, name);
    if (now == NULL) {
        PyErr_SetString(locale_error, name ? "unsupported locale setting" : "locale query failed");
        return NULL;
    }
    return PyUnicode_DecodeLocale(now, NULL);
}

/* Group sizes; CHAR_MAX ends the list and is kept, the final 0 too. */
static PyObject *grouping_list(const char *g)
{
    if (*g == 0)
        return PyList_New(0);
    size_t n = 0;
    while (g[n] != 0 && g[n] != CHAR_MAX)
        n++;
    PyObject *list = PyList_New((Py_ssize_t)n + 1);
    for (size_t i = 0; list != NULL && i <= n; i++) {
        PyObject *size = PyLong_FromLong(g[i]);
        if (size == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, size);
    }
    return list;
}

static int put_steal(PyObject *dict, const char *key, PyObject *value)
{
    int r = value == NULL ? -1 : PyDict_SetItemString(dict, key, value);
    Py_XDECREF(value);
    return r;
}

/* The separators may be in the encoding of LC_NUMERIC, not LC_CTYPE. */
static int put_numeric(PyObject *dict, struct lconv *conv)
{
    PyObject *point, *separator;
    if (_Py_GetLocaleconvNumeric(conv, &point, &separator) < 0)
        return -1;
    int r = PyDict_SetItemString(dict, "decimal_point", point) < 0 ||
            PyDict_SetItemString(dict, "thousands_sep", separator) < 0;
    Py_DECREF(point);
    Py_DECREF(separator);
    return r || put_steal(dict, "grouping", grouping_list(conv->grouping)) < 0 ? -1 : 0;
}

static int put_monetary(PyObject *dict, struct lconv *conv)
{
#define TEXT(name) {#name, conv->name}
#define NUMBER(name) {#name, conv->name}
    const struct {
        const char *key, *value;
    } texts[] = {TEXT(int_curr_symbol), TEXT(currency_symbol), TEXT(mon_decimal_point), TEXT(mon_thousands_sep),
                 TEXT(positive_sign), TEXT(negative_sign)};
    const struct {
        const char *key;
        int value;
    } numbers[] = {NUMBER(int_frac_digits), NUMBER(frac_digits), NUMBER(p_cs_precedes), NUMBER(p_sep_by_space),
                   NUMBER(n_cs_precedes), NUMBER(n_sep_by_space), NUMBER(p_sign_posn), NUMBER(n_sign_posn)};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(texts); i++)
        if (put_steal(dict, texts[i].key, PyUnicode_DecodeLocale(texts[i].value, NULL)) < 0)
            return -1;
    if (put_steal(dict, "mon_grouping", grouping_list(conv->mon_grouping)) < 0)
        return -1;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(numbers); i++)
        if (put_steal(dict, numbers[i].key, PyLong_FromLong(numbers[i].value)) < 0)
            return -1;
    return 0;
}

static PyObject *m_localeconv(PyObject *module, PyObject *ignored)
{
    PyObject *dict = PyDict_New();
    struct lconv conv = *localeconv();
    if (dict != NULL && (put_monetary(dict, &conv) < 0 || put_numeric(dict, &conv) < 0))
        Py_CLEAR(dict);
    return dict;
}

/* ---- comparing ---- */

static wchar_t *wide_of(PyObject *s) { return PyUnicode_AsWideCharString(s, NULL); }

static PyObject *m_strcoll(PyObject *module, PyObject *args)
{
    PyObject *a, *b, *r = NULL;
    if (!PyArg_ParseTuple(args, "UU:strcoll", &a, &b))
        return NULL;
    wchar_t *wa = wide_of(a), *wb = wa ? wide_of(b) : NULL;
    if (wa && wb)
        r = PyLong_FromLong(wcscoll(wa, wb));
    PyMem_Free(wa);
    PyMem_Free(wb);
    return r;
}

static PyObject *m_strxfrm(PyObject *module, PyObject *args)
{
    PyObject *s, *r = NULL;
    if (!PyArg_ParseTuple(args, "U:strxfrm", &s))
        return NULL;
    wchar_t *from = wide_of(s), *to = NULL;
    if (from == NULL)
        return NULL;
    errno = 0;
    size_t n = wcsxfrm(NULL, from, 0);
    if (errno && errno != ERANGE) {
        PyErr_SetFromErrno(PyExc_OSError);
    } else if ((to = PyMem_New(wchar_t, n + 1)) == NULL) {
        PyErr_NoMemory();
    } else {
        errno = 0;
        n = wcsxfrm(to, from, n + 1);
        r = errno ? PyErr_SetFromErrno(PyExc_OSError) : PyUnicode_FromWideChar(to, (Py_ssize_t)n);
    }
    PyMem_Free(to);
    PyMem_Free(from);
    return r;
}

/* ---- langinfo ---- */

static const struct {
    const char *name;
    int value;
} langinfo_constants[] = {
#define L(name) {#name, name}
    L(DAY_1), L(DAY_2), L(DAY_3), L(DAY_4), L(DAY_5), L(DAY_6), L(DAY_7),
    L(ABDAY_1), L(ABDAY_2), L(ABDAY_3), L(ABDAY_4), L(ABDAY_5), L(ABDAY_6), L(ABDAY_7),
    L(MON_1), L(MON_2), L(MON_3), L(MON_4), L(MON_5), L(MON_6), L(MON_7), L(MON_8), L(MON_9), L(MON_10), L(MON_11), L(MON_12),
    L(ABMON_1), L(ABMON_2), L(ABMON_3), L(ABMON_4), L(ABMON_5), L(ABMON_6), L(ABMON_7), L(ABMON_8), L(ABMON_9), L(ABMON_10),
    L(ABMON_11), L(ABMON_12),
    L(RADIXCHAR), L(THOUSEP), L(CRNCYSTR), L(D_FMT), L(D_T_FMT), L(T_FMT), L(AM_STR), L(PM_STR), L(CODESET), L(T_FMT_AMPM),
    L(ERA), L(ERA_D_FMT), L(ERA_D_T_FMT), L(ERA_T_FMT), L(ALT_DIGITS), L(YESEXPR), L(NOEXPR), L(_DATE_FMT),
};

static PyObject *m_nl_langinfo(PyObject *module, PyObject *args)
{
    int key;
    if (!PyArg_ParseTuple(args, "i:nl_langinfo", &key))
        return NULL;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(langinfo_constants); i++)
        if (langinfo_constants[i].value == key) {
            const char *text = nl_langinfo(key);
            return PyUnicode_DecodeLocale(text ? text : "", NULL);
        }
    PyErr_SetString(PyExc_ValueError, "unsupported langinfo constant");
    return NULL;
}

/* ---- gettext ---- */

static PyObject *m_gettext(PyObject *module, PyObject *args)
{
    const char *message;
    return PyArg_ParseTuple(args, "s", &message) ? PyUnicode_DecodeLocale(gettext(message), NULL) : NULL;
}

static PyObject *m_dgettext(PyObject *module, PyObject *args)
{
    const char *domain, *message;
    return PyArg_ParseTuple(args, "zs", &domain, &message) ? PyUnicode_DecodeLocale(dgettext(domain, message), NULL) : NULL;
}

static PyObject *m_dcgettext(PyObject *module, PyObject *args)
{
    const char *domain, *message;
    int category;
    if (!PyArg_ParseTuple(args, "zsi", &domain, &message, &category))
        return NULL;
    return PyUnicode_DecodeLocale(dcgettext(domain, message, category), NULL);
}

static PyObject *m_textdomain(PyObject *module, PyObject *args)
{
    const char *domain;
    if (!PyArg_ParseTuple(args, "z", &domain))
        return NULL;
    domain = textdomain(domain);
    return domain ? PyUnicode_DecodeLocale(domain, NULL) : PyErr_SetFromErrno(PyExc_OSError);
}

static PyObject *m_bindtextdomain(PyObject *module, PyObject *args)
{
    const char *domain;
    PyObject *directory, *bytes = NULL;
    if (!PyArg_ParseTuple(args, "sO", &domain, &directory))
        return NULL;
    if (*domain == 0) {
        PyErr_SetString(locale_error, "domain must be a non-empty string");
        return NULL;
    }
    if (directory != Py_None && !PyUnicode_FSConverter(directory, &bytes))
        return NULL;
    const char *now = bindtextdomain(domain, bytes ? PyBytes_AsString(bytes) : NULL);
    Py_XDECREF(bytes);
    return now ? PyUnicode_DecodeLocale(now, NULL) : PyErr_SetFromErrno(PyExc_OSError);
}

static PyObject *m_bind_textdomain_codeset(PyObject *module, PyObject *args)
{
    const char *domain, *codeset;
    if (!PyArg_ParseTuple(args, "sz", &domain, &codeset))
        return NULL;
    codeset = bind_textdomain_codeset(domain, codeset);
    if (codeset == NULL)
        Py_RETURN_NONE;
    return PyUnicode_DecodeLocale(codeset, NULL);
}

/* ---- tables ---- */

static PyMethodDef methods[] = {
    {"setlocale", m_setlocale, METH_VARARGS, "setlocale(category, name=None): set and return, or only return, a locale."},
    {"localeconv", m_localeconv, METH_NOARGS, "Dict of the conventions for numbers and money."},
    {"strcoll", m_strcoll, METH_VARARGS, "strcoll(a, b) -> int: compare by the locale's collation."},
    {"strxfrm", m_strxfrm, METH_VARARGS, "strxfrm(s) -> str: a key that sorts as the locale's collation does."},
    {"nl_langinfo", m_nl_langinfo, METH_VARARGS, "nl_langinfo(key) -> str: an item of the locale's vocabulary."},
    {"gettext", m_gettext, METH_VARARGS, "gettext(message) -> str: translation in the current domain."},
    {"dgettext", m_dgettext, METH_VARARGS, "dgettext(domain, message) -> str: translation in a domain."},
    {"dcgettext", m_dcgettext, METH_VARARGS, "dcgettext(domain, message, category) -> str: translation for a category."},
    {"textdomain", m_textdomain, METH_VARARGS, "textdomain(domain) -> str: set, or with None return, the domain."},
    {"bindtextdomain", m_bindtextdomain, METH_VARARGS, "bindtextdomain(domain, directory) -> str: where its catalogs are."},
    {"bind_textdomain_codeset", m_bind_textdomain_codeset, METH_VARARGS,
     "bind_textdomain_codeset(domain, codeset) -> str: encoding of its translations."},
    {NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_locale",
    .m_doc = "Support for POSIX locales.",
    .m_methods = methods,
    .m_size = -1,
};

PyMODINIT_FUNC PyInit__locale(void)
{
    static const struct {
        const char *name;
        int value;
    } constants[] = {
        {"LC_CTYPE", LC_CTYPE}, {"LC_TIME", LC_TIME}, {"LC_COLLATE", LC_COLLATE}, {"LC_MONETARY", LC_MONETARY},
        {"LC_MESSAGES", LC_MESSAGES}, {"LC_NUMERIC", LC_NUMERIC}, {"LC_ALL", LC_ALL}, {"CHAR_MAX", CHAR_MAX},
    };
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(constants); i++)
        if (PyModule_AddIntConstant(m, constants[i].name, constants[i].value) < 0)
            goto error;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(langinfo_constants); i++)
        if (PyModule_AddIntConstant(m, langinfo_constants[i].name, langinfo_constants[i].value) < 0)
            goto error;
    if (locale_error == NULL)
        locale_error = PyErr_NewException("locale.Error", NULL, NULL);
    if (locale_error == NULL)
        goto error;
    Py_INCREF(locale_error);
    if (PyModule_AddObject(m, "Error", locale_error) < 0)
        goto error;
    return m;
error:
    Py_DECREF(m);
    return NULL;
}
