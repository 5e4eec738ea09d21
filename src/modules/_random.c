/* SPDX-License-Identifier: MIT */
/* _random: the Mersenne Twister MT19937 (Matsumoto and Nishimura), with seeding that gives the same streams as CPython.
 *
 * state[624] are the words of the generator; index tells how many are used up (624: all, make new ones).
 * Tests: CPython's test_random.
 */
#include "Python.h"

#include <stdint.h>
#include <time.h>
#include <unistd.h>

#define N 624
#define M 397

typedef struct {
    PyObject_HEAD
    int index;
    uint32_t state[N];
} Random;

static PyTypeObject RandomType;

/* ------------------------------------------------------------------ generator */

static inline uint32_t twist(uint32_t high, uint32_t low)
{
    uint32_t y = (high & 0x80000000u) | (low & 0x7fffffffu);
    return y >> 1 ^ (low & 1 ? 0x9908b0dfu : 0);
}

static void refill(Random *self)
{
    uint32_t *s = self->state;
    int k = 0;
    for (; k < N - M; k++)
        s[k] = s[k + M] ^ twist(s[k], s[k + 1]);
    for (; k < N - 1; k++)
        s[k] = s[k + M - N] ^ twist(s[k], s[k + 1]);
    s[N - 1] = s[M - 1] ^ twist(s[N - 1], s[0]);
    self->index = 0;
}

static inline uint32_t next_word(Random *self)
{
    if (self->index >= N)
        refill(self);
    uint32_t y = self->state[self->index++];
    y ^= y >> 11;
    y ^= y << 7 & 0x9d2c5680u;
    y ^= y << 15 & 0xefc60000u;
    return y ^ y >> 18;
}

static void seed_word(Random *self, uint32_t seed)
{
    uint32_t *s = self->state;
    s[0] = seed;
    for (uint32_t i = 1; i < N; i++)
        s[i] = 1812433253u * (s[i - 1] ^ s[i - 1] >> 30) + i;
    self->index = N;
}

static void seed_words(Random *self, const uint32_t *key, size_t length)
{
    uint32_t *s = self->state;
    size_t i = 1, j = 0;
    seed_word(self, 19650218u);
    for (size_t k = length > N ? length : N; k; k--) {
        s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1664525u) + key[j] + (uint32_t)j;
        if (++i >= N) {
            s[0] = s[N - 1];
            i = 1;
        }
        if (++j >= length)
            j = 0;
    }
    for (size_t k = N - 1; k; k--) {
        s[i] = (s[i] ^ (s[i - 1] ^ s[i - 1] >> 30) * 1566083941u) - (uint32_t)i;
        if (++i >= N) {
            s[0] = s[N - 1];
            i = 1;
        }
    }
    s[0] = 0x80000000u;
}

/* ------------------------------------------------------------------ seeding */

static int seed_from_system(Random *self)
{
    uint32_t key[N];
    if (_PyOS_URandomNonblock(key, sizeof key) == 0) {
        seed_words(self, key, N);
        return 0;
    }
    PyErr_Clear(); /* no source of entropy: the clocks and the process */
    struct timespec now, up;
    clock_gettime(CLOCK_REALTIME, &now);
    clock_gettime(CLOCK_MONOTONIC, &up);
    uint32_t some[5] = {(uint32_t)now.tv_sec, (uint32_t)now.tv_nsec, (uint32_t)getpid(), (uint32_t)up.tv_sec, (uint32_t)up.tv_nsec};
    seed_words(self, some, 5);
    return 0;
}

/* From the words of a non-negative int. 0 / -1. */
static int seed_from_int(Random *self, PyObject *n)
{
    size_t bits = _PyLong_NumBits(n);
    if (bits == (size_t)-1 && PyErr_Occurred())
        return -1;
    size_t words = bits ? (bits - 1) / 32 + 1 : 1;
    uint32_t *key = PyMem_New(uint32_t, words);
    if (key == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    int result = _PyLong_AsByteArray((PyLongObject *)n, (unsigned char *)key, words * 4, PY_LITTLE_ENDIAN, 0);
    if (result == 0)
        seed_words(self, key, words);
    PyMem_Free(key);
    return result;
}

static int seed(Random *self, PyObject *arg)
{
    PyObject *n;
    if (arg == NULL || arg == Py_None)
        return seed_from_system(self);
    if (PyLong_CheckExact(arg))
        n = PyNumber_Absolute(arg);
    else if (PyLong_Check(arg)) { /* a subclass's own __abs__ has no say */
        n = PyLong_Type.tp_as_number->nb_absolute(arg);
    }
    else {
        Py_hash_t hash = PyObject_Hash(arg);
        if (hash == -1)
            return -1;
        n = PyLong_FromSize_t((size_t)hash);
    }
    if (n == NULL)
        return -1;
    int result = seed_from_int(self, n);
    Py_DECREF(n);
    return result;
}

/* ------------------------------------------------------------------ methods */

static PyObject *random_seed(PyObject *self, PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("seed", nargs, 0, 1) || seed((Random *)self, nargs ? args[0] : NULL) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *random_random(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    uint32_t a = next_word((Random *)self) >> 5, b = next_word((Random *)self) >> 6; /* 27 and 26 bits */
    return PyFloat_FromDouble((a * 67108864.0 + b) * (1.0 / 9007199254740992.0));
}

static PyObject *random_getrandbits(PyObject *self, PyObject *arg)
{
    if (PyFloat_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    int k = _PyLong_AsInt(arg);
    if (k == -1 && PyErr_Occurred())
        return NULL;
    if (k <= 0) {
        PyErr_SetString(PyExc_ValueError, "number of bits must be greater than zero");
        return NULL;
    }
    if (k <= 32)
        return PyLong_FromUnsignedLong(next_word((Random *)self) >> (32 - k));
    size_t words = ((size_t)k - 1) / 32 + 1;
    uint32_t *out = PyMem_New(uint32_t, words);
    if (out == NULL)
        return PyErr_NoMemory();
    for (size_t i = 0; i < words; i++, k -= 32) { /* least significant first */
        out[i] = next_word((Random *)self);
        if (k < 32)
            out[i] >>= 32 - k;
    }
    PyObject *result = _PyLong_FromByteArray((unsigned char *)out, words * 4, PY_LITTLE_ENDIAN, 0);
    PyMem_Free(out);
    return result;
}

static PyObject *random_getstate(PyObject *self, PyObject *Py_UNUSED(ignored))
{
    PyObject *state = PyTuple_New(N + 1);
    for (int i = 0; state && i <= N; i++) {
        PyObject *v = PyLong_FromUnsignedLong(i < N ? ((Random *)self)->state[i] : (uint32_t)((Random *)self)->index);
        if (v == NULL)
            Py_CLEAR(state);
        else
            PyTuple_SET_ITEM(state, i, v);
    }
    return state;
}

static PyObject *random_setstate(PyObject *self, PyObject *state)
{
    uint32_t words[N];
    if (!PyTuple_Check(state)) {
        PyErr_SetString(PyExc_TypeError, "state vector must be a tuple");
        return NULL;
    }
    if (PyTuple_GET_SIZE(state) != N + 1) {
        PyErr_SetString(PyExc_ValueError, "state vector is the wrong size");
        return NULL;
    }
    for (int i = 0; i < N; i++) {
        unsigned long v = PyLong_AsUnsignedLong(PyTuple_GET_ITEM(state, i));
        if (v == (unsigned long)-1 && PyErr_Occurred())
            return NULL;
        words[i] = (uint32_t)v;
    }
    long index = PyLong_AsLong(PyTuple_GET_ITEM(state, N));
    if (index == -1 && PyErr_Occurred())
        return NULL;
    if (index < 0 || index > N) {
        PyErr_SetString(PyExc_ValueError, "invalid state");
        return NULL;
    }
    memcpy(((Random *)self)->state, words, sizeof words);
    ((Random *)self)->index = (int)index;
    Py_RETURN_NONE;
}

static PyMethodDef random_methods[] = {
    {"random", random_random, METH_NOARGS, "random($self, /)\n--\n\nrandom() -> x in the interval [0, 1)."},
    {"seed", (PyCFunction)(void (*)(void))random_seed, METH_FASTCALL, "seed($self, n=None, /)\n--\n\nseed([n]) -> None.\n\nStart over from n, or from the system's entropy; what is no int counts by its hash."},
    {"getstate", random_getstate, METH_NOARGS, "getstate($self, /)\n--\n\ngetstate() -> tuple containing the current state."},
    {"setstate", random_setstate, METH_O, "setstate($self, state, /)\n--\n\nsetstate(state) -> None.  Go back to where getstate() gave this state."},
    {"getrandbits", random_getrandbits, METH_O, "getrandbits($self, k, /)\n--\n\ngetrandbits(k) -> x.  An int of k random bits."},
    {NULL, NULL, 0, NULL},
};

static PyObject *random_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    if (type == &RandomType && !_PyArg_NoKeywords("Random", kwargs))
        return NULL;
    Random *self = (Random *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    if (seed(self, args) < 0) /* 3.8 seeds by the hash of all arguments here; __init__ of random.Random does it over */
        Py_CLEAR(self);
    return (PyObject *)self;
}

static PyTypeObject RandomType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_random.Random",
    .tp_basicsize = sizeof(Random),
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Random([seed])\n\nA generator of random numbers, independent of all others.",
    .tp_methods = random_methods,
    .tp_new = random_new,
    .tp_free = PyObject_Free,
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_random",
    .m_doc = "The generator behind the random module: a Mersenne Twister.",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit__random(void)
{
    if (PyType_Ready(&RandomType) < 0)
        return NULL;
    PyObject *module = PyModule_Create(&module_def);
    if (module) {
        Py_INCREF(&RandomType);
        PyModule_AddObject(module, "Random", (PyObject *)&RandomType);
    }
    return module;
}
