/* SPDX-License-Identifier: MIT */
/* _xxsubinterpreters: interpreters and the channels between them.
 *
 * A channel is a queue of data that crosses interpreters (see runtime/crossinterp.c) with two ends.  An interpreter is a user of
 * an end from the first time it sends or receives, until it releases it.
 *
 *   channels -> Channel (id) -> Item -> Item ...
 *                            -> End[SEND], End[RECV]: users
 *
 * [XI-1] All interpreters share one GIL, so holding it is enough to touch channels; what runs code (making and releasing
 *        crossing data) happens after an item left its queue.
 * [XI-2] A closed channel (open == 0) has no items and stays in the list, so that its id is known as closed, until the last
 *        ChannelID that refers to it goes or it is destroyed.
 * Tests: the reference's test__xxsubinterpreters.
 */
#include "Python.h"

#include "interpreteridobject.h"
#include "runtime/state.h"

static PyObject *ChannelError, *NotFoundError, *ClosedError, *EmptyError, *NotEmptyError, *RunFailedError;
static PyTypeObject ChannelIDType;

/* ------------------------------------------------------------------ channels */

typedef struct Item {
    _PyCrossInterpreterData *data;
    struct Item *next;
} Item;

typedef struct User {
    int64_t interp;
    int open;
    struct User *next;
} User;

enum { SEND = 1, RECV = 2, BOTH = 3 };

typedef struct Channel {
    int64_t id;
    Py_ssize_t ids;     /* ChannelID objects that refer to it */
    int open;
    int closing;        /* no more sending; closes when empty */
    Item *first, **last;
    User *users[2];     /* of the sending, of the receiving end */
    struct Channel *next;
} Channel;

static Channel *channels;
static int64_t next_id;

static int64_t current_interp(void)
{
    return PyInterpreterState_GetID(_PyInterpreterState_Get());
}

static void free_data(_PyCrossInterpreterData *data)
{
    _PyCrossInterpreterData_Release(data);
    PyMem_RawFree(data);
}

static void drop_items(Channel *c)
{
    Item *item = c->first;
    c->first = NULL;
    c->last = &c->first;
    while (item) {
        Item *next = item->next;
        free_data(item->data);
        PyMem_RawFree(item);
        item = next;
    }
}

static void close_channel(Channel *c)
{
    c->open = c->closing = 0;
    drop_items(c);
}

/* Take a channel out of the list and free it. */
static void remove_channel(Channel *c)
{
    Channel **link = &channels;
    while (*link != c)
        link = &(*link)->next;
    *link = c->next;
    drop_items(c);
    for (int e = 0; e < 2; e++)
        while (c->users[e]) {
            User *u = c->users[e];
            c->users[e] = u->next;
            PyMem_RawFree(u);
        }
    PyMem_RawFree(c);
}

static Channel *find_channel(int64_t id)
{
    Channel *c = channels;
    while (c && c->id != id)
        c = c->next;
    return c;
}

static Channel *get_channel(int64_t id)
{
    Channel *c = find_channel(id);
    if (c == NULL)
        PyErr_Format(NotFoundError, "channel %ld not found", (long)id);
    return c;
}

static Channel *get_open_channel(int64_t id)
{
    Channel *c = get_channel(id);
    if (c && !c->open) {
        PyErr_Format(ClosedError, "channel %ld closed", (long)id);
        return NULL;
    }
    return c;
}

static Channel *new_channel(void)
{
    Channel *c = PyMem_RawCalloc(1, sizeof *c), **link = &channels;
    if (c == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    c->id = next_id++;
    c->open = 1;
    c->last = &c->first;
    while (*link)
        link = &(*link)->next;
    *link = c;
    return c;
}

/* The current interpreter's entry at an end (0 or 1), made if need be. */
static User *user_of(Channel *c, int end)
{
    int64_t interp = current_interp();
    User *u = c->users[end];
    while (u && u->interp != interp)
        u = u->next;
    if (u == NULL) {
        if ((u = PyMem_RawMalloc(sizeof *u)) == NULL) {
            PyErr_NoMemory();
            return NULL;
        }
        *u = (User){interp, 1, c->users[end]};
        c->users[end] = u;
    }
    return u;
}

static int use_end(Channel *c, int end)
{
    User *u = user_of(c, end);
    if (u && !u->open) {
        PyErr_SetString(ClosedError, "channel already closed");
        return 0;
    }
    return u != NULL;
}

static int has_open_user(const Channel *c)
{
    for (int e = 0; e < 2; e++)
        for (const User *u = c->users[e]; u; u = u->next)
            if (u->open)
                return 1;
    return 0;
}

static int channel_put(int64_t id, PyObject *o)
{
    Channel *c = get_open_channel(id);
    if (c == NULL)
        return -1;
    if (c->closing) {
        PyErr_Format(ClosedError, "channel %ld closed", (long)id);
        return -1;
    }
    if (!use_end(c, 0))
        return -1;
    _PyCrossInterpreterData *data = PyMem_RawMalloc(sizeof *data);
    Item *item = PyMem_RawMalloc(sizeof *item);
    if (data == NULL || item == NULL) {
        PyErr_NoMemory();
        goto error;
    }
    if (_PyObject_GetCrossInterpreterData(o, data) < 0)
        goto error;
    c = get_open_channel(id); /* [XI-1] that ran code */
    if (c == NULL) {
        _PyCrossInterpreterData_Release(data);
        goto error;
    }
    *item = (Item){data, NULL};
    *c->last = item;
    c->last = &item->next;
    return 0;
error:
    PyMem_RawFree(data);
    PyMem_RawFree(item);
    return -1;
}

static PyObject *channel_get(int64_t id)
{
    Channel *c = get_open_channel(id);
    if (c == NULL || !use_end(c, 1))
        return NULL;
    Item *item = c->first;
    if (item == NULL) {
        PyErr_Format(EmptyError, "channel %ld is empty", (long)id);
        return NULL;
    }
    if ((c->first = item->next) == NULL) {
        c->last = &c->first;
        if (c->closing)
            close_channel(c);
    }
    PyObject *o = _PyCrossInterpreterData_NewObject(item->data);
    free_data(item->data);
    PyMem_RawFree(item);
    return o;
}

/* ------------------------------------------------------------------ ChannelID */

typedef struct {
    PyObject_HEAD
    int64_t id;
    int end; /* SEND, RECV or BOTH */
    int resolve;
} ChannelID;

static PyObject *make_id(int64_t id, int end, int force, int resolve)
{
    Channel *c = find_channel(id);
    if (c == NULL && !force) {
        PyErr_Format(NotFoundError, "channel %ld not found", (long)id);
        return NULL;
    }
    ChannelID *self = PyObject_New(ChannelID, &ChannelIDType);
    if (self) {
        self->id = id;
        self->end = end;
        self->resolve = resolve;
        if (c)
            c->ids++;
    }
    return (PyObject *)self;
}

static void id_dealloc(PyObject *op)
{
    Channel *c = find_channel(((ChannelID *)op)->id);
    if (c && --c->ids <= 0)
        remove_channel(c);
    PyObject_Del(op);
}

/* "O&" converter. */
static int to_id(PyObject *o, void *out)
{
    if (PyObject_TypeCheck(o, &ChannelIDType)) {
        *(int64_t *)out = ((ChannelID *)o)->id;
        return 1;
    }
    if (!PyIndex_Check(o)) {
        PyErr_Format(PyExc_TypeError, "channel ID must be an int, got %.100s", Py_TYPE(o)->tp_name);
        return 0;
    }
    PyObject *i = PyNumber_Index(o);
    if (i == NULL)
        return 0;
    int64_t id = PyLong_AsLongLong(i);
    Py_DECREF(i);
    if (id == -1 && PyErr_Occurred())
        return 0;
    if (id < 0) {
        PyErr_Format(PyExc_ValueError, "channel ID must be a non-negative int, got %R", o);
        return 0;
    }
    *(int64_t *)out = id;
    return 1;
}

static PyObject *make_channel_id(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"id", "send", "recv", "force", "_resolve", NULL};
    int64_t id;
    int send = -1, recv = -1, force = 0, resolve = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O&|$pppp:ChannelID.__new__", names, to_id, &id, &send, &recv, &force, &resolve))
        return NULL;
    if (send == 0 && recv == 0) {
        PyErr_SetString(PyExc_ValueError, "'send' and 'recv' cannot both be False");
        return NULL;
    }
    int end = send == 1 && recv != 1 ? SEND : recv == 1 && send != 1 ? RECV : BOTH;
    return make_id(id, end, force, resolve);
}

static PyObject *id_repr(PyObject *op)
{
    ChannelID *self = (ChannelID *)op;
    const char *name = _PyType_Name(Py_TYPE(op));
    const char *format = self->end == SEND ? "%s(%ld, send=True)" : self->end == RECV ? "%s(%ld, recv=True)" : "%s(%ld)";
    return PyUnicode_FromFormat(format, name, (long)self->id);
}

static PyObject *id_str(PyObject *op)
{
    return PyUnicode_FromFormat("%ld", (long)((ChannelID *)op)->id);
}

static PyObject *id_int(PyObject *op)
{
    return PyLong_FromLongLong(((ChannelID *)op)->id);
}

static Py_hash_t id_hash(PyObject *op)
{
    PyObject *i = id_int(op);
    Py_hash_t h = i ? PyObject_Hash(i) : -1;
    Py_XDECREF(i);
    return h;
}

static PyObject *id_richcompare(PyObject *op, PyObject *other, int how)
{
    if ((how != Py_EQ && how != Py_NE) || !PyObject_TypeCheck(op, &ChannelIDType))
        Py_RETURN_NOTIMPLEMENTED;
    ChannelID *self = (ChannelID *)op;
    if (PyObject_TypeCheck(other, &ChannelIDType)) {
        int equal = self->id == ((ChannelID *)other)->id && self->end == ((ChannelID *)other)->end;
        return PyBool_FromLong(equal == (how == Py_EQ));
    }
    if (!PyNumber_Check(other))
        Py_RETURN_NOTIMPLEMENTED;
    PyObject *i = id_int(op), *result = i ? PyObject_RichCompare(i, other, how) : NULL;
    Py_XDECREF(i);
    return result;
}

static PyObject *id_other_end(PyObject *op, void *end)
{
    ChannelID *self = (ChannelID *)op;
    return make_id(self->id, (int)(intptr_t)end, 1, self->resolve);
}

static PyObject *id_end(PyObject *op, void *Py_UNUSED(unused))
{
    static const char *const texts[] = {"", "send", "recv", "both"};
    return PyUnicode_InternFromString(texts[((ChannelID *)op)->end]);
}

/* The id as it crosses. */
typedef struct {
    int64_t id;
    int end, resolve;
} Crossing;

/* The object of the high level module for an end, or the id itself where there is none. Steals id. */
static PyObject *resolve_id(PyObject *id, int end)
{
    PyObject *module = PyImport_ImportModule("test.support.interpreters"), *channel = NULL;
    if (module)
        channel = PyObject_CallMethod(module, end == RECV ? "RecvChannel" : "SendChannel", "O", id);
    Py_XDECREF(module);
    if (channel == NULL) {
        PyErr_Clear();
        return id;
    }
    Py_DECREF(id);
    return channel;
}

static PyObject *id_from_crossing(_PyCrossInterpreterData *data)
{
    const Crossing *x = data->data;
    PyObject *id = make_id(x->id, x->end, 0, 0);
    return id && x->resolve && x->end != BOTH ? resolve_id(id, x->end) : id;
}

static int id_share(PyObject *op, _PyCrossInterpreterData *data)
{
    ChannelID *self = (ChannelID *)op;
    Crossing *x = PyMem_RawMalloc(sizeof *x);
    if (x == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    *x = (Crossing){self->id, self->end, self->resolve};
    Py_INCREF(op);
    data->data = x;
    data->obj = op;
    data->new_object = id_from_crossing;
    data->free = PyMem_RawFree;
    return 0;
}

static PyGetSetDef id_getset[] = {
    {"end", id_end, NULL, "which end it stands for: 'send', 'recv' or 'both'", NULL},
    {"send", id_other_end, NULL, "an id for the sending end", (void *)(intptr_t)SEND},
    {"recv", id_other_end, NULL, "an id for the receiving end", (void *)(intptr_t)RECV},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyNumberMethods id_number = {.nb_int = id_int, .nb_index = id_int};

static PyTypeObject ChannelIDType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_xxsubinterpreters.ChannelID",
    .tp_basicsize = sizeof(ChannelID),
    .tp_dealloc = id_dealloc,
    .tp_repr = id_repr,
    .tp_str = id_str,
    .tp_hash = id_hash,
    .tp_as_number = &id_number,
    .tp_richcompare = id_richcompare,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_doc = "Names a channel; usable as an int.",
    .tp_getset = id_getset,
};

/* ------------------------------------------------------------------ functions of channels */

static PyObject *channel_create(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    Channel *c = new_channel();
    if (c == NULL)
        return NULL;
    PyObject *id = make_id(c->id, BOTH, 0, 0);
    if (id == NULL)
        remove_channel(c);
    return id;
}

static PyObject *channel_destroy(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cid", NULL};
    int64_t id;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O&:channel_destroy", names, to_id, &id))
        return NULL;
    Channel *c = get_channel(id);
    if (c == NULL)
        return NULL;
    remove_channel(c);
    Py_RETURN_NONE;
}

static PyObject *channel_list_all(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *list = PyList_New(0);
    for (Channel *c = channels; list && c; c = c->next) {
        PyObject *id = make_id(c->id, BOTH, 0, 0);
        if (id == NULL || PyList_Append(list, id) < 0)
            Py_CLEAR(list);
        Py_XDECREF(id);
    }
    return list;
}

static PyObject *channel_send(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cid", "obj", NULL};
    int64_t id;
    PyObject *o;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O&O:channel_send", names, to_id, &id, &o) || channel_put(id, o) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyObject *channel_recv(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cid", NULL};
    int64_t id;
    return PyArg_ParseTupleAndKeywords(args, kwds, "O&:channel_recv", names, to_id, &id) ? channel_get(id) : NULL;
}

/* Which ends the arguments name; none named is both. */
static int ends_of(int send, int recv)
{
    int ends = (send ? SEND : 0) | (recv ? RECV : 0);
    return ends ? ends : BOTH;
}

static PyObject *channel_close(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cid", "send", "recv", "force", NULL};
    int64_t id;
    int send = 0, recv = 0, force = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O&|$ppp:channel_close", names, to_id, &id, &send, &recv, &force))
        return NULL;
    Channel *c = get_open_channel(id);
    if (c == NULL)
        return NULL;
    int only_send = ends_of(send, recv) == SEND;
    if (c->first && !force) {
        if (!only_send) {
            PyErr_SetString(NotEmptyError, "may not be closed if not empty (try force=True)");
            return NULL;
        }
        if (c->closing) {
            PyErr_Format(ClosedError, "channel %ld closed", (long)id);
            return NULL;
        }
        c->closing = 1;
        Py_RETURN_NONE;
    }
    close_channel(c);
    Py_RETURN_NONE;
}

static PyObject *channel_release(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"cid", "send", "recv", "force", NULL};
    int64_t id;
    int send = 0, recv = 0, force = 0;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O&|$ppp:channel_release", names, to_id, &id, &send, &recv, &force))
        return NULL;
    Channel *c = get_open_channel(id);
    if (c == NULL)
        return NULL;
    int ends = ends_of(send, recv);
    for (int e = 0; e < 2; e++)
        if (ends & (e ? RECV : SEND)) {
            User *u = user_of(c, e);
            if (u == NULL)
                return NULL;
            u->open = 0;
        }
    if (!has_open_user(c))
        close_channel(c);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ interpreters */

/* 1, 0, or -1 with an exception. */
static int running(PyInterpreterState *interp)
{
    PyThreadState *ts = PyInterpreterState_ThreadHead(interp);
    if (interp == PyInterpreterState_Main() && interp == _PyInterpreterState_Get())
        return 1;
    if (ts && PyThreadState_Next(ts)) {
        PyErr_SetString(PyExc_RuntimeError, "interpreter has more than one thread");
        return -1;
    }
    return ts && tai_thread_frame(ts) != NULL; /* ts->frame is only made when somebody asks for it */
}

static int must_not_run(PyInterpreterState *interp)
{
    int status = running(interp);
    if (status > 0)
        PyErr_Format(PyExc_RuntimeError, "interpreter already running");
    return status ? -1 : 0;
}

static PyObject *interp_create(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyThreadState *saved = PyThreadState_Get();
    PyThreadState *ts = Py_NewInterpreter();
    PyThreadState_Swap(saved);
    if (ts == NULL) {
        PyErr_SetString(PyExc_RuntimeError, "interpreter creation failed");
        return NULL;
    }
    PyObject *id = _PyInterpreterState_GetIDObject(ts->interp);
    if (id == NULL) {
        saved = PyThreadState_Swap(ts);
        Py_EndInterpreter(ts);
        PyThreadState_Swap(saved);
        return NULL;
    }
    _PyInterpreterState_RequireIDRef(ts->interp, 1);
    return id;
}

static PyObject *interp_destroy(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"id", NULL};
    PyObject *id;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:destroy", names, &id))
        return NULL;
    PyInterpreterState *interp = _PyInterpreterID_LookUp(id);
    if (interp == NULL)
        return NULL;
    if (interp == _PyInterpreterState_Get()) {
        PyErr_SetString(PyExc_RuntimeError, "cannot destroy the current interpreter");
        return NULL;
    }
    if (must_not_run(interp) < 0)
        return NULL;
    PyThreadState *ts = PyInterpreterState_ThreadHead(interp), *saved = PyThreadState_Swap(ts);
    Py_EndInterpreter(ts);
    PyThreadState_Swap(saved);
    Py_RETURN_NONE;
}

static PyObject *interp_list_all(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyObject *list = PyList_New(0);
    for (PyInterpreterState *interp = PyInterpreterState_Head(); list && interp; interp = PyInterpreterState_Next(interp)) {
        PyObject *id = _PyInterpreterState_GetIDObject(interp);
        if (id == NULL || PyList_Insert(list, 0, id) < 0) /* the newest comes first there */
            Py_CLEAR(list);
        Py_XDECREF(id);
    }
    return list;
}

static PyObject *interp_get_current(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return _PyInterpreterState_GetIDObject(_PyInterpreterState_Get());
}

static PyObject *interp_get_main(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    return _PyInterpreterID_New(0);
}

static PyObject *interp_is_running(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"id", NULL};
    PyObject *id;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:is_running", names, &id))
        return NULL;
    PyInterpreterState *interp = _PyInterpreterID_LookUp(id);
    int status = interp ? running(interp) : -1;
    return status < 0 ? NULL : PyBool_FromLong(status);
}

static PyObject *is_shareable(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"obj", NULL};
    PyObject *o;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:is_shareable", names, &o))
        return NULL;
    if (_PyObject_CheckCrossInterpreterData(o) == 0)
        Py_RETURN_TRUE;
    PyErr_Clear();
    Py_RETURN_FALSE;
}

/* ------------------------------------------------------------------ running a script elsewhere */

typedef struct {
    Py_ssize_t n;
    struct Variable {
        char *name;
        _PyCrossInterpreterData data;
    } *all;
} Variables;

static char *copy_text(PyObject *text)
{
    Py_ssize_t n;
    const char *s = text ? PyUnicode_AsUTF8AndSize(text, &n) : NULL;
    char *copy = s ? PyMem_RawMalloc((size_t)n + 1) : NULL;
    return copy ? memcpy(copy, s, (size_t)n + 1) : NULL;
}

static void free_variables(Variables *v)
{
    for (Py_ssize_t i = 0; i < v->n; i++) {
        PyMem_RawFree(v->all[i].name);
        _PyCrossInterpreterData_Release(&v->all[i].data);
    }
    PyMem_RawFree(v->all);
}

static int share_variables(PyObject *shared, Variables *v)
{
    PyObject *name, *value;
    Py_ssize_t at = 0;
    if (shared == NULL || shared == Py_None || PyDict_Size(shared) == 0)
        return 0;
    if (PyErr_Occurred() || (v->all = PyMem_RawCalloc((size_t)PyDict_Size(shared), sizeof *v->all)) == NULL) {
        if (!PyErr_Occurred())
            PyErr_NoMemory();
        return -1;
    }
    while (PyDict_Next(shared, &at, &name, &value)) {
        struct Variable *x = &v->all[v->n];
        if ((x->name = copy_text(name)) == NULL) {
            if (!PyErr_Occurred())
                PyErr_NoMemory();
            return -1;
        }
        if (_PyObject_GetCrossInterpreterData(value, &x->data) < 0) {
            PyMem_RawFree(x->name);
            return -1;
        }
        v->n++;
    }
    return 0;
}

/* In the other interpreter: set the variables and run. 0 / -1 with an exception there. */
static int run_there(PyInterpreterState *interp, const char *script, Variables *v)
{
    PyObject *module = _PyInterpreterState_GetMainModule(interp), *ns, *result = NULL;
    if (module == NULL)
        return -1;
    ns = PyModule_GetDict(module); /* borrowed */
    Py_XINCREF(ns);
    Py_DECREF(module);
    if (ns == NULL)
        return -1;
    Py_ssize_t i = 0;
    for (; i < v->n; i++) {
        PyObject *o = _PyCrossInterpreterData_NewObject(&v->all[i].data);
        int status = o ? PyDict_SetItemString(ns, v->all[i].name, o) : -1;
        Py_XDECREF(o);
        if (status < 0)
            break;
    }
    if (i == v->n)
        result = PyRun_StringFlags(script, Py_file_input, ns, ns, NULL);
    Py_DECREF(ns);
    Py_XDECREF(result);
    return result ? 0 : -1;
}

/* The exception of this interpreter as texts that can cross. */
static void describe_failure(char **type_text, char **value_text)
{
    PyObject *type, *value, *tb;
    PyErr_Fetch(&type, &value, &tb);
    PyObject *t = type ? PyObject_Str(type) : NULL, *v = value ? PyObject_Str(value) : NULL;
    *type_text = copy_text(t);
    *value_text = copy_text(v);
    PyErr_Clear();
    Py_XDECREF(t);
    Py_XDECREF(v);
    Py_XDECREF(type);
    Py_XDECREF(value);
    Py_XDECREF(tb);
}

static void raise_failure(char *type_text, char *value_text)
{
    if (type_text && value_text)
        PyErr_Format(RunFailedError, "%s: %s", type_text, value_text);
    else
        PyErr_SetString(RunFailedError, type_text ? type_text : value_text ? value_text : "RunFailedError: script raised an uncaught exception");
    PyMem_RawFree(type_text);
    PyMem_RawFree(value_text);
}

static int run_in(PyInterpreterState *interp, const char *script, PyObject *shared)
{
    Variables v = {0, NULL};
    char *type_text = NULL, *value_text = NULL;
    int status = -1, failed = 0;
    if (must_not_run(interp) < 0)
        return -1;
    if (share_variables(shared, &v) < 0)
        goto done;
    PyThreadState *saved = NULL;
    if (interp != _PyInterpreterState_Get())
        saved = PyThreadState_Swap(PyInterpreterState_ThreadHead(interp));
    if (run_there(interp, script, &v) < 0) {
        failed = 1;
        describe_failure(&type_text, &value_text);
    }
    if (saved)
        PyThreadState_Swap(saved);
    if (failed)
        raise_failure(type_text, value_text);
    status = failed ? -1 : 0;
done:
    free_variables(&v);
    return status;
}

static PyObject *run_string(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"id", "script", "shared", NULL};
    PyObject *id, *code, *shared = NULL;
    Py_ssize_t n;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "OU|O:run_string", names, &id, &code, &shared))
        return NULL;
    PyInterpreterState *interp = _PyInterpreterID_LookUp(id);
    const char *script = interp ? PyUnicode_AsUTF8AndSize(code, &n) : NULL;
    if (script == NULL)
        return NULL;
    if (strlen(script) != (size_t)n) {
        PyErr_SetString(PyExc_ValueError, "source code string cannot contain null bytes");
        return NULL;
    }
    if (run_in(interp, script, shared) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ module */

#define KW(f) (PyCFunction)(void (*)(void))(f), METH_VARARGS | METH_KEYWORDS
static PyMethodDef methods[] = {
    {"create", interp_create, METH_NOARGS, "create() -> ID\n\nStart another interpreter."},
    {"destroy", KW(interp_destroy), "destroy(id)\n\nEnd an interpreter; RuntimeError if it runs, is the current one, or is not known."},
    {"list_all", interp_list_all, METH_NOARGS, "list_all() -> [ID]\n\nThe ids of all interpreters."},
    {"get_current", interp_get_current, METH_NOARGS, "get_current() -> ID\n\nThe id of this interpreter."},
    {"get_main", interp_get_main, METH_NOARGS, "get_main() -> ID\n\nThe id of the main interpreter."},
    {"is_running", KW(interp_is_running), "is_running(id) -> bool\n\nDoes that interpreter execute something?"},
    {"run_string", KW(run_string), "run_string(id, script, shared)\n\nRun the text of a script in another interpreter's __main__, with the shared variables set."},
    {"is_shareable", KW(is_shareable), "is_shareable(obj) -> bool\n\nCan the object's data go to another interpreter?"},
    {"channel_create", channel_create, METH_NOARGS, "channel_create() -> cid\n\nMake a channel."},
    {"channel_destroy", KW(channel_destroy), "channel_destroy(cid)\n\nClose a channel and forget it."},
    {"channel_list_all", channel_list_all, METH_NOARGS, "channel_list_all() -> [cid]\n\nThe ids of all channels."},
    {"channel_send", KW(channel_send), "channel_send(cid, obj)\n\nAppend the object's data to the channel."},
    {"channel_recv", KW(channel_recv), "channel_recv(cid) -> obj\n\nTake the first data out, as a new object; ChannelEmptyError if there is none."},
    {"channel_close", KW(channel_close), "channel_close(cid, *, send=None, recv=None, force=False)\n\nClose a channel for all interpreters. One that holds data is closed only by force, or, for sending alone,\nas soon as it is empty."},
    {"channel_release", KW(channel_release), "channel_release(cid, *, send=None, recv=None, force=True)\n\nGive up one or both ends in this interpreter; the channel closes with its last user."},
    {"_channel_id", KW(make_channel_id), NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_xxsubinterpreters",
    .m_doc = "The basis of a module for interpreters in one process.",
    .m_size = -1,
    .m_methods = methods,
};

static int add_exception(PyObject *m, PyObject **slot, const char *full_name, PyObject *base)
{
    if (*slot == NULL && (*slot = PyErr_NewException(full_name, base, NULL)) == NULL)
        return -1;
    return PyDict_SetItemString(PyModule_GetDict(m), strchr(full_name, '.') + 1, *slot);
}

PyMODINIT_FUNC PyInit__xxsubinterpreters(void)
{
    if (PyType_Ready(&ChannelIDType) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    if (add_exception(m, &RunFailedError, "_xxsubinterpreters.RunFailedError", PyExc_RuntimeError) < 0 ||
        add_exception(m, &ChannelError, "_xxsubinterpreters.ChannelError", PyExc_RuntimeError) < 0 ||
        add_exception(m, &NotFoundError, "_xxsubinterpreters.ChannelNotFoundError", ChannelError) < 0 ||
        add_exception(m, &ClosedError, "_xxsubinterpreters.ChannelClosedError", ChannelError) < 0 ||
        add_exception(m, &EmptyError, "_xxsubinterpreters.ChannelEmptyError", ChannelError) < 0 ||
        add_exception(m, &NotEmptyError, "_xxsubinterpreters.ChannelNotEmptyError", ChannelError) < 0 ||
        PyDict_SetItemString(PyModule_GetDict(m), "ChannelID", (PyObject *)&ChannelIDType) < 0 ||
        PyDict_SetItemString(PyModule_GetDict(m), "InterpreterID", (PyObject *)&_PyInterpreterID_Type) < 0 ||
        _PyCrossInterpreterData_RegisterClass(&ChannelIDType, id_share) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
