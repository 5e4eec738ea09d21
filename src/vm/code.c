/* SPDX-License-Identifier: MIT */
/* code: the object that holds wordcode. Its fields are 3.8's; co_zombieframe points to the executable form (exec.h).
 *
 * [CODE-1] Names, and string constants that look like names, are interned.
 * [CODE-2] A code object never changes after it is made; the executable form and co_extra are side tables.
 * Tests: CPython's test_code.
 */
#include "vm/exec.h"
#include "code.h"
#include "structmember.h"

typedef struct {
    Py_ssize_t size;
    void *items[];
} Extra;

/* ---- making -------------------------------------------------------------------------------------------------- */

static int all_name_chars(PyObject *s)
{
    if (!PyUnicode_IS_ASCII(s))
        return 0;
    const unsigned char *p = (const unsigned char *)PyUnicode_1BYTE_DATA(s), *end = p + PyUnicode_GET_LENGTH(s);
    for (; p < end; p++)
        if (!Py_ISALNUM(*p) && *p != '_')
            return 0;
    return 1;
}

static int intern_names(PyObject *tuple)
{
    for (Py_ssize_t i = PyTuple_GET_SIZE(tuple); --i >= 0;) {
        PyObject *v = PyTuple_GET_ITEM(tuple, i);
        if (v == NULL || !PyUnicode_CheckExact(v)) {
            PyErr_SetString(PyExc_SystemError, "non-string found in code slot");
            return -1;
        }
        PyUnicode_InternInPlace(&((PyTupleObject *)tuple)->ob_item[i]);
    }
    return 0;
}

/* Intern strings among constants, also inside tuples and frozensets. 1: something was replaced. */
static int intern_constants(PyObject *tuple)
{
    int changed = 0;
    for (Py_ssize_t i = PyTuple_GET_SIZE(tuple); --i >= 0;) {
        PyObject **slot = &((PyTupleObject *)tuple)->ob_item[i], *v = *slot;
        if (v == NULL)
            continue;
        if (PyUnicode_CheckExact(v)) {
            if (PyUnicode_READY(v) == 0 && all_name_chars(v)) {
                PyUnicode_InternInPlace(slot);
                changed |= *slot != v;
            }
        }
        else if (PyTuple_CheckExact(v))
            changed |= intern_constants(v);
        else if (PyFrozenSet_CheckExact(v)) {
            PyObject *items = PySequence_Tuple(v), *made;
            if (items == NULL) {
                PyErr_Clear();
                continue;
            }
            if (intern_constants(items) && (made = PyFrozenSet_New(items)) != NULL) {
                Py_SETREF(*slot, made);
                changed = 1;
            }
            PyErr_Clear();
            Py_DECREF(items);
        }
    }
    return changed;
}

/* For each cell variable the argument that it captures; NULL if none does. *failed on MemoryError. */
static Py_ssize_t *map_cells(PyObject *cellvars, PyObject *varnames, Py_ssize_t nargs, int *failed)
{
    Py_ssize_t ncells = PyTuple_GET_SIZE(cellvars);
    Py_ssize_t *map = NULL;
    for (Py_ssize_t i = 0; i < ncells; i++)
        for (Py_ssize_t j = 0; j < nargs; j++) {
            if (PyTuple_GET_ITEM(cellvars, i) != PyTuple_GET_ITEM(varnames, j) &&
                PyUnicode_Compare(PyTuple_GET_ITEM(cellvars, i), PyTuple_GET_ITEM(varnames, j)) != 0)
                continue;
            if (map == NULL) {
                map = PyMem_New(Py_ssize_t, ncells);
                if (map == NULL) {
                    PyErr_NoMemory();
                    *failed = 1;
                    return NULL;
                }
                for (Py_ssize_t k = 0; k < ncells; k++)
                    map[k] = CO_CELL_NOT_AN_ARG;
            }
            map[i] = j;
            break;
        }
    return map;
}

PyCodeObject *PyCode_NewWithPosOnlyArgs(int argcount, int posonlyargcount, int kwonlyargcount, int nlocals, int stacksize,
                                        int flags, PyObject *code, PyObject *consts, PyObject *names, PyObject *varnames,
                                        PyObject *freevars, PyObject *cellvars, PyObject *filename, PyObject *name,
                                        int firstlineno, PyObject *lnotab)
{
    if (argcount < posonlyargcount || posonlyargcount < 0 || kwonlyargcount < 0 || nlocals < 0 || stacksize < 0 ||
        flags < 0 || code == NULL || !PyBytes_Check(code) || consts == NULL || !PyTuple_Check(consts) || names == NULL ||
        !PyTuple_Check(names) || varnames == NULL || !PyTuple_Check(varnames) || freevars == NULL ||
        !PyTuple_Check(freevars) || cellvars == NULL || !PyTuple_Check(cellvars) || name == NULL || !PyUnicode_Check(name) ||
        filename == NULL || !PyUnicode_Check(filename) || lnotab == NULL || !PyBytes_Check(lnotab)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    if (PyUnicode_READY(name) < 0 || PyUnicode_READY(filename) < 0)
        return NULL;
    if (intern_names(names) < 0 || intern_names(varnames) < 0 || intern_names(freevars) < 0 || intern_names(cellvars) < 0)
        return NULL;
    intern_constants(consts);
    Py_ssize_t nargs = (Py_ssize_t)argcount + kwonlyargcount + ((flags & CO_VARARGS) != 0) + ((flags & CO_VARKEYWORDS) != 0);
    if (nargs > nlocals || PyTuple_GET_SIZE(varnames) < nlocals) {
        PyErr_SetString(PyExc_ValueError, "code: varnames is too small");
        return NULL;
    }
    if (PyTuple_GET_SIZE(cellvars) + PyTuple_GET_SIZE(freevars))
        flags &= ~CO_NOFREE;
    else
        flags |= CO_NOFREE;
    int failed = 0;
    Py_ssize_t *cell2arg = map_cells(cellvars, varnames, nargs, &failed);
    PyCodeObject *co = failed ? NULL : PyObject_NEW(PyCodeObject, &PyCode_Type);
    if (co == NULL) {
        PyMem_FREE(cell2arg);
        return NULL;
    }
    memset((char *)co + sizeof(PyObject), 0, sizeof(PyCodeObject) - sizeof(PyObject));
    co->co_argcount = argcount;
    co->co_posonlyargcount = posonlyargcount;
    co->co_kwonlyargcount = kwonlyargcount;
    co->co_nlocals = nlocals;
    co->co_stacksize = stacksize;
    co->co_flags = flags;
    co->co_firstlineno = firstlineno;
    co->co_cell2arg = cell2arg;
    PyObject *fields[] = {code, consts, names, varnames, freevars, cellvars, filename, name, lnotab};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        Py_INCREF(fields[i]);
    co->co_code = code;
    co->co_consts = consts;
    co->co_names = names;
    co->co_varnames = varnames;
    co->co_freevars = freevars;
    co->co_cellvars = cellvars;
    co->co_filename = filename;
    co->co_name = name;
    co->co_lnotab = lnotab;
    return co;
}

PyCodeObject *PyCode_New(int argcount, int kwonlyargcount, int nlocals, int stacksize, int flags, PyObject *code,
                         PyObject *consts, PyObject *names, PyObject *varnames, PyObject *freevars, PyObject *cellvars,
                         PyObject *filename, PyObject *name, int firstlineno, PyObject *lnotab)
{
    return PyCode_NewWithPosOnlyArgs(argcount, 0, kwonlyargcount, nlocals, stacksize, flags, code, consts, names, varnames,
                                     freevars, cellvars, filename, name, firstlineno, lnotab);
}

/* Code that only serves to be named in a traceback. */
PyCodeObject *PyCode_NewEmpty(const char *filename, const char *funcname, int firstlineno)
{
    PyCodeObject *co = NULL;
    PyObject *bytes = PyBytes_FromStringAndSize(NULL, 0), *tuple = PyTuple_New(0);
    PyObject *name = PyUnicode_FromString(funcname), *file = PyUnicode_DecodeFSDefault(filename);
    if (bytes != NULL && tuple != NULL && name != NULL && file != NULL)
        co = PyCode_NewWithPosOnlyArgs(0, 0, 0, 0, 0, 0, bytes, tuple, tuple, tuple, tuple, tuple, file, name, firstlineno,
                                       bytes);
    Py_XDECREF(bytes);
    Py_XDECREF(tuple);
    Py_XDECREF(name);
    Py_XDECREF(file);
    return co;
}

/* ---- lines --------------------------------------------------------------------------------------------------- */

int PyCode_Addr2Line(PyCodeObject *co, int addr)
{
    const unsigned char *p = (const unsigned char *)PyBytes_AS_STRING(co->co_lnotab);
    Py_ssize_t n = PyBytes_GET_SIZE(co->co_lnotab) / 2;
    int line = co->co_firstlineno, at = 0;
    for (; n > 0; n--, p += 2) {
        at += p[0];
        if (at > addr)
            break;
        line += (signed char)p[1];
    }
    return line;
}

int _PyCode_CheckLineNumber(PyCodeObject *co, int lasti, PyAddrPair *bounds)
{
    const unsigned char *p = (const unsigned char *)PyBytes_AS_STRING(co->co_lnotab);
    const unsigned char *end = p + PyBytes_GET_SIZE(co->co_lnotab) / 2 * 2;
    int line = co->co_firstlineno, at = 0;
    bounds->ap_lower = 0;
    for (; p < end && at + p[0] <= lasti; p += 2) {
        at += p[0];
        if (p[1] != 0)
            bounds->ap_lower = at;
        line += (signed char)p[1];
    }
    bounds->ap_upper = INT_MAX;
    if (p < end) {
        do {
            at += p[0];
            p += 2;
        } while (p < end && p[-1] == 0);
        bounds->ap_upper = at;
    }
    return line;
}

/* ---- constants ----------------------------------------------------------------------------------------------- */

/* Keys of the items, in a new tuple. */
static PyObject *keys_of(PyObject *tuple)
{
    Py_ssize_t n = PyTuple_GET_SIZE(tuple);
    PyObject *keys = PyTuple_New(n);
    for (Py_ssize_t i = 0; keys != NULL && i < n; i++) {
        PyObject *key = _PyCode_ConstantKey(PyTuple_GET_ITEM(tuple, i));
        if (key == NULL)
            Py_CLEAR(keys);
        else
            PyTuple_SET_ITEM(keys, i, key);
    }
    return keys;
}

/* Like the sign of a zero: 0 for everything else. */
static int negative_zero(double x) { return x == 0.0 && copysign(1.0, x) < 0.0; }

static PyObject *complex_key(PyObject *o)
{
    Py_complex z = PyComplex_AsCComplex(o);
    int real = negative_zero(z.real), imag = negative_zero(z.imag);
    PyObject *type = (PyObject *)Py_TYPE(o);
    if (real && imag)
        return PyTuple_Pack(3, type, o, Py_True);
    if (imag)
        return PyTuple_Pack(3, type, o, Py_False);
    if (real)
        return PyTuple_Pack(3, type, o, Py_None);
    return PyTuple_Pack(2, type, o);
}

PyObject *_PyCode_ConstantKey(PyObject *o)
{
    PyObject *inner = NULL, *key = NULL;
    if (o == Py_None || o == Py_Ellipsis || PyLong_CheckExact(o) || PyUnicode_CheckExact(o) || PyCode_Check(o)) {
        Py_INCREF(o);
        return o;
    }
    if (PyBool_Check(o) || PyBytes_CheckExact(o))
        return PyTuple_Pack(2, Py_TYPE(o), o);
    if (PyFloat_CheckExact(o))
        return negative_zero(PyFloat_AS_DOUBLE(o)) ? PyTuple_Pack(3, Py_TYPE(o), o, Py_None) : PyTuple_Pack(2, Py_TYPE(o), o);
    if (PyComplex_CheckExact(o))
        return complex_key(o);
    if (PyTuple_CheckExact(o)) {
        inner = keys_of(o);
    }
    else if (PyFrozenSet_CheckExact(o)) {
        PyObject *items = PySequence_Tuple(o), *keys = items ? keys_of(items) : NULL;
        inner = keys ? PyFrozenSet_New(keys) : NULL;
        Py_XDECREF(keys);
        Py_XDECREF(items);
    }
    else {
        PyObject *id = PyLong_FromVoidPtr(o);
        key = id ? PyTuple_Pack(2, o, id) : NULL;
        Py_XDECREF(id);
        return key;
    }
    if (inner != NULL)
        key = PyTuple_Pack(2, inner, o);
    Py_XDECREF(inner);
    return key;
}

/* ---- comparing ----------------------------------------------------------------------------------------------- */

static PyObject *code_richcompare(PyObject *self, PyObject *other, int op)
{
    if ((op != Py_EQ && op != Py_NE) || !PyCode_Check(self) || !PyCode_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    PyCodeObject *a = (PyCodeObject *)self, *b = (PyCodeObject *)other;
    int equal = a->co_argcount == b->co_argcount && a->co_posonlyargcount == b->co_posonlyargcount &&
                a->co_kwonlyargcount == b->co_kwonlyargcount && a->co_nlocals == b->co_nlocals &&
                a->co_flags == b->co_flags && a->co_firstlineno == b->co_firstlineno;
    PyObject *pairs[][2] = {{a->co_name, b->co_name},         {a->co_code, b->co_code},
                            {a->co_names, b->co_names},       {a->co_varnames, b->co_varnames},
                            {a->co_freevars, b->co_freevars}, {a->co_cellvars, b->co_cellvars}};
    for (size_t i = 0; equal > 0 && i < sizeof pairs / sizeof *pairs; i++)
        equal = PyObject_RichCompareBool(pairs[i][0], pairs[i][1], Py_EQ);
    if (equal > 0) {
        PyObject *x = _PyCode_ConstantKey(a->co_consts), *y = x ? _PyCode_ConstantKey(b->co_consts) : NULL;
        equal = y ? PyObject_RichCompareBool(x, y, Py_EQ) : -1;
        Py_XDECREF(x);
        Py_XDECREF(y);
    }
    if (equal < 0)
        return NULL;
    return PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

static Py_hash_t code_hash(PyCodeObject *co)
{
    PyObject *fields[] = {co->co_name, co->co_code, co->co_consts, co->co_names, co->co_varnames, co->co_freevars, co->co_cellvars};
    Py_hash_t hash = co->co_argcount ^ co->co_posonlyargcount ^ co->co_kwonlyargcount ^ co->co_nlocals ^ co->co_flags;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        Py_hash_t h = PyObject_Hash(fields[i]);
        if (h == -1)
            return -1;
        hash ^= h;
    }
    return hash == -1 ? -2 : hash;
}

static PyObject *code_repr(PyCodeObject *co)
{
    int line = co->co_firstlineno != 0 ? co->co_firstlineno : -1;
    if (co->co_filename && PyUnicode_Check(co->co_filename))
        return PyUnicode_FromFormat("<code object %U at %p, file \"%U\", line %d>", co->co_name, co, co->co_filename, line);
    return PyUnicode_FromFormat("<code object %U at %p, file ???, line %d>", co->co_name, co, line);
}

/* ---- life ---------------------------------------------------------------------------------------------------- */

static void code_dealloc(PyCodeObject *co)
{
    Extra *extra = co->co_extra;
    if (co->co_weakreflist != NULL)
        PyObject_ClearWeakRefs((PyObject *)co);
    if (extra != NULL) {
        PyInterpreterState *interp = tai_interp();
        for (Py_ssize_t i = 0; i < extra->size; i++) {
            freefunc release = interp->co_extra_freefuncs[i];
            if (release != NULL)
                release(extra->items[i]);
        }
        PyMem_Free(extra);
    }
    tai_exec_free(co);
    Py_XDECREF(co->co_code);
    Py_XDECREF(co->co_consts);
    Py_XDECREF(co->co_names);
    Py_XDECREF(co->co_varnames);
    Py_XDECREF(co->co_freevars);
    Py_XDECREF(co->co_cellvars);
    Py_XDECREF(co->co_filename);
    Py_XDECREF(co->co_name);
    Py_XDECREF(co->co_lnotab);
    PyMem_FREE(co->co_cell2arg);
    PyObject_DEL(co);
}

int _PyCode_GetExtra(PyObject *code, Py_ssize_t index, void **result)
{
    if (!PyCode_Check(code)) {
        PyErr_BadInternalCall();
        return -1;
    }
    Extra *extra = ((PyCodeObject *)code)->co_extra;
    *result = extra == NULL || index < 0 || index >= extra->size ? NULL : extra->items[index];
    return 0;
}

int _PyCode_SetExtra(PyObject *code, Py_ssize_t index, void *value)
{
    PyInterpreterState *interp = tai_interp();
    if (!PyCode_Check(code) || index < 0 || index >= interp->co_extra_user_count) {
        PyErr_BadInternalCall();
        return -1;
    }
    PyCodeObject *co = (PyCodeObject *)code;
    Extra *extra = co->co_extra;
    if (extra == NULL || extra->size <= index) {
        Py_ssize_t old = extra ? extra->size : 0, size = interp->co_extra_user_count;
        extra = PyMem_Realloc(extra, sizeof(Extra) + (size_t)size * sizeof(void *));
        if (extra == NULL)
            return -1;
        for (Py_ssize_t i = old; i < size; i++)
            extra->items[i] = NULL;
        extra->size = size;
        co->co_extra = extra;
    }
    freefunc release = interp->co_extra_freefuncs[index];
    if (extra->items[index] != NULL && release != NULL)
        release(extra->items[index]);
    extra->items[index] = value;
    return 0;
}

Py_ssize_t _PyEval_RequestCodeExtraIndex(freefunc release)
{
    PyInterpreterState *interp = tai_interp();
    if (interp->co_extra_user_count >= 255)
        return -1;
    interp->co_extra_freefuncs[interp->co_extra_user_count] = release;
    return interp->co_extra_user_count++;
}

/* ---- the type ------------------------------------------------------------------------------------------------ */

/* The names of a constructor argument: a tuple of exact strings made from a tuple of strings. New or NULL. */
static PyObject *checked_names(PyObject *tuple)
{
    Py_ssize_t n = PyTuple_GET_SIZE(tuple);
    PyObject *result = PyTuple_New(n);
    for (Py_ssize_t i = 0; result != NULL && i < n; i++) {
        PyObject *name = PyTuple_GET_ITEM(tuple, i);
        if (!PyUnicode_Check(name)) {
            PyErr_Format(PyExc_TypeError, "name tuples must contain only strings, not '%.500s'", Py_TYPE(name)->tp_name);
            Py_CLEAR(result);
            break;
        }
        if (PyUnicode_CheckExact(name))
            Py_INCREF(name);
        else if ((name = _PyUnicode_Copy(name)) == NULL) {
            Py_CLEAR(result);
            break;
        }
        PyTuple_SET_ITEM(result, i, name);
    }
    return result;
}

static PyObject *make_checked(PyCodeObject *like, PyObject *code, PyObject *consts, PyObject *names, PyObject *varnames,
                              PyObject *freevars, PyObject *cellvars, PyObject *filename, PyObject *name, PyObject *lnotab)
{
    static const struct {
        size_t offset;
        const char *message;
    } checks[] = {
        {offsetof(PyCodeObject, co_argcount), "code: argcount must not be negative"},
        {offsetof(PyCodeObject, co_posonlyargcount), "code: posonlyargcount must not be negative"},
        {offsetof(PyCodeObject, co_kwonlyargcount), "code: kwonlyargcount must not be negative"},
        {offsetof(PyCodeObject, co_nlocals), "code: nlocals must not be negative"},
    };
    PyObject *ours[4] = {NULL, NULL, NULL, NULL}, *result = NULL;
    if (PySys_Audit("code.__new__", "OOOiiiiii", code, filename, name, like->co_argcount, like->co_posonlyargcount,
                    like->co_kwonlyargcount, like->co_nlocals, like->co_stacksize, like->co_flags) < 0)
        return NULL;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (*(int *)((char *)like + checks[i].offset) < 0) {
            PyErr_SetString(PyExc_ValueError, checks[i].message);
            return NULL;
        }
    PyObject *theirs[4] = {names, varnames, freevars, cellvars};
    for (int i = 0; i < 4; i++) {
        ours[i] = theirs[i] ? checked_names(theirs[i]) : PyTuple_New(0);
        if (ours[i] == NULL)
            goto done;
    }
    result = (PyObject *)PyCode_NewWithPosOnlyArgs(like->co_argcount, like->co_posonlyargcount, like->co_kwonlyargcount,
                                                   like->co_nlocals, like->co_stacksize, like->co_flags, code, consts, ours[0],
                                                   ours[1], ours[2], ours[3], filename, name, like->co_firstlineno, lnotab);
done:
    for (int i = 0; i < 4; i++)
        Py_XDECREF(ours[i]);
    return result;
}

PyDoc_STRVAR(code_doc, "code(argcount, posonlyargcount, kwonlyargcount, nlocals, stacksize,\n\
      flags, codestring, constants, names, varnames, filename, name,\n\
      firstlineno, lnotab[, freevars[, cellvars]])\n\
\n\
A code object from its parts. What the parts mean is the compiler's business.");

static PyObject *code_new(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    PyCodeObject like = {0};
    PyObject *code, *consts, *names, *varnames, *filename, *name, *lnotab, *freevars = NULL, *cellvars = NULL;
    if (!PyArg_ParseTuple(args, "iiiiiiSO!O!O!UUiS|O!O!:code", &like.co_argcount, &like.co_posonlyargcount,
                          &like.co_kwonlyargcount, &like.co_nlocals, &like.co_stacksize, &like.co_flags, &code,
                          &PyTuple_Type, &consts, &PyTuple_Type, &names, &PyTuple_Type, &varnames, &filename, &name,
                          &like.co_firstlineno, &lnotab, &PyTuple_Type, &freevars, &PyTuple_Type, &cellvars))
        return NULL;
    return make_checked(&like, code, consts, names, varnames, freevars, cellvars, filename, name, lnotab);
}

PyDoc_STRVAR(replace_doc, "replace($self, /, *, co_argcount=-1, co_posonlyargcount=-1,\n\
        co_kwonlyargcount=-1, co_nlocals=-1, co_stacksize=-1,\n\
        co_flags=-1, co_firstlineno=-1, co_code=None, co_consts=None,\n\
        co_names=None, co_varnames=None, co_freevars=None,\n\
        co_cellvars=None, co_filename=None, co_name=None,\n\
        co_lnotab=None)\n\
--\n\
\n\
A copy of the code object in which the given fields are different.");

static PyObject *code_replace(PyCodeObject *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_nlocals", "co_stacksize",
                               "co_flags", "co_firstlineno", "co_code", "co_consts", "co_names", "co_varnames",
                               "co_freevars", "co_cellvars", "co_filename", "co_name", "co_lnotab", NULL};
    PyCodeObject like = {.co_argcount = self->co_argcount, .co_posonlyargcount = self->co_posonlyargcount,
                         .co_kwonlyargcount = self->co_kwonlyargcount, .co_nlocals = self->co_nlocals,
                         .co_stacksize = self->co_stacksize, .co_flags = self->co_flags,
                         .co_firstlineno = self->co_firstlineno};
    PyObject *code = self->co_code, *consts = self->co_consts, *names = self->co_names, *varnames = self->co_varnames;
    PyObject *freevars = self->co_freevars, *cellvars = self->co_cellvars, *filename = self->co_filename;
    PyObject *name = self->co_name, *lnotab = self->co_lnotab;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "|$iiiiiiiSO!O!O!O!O!UUS:replace", keywords, &like.co_argcount,
                                     &like.co_posonlyargcount, &like.co_kwonlyargcount, &like.co_nlocals,
                                     &like.co_stacksize, &like.co_flags, &like.co_firstlineno, &code, &PyTuple_Type,
                                     &consts, &PyTuple_Type, &names, &PyTuple_Type, &varnames, &PyTuple_Type, &freevars,
                                     &PyTuple_Type, &cellvars, &filename, &name, &lnotab))
        return NULL;
    int *numbers[] = {&like.co_argcount, &like.co_posonlyargcount, &like.co_kwonlyargcount, &like.co_nlocals,
                      &like.co_stacksize, &like.co_flags, &like.co_firstlineno};
    static const char *const refusals[] = {
        "co_argcount must be a positive integer", "co_posonlyargcount must be a positive integer",
        "co_kwonlyargcount must be a positive integer", "co_nlocals must be a positive integer",
        "co_stacksize must be a positive integer", "co_flags must be a positive integer",
        "co_firstlineno must be a positive integer"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (*numbers[i] < 0) {
            PyErr_SetString(PyExc_ValueError, refusals[i]);
            return NULL;
        }
    return make_checked(&like, code, consts, names, varnames, freevars, cellvars, filename, name, lnotab);
}

static PyObject *code_sizeof(PyCodeObject *co, PyObject *unused)
{
    Extra *extra = co->co_extra;
    size_t size = sizeof(PyCodeObject);
    if (extra != NULL)
        size += sizeof(Extra) + (size_t)extra->size * sizeof(void *);
    if (co->co_cell2arg != NULL)
        size += (size_t)PyTuple_GET_SIZE(co->co_cellvars) * sizeof(Py_ssize_t);
    return PyLong_FromSize_t(size);
}

static PyMemberDef code_members[] = {
    {"co_argcount", T_INT, offsetof(PyCodeObject, co_argcount), READONLY, PyDoc_STR("number of positional parameters")},
    {"co_posonlyargcount", T_INT, offsetof(PyCodeObject, co_posonlyargcount), READONLY, PyDoc_STR("number of those that are positional only")},
    {"co_kwonlyargcount", T_INT, offsetof(PyCodeObject, co_kwonlyargcount), READONLY, PyDoc_STR("number of parameters that are keyword only")},
    {"co_nlocals", T_INT, offsetof(PyCodeObject, co_nlocals), READONLY, PyDoc_STR("number of local variables")},
    {"co_stacksize", T_INT, offsetof(PyCodeObject, co_stacksize), READONLY, PyDoc_STR("greatest depth of the stack")},
    {"co_flags", T_INT, offsetof(PyCodeObject, co_flags), READONLY, PyDoc_STR("flags, CO_... in inspect")},
    {"co_code", T_OBJECT, offsetof(PyCodeObject, co_code), READONLY, PyDoc_STR("the instructions")},
    {"co_consts", T_OBJECT, offsetof(PyCodeObject, co_consts), READONLY, PyDoc_STR("the constants")},
    {"co_names", T_OBJECT, offsetof(PyCodeObject, co_names), READONLY, PyDoc_STR("names of globals and attributes")},
    {"co_varnames", T_OBJECT, offsetof(PyCodeObject, co_varnames), READONLY, PyDoc_STR("names of parameters and other local variables")},
    {"co_freevars", T_OBJECT, offsetof(PyCodeObject, co_freevars), READONLY, PyDoc_STR("names of variables of enclosing functions")},
    {"co_cellvars", T_OBJECT, offsetof(PyCodeObject, co_cellvars), READONLY, PyDoc_STR("names of local variables that inner functions use")},
    {"co_filename", T_OBJECT, offsetof(PyCodeObject, co_filename), READONLY, PyDoc_STR("file of the source")},
    {"co_name", T_OBJECT, offsetof(PyCodeObject, co_name), READONLY, PyDoc_STR("name of the function, class or module")},
    {"co_firstlineno", T_INT, offsetof(PyCodeObject, co_firstlineno), READONLY, PyDoc_STR("line where it begins")},
    {"co_lnotab", T_OBJECT, offsetof(PyCodeObject, co_lnotab), READONLY, PyDoc_STR("which instruction belongs to which line")},
    {NULL},
};

static PyMethodDef code_methods[] = {
    {"__sizeof__", (PyCFunction)code_sizeof, METH_NOARGS, NULL},
    {"replace", (PyCFunction)(void (*)(void))code_replace, METH_VARARGS | METH_KEYWORDS, replace_doc},
    {NULL},
};

PyTypeObject PyCode_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "code",
    .tp_basicsize = sizeof(PyCodeObject),
    .tp_dealloc = (destructor)code_dealloc,
    .tp_repr = (reprfunc)code_repr,
    .tp_hash = (hashfunc)code_hash,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = code_doc,
    .tp_richcompare = code_richcompare,
    .tp_weaklistoffset = offsetof(PyCodeObject, co_weakreflist),
    .tp_methods = code_methods,
    .tp_members = code_members,
    .tp_new = code_new,
};
