/* SPDX-License-Identifier: MIT */
/* _testcapi: checks of argument parsing and of Py_BuildValue that are made in C: the test_..._code functions, which
 * test_getargs2 runs, and a few more.
 */
#include "testcapi.h"

/* Parse a tuple of the object (stolen; NULL fails) with the format into `target`. 1, or 0 with an exception. */
static int parse_one(PyObject *value, const char *format, void *target)
{
    PyObject *args = value != NULL ? PyTuple_Pack(1, value) : NULL;
    Py_XDECREF(value);
    if (args == NULL)
        return 0;
    int parsed = PyArg_ParseTuple(args, format, target);
    Py_DECREF(args);
    return parsed;
}

static PyObject *test_L_code(PyObject *self, PyObject *unused)
{
    long long value = 0;
    CHECK(parse_one(PyLong_FromLongLong(-(1LL << 40)), "L:test_L_code", &value));
    CHECK(value == -(1LL << 40));
    CHECK(parse_one(PyLong_FromLong(42), "L:test_L_code", &value));
    CHECK(value == 42);
    CHECK_RAISES(!parse_one(PyLong_FromString("10000000000000000", NULL, 16), "L", &value), PyExc_OverflowError);
    Py_RETURN_NONE;
}

/* "k" takes the low bits, whatever the size. */
static PyObject *test_k_code(PyObject *self, PyObject *unused)
{
    unsigned long value = 0;
    CHECK(parse_one(PyLong_FromString("FFFFFFFFFFFFFFFFFFFFFFFF", NULL, 16), "k:test_k_code", &value));
    CHECK(value == ULONG_MAX);
    CHECK(parse_one(PyLong_FromString("-FFFFFFFF000000000000000042", NULL, 16), "k:test_k_code", &value));
    CHECK(value == (unsigned long)-0x42);
    CHECK(parse_one(PyLong_FromLong(7), "k", &value));
    CHECK(value == 7);
    Py_RETURN_NONE;
}

/* "s" needs UTF-8, so a lone surrogate is refused; what passes is the text's own buffer. */
static PyObject *test_s_code(PyObject *self, PyObject *unused)
{
    const char *value = NULL;
    PyObject *text = PyUnicode_FromString("t\xc3\xabte");
    CHECK(text != NULL);
    Py_INCREF(text);
    CHECK(parse_one(text, "s:test_s_code", &value));
    CHECK(value == PyUnicode_AsUTF8(text));
    CHECK(strcmp(value, "t\xc3\xabte") == 0);
    Py_DECREF(text);
    CHECK_RAISES(!parse_one(PyUnicode_FromOrdinal(0xD800), "s", &value), PyExc_UnicodeEncodeError);
    Py_RETURN_NONE;
}

/* Parse `text` with "u#"-like formats and compare with the expectation. 1 or 0. */
static int wide_matches(const char *text, const char *format, const wchar_t *expected)
{
    PyObject *value = PyUnicode_FromString(text);
    PyObject *args = value != NULL ? PyTuple_Pack(1, value) : NULL;
    Py_XDECREF(value);
    if (args == NULL)
        return 0;
    wchar_t *wide = NULL;
    Py_ssize_t length = -1;
    int good = PyArg_ParseTuple(args, format, &wide, &length) && (size_t)length == wcslen(expected) &&
               wcscmp(wide, expected) == 0;
    Py_DECREF(args);
    return good;
}

static PyObject *test_u_code(PyObject *self, PyObject *unused)
{
    const wchar_t *wide = NULL;
    CHECK(parse_one(PyUnicode_FromString("plain"), "u:test_u_code", &wide));
    CHECK(wide_matches("plain", "u#:test_u_code", L"plain"));
    CHECK(wide_matches("\xf0\x9f\x90\x8d \xe2\x82\xac", "u#:test_u_code", L"\U0001f40d \u20ac"));
    CHECK_RAISES(!parse_one(PyLong_FromLong(1), "u", &wide), PyExc_TypeError);
    Py_RETURN_NONE;
}

/* "Z" is "u" that takes None for NULL. */
static PyObject *test_Z_code(PyObject *self, PyObject *unused)
{
    wchar_t *first = L"left", *second = L"alone";
    Py_ssize_t length = 5;
    PyObject *args = PyTuple_Pack(2, Py_None, Py_None);
    CHECK(args != NULL);
    int parsed = PyArg_ParseTuple(args, "ZZ#:test_Z_code", &first, &second, &length);
    Py_DECREF(args);
    CHECK(parsed);
    CHECK(first == NULL);
    CHECK(second == NULL);
    CHECK(length == 0);
    CHECK(wide_matches("\xc3\xa9", "Z#:test_Z_code", L"\u00e9"));
    Py_RETURN_NONE;
}

static PyObject *test_empty_argparse(PyObject *self, PyObject *unused)
{
    static char *no_names[] = {NULL};
    PyObject *args = PyTuple_New(0);
    PyObject *keywords = PyDict_New();
    CHECK(args != NULL && keywords != NULL);
    CHECK(PyArg_ParseTuple(args, "|:test_empty_argparse"));
    CHECK(PyArg_ParseTuple(args, ""));
    CHECK(PyArg_ParseTupleAndKeywords(args, NULL, "|:test_empty_argparse", no_names));
    CHECK(PyArg_ParseTupleAndKeywords(args, keywords, "", no_names));
    Py_DECREF(args);
    Py_DECREF(keywords);
    Py_RETURN_NONE;
}

/* ---- Py_BuildValue ---- */

/* "N" takes over the reference on success and also when the building fails. */
static PyObject *test_buildvalue_N(PyObject *self, PyObject *unused)
{
    PyObject *item = PyList_New(0);
    CHECK(item != NULL);
    Py_INCREF(item);
    PyObject *built = Py_BuildValue("N", item);
    CHECK(built == item);
    CHECK(Py_REFCNT(item) == 2);
    Py_DECREF(built);

    static const char *const failing[] = {"(NiO)", "[NiO]", "{NiiO}", "(i(N)O)"};
    for (Py_ssize_t i = 0; i < COUNT_OF(failing); i++) {
        Py_INCREF(item);
        PyObject *none = NULL;
        built = failing[i][1] == 'i' ? Py_BuildValue(failing[i], 1, item, none)
                : failing[i][0] == '{' ? Py_BuildValue(failing[i], item, 1, 2, none)
                                       : Py_BuildValue(failing[i], item, 1, none);
        CHECK(built == NULL);
        PyErr_Clear();
        CHECK(Py_REFCNT(item) == 1);
    }
    Py_INCREF(item);
    built = Py_BuildValue("(N[N])", item, PyList_New(1));
    CHECK(built != NULL && PyTuple_GET_SIZE(built) == 2);
    CHECK(PyTuple_GET_ITEM(built, 0) == item);
    Py_DECREF(built);
    CHECK(Py_REFCNT(item) == 1);
    Py_DECREF(item);
    Py_RETURN_NONE;
}

/* A format of several items that cannot be completed raises, in a tuple without parentheses as well. */
static PyObject *test_buildvalue_issue38913(PyObject *self, PyObject *unused)
{
    const char broken[] = "\xff";
    const wchar_t *wide = L"\U0001f40d";
    CHECK_RAISES(Py_BuildValue("(s#O)", broken, (Py_ssize_t)1, Py_None) == NULL, PyExc_UnicodeDecodeError);
    CHECK_RAISES(Py_BuildValue("s#O", broken, (Py_ssize_t)1, Py_None) == NULL, PyExc_UnicodeDecodeError);
    PyObject *good = Py_BuildValue("s#u#y#", "abc", (Py_ssize_t)2, wide, (Py_ssize_t)1, broken, (Py_ssize_t)1);
    CHECK(good != NULL);
    CHECK(PyTuple_Check(good) && PyTuple_GET_SIZE(good) == 3);
    CHECK(PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(good, 0), "ab") == 0);
    CHECK(PyUnicode_ReadChar(PyTuple_GET_ITEM(good, 1), 0) == 0x1f40d);
    CHECK(PyBytes_GET_SIZE(PyTuple_GET_ITEM(good, 2)) == 1);
    Py_DECREF(good);
    Py_RETURN_NONE;
}

/* A NULL string becomes None. */
static PyObject *test_null_strings(PyObject *self, PyObject *unused)
{
    PyObject *text = PyObject_Str(NULL);
    CHECK(text != NULL && PyUnicode_CompareWithASCIIString(text, "<NULL>") == 0);
    Py_DECREF(text);
    PyObject *bytes = PyObject_Bytes(NULL);
    CHECK(bytes != NULL && strcmp(PyBytes_AS_STRING(bytes), "<NULL>") == 0);
    Py_DECREF(bytes);
    PyObject *built = Py_BuildValue("(zsu)", NULL, NULL, NULL);
    CHECK(built != NULL);
    for (Py_ssize_t i = 0; i < 3; i++)
        CHECK(PyTuple_GET_ITEM(built, i) == Py_None);
    return built;
}

#define TEST(name) {#name, name, METH_NOARGS}
static PyMethodDef functions[] = {
    TEST(test_L_code),       TEST(test_k_code),         TEST(test_s_code),       TEST(test_u_code), TEST(test_Z_code),
    TEST(test_empty_argparse), TEST(test_buildvalue_N), TEST(test_buildvalue_issue38913), TEST(test_null_strings), {NULL},
};

int testcapi_add_argument_tests(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
