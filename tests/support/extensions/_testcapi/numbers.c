/* SPDX-License-Identifier: MIT */
/* _testcapi: ints and floats: conversions to and from C at the limits, bases, bits, texts. */
#include "testcapi.h"

#include <float.h>
#include <limits.h>

/* The int written in hexadecimal (new), or NULL with an exception. */
static PyObject *hex_int(const char *digits)
{
    return PyLong_FromString(digits, NULL, 16);
}

/* pynumber_tobase(number, base) */
static PyObject *pynumber_tobase(PyObject *self, PyObject *args)
{
    PyObject *number;
    int base;
    if (!PyArg_ParseTuple(args, "Oi:pynumber_tobase", &number, &base))
        return NULL;
    return PyNumber_ToBase(number, base);
}

/* ---- there and back, for each width: the limits, what lies beyond, and a wrong type ---- */

#define DEFINE_ROUND_TRIP(name, type, to_c, from_c, last, first, last_hex_plus_one, before_first_hex)           \
    static PyObject *name(PyObject *self, PyObject *unused)                                                       \
    {                                                                                                              \
        static const type samples[] = {first, first + 1, 0, 1, 12345, last / 2, last - 1, last};                   \
        for (Py_ssize_t i = 0; i < COUNT_OF(samples); i++) {                                                       \
            PyObject *number = from_c(samples[i]);                                                                 \
            CHECK(number != NULL);                                                                                 \
            type back = to_c(number);                                                                              \
            CHECK(!PyErr_Occurred() && back == samples[i]);                                                        \
            Py_DECREF(number);                                                                                     \
        }                                                                                                          \
        static const char *const outside[] = {last_hex_plus_one, before_first_hex, "123456789ABCDEF0123456789"};   \
        for (Py_ssize_t i = 0; i < COUNT_OF(outside); i++) {                                                       \
            PyObject *number = hex_int(outside[i]);                                                                \
            CHECK(number != NULL);                                                                                 \
            CHECK_RAISES(to_c(number) == (type)-1, PyExc_OverflowError);                                           \
            Py_DECREF(number);                                                                                     \
        }                                                                                                          \
        CHECK_RAISES(to_c(Py_None) == (type)-1, PyExc_TypeError);                                                  \
        Py_RETURN_NONE;                                                                                            \
    }

#define UP "10000000000000000"
#define HALF_UP "8000000000000000"
#define HALF_DOWN "-8000000000000001"
DEFINE_ROUND_TRIP(check_long, long, PyLong_AsLong, PyLong_FromLong, LONG_MAX, LONG_MIN, HALF_UP, HALF_DOWN)
DEFINE_ROUND_TRIP(check_ulong, unsigned long, PyLong_AsUnsignedLong, PyLong_FromUnsignedLong, ULONG_MAX, 0, UP, "-1")
DEFINE_ROUND_TRIP(check_llong, long long, PyLong_AsLongLong, PyLong_FromLongLong, LLONG_MAX, LLONG_MIN, HALF_UP, HALF_DOWN)
DEFINE_ROUND_TRIP(check_ullong, unsigned long long, PyLong_AsUnsignedLongLong, PyLong_FromUnsignedLongLong, ULLONG_MAX, 0,
                  UP, "-1")
DEFINE_ROUND_TRIP(check_size, size_t, PyLong_AsSize_t, PyLong_FromSize_t, SIZE_MAX, 0, UP, "-1")
DEFINE_ROUND_TRIP(check_ssize, Py_ssize_t, PyLong_AsSsize_t, PyLong_FromSsize_t, PY_SSIZE_T_MAX, PY_SSIZE_T_MIN, HALF_UP,
                  HALF_DOWN)

/* Run two of them. */
static PyObject *both(PyObject *(*first)(PyObject *, PyObject *), PyObject *(*second)(PyObject *, PyObject *))
{
    PyObject *result = first(NULL, NULL);
    if (result == NULL)
        return NULL;
    Py_DECREF(result);
    return second(NULL, NULL);
}

static PyObject *test_long_api(PyObject *self, PyObject *unused)
{
    return both(check_long, check_ulong);
}

static PyObject *test_longlong_api(PyObject *self, PyObject *unused)
{
    return both(check_llong, check_ullong);
}

static PyObject *test_long_as_size_t(PyObject *self, PyObject *unused)
{
    return both(check_size, check_ssize);
}

/* ---- ...AndOverflow: the side on which the number leaves the range, without an exception ---- */

static const struct {
    const char *digits;
    int side;
    long long value;
} overflow_samples[] = {
    {HALF_UP, 1, -1},       {UP, 1, -1},          {HALF_DOWN, -1, -1}, {"-" UP, -1, -1},   {"7FFFFFFFFFFFFFFF", 0, LLONG_MAX},
    {"-" HALF_UP, 0, LLONG_MIN}, {"FF", 0, 0xFF}, {"-1", 0, -1},       {"0", 0, 0},
};

#define DEFINE_OVERFLOW(name, type, convert)                                      \
    static PyObject *name(PyObject *self, PyObject *unused)                         \
    {                                                                             \
        int side;                                                                 \
        for (Py_ssize_t i = 0; i < COUNT_OF(overflow_samples); i++) {             \
            PyObject *number = hex_int(overflow_samples[i].digits);               \
            CHECK(number != NULL);                                                \
            side = 42;                                                            \
            type value = convert(number, &side);                                  \
            Py_DECREF(number);                                                    \
            CHECK(!PyErr_Occurred());                                             \
            CHECK(side == overflow_samples[i].side);                              \
            CHECK(value == (type)overflow_samples[i].value);                      \
        }                                                                         \
        side = 42;                                                                \
        CHECK_RAISES(convert(Py_None, &side) == -1, PyExc_TypeError);             \
        CHECK(side == 0);                                                         \
        Py_RETURN_NONE;                                                           \
    }
DEFINE_OVERFLOW(test_long_and_overflow, long, PyLong_AsLongAndOverflow)
DEFINE_OVERFLOW(test_long_long_and_overflow, long long, PyLong_AsLongLongAndOverflow)

/* ---- other conversions ---- */

static PyObject *test_long_as_unsigned_long_long_mask(PyObject *self, PyObject *unused)
{
    static const struct {
        const char *digits;
        unsigned long long low;
    } samples[] = {{"5", 5}, {"-1", ULLONG_MAX}, {UP, 0}, {"ABC0123456789ABCDEF", 0x0123456789ABCDEFULL}, {"-" UP "02", ~1ULL}};
    for (Py_ssize_t i = 0; i < COUNT_OF(samples); i++) {
        PyObject *number = hex_int(samples[i].digits);
        CHECK(number != NULL);
        unsigned long long low = PyLong_AsUnsignedLongLongMask(number);
        Py_DECREF(number);
        CHECK(!PyErr_Occurred());
        CHECK(low == samples[i].low);
    }
    CHECK_RAISES(PyLong_AsUnsignedLongLongMask(NULL) == ULLONG_MAX, PyExc_SystemError);
    Py_RETURN_NONE;
}

static PyObject *test_long_as_double(PyObject *self, PyObject *unused)
{
    PyObject *number = PyLong_FromLong(-12345);
    CHECK(number != NULL);
    CHECK(PyLong_AsDouble(number) == -12345.0);
    Py_SETREF(number, hex_int("1" UP));
    CHECK(number != NULL);
    CHECK(PyLong_AsDouble(number) == 313594649253062377472.0);
    Py_DECREF(number);
    PyObject *one = PyLong_FromLong(1), *shift = PyLong_FromLong(DBL_MAX_EXP);
    number = one != NULL && shift != NULL ? PyNumber_Lshift(one, shift) : NULL;
    Py_XDECREF(one);
    Py_XDECREF(shift);
    CHECK(number != NULL);
    CHECK_RAISES(PyLong_AsDouble(number) == -1.0, PyExc_OverflowError);
    Py_DECREF(number);
    CHECK_RAISES(PyLong_AsDouble(Py_None) == -1.0, PyExc_TypeError);
    Py_RETURN_NONE;
}

static PyObject *test_long_numbits(PyObject *self, PyObject *unused)
{
    static const struct {
        long value;
        size_t bits;
        int sign;
    } samples[] = {{0, 0, 0},       {1, 1, 1},        {-1, 1, -1},         {2, 2, 1},          {-3, 2, -1},
                   {4, 3, 1},       {0x7FFF, 15, 1},  {-0x8000, 16, -1},   {0x3FFFFFFF, 30, 1}, {0x40000000, 31, 1},
                   {-0xFFFFFFFL, 28, -1}, {1L << 60, 61, 1}, {-(1L << 61), 62, -1}};
    for (Py_ssize_t i = 0; i < COUNT_OF(samples); i++) {
        PyObject *number = PyLong_FromLong(samples[i].value);
        CHECK(number != NULL);
        CHECK(_PyLong_NumBits(number) == samples[i].bits);
        CHECK(_PyLong_Sign(number) == samples[i].sign);
        Py_DECREF(number);
    }
    Py_RETURN_NONE;
}

/* PyOS_string_to_double takes a C float literal, no spaces, and says where it ended. */
static PyObject *test_string_to_double(PyObject *self, PyObject *unused)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {{"0.1", 0.1}, {"1.234", 1.234}, {"-1.35", -1.35}, {".1e01", 1.0}, {"2.e-02", 0.02}, {"1e5", 100000.0}};
    for (Py_ssize_t i = 0; i < COUNT_OF(good); i++)
        CHECK(PyOS_string_to_double(good[i].text, NULL, NULL) == good[i].value && !PyErr_Occurred());
    static const char *const bad[] = {"", " 0.1", "0.1\t", "0.1x", "spam", ".e1", "1e", "--1", "0x1p3"};
    for (Py_ssize_t i = 0; i < COUNT_OF(bad); i++)
        CHECK_RAISES(PyOS_string_to_double(bad[i], NULL, NULL) == -1.0, PyExc_ValueError);
    CHECK_RAISES(PyOS_string_to_double("1e500", NULL, PyExc_OverflowError) == -1.0, PyExc_OverflowError);
    CHECK(PyOS_string_to_double("-1e500", NULL, NULL) == -Py_HUGE_VAL);
    const char *text = "12.5 apples";
    char *end = NULL;
    CHECK(PyOS_string_to_double(text, &end, NULL) == 12.5);
    CHECK(end == text + 4);
    Py_RETURN_NONE;
}

/* What pyconfig.h says about C types is so. */
static PyObject *test_config(PyObject *self, PyObject *unused)
{
    CHECK(SIZEOF_SHORT == sizeof(short));
    CHECK(SIZEOF_INT == sizeof(int));
    CHECK(SIZEOF_LONG == sizeof(long));
    CHECK(SIZEOF_LONG_LONG == sizeof(long long));
    CHECK(SIZEOF_VOID_P == sizeof(void *));
    CHECK(SIZEOF_SIZE_T == sizeof(size_t));
    CHECK(SIZEOF_TIME_T == sizeof(time_t));
    CHECK(SIZEOF_WCHAR_T == sizeof(wchar_t));
    Py_RETURN_NONE;
}

/* Sizes and signs that the API assumes. */
static PyObject *test_sizeof_c_types(PyObject *self, PyObject *unused)
{
    CHECK(sizeof(Py_UCS1) == 1 && sizeof(Py_UCS2) == 2 && sizeof(Py_UCS4) == 4);
    CHECK(sizeof(PY_LONG_LONG) == 8 && sizeof(PY_INT64_T) == 8);
    CHECK(sizeof(Py_ssize_t) == sizeof(size_t) && (Py_ssize_t)-1 < 0);
    CHECK(sizeof(Py_hash_t) == sizeof(void *) && (Py_hash_t)-1 < 0);
    CHECK(sizeof(Py_uhash_t) == sizeof(Py_hash_t) && (Py_uhash_t)-1 > 0);
    CHECK(sizeof(Py_intptr_t) == sizeof(void *) && sizeof(Py_uintptr_t) == sizeof(void *));
    Py_RETURN_NONE;
}

#define TEST(name) {#name, name, METH_NOARGS}
static PyMethodDef functions[] = {
    {"pynumber_tobase", pynumber_tobase, METH_VARARGS},
    TEST(test_long_api),
    TEST(test_longlong_api),
    TEST(test_long_as_size_t),
    TEST(test_long_and_overflow),
    TEST(test_long_long_and_overflow),
    TEST(test_long_as_unsigned_long_long_mask),
    TEST(test_long_as_double),
    TEST(test_long_numbits),
    TEST(test_string_to_double),
    TEST(test_config),
    TEST(test_sizeof_c_types),
    {NULL},
};

int testcapi_add_number_functions(PyObject *module)
{
    return PyModule_AddFunctions(module, functions);
}
