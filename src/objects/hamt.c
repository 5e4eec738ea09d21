/* SPDX-License-Identifier: MIT */
/* hamt: a persistent mapping as a trie over the bits of the hashes; context.c keeps its variables in one.
 *
 *   level 0:  hash bits 0..4  choose one of 32 places      a node holds only the places in use (bitmap):
 *   level 1:  hash bits 5..9  ...                          place = key, value | NULL, child
 *
 * A child node holds what shares the hash bits of all levels above it. Keys whose whole hashes are equal end in a clash node, a plain
 * list of pairs.
 * [HAMT-1] Nodes never change after they are made, so any number of mappings may share them.
 * [HAMT-2] A child holds at least two keys: a lone pair stands in the parent. Equal contents thus give equal shapes.
 * [HAMT-3] Nodes are tracked by the collector: a value can lead back to the mapping.
 * Comparing keys runs code; the caller's reference to the mapping keeps all nodes alive meanwhile.
 * Tests: tests/objects/test_context_native.py (through contextvars).
 */
#include "objects/hamt.h"

#include "runtime/gc.h"
#include <string.h>

enum {
    BITS = 5,
    PLACES = 1 << BITS,
    HASH_BITS = 8 * sizeof(Py_hash_t),
    MAX_DEPTH = HASH_BITS / BITS + 2, /* levels, and a clash node below the last */
};

struct TaiHamtNode {
    PyObject_VAR_HEAD  /* ob_size: number of slots, two for each place */
    uint32_t bitmap;   /* places in use; 0 for a clash node */
    Py_hash_t hash;    /* of all keys of a clash node */
    PyObject *slots[]; /* key, value; or NULL, child */
};

static PyTypeObject node_type;

#define IS_CLASH(node) ((node)->bitmap == 0)
#define CHILD(node, i) ((TaiHamtNode *)(node)->slots[(i) + 1])

/* ---- nodes ---- */

static TaiHamtNode *node_alloc(Py_ssize_t slots, uint32_t bitmap, Py_hash_t hash)
{
    TaiHamtNode *self = PyObject_GC_NewVar(TaiHamtNode, &node_type, slots);
    if (self != NULL) {
        self->bitmap = bitmap;
        self->hash = hash;
    }
    return self;
}

/* Copy `count` slots, counting references. */
static void copy_slots(PyObject **to, PyObject *const *from, Py_ssize_t count)
{
    for (Py_ssize_t i = 0; i < count; i++) {
        Py_XINCREF(from[i]);
        to[i] = from[i];
    }
}

static void node_dealloc(PyObject *op)
{
    TaiHamtNode *self = (TaiHamtNode *)op;
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, node_dealloc)
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++)
        Py_XDECREF(self->slots[i]);
    PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int node_traverse(PyObject *op, visitproc visit, void *arg)
{
    TaiHamtNode *self = (TaiHamtNode *)op;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++)
        Py_VISIT(self->slots[i]);
    return 0;
}

static PyTypeObject node_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "hamt_node",
    .tp_basicsize = sizeof(TaiHamtNode),
    .tp_itemsize = sizeof(PyObject *),
    .tp_dealloc = node_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = node_traverse,
};

static inline uint32_t place_bit(Py_hash_t hash, int shift)
{
    return (uint32_t)1 << (((size_t)hash >> shift) & (PLACES - 1));
}

static inline Py_ssize_t slot_of(const TaiHamtNode *tree_node, uint32_t bit)
{
    return 2 * (Py_ssize_t)__builtin_popcount(tree_node->bitmap & (bit - 1));
}

/* self with `removed` slots at `at` replaced by two (or, for key and value NULL, by none). New. Key and value borrowed. */
static TaiHamtNode *node_splice(TaiHamtNode *self, Py_ssize_t at, Py_ssize_t removed, uint32_t bitmap, PyObject *key,
                                PyObject *value)
{
    Py_ssize_t added = value != NULL ? 2 : 0, rest = Py_SIZE(self) - at - removed;
    TaiHamtNode *result = node_alloc(Py_SIZE(self) - removed + added, bitmap, self->hash);
    if (result == NULL)
        return NULL;
    copy_slots(result->slots, self->slots, at);
    if (added) {
        PyObject *pair[2] = {key, value};
        copy_slots(result->slots + at, pair, 2);
    }
    copy_slots(result->slots + at + added, self->slots + at + removed, rest);
    tai_gc_track(result);
    return result;
}

/* A node for two pairs whose hash bits below `shift` are equal. New. */
static TaiHamtNode *node_for_two(int shift, Py_hash_t hash1, PyObject *key1, PyObject *value1, Py_hash_t hash2, PyObject *key2,
                                 PyObject *value2)
{
    uint32_t bit1 = place_bit(hash1, shift), bit2 = place_bit(hash2, shift);
    if (hash1 != hash2 && bit1 == bit2) {
        TaiHamtNode *child = node_for_two(shift + BITS, hash1, key1, value1, hash2, key2, value2);
        if (child == NULL)
            return NULL;
        TaiHamtNode *result = node_alloc(2, bit1, 0);
        if (result == NULL) {
            Py_DECREF(child);
            return NULL;
        }
        result->slots[0] = NULL;
        result->slots[1] = (PyObject *)child;
        tai_gc_track(result);
        return result;
    }
    int clash = hash1 == hash2, swap = !clash && bit2 < bit1;
    TaiHamtNode *result = node_alloc(4, clash ? 0 : bit1 | bit2, clash ? hash1 : 0);
    if (result == NULL)
        return NULL;
    PyObject *pairs[4] = {swap ? key2 : key1, swap ? value2 : value1, swap ? key1 : key2, swap ? value1 : value2};
    copy_slots(result->slots, pairs, 4);
    tai_gc_track(result);
    return result;
}

/* Slot of key in a clash node, or -1 where it is not, -2 with an exception. */
static Py_ssize_t clash_find(TaiHamtNode *self, PyObject *key)
{
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i += 2) {
        int equal = self->slots[i] == key ? 1 : PyObject_RichCompareBool(key, self->slots[i], Py_EQ);
        if (equal != 0)
            return equal < 0 ? -2 : i;
    }
    return -1;
}

/* ---- looking up ---- */

/* Value of key, borrowed; NULL without exception where it is not. */
static PyObject *node_find(TaiHamtNode *tree_node, Py_hash_t hash, PyObject *key)
{
    for (int shift = 0;; shift += BITS) {
        if (IS_CLASH(tree_node)) {
            Py_ssize_t i = hash == tree_node->hash ? clash_find(tree_node, key) : -1;
            return i < 0 ? NULL : tree_node->slots[i + 1];
        }
        uint32_t bit = place_bit(hash, shift);
        if (!(tree_node->bitmap & bit))
            return NULL;
        Py_ssize_t i = slot_of(tree_node, bit);
        if (tree_node->slots[i] != NULL) {
            int equal = tree_node->slots[i] == key ? 1 : PyObject_RichCompareBool(key, tree_node->slots[i], Py_EQ);
            return equal > 0 ? tree_node->slots[i + 1] : NULL;
        }
        tree_node = CHILD(tree_node, i);
    }
}

int tai_hamt_find(TaiHamt *self, PyObject *key, PyObject **value)
{
    *value = NULL;
    if (self->count == 0)
        return 0;
    Py_hash_t hash = PyObject_Hash(key);
    if (hash == -1)
        return -1;
    *value = node_find(self->root, hash, key);
    return *value != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}

/* ---- adding ---- */

/* A node with the pair put in, which may be self. New. *added is set if the key is new. */
static TaiHamtNode *node_assoc(TaiHamtNode *self, int shift, Py_hash_t hash, PyObject *key, PyObject *value, int *added)
{
    Py_ssize_t i;
    if (IS_CLASH(self)) {
        if (hash == self->hash) {
            i = clash_find(self, key);
            if (i == -2)
                return NULL;
            if (i < 0) {
                *added = 1;
                return node_splice(self, Py_SIZE(self), 0, 0, key, value);
            }
            goto replace;
        }
        /* Another hash: the clash node moves down a level, below a new node. */
        TaiHamtNode *above = node_alloc(2, place_bit(self->hash, shift), 0);
        if (above == NULL)
            return NULL;
        Py_INCREF(self);
        above->slots[0] = NULL;
        above->slots[1] = (PyObject *)self;
        tai_gc_track(above);
        TaiHamtNode *result = node_assoc(above, shift, hash, key, value, added);
        Py_DECREF(above);
        return result;
    }
    uint32_t bit = place_bit(hash, shift);
    i = slot_of(self, bit);
    if (!(self->bitmap & bit)) {
        *added = 1;
        return node_splice(self, i, 0, self->bitmap | bit, key, value);
    }
    PyObject *present = self->slots[i];
    if (present == NULL) {
        TaiHamtNode *child = node_assoc(CHILD(self, i), shift + BITS, hash, key, value, added);
        if (child == NULL)
            return NULL;
        TaiHamtNode *result = self;
        if (child == CHILD(self, i))
            Py_INCREF(self);
        else
            result = node_splice(self, i, 2, self->bitmap, NULL, (PyObject *)child);
        Py_DECREF(child);
        return result;
    }
    int equal = present == key ? 1 : PyObject_RichCompareBool(key, present, Py_EQ);
    if (equal < 0)
        return NULL;
    if (equal)
        goto replace;
    Py_hash_t present_hash = PyObject_Hash(present);
    if (present_hash == -1)
        return NULL;
    TaiHamtNode *child = node_for_two(shift + BITS, present_hash, present, self->slots[i + 1], hash, key, value);
    if (child == NULL)
        return NULL;
    *added = 1;
    TaiHamtNode *result = node_splice(self, i, 2, self->bitmap, NULL, (PyObject *)child);
    Py_DECREF(child);
    return result;
replace:
    if (self->slots[i + 1] == value) {
        Py_INCREF(self);
        return self;
    }
    return node_splice(self, i, 2, self->bitmap, self->slots[i], value);
}

/* ---- mappings ---- */

static TaiHamt *empty;

/* Steals root. New. */
static TaiHamt *make(TaiHamtNode *root, Py_ssize_t count)
{
    TaiHamt *self = PyObject_GC_New(TaiHamt, &tai_hamt_type);
    if (self == NULL) {
        Py_XDECREF(root);
        return NULL;
    }
    self->root = root;
    self->weakrefs = NULL;
    self->count = count;
    tai_gc_track(self);
    return self;
}

TaiHamt *tai_hamt_new(void)
{
    if (empty == NULL && (empty = make(NULL, 0)) == NULL)
        return NULL;
    Py_INCREF(empty);
    return empty;
}

TaiHamt *tai_hamt_assoc(TaiHamt *self, PyObject *key, PyObject *value)
{
    Py_hash_t hash = PyObject_Hash(key);
    if (hash == -1)
        return NULL;
    TaiHamtNode *root;
    int added = 0;
    if (self->root == NULL) {
        root = node_alloc(2, place_bit(hash, 0), 0);
        if (root == NULL)
            return NULL;
        PyObject *pair[2] = {key, value};
        copy_slots(root->slots, pair, 2);
        tai_gc_track(root);
        added = 1;
    }
    else if ((root = node_assoc(self->root, 0, hash, key, value, &added)) == NULL)
        return NULL;
    if (root == self->root) {
        Py_DECREF(root);
        Py_INCREF(self);
        return self;
    }
    return make(root, self->count + added);
}

/* ---- removing ---- */

typedef enum { FAILED = -1, ABSENT, EMPTIED, CHANGED } Removal;

static int is_lone_pair(TaiHamtNode *tree_node)
{
    return Py_SIZE(tree_node) == 2 && tree_node->slots[0] != NULL;
}

/* Remove key; CHANGED: *result is the new node (owned). */
static Removal node_without(TaiHamtNode *self, int shift, Py_hash_t hash, PyObject *key, TaiHamtNode **result)
{
    Py_ssize_t i;
    uint32_t bit = 0;
    if (IS_CLASH(self)) {
        if (hash != self->hash)
            return ABSENT;
        i = clash_find(self, key);
        if (i < 0)
            return i == -1 ? ABSENT : FAILED;
        if (Py_SIZE(self) == 4) {
            /* One pair is left: no clash any more. Its place here is free to choose, the parent takes it in. */
            Py_ssize_t other = 2 - i;
            *result = node_alloc(2, place_bit(hash, shift < HASH_BITS ? shift : 0), 0);
            if (*result == NULL)
                return FAILED;
            copy_slots((*result)->slots, self->slots + other, 2);
            tai_gc_track(*result);
            return CHANGED;
        }
    }
    else {
        bit = place_bit(hash, shift);
        if (!(self->bitmap & bit))
            return ABSENT;
        i = slot_of(self, bit);
        PyObject *present = self->slots[i];
        if (present == NULL) {
            TaiHamtNode *child = NULL;
            Removal done = node_without(CHILD(self, i), shift + BITS, hash, key, &child);
            if (done != CHANGED)
                return done; /* a child is never emptied [HAMT-2] */
            if (is_lone_pair(child))
                *result = node_splice(self, i, 2, self->bitmap, child->slots[0], child->slots[1]);
            else
                *result = node_splice(self, i, 2, self->bitmap, NULL, (PyObject *)child);
            Py_DECREF(child);
            return *result ? CHANGED : FAILED;
        }
        int equal = present == key ? 1 : PyObject_RichCompareBool(key, present, Py_EQ);
        if (equal <= 0)
            return equal < 0 ? FAILED : ABSENT;
        if (Py_SIZE(self) == 2)
            return EMPTIED;
    }
    *result = node_splice(self, i, 2, self->bitmap & ~bit, NULL, NULL);
    return *result ? CHANGED : FAILED;
}

TaiHamt *tai_hamt_without(TaiHamt *self, PyObject *key)
{
    Py_hash_t hash = PyObject_Hash(key);
    if (hash == -1)
        return NULL;
    TaiHamtNode *root = NULL;
    switch (self->root ? node_without(self->root, 0, hash, key, &root) : ABSENT) {
    case ABSENT:
        Py_INCREF(self);
        return self;
    case EMPTIED:
        return tai_hamt_new();
    case CHANGED:
        return make(root, self->count - 1);
    default:
        return NULL;
    }
}

/* ---- walking ---- */

typedef struct {
    TaiHamtNode *node[MAX_DEPTH];
    Py_ssize_t at[MAX_DEPTH];
    int depth; /* -1: at the end */
} Walk;

static void walk_begin(Walk *walk, TaiHamtNode *root)
{
    walk->depth = root != NULL ? 0 : -1;
    walk->node[0] = root;
    walk->at[0] = 0;
}

/* The next pair, borrowed. 0 at the end. */
static int walk_next(Walk *walk, PyObject **key, PyObject **value)
{
    while (walk->depth >= 0) {
        TaiHamtNode *tree_node = walk->node[walk->depth];
        Py_ssize_t i = walk->at[walk->depth];
        if (i >= Py_SIZE(tree_node)) {
            walk->depth--;
            continue;
        }
        walk->at[walk->depth] += 2;
        if (tree_node->slots[i] != NULL) {
            *key = tree_node->slots[i];
            *value = tree_node->slots[i + 1];
            return 1;
        }
        assert(walk->depth + 1 < MAX_DEPTH);
        walk->depth++;
        walk->node[walk->depth] = CHILD(tree_node, i);
        walk->at[walk->depth] = 0;
    }
    return 0;
}

int tai_hamt_equal(TaiHamt *a, TaiHamt *b)
{
    if (a == b)
        return 1;
    if (a->count != b->count)
        return 0;
    Walk walk;
    PyObject *key, *value, *other;
    walk_begin(&walk, a->root);
    while (walk_next(&walk, &key, &value)) {
        int found = tai_hamt_find(b, key, &other);
        if (found > 0)
            found = PyObject_RichCompareBool(value, other, Py_EQ);
        if (found <= 0)
            return found;
    }
    return 1;
}

/* ---- iterators ---- */

typedef struct {
    PyObject_HEAD
    TaiHamt *map; /* keeps the nodes of walk alive */
    Walk walk;
} Iter;

static PyTypeObject keys_type, values_type, items_type;

static PyObject *make_iter(PyTypeObject *type, TaiHamt *map)
{
    Iter *self = PyObject_GC_New(Iter, type);
    if (self == NULL)
        return NULL;
    Py_INCREF(map);
    self->map = map;
    walk_begin(&self->walk, map->root);
    tai_gc_track(self);
    return (PyObject *)self;
}

PyObject *tai_hamt_keys(TaiHamt *self) { return make_iter(&keys_type, self); }
PyObject *tai_hamt_values(TaiHamt *self) { return make_iter(&values_type, self); }
PyObject *tai_hamt_items(TaiHamt *self) { return make_iter(&items_type, self); }

static void iter_dealloc(PyObject *op)
{
    tai_gc_untrack(op);
    Py_XDECREF(((Iter *)op)->map);
    PyObject_GC_Del(op);
}

static int iter_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Iter *)op)->map);
    return 0;
}

static int iter_clear(PyObject *op)
{
    ((Iter *)op)->walk.depth = -1;
    Py_CLEAR(((Iter *)op)->map);
    return 0;
}

static PyObject *iter_next(PyObject *op)
{
    PyObject *key, *value;
    if (!walk_next(&((Iter *)op)->walk, &key, &value))
        return NULL;
    if (Py_TYPE(op) == &items_type)
        return PyTuple_Pack(2, key, value);
    PyObject *result = Py_TYPE(op) == &keys_type ? key : value;
    Py_INCREF(result);
    return result;
}

static Py_ssize_t iter_length(PyObject *op)
{
    return ((Iter *)op)->map ? ((Iter *)op)->map->count : 0;
}

static PyMappingMethods iter_as_mapping = {.mp_length = iter_length};

#define ITER_TYPE(variable, name) \
    static PyTypeObject variable = { \
        PyVarObject_HEAD_INIT(&PyType_Type, 0) \
        .tp_name = name, \
        .tp_basicsize = sizeof(Iter), \
        .tp_dealloc = iter_dealloc, \
        .tp_as_mapping = &iter_as_mapping, \
        .tp_getattro = PyObject_GenericGetAttr, \
        .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, \
        .tp_traverse = iter_traverse, \
        .tp_clear = iter_clear, \
        .tp_iter = PyObject_SelfIter, \
        .tp_iternext = iter_next, \
    };
ITER_TYPE(keys_type, "keys")
ITER_TYPE(values_type, "values")
ITER_TYPE(items_type, "items")

/* ---- the type ---- */

#define HAMT(op) ((TaiHamt *)(op))

static void hamt_dealloc(PyObject *op)
{
    tai_gc_untrack_if(op);
    Py_TRASHCAN_BEGIN(op, hamt_dealloc)
    if (HAMT(op)->weakrefs != NULL)
        PyObject_ClearWeakRefs(op);
    Py_XDECREF(HAMT(op)->root);
    PyObject_GC_Del(op);
    Py_TRASHCAN_END
}

static int hamt_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(HAMT(op)->root);
    return 0;
}

static int hamt_clear(PyObject *op)
{
    HAMT(op)->count = 0;
    Py_CLEAR(HAMT(op)->root);
    return 0;
}

static PyObject *hamt_richcompare(PyObject *a, PyObject *b, int op)
{
    if (Py_TYPE(a) != &tai_hamt_type || Py_TYPE(b) != &tai_hamt_type || (op != Py_EQ && op != Py_NE))
        Py_RETURN_NOTIMPLEMENTED;
    int equal = tai_hamt_equal(HAMT(a), HAMT(b));
    return equal < 0 ? NULL : PyBool_FromLong(op == Py_EQ ? equal : !equal);
}

static Py_ssize_t hamt_length(PyObject *op)
{
    return HAMT(op)->count;
}

static int hamt_contains(PyObject *op, PyObject *key)
{
    PyObject *value;
    return tai_hamt_find(HAMT(op), key, &value);
}

static PyObject *hamt_subscript(PyObject *op, PyObject *key)
{
    PyObject *value;
    int found = tai_hamt_find(HAMT(op), key, &value);
    if (found == 0)
        _PyErr_SetKeyError(key);
    Py_XINCREF(value);
    return value;
}

static PyObject *hamt_iter(PyObject *op) { return tai_hamt_keys(HAMT(op)); }
static PyObject *hamt_py_keys(PyObject *op, PyObject *Py_UNUSED(ignored)) { return tai_hamt_keys(HAMT(op)); }
static PyObject *hamt_py_values(PyObject *op, PyObject *Py_UNUSED(ignored)) { return tai_hamt_values(HAMT(op)); }
static PyObject *hamt_py_items(PyObject *op, PyObject *Py_UNUSED(ignored)) { return tai_hamt_items(HAMT(op)); }

static PyObject *hamt_py_set(PyObject *op, PyObject *args)
{
    PyObject *key, *value;
    if (!PyArg_UnpackTuple(args, "set", 2, 2, &key, &value))
        return NULL;
    return (PyObject *)tai_hamt_assoc(HAMT(op), key, value);
}

static PyObject *hamt_py_get(PyObject *op, PyObject *args)
{
    PyObject *key, *fallback = Py_None, *value;
    if (!PyArg_UnpackTuple(args, "get", 1, 2, &key, &fallback))
        return NULL;
    int found = tai_hamt_find(HAMT(op), key, &value);
    if (found < 0)
        return NULL;
    if (found == 0)
        value = fallback;
    Py_INCREF(value);
    return value;
}

static PyObject *hamt_py_delete(PyObject *op, PyObject *key)
{
    return (PyObject *)tai_hamt_without(HAMT(op), key);
}

static PyObject *hamt_py_new(PyTypeObject *type, PyObject *args, PyObject *kwargs)
{
    return (PyObject *)tai_hamt_new();
}

static PyMethodDef hamt_methods[] = {
    {"set", hamt_py_set, METH_VARARGS},
    {"get", hamt_py_get, METH_VARARGS},
    {"delete", hamt_py_delete, METH_O},
    {"items", hamt_py_items, METH_NOARGS},
    {"keys", hamt_py_keys, METH_NOARGS},
    {"values", hamt_py_values, METH_NOARGS},
    {NULL},
};

static PySequenceMethods hamt_as_sequence = {.sq_contains = hamt_contains};
static PyMappingMethods hamt_as_mapping = {.mp_length = hamt_length, .mp_subscript = hamt_subscript};

PyTypeObject tai_hamt_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "hamt",
    .tp_basicsize = sizeof(TaiHamt),
    .tp_dealloc = hamt_dealloc,
    .tp_as_sequence = &hamt_as_sequence,
    .tp_as_mapping = &hamt_as_mapping,
    .tp_hash = PyObject_HashNotImplemented,
    .tp_getattro = PyObject_GenericGetAttr,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = hamt_traverse,
    .tp_clear = hamt_clear,
    .tp_richcompare = hamt_richcompare,
    .tp_weaklistoffset = offsetof(TaiHamt, weakrefs),
    .tp_iter = hamt_iter,
    .tp_methods = hamt_methods,
    .tp_new = hamt_py_new,
};

int tai_hamt_init(void)
{
    PyTypeObject *types[] = {&node_type, &tai_hamt_type, &keys_type, &values_type, &items_type};
    for (size_t i = 0; i < Py_ARRAY_LENGTH(types); i++)
        if (PyType_Ready(types[i]) < 0)
            return -1;
    return 0;
}
