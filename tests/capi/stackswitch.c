/* SPDX-License-Identifier: MIT */
/* Coroutines on C stacks of their own, which treat the thread state as greenlet does. See test_stack_switch.py. */
#include <Python.h>
#include <frameobject.h>
#include <stdlib.h>
#include <ucontext.h>

enum { STACK = 4 << 20 };

typedef struct {
    struct _frame *frame;
    int recursion_depth;
    _PyErr_StackItem exc_state, *exc_info;
} Saved;

typedef struct {
    PyObject_HEAD
    ucontext_t inside, outside;
    Saved saved;         /* of the side that does not run */
    char *stack;
    PyObject *callable;  /* before it starts */
    PyObject *carried;   /* value on its way, or NULL with an exception */
    int started, over;
} Coroutine;

static void save(Saved *s, PyThreadState *ts)
{
    s->frame = ts->frame;
    s->recursion_depth = ts->recursion_depth;
    s->exc_state = ts->exc_state;
    s->exc_info = ts->exc_info;
}

static void restore(Saved *s, PyThreadState *ts)
{
    ts->frame = s->frame;
    ts->recursion_depth = s->recursion_depth;
    ts->exc_state = s->exc_state;
    ts->exc_info = s->exc_info ? s->exc_info : &ts->exc_state;
}

/* Go from one context to the other; what was saved on the way out becomes what is restored. */
static void change(Coroutine *c, ucontext_t *from, ucontext_t *to)
{
    Saved mine;
    save(&mine, PyThreadState_Get());
    Saved theirs = c->saved;
    c->saved = mine;
    restore(&theirs, PyThreadState_Get());
    swapcontext(from, to);
}

static void entry(unsigned high, unsigned low)
{
    Coroutine *c = (Coroutine *)((uintptr_t)high << 32 | low);
    PyObject *callable = c->callable;
    c->callable = NULL;
    c->carried = PyObject_CallFunctionObjArgs(callable, c, NULL);
    Py_DECREF(callable);
    c->over = 1;
    change(c, &c->inside, &c->outside);
    abort();
}

static PyObject *enter(Coroutine *c, PyObject *value)
{
    if (c->over) {
        PyErr_SetString(PyExc_RuntimeError, "over");
        return NULL;
    }
    Py_INCREF(value);
    c->carried = value;
    if (!c->started) {
        c->started = 1;
        c->saved.recursion_depth = PyThreadState_Get()->recursion_depth;
        c->stack = malloc(STACK);
        getcontext(&c->inside);
        c->inside.uc_stack.ss_sp = c->stack;
        c->inside.uc_stack.ss_size = STACK;
        makecontext(&c->inside, (void (*)(void))entry, 2, (unsigned)((uintptr_t)c >> 32), (unsigned)(uintptr_t)c);
        Py_CLEAR(c->carried);
    }
    Py_INCREF(c);
    change(c, &c->outside, &c->inside);
    PyObject *result = c->carried;
    c->carried = NULL;
    Py_DECREF(c);
    return result;
}

/* enter(), and then what Py_LeaveRecursiveCall() of a caller with a thread state at hand does to it. */
static PyObject *enter_within(Coroutine *c, PyObject *value)
{
    PyThreadState *ts = PyThreadState_Get();
    PyObject *result = enter(c, value);
    ts->overflowed = 0;
    return result;
}

static PyObject *leave(Coroutine *c, PyObject *value)
{
    Py_INCREF(value);
    c->carried = value;
    change(c, &c->inside, &c->outside);
    PyObject *result = c->carried;
    c->carried = NULL;
    return result;
}

static PyObject *frame(Coroutine *c, PyObject *unused)
{
    PyObject *f = c->saved.frame ? (PyObject *)c->saved.frame : Py_None;
    Py_INCREF(f);
    return f;
}

static PyObject *make(PyTypeObject *type, PyObject *args, PyObject *kwds)
{
    Coroutine *c = (Coroutine *)type->tp_alloc(type, 0);
    if (c != NULL && !PyArg_ParseTuple(args, "O", &c->callable))
        Py_CLEAR(c);
    else if (c != NULL)
        Py_INCREF(c->callable);
    return (PyObject *)c;
}

static void dealloc(Coroutine *c)
{
    Py_XDECREF(c->callable);
    Py_XDECREF(c->carried);
    free(c->stack);
    Py_TYPE(c)->tp_free(c);
}

static PyMethodDef methods[] = {
    {"enter", (PyCFunction)enter, METH_O}, {"enter_within", (PyCFunction)enter_within, METH_O},
    {"leave", (PyCFunction)leave, METH_O}, {"frame", (PyCFunction)frame, METH_NOARGS}, {0}};
static PyTypeObject Coroutine_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "stackswitch.Coroutine", .tp_basicsize = sizeof(Coroutine), .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = make, .tp_dealloc = (destructor)dealloc, .tp_methods = methods};
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, .m_name = "stackswitch", .m_size = -1};

PyMODINIT_FUNC PyInit_stackswitch(void)
{
    PyObject *m = PyModule_Create(&definition);
    if (m == NULL || PyType_Ready(&Coroutine_Type) < 0)
        return NULL;
    Py_INCREF(&Coroutine_Type);
    PyModule_AddObject(m, "Coroutine", (PyObject *)&Coroutine_Type);
    return m;
}
