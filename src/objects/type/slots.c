/* SPDX-License-Identifier: MIT */
/* From method to slot: the table of special methods, the wrappers that make C slots callable as methods, and the choice of what
 * stands in each slot of a class.
 *
 * Rows of the table (src/defs/slot.def) that name the same slot form a group. A slot of a class holds
 *   the C function itself   if all methods of its group come from one C type through our wrappers (specific),
 *   our tai_slot_ function  as soon as one of them is anything else (generic),
 *   NULL                    if there is no such method.
 * [SLOT-1] Rows stand in the order of offsets, so a group is a run of rows.
 * [SLOT-2] A class with one base, whose MRO is its own name before its base's, has inherited what its base has: only
 *          groups named in its own dict are looked at (and both of hash and comparison if one of them is), and those of
 *          [SLOT-3]. In all others it is the groups that any class of the MRO names; the rest is emptied.
 * [SLOT-3] A C type may have a special method in tp_methods and nothing in its slot: the operator does not find it there,
 *          but does in each Python class below.
 */
#include "objects/type/slot_methods.h"
#include "objects/object.h"
#include "runtime/recursion.h"

/* ---- wrappers: method -> slot ------------------------------------------------------------------------------------------ */

static int need_args(PyObject *args, Py_ssize_t n)
{
    if (!PyTuple_CheckExact(args)) {
        PyErr_SetString(PyExc_SystemError, "PyArg_UnpackTuple() argument list is not a tuple");
        return -1;
    }
    if (LIKELY(PyTuple_GET_SIZE(args) == n))
        return 0;
    PyErr_Format(PyExc_TypeError, "expected %zd argument%s, got %zd", n, n == 1 ? "" : "s", PyTuple_GET_SIZE(args));
    return -1;
}

#define ARG(i) PyTuple_GET_ITEM(args, i)

static PyObject *none_or_error(int failed)
{
    if (failed < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *wrap_unary(PyObject *self, PyObject *args, void *wrapped)
{
    return need_args(args, 0) ? NULL : ((unaryfunc)wrapped)(self);
}

static PyObject *wrap_binary(PyObject *self, PyObject *args, void *wrapped)
{
    return need_args(args, 1) ? NULL : ((binaryfunc)wrapped)(self, ARG(0));
}

/* A type of its own from wrap_binary, so that slots taken by sequences and numbers are told apart. */
static PyObject *wrap_binary_left(PyObject *self, PyObject *args, void *wrapped)
{
    return need_args(args, 1) ? NULL : ((binaryfunc)wrapped)(self, ARG(0));
}

static PyObject *wrap_binary_right(PyObject *self, PyObject *args, void *wrapped)
{
    return need_args(args, 1) ? NULL : ((binaryfunc)wrapped)(ARG(0), self);
}

static PyObject *wrap_ternary(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *other, *third = Py_None;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &other, &third))
        return NULL;
    return ((ternaryfunc)wrapped)(self, other, third);
}

static PyObject *wrap_ternary_right(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *other, *third = Py_None;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &other, &third))
        return NULL;
    return ((ternaryfunc)wrapped)(other, self, third);
}

static PyObject *wrap_inquiry(PyObject *self, PyObject *args, void *wrapped)
{
    int res;
    if (need_args(args, 0))
        return NULL;
    res = ((inquiry)wrapped)(self);
    if (res == -1 && PyErr_Occurred())
        return NULL;
    return PyBool_FromLong(res);
}

static PyObject *wrap_len(PyObject *self, PyObject *args, void *wrapped)
{
    Py_ssize_t n;
    if (need_args(args, 0))
        return NULL;
    n = ((lenfunc)wrapped)(self);
    if (n == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromSsize_t(n);
}

static PyObject *wrap_hash(PyObject *self, PyObject *args, void *wrapped)
{
    Py_hash_t hash;
    if (need_args(args, 0))
        return NULL;
    hash = ((hashfunc)wrapped)(self);
    if (hash == -1 && PyErr_Occurred())
        return NULL;
    return PyLong_FromSsize_t(hash);
}

static PyObject *wrap_call(PyObject *self, PyObject *args, void *wrapped, PyObject *kwds)
{
    return ((ternaryfunc)wrapped)(self, args, kwds);
}

static PyObject *wrap_init(PyObject *self, PyObject *args, void *wrapped, PyObject *kwds)
{
    return none_or_error(((initproc)wrapped)(self, args, kwds));
}

static PyObject *wrap_del(PyObject *self, PyObject *args, void *wrapped)
{
    if (need_args(args, 0))
        return NULL;
    ((destructor)wrapped)(self);
    Py_RETURN_NONE;
}

#define WRAP_COMPARE(name, op) \
    static PyObject *name(PyObject *self, PyObject *args, void *wrapped) \
    { \
        return need_args(args, 1) ? NULL : ((richcmpfunc)wrapped)(self, ARG(0), op); \
    }
WRAP_COMPARE(wrap_lt, Py_LT)
WRAP_COMPARE(wrap_le, Py_LE)
WRAP_COMPARE(wrap_eq, Py_EQ)
WRAP_COMPARE(wrap_ne, Py_NE)
WRAP_COMPARE(wrap_gt, Py_GT)
WRAP_COMPARE(wrap_ge, Py_GE)

static PyObject *wrap_next(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *res;
    if (need_args(args, 0))
        return NULL;
    res = ((iternextfunc)wrapped)(self);
    if (res == NULL && !PyErr_Occurred())
        PyErr_SetNone(PyExc_StopIteration);
    return res;
}

static PyObject *wrap_descr_get(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *obj, *type = NULL;
    if (!PyArg_UnpackTuple(args, "", 1, 2, &obj, &type))
        return NULL;
    if (obj == Py_None)
        obj = NULL;
    if (type == Py_None)
        type = NULL;
    if (type == NULL && obj == NULL) {
        PyErr_SetString(PyExc_TypeError, "__get__(None, None) is invalid");
        return NULL;
    }
    return ((descrgetfunc)wrapped)(self, obj, type);
}

static PyObject *wrap_descr_set(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *obj, *value;
    if (!PyArg_UnpackTuple(args, "", 2, 2, &obj, &value))
        return NULL;
    return none_or_error(((descrsetfunc)wrapped)(self, obj, value));
}

static PyObject *wrap_descr_delete(PyObject *self, PyObject *args, void *wrapped)
{
    return need_args(args, 1) ? NULL : none_or_error(((descrsetfunc)wrapped)(self, ARG(0), NULL));
}

static PyObject *wrap_ass_subscript(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *key, *value;
    if (!PyArg_UnpackTuple(args, "", 2, 2, &key, &value))
        return NULL;
    return none_or_error(((objobjargproc)wrapped)(self, key, value));
}

static PyObject *wrap_del_subscript(PyObject *self, PyObject *args, void *wrapped)
{
    return need_args(args, 1) ? NULL : none_or_error(((objobjargproc)wrapped)(self, ARG(0), NULL));
}

static PyObject *wrap_contains(PyObject *self, PyObject *args, void *wrapped)
{
    int res;
    if (need_args(args, 1))
        return NULL;
    res = ((objobjproc)wrapped)(self, ARG(0));
    if (res == -1 && PyErr_Occurred())
        return NULL;
    return PyBool_FromLong(res);
}

static PyObject *wrap_index(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *o;
    Py_ssize_t i;
    if (!PyArg_UnpackTuple(args, "", 1, 1, &o))
        return NULL;
    i = PyNumber_AsSsize_t(o, PyExc_OverflowError);
    if (i == -1 && PyErr_Occurred())
        return NULL;
    return ((ssizeargfunc)wrapped)(self, i);
}

/* An index for sq_item: counted from the end if negative. -1 with an exception on error (else it may be -1 too). */
static Py_ssize_t sequence_index(PyObject *self, PyObject *arg)
{
    Py_ssize_t i = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    if (i == -1 && PyErr_Occurred())
        return -1;
    if (i < 0) {
        PySequenceMethods *sq = Py_TYPE(self)->tp_as_sequence;
        if (sq && sq->sq_length) {
            Py_ssize_t n = sq->sq_length(self);
            if (n < 0) {
                assert(PyErr_Occurred());
                return -1;
            }
            i += n;
        }
    }
    return i;
}

static PyObject *wrap_sq_item(PyObject *self, PyObject *args, void *wrapped)
{
    Py_ssize_t i;
    if (need_args(args, 1))
        return NULL;
    i = sequence_index(self, ARG(0));
    if (i == -1 && PyErr_Occurred())
        return NULL;
    return ((ssizeargfunc)wrapped)(self, i);
}

static PyObject *sq_store(PyObject *self, PyObject *key, PyObject *value, void *wrapped)
{
    Py_ssize_t i = sequence_index(self, key);
    if (i == -1 && PyErr_Occurred())
        return NULL;
    return none_or_error(((ssizeobjargproc)wrapped)(self, i, value));
}

static PyObject *wrap_sq_setitem(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *key, *value;
    if (!PyArg_UnpackTuple(args, "", 2, 2, &key, &value))
        return NULL;
    return sq_store(self, key, value, wrapped);
}

static PyObject *wrap_sq_delitem(PyObject *self, PyObject *args, void *wrapped)
{
    return need_args(args, 1) ? NULL : sq_store(self, ARG(0), NULL, wrapped);
}

/* object.__setattr__(some_type, ...) would step over type's protection: func must belong to the nearest C type. */
static int steps_over_setattro(PyObject *self, setattrofunc func, const char *what)
{
    PyTypeObject *type = Py_TYPE(self), *defining = type;
    PyObject *mro = type->tp_mro;
    if (mro == NULL)
        return 0;
    for (Py_ssize_t i = PyTuple_GET_SIZE(mro) - 1; i >= 0; i--) {
        PyTypeObject *base = (PyTypeObject *)PyTuple_GET_ITEM(mro, i);
        if (base->tp_setattro != tai_slot_setattro && base->tp_setattro == type->tp_setattro) {
            defining = base;
            break;
        }
    }
    for (PyTypeObject *base = defining; base; base = base->tp_base) {
        if (base->tp_setattro == func)
            return 0;
        if (base->tp_setattro != tai_slot_setattro) {
            PyErr_Format(PyExc_TypeError, "can't apply this %s to %s object", what, type->tp_name);
            return 1;
        }
    }
    return 0;
}

static PyObject *wrap_setattr(PyObject *self, PyObject *args, void *wrapped)
{
    PyObject *name, *value;
    if (!PyArg_UnpackTuple(args, "", 2, 2, &name, &value))
        return NULL;
    if (steps_over_setattro(self, (setattrofunc)wrapped, "__setattr__"))
        return NULL;
    return none_or_error(((setattrofunc)wrapped)(self, name, value));
}

static PyObject *wrap_delattr(PyObject *self, PyObject *args, void *wrapped)
{
    if (need_args(args, 1) || steps_over_setattro(self, (setattrofunc)wrapped, "__delattr__"))
        return NULL;
    return none_or_error(((setattrofunc)wrapped)(self, ARG(0), NULL));
}

/* ---- the table ----------------------------------------------------------------------------------------------------------- */

struct wrapperbase tai_slot_rows[] = {
#define SLOT(name, member, function, wrapper, flags, doc) \
    {name, offsetof(PyHeapTypeObject, member), (void *)function, wrapper, doc, flags, NULL},
#include "defs/slot.def"
    {NULL},
};

_Py_IDENTIFIER(__new__);

enum { MAX_GROUPS = 96, NAME_BUCKETS = 512 };
#define N_ROWS ((int)Py_ARRAY_LENGTH(tai_slot_rows) - 1)

static int16_t group_first[MAX_GROUPS + 1]; /* first row; the end of one group is the start of the next */
static int n_groups;
static int16_t row_group[Py_ARRAY_LENGTH(tai_slot_rows)];
static int16_t row_same_name[Py_ARRAY_LENGTH(tai_slot_rows)]; /* next row with this name, or -1 */
static int16_t suite_end[Py_ARRAY_LENGTH(tai_slot_rows)];      /* the row behind the last one of the same suite */
static int16_t name_bucket[NAME_BUCKETS];                      /* first row of a name, or -1; open addressing by hash */

/* Which of the tables of functions a row's slot is in. */
static int suite_of(int row)
{
    size_t offset = (size_t)tai_slot_rows[row].offset;
    return (offset >= offsetof(PyHeapTypeObject, as_async)) + (offset >= offsetof(PyHeapTypeObject, as_number)) +
           (offset >= offsetof(PyHeapTypeObject, as_mapping)) + (offset >= offsetof(PyHeapTypeObject, as_sequence));
}

int tai_slots_init(void)
{
    if (n_groups > 0)
        return 0;
    memset(name_bucket, 0xff, sizeof name_bucket);
    for (int i = 0; i < N_ROWS; i++) {
        struct wrapperbase *row = &tai_slot_rows[i];
        size_t b;
        row->name_strobj = PyUnicode_InternFromString(row->name);
        if (row->name_strobj == NULL)
            return -1;
        assert(i == 0 || row->offset >= row[-1].offset); /* [SLOT-1] */
        if (i == 0 || row->offset != row[-1].offset)
            group_first[n_groups++] = (int16_t)i;
        row_group[i] = (int16_t)(n_groups - 1);
        row_same_name[i] = -1;
        for (b = (size_t)PyObject_Hash(row->name_strobj);; b++) {
            int16_t *head = &name_bucket[b % NAME_BUCKETS];
            if (*head < 0) {
                *head = (int16_t)i;
                break;
            }
            if (tai_slot_rows[*head].name_strobj == row->name_strobj) {
                int last = *head;
                while (row_same_name[last] >= 0)
                    last = row_same_name[last];
                row_same_name[last] = (int16_t)i;
                break;
            }
        }
    }
    group_first[n_groups] = (int16_t)N_ROWS;
    for (int i = N_ROWS - 1; i >= 0; i--)
        suite_end[i] = i + 1 < N_ROWS && suite_of(i) == suite_of(i + 1) ? suite_end[i + 1] : (int16_t)(i + 1);
    assert(n_groups <= MAX_GROUPS);
    return 0;
}

/* First row of a method name, or -1. */
static int first_row(PyObject *name)
{
    Py_ssize_t n;
    if (!PyUnicode_Check(name) || PyUnicode_READY(name) < 0)
        return -1;
    n = PyUnicode_GET_LENGTH(name);
    if (n < 6 || PyUnicode_READ_CHAR(name, 0) != '_' || PyUnicode_READ_CHAR(name, 1) != '_')
        return -1;
    for (size_t b = (size_t)PyUnicode_Type.tp_hash(name);; b++) {
        int i = name_bucket[b % NAME_BUCKETS];
        if (i < 0)
            return -1;
        if (tai_slot_rows[i].name_strobj == name || _PyUnicode_EQ(tai_slot_rows[i].name_strobj, name))
            return i;
    }
}

/* Address of a slot inside type, NULL if the method suite is not there. offset: in PyHeapTypeObject. */
static void **slot_address(PyTypeObject *type, int offset)
{
    char *suite = (char *)type;
#define IN_SUITE(start, pointer) \
    if ((size_t)offset >= offsetof(PyHeapTypeObject, start)) { \
        suite = (char *)type->pointer; \
        offset -= (int)offsetof(PyHeapTypeObject, start); \
    }
    IN_SUITE(as_sequence, tp_as_sequence)
    else IN_SUITE(as_mapping, tp_as_mapping)
    else IN_SUITE(as_number, tp_as_number)
    else IN_SUITE(as_async, tp_as_async)
#undef IN_SUITE
    return suite ? (void **)(suite + offset) : NULL;
}

/* A C type gets a method for each slot it fills. */
int tai_type_add_slot_wrappers(PyTypeObject *type)
{
    PyObject *dict = type->tp_dict;
    static PyMethodDef new_def = {"__new__", (PyCFunction)(void (*)(void))tai_tp_new_wrapper,
                                  METH_FASTCALL | METH_KEYWORDS,
                                  "__new__($type, *args, **kwargs)\n--\n\nMake a new object, before it is set up."};
    for (int i = 0; i < N_ROWS; i++) {
        struct wrapperbase *row = &tai_slot_rows[i];
        void **slot;
        PyObject *descr;
        int res;
        if (row->wrapper == NULL)
            continue;
        slot = slot_address(type, row->offset);
        if (slot == NULL) { /* nor are the others of this suite there */
            i = suite_end[i] - 1;
            continue;
        }
        if (*slot == NULL)
            continue;
        if (PyDict_GetItemWithError(dict, row->name_strobj) != NULL)
            continue;
        if (PyErr_Occurred())
            return -1;
        if (*slot == (void *)PyObject_HashNotImplemented) {
            if (PyDict_SetItem(dict, row->name_strobj, Py_None) < 0)
                return -1;
            continue;
        }
        descr = PyDescr_NewWrapper(type, row, *slot);
        if (descr == NULL)
            return -1;
        res = PyDict_SetItem(dict, row->name_strobj, descr);
        Py_DECREF(descr);
        if (res < 0)
            return -1;
    }
    if (type->tp_new != NULL && _PyDict_GetItemId(dict, &PyId___new__) == NULL) {
        PyObject *func = PyCFunction_NewEx(&new_def, (PyObject *)type, NULL);
        int res = func ? _PyDict_SetItemId(dict, &PyId___new__, func) : -1;
        Py_XDECREF(func);
        return res;
    }
    return 0;
}

/* ---- what stands in a slot ------------------------------------------------------------------------------------------------- */

/* Of the slots that a name fills in type the one that is set, if it is only one. */
static void **only_slot(PyTypeObject *type, int row)
{
    void **found = NULL;
    row = first_row(tai_slot_rows[row].name_strobj);
    for (; row >= 0; row = row_same_name[row]) {
        void **slot = slot_address(type, tai_slot_rows[row].offset);
        if (slot == NULL || *slot == NULL)
            continue;
        if (found != NULL)
            return NULL;
        found = slot;
    }
    return found;
}

static int is_new_wrapper(PyObject *descr)
{
    return Py_TYPE(descr) == &PyCFunction_Type &&
           PyCFunction_GET_FUNCTION(descr) == (PyCFunction)(void (*)(void))tai_tp_new_wrapper;
}

static void update_group(PyTypeObject *type, int group)
{
    int row = group_first[group], offset = tai_slot_rows[row].offset, use_generic = 0;
    void **slot = slot_address(type, offset), *generic = NULL, *specific = NULL;
    if (slot == NULL)
        return;
    for (; row < group_first[group + 1]; row++) {
        struct wrapperbase *p = &tai_slot_rows[row];
        PyObject *descr = tai_type_lookup(type, p->name_strobj);
        if (descr == NULL) {
            if (offset == (int)offsetof(PyHeapTypeObject, ht_type.tp_iternext))
                specific = (void *)_PyObject_NextNotImplemented;
            continue;
        }
        if (Py_TYPE(descr) == &PyWrapperDescr_Type &&
            ((PyWrapperDescrObject *)descr)->d_base->name_strobj == p->name_strobj) {
            PyWrapperDescrObject *d = (PyWrapperDescrObject *)descr;
            void **only = only_slot(type, row);
            if (only == NULL || only == slot)
                generic = p->function;
            if ((specific == NULL || specific == d->d_wrapped) && d->d_base->wrapper == p->wrapper &&
                PyType_IsSubtype(type, PyDescr_TYPE(d)))
                specific = d->d_wrapped;
            else
                use_generic = 1; /* a wrapper of something else: another slot, or a type that is no base */
        }
        else if (offset == (int)offsetof(PyHeapTypeObject, ht_type.tp_new) && is_new_wrapper(descr))
            specific = (void *)type->tp_new; /* __new__ of a C type that the class has as it is */
        else if (descr == Py_None && offset == (int)offsetof(PyHeapTypeObject, ht_type.tp_hash))
            specific = (void *)PyObject_HashNotImplemented;
        else {
            use_generic = 1;
            generic = p->function;
        }
    }
    *slot = specific != NULL && !use_generic ? specific : generic;
    if (offset == (int)offsetof(PyHeapTypeObject, ht_type.tp_call) && *slot == (void *)tai_slot_call)
        type->tp_flags &= ~_Py_TPFLAGS_HAVE_VECTORCALL; /* [TYPE-5] */
}

static int update_wanted(PyTypeObject *type, void *wanted)
{
    for (int group = 0; group < n_groups; group++)
        if (((uint8_t *)wanted)[group])
            update_group(type, group);
    return 0;
}

/* [SLOT-2] */
static int is_plain_child(PyTypeObject *type)
{
    PyObject *mro = type->tp_mro, *base_mro = type->tp_base->tp_mro;
    Py_ssize_t n = PyTuple_GET_SIZE(base_mro);
    return PyTuple_GET_SIZE(type->tp_bases) == 1 && PyTuple_GET_SIZE(mro) == n + 1 &&
           PyTuple_GET_ITEM(mro, 0) == (PyObject *)type &&
           memcmp(&PyTuple_GET_ITEM(mro, 1), &PyTuple_GET_ITEM(base_mro, 0), (size_t)n * sizeof(PyObject *)) == 0;
}

static int group_of(size_t offset)
{
    int group = 0;
    while (tai_slot_rows[group_first[group]].offset != (int)offset)
        group++;
    return group;
}

/* Mark the groups that have a method in this dict. */
static void mark_named(PyObject *dict, uint8_t *wanted)
{
    PyObject *name, *value;
    Py_ssize_t pos = 0;
    while (PyDict_Next(dict, &pos, &name, &value))
        for (int row = first_row(name); row >= 0; row = row_same_name[row])
            wanted[row_group[row]] = 1;
}

/* A special method of a C type that no slot stands for. METH_COEXIST beside a slot is another way to the same function. */
static int is_slotless(PyTypeObject *type, PyObject *descr, PyObject *name)
{
    if (Py_TYPE(descr) == &PyWrapperDescr_Type || descr == Py_None || is_new_wrapper(descr))
        return 0;
    if (Py_TYPE(descr) != &PyMethodDescr_Type || !(((PyMethodDescrObject *)descr)->d_method->ml_flags & METH_COEXIST))
        return 1;
    for (int row = first_row(name); row >= 0; row = row_same_name[row]) {
        void **slot = slot_address(type, tai_slot_rows[row].offset);
        if (slot != NULL && *slot != NULL)
            return 0;
    }
    return 1;
}

/* Mark the groups of [SLOT-3] in one C type; whether there are any. */
static int mark_slotless_of(PyTypeObject *type, uint8_t *wanted)
{
    PyObject *name, *value;
    Py_ssize_t pos = 0;
    int any = 0;
    while (PyDict_Next(type->tp_dict, &pos, &name, &value))
        if (first_row(name) >= 0 && is_slotless(type, value, name)) {
            any = 1;
            for (int row = first_row(name); row >= 0; row = row_same_name[row])
                wanted[row_group[row]] = 1;
        }
    return any;
}

/* Mark the groups of [SLOT-3] in the C types above a class: those that are static, or have a table of methods.
 * Dicts that have been seen to hold nothing of the kind are known by their version. */
static void mark_slotless(PyTypeObject *type, uint8_t *wanted)
{
    static uint64_t clean[256];
    for (Py_ssize_t i = 1; i < PyTuple_GET_SIZE(type->tp_mro); i++) {
        PyTypeObject *above = (PyTypeObject *)PyTuple_GET_ITEM(type->tp_mro, i);
        if (above == &PyBaseObject_Type || above->tp_dict == NULL ||
            (PyType_HasFeature(above, Py_TPFLAGS_HEAPTYPE) && above->tp_methods == NULL))
            continue;
        uint64_t version = ((PyDictObject *)above->tp_dict)->ma_version_tag, *known = &clean[version % Py_ARRAY_LENGTH(clean)];
        if (*known != version && !mark_slotless_of(above, wanted))
            *known = version;
    }
}

/* Mark the groups that have a method in any class of the MRO. 0: it holds something that is no class. */
static int mark_inherited(PyTypeObject *type, uint8_t *wanted)
{
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(type->tp_mro); i++) {
        PyObject *one = PyTuple_GET_ITEM(type->tp_mro, i);
        if (!PyType_Check(one) || ((PyTypeObject *)one)->tp_dict == NULL)
            return 0;
        mark_named(((PyTypeObject *)one)->tp_dict, wanted);
    }
    return 1;
}

/* What update_group() does if none of the group's methods is anywhere. */
static void empty_group(PyTypeObject *type, int group)
{
    int offset = tai_slot_rows[group_first[group]].offset;
    void **slot = slot_address(type, offset);
    if (slot != NULL)
        *slot = offset == (int)offsetof(PyHeapTypeObject, ht_type.tp_iternext) ? (void *)_PyObject_NextNotImplemented : NULL;
}

/* + and * of a sequence type stand in the suite for sequences. A class that fills them for numbers too, by a method of its own,
 * needs += and *= there as well: the number's + would be asked before the sequence's += otherwise. */
static void mark_inplace(uint8_t *wanted)
{
    static int add, add_to, multiply, multiply_to;
    if (add_to == 0) {
        add = group_of(offsetof(PyHeapTypeObject, as_number.nb_add));
        multiply = group_of(offsetof(PyHeapTypeObject, as_number.nb_multiply));
        multiply_to = group_of(offsetof(PyHeapTypeObject, as_number.nb_inplace_multiply));
        add_to = group_of(offsetof(PyHeapTypeObject, as_number.nb_inplace_add));
    }
    wanted[add_to] |= wanted[add];
    wanted[multiply_to] |= wanted[multiply];
}

/* What a class further up has, but not the base, was inherited for nothing. Only these four are turned off by a method and have
 * no function that would call it. */
static void empty_as_in_base(PyTypeObject *type)
{
    PySequenceMethods *own = type->tp_as_sequence, *of_base = type->tp_base->tp_as_sequence;
    if (own == NULL || of_base == NULL)
        return;
    if (of_base->sq_concat == NULL)
        own->sq_concat = NULL;
    if (of_base->sq_repeat == NULL)
        own->sq_repeat = NULL;
    if (of_base->sq_inplace_concat == NULL)
        own->sq_inplace_concat = NULL;
    if (of_base->sq_inplace_repeat == NULL)
        own->sq_inplace_repeat = NULL;
}

int tai_type_fixup_slots(PyTypeObject *type)
{
    uint8_t wanted[MAX_GROUPS] = {0};
    if (is_plain_child(type)) {
        mark_named(type->tp_dict, wanted);
        mark_slotless(type, wanted);
        mark_inplace(wanted);
        if (PyType_HasFeature(type->tp_base, Py_TPFLAGS_HEAPTYPE))
            empty_as_in_base(type);
        if (type->tp_iternext == NULL)
            type->tp_iternext = _PyObject_NextNotImplemented;
        if (type->tp_hash == NULL || type->tp_richcompare == NULL) /* one is defined here: then none was inherited */
            wanted[group_of(offsetof(PyHeapTypeObject, ht_type.tp_hash))] =
                wanted[group_of(offsetof(PyHeapTypeObject, ht_type.tp_richcompare))] = 1;
    }
    else if (mark_inherited(type, wanted)) {
        for (int group = 0; group < n_groups; group++)
            if (!wanted[group])
                empty_group(type, group);
    }
    else
        memset(wanted, 1, sizeof wanted);
    return update_wanted(type, wanted);
}

int tai_type_update_slot(PyTypeObject *type, PyObject *name)
{
    uint8_t wanted[MAX_GROUPS] = {0};
    int row = first_row(name);
    if (row < 0)
        return 0;
    for (; row >= 0; row = row_same_name[row])
        wanted[row_group[row]] = 1;
    mark_inplace(wanted);
    if (wanted[group_of(offsetof(PyHeapTypeObject, ht_type.tp_descr_get))] ||
        wanted[group_of(offsetof(PyHeapTypeObject, ht_type.tp_descr_set))])
        tai_type_forget_values(); /* [TYPE-5] */
    update_wanted(type, wanted);
    return tai_type_recurse_subclasses(type, name, update_wanted, wanted);
}

int tai_type_update_all_slots(PyTypeObject *type)
{
    uint8_t wanted[MAX_GROUPS];
    tai_type_forget_values(); /* type's own with them; and a new base may bring a __get__ [TYPE-5] */
    memset(wanted, 1, sizeof wanted);
    update_wanted(type, wanted);
    return tai_type_recurse_subclasses(type, NULL, update_wanted, wanted);
}
