/* SPDX-License-Identifier: MIT */
/* The long parts of instructions: names, import, unpacking, building, raising. See helpers.h for the contract. */
#include "vm/helpers.h"
#include "vm/call.h"
#include "vm/tracing.h"
#include "objects/dict/dict.h"
#include "opcode.h"
#include "runtime/errors.h"

/* ---- names --------------------------------------------------------------------------------------------------- */

static void raise_name(PyObject *exception, const char *format, PyObject *name)
{
    const char *text = name ? PyUnicode_AsUTF8(name) : NULL;
    if (text != NULL)
        PyErr_Format(exception, format, text);
}

#define NAME_MISSING "name '%.200s' is not defined"

void tai_vm_raise_unbound_local(TaiFrame *f, uint32_t index)
{
    raise_name(PyExc_UnboundLocalError, "local variable '%.200s' referenced before assignment",
                      PyTuple_GetItem(f->code->co_varnames, index));
}

void tai_vm_raise_unbound_deref(TaiFrame *f, uint32_t index)
{
    Py_ssize_t ncells = PyTuple_GET_SIZE(f->code->co_cellvars);
    if (PyErr_Occurred())
        return;
    if ((Py_ssize_t)index < ncells)
        raise_name(PyExc_UnboundLocalError, "local variable '%.200s' referenced before assignment",
                          PyTuple_GET_ITEM(f->code->co_cellvars, index));
    else
        raise_name(PyExc_NameError, "free variable '%.200s' referenced before assignment in enclosing scope",
                          PyTuple_GET_ITEM(f->code->co_freevars, (Py_ssize_t)index - ncells));
}

PyObject *tai_vm_load_global(PyObject *globals, PyObject *builtins, PyObject *name)
{
    PyObject *v;
    if (PyDict_CheckExact(globals) && PyDict_CheckExact(builtins)) {
        v = _PyDict_LoadGlobal((PyDictObject *)globals, (PyDictObject *)builtins, name);
        if (v == NULL) {
            if (!PyErr_Occurred())
                raise_name(PyExc_NameError, NAME_MISSING, name);
            return NULL;
        }
        Py_INCREF(v);
        return v;
    }
    v = PyObject_GetItem(globals, name);
    if (v != NULL || !PyErr_ExceptionMatches(PyExc_KeyError))
        return v;
    PyErr_Clear();
    v = PyObject_GetItem(builtins, name);
    if (v == NULL && PyErr_ExceptionMatches(PyExc_KeyError))
        raise_name(PyExc_NameError, NAME_MISSING, name);
    return v;
}

/* Value of name in a mapping; NULL without exception if it lacks. */
static PyObject *mapping_lookup(PyObject *map, PyObject *name)
{
    PyObject *v;
    if (PyDict_CheckExact(map)) {
        v = PyDict_GetItemWithError(map, name);
        Py_XINCREF(v);
        return v;
    }
    v = PyObject_GetItem(map, name);
    if (v == NULL && PyErr_ExceptionMatches(PyExc_KeyError))
        PyErr_Clear();
    return v;
}

PyObject *tai_vm_load_name(TaiFrame *f, PyObject *name)
{
    if (f->locals == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals when loading %R", name);
        return NULL;
    }
    PyObject *v = mapping_lookup(f->locals, name);
    if (v != NULL || PyErr_Occurred())
        return v;
    v = PyDict_GetItemWithError(f->globals, name);
    if (v == NULL && !PyErr_Occurred())
        v = mapping_lookup(f->builtins, name);
    else
        Py_XINCREF(v);
    if (v == NULL && !PyErr_Occurred())
        raise_name(PyExc_NameError, NAME_MISSING, name);
    return v;
}

int tai_vm_store_name(TaiFrame *f, PyObject *name, PyObject *v)
{
    if (f->locals == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals found when storing %R", name);
        return -1;
    }
    return PyDict_CheckExact(f->locals) ? PyDict_SetItem(f->locals, name, v) : PyObject_SetItem(f->locals, name, v);
}

int tai_vm_delete_name(TaiFrame *f, PyObject *name)
{
    if (f->locals == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals when deleting %R", name);
        return -1;
    }
    if (PyObject_DelItem(f->locals, name) == 0)
        return 0;
    raise_name(PyExc_NameError, NAME_MISSING, name);
    return -1;
}

int tai_vm_delete_global(TaiFrame *f, PyObject *name)
{
    if (PyDict_DelItem(f->globals, name) == 0)
        return 0;
    if (PyErr_ExceptionMatches(PyExc_KeyError))
        raise_name(PyExc_NameError, NAME_MISSING, name);
    return -1;
}

PyObject *tai_vm_load_classderef(TaiFrame *f, uint32_t index)
{
    Py_ssize_t ncells = PyTuple_GET_SIZE(f->code->co_cellvars);
    PyObject *name = (Py_ssize_t)index < ncells ? PyTuple_GET_ITEM(f->code->co_cellvars, index)
                                                : PyTuple_GET_ITEM(f->code->co_freevars, (Py_ssize_t)index - ncells);
    if (f->locals == NULL) {
        PyErr_Format(PyExc_SystemError, "no locals when loading %R", name);
        return NULL;
    }
    PyObject *v = mapping_lookup(f->locals, name);
    if (v != NULL || PyErr_Occurred())
        return v;
    v = PyCell_GET(f->slots[f->code->co_nlocals + index]);
    if (v == NULL)
        tai_vm_raise_unbound_deref(f, index);
    Py_XINCREF(v);
    return v;
}

PyObject *tai_vm_load_build_class(TaiFrame *f)
{
    _Py_IDENTIFIER(__build_class__);
    PyObject *name = _PyUnicode_FromId(&PyId___build_class__), *v;
    if (name == NULL)
        return NULL;
    if (PyDict_CheckExact(f->builtins)) {
        v = PyDict_GetItemWithError(f->builtins, name);
        if (v == NULL && !PyErr_Occurred())
            PyErr_SetString(PyExc_NameError, "__build_class__ not found");
        Py_XINCREF(v);
        return v;
    }
    v = PyObject_GetItem(f->builtins, name);
    if (v == NULL && PyErr_ExceptionMatches(PyExc_KeyError))
        PyErr_SetString(PyExc_NameError, "__build_class__ not found");
    return v;
}

int tai_vm_setup_annotations(TaiFrame *f)
{
    _Py_IDENTIFIER(__annotations__);
    PyObject *name = _PyUnicode_FromId(&PyId___annotations__);
    if (name == NULL)
        return -1;
    if (f->locals == NULL) {
        PyErr_SetString(PyExc_SystemError, "no locals found when setting up annotations");
        return -1;
    }
    PyObject *found = mapping_lookup(f->locals, name);
    if (found != NULL || PyErr_Occurred()) {
        Py_XDECREF(found);
        return found ? 0 : -1;
    }
    PyObject *made = PyDict_New();
    if (made == NULL)
        return -1;
    int result = PyObject_SetItem(f->locals, name, made);
    Py_DECREF(made);
    return result;
}

/* ---- import -------------------------------------------------------------------------------------------------- */

PyObject *tai_vm_import_name(TaiFrame *f, PyObject *name, PyObject *fromlist, PyObject *level)
{
    _Py_IDENTIFIER(__import__);
    PyObject *import = _PyDict_GetItemIdWithError(f->builtins, &PyId___import__);
    PyObject *locals = f->locals ? f->locals : Py_None;
    if (import == NULL) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ImportError, "__import__ not found");
        return NULL;
    }
    if (import == tai_interp()->import_func) {
        int n = _PyLong_AsInt(level);
        if (n == -1 && PyErr_Occurred())
            return NULL;
        return PyImport_ImportModuleLevelObject(name, f->globals, locals, fromlist, n);
    }
    PyObject *args[5] = {name, f->globals, locals, fromlist, level};
    Py_INCREF(import);
    PyObject *module = _PyObject_FastCall(import, args, 5);
    Py_DECREF(import);
    return module;
}

/* A name that is no attribute may be a submodule that is being imported: look into sys.modules. */
PyObject *tai_vm_import_from(PyObject *module, PyObject *name)
{
    _Py_IDENTIFIER(__name__);
    PyObject *v, *package = NULL, *full, *path, *shown;
    if (_PyObject_LookupAttr(module, name, &v) != 0)
        return v;
    package = _PyObject_GetAttrId(module, &PyId___name__);
    if (package == NULL)
        goto missing;
    if (!PyUnicode_Check(package)) {
        Py_CLEAR(package);
        goto missing;
    }
    full = PyUnicode_FromFormat("%U.%U", package, name);
    if (full == NULL) {
        Py_DECREF(package);
        return NULL;
    }
    v = PyImport_GetModule(full);
    Py_DECREF(full);
    if (v != NULL || PyErr_Occurred()) {
        Py_DECREF(package);
        return v;
    }
missing:
    PyErr_Clear();
    path = PyModule_GetFilenameObject(module);
    shown = package ? package : PyUnicode_FromString("<unknown module name>");
    if (shown == NULL) {
        Py_XDECREF(path);
        return NULL;
    }
    PyObject *text;
    if (path == NULL) {
        PyErr_Clear();
        text = PyUnicode_FromFormat("cannot import name %R from %R (unknown location)", name, shown);
        PyErr_SetImportError(text, shown, NULL);
    }
    else {
        _Py_IDENTIFIER(__spec__);
        _Py_IDENTIFIER(_initializing);
        PyObject *spec = _PyObject_GetAttrId(module, &PyId___spec__), *busy = NULL;
        if (spec != NULL && spec != Py_None)
            busy = _PyObject_GetAttrId(spec, &PyId__initializing);
        int initializing = busy ? PyObject_IsTrue(busy) : 0;
        PyErr_Clear();
        Py_XDECREF(busy);
        Py_XDECREF(spec);
        text = PyUnicode_FromFormat(initializing > 0 ? "cannot import name %R from partially initialized module %R "
                                                       "(most likely due to a circular import) (%S)"
                                                     : "cannot import name %R from %R (%S)",
                                    name, shown, path);
        PyErr_SetImportError(text, shown, path);
    }
    Py_XDECREF(text);
    Py_XDECREF(shown);
    Py_XDECREF(path);
    return NULL;
}

/* Copy one name of a star import. */
static int star_one(PyObject *locals, PyObject *module, PyObject *name, int from_dict)
{
    if (!PyUnicode_Check(name)) {
        PyObject *modname = PyObject_GetAttrString(module, "__name__");
        if (modname == NULL)
            return -1;
        if (!PyUnicode_Check(modname))
            PyErr_Format(PyExc_TypeError, "module __name__ must be a string, not %.100s", Py_TYPE(modname)->tp_name);
        else
            PyErr_Format(PyExc_TypeError, "%s in %U.%s must be str, not %.100s", from_dict ? "Key" : "Item", modname,
                         from_dict ? "__dict__" : "__all__", Py_TYPE(name)->tp_name);
        Py_DECREF(modname);
        return -1;
    }
    if (from_dict) {
        if (PyUnicode_READY(name) < 0)
            return -1;
        if (PyUnicode_GET_LENGTH(name) > 0 && PyUnicode_READ_CHAR(name, 0) == '_')
            return 0;
    }
    PyObject *v = PyObject_GetAttr(module, name);
    if (v == NULL)
        return -1;
    int result = PyDict_CheckExact(locals) ? PyDict_SetItem(locals, name, v) : PyObject_SetItem(locals, name, v);
    Py_DECREF(v);
    return result;
}

static int star_into(PyObject *locals, PyObject *module)
{
    _Py_IDENTIFIER(__all__);
    _Py_IDENTIFIER(__dict__);
    PyObject *names, *dict;
    int from_dict = 0, result = -1;
    if (_PyObject_LookupAttrId(module, &PyId___all__, &names) < 0)
        return -1;
    if (names == NULL) {
        if (_PyObject_LookupAttrId(module, &PyId___dict__, &dict) < 0)
            return -1;
        if (dict == NULL) {
            PyErr_SetString(PyExc_ImportError, "from-import-* object has no __dict__ and no __all__");
            return -1;
        }
        names = PyMapping_Keys(dict);
        Py_DECREF(dict);
        if (names == NULL)
            return -1;
        from_dict = 1;
    }
    for (Py_ssize_t i = 0;; i++) {
        PyObject *name = PySequence_GetItem(names, i);
        if (name == NULL) {
            if (PyErr_ExceptionMatches(PyExc_IndexError)) {
                PyErr_Clear();
                result = 0;
            }
            break;
        }
        int failed = star_one(locals, module, name, from_dict);
        Py_DECREF(name);
        if (failed)
            break;
    }
    Py_DECREF(names);
    return result;
}

int tai_vm_import_star(TaiFrame *f, PyObject *module)
{
    PyFrameObject *obj;
    if (f->locals != NULL)
        return star_into(f->locals, module);
    obj = tai_frame_object(f);
    if (obj == NULL || PyFrame_FastToLocalsWithError(obj) < 0)
        return -1;
    int result = star_into(obj->f_locals, module);
    PyFrame_LocalsToFast(obj, 0);
    return result;
}

/* ---- unpacking ----------------------------------------------------------------------------------------------- */

int tai_vm_unpack(PyObject *v, int before, int after, PyObject **sp)
{
    PyObject *it = PyObject_GetIter(v), *item, *list = NULL;
    int got = 0;
    if (it == NULL) {
        if (PyErr_ExceptionMatches(PyExc_TypeError) && Py_TYPE(v)->tp_iter == NULL && !PySequence_Check(v))
            PyErr_Format(PyExc_TypeError, "cannot unpack non-iterable %.200s object", Py_TYPE(v)->tp_name);
        return -1;
    }
    for (; got < before; got++) {
        item = PyIter_Next(it);
        if (item == NULL) {
            if (!PyErr_Occurred()) {
                if (after < 0)
                    PyErr_Format(PyExc_ValueError, "not enough values to unpack (expected %d, got %d)", before, got);
                else
                    PyErr_Format(PyExc_ValueError, "not enough values to unpack (expected at least %d, got %d)",
                                 before + after, got);
            }
            goto error;
        }
        *--sp = item;
    }
    if (after < 0) {
        item = PyIter_Next(it);
        if (item == NULL) {
            if (PyErr_Occurred())
                goto error;
            Py_DECREF(it);
            return 0;
        }
        Py_DECREF(item);
        PyErr_Format(PyExc_ValueError, "too many values to unpack (expected %d)", before);
        goto error;
    }
    list = PySequence_List(it);
    if (list == NULL)
        goto error;
    *--sp = list;
    got++;
    Py_ssize_t n = PyList_GET_SIZE(list);
    if (n < after) {
        PyErr_Format(PyExc_ValueError, "not enough values to unpack (expected at least %d, got %zd)", before + after,
                     before + n);
        goto error;
    }
    for (Py_ssize_t i = n - after; i < n; i++)
        *--sp = PyList_GET_ITEM(list, i);
    Py_SIZE(list) = n - after;
    Py_DECREF(it);
    return 0;
error:
    for (; got > 0; got--, sp++)
        Py_DECREF(*sp);
    Py_DECREF(it);
    return -1;
}

/* ---- building ------------------------------------------------------------------------------------------------ */

PyObject *tai_vm_build_string(PyObject **items, Py_ssize_t n)
{
    PyObject *empty = PyUnicode_New(0, 0), *result;
    if (empty == NULL)
        return NULL;
    result = _PyUnicode_JoinArray(empty, items, n);
    Py_DECREF(empty);
    return result;
}

PyObject *tai_vm_format_value(PyObject *v, PyObject *spec, int flags)
{
    PyObject *converted, *result;
    switch (flags & FVC_MASK) {
    case FVC_STR: converted = PyObject_Str(v); break;
    case FVC_REPR: converted = PyObject_Repr(v); break;
    case FVC_ASCII: converted = PyObject_ASCII(v); break;
    default:
        Py_INCREF(v);
        converted = v;
    }
    if (converted == NULL || (spec == NULL && PyUnicode_CheckExact(converted)))
        return converted;
    result = PyObject_Format(converted, spec);
    Py_DECREF(converted);
    return result;
}

PyObject *tai_vm_build_map(PyObject **items, Py_ssize_t n)
{
    PyObject *map = _PyDict_NewPresized(n);
    for (Py_ssize_t i = 0; map != NULL && i < n; i++)
        if (PyDict_SetItem(map, items[2 * i], items[2 * i + 1]) < 0)
            Py_CLEAR(map);
    return map;
}

PyObject *tai_vm_build_const_key_map(PyObject **values, Py_ssize_t n, PyObject *keys)
{
    if (!PyTuple_CheckExact(keys) || PyTuple_GET_SIZE(keys) != n) {
        PyErr_SetString(PyExc_SystemError, "bad BUILD_CONST_KEY_MAP keys argument");
        return NULL;
    }
    return tai_dict_from_names(keys, values);
}

int tai_vm_check_star_args(PyObject *func, PyObject *args)
{
    if (Py_TYPE(args)->tp_iter != NULL || PySequence_Check(args))
        return 0;
    PyErr_Clear();
    PyErr_Format(PyExc_TypeError, "%.200s%.200s argument after * must be an iterable, not %.200s", PyEval_GetFuncName(func),
                 PyEval_GetFuncDesc(func), Py_TYPE(args)->tp_name);
    return -1;
}

PyObject *tai_vm_build_list_unpack(PyObject **items, Py_ssize_t n, int tuple, PyObject *func)
{
    PyObject *list = PyList_New(0);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        PyObject *none = _PyList_Extend((PyListObject *)list, items[i]);
        if (none == NULL) {
            if (func != NULL && PyErr_ExceptionMatches(PyExc_TypeError))
                (void)tai_vm_check_star_args(func, items[i]);
            Py_CLEAR(list);
        }
        Py_XDECREF(none);
    }
    if (list == NULL || !tuple)
        return list;
    PyObject *result = PyList_AsTuple(list);
    Py_DECREF(list);
    return result;
}

/* Say in terms of the call what went wrong with the mapping behind **. */
static void explain_kwargs(PyObject *func, PyObject *kwargs)
{
    if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
        PyErr_Format(PyExc_TypeError, "%.200s%.200s argument after ** must be a mapping, not %.200s",
                     PyEval_GetFuncName(func), PyEval_GetFuncDesc(func), Py_TYPE(kwargs)->tp_name);
        return;
    }
    if (!PyErr_ExceptionMatches(PyExc_KeyError))
        return;
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (value != NULL && PyTuple_Check(value) && PyTuple_GET_SIZE(value) == 1) {
        PyObject *key = PyTuple_GET_ITEM(value, 0);
        if (PyUnicode_Check(key))
            PyErr_Format(PyExc_TypeError, "%.200s%.200s got multiple values for keyword argument '%S'",
                         PyEval_GetFuncName(func), PyEval_GetFuncDesc(func), key);
        else
            PyErr_Format(PyExc_TypeError, "%.200s%.200s keywords must be strings", PyEval_GetFuncName(func),
                         PyEval_GetFuncDesc(func));
        Py_DECREF(type);
        Py_DECREF(value);
        Py_XDECREF(traceback);
    }
    else
        PyErr_Restore(type, value, traceback);
}

PyObject *tai_vm_build_map_unpack(PyObject **items, Py_ssize_t n, PyObject *func)
{
    PyObject *map = PyDict_New();
    for (Py_ssize_t i = 0; map != NULL && i < n; i++) {
        if (_PyDict_MergeEx(map, items[i], func ? 2 : 1) == 0)
            continue;
        if (func != NULL)
            explain_kwargs(func, items[i]);
        else if (PyErr_ExceptionMatches(PyExc_AttributeError))
            PyErr_Format(PyExc_TypeError, "'%.200s' object is not a mapping", Py_TYPE(items[i])->tp_name);
        Py_CLEAR(map);
    }
    return map;
}

PyObject *tai_vm_star_kwargs(PyObject *func, PyObject *kwargs)
{
    PyObject *map = PyDict_New();
    if (map != NULL && _PyDict_MergeEx(map, kwargs, 2) < 0) {
        explain_kwargs(func, kwargs);
        Py_CLEAR(map);
    }
    return map;
}

PyObject *tai_vm_make_function(TaiFrame *f, PyObject **sp, uint32_t flags)
{
    PyObject *qualname = sp[-1], *code = sp[-2];
    if (!PyCode_Check(code)) {
        PyErr_SetString(PyExc_SystemError, "MAKE_FUNCTION needs a code object");
        return NULL;
    }
    PyFunctionObject *func = (PyFunctionObject *)PyFunction_NewWithQualName(code, f->globals, qualname);
    if (func == NULL)
        return NULL;
    sp -= 2;
    Py_DECREF(code);
    Py_DECREF(qualname);
    if (flags & 8)
        func->func_closure = *--sp;
    if (flags & 4)
        func->func_annotations = *--sp;
    if (flags & 2)
        func->func_kwdefaults = *--sp;
    if (flags & 1)
        func->func_defaults = *--sp;
    return (PyObject *)func;
}

int tai_vm_print_expr(PyObject *v)
{
    _Py_IDENTIFIER(displayhook);
    PyObject *hook = _PySys_GetObjectId(&PyId_displayhook);
    if (hook == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "lost sys.displayhook");
        return -1;
    }
    PyObject *result = PyObject_CallFunctionObjArgs(hook, v, NULL);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

/* ---- comparing, adding --------------------------------------------------------------------------------------- */

/* 1, 0, -1 */
static int exception_match(PyObject *exception, PyObject *pattern)
{
    static const char message[] = "catching classes that do not inherit from BaseException is not allowed";
    if (PyTuple_Check(pattern)) {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(pattern); i++)
            if (!PyExceptionClass_Check(PyTuple_GET_ITEM(pattern, i))) {
                PyErr_SetString(PyExc_TypeError, message);
                return -1;
            }
    }
    else if (!PyExceptionClass_Check(pattern)) {
        PyErr_SetString(PyExc_TypeError, message);
        return -1;
    }
    return PyErr_GivenExceptionMatches(exception, pattern);
}

static inline int contains(PyObject *container, PyObject *o)
{
    PySequenceMethods *slots = Py_TYPE(container)->tp_as_sequence;
    if (LIKELY(slots != NULL && slots->sq_contains != NULL))
        return slots->sq_contains(container, o);
    return PySequence_Contains(container, o);
}

PyObject *tai_vm_compare(int op, PyObject *a, PyObject *b)
{
    int truth;
    switch (op) {
    case PyCmp_IN: truth = contains(b, a); break;
    case PyCmp_IS: truth = a == b; break;
    case PyCmp_IS_NOT: truth = a != b; break;
    case PyCmp_NOT_IN:
        truth = contains(b, a);
        truth = truth < 0 ? truth : !truth;
        break;
    case PyCmp_EXC_MATCH: truth = exception_match(a, b); break;
    default: return PyObject_RichCompare(a, b, op);
    }
    if (truth < 0)
        return NULL;
    if (truth) /* a jump is predicted, the choice of an address would be waited for */
        Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}

/* s += t in a loop is linear if s is let go of by the variable that the result goes back to. */
PyObject *tai_vm_concat(PyObject *a, PyObject *b, TaiFrame *f, const TaiUnit *next)
{
    if (Py_REFCNT(a) == 2) {
        int op = tai_exec_base(f->exec, next - f->exec->units);
        PyObject **slot = NULL;
        if (op == STORE_FAST)
            slot = &f->slots[next->arg];
        else if (op == STORE_DEREF) {
            PyObject *cell = f->slots[f->code->co_nlocals + next->arg];
            if (cell != NULL && PyCell_GET(cell) == a)
                PyCell_SET(cell, NULL), Py_DECREF(a);
        }
        else if (op == STORE_NAME && f->locals != NULL && PyDict_CheckExact(f->locals)) {
            PyObject *name = PyTuple_GET_ITEM(f->code->co_names, next->arg);
            PyObject *held = PyDict_GetItemWithError(f->locals, name);
            if (held == a && PyDict_SetItem(f->locals, name, Py_None) < 0) /* keeps the entry: STORE_NAME comes next */
                PyErr_Clear();
            else if (held == NULL && PyErr_Occurred())
                PyErr_Clear();
        }
        if (slot != NULL && *slot == a) {
            *slot = NULL;
            Py_DECREF(a);
        }
    }
    PyUnicode_Append(&a, b);
    return a;
}

/* ---- calls --------------------------------------------------------------------------------------------------- */

PyObject *tai_vm_call_profiled(PyThreadState *ts, PyObject *func, PyObject *const *args, size_t nargsf, PyObject *kwnames)
{
    PyObject *result, *bound = NULL;
    Py_ssize_t nargs = PyVectorcall_NARGS(nargsf);
    if (!ts->use_tracing || ts->c_profilefunc == NULL || ts->tracing)
        return _PyObject_Vectorcall(func, args, nargsf, kwnames);
    if (Py_TYPE(func) == &PyMethodDescr_Type && nargs > 0) {
        /* The profiler is shown the built-in method with its object. */
        bound = Py_TYPE(func)->tp_descr_get(func, args[0], (PyObject *)Py_TYPE(args[0]));
        if (bound == NULL)
            return NULL;
        func = bound;
        args++;
        nargs--;
        nargsf = (size_t)nargs;
    }
    else if (!PyCFunction_Check(func))
        return _PyObject_Vectorcall(func, args, nargsf, kwnames);
    if (tai_trace_c_call(ts, PyTrace_C_CALL, func) < 0) {
        Py_XDECREF(bound);
        return NULL;
    }
    result = _PyObject_Vectorcall(func, args, nargsf, kwnames);
    if (tai_trace_c_call(ts, result ? PyTrace_C_RETURN : PyTrace_C_EXCEPTION, func) < 0)
        Py_CLEAR(result);
    Py_XDECREF(bound);
    return result;
}

/* PyObject_Call; C functions borrow the values from kwargs, which code that runs meanwhile may change if it is somebody's. */
static PyObject *call_holding(PyObject *func, PyObject *args, PyObject *kwargs)
{
    PyObject *held[8], *copy = NULL, *result = NULL, *key;
    Py_ssize_t n = 0, pos = 0;
    if (PyDict_GET_SIZE(kwargs) > 8) {
        if ((copy = PyDict_Copy(kwargs)) == NULL)
            return NULL;
    }
    else
        for (; PyDict_Next(kwargs, &pos, &key, &held[n]); n++)
            Py_INCREF(held[n]);
    result = PyObject_Call(func, args, kwargs);
    while (n > 0)
        Py_DECREF(held[--n]);
    Py_XDECREF(copy);
    return result;
}

PyObject *tai_vm_call_ex(PyThreadState *ts, PyObject *func, PyObject *args, PyObject *kwargs)
{
    PyObject *result;
    int profiled = ts->use_tracing && ts->c_profilefunc != NULL && !ts->tracing && PyCFunction_Check(func);
    if (profiled && tai_trace_c_call(ts, PyTrace_C_CALL, func) < 0)
        return NULL;
    if (kwargs != NULL && Py_REFCNT(kwargs) > 1)
        result = call_holding(func, args, kwargs);
    else
        result = PyObject_Call(func, args, kwargs);
    if (profiled && tai_trace_c_call(ts, result ? PyTrace_C_RETURN : PyTrace_C_EXCEPTION, func) < 0)
        Py_CLEAR(result);
    return result;
}

/* ---- exceptions ---------------------------------------------------------------------------------------------- */

static int reraise_current(PyThreadState *ts)
{
    _PyErr_StackItem *item = _PyErr_GetTopmostException(ts);
    PyObject *type = item->exc_type;
    if (type == NULL || type == Py_None) {
        PyErr_SetString(PyExc_RuntimeError, "No active exception to reraise");
        return 0;
    }
    Py_INCREF(type);
    Py_XINCREF(item->exc_value);
    Py_XINCREF(item->exc_traceback);
    PyErr_Restore(type, item->exc_value, item->exc_traceback);
    return 1;
}

/* An exception class made into an instance, or the instance itself. Steals it; new or NULL. */
static PyObject *raise_instance(PyObject *exc, const char *refusal)
{
    if (PyExceptionInstance_Check(exc))
        return exc;
    if (!PyExceptionClass_Check(exc)) {
        Py_DECREF(exc);
        PyErr_SetString(PyExc_TypeError, refusal);
        return NULL;
    }
    PyObject *value = _PyObject_CallNoArg(exc);
    if (value != NULL && !PyExceptionInstance_Check(value)) {
        PyErr_Format(PyExc_TypeError, "calling %R should have returned an instance of BaseException, not %R", exc,
                     Py_TYPE(value));
        Py_CLEAR(value);
    }
    Py_DECREF(exc);
    return value;
}

int tai_vm_raise(PyThreadState *ts, PyObject *exc, PyObject *cause)
{
    if (exc == NULL)
        return reraise_current(ts);
    PyObject *type = PyExceptionClass_Check(exc) ? exc : NULL, *value;
    Py_XINCREF(type);
    value = raise_instance(exc, "exceptions must derive from BaseException");
    if (value == NULL)
        goto done;
    if (type == NULL) {
        type = PyExceptionInstance_Class(value);
        Py_INCREF(type);
    }
    if (cause != NULL) {
        if (cause == Py_None)
            Py_CLEAR(cause);
        else {
            if (PyExceptionClass_Check(cause)) {
                PyObject *made = _PyObject_CallNoArg(cause);
                Py_SETREF(cause, made);
                if (cause == NULL)
                    goto done;
            }
            if (!PyExceptionInstance_Check(cause)) {
                PyErr_SetString(PyExc_TypeError, "exception causes must derive from BaseException");
                goto done;
            }
        }
        PyException_SetCause(value, cause);
        cause = NULL;
    }
    PyErr_SetObject(type, value);
done:
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(cause);
    return 0;
}

PyObject *tai_vm_special_lookup(PyObject *obj, _Py_Identifier *id)
{
    PyObject *found = _PyObject_LookupSpecial(obj, id);
    if (found == NULL && !PyErr_Occurred())
        PyErr_SetObject(PyExc_AttributeError, _PyUnicode_FromId(id));
    return found;
}

PyObject *tai_vm_get_awaitable(PyObject *obj, int previous)
{
    PyTypeObject *type = Py_TYPE(obj);
    PyObject *iter = _PyCoro_GetAwaitableIter(obj);
    if (iter == NULL) {
        if (type->tp_as_async == NULL || type->tp_as_async->am_await == NULL) {
            if (previous == BEFORE_ASYNC_WITH)
                PyErr_Format(PyExc_TypeError,
                             "'async with' received an object from __aenter__ that does not implement __await__: %.100s",
                             type->tp_name);
            else if (previous == WITH_CLEANUP_START)
                PyErr_Format(PyExc_TypeError,
                             "'async with' received an object from __aexit__ that does not implement __await__: %.100s",
                             type->tp_name);
        }
        return NULL;
    }
    if (PyCoro_CheckExact(iter)) {
        PyObject *target = _PyGen_yf((PyGenObject *)iter);
        if (target != NULL) {
            Py_DECREF(target);
            Py_DECREF(iter);
            PyErr_SetString(PyExc_RuntimeError, "coroutine is being awaited already");
            return NULL;
        }
    }
    return iter;
}
