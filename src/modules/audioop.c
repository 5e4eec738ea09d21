/* SPDX-License-Identifier: MIT */
/* audioop: arithmetic on fragments of sound, which are bytes of signed samples, 1 to 4 bytes each, of the machine's byte order.
 *
 * Samples are read into an int: load() gives the number itself, load32() the same scaled to 32 bits, which is how conversions
 * between widths are done (scaling down drops the low bits).
 * Tests: tests/modules/test_audioop_native.py, the reference's test_audioop.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include <math.h>
#include <stdint.h>

static PyObject *AudioError;

static const int64_t highest[] = {0, 0x7f, 0x7fff, 0x7fffff, 0x7fffffff};

/* ------------------------------------------------------------------ samples */

static inline int load(const void *base, Py_ssize_t at, int width)
{
    const unsigned char *p = (const unsigned char *)base + at;
    switch (width) {
    case 1:
        return (signed char)*p;
    case 2: {
        int16_t v;
        memcpy(&v, p, 2);
        return v;
    }
    case 3:
        return (int)((uint32_t)p[0] << 8 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 24) >> 8;
    default: {
        int32_t v;
        memcpy(&v, p, 4);
        return v;
    }
    }
}

static inline void store(void *base, Py_ssize_t at, int width, int value)
{
    unsigned char *p = (unsigned char *)base + at;
    switch (width) {
    case 1:
        *p = (unsigned char)value;
        break;
    case 2: {
        int16_t v = (int16_t)value;
        memcpy(p, &v, 2);
        break;
    }
    case 3:
        p[0] = (unsigned char)value;
        p[1] = (unsigned char)(value >> 8);
        p[2] = (unsigned char)(value >> 16);
        break;
    default:
        memcpy(p, &value, 4);
    }
}

static inline int load32(const void *base, Py_ssize_t at, int width)
{
    return (int)((unsigned)load(base, at, width) << (32 - 8 * width));
}

static inline void store32(void *base, Py_ssize_t at, int width, int value)
{
    store(base, at, width, value >> (32 - 8 * width));
}

/* The nearest sample at or below v. */
static inline int fit(double v, int width)
{
    double high = (double)highest[width], low = -high - 1.0;
    if (v > high)
        return (int)high;
    if (v < low + 1.0)
        return (int)low;
    return (int)floor(v);
}

/* ------------------------------------------------------------------ arguments */

static int check_width(int width)
{
    if (width < 1 || width > 4) {
        PyErr_SetString(AudioError, "Size should be 1, 2, 3 or 4");
        return 0;
    }
    return 1;
}

static int check_fragment(const Py_buffer *b, int width)
{
    if (!check_width(width))
        return 0;
    if (b->len % width != 0) {
        PyErr_SetString(AudioError, "not a whole number of frames");
        return 0;
    }
    return 1;
}

static int to_int(PyObject *o, int *out)
{
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return 0;
    }
    *out = _PyLong_AsInt(o);
    return *out != -1 || !PyErr_Occurred();
}

static int to_index(PyObject *o, Py_ssize_t *out)
{
    if (PyFloat_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return 0;
    }
    PyObject *i = PyNumber_Index(o);
    if (i == NULL)
        return 0;
    *out = PyLong_AsSsize_t(i);
    Py_DECREF(i);
    return *out != -1 || !PyErr_Occurred();
}

static int to_double(PyObject *o, double *out)
{
    *out = PyFloat_AsDouble(o);
    return *out != -1.0 || !PyErr_Occurred();
}

static int to_buffer(const char *function, int position, PyObject *o, Py_buffer *out)
{
    char which[24];
    if (PyObject_GetBuffer(o, out, PyBUF_SIMPLE) < 0) {
        out->obj = NULL;
        return 0;
    }
    if (PyBuffer_IsContiguous(out, 'C'))
        return 1;
    sprintf(which, "argument %d", position);
    _PyArg_BadArgument(function, which, "contiguous buffer", o);
    return 0;
}

/* fragment and width, as nearly all take them, and the number of samples. */
typedef struct {
    Py_buffer data;
    int width;
    Py_ssize_t n;
} Fragment;

/* 0: exception; the caller releases f->data in either case. */
static int take_fragment(const char *function, PyObject *const *args, Py_ssize_t nargs, Py_ssize_t wanted, Fragment *f)
{
    f->data.obj = NULL;
    if (!_PyArg_CheckPositional(function, nargs, wanted, wanted) || !to_buffer(function, 1, args[0], &f->data) || !to_int(args[1], &f->width))
        return 0;
    f->n = f->width > 0 && f->width < 5 ? f->data.len / f->width : 0;
    return 1;
}

#define FUNCTION(name) static PyObject *audioop_##name(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)

/* ------------------------------------------------------------------ measuring */

FUNCTION(getsample)
{
    Fragment f;
    Py_ssize_t i;
    PyObject *result = NULL;
    if (!take_fragment("getsample", args, nargs, 3, &f) || !to_index(args[2], &i) || !check_fragment(&f.data, f.width))
        goto done;
    if (i < 0 || i >= f.n)
        PyErr_SetString(AudioError, "Index out of range");
    else
        result = PyLong_FromLong(load(f.data.buf, i * f.width, f.width));
done:
    PyBuffer_Release(&f.data);
    return result;
}

/* The peaks: samples at which the direction changes. Calls are the caller's: it walks with next_peak(). */
typedef struct {
    const Fragment *f;
    Py_ssize_t at;
    int previous, direction; /* 0 not known, 1 up, -1 down */
} Peaks;

static int next_peak(Peaks *p, int *peak)
{
    if (p->at == 0 && p->f->n > 0)
        p->previous = load(p->f->data.buf, 0, p->f->width), p->at = 1;
    for (; p->at < p->f->n; p->at++) {
        int v = load(p->f->data.buf, p->at * p->f->width, p->f->width);
        if (v == p->previous)
            continue;
        int direction = v > p->previous ? 1 : -1, turned = p->direction == -direction;
        *peak = p->previous;
        p->direction = direction;
        p->previous = v;
        if (turned) {
            p->at++;
            return 1;
        }
    }
    return 0;
}

static inline unsigned distance(int a, int b)
{
    return a < b ? (unsigned)b - (unsigned)a : (unsigned)a - (unsigned)b;
}

static PyObject *measure_max(const Fragment *f)
{
    unsigned best = 0;
    for (Py_ssize_t i = 0; i < f->n; i++) {
        unsigned v = distance(load(f->data.buf, i * f->width, f->width), 0);
        best = v > best ? v : best;
    }
    return PyLong_FromUnsignedLong(best);
}

static PyObject *measure_minmax(const Fragment *f)
{
    int low = INT32_MAX, high = INT32_MIN;
    for (Py_ssize_t i = 0; i < f->n; i++) {
        int v = load(f->data.buf, i * f->width, f->width);
        low = v < low ? v : low;
        high = v > high ? v : high;
    }
    return Py_BuildValue("(ii)", low, high);
}

static PyObject *measure_avg(const Fragment *f)
{
    double sum = 0.0;
    for (Py_ssize_t i = 0; i < f->n; i++)
        sum += load(f->data.buf, i * f->width, f->width);
    return PyLong_FromLong(f->n ? (int)floor(sum / (double)f->n) : 0);
}

static PyObject *measure_rms(const Fragment *f)
{
    double sum = 0.0;
    for (Py_ssize_t i = 0; i < f->n; i++) {
        double v = load(f->data.buf, i * f->width, f->width);
        sum += v * v;
    }
    return PyLong_FromUnsignedLong(f->n ? (unsigned)sqrt(sum / (double)f->n) : 0);
}

static PyObject *measure_avgpp(const Fragment *f)
{
    Peaks walk = {.f = f};
    double sum = 0.0;
    unsigned n = 0;
    int before, peak;
    if (next_peak(&walk, &before))
        for (; next_peak(&walk, &peak); before = peak, n++)
            sum += distance(peak, before);
    return PyLong_FromUnsignedLong(n ? (unsigned)(sum / n) : 0);
}

static PyObject *measure_maxpp(const Fragment *f)
{
    Peaks walk = {.f = f};
    unsigned best = 0;
    int before, peak;
    if (next_peak(&walk, &before))
        for (; next_peak(&walk, &peak); before = peak)
            if (distance(peak, before) > best)
                best = distance(peak, before);
    return PyLong_FromUnsignedLong(best);
}

static PyObject *measure_cross(const Fragment *f)
{
    Py_ssize_t n = f->n ? 0 : -1;
    for (Py_ssize_t i = 1; i < f->n; i++)
        n += (load(f->data.buf, i * f->width, f->width) < 0) != (load(f->data.buf, (i - 1) * f->width, f->width) < 0);
    return PyLong_FromSsize_t(n);
}

#define MEASURE(name)                                                                      \
    FUNCTION(name)                                                                         \
    {                                                                                      \
        Fragment f;                                                                        \
        PyObject *result = NULL;                                                           \
        if (take_fragment(#name, args, nargs, 2, &f) && check_fragment(&f.data, f.width))  \
            result = measure_##name(&f);                                                   \
        PyBuffer_Release(&f.data);                                                         \
        return result;                                                                     \
    }
MEASURE(max)
MEASURE(minmax)
MEASURE(avg)
MEASURE(rms)
MEASURE(avgpp)
MEASURE(maxpp)
MEASURE(cross)

/* ------------------------------------------------------------------ comparing (two byte samples) */

static double product(const int16_t *a, const int16_t *b, Py_ssize_t n)
{
    double sum = 0.0;
    for (Py_ssize_t i = 0; i < n; i++)
        sum += (double)a[i] * (double)b[i];
    return sum;
}

static int check_even(const Py_buffer *b)
{
    if (b->len & 1) {
        PyErr_SetString(AudioError, "Strings should be even-sized");
        return 0;
    }
    return 1;
}

static int two_buffers(const char *name, PyObject *const *args, Py_ssize_t nargs, Py_buffer *a, Py_buffer *b)
{
    a->obj = b->obj = NULL;
    return _PyArg_CheckPositional(name, nargs, 2, 2) && to_buffer(name, 1, args[0], a) && to_buffer(name, 2, args[1], b) && check_even(a) && check_even(b);
}

FUNCTION(findfactor)
{
    Py_buffer a, b;
    PyObject *result = NULL;
    if (!two_buffers("findfactor", args, nargs, &a, &b))
        goto done;
    if (a.len != b.len) {
        PyErr_SetString(AudioError, "Samples should be same size");
        goto done;
    }
    double divisor = product(b.buf, b.buf, b.len / 2);
    if (divisor == 0.0)
        PyErr_SetString(PyExc_ZeroDivisionError, "float division");
    else
        result = PyFloat_FromDouble(product(a.buf, b.buf, a.len / 2) / divisor);
done:
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return result;
}

FUNCTION(findfit)
{
    Py_buffer a, b;
    PyObject *result = NULL;
    if (!two_buffers("findfit", args, nargs, &a, &b))
        goto done;
    const int16_t *x = a.buf, *ref = b.buf;
    Py_ssize_t n = a.len / 2, m = b.len / 2, best_at = 0;
    if (n < m) {
        PyErr_SetString(AudioError, "First sample should be longer");
        goto done;
    }
    /* What is left after taking the scaled reference away is own - mixed^2 / power; with the sums as exact doubles. */
    double power = product(ref, ref, m), own = product(x, x, m), mixed = product(x, ref, m);
    double best_mixed = mixed, best = (power * own - mixed * mixed) / own;
    for (Py_ssize_t i = 1; i <= n - m; i++) {
        own += (double)x[i + m - 1] * x[i + m - 1] - (double)x[i - 1] * x[i - 1];
        mixed = product(x + i, ref, m);
        double left = (power * own - mixed * mixed) / own;
        if (left < best) {
            best = left;
            best_at = i;
            best_mixed = mixed;
        }
    }
    result = Py_BuildValue("(nd)", best_at, best_mixed / power);
done:
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return result;
}

FUNCTION(findmax)
{
    Py_buffer a = {.obj = NULL};
    Py_ssize_t m, best_at = 0;
    PyObject *result = NULL;
    if (!_PyArg_CheckPositional("findmax", nargs, 2, 2) || !to_buffer("findmax", 1, args[0], &a) || !to_index(args[1], &m) || !check_even(&a))
        goto done;
    Py_ssize_t n = a.len / 2;
    const int16_t *x = a.buf;
    if (m < 0 || n < m) {
        PyErr_SetString(AudioError, "Input sample should be longer");
        goto done;
    }
    double power = product(x, x, m), best = power;
    for (Py_ssize_t i = 1; i <= n - m; i++) {
        power += (double)x[i + m - 1] * x[i + m - 1] - (double)x[i - 1] * x[i - 1];
        if (power > best) {
            best = power;
            best_at = i;
        }
    }
    result = PyLong_FromSsize_t(best_at);
done:
    PyBuffer_Release(&a);
    return result;
}

/* ------------------------------------------------------------------ changing */

static PyObject *new_bytes(Py_ssize_t n)
{
    return PyBytes_FromStringAndSize(NULL, n);
}

FUNCTION(mul)
{
    Fragment f;
    double factor;
    PyObject *result = NULL;
    if (take_fragment("mul", args, nargs, 3, &f) && to_double(args[2], &factor) && check_fragment(&f.data, f.width) && (result = new_bytes(f.data.len)))
        for (Py_ssize_t at = 0; at < f.data.len; at += f.width)
            store(PyBytes_AS_STRING(result), at, f.width, fit(load(f.data.buf, at, f.width) * factor, f.width));
    PyBuffer_Release(&f.data);
    return result;
}

FUNCTION(tomono)
{
    Fragment f;
    double left, right;
    PyObject *result = NULL;
    if (!take_fragment("tomono", args, nargs, 4, &f) || !to_double(args[2], &left) || !to_double(args[3], &right) || !check_fragment(&f.data, f.width))
        goto done;
    if (f.n % 2 != 0) {
        PyErr_SetString(AudioError, "not a whole number of frames");
        goto done;
    }
    if ((result = new_bytes(f.data.len / 2)))
        for (Py_ssize_t at = 0; at < f.data.len; at += 2 * f.width) {
            double l = load(f.data.buf, at, f.width), r = load(f.data.buf, at + f.width, f.width);
            store(PyBytes_AS_STRING(result), at / 2, f.width, fit(l * left + r * right, f.width));
        }
done:
    PyBuffer_Release(&f.data);
    return result;
}

FUNCTION(tostereo)
{
    Fragment f;
    double left, right;
    PyObject *result = NULL;
    if (!take_fragment("tostereo", args, nargs, 4, &f) || !to_double(args[2], &left) || !to_double(args[3], &right) || !check_fragment(&f.data, f.width))
        goto done;
    if (f.data.len > PY_SSIZE_T_MAX / 2) {
        PyErr_SetString(PyExc_MemoryError, "not enough memory for output buffer");
        goto done;
    }
    if ((result = new_bytes(f.data.len * 2)))
        for (Py_ssize_t at = 0; at < f.data.len; at += f.width) {
            double v = load(f.data.buf, at, f.width);
            store(PyBytes_AS_STRING(result), at * 2, f.width, fit(v * left, f.width));
            store(PyBytes_AS_STRING(result), at * 2 + f.width, f.width, fit(v * right, f.width));
        }
done:
    PyBuffer_Release(&f.data);
    return result;
}

FUNCTION(add)
{
    Py_buffer a = {.obj = NULL}, b = {.obj = NULL};
    int width;
    PyObject *result = NULL;
    if (!_PyArg_CheckPositional("add", nargs, 3, 3) || !to_buffer("add", 1, args[0], &a) || !to_buffer("add", 2, args[1], &b) || !to_int(args[2], &width) ||
        !check_fragment(&a, width))
        goto done;
    if (a.len != b.len) {
        PyErr_SetString(AudioError, "Lengths should be the same");
        goto done;
    }
    if ((result = new_bytes(a.len)))
        for (Py_ssize_t at = 0; at < a.len; at += width) {
            int64_t v = (int64_t)load(a.buf, at, width) + load(b.buf, at, width), high = highest[width];
            store(PyBytes_AS_STRING(result), at, width, (int)(v > high ? high : v < -high - 1 ? -high - 1 : v));
        }
done:
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return result;
}

FUNCTION(bias)
{
    Fragment f;
    int bias;
    PyObject *result = NULL;
    if (take_fragment("bias", args, nargs, 3, &f) && to_int(args[2], &bias) && check_fragment(&f.data, f.width) && (result = new_bytes(f.data.len)))
        for (Py_ssize_t at = 0; at < f.data.len; at += f.width)
            store(PyBytes_AS_STRING(result), at, f.width, (int)((unsigned)load(f.data.buf, at, f.width) + (unsigned)bias));
    PyBuffer_Release(&f.data);
    return result;
}

FUNCTION(reverse)
{
    Fragment f;
    PyObject *result = NULL;
    if (take_fragment("reverse", args, nargs, 2, &f) && check_fragment(&f.data, f.width) && (result = new_bytes(f.data.len)))
        for (Py_ssize_t at = 0; at < f.data.len; at += f.width)
            memcpy(PyBytes_AS_STRING(result) + (f.data.len - f.width - at), (char *)f.data.buf + at, (size_t)f.width);
    PyBuffer_Release(&f.data);
    return result;
}

FUNCTION(byteswap)
{
    Fragment f;
    PyObject *result = NULL;
    if (take_fragment("byteswap", args, nargs, 2, &f) && check_fragment(&f.data, f.width) && (result = new_bytes(f.data.len)))
        for (Py_ssize_t at = 0; at < f.data.len; at += f.width)
            for (int i = 0; i < f.width; i++)
                PyBytes_AS_STRING(result)[at + i] = ((char *)f.data.buf)[at + f.width - 1 - i];
    PyBuffer_Release(&f.data);
    return result;
}

/* Output of n samples of the given width; NULL with MemoryError if that is too much. */
static PyObject *new_samples(Py_ssize_t n, int width)
{
    if (n > PY_SSIZE_T_MAX / width) {
        PyErr_SetString(PyExc_MemoryError, "not enough memory for output buffer");
        return NULL;
    }
    return new_bytes(n * width);
}

FUNCTION(lin2lin)
{
    Fragment f;
    int width;
    PyObject *result = NULL;
    if (take_fragment("lin2lin", args, nargs, 3, &f) && to_int(args[2], &width) && check_fragment(&f.data, f.width) && check_width(width) &&
        (result = new_samples(f.n, width)))
        for (Py_ssize_t i = 0; i < f.n; i++)
            store32(PyBytes_AS_STRING(result), i * width, width, load32(f.data.buf, i * f.width, f.width));
    PyBuffer_Release(&f.data);
    return result;
}

/* ------------------------------------------------------------------ changing the rate */

typedef struct {
    int width, channels, in, out, weight_a, weight_b, d;
    int *before, *current; /* per channel, 32 bits */
    int *memory;
} Rate;

static int gcd(int a, int b)
{
    while (b) {
        int r = a % b;
        a = b;
        b = r;
    }
    return a;
}

static int rate_arguments(Rate *r, PyObject *const *args, Py_ssize_t nargs)
{
    r->weight_a = 1;
    r->weight_b = 0;
    return to_int(args[1], &r->width) && to_int(args[2], &r->channels) && to_int(args[3], &r->in) && to_int(args[4], &r->out) &&
           (nargs < 7 || to_int(args[6], &r->weight_a)) && (nargs < 8 || to_int(args[7], &r->weight_b));
}

static int rate_check(Rate *r, const Py_buffer *data)
{
    if (!check_width(r->width))
        return 0;
    const char *wrong = r->channels < 1 ? "# of channels should be >= 1" : NULL;
    if (!wrong && r->width > INT_MAX / r->channels) {
        PyErr_SetString(PyExc_OverflowError, "width * nchannels too big for a C int");
        return 0;
    }
    if (!wrong && (r->weight_a < 1 || r->weight_b < 0))
        wrong = "weightA should be >= 1, weightB should be >= 0";
    if (!wrong && data->len % (r->width * r->channels) != 0)
        wrong = "not a whole number of frames";
    if (!wrong && (r->in <= 0 || r->out <= 0))
        wrong = "sampling rate not > 0";
    if (wrong)
        PyErr_SetString(AudioError, wrong);
    return wrong == NULL;
}

static int rate_restore(Rate *r, PyObject *state)
{
    PyObject *samples;
    if (state == Py_None) {
        r->d = -r->out;
        return 1;
    }
    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "state must be a tuple or None");
        return 0;
    }
    if (!PyArg_ParseTuple(state, "iO!;ratecv(): illegal state argument", &r->d, &PyTuple_Type, &samples))
        return 0;
    if (PyTuple_GET_SIZE(samples) != r->channels) {
        PyErr_SetString(AudioError, "illegal state argument");
        return 0;
    }
    for (int i = 0; i < r->channels; i++) {
        PyObject *pair = PyTuple_GET_ITEM(samples, i);
        if (!PyTuple_Check(pair)) {
            PyErr_SetString(PyExc_TypeError, "ratecv(): illegal state argument");
            return 0;
        }
        if (!PyArg_ParseTuple(pair, "ii;ratecv(): illegal state argument", &r->before[i], &r->current[i]))
            return 0;
    }
    return 1;
}

static PyObject *rate_state(const Rate *r)
{
    PyObject *samples = PyTuple_New(r->channels);
    for (int i = 0; samples && i < r->channels; i++) {
        PyObject *pair = Py_BuildValue("(ii)", r->before[i], r->current[i]);
        if (pair == NULL)
            Py_CLEAR(samples);
        else
            PyTuple_SET_ITEM(samples, i, pair);
    }
    return samples ? Py_BuildValue("(iN)", r->d, samples) : NULL;
}

/* Convert; d is the distance to the next output frame, in units of 1 / (in * out) seconds. The bytes, new. */
static PyObject *rate_convert(Rate *r, const Py_buffer *data)
{
    Py_ssize_t step = (Py_ssize_t)r->width * r->channels, frames = data->len / step;
    /* as many whole strides as there are, plus one for what d had in store */
    Py_ssize_t strides = frames ? (frames - 1) / r->in + 1 : 0;
    if (frames && (strides > PY_SSIZE_T_MAX / r->out || strides * r->out > PY_SSIZE_T_MAX / step - r->out)) {
        PyErr_SetString(PyExc_MemoryError, "not enough memory for output buffer");
        return NULL;
    }
    PyObject *result = new_bytes((strides + 1) * r->out * step);
    if (result == NULL)
        return NULL;
    char *out = PyBytes_AS_STRING(result);
    Py_ssize_t in_at = 0, out_at = 0;
    double weights = (double)r->weight_a + (double)r->weight_b;
    for (;;) {
        for (; r->d < 0; r->d += r->out) {
            if (frames-- == 0) {
                _PyBytes_Resize(&result, out_at);
                return result;
            }
            for (int c = 0; c < r->channels; c++, in_at += r->width) {
                r->before[c] = r->current[c];
                double v = load32(data->buf, in_at, r->width);
                r->current[c] = (int)(((double)r->weight_a * v + (double)r->weight_b * (double)r->before[c]) / weights);
            }
        }
        for (; r->d >= 0; r->d -= r->in)
            for (int c = 0; c < r->channels; c++, out_at += r->width) {
                double v = ((double)r->before[c] * (double)r->d + (double)r->current[c] * ((double)r->out - (double)r->d)) / (double)r->out;
                store32(out, out_at, r->width, (int)v);
            }
    }
}

FUNCTION(ratecv)
{
    Py_buffer data = {.obj = NULL};
    Rate r = {0};
    PyObject *result = NULL, *bytes = NULL;
    if (!_PyArg_CheckPositional("ratecv", nargs, 6, 8) || !to_buffer("ratecv", 1, args[0], &data) || !rate_arguments(&r, args, nargs) || !rate_check(&r, &data))
        goto done;
    int divisor = gcd(r.in, r.out);
    r.in /= divisor;
    r.out /= divisor;
    r.memory = PyMem_Calloc((size_t)r.channels, 2 * sizeof(int));
    if (r.memory == NULL) {
        PyErr_NoMemory();
        goto done;
    }
    r.before = r.memory;
    r.current = r.memory + r.channels;
    if (rate_restore(&r, args[5]) && (r.d < r.out || (PyErr_SetString(AudioError, "illegal state argument"), 0)) && (bytes = rate_convert(&r, &data))) {
        PyObject *state = rate_state(&r);
        result = state ? Py_BuildValue("(NN)", bytes, state) : NULL;
        if (state == NULL)
            Py_DECREF(bytes);
    }
done:
    PyMem_Free(r.memory);
    PyBuffer_Release(&data);
    return result;
}

/* ------------------------------------------------------------------ telephone codes (G.711) */

/* Number of the segment (chord) that a magnitude falls in, first_bit being the width of the lowest. */
static int segment_of(int magnitude, int first_bit)
{
    int segment = 0;
    while (magnitude >> (first_bit + segment))
        segment++;
    return segment;
}

static unsigned char to_ulaw(int v) /* 14 bits */
{
    int sign = v < 0, magnitude = (sign ? -v : v);
    magnitude = (magnitude > 8159 ? 8159 : magnitude) + 33;
    int segment = segment_of(magnitude, 6);
    int code = segment >= 8 ? 0x7f : segment << 4 | (magnitude >> (segment + 1) & 15);
    return (unsigned char)(code ^ (sign ? 0x7f : 0xff));
}

static int from_ulaw(unsigned char code) /* 16 bits */
{
    int inverse = ~code & 0xff, magnitude = (((inverse & 15) << 3) + 0x84) << (inverse >> 4 & 7);
    return inverse & 0x80 ? 0x84 - magnitude : magnitude - 0x84;
}

static unsigned char to_alaw(int v) /* 13 bits */
{
    int magnitude = v < 0 ? -v - 1 : v, segment = segment_of(magnitude, 5);
    int code = segment >= 8 ? 0x7f : segment << 4 | (magnitude >> (segment < 2 ? 1 : segment) & 15);
    return (unsigned char)(code ^ (v < 0 ? 0x55 : 0xd5));
}

static int from_alaw(unsigned char code) /* 16 bits */
{
    int plain = code ^ 0x55, segment = plain >> 4 & 7, magnitude = (plain & 15) << 4 | 8;
    if (segment)
        magnitude = (magnitude + 0x100) << (segment - 1);
    return plain & 0x80 ? magnitude : -magnitude;
}

static PyObject *encode_law(const char *name, PyObject *const *args, Py_ssize_t nargs, unsigned char (*encode)(int), int bits)
{
    Fragment f;
    PyObject *result = NULL;
    if (take_fragment(name, args, nargs, 2, &f) && check_fragment(&f.data, f.width) && (result = new_bytes(f.n)))
        for (Py_ssize_t i = 0; i < f.n; i++)
            PyBytes_AS_STRING(result)[i] = (char)encode(load32(f.data.buf, i * f.width, f.width) >> (32 - bits));
    PyBuffer_Release(&f.data);
    return result;
}

static PyObject *decode_law(const char *name, PyObject *const *args, Py_ssize_t nargs, int (*decode)(unsigned char))
{
    Fragment f;
    PyObject *result = NULL;
    if (take_fragment(name, args, nargs, 2, &f) && check_width(f.width) && (result = new_samples(f.data.len, f.width)))
        for (Py_ssize_t i = 0; i < f.data.len; i++)
            store32(PyBytes_AS_STRING(result), i * f.width, f.width, (int)((unsigned)decode(((unsigned char *)f.data.buf)[i]) << 16));
    PyBuffer_Release(&f.data);
    return result;
}

FUNCTION(lin2ulaw) { return encode_law("lin2ulaw", args, nargs, to_ulaw, 14); }
FUNCTION(lin2alaw) { return encode_law("lin2alaw", args, nargs, to_alaw, 13); }
FUNCTION(ulaw2lin) { return decode_law("ulaw2lin", args, nargs, from_ulaw); }
FUNCTION(alaw2lin) { return decode_law("alaw2lin", args, nargs, from_alaw); }

/* ------------------------------------------------------------------ ADPCM (Intel/DVI) */

static const signed char index_change[8] = {-1, -1, -1, -1, 2, 4, 6, 8};
static const short step_sizes[89] = {
    7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97, 107, 118, 130,
    143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796, 876, 963, 1060, 1166, 1282,
    1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871, 5358, 5894, 6484, 7132, 7845, 8630, 9493,
    10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};

typedef struct {
    int value; /* what the next sample is expected to be */
    int index; /* into step_sizes */
} Adpcm;

static int adpcm_state(PyObject *o, const char *format, Adpcm *state)
{
    state->value = state->index = 0;
    if (o == Py_None)
        return 1;
    if (!PyTuple_Check(o)) {
        PyErr_SetString(PyExc_TypeError, "state must be a tuple or None");
        return 0;
    }
    if (!PyArg_ParseTuple(o, format, &state->value, &state->index))
        return 0;
    if (state->value < -0x8000 || state->value > 0x7fff || state->index < 0 || state->index > 88) {
        PyErr_SetString(PyExc_ValueError, "bad state");
        return 0;
    }
    return 1;
}

/* Take the four bits in: sign and three bits of magnitude in quarters of the step. */
static void adpcm_step(Adpcm *s, int code)
{
    int step = step_sizes[s->index], change = step >> 3;
    for (int bit = 4; bit; bit >>= 1, step >>= 1)
        if (code & bit)
            change += step;
    s->value += code & 8 ? -change : change;
    s->value = s->value > 0x7fff ? 0x7fff : s->value < -0x8000 ? -0x8000 : s->value;
    s->index += index_change[code & 7];
    s->index = s->index < 0 ? 0 : s->index > 88 ? 88 : s->index;
}

static int adpcm_code(const Adpcm *s, int sample)
{
    int difference = sample - s->value, code = 0, step = step_sizes[s->index];
    if (difference < 0) {
        code = 8;
        difference = -difference;
    }
    for (int bit = 4; bit; bit >>= 1, step >>= 1)
        if (difference >= step) {
            code |= bit;
            difference -= step;
        }
    return code;
}

FUNCTION(lin2adpcm)
{
    Fragment f;
    Adpcm state;
    PyObject *bytes, *result = NULL;
    if (!take_fragment("lin2adpcm", args, nargs, 3, &f) || !check_fragment(&f.data, f.width) ||
        !adpcm_state(args[2], "ii;lin2adpcm(): illegal state argument", &state) || (bytes = new_bytes(f.n / 2)) == NULL)
        goto done;
    int high = 0;
    for (Py_ssize_t i = 0; i < f.n; i++) {
        int code = adpcm_code(&state, load32(f.data.buf, i * f.width, f.width) >> 16);
        adpcm_step(&state, code);
        if (i & 1)
            PyBytes_AS_STRING(bytes)[i / 2] = (char)(high | code);
        high = code << 4;
    }
    result = Py_BuildValue("(N(ii))", bytes, state.value, state.index);
done:
    PyBuffer_Release(&f.data);
    return result;
}

FUNCTION(adpcm2lin)
{
    Fragment f;
    Adpcm state;
    PyObject *bytes, *result = NULL;
    if (!take_fragment("adpcm2lin", args, nargs, 3, &f) || !check_width(f.width) || !adpcm_state(args[2], "ii;adpcm2lin(): illegal state argument", &state))
        goto done;
    if (f.data.len > PY_SSIZE_T_MAX / 2) {
        PyErr_SetString(PyExc_MemoryError, "not enough memory for output buffer");
        goto done;
    }
    if ((bytes = new_samples(f.data.len * 2, f.width)) == NULL)
        goto done;
    for (Py_ssize_t i = 0; i < f.data.len * 2; i++) {
        int byte = ((unsigned char *)f.data.buf)[i / 2];
        adpcm_step(&state, i & 1 ? byte & 15 : byte >> 4);
        store32(PyBytes_AS_STRING(bytes), i * f.width, f.width, (int)((unsigned)state.value << 16));
    }
    result = Py_BuildValue("(N(ii))", bytes, state.value, state.index);
done:
    PyBuffer_Release(&f.data);
    return result;
}

/* ------------------------------------------------------------------ module */

#define M(name, signature, doc) {#name, (PyCFunction)(void (*)(void))audioop_##name, METH_FASTCALL, #name "($module, " signature ", /)\n--\n\n" doc}

static PyMethodDef methods[] = {
    M(add, "fragment1, fragment2, width", "The sum of two fragments of one length."),
    M(adpcm2lin, "fragment, width, state", "Samples from Intel/DVI ADPCM: (samples, new state)."),
    M(alaw2lin, "fragment, width", "Samples from a-LAW."),
    M(avg, "fragment, width", "The mean of the samples."),
    M(avgpp, "fragment, width", "The mean distance between peaks that follow each other."),
    M(bias, "fragment, width, bias", "Every sample with the bias added; what overflows wraps around."),
    M(byteswap, "fragment, width", "Every sample in the other byte order."),
    M(cross, "fragment, width", "How often the samples change their sign."),
    M(findfactor, "fragment, reference", "The factor by which the reference comes nearest to the fragment."),
    M(findfit, "fragment, reference", "Where in the fragment the reference fits best, and with what factor."),
    M(findmax, "fragment, length", "Where in the fragment the most powerful stretch of that many samples begins."),
    M(getsample, "fragment, width, index", "One sample."),
    M(lin2adpcm, "fragment, width, state", "Intel/DVI ADPCM, four bits a sample: (bytes, new state)."),
    M(lin2alaw, "fragment, width", "The samples in a-LAW."),
    M(lin2lin, "fragment, width, newwidth", "The samples in another width."),
    M(lin2ulaw, "fragment, width", "The samples in u-LAW."),
    M(max, "fragment, width", "The greatest absolute value."),
    M(maxpp, "fragment, width", "The greatest distance between peaks that follow each other."),
    M(minmax, "fragment, width", "The least and the greatest sample."),
    M(mul, "fragment, width, factor", "Every sample multiplied, cut where it overflows."),
    M(ratecv, "fragment, width, nchannels, inrate, outrate, state,\n       weightA=1, weightB=0", "The fragment at another frame rate, through a simple filter: (samples, new state)."),
    M(reverse, "fragment, width", "The samples from the last to the first."),
    M(rms, "fragment, width", "The root of the mean square: a measure of the power."),
    M(tomono, "fragment, width, lfactor, rfactor", "One channel out of two, each with its factor."),
    M(tostereo, "fragment, width, lfactor, rfactor", "Two channels out of one, each with its factor."),
    M(ulaw2lin, "fragment, width", "Samples from u-LAW."),
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "audioop",
    .m_doc = PyDoc_STR("Operations on sound: fragments of samples of 1 to 4 bytes."),
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_audioop(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    if (AudioError == NULL && (AudioError = PyErr_NewException("audioop.error", NULL, NULL)) == NULL) {
        Py_DECREF(m);
        return NULL;
    }
    Py_INCREF(AudioError);
    PyModule_AddObject(m, "error", AudioError);
    return m;
}
