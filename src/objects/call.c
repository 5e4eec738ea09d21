/* SPDX-License-Identifier: MIT */
/* call: from every way of giving arguments to the one protocol inside, vectorcall (PEP 590).
 *
 *   args[0 .. nargs-1]  positional, borrowed        args[nargs ..]  values for the names in the tuple kwnames
 *
 * A callee without vectorcall gets a tuple and a dict (_PyObject_MakeTpCall). Everything that comes as tuple and dict is spread
 * again for callees with vectorcall. Argument arrays of up to STACK_ARGS stand on the C stack.
 * [CALL-1] A call returns a result or sets an exception, never both, never neither: _Py_CheckFunctionResult.
 * Tests: tests/objects/test_abstract.py, tests/vm/test_changed_meanwhile.py.
 */
#undef PY_SSIZE_T_CLEAN /* both twins of the formatting functions are defined here */
#include "objects/object.h"
#include "objects/type/type.h"
#include "runtime/recursion.h"
#include <stdarg.h>

enum { STACK_ARGS = 8 };

PyObject *_Py_CheckFunctionResult(PyObject *callable, PyObject *result, const char *where)
{
    PyObject *error = tai_tstate()->curexc_type;
    if (LIKELY((result != NULL) == (error == NULL)))
        return result;
    if (result == NULL) {
        if (callable)
            PyErr_Format(PyExc_SystemError, "%R returned NULL without setting an error", callable);
        else
            PyErr_Format(PyExc_SystemError, "%s returned NULL without setting an error", where);
        return NULL;
    }
    Py_DECREF(result);
    if (callable)
        _PyErr_FormatFromCause(PyExc_SystemError, "%R returned a result with an error set", callable);
    else
        _PyErr_FormatFromCause(PyExc_SystemError, "%s returned a result with an error set", where);
    return NULL;
}

static PyObject *null_argument(void)
{
    if (!PyErr_Occurred())
        PyErr_SetString(PyExc_SystemError, "null argument to internal routine");
    return NULL;
}

static PyObject *not_callable(PyObject *callable)
{
    PyErr_Format(PyExc_TypeError, "'%.200s' object is not callable", Py_TYPE(callable)->tp_name);
    return NULL;
}

/* ---- between arrays, tuples and dicts --------------------------------------------------------------------------- */

PyObject *tai_call_tuple_from_stack(PyObject *const *args, Py_ssize_t nargs)
{
    PyObject *tuple = PyTuple_New(nargs);
    if (tuple != NULL) {
        for (Py_ssize_t i = 0; i < nargs; i++) {
            Py_INCREF(args[i]);
            PyTuple_SET_ITEM(tuple, i, args[i]);
        }
    }
    return tuple;
}

PyObject *_PyStack_AsDict(PyObject *const *values, PyObject *kwnames)
{
    Py_ssize_t n = kwnames ? PyTuple_GET_SIZE(kwnames) : 0;
    PyObject *dict = _PyDict_NewPresized(n);
    if (dict == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (PyDict_SetItem(dict, PyTuple_GET_ITEM(kwnames, i), values[i])) {
            Py_DECREF(dict);
            return NULL;
        }
    }
    return dict;
}

/* Spread kwargs behind args. *p_stack: args itself, or a block for PyMem_Free (borrowed items). *p_kwnames: new tuple or
 * NULL. any_name: keywords that are no strings are left for the callee to refuse. */
static int unpack_dict(PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs, PyObject *const **p_stack,
                       PyObject **p_kwnames, int any_name)
{
    Py_ssize_t n, pos = 0, i;
    PyObject **stack, *names, *key, *value;
    int all_str = 1;
    if (kwargs == NULL || (n = PyDict_GET_SIZE(kwargs)) == 0) {
        *p_stack = args;
        *p_kwnames = NULL;
        return 0;
    }
    if ((size_t)nargs > PY_SSIZE_T_MAX / sizeof(stack[0]) - (size_t)n) {
        PyErr_NoMemory();
        return -1;
    }
    stack = PyMem_Malloc((size_t)(nargs + n) * sizeof(stack[0]));
    if (stack == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    names = PyTuple_New(n);
    if (names == NULL) {
        PyMem_Free(stack);
        return -1;
    }
    if (nargs > 0)
        memcpy(stack, args, (size_t)nargs * sizeof(stack[0]));
    for (i = 0; PyDict_Next(kwargs, &pos, &key, &value); i++) {
        all_str &= PyUnicode_Check(key);
        Py_INCREF(key);
        PyTuple_SET_ITEM(names, i, key);
        stack[nargs + i] = value;
    }
    if (!all_str && !any_name) {
        PyErr_SetString(PyExc_TypeError, "keywords must be strings");
        Py_DECREF(names);
        PyMem_Free(stack);
        return -1;
    }
    *p_stack = stack;
    *p_kwnames = names;
    return 0;
}

int _PyStack_UnpackDict(PyObject *const *args, Py_ssize_t nargs, PyObject *kwargs, PyObject *const **p_stack,
                        PyObject **p_kwnames)
{
    return unpack_dict(args, nargs, kwargs, p_stack, p_kwnames, 0);
}

/* Does the callable refuse keywords that are no strings by itself, naming the function? */
static int names_are_checked(PyObject *callable)
{
    if (PyMethod_Check(callable))
        callable = PyMethod_GET_FUNCTION(callable);
    if (PyFunction_Check(callable))
        return 1;
    return PyCFunction_Check(callable) && !(PyCFunction_GET_FLAGS(callable) & METH_KEYWORDS);
}

/* Call a vectorcall function with keywords from a non-empty dict. New. */
static PyObject *vectorcall_with_dict(vectorcallfunc func, PyObject *callable, PyObject *const *args, Py_ssize_t nargs,
                                      PyObject *kwargs)
{
    PyObject *const *stack, *names, *res;
    if (func == _PyFunction_Vectorcall)
        return _PyFunction_FastCallDict(callable, args, nargs, kwargs);
    if (unpack_dict(args, nargs, kwargs, &stack, &names, names_are_checked(callable)) < 0)
        return NULL;
    res = func(callable, stack, (size_t)nargs, names);
    if (stack != args)
        PyMem_Free((void *)stack);
    Py_XDECREF(names);
    return res;
}

/* ---- the protocols ------------------------------------------------------------------------------------------------- */

static PyObject *tp_call_checked(PyObject *callable, PyObject *args, PyObject *kwargs)
{
    PyObject *res;
    if (tai_enter_c(" while calling a Python object"))
        return NULL;
    res = Py_TYPE(callable)->tp_call(callable, args, kwargs);
    tai_leave_c();
    return _Py_CheckFunctionResult(callable, res, NULL);
}

PyObject *_PyObject_MakeTpCall(PyObject *callable, PyObject *const *args, Py_ssize_t nargs, PyObject *keywords)
{
    PyObject *tuple, *dict = NULL, *res = NULL;
    if (Py_TYPE(callable)->tp_call == NULL)
        return not_callable(callable);
    if (Py_TYPE(callable)->tp_call == tai_slot_call && (keywords == NULL || PyTuple_Check(keywords)))
        return tai_slot_call_stack(callable, args, nargs, keywords);
    tuple = tai_call_tuple_from_stack(args, nargs);
    if (tuple == NULL)
        return NULL;
    if (keywords == NULL || PyDict_Check(keywords)) {
        dict = keywords;
        Py_XINCREF(dict);
    }
    else if (PyTuple_GET_SIZE(keywords)) {
        dict = _PyStack_AsDict(args + nargs, keywords);
        if (dict == NULL)
            goto done;
    }
    res = tp_call_checked(callable, tuple, dict);
done:
    Py_DECREF(tuple);
    Py_XDECREF(dict);
    return res;
}

PyObject *PyVectorcall_Call(PyObject *callable, PyObject *tuple, PyObject *kwargs)
{
    Py_ssize_t offset = Py_TYPE(callable)->tp_vectorcall_offset;
    vectorcallfunc func = NULL;
    PyObject *res;
    if (offset > 0) /* the flag is not asked: a subclass that inherits tp_call may not show it */
        func = *(vectorcallfunc *)((char *)callable + offset);
    if (func == NULL) {
        PyErr_Format(PyExc_TypeError, "'%.200s' object does not support vectorcall", Py_TYPE(callable)->tp_name);
        return NULL;
    }
    if (kwargs == NULL || PyDict_GET_SIZE(kwargs) == 0)
        res = func(callable, &PyTuple_GET_ITEM(tuple, 0), (size_t)PyTuple_GET_SIZE(tuple), NULL);
    else
        res = vectorcall_with_dict(func, callable, &PyTuple_GET_ITEM(tuple, 0), PyTuple_GET_SIZE(tuple), kwargs);
    return _Py_CheckFunctionResult(callable, res, NULL);
}

PyObject *PyObject_Call(PyObject *callable, PyObject *args, PyObject *kwargs)
{
    assert(PyTuple_Check(args) && (kwargs == NULL || PyDict_Check(kwargs)));
    if (Py_TYPE(callable) == &PyCFunction_Type) /* METH_VARARGS gets these very objects, the dict even if it is empty */
        return PyCFunction_Call(callable, args, kwargs);
    if (_PyVectorcall_Function(callable) != NULL)
        return PyVectorcall_Call(callable, args, kwargs);
    if (Py_TYPE(callable)->tp_call == NULL)
        return not_callable(callable);
    return tp_call_checked(callable, args, kwargs);
}

PyObject *_PyObject_FastCallDict(PyObject *callable, PyObject *const *args, size_t nargsf, PyObject *kwargs)
{
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    vectorcallfunc func = _PyVectorcall_Function(callable);
    PyObject *res;
    if (func == NULL)
        return _PyObject_MakeTpCall(callable, args, nargs, kwargs);
    if (kwargs == NULL || PyDict_GET_SIZE(kwargs) == 0)
        res = func(callable, args, nargsf, NULL);
    else
        res = vectorcall_with_dict(func, callable, args, nargs, kwargs);
    return _Py_CheckFunctionResult(callable, res, NULL);
}

/* ---- with one more argument in front --------------------------------------------------------------------------------- */

PyObject *tai_call_prepend(PyObject *callable, PyObject *self, PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    Py_ssize_t total = nargs + (kwnames ? PyTuple_GET_SIZE(kwnames) : 0);
    PyObject *small[STACK_ARGS], **stack = small, *res;
    if (total >= STACK_ARGS) {
        stack = PyMem_Malloc((size_t)(total + 1) * sizeof(stack[0]));
        if (stack == NULL)
            return PyErr_NoMemory();
    }
    stack[0] = self;
    for (Py_ssize_t i = 0; i < total; i++)
        stack[i + 1] = args[i];
    res = _PyObject_Vectorcall(callable, stack, (size_t)nargs + 1, kwnames);
    if (stack != small)
        PyMem_Free(stack);
    return res;
}

PyObject *_PyObject_FastCall_Prepend(PyObject *callable, PyObject *obj, PyObject *const *args, Py_ssize_t nargs)
{
    if (obj == NULL)
        return _PyObject_Vectorcall(callable, args, (size_t)nargs, NULL);
    return tai_call_prepend(callable, obj, args, nargs, NULL);
}

/* callable(obj, *args, **kwargs), args a tuple. */
PyObject *_PyObject_Call_Prepend(PyObject *callable, PyObject *obj, PyObject *args, PyObject *kwargs)
{
    PyObject *small[STACK_ARGS], **stack = small, *res;
    Py_ssize_t n = PyTuple_GET_SIZE(args);
    if (n >= STACK_ARGS) {
        stack = PyMem_Malloc((size_t)(n + 1) * sizeof(stack[0]));
        if (stack == NULL)
            return PyErr_NoMemory();
    }
    stack[0] = obj;
    memcpy(stack + 1, &PyTuple_GET_ITEM(args, 0), (size_t)n * sizeof(stack[0]));
    res = _PyObject_FastCallDict(callable, stack, (size_t)n + 1, kwargs);
    if (stack != small)
        PyMem_Free(stack);
    return res;
}

PyObject *PyObject_CallObject(PyObject *callable, PyObject *args)
{
    assert(!PyErr_Occurred());
    if (args == NULL)
        return _PyObject_CallNoArg(callable);
    if (!PyTuple_Check(args)) {
        PyErr_SetString(PyExc_TypeError, "argument list must be a tuple");
        return NULL;
    }
    return PyObject_Call(callable, args, NULL);
}

/* ---- with a format string -------------------------------------------------------------------------------------------- */

/* A format that yields one tuple gives its items as the arguments. */
static PyObject *call_format(PyObject *callable, const char *format, va_list va, int ssize)
{
    PyObject *small[STACK_ARGS], **stack, *res;
    Py_ssize_t nargs;
    if (callable == NULL)
        return null_argument();
    if (format == NULL || *format == '\0')
        return _PyObject_CallNoArg(callable);
    stack = ssize ? _Py_VaBuildStack_SizeT(small, STACK_ARGS, format, va, &nargs)
                  : _Py_VaBuildStack(small, STACK_ARGS, format, va, &nargs);
    if (stack == NULL)
        return NULL;
    if (nargs == 1 && PyTuple_Check(stack[0]))
        res = _PyObject_FastCall(callable, &PyTuple_GET_ITEM(stack[0], 0), PyTuple_GET_SIZE(stack[0]));
    else
        res = _PyObject_FastCall(callable, stack, nargs);
    for (Py_ssize_t i = 0; i < nargs; i++)
        Py_DECREF(stack[i]);
    if (stack != small)
        PyMem_Free(stack);
    return res;
}

/* method: stolen, or NULL with an exception. */
static PyObject *call_method_format(PyObject *method, const char *format, va_list va, int ssize)
{
    PyObject *res = NULL;
    if (method == NULL)
        return NULL;
    if (PyCallable_Check(method))
        res = call_format(method, format, va, ssize);
    else
        PyErr_Format(PyExc_TypeError, "attribute of type '%.200s' is not callable", Py_TYPE(method)->tp_name);
    Py_DECREF(method);
    return res;
}

#undef PyObject_CallFunction
#undef PyObject_CallMethod
#undef _PyObject_CallMethodId

#define FORWARD_FORMAT(result) \
    do { \
        va_list va; \
        PyObject *res; \
        va_start(va, format); \
        res = (result); \
        va_end(va); \
        return res; \
    } while (0)

PyObject *PyObject_CallFunction(PyObject *callable, const char *format, ...)
{
    FORWARD_FORMAT(call_format(callable, format, va, 0));
}

PyObject *PyEval_CallFunction(PyObject *callable, const char *format, ...)
{
    FORWARD_FORMAT(call_format(callable, format, va, 0));
}

PyObject *_PyObject_CallFunction_SizeT(PyObject *callable, const char *format, ...)
{
    FORWARD_FORMAT(call_format(callable, format, va, 1));
}

PyObject *PyObject_CallMethod(PyObject *obj, const char *name, const char *format, ...)
{
    if (obj == NULL || name == NULL)
        return null_argument();
    FORWARD_FORMAT(call_method_format(PyObject_GetAttrString(obj, name), format, va, 0));
}

PyObject *PyEval_CallMethod(PyObject *obj, const char *name, const char *format, ...)
{
    if (obj == NULL || name == NULL)
        return null_argument();
    FORWARD_FORMAT(call_method_format(PyObject_GetAttrString(obj, name), format, va, 0));
}

PyObject *_PyObject_CallMethod_SizeT(PyObject *obj, const char *name, const char *format, ...)
{
    if (obj == NULL || name == NULL)
        return null_argument();
    FORWARD_FORMAT(call_method_format(PyObject_GetAttrString(obj, name), format, va, 1));
}

PyObject *_PyObject_CallMethodId(PyObject *obj, _Py_Identifier *name, const char *format, ...)
{
    if (obj == NULL || name == NULL)
        return null_argument();
    FORWARD_FORMAT(call_method_format(_PyObject_GetAttrId(obj, name), format, va, 0));
}

PyObject *_PyObject_CallMethodId_SizeT(PyObject *obj, _Py_Identifier *name, const char *format, ...)
{
    if (obj == NULL || name == NULL)
        return null_argument();
    FORWARD_FORMAT(call_method_format(_PyObject_GetAttrId(obj, name), format, va, 1));
}

/* ---- with a list of objects ended by NULL ---------------------------------------------------------------------------- */

/* callable([self,] ...), self may be NULL. */
static PyObject *call_objects(PyObject *self, PyObject *callable, va_list va)
{
    PyObject *small[STACK_ARGS], **stack = small, *res;
    Py_ssize_t nargs = self != NULL, i = 0;
    va_list count;
    if (callable == NULL)
        return null_argument();
    va_copy(count, va);
    while (va_arg(count, PyObject *) != NULL)
        nargs++;
    va_end(count);
    if (nargs > STACK_ARGS) {
        stack = PyMem_Malloc((size_t)nargs * sizeof(stack[0]));
        if (stack == NULL)
            return PyErr_NoMemory();
    }
    if (self)
        stack[i++] = self;
    for (; i < nargs; i++)
        stack[i] = va_arg(va, PyObject *);
    res = _PyObject_Vectorcall(callable, stack, (size_t)nargs, NULL);
    if (stack != small)
        PyMem_Free(stack);
    return res;
}

PyObject *PyObject_CallFunctionObjArgs(PyObject *callable, ...)
{
    PyObject *res;
    va_list va;
    va_start(va, callable);
    res = call_objects(NULL, callable, va);
    va_end(va);
    return res;
}

static PyObject *call_method_objects(PyObject *obj, PyObject *name, va_list va)
{
    PyObject *method, *res;
    int unbound;
    if (obj == NULL || name == NULL)
        return null_argument();
    unbound = _PyObject_GetMethod(obj, name, &method);
    if (method == NULL)
        return NULL;
    res = call_objects(unbound ? obj : NULL, method, va);
    Py_DECREF(method);
    return res;
}

PyObject *PyObject_CallMethodObjArgs(PyObject *obj, PyObject *name, ...)
{
    PyObject *res;
    va_list va;
    va_start(va, name);
    res = call_method_objects(obj, name, va);
    va_end(va);
    return res;
}

PyObject *_PyObject_CallMethodIdObjArgs(PyObject *obj, struct _Py_Identifier *name, ...)
{
    PyObject *key = name ? _PyUnicode_FromId(name) : NULL, *res;
    va_list va;
    if (name != NULL && key == NULL)
        return NULL;
    va_start(va, name);
    res = call_method_objects(obj, key, va);
    va_end(va);
    return res;
}
