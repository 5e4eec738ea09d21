/* SPDX-License-Identifier: MIT */
/* The builtins module: functions on objects and sequences, and the table of all names.
 *
 * sum, any, all, min and max go through lists and tuples by index, re-reading the size each time, and add exact ints and floats in C.
 * Tests: tests/modules/test_builtins.py, CPython's test_builtin.
 */
#include "modules/builtins.h"
#include "runtime/upward.h"
#include "runtime/state.h"

#include <string.h>

/* ---- one-argument functions ---- */

static PyObject *builtin_abs(PyObject *m, PyObject *x) { return PyNumber_Absolute(x); }
static PyObject *builtin_ascii(PyObject *m, PyObject *x) { return PyObject_ASCII(x); }
static PyObject *builtin_bin(PyObject *m, PyObject *x) { return PyNumber_ToBase(x, 2); }
static PyObject *builtin_oct(PyObject *m, PyObject *x) { return PyNumber_ToBase(x, 8); }
static PyObject *builtin_hex(PyObject *m, PyObject *x) { return PyNumber_ToBase(x, 16); }
static PyObject *builtin_callable(PyObject *m, PyObject *x) { return PyBool_FromLong(PyCallable_Check(x)); }
static PyObject *builtin_repr(PyObject *m, PyObject *x) { return PyObject_Repr(x); }

static PyObject *builtin_id(PyObject *m, PyObject *x)
{
    PyObject *id = PyLong_FromVoidPtr(x);
    if (id != NULL && PySys_Audit("builtins.id", "O", id) < 0)
        Py_CLEAR(id);
    return id;
}

static PyObject *builtin_hash(PyObject *m, PyObject *x)
{
    Py_hash_t h = PyObject_Hash(x);
    return h == -1 ? NULL : PyLong_FromSsize_t(h);
}

static PyObject *builtin_len(PyObject *m, PyObject *x)
{
    Py_ssize_t n = PyObject_Size(x);
    return n < 0 ? NULL : PyLong_FromSsize_t(n);
}

static PyObject *builtin_chr(PyObject *m, PyObject *x)
{
    if (PyFloat_Check(x)) {
        PyErr_SetString(PyExc_TypeError, "integer argument expected, got float");
        return NULL;
    }
    int c = _PyLong_AsInt(x);
    return c == -1 && PyErr_Occurred() ? NULL : PyUnicode_FromOrdinal(c);
}

static PyObject *builtin_ord(PyObject *m, PyObject *c)
{
    Py_ssize_t n;
    if (PyUnicode_Check(c)) {
        if (PyUnicode_READY(c) == -1)
            return NULL;
        n = PyUnicode_GET_LENGTH(c);
        if (n == 1)
            return PyLong_FromLong((long)PyUnicode_READ_CHAR(c, 0));
    } else if (PyBytes_Check(c)) {
        n = PyBytes_GET_SIZE(c);
        if (n == 1)
            return PyLong_FromLong((unsigned char)PyBytes_AS_STRING(c)[0]);
    } else if (PyByteArray_Check(c)) {
        n = PyByteArray_GET_SIZE(c);
        if (n == 1)
            return PyLong_FromLong((unsigned char)PyByteArray_AS_STRING(c)[0]);
    } else {
        PyErr_Format(PyExc_TypeError, "ord() expected string of length 1, but %.200s found", Py_TYPE(c)->tp_name);
        return NULL;
    }
    PyErr_Format(PyExc_TypeError, "ord() expected a character, but string of length %zd found", n);
    return NULL;
}

/* ---- attributes and types ---- */

static PyObject *builtin_getattr(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("getattr", n, 2, 3))
        return NULL;
    if (!PyUnicode_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "getattr(): attribute name must be string");
        return NULL;
    }
    if (n == 2)
        return PyObject_GetAttr(args[0], args[1]);
    PyObject *result;
    if (_PyObject_LookupAttr(args[0], args[1], &result) == 0) {
        Py_INCREF(args[2]);
        return args[2];
    }
    return result;
}

static PyObject *builtin_hasattr(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("hasattr", n, 2, 2))
        return NULL;
    if (!PyUnicode_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "hasattr(): attribute name must be string");
        return NULL;
    }
    PyObject *v;
    int r = _PyObject_LookupAttr(args[0], args[1], &v);
    if (r < 0)
        return NULL;
    Py_XDECREF(v);
    return PyBool_FromLong(v != NULL);
}

static PyObject *builtin_setattr(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("setattr", n, 3, 3) || PyObject_SetAttr(args[0], args[1], args[2]) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *builtin_delattr(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("delattr", n, 2, 2) || PyObject_SetAttr(args[0], args[1], NULL) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *builtin_isinstance(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("isinstance", n, 2, 2))
        return NULL;
    int r = PyObject_IsInstance(args[0], args[1]);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

static PyObject *builtin_issubclass(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("issubclass", n, 2, 2))
        return NULL;
    int r = PyObject_IsSubclass(args[0], args[1]);
    return r < 0 ? NULL : PyBool_FromLong(r);
}

static PyObject *builtin_dir(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    return _PyArg_CheckPositional("dir", n, 0, 1) ? PyObject_Dir(n ? args[0] : NULL) : NULL;
}

static PyObject *builtin_vars(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    _Py_IDENTIFIER(__dict__);
    PyObject *d;
    if (!_PyArg_CheckPositional("vars", n, 0, 1))
        return NULL;
    if (n == 0) {
        d = PyEval_GetLocals();
        Py_XINCREF(d);
    } else if (_PyObject_LookupAttrId(args[0], &PyId___dict__, &d) == 0) {
        PyErr_SetString(PyExc_TypeError, "vars() argument must have __dict__ attribute");
    }
    return d;
}

/* ---- numbers ---- */

static PyObject *builtin_divmod(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    return _PyArg_CheckPositional("divmod", n, 2, 2) ? PyNumber_Divmod(args[0], args[1]) : NULL;
}

static PyObject *builtin_pow(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"base", "exp", "mod", NULL};
    static struct _PyArg_Parser parser = {NULL, keywords, "pow", 0};
    PyObject *buf[3];
    if (names == NULL && n == 2)
        return PyNumber_Power(args[0], args[1], Py_None);
    args = _PyArg_UnpackKeywords(args, n, NULL, names, &parser, 2, 3, 0, buf);
    return args ? PyNumber_Power(args[0], args[1], args[2] ? args[2] : Py_None) : NULL;
}

static PyObject *builtin_round(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"number", "ndigits", NULL};
    static struct _PyArg_Parser parser = {NULL, keywords, "round", 0};
    _Py_IDENTIFIER(__round__);
    PyObject *buf[2];
    if (names != NULL || n < 1 || n > 2) {
        args = _PyArg_UnpackKeywords(args, n, NULL, names, &parser, 1, 2, 0, buf);
        if (args == NULL)
            return NULL;
        n = args[1] ? 2 : 1;
    }
    PyObject *number = args[0], *digits = n > 1 ? args[1] : Py_None;
    if (Py_TYPE(number)->tp_dict == NULL && PyType_Ready(Py_TYPE(number)) < 0)
        return NULL;
    PyObject *round = _PyObject_LookupSpecial(number, &PyId___round__);
    if (round == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_TypeError, "type %.100s doesn't define __round__ method", Py_TYPE(number)->tp_name);
        return NULL;
    }
    PyObject *result = digits == Py_None ? _PyObject_CallNoArg(round) : PyObject_CallFunctionObjArgs(round, digits, NULL);
    Py_DECREF(round);
    return result;
}

static PyObject *builtin_format(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("format", n, 1, 2))
        return NULL;
    if (n > 1 && !PyUnicode_Check(args[1])) {
        _PyArg_BadArgument("format", "argument 2", "str", args[1]);
        return NULL;
    }
    return PyObject_Format(args[0], n > 1 ? args[1] : NULL);
}

/* ---- iteration ---- */

static PyObject *builtin_iter(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("iter", n, 1, 2))
        return NULL;
    if (n == 1)
        return PyObject_GetIter(args[0]);
    if (!PyCallable_Check(args[0])) {
        PyErr_SetString(PyExc_TypeError, "iter(v, w): v must be callable");
        return NULL;
    }
    return PyCallIter_New(args[0], args[1]);
}

static PyObject *builtin_next(PyObject *m, PyObject *const *args, Py_ssize_t n)
{
    if (!_PyArg_CheckPositional("next", n, 1, 2))
        return NULL;
    PyObject *it = args[0];
    if (!PyIter_Check(it)) {
        PyErr_Format(PyExc_TypeError, "'%.200s' object is not an iterator", Py_TYPE(it)->tp_name);
        return NULL;
    }
    PyObject *item = Py_TYPE(it)->tp_iternext(it);
    if (item != NULL)
        return item;
    if (n == 1) {
        if (!PyErr_Occurred())
            PyErr_SetNone(PyExc_StopIteration);
        return NULL;
    }
    if (PyErr_Occurred()) {
        if (!PyErr_ExceptionMatches(PyExc_StopIteration))
            return NULL;
        PyErr_Clear();
    }
    Py_INCREF(args[1]);
    return args[1];
}

/* Goes through any iterable; lists and tuples without an iterator object. */
typedef struct {
    PyObject *it;     /* owned iterator, or NULL */
    PyObject *seq;    /* exact list or tuple (borrowed from the caller), or NULL */
    Py_ssize_t index;
} Walk;

static int walk_start(Walk *w, PyObject *iterable)
{
    *w = (Walk){NULL, NULL, 0};
    if (PyList_CheckExact(iterable) || PyTuple_CheckExact(iterable)) {
        w->seq = iterable;
        return 0;
    }
    w->it = PyObject_GetIter(iterable);
    return w->it ? 0 : -1;
}

/* New reference; NULL at the end, or with an exception. */
static inline PyObject *walk_next(Walk *w)
{
    if (w->seq) {
        PyObject *item;
        if (PyList_CheckExact(w->seq)) {
            if (w->index >= PyList_GET_SIZE(w->seq))
                return NULL;
            item = PyList_GET_ITEM(w->seq, w->index++);
        } else {
            if (w->index >= PyTuple_GET_SIZE(w->seq))
                return NULL;
            item = PyTuple_GET_ITEM(w->seq, w->index++);
        }
        Py_INCREF(item);
        return item;
    }
    PyObject *item = Py_TYPE(w->it)->tp_iternext(w->it);
    if (item == NULL && PyErr_Occurred() && PyErr_ExceptionMatches(PyExc_StopIteration))
        PyErr_Clear();
    return item;
}

static PyObject *any_or_all(PyObject *iterable, int stop_at)
{
    Walk w;
    if (walk_start(&w, iterable) < 0)
        return NULL;
    int truth = -2;
    PyObject *item;
    while ((item = walk_next(&w)) != NULL) {
        truth = item == Py_True ? 1 : item == Py_False ? 0 : PyObject_IsTrue(item);
        Py_DECREF(item);
        if (truth < 0 || truth == stop_at)
            break;
        truth = -2;
    }
    Py_XDECREF(w.it);
    if (truth == -1 || (truth == -2 && PyErr_Occurred()))
        return NULL;
    return PyBool_FromLong(truth == stop_at ? stop_at : !stop_at);
}

static PyObject *builtin_any(PyObject *m, PyObject *iterable) { return any_or_all(iterable, 1); }
static PyObject *builtin_all(PyObject *m, PyObject *iterable) { return any_or_all(iterable, 0); }

/* result (stolen) + item (stolen) */
static inline PyObject *add_steal(PyObject *result, PyObject *item)
{
    PyObject *sum = PyNumber_Add(result, item);
    Py_DECREF(result);
    Py_DECREF(item);
    return sum;
}

/* Add exact ints while the sum fits a C long. *result (stolen) becomes the sum so far; item is the first that did not fit
 * (new), or NULL at the end. -1 with an exception. */
static int sum_ints(Walk *w, PyObject **result, PyObject **rest)
{
    int overflow;
    long total = PyLong_AsLongAndOverflow(*result, &overflow);
    PyObject *item = NULL;
    *rest = NULL;
    if (overflow)
        return 0;
    while ((item = walk_next(w)) != NULL) {
        if (!PyLong_CheckExact(item) && !PyBool_Check(item))
            break;
        long x = PyLong_AsLongAndOverflow(item, &overflow), next;
        if (overflow || __builtin_add_overflow(total, x, &next))
            break;
        total = next;
        Py_DECREF(item);
    }
    Py_SETREF(*result, PyLong_FromLong(total));
    if (*result == NULL) {
        Py_XDECREF(item);
        return -1;
    }
    *rest = item;
    return item == NULL && PyErr_Occurred() ? -1 : 0;
}

/* The same with floats; ints that fit a long join in. */
static int sum_floats(Walk *w, PyObject **result, PyObject **rest)
{
    double total = PyFloat_AS_DOUBLE(*result);
    PyObject *item = NULL;
    while ((item = walk_next(w)) != NULL) {
        if (PyFloat_CheckExact(item)) {
            total += PyFloat_AS_DOUBLE(item);
        } else if (PyLong_Check(item)) {
            int overflow;
            long x = PyLong_AsLongAndOverflow(item, &overflow);
            if (overflow)
                break;
            total += (double)x;
        } else {
            break;
        }
        Py_DECREF(item);
    }
    Py_SETREF(*result, PyFloat_FromDouble(total));
    if (*result == NULL) {
        Py_XDECREF(item);
        return -1;
    }
    *rest = item;
    return item == NULL && PyErr_Occurred() ? -1 : 0;
}

static PyObject *sum_walk(Walk *w, PyObject *result)
{
    PyObject *item;
    int more = 1;
    while (more) {
        more = 0;
        if (PyLong_CheckExact(result)) {
            if (sum_ints(w, &result, &item) < 0)
                goto error;
            if (item != NULL) {
                result = add_steal(result, item);
                if (result == NULL)
                    return NULL;
            } else {
                int overflow;
                (void)PyLong_AsLongAndOverflow(result, &overflow);
                if (!overflow)
                    return result;
            }
        }
        if (PyFloat_CheckExact(result)) {
            if (sum_floats(w, &result, &item) < 0)
                goto error;
            if (item == NULL)
                return result;
            result = add_steal(result, item);
            if (result == NULL)
                return NULL;
        }
        while ((item = walk_next(w)) != NULL) {
            result = add_steal(result, item);
            if (result == NULL)
                return NULL;
        }
    }
    if (PyErr_Occurred())
        goto error;
    return result;
error:
    Py_XDECREF(result);
    return NULL;
}

static PyObject *builtin_sum(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    static const char *const keywords[] = {"", "start", NULL};
    static struct _PyArg_Parser parser = {NULL, keywords, "sum", 0};
    PyObject *buf[2];
    if (names != NULL || n < 1 || n > 2) {
        args = _PyArg_UnpackKeywords(args, n, NULL, names, &parser, 1, 2, 0, buf);
        if (args == NULL)
            return NULL;
        n = args[1] ? 2 : 1;
    }
    Walk w;
    if (walk_start(&w, args[0]) < 0)
        return NULL;
    PyObject *result = NULL;
    if (n == 1) {
        result = PyLong_FromLong(0);
    } else if (PyUnicode_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "sum() can't sum strings [use ''.join(seq) instead]");
    } else if (PyBytes_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "sum() can't sum bytes [use b''.join(seq) instead]");
    } else if (PyByteArray_Check(args[1])) {
        PyErr_SetString(PyExc_TypeError, "sum() can't sum bytearray [use b''.join(seq) instead]");
    } else {
        result = args[1];
        Py_INCREF(result);
    }
    if (result != NULL)
        result = sum_walk(&w, result);
    Py_XDECREF(w.it);
    return result;
}

/* ---- min, max, sorted ---- */

/* a < b (or a > b) for what min and max compare; small exact ints and floats are compared in place. */
static int is_better(PyObject *a, PyObject *b, int op)
{
    if (PyLong_CheckExact(a) && PyLong_CheckExact(b)) {
        Py_ssize_t na = Py_SIZE(a), nb = Py_SIZE(b);
        if (na >= -1 && na <= 1 && nb >= -1 && nb <= 1) {
            long x = (long)na * (long)((PyLongObject *)a)->ob_digit[0], y = (long)nb * (long)((PyLongObject *)b)->ob_digit[0];
            if (na == 0)
                x = 0;
            if (nb == 0)
                y = 0;
            return op == Py_LT ? x < y : x > y;
        }
    } else if (PyFloat_CheckExact(a) && PyFloat_CheckExact(b)) {
        double x = PyFloat_AS_DOUBLE(a), y = PyFloat_AS_DOUBLE(b);
        return op == Py_LT ? x < y : x > y;
    }
    return PyObject_RichCompareBool(a, b, op);
}

static PyObject *extreme_of(Walk *w, PyObject *key, int op)
{
    PyObject *best = NULL, *best_key = NULL, *item, *item_key = NULL;
    while ((item = walk_next(w)) != NULL) {
        if (key != NULL) {
            PyObject *stack[2] = {NULL, item};
            item_key = _PyObject_Vectorcall(key, stack + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
            if (item_key == NULL)
                goto error;
        } else {
            item_key = item;
            Py_INCREF(item);
        }
        if (best == NULL) {
            best = item;
            best_key = item_key;
            continue;
        }
        int better = is_better(item_key, best_key, op);
        if (better < 0)
            goto error;
        if (better) {
            Py_SETREF(best, item);
            Py_SETREF(best_key, item_key);
        } else {
            Py_DECREF(item);
            Py_DECREF(item_key);
        }
    }
    if (PyErr_Occurred())
        goto error;
    Py_XDECREF(best_key);
    return best;
error:
    if (item)
        Py_XDECREF(item_key);
    Py_XDECREF(item);
    Py_XDECREF(best);
    Py_XDECREF(best_key);
    return NULL;
}

static PyObject *min_max(PyObject *const *args, Py_ssize_t n, PyObject *names, int op)
{
    static const char *const keywords[] = {"key", "default", NULL};
    static struct _PyArg_Parser parsers[2] = {{"|$OO:min", keywords, 0}, {"|$OO:max", keywords, 0}};
    const char *name = op == Py_LT ? "min" : "max";
    PyObject *key = NULL, *fallback = NULL, *result;
    if (n == 0) {
        PyErr_Format(PyExc_TypeError, "%s expected 1 argument, got 0", name);
        return NULL;
    }
    if (names != NULL && !_PyArg_ParseStackAndKeywords(args + n, 0, names, &parsers[op != Py_LT], &key, &fallback))
        return NULL;
    if (n > 1 && fallback != NULL) {
        PyErr_Format(PyExc_TypeError, "Cannot specify a default for %s() with multiple positional arguments", name);
        return NULL;
    }
    if (key == Py_None)
        key = NULL;
    if (n == 2 && key == NULL) {
        int better = is_better(args[1], args[0], op);
        if (better < 0)
            return NULL;
        result = args[better];
        Py_INCREF(result);
        return result;
    }
    Walk w;
    PyObject *tuple = NULL;
    if (n > 1) {
        tuple = PyTuple_New(n);
        if (tuple == NULL)
            return NULL;
        for (Py_ssize_t i = 0; i < n; i++) {
            Py_INCREF(args[i]);
            PyTuple_SET_ITEM(tuple, i, args[i]);
        }
    }
    if (walk_start(&w, tuple ? tuple : args[0]) < 0) {
        Py_XDECREF(tuple);
        return NULL;
    }
    result = extreme_of(&w, key, op);
    Py_XDECREF(w.it);
    Py_XDECREF(tuple);
    if (result == NULL && !PyErr_Occurred()) {
        if (fallback != NULL) {
            Py_INCREF(fallback);
            return fallback;
        }
        PyErr_Format(PyExc_ValueError, "%s() arg is an empty sequence", name);
    }
    return result;
}

static PyObject *builtin_min(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    return min_max(args, n, names, Py_LT);
}

static PyObject *builtin_max(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    return min_max(args, n, names, Py_GT);
}

static PyObject *builtin_sorted(PyObject *m, PyObject *const *args, Py_ssize_t n, PyObject *names)
{
    _Py_IDENTIFIER(sort);
    if (n != 1) {
        PyErr_Format(PyExc_TypeError, "sorted expected 1 argument, got %zd", n);
        return NULL;
    }
    PyObject *list = PySequence_List(args[0]);
    if (list == NULL)
        return NULL;
    if (names == NULL || PyTuple_GET_SIZE(names) == 0) {
        if (PyList_Sort(list) < 0)
            Py_CLEAR(list);
        return list;
    }
    PyObject *sort = _PyObject_GetAttrId(list, &PyId_sort);
    PyObject *r = sort ? _PyObject_Vectorcall(sort, args + 1, 0, names) : NULL;
    Py_XDECREF(sort);
    if (r == NULL)
        Py_CLEAR(list);
    Py_XDECREF(r);
    return list;
}

/* ---- the module ---- */

#define FASTKW METH_FASTCALL | METH_KEYWORDS

static PyMethodDef methods[] = {
    {"abs", builtin_abs, METH_O, "abs($module, x, /)\n--\n\nThe absolute value of a number."},
    {"all", builtin_all, METH_O, "all($module, iterable, /)\n--\n\nTrue unless an item is false."},
    {"any", builtin_any, METH_O, "any($module, iterable, /)\n--\n\nTrue if an item is true."},
    {"ascii", builtin_ascii, METH_O, "ascii($module, obj, /)\n--\n\nrepr(obj) with all that is not ASCII escaped."},
    {"bin", builtin_bin, METH_O, "bin($module, number, /)\n--\n\nThe binary text of an integer.\n\n   >>> bin(5)\n   '0b101'"},
    {"callable", builtin_callable, METH_O, "callable($module, obj, /)\n--\n\nTell whether obj can be called."},
    {"chr", builtin_chr, METH_O, "chr($module, i, /)\n--\n\nThe character with code point i, 0 <= i <= 0x10ffff."},
    {"delattr", TAI_FAST(builtin_delattr), METH_FASTCALL, "delattr($module, obj, name, /)\n--\n\nDo del obj.name for a name that is a str."},
    {"dir", TAI_FAST(builtin_dir), METH_FASTCALL,
     "dir([object]) -> list of strings\n\nThe sorted attribute names of object, or the names of the current scope."},
    {"divmod", TAI_FAST(builtin_divmod), METH_FASTCALL, "divmod($module, x, y, /)\n--\n\nThe tuple (x//y, x%y)."},
    {"format", TAI_FAST(builtin_format), METH_FASTCALL,
     "format($module, value, format_spec='', /)\n--\n\nvalue as text, in the way that format_spec asks for."},
    {"getattr", TAI_FAST(builtin_getattr), METH_FASTCALL,
     "getattr(object, name[, default]) -> value\n\nobject.name for a name that is a str; default if there is no such attribute."},
    {"hasattr", TAI_FAST(builtin_hasattr), METH_FASTCALL, "hasattr($module, obj, name, /)\n--\n\nTell whether obj has the attribute."},
    {"hash", builtin_hash, METH_O, "hash($module, obj, /)\n--\n\nThe hash value of an object: equal objects have equal ones."},
    {"hex", builtin_hex, METH_O, "hex($module, number, /)\n--\n\nThe hexadecimal text of an integer.\n\n   >>> hex(255)\n   '0xff'"},
    {"id", builtin_id, METH_O, "id($module, obj, /)\n--\n\nAn int that no other living object has: its address."},
    {"isinstance", TAI_FAST(builtin_isinstance), METH_FASTCALL,
     "isinstance($module, obj, class_or_tuple, /)\n--\n\nTell whether obj is an instance of the class, or of one in the tuple."},
    {"issubclass", TAI_FAST(builtin_issubclass), METH_FASTCALL,
     "issubclass($module, cls, class_or_tuple, /)\n--\n\nTell whether cls derives from the class, or from one in the tuple."},
    {"iter", TAI_FAST(builtin_iter), METH_FASTCALL,
     "iter(iterable) -> iterator\niter(callable, sentinel) -> iterator\n\n"
     "An iterator over iterable, or over the results of callable() until one equals sentinel."},
    {"len", builtin_len, METH_O, "len($module, obj, /)\n--\n\nThe number of items."},
    {"max", TAI_FAST(builtin_max), FASTKW,
     "max(iterable, *[, default=obj, key=func]) -> value\nmax(arg1, arg2, *args, *[, key=func]) -> value\n\n"
     "The largest item; key gives what is compared, default is for an empty iterable."},
    {"min", TAI_FAST(builtin_min), FASTKW,
     "min(iterable, *[, default=obj, key=func]) -> value\nmin(arg1, arg2, *args, *[, key=func]) -> value\n\n"
     "The smallest item; key gives what is compared, default is for an empty iterable."},
    {"next", TAI_FAST(builtin_next), METH_FASTCALL,
     "next(iterator[, default])\n\nThe next item; default at the end, or StopIteration without one."},
    {"oct", builtin_oct, METH_O, "oct($module, number, /)\n--\n\nThe octal text of an integer.\n\n   >>> oct(8)\n   '0o10'"},
    {"ord", builtin_ord, METH_O, "ord($module, c, /)\n--\n\nThe code point of a character."},
    {"pow", TAI_FAST(builtin_pow), FASTKW,
     "pow($module, /, base, exp, mod=None)\n--\n\nbase**exp, or base**exp % mod, which is faster for ints in this form."},
    {"repr", builtin_repr, METH_O, "repr($module, obj, /)\n--\n\nThe text that shows an object, often as source code."},
    {"round", TAI_FAST(builtin_round), FASTKW,
     "round($module, /, number, ndigits=None)\n--\n\nnumber rounded to ndigits decimals, or to an int without ndigits."},
    {"setattr", TAI_FAST(builtin_setattr), METH_FASTCALL, "setattr($module, obj, name, value, /)\n--\n\nDo obj.name = value for a name that is a str."},
    {"sorted", TAI_FAST(builtin_sorted), FASTKW,
     "sorted($module, iterable, /, *, key=None, reverse=False)\n--\n\n"
     "A new list with the items in ascending order; key gives what is compared, reverse asks for the other direction."},
    {"sum", TAI_FAST(builtin_sum), FASTKW, "sum($module, iterable, /, start=0)\n--\n\nstart plus all the items, from the first to the last."},
    {"vars", TAI_FAST(builtin_vars), METH_FASTCALL, "vars([object]) -> dictionary\n\nobject.__dict__, or locals() without an argument."},
    {NULL, NULL},
};

PyDoc_STRVAR(builtins_doc, "Names that are visible everywhere: built-in functions, types, exceptions and constants.\n\n"
             "`None' is the `nil' object; `Ellipsis' is what `...' in slices means.");

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "builtins", builtins_doc, -1, methods, NULL, NULL, NULL, NULL};

PyObject *tai_builtins_create(PyInterpreterState *interp)
{
    const struct {
        const char *name;
        void *object;
    } names[] = {
        {"None", Py_None}, {"Ellipsis", Py_Ellipsis}, {"NotImplemented", Py_NotImplemented}, {"False", Py_False},
        {"True", Py_True}, {"bool", &PyBool_Type}, {"memoryview", &PyMemoryView_Type}, {"bytearray", &PyByteArray_Type},
        {"bytes", &PyBytes_Type}, {"classmethod", &PyClassMethod_Type}, {"complex", &PyComplex_Type}, {"dict", &PyDict_Type},
        {"enumerate", &PyEnum_Type}, {"filter", &PyFilter_Type}, {"float", &PyFloat_Type}, {"frozenset", &PyFrozenSet_Type},
        {"property", &PyProperty_Type}, {"int", &PyLong_Type}, {"list", &PyList_Type}, {"map", &PyMap_Type},
        {"object", &PyBaseObject_Type}, {"range", &PyRange_Type}, {"reversed", &PyReversed_Type}, {"set", &PySet_Type},
        {"slice", &PySlice_Type}, {"staticmethod", &PyStaticMethod_Type}, {"str", &PyUnicode_Type}, {"super", &PySuper_Type},
        {"tuple", &PyTuple_Type}, {"type", &PyType_Type}, {"zip", &PyZip_Type},
    };
    PyObject *m = _PyModule_CreateInitialized(&definition, PYTHON_API_VERSION);
    if (m == NULL || PyModule_AddFunctions(m, tai_builtins_code_methods) < 0)
        return NULL;
    PyObject *d = PyModule_GetDict(m);
    for (size_t i = 0; i < Py_ARRAY_LENGTH(names); i++)
        if (PyDict_SetItemString(d, names[i].name, names[i].object) < 0)
            return NULL;
    PyObject *debug = PyBool_FromLong(interp->config.optimization_level == 0);
    if (PyDict_SetItemString(d, "__debug__", debug) < 0)
        return NULL;
    Py_DECREF(debug);
    Py_INCREF(d);
    interp->builtins = d;
    return m;
}
