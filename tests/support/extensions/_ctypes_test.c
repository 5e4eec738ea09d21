/* SPDX-License-Identifier: MIT */
/* _ctypes_test: a shared object full of functions and variables that tests of ctypes call and read.
 *
 * As a module it is empty; what counts is its file, that ctypes.CDLL opens.  The names, argument types and results are
 * what CPython's ctypes.test expects.  Arithmetic is done on unsigned or 64-bit values, so that no argument overflows.
 */
#include <Python.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define EXPORT __attribute__((visibility("default")))
#pragma GCC diagnostic ignored "-Wmissing-prototypes"

/* ---- each arithmetic type: a third of the argument; the argument is kept where tests can see it ---- */

EXPORT long long last_tf_arg_s = 0;
EXPORT unsigned long long last_tf_arg_u = 0;

/* tf_<code>(x), and tf_b<code>(padding, x), whose padding shifts x to another register or place on the stack. */
#define THIRD(code, type, kept, keptas)                                                                                \
    EXPORT type tf_##code(type x)                                                                                      \
    {                                                                                                                  \
        kept = (keptas)x;                                                                                              \
        return x / 3;                                                                                                  \
    }                                                                                                                  \
    EXPORT type tf_b##code(signed char padding, type x)                                                                \
    {                                                                                                                  \
        (void)padding;                                                                                                 \
        return tf_##code(x);                                                                                           \
    }
#define SIGNED_THIRD(code, type) THIRD(code, type, last_tf_arg_s, long long)
#define UNSIGNED_THIRD(code, type) THIRD(code, type, last_tf_arg_u, unsigned long long)

SIGNED_THIRD(b, signed char)
SIGNED_THIRD(h, short)
SIGNED_THIRD(i, int)
SIGNED_THIRD(l, long)
SIGNED_THIRD(q, long long)
SIGNED_THIRD(f, float)
SIGNED_THIRD(d, double)
SIGNED_THIRD(D, long double)
UNSIGNED_THIRD(B, unsigned char)
UNSIGNED_THIRD(H, unsigned short)
UNSIGNED_THIRD(I, unsigned int)
UNSIGNED_THIRD(L, unsigned long)
UNSIGNED_THIRD(Q, unsigned long long)

EXPORT void tv_i(int x)
{
    last_tf_arg_s = x;
}

/* ---- arguments of several types: their sum ---- */

#define SUM(name, result, last)                                                                                        \
    EXPORT result name(signed char b, short h, int i, long l, float f, last d)                                         \
    {                                                                                                                  \
        return (result)(b + h + i + l + f + d);                                                                        \
    }

SUM(_testfunc_i_bhilfd, int, double)
SUM(_testfunc_f_bhilfd, float, double)
SUM(_testfunc_d_bhilfd, double, double)
SUM(_testfunc_D_bhilfD, long double, long double)
SUM(_testfunc_q_bhilfd, long long, double)

EXPORT long long _testfunc_q_bhilfdq(signed char b, short h, int i, long l, float f, double d, long long q)
{
    return _testfunc_q_bhilfd(b, h, i, l, f, d) + q;
}

EXPORT void _testfunc_v(int a, int b, int *sum)
{
    *sum = a + b;
}

/* ---- pointers ---- */

EXPORT void *_testfunc_p_p(void *p)
{
    return p;
}

/* The last of *count strings. */
EXPORT char *_testfunc_c_p_p(int *count, char **strings)
{
    return strings[*count - 1];
}

EXPORT int *_testfunc_ai8(int numbers[8])
{
    return numbers;
}

EXPORT int an_integer = 42;

EXPORT int get_an_integer(void)
{
    return an_integer;
}

/* ---- callbacks ---- */

/* The sum of f(value), f(value / 2), f(value / 4)... as long as the argument is not 0. */
#define HALVES(name, type)                                                                                             \
    EXPORT type name(type value, type (*f)(type))                                                                      \
    {                                                                                                                  \
        type sum = 0;                                                                                                  \
        for (; value != 0; value /= 2) {                                                                               \
            sum += f(value);                                                                                           \
        }                                                                                                              \
        return sum;                                                                                                    \
    }

HALVES(_testfunc_callback_i_if, int)
HALVES(_testfunc_callback_q_qf, long long)

EXPORT int _testfunc_callback_with_pointer(int (*f)(int *))
{
    int numbers[10];
    for (int k = 0; k < 10; k++) {
        numbers[k] = k + 1;
    }
    return f(numbers);
}

EXPORT int _testfunc_cbk_reg_int(int a, int b, int c, int d, int e, int (*f)(int, int, int, int, int))
{
    return f(a * a, b * b, c * c, d * d, e * e);
}

EXPORT double _testfunc_cbk_reg_double(double a, double b, double c, double d, double e,
                                       double (*f)(double, double, double, double, double))
{
    return f(a * a, b * b, c * c, d * d, e * e);
}

/* The integral of f from a to b by the midpoint rule. */
EXPORT double integrate(double a, double b, double (*f)(double), long steps)
{
    double width = (b - a) / (double)steps, sum = 0;
    for (long k = 0; k < steps; k++) {
        sum += f(a + ((double)k + 0.5) * width);
    }
    return sum * width;
}

/* ---- structures by value ---- */

typedef struct {
    int x, y;
} Point;

EXPORT int _testfunc_byval(Point in, Point *out)
{
    if (out) {
        *out = in;
    }
    return in.x + in.y;
}

typedef struct {
    short x, y;
} TwoShorts;

EXPORT TwoShorts ret_2h_func(TwoShorts in)
{
    return (TwoShorts){(short)(in.x * 2), (short)(in.y * 3)};
}

typedef struct {
    int items[8];
} EightInts;

EXPORT EightInts ret_8i_func(EightInts in)
{
    for (int k = 0; k < 8; k++) {
        in.items[k] *= k + 2;
    }
    return in;
}

typedef struct {
    unsigned long first, second, third;
} Large;

EXPORT void _testfunc_cbk_large_struct(Large in, void (*f)(Large))
{
    f(in);
}

/* Changes its own copy only. */
EXPORT void _testfunc_large_struct_update_value(Large in)
{
    volatile Large *copy = &in;
    copy->first = copy->second = copy->third = 0x0badf00d;
}

typedef struct {
    unsigned int first, second;
} Small;

EXPORT Small last_tfrsuv_arg = {0, 0};

EXPORT void _testfunc_reg_struct_update_value(Small in)
{
    last_tfrsuv_arg = in;
    volatile Small *copy = &in;
    copy->first = copy->second = 0x0badf00d;
}

typedef struct {
    unsigned char data[16];
} Bytes16;

EXPORT int _testfunc_array_in_struct1(Bytes16 in)
{
    int sum = 0;
    for (int k = 0; k < 16; k++) {
        sum += in.data[k];
    }
    memset(&in, 0xff, sizeof in);
    return sum;
}

typedef struct {
    double data[2];
} TwoDoubles;

EXPORT double _testfunc_array_in_struct2(TwoDoubles in)
{
    return in.data[0] + in.data[1];
}

typedef struct {
    float data[2], more_data[2];
} FourFloats;

EXPORT double _testfunc_array_in_struct2a(FourFloats in)
{
    return (double)in.data[0] + in.data[1] + in.more_data[0] + in.more_data[1];
}

typedef struct {
    long x, y;
} LongPoint;

typedef struct {
    long left, top, right, bottom;
} Rect;

EXPORT long left = 10, top = 20, right = 30, bottom = 40;

EXPORT int PointInRect(Rect *r, LongPoint p)
{
    return r->left <= p.x && p.x <= r->right && r->top <= p.y && p.y <= r->bottom;
}

/* One of the three rectangles; zeros if one of the arguments did not come through. */
EXPORT Rect ReturnRect(int which, Rect a, Rect *b, LongPoint p, Rect c, Rect *d, LongPoint q, Rect e)
{
    Rect *all[] = {&a, b, &c, d, &e};
    for (int k = 0; k < 5; k++) {
        if (!PointInRect(all[k], p) || !PointInRect(all[k], q) || memcmp(all[k], &a, sizeof a)) {
            return (Rect){0, 0, 0, 0};
        }
    }
    return *all[which >= 0 && which < 5 ? which : 0];
}

/* ---- bit fields ---- */

typedef struct {
    int A : 1, B : 2, C : 3, D : 4, E : 5, F : 6, G : 7, H : 8, I : 9;
    short M : 1, N : 2, O : 3, P : 4, Q : 5, R : 6, S : 7;
} Bits;

#define FOR_EACH_BIT_FIELD(X) X(A) X(B) X(C) X(D) X(E) X(F) X(G) X(H) X(I) X(M) X(N) X(O) X(P) X(Q) X(R) X(S)

EXPORT int unpack_bitfields(Bits *bits, char name)
{
#define CASE(field)                                                                                                    \
    if (name == #field[0]) {                                                                                           \
        return bits->field;                                                                                            \
    }
    FOR_EACH_BIT_FIELD(CASE)
    return 0;
}

EXPORT void set_bitfields(Bits *bits, char name, int value)
{
#define SET(field)                                                                                                     \
    if (name == #field[0]) {                                                                                           \
        bits->field = value;                                                                                           \
    }
    FOR_EACH_BIT_FIELD(SET)
}

/* ---- functions of the C library under names of our own ---- */

EXPORT char *my_strchr(const char *text, int c)
{
    return strchr(text, c);
}

EXPORT char *my_strtok(char *text, const char *separators)
{
    return strtok(text, separators);
}

EXPORT char *my_strdup(const char *text)
{
    return strdup(text);
}

EXPORT wchar_t *my_wcsdup(const wchar_t *text)
{
    return wcsdup(text);
}

EXPORT size_t my_wcslen(const wchar_t *text)
{
    return wcslen(text);
}

EXPORT void my_free(void *p)
{
    free(p);
}

EXPORT double my_sqrt(double x)
{
    return sqrt(x);
}

EXPORT void my_qsort(void *items, size_t count, size_t size, int (*compare)(const void *, const void *))
{
    qsort(items, count, size, compare);
}

EXPORT char *(*get_strchr(void))(const char *, int)
{
    return my_strchr;
}

/* ---- the module ---- */

static struct PyModuleDef module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_ctypes_test",
    .m_doc = "A shared object for tests of ctypes; there is nothing in it for Python.",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit__ctypes_test(void)
{
    return PyModule_Create(&module);
}
