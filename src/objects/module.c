/* SPDX-License-Identifier: MIT */
/* module objects, and the making of modules from a PyModuleDef: at once (PyModule_Create2), or in two phases from slots (PEP 489).
 *
 * [MOD-1] md_state is allocated when the module is executed (or created at once), zeroed, and freed with the module.
 * [MOD-2] A missing attribute goes to the __getattr__ in the module's dict (PEP 562), then to an AttributeError that names the module.
 * Tests: tests/objects/test_small_types.py.
 */
#include "objects/module.h"

#include "runtime/gc.h"
#include "runtime/state.h"
#include "structmember.h"

#include <string.h>

#define MODULE(op) ((PyModuleObject *)(op))

static Py_ssize_t last_index; /* of m_index; 0 means that a definition has none yet */

PyTypeObject PyModuleDef_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "moduledef",
    .tp_basicsize = sizeof(PyModuleDef),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

/* Make the static definition an object. Borrowed. */
PyObject *PyModuleDef_Init(PyModuleDef *def)
{
    if (PyType_Ready(&PyModuleDef_Type) < 0)
        return NULL;
    if (def->m_base.m_index == 0) {
        def->m_base.m_index = ++last_index;
        Py_TYPE(def) = &PyModuleDef_Type;
        Py_REFCNT(def) = 1;
    }
    return (PyObject *)def;
}

/* ---- making ---- */

static int init_dict(PyModuleObject *self, PyObject *name, PyObject *doc)
{
    _Py_IDENTIFIER(__name__);
    _Py_IDENTIFIER(__doc__);
    _Py_IDENTIFIER(__package__);
    _Py_IDENTIFIER(__loader__);
    _Py_IDENTIFIER(__spec__);
    PyObject *dict = self->md_dict;
    if (_PyDict_SetItemId(dict, &PyId___name__, name) < 0 || _PyDict_SetItemId(dict, &PyId___doc__, doc ? doc : Py_None) < 0 ||
        _PyDict_SetItemId(dict, &PyId___package__, Py_None) < 0 || _PyDict_SetItemId(dict, &PyId___loader__, Py_None) < 0 ||
        _PyDict_SetItemId(dict, &PyId___spec__, Py_None) < 0)
        return -1;
    if (PyUnicode_CheckExact(name)) {
        Py_INCREF(name);
        Py_XSETREF(self->md_name, name);
    }
    return 0;
}

PyObject *PyModule_NewObject(PyObject *name)
{
    PyModuleObject *self = PyObject_GC_New(PyModuleObject, &PyModule_Type);
    if (self == NULL)
        return NULL;
    self->md_def = NULL;
    self->md_state = NULL;
    self->md_weaklist = NULL;
    self->md_name = NULL;
    self->md_dict = PyDict_New();
    tai_gc_track(self);
    if (self->md_dict == NULL || init_dict(self, name, NULL) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

PyObject *PyModule_New(const char *name)
{
    PyObject *text = PyUnicode_FromString(name);
    if (text == NULL)
        return NULL;
    PyObject *self = PyModule_NewObject(text);
    Py_DECREF(text);
    return self;
}

static int check_version(const char *name, int version)
{
    if (version == PYTHON_API_VERSION || version == PYTHON_ABI_VERSION)
        return 0;
    return PyErr_WarnFormat(PyExc_RuntimeWarning, 1,
                            "Python C API version mismatch for module %.100s: "
                            "This Python has API version %d, module %.100s has version %d.",
                            name, PYTHON_API_VERSION, name, version);
}

static int add_functions(PyObject *module, PyObject *name, PyMethodDef *def)
{
    for (; def != NULL && def->ml_name != NULL; def++) {
        if (def->ml_flags & (METH_CLASS | METH_STATIC)) {
            PyErr_SetString(PyExc_ValueError, "module functions cannot set METH_CLASS or METH_STATIC");
            return -1;
        }
        PyObject *function = PyCFunction_NewEx(def, module, name);
        if (function == NULL)
            return -1;
        PyObject *key = PyUnicode_InternFromString(def->ml_name);
        PyObject *dict = PyModule_CheckExact(module) ? ((PyModuleObject *)module)->md_dict : NULL;
        int failed = key == NULL ? -1 : dict ? PyDict_SetItem(dict, key, function) : PyObject_SetAttr(module, key, function);
        Py_XDECREF(key);
        Py_DECREF(function);
        if (failed < 0)
            return -1;
    }
    return 0;
}

int PyModule_AddFunctions(PyObject *module, PyMethodDef *functions)
{
    PyObject *name = PyModule_GetNameObject(module);
    if (name == NULL)
        return -1;
    int result = add_functions(module, name, functions);
    Py_DECREF(name);
    return result;
}

int PyModule_SetDocString(PyObject *module, const char *doc)
{
    _Py_IDENTIFIER(__doc__);
    PyObject *text = PyUnicode_FromString(doc);
    if (text == NULL)
        return -1;
    int result = _PyObject_SetAttrId(module, &PyId___doc__, text);
    Py_DECREF(text);
    return result;
}

static int allocate_state(PyModuleObject *self, PyModuleDef *def)
{
    if (def->m_size < 0 || self->md_state != NULL)
        return 0;
    self->md_state = PyMem_Calloc(1, def->m_size ? def->m_size : 1); /* also tells that the module has been executed */
    if (self->md_state == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

/* While a package's extension is imported, _Py_PackageContext holds its full name: use it if its last part is ours. */
static const char *full_name(const char *name)
{
    const char *dot = _Py_PackageContext ? strrchr(_Py_PackageContext, '.') : NULL;
    if (dot != NULL && strcmp(name, dot + 1) == 0) {
        name = _Py_PackageContext;
        _Py_PackageContext = NULL;
    }
    return name;
}

const char *_Py_PackageContext = NULL;

PyObject *_PyModule_CreateInitialized(PyModuleDef *def, int version)
{
    if (!PyModuleDef_Init(def) || check_version(def->m_name, version) < 0)
        return NULL;
    if (def->m_slots != NULL) {
        PyErr_Format(PyExc_SystemError, "module %s: PyModule_Create is incompatible with m_slots", def->m_name);
        return NULL;
    }
    PyModuleObject *self = MODULE(PyModule_New(full_name(def->m_name)));
    if (self == NULL)
        return NULL;
    if ((def->m_size > 0 && allocate_state(self, def) < 0) || (def->m_methods && PyModule_AddFunctions((PyObject *)self, def->m_methods) < 0) ||
        (def->m_doc && PyModule_SetDocString((PyObject *)self, def->m_doc) < 0)) {
        Py_DECREF(self);
        return NULL;
    }
    self->md_def = def;
    return (PyObject *)self;
}

PyObject *PyModule_Create2(PyModuleDef *def, int version)
{
    return _PyModule_CreateInitialized(def, version);
}

/* ---- two phases ---- */

typedef PyObject *(*CreateSlot)(PyObject *spec, PyModuleDef *def);

/* Look through the slots. 0, or -1 with SystemError. */
static int read_slots(PyModuleDef *def, const char *name, CreateSlot *create, int *has_exec)
{
    for (PyModuleDef_Slot *slot = def->m_slots; slot != NULL && slot->slot != 0; slot++) {
        if (slot->slot == Py_mod_create) {
            if (*create != NULL) {
                PyErr_Format(PyExc_SystemError, "module %s has multiple create slots", name);
                return -1;
            }
            *create = (CreateSlot)slot->value;
        }
        else if (slot->slot < 0 || slot->slot > _Py_mod_LAST_SLOT) {
            PyErr_Format(PyExc_SystemError, "module %s uses unknown slot ID %i", name, slot->slot);
            return -1;
        }
        else
            *has_exec = 1;
    }
    return 0;
}

static PyObject *call_create(CreateSlot create, PyObject *spec, PyModuleDef *def, const char *name)
{
    PyObject *module = create(spec, def);
    if (module == NULL) {
        if (!PyErr_Occurred())
            PyErr_Format(PyExc_SystemError, "creation of module %s failed without setting an exception", name);
        return NULL;
    }
    if (PyErr_Occurred()) {
        PyErr_Format(PyExc_SystemError, "creation of module %s raised unreported exception", name);
        Py_DECREF(module);
        return NULL;
    }
    return module;
}

/* What is no real module cannot have what a module has. */
static int check_foreign(PyModuleDef *def, const char *name, int has_exec)
{
    if (def->m_size > 0 || def->m_traverse != NULL || def->m_clear != NULL || def->m_free != NULL) {
        PyErr_Format(PyExc_SystemError, "module %s is not a module object, but requests module state", name);
        return -1;
    }
    if (has_exec) {
        PyErr_Format(PyExc_SystemError, "module %s specifies execution slots, but did not create a ModuleType instance", name);
        return -1;
    }
    return 0;
}

/* Phase one: create. New. Runs code. */
PyObject *PyModule_FromDefAndSpec2(PyModuleDef *def, PyObject *spec, int version)
{
    PyObject *module = NULL, *name_object;
    CreateSlot create = NULL;
    int has_exec = 0;
    PyModuleDef_Init(def);
    name_object = PyObject_GetAttrString(spec, "name");
    if (name_object == NULL)
        return NULL;
    const char *name = PyUnicode_AsUTF8(name_object);
    if (name == NULL || check_version(name, version) < 0)
        goto error;
    if (def->m_size < 0) {
        PyErr_Format(PyExc_SystemError, "module %s: m_size may not be negative for multi-phase initialization", name);
        goto error;
    }
    if (read_slots(def, name, &create, &has_exec) < 0)
        goto error;
    module = create ? call_create(create, spec, def, name) : PyModule_NewObject(name_object);
    if (module == NULL)
        goto error;
    if (PyModule_Check(module)) {
        MODULE(module)->md_state = NULL;
        MODULE(module)->md_def = def;
    }
    else if (check_foreign(def, name, has_exec) < 0)
        goto error;
    if ((def->m_methods && add_functions(module, name_object, def->m_methods) < 0) ||
        (def->m_doc && PyModule_SetDocString(module, def->m_doc) < 0))
        goto error;
    Py_DECREF(name_object);
    return module;
error:
    Py_DECREF(name_object);
    Py_XDECREF(module);
    return NULL;
}

/* Phase two: execute. 0, or -1 with an exception. Runs code. */
int PyModule_ExecDef(PyObject *module, PyModuleDef *def)
{
    const char *name = PyModule_GetName(module);
    if (name == NULL || allocate_state(MODULE(module), def) < 0)
        return -1;
    for (PyModuleDef_Slot *slot = def->m_slots; slot != NULL && slot->slot != 0; slot++) {
        if (slot->slot == Py_mod_create)
            continue;
        if (slot->slot != Py_mod_exec) {
            PyErr_Format(PyExc_SystemError, "module %s initialized with unknown slot %i", name, slot->slot);
            return -1;
        }
        int result = ((int (*)(PyObject *))slot->value)(module);
        if (result != 0) {
            if (!PyErr_Occurred())
                PyErr_Format(PyExc_SystemError, "execution of module %s failed without setting an exception", name);
            return -1;
        }
        if (PyErr_Occurred()) {
            PyErr_Format(PyExc_SystemError, "execution of module %s raised unreported exception", name);
            return -1;
        }
    }
    return 0;
}

/* ---- C API: looking ---- */

static int check_module(PyObject *op)
{
    if (PyModule_Check(op))
        return 1;
    PyErr_BadArgument();
    return 0;
}

PyObject *PyModule_GetDict(PyObject *op)
{
    if (!PyModule_Check(op)) {
        PyErr_BadInternalCall();
        return NULL;
    }
    return MODULE(op)->md_dict;
}

static PyObject *get_text(PyObject *op, _Py_Identifier *id, const char *missing)
{
    PyObject *dict = MODULE(op)->md_dict, *text = NULL;
    if (dict != NULL && PyDict_Check(dict))
        text = _PyDict_GetItemIdWithError(dict, id);
    if (text == NULL || !PyUnicode_Check(text)) {
        if (!PyErr_Occurred())
            PyErr_SetString(PyExc_SystemError, missing);
        return NULL;
    }
    Py_INCREF(text);
    return text;
}

PyObject *PyModule_GetNameObject(PyObject *op)
{
    _Py_IDENTIFIER(__name__);
    return check_module(op) ? get_text(op, &PyId___name__, "nameless module") : NULL;
}

const char *PyModule_GetName(PyObject *op)
{
    PyObject *name = PyModule_GetNameObject(op);
    if (name == NULL)
        return NULL;
    Py_DECREF(name); /* the module's dict keeps it */
    return PyUnicode_AsUTF8(name);
}

PyObject *PyModule_GetFilenameObject(PyObject *op)
{
    _Py_IDENTIFIER(__file__);
    return check_module(op) ? get_text(op, &PyId___file__, "module filename missing") : NULL;
}

const char *PyModule_GetFilename(PyObject *op)
{
    PyObject *name = PyModule_GetFilenameObject(op);
    if (name == NULL)
        return NULL;
    const char *text = PyUnicode_AsUTF8(name);
    Py_DECREF(name);
    return text;
}

PyModuleDef *PyModule_GetDef(PyObject *op)
{
    return check_module(op) ? MODULE(op)->md_def : NULL;
}

void *PyModule_GetState(PyObject *op)
{
    return check_module(op) ? MODULE(op)->md_state : NULL;
}

/* ---- clearing at shutdown ---- */

/* 1: a private name (one leading underscore), 2: any other than __builtins__, 0: leave it. */
static int clear_pass(PyObject *key)
{
    if (!PyUnicode_Check(key) || PyUnicode_READY(key) < 0)
        return 0;
    if (PyUnicode_GET_LENGTH(key) > 0 && PyUnicode_READ_CHAR(key, 0) == '_' &&
        (PyUnicode_GET_LENGTH(key) == 1 || PyUnicode_READ_CHAR(key, 1) != '_'))
        return 1;
    return _PyUnicode_EqualToASCIIString(key, "__builtins__") ? 0 : 2;
}

/* Replace all values by None, private names first, so that destructors still find most of what they may use. Runs code. */
void _PyModule_ClearDict(PyObject *dict)
{
    for (int pass = 1; pass <= 2; pass++) {
        PyObject *key, *value;
        Py_ssize_t at = 0;
        while (PyDict_Next(dict, &at, &key, &value)) {
            int kind = value == Py_None ? 0 : clear_pass(key);
            if (kind != 0 && kind <= pass && PyDict_SetItem(dict, key, Py_None) < 0)
                PyErr_WriteUnraisable(NULL);
        }
    }
}

void _PyModule_Clear(PyObject *op)
{
    if (MODULE(op)->md_dict != NULL)
        _PyModule_ClearDict(MODULE(op)->md_dict);
}

/* ---- slots ---- */

static int module_init(PyObject *op, PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"name", "doc", NULL};
    PyObject *name, *doc = Py_None;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|O:module", names, &name, &doc))
        return -1;
    if (!PyUnicode_Check(name)) {
        _PyArg_BadArgument("module", "argument 'name'", "str", name);
        return -1;
    }
    if (MODULE(op)->md_dict == NULL && (MODULE(op)->md_dict = PyDict_New()) == NULL)
        return -1;
    return init_dict(MODULE(op), name, doc);
}

/* May the definition's hooks run? A module that is not executed yet has none of the state that they look at. */
static int has_state(const PyModuleObject *self)
{
    return self->md_def != NULL && (self->md_def->m_size <= 0 || self->md_state != NULL);
}

static void module_dealloc(PyObject *op)
{
    PyModuleObject *self = MODULE(op);
    PyObject_GC_UnTrack(op);
    if (Py_VerboseFlag && self->md_name != NULL)
        PySys_FormatStderr("# destroy %S\n", self->md_name);
    if (self->md_weaklist != NULL)
        PyObject_ClearWeakRefs(op);
    if (has_state(self) && self->md_def->m_free != NULL)
        self->md_def->m_free(self);
    Py_XDECREF(self->md_dict);
    Py_XDECREF(self->md_name);
    PyMem_Free(self->md_state);
    Py_TYPE(op)->tp_free(op);
}

static int module_traverse(PyObject *op, visitproc visit, void *arg)
{
    PyModuleObject *self = MODULE(op);
    if (has_state(self) && self->md_def->m_traverse != NULL) {
        int result = self->md_def->m_traverse(op, visit, arg);
        if (result != 0)
            return result;
    }
    Py_VISIT(self->md_dict);
    return 0;
}

static int module_clear(PyObject *op)
{
    PyModuleObject *self = MODULE(op);
    if (has_state(self) && self->md_def->m_clear != NULL) {
        int result = self->md_def->m_clear(op);
        if (result != 0)
            return result;
    }
    Py_CLEAR(self->md_dict);
    return 0;
}

static PyObject *module_repr(PyObject *op)
{
    return PyObject_CallMethod(tai_interp()->importlib, "_module_repr", "O", op);
}

/* Does the import of the module with that spec (may be NULL) still run? Leaves no exception. Runs code. */
int _PyModuleSpec_IsInitializing(PyObject *spec)
{
    _Py_IDENTIFIER(_initializing);
    int result = 0;
    if (spec != NULL) {
        PyObject *value = _PyObject_GetAttrId(spec, &PyId__initializing);
        if (value != NULL) {
            result = PyObject_IsTrue(value) > 0;
            Py_DECREF(value);
        }
    }
    PyErr_Clear();
    return result;
}

/* [MOD-2] */
__attribute__((cold, noinline)) static PyObject *missing_attribute(PyModuleObject *self, PyObject *name)
{
    _Py_IDENTIFIER(__getattr__);
    _Py_IDENTIFIER(__name__);
    _Py_IDENTIFIER(__spec__);
    PyObject *dict = self->md_dict;
    if (dict != NULL) {
        PyObject *hook = _PyDict_GetItemIdWithError(dict, &PyId___getattr__);
        if (hook != NULL) {
            Py_INCREF(hook);
            PyObject *result = _PyObject_FastCall(hook, &name, 1);
            Py_DECREF(hook);
            return result;
        }
        if (PyErr_Occurred())
            return NULL;
        PyObject *own_name = _PyDict_GetItemIdWithError(dict, &PyId___name__);
        if (own_name == NULL && PyErr_Occurred())
            return NULL;
        if (own_name != NULL && PyUnicode_Check(own_name)) {
            Py_INCREF(own_name);
            PyObject *spec = _PyDict_GetItemIdWithError(dict, &PyId___spec__);
            Py_XINCREF(spec);
            const char *format = _PyModuleSpec_IsInitializing(spec)
                ? "partially initialized module '%U' has no attribute '%U' (most likely due to a circular import)"
                : "module '%U' has no attribute '%U'";
            PyErr_Format(PyExc_AttributeError, format, own_name, name);
            Py_XDECREF(spec);
            Py_DECREF(own_name);
            return NULL;
        }
    }
    return PyErr_Format(PyExc_AttributeError, "module has no attribute '%U'", name);
}

static PyObject *module_getattro(PyObject *op, PyObject *name)
{
    PyObject *value = _PyObject_GenericGetAttrWithDict(op, name, NULL, 1);
    if (LIKELY(value != NULL) || PyErr_Occurred())
        return value;
    return missing_attribute(MODULE(op), name);
}

PyObject *tai_module_lookup(PyObject *op, PyObject *name)
{
    _Py_IDENTIFIER(__getattr__);
    PyObject *value = _PyObject_GenericGetAttrWithDict(op, name, NULL, 1), *dict = MODULE(op)->md_dict;
    if (value != NULL || PyErr_Occurred())
        return value;
    if (dict == NULL || (_PyDict_GetItemIdWithError(dict, &PyId___getattr__) == NULL && !PyErr_Occurred()))
        return NULL;
    return PyErr_Occurred() ? NULL : missing_attribute(MODULE(op), name);
}

static PyObject *module_dir(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    _Py_IDENTIFIER(__dict__);
    _Py_IDENTIFIER(__dir__);
    PyObject *dict = _PyObject_GetAttrId(op, &PyId___dict__), *result = NULL;
    if (dict == NULL)
        return NULL;
    if (PyDict_Check(dict)) {
        PyObject *hook = _PyDict_GetItemIdWithError(dict, &PyId___dir__);
        if (hook != NULL)
            result = _PyObject_CallNoArg(hook);
        else if (!PyErr_Occurred())
            result = PyDict_Keys(dict);
    }
    else {
        const char *name = PyModule_GetName(op);
        if (name != NULL)
            PyErr_Format(PyExc_TypeError, "%.200s.__dict__ is not a dictionary", name);
    }
    Py_DECREF(dict);
    return result;
}

static PyMethodDef module_methods[] = {
    {"__dir__", module_dir, METH_NOARGS, "__dir__() -> list\nthe names in the module, as dir() shows them"},
    {NULL},
};

static PyMemberDef module_members[] = {
    {"__dict__", T_OBJECT, offsetof(PyModuleObject, md_dict), READONLY},
    {NULL},
};

PyTypeObject PyModule_Type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "module",
    .tp_basicsize = sizeof(PyModuleObject),
    .tp_dealloc = module_dealloc,
    .tp_repr = module_repr,
    .tp_getattro = module_getattro,
    .tp_setattro = PyObject_GenericSetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC | Py_TPFLAGS_BASETYPE,
    .tp_doc = "module(name, doc=None)\n--\n\nMake a module object of the given name; import is what fills it.",
    .tp_traverse = module_traverse,
    .tp_clear = module_clear,
    .tp_weaklistoffset = offsetof(PyModuleObject, md_weaklist),
    .tp_methods = module_methods,
    .tp_members = module_members,
    .tp_dictoffset = offsetof(PyModuleObject, md_dict),
    .tp_init = module_init,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};
