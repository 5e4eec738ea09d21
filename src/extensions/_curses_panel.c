/* SPDX-License-Identifier: MIT */
/* _curses_panel: windows in a pile, by libpanel.
 *
 * The library hands out PANEL pointers; its user pointer of each holds the Python object that stands for it, borrowed.
 * [PANEL-1] A panel owns a reference to its window, so that the window outlives its place in the pile.
 * [PANEL-2] While a panel is in the pile, the object may be asked for by above(), top_panel() and so on; it is alive until its
 * dealloc, which takes the panel out of the pile.
 * [PANEL-3] What set_userptr() was given belongs to the object. Letting go of it may run code: the field is changed first.
 */
#define PY_SSIZE_T_CLEAN 1
#define NCURSES_NOMACROS 1
#define NCURSES_WIDECHAR 1
#include "Python.h"
#include "py_curses.h"

#include <panel.h>

typedef struct {
    PyObject ob_base;
    PANEL *panel;
    PyObject *window; /* owned: a _curses.window */
    PyObject *user;   /* owned, or NULL */
} Panel;

static PyTypeObject panel_type;
static PyObject *panel_error;

static PyObject *outcome(int code, const char *function)
{
    if (code != ERR)
        Py_RETURN_NONE;
    PyErr_Format(panel_error, "%s() returned ERR", function);
    return NULL;
}

/* The object of a panel of the library, new; None for none. */
static PyObject *object_of(PANEL *panel)
{
    PyObject *self = panel ? (PyObject *)panel_userptr(panel) : Py_None;
    if (self == NULL)
        self = Py_None;
    Py_INCREF(self);
    return self;
}

#define PANEL_OF(self) (((Panel *)(self))->panel)
#define NOARGS(name) static PyObject *panel_do_##name(PyObject *self, PyObject *Py_UNUSED(unused))

#define CHANGE(name, function) \
    NOARGS(name) \
    { \
        return outcome(function(PANEL_OF(self)), #name); \
    }
CHANGE(bottom, bottom_panel)
CHANGE(hide, hide_panel)
CHANGE(show, show_panel)
CHANGE(top, top_panel)

NOARGS(above)
{
    return object_of(panel_above(PANEL_OF(self)));
}

NOARGS(below)
{
    return object_of(panel_below(PANEL_OF(self)));
}

NOARGS(hidden)
{
    return PyBool_FromLong(panel_hidden(PANEL_OF(self)) == TRUE);
}

NOARGS(window)
{
    PyObject *window = ((Panel *)self)->window;
    Py_INCREF(window);
    return window;
}

static PyObject *panel_do_move(PyObject *self, PyObject *const *args, Py_ssize_t n)
{
    int y, x;
    if (!_PyArg_ParseStack(args, n, "ii:move", &y, &x))
        return NULL;
    return outcome(move_panel(PANEL_OF(self), y, x), "move_panel");
}

static int check_window(PyObject *o, const char *function)
{
    if (PyCursesWindow_Check(o))
        return 1;
    PyErr_Format(PyExc_TypeError, "%s() argument must be _curses.window, not %.50s", function,
                 o == Py_None ? "None" : Py_TYPE(o)->tp_name);
    return 0;
}

static PyObject *panel_do_replace(PyObject *self, PyObject *window)
{
    if (!check_window(window, "replace"))
        return NULL;
    if (replace_panel(PANEL_OF(self), ((PyCursesWindowObject *)window)->win) == ERR)
        return outcome(ERR, "replace_panel");
    Py_INCREF(window);
    Py_SETREF(((Panel *)self)->window, window);
    Py_RETURN_NONE;
}

static PyObject *panel_do_set_userptr(PyObject *self, PyObject *user)
{
    Py_INCREF(user);
    Py_XSETREF(((Panel *)self)->user, user);
    Py_RETURN_NONE;
}

NOARGS(userptr)
{
    PyObject *user = ((Panel *)self)->user;
    if (user == NULL) {
        PyErr_SetString(panel_error, "no userptr set");
        return NULL;
    }
    Py_INCREF(user);
    return user;
}

static void panel_dealloc(PyObject *self)
{
    Panel *p = (Panel *)self;
    if (p->panel) {
        set_panel_userptr(p->panel, NULL);
        del_panel(p->panel);
    }
    Py_CLEAR(p->user);
    Py_CLEAR(p->window);
    PyObject_Del(self);
}

#define M0(name, doc) {#name, panel_do_##name, METH_NOARGS, #name "($self, /)\n--\n\n" doc}
#define M1(name, argument, doc) {#name, panel_do_##name, METH_O, #name "($self, " argument ", /)\n--\n\n" doc}

static PyMethodDef panel_methods[] = {
    M0(above, "Return the panel above this one, or None."),
    M0(below, "Return the panel below this one, or None."),
    M0(bottom, "Move the panel to the bottom of the pile."),
    M0(hidden, "Return True if the panel has been taken out of the pile by hide()."),
    M0(hide, "Take the panel out of the pile, so that it is not seen; show() brings it back."),
    {"move", (PyCFunction)(void (*)(void))panel_do_move, METH_FASTCALL,
     "move($self, y, x, /)\n--\n\nMove the panel: its upper left corner comes to (y, x) of the screen."},
    M1(replace, "win", "Have the panel show another window."),
    M1(set_userptr, "obj", "Keep any object with the panel, for userptr()."),
    M0(show, "Put the panel, hidden before or not, on top of the pile."),
    M0(top, "Move the panel to the top of the pile."),
    M0(userptr, "Return the object that set_userptr() was given; error if it never was."),
    M0(window, "Return the window that the panel shows."),
    {NULL, NULL, 0, NULL},
};

static PyTypeObject panel_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_curses_panel.panel",
    .tp_basicsize = sizeof(Panel),
    .tp_dealloc = panel_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A window with its place in the pile of panels.  new_panel() makes them.",
    .tp_methods = panel_methods,
};

/* ---------------------------------------------------------------- functions */

static PyObject *mod_new_panel(PyObject *Py_UNUSED(module), PyObject *window)
{
    if (!check_window(window, "new_panel"))
        return NULL;
    Panel *self = PyObject_New(Panel, &panel_type);
    if (self == NULL)
        return NULL;
    Py_INCREF(window);
    self->window = window;
    self->user = NULL;
    self->panel = new_panel(((PyCursesWindowObject *)window)->win);
    if (self->panel == NULL) {
        PyErr_SetString(panel_error, catchall_NULL);
        Py_DECREF(self);
        return NULL;
    }
    set_panel_userptr(self->panel, self);
    return (PyObject *)self;
}

static PyObject *mod_top_panel(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyCursesInitialised
    return object_of(panel_below(NULL));
}

static PyObject *mod_bottom_panel(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyCursesInitialised
    return object_of(panel_above(NULL));
}

static PyObject *mod_update_panels(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    PyCursesInitialised
    update_panels();
    Py_RETURN_NONE;
}

static PyMethodDef functions[] = {
    {"bottom_panel", mod_bottom_panel, METH_NOARGS, "bottom_panel($module, /)\n--\n\nReturn the lowest panel of the pile, or None."},
    {"new_panel", mod_new_panel, METH_O, "new_panel($module, win, /)\n--\n\nReturn a panel for a window, on top of the pile."},
    {"top_panel", mod_top_panel, METH_NOARGS, "top_panel($module, /)\n--\n\nReturn the highest panel of the pile, or None."},
    {"update_panels", mod_update_panels, METH_NOARGS,
     "update_panels($module, /)\n--\n\nBring the pile into the picture that curses.doupdate() will send to the terminal."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_curses_panel",
    .m_size = -1,
    .m_methods = functions,
};

PyMODINIT_FUNC PyInit__curses_panel(void)
{
    import_curses();
    if (PyCurses_API == NULL || PyType_Ready(&panel_type) < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    panel_error = PyErr_NewException("_curses_panel.error", NULL, NULL);
    Py_XINCREF(panel_error);
    Py_INCREF(&panel_type);
    if (panel_error == NULL || PyModule_AddObject(m, "error", panel_error) < 0 ||
        PyModule_AddObject(m, "panel", (PyObject *)&panel_type) < 0 || PyModule_AddStringConstant(m, "version", "2.1") < 0 ||
        PyModule_AddStringConstant(m, "__version__", "2.1") < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
