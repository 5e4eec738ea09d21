/* SPDX-License-Identifier: MIT */
/* module: _curses itself: starting the library, making windows, sizes of the screen, and what other modules get (py_curses.h).
 *
 * The library is started in stages (CursesStage). Values that a stage brings, such as LINES, COLORS and ACS_*, are put into the
 * module when it has been reached; curses/__init__.py copies them.
 */
#include "screen.h"

#include <term.h>
#undef columns
#undef lines

PyObject *tai_curses_error;

/* ------------------------------------------------------------------- stages */

static int reached[READY_COLOR + 1];
static PyObject *names; /* borrowed: the module's dict */

static const char *const missing[] = {
    [READY_TERMINFO] = "must call (at least) setupterm() first",
    [READY_SCREEN] = "must call initscr() first",
    [READY_COLOR] = "must call start_color() first",
};

int tai_curses_ready(CursesStage stage)
{
    if (!reached[stage])
        PyErr_SetString(tai_curses_error, missing[stage]);
    return reached[stage];
}

#define SCREEN_OR_FAIL \
    if (!tai_curses_ready(READY_SCREEN)) \
    return NULL

/* What the capsule offers to other modules. */
static int has_terminfo(void)
{
    return tai_curses_ready(READY_TERMINFO);
}

static int has_screen(void)
{
    return tai_curses_ready(READY_SCREEN);
}

static int has_color(void)
{
    return tai_curses_ready(READY_COLOR);
}

static int set_number(PyObject *dict, const char *name, int value)
{
    PyObject *o = PyLong_FromLong(value);
    int status = o ? PyDict_SetItemString(dict, name, o) : -1;
    Py_XDECREF(o);
    return status;
}

/* -------------------------------------------------------------------- start */

static PyObject *mod_initscr(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    if (reached[READY_SCREEN]) {
        wrefresh(stdscr);
        return tai_curses_wrap(stdscr, NULL);
    }
    WINDOW *screen = initscr();
    if (screen == NULL)
        return tai_curses_null();
    reached[READY_SCREEN] = reached[READY_TERMINFO] = 1;
    if (tai_curses_add_line_drawing(names) < 0 || set_number(names, "LINES", LINES) < 0 || set_number(names, "COLS", COLS) < 0)
        return NULL;
    return tai_curses_wrap(screen, NULL);
}

/* The descriptor behind sys.stdout, -1 with an exception. */
static int output_descriptor(void)
{
    PyObject *out = PySys_GetObject("stdout");
    if (out && out != Py_None)
        return PyObject_AsFileDescriptor(out);
    PyErr_SetString(tai_curses_error, "lost sys.stdout");
    return -1;
}

static const char *setup_failure(int reason)
{
    switch (reason) {
    case 0:
        return "setupterm: could not find terminal";
    case -1:
        return "setupterm: could not find terminfo database";
    default:
        return "setupterm: unknown error";
    }
}

static PyObject *mod_setupterm(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *keywords[] = {"term", "fd", NULL};
    PyObject *term = Py_None;
    int fd = -1, reason = 0;
    const char *name = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|Oi:setupterm", keywords, &term, &fd))
        return NULL;
    if (term != Py_None && !PyUnicode_Check(term)) {
        PyErr_Format(PyExc_TypeError, "setupterm() argument 'term' must be str or None, not %.50s", Py_TYPE(term)->tp_name);
        return NULL;
    }
    if ((term != Py_None && (name = PyUnicode_AsUTF8(term)) == NULL) || (fd == -1 && (fd = output_descriptor()) == -1))
        return NULL;
    if (!reached[READY_TERMINFO] && setupterm((char *)name, fd, &reason) == ERR) {
        PyErr_SetString(tai_curses_error, setup_failure(reason));
        return NULL;
    }
    reached[READY_TERMINFO] = 1;
    Py_RETURN_NONE;
}

static PyObject *mod_start_color(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    SCREEN_OR_FAIL;
    if (start_color() == ERR) {
        PyErr_SetString(tai_curses_error, "start_color() returned ERR");
        return NULL;
    }
    reached[READY_COLOR] = 1;
    if (set_number(names, "COLORS", COLORS) < 0 || set_number(names, "COLOR_PAIRS", COLOR_PAIRS) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* --------------------------------------------------------------------- size */

/* Tell the package and this module how large the screen is. 0 / -1. */
static int tell_size(void)
{
    PyObject *package = PyImport_ImportModule("curses");
    if (package == NULL)
        return -1;
    PyObject *dict = PyModule_GetDict(package);
    int status = set_number(names, "LINES", LINES) < 0 || set_number(names, "COLS", COLS) < 0 ||
                         set_number(dict, "LINES", LINES) < 0 || set_number(dict, "COLS", COLS) < 0
                     ? -1
                     : 0;
    Py_DECREF(package);
    return status;
}

static PyObject *mod_update_lines_cols(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    if (tell_size() < 0)
        return NULL;
    Py_RETURN_NONE;
}

static int two_ints(const char *name, PyObject *const *args, Py_ssize_t n, int *a, int *b)
{
    return !_PyArg_CheckPositional(name, n, 2, 2) || tai_curses_int(args[0], a) < 0 || tai_curses_int(args[1], b) < 0 ? -1 : 0;
}

static PyObject *resize_screen(const char *name, PyObject *const *args, Py_ssize_t n, int (*resize)(int, int))
{
    int lines, columns;
    if (two_ints(name, args, n, &lines, &columns) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    PyObject *result = tai_curses_outcome(resize(lines, columns), name);
    if (result && tell_size() < 0)
        Py_CLEAR(result);
    return result;
}

static PyObject *mod_resizeterm(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n)
{
    return resize_screen("resizeterm", args, n, resizeterm);
}

static PyObject *mod_resize_term(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n)
{
    return resize_screen("resize_term", args, n, resize_term);
}

static PyObject *mod_is_term_resized(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n)
{
    int lines, columns;
    if (two_ints("is_term_resized", args, n, &lines, &columns) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    return PyBool_FromLong(is_term_resized(lines, columns));
}

static PyObject *mod_setsyx(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n)
{
    int y, x;
    if (two_ints("setsyx", args, n, &y, &x) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    setsyx(y, x);
    Py_RETURN_NONE;
}

/* ------------------------------------------------------------------ windows */

static PyObject *mod_newpad(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n)
{
    int lines, columns;
    if (two_ints("newpad", args, n, &lines, &columns) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    WINDOW *pad = newpad(lines, columns);
    return pad ? tai_curses_wrap(pad, NULL) : tai_curses_null();
}

static PyObject *mod_newwin(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n)
{
    int v[4] = {0, 0, 0, 0};
    if (n != 2 && n != 4)
        return tai_curses_count_error("newwin", 2, 4);
    if (tai_curses_ints(args, n, v) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    WINDOW *win = newwin(v[0], v[1], v[2], v[3]);
    if (win == NULL)
        return tai_curses_null();
    keypad(win, FALSE);
    return tai_curses_wrap(win, NULL);
}

/* All that file.read() gives, in a C stream that stands at its beginning; NULL with an exception. */
static FILE *stream_of(PyObject *file)
{
    PyObject *data = PyObject_CallMethod(file, "read", NULL);
    if (data == NULL)
        return NULL;
    FILE *stream = NULL;
    if (!PyBytes_Check(data))
        PyErr_Format(PyExc_TypeError, "f.read() returned %.100s instead of bytes", Py_TYPE(data)->tp_name);
    else if ((stream = tmpfile()) == NULL)
        PyErr_SetFromErrno(PyExc_OSError);
    else if (fwrite(PyBytes_AS_STRING(data), 1, (size_t)PyBytes_GET_SIZE(data), stream) != (size_t)PyBytes_GET_SIZE(data)) {
        PyErr_SetFromErrno(PyExc_OSError);
        fclose(stream);
        stream = NULL;
    }
    else
        rewind(stream);
    Py_DECREF(data);
    return stream;
}

static PyObject *mod_getwin(PyObject *Py_UNUSED(module), PyObject *file)
{
    SCREEN_OR_FAIL;
    FILE *stream = stream_of(file);
    if (stream == NULL)
        return NULL;
    WINDOW *win = getwin(stream);
    fclose(stream);
    return win ? tai_curses_wrap(win, NULL) : tai_curses_null();
}

/* --------------------------------------------------------------- the module */

#define N(name, doc) {#name, (PyCFunction)(void (*)(void))mod_##name, METH_FASTCALL, doc}

static PyMethodDef functions[] = {
    {"getwin", mod_getwin, METH_O, "getwin($module, file, /)\n--\n\nReturn the window that window.putwin() wrote to a binary file."},
    {"initscr", mod_initscr, METH_NOARGS,
     "initscr($module, /)\n--\n\nStart the library and return the window of the whole screen.\n\n"
     "If the terminal cannot be used at all, the library may end the program."},
    N(is_term_resized, "is_term_resized($module, nlines, ncols, /)\n--\n\nReturn True if resize_term() of this size would change anything."),
    N(newpad, "newpad($module, nlines, ncols, /)\n--\n\n"
              "Return a pad: a window of any size, of which refresh() shows a part."),
    N(newwin, "newwin(nlines, ncols, [begin_y=0, begin_x=0])\n"
              "Return a new window.\n\n  nlines, ncols\n    Its size; 0 for as much as there is.\n"
              "  begin_y, begin_x\n    The place of its upper left corner on the screen."),
    N(resize_term, "resize_term($module, nlines, ncols, /)\n--\n\n"
                   "Give the library's windows the size of another screen.\n\n"
                   "Cells that come new are blank.  resizeterm() does what else has to be done."),
    N(resizeterm, "resizeterm($module, nlines, ncols, /)\n--\n\n"
                  "Give the screen another size, with all the records that the library keeps of it."),
    N(setsyx, "setsyx($module, y, x, /)\n--\n\n"
              "Set the place of the cursor on the virtual screen; with -1 and -1, wherever it happens to be."),
    {"setupterm", (PyCFunction)(void (*)(void))mod_setupterm, METH_VARARGS | METH_KEYWORDS,
     "setupterm($module, /, term=None, fd=-1)\n--\n\n"
     "Read the description of a terminal, for tigetstr() and its like.\n\n"
     "  term\n    Its name; that of the variable TERM if None.\n"
     "  fd\n    The descriptor that output goes to; that of sys.stdout if -1."},
    {"start_color", mod_start_color, METH_NOARGS,
     "start_color($module, /)\n--\n\nMake colours usable, and set COLORS and COLOR_PAIRS.  To be called before any other colour function."},
    {"update_lines_cols", mod_update_lines_cols, METH_NOARGS,
     "update_lines_cols($module, /)\n--\n\nSet LINES and COLS to what the library has as the size of the screen."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_curses",
    .m_size = -1,
    .m_methods = functions,
};

static PyStructSequence_Field version_fields[] = {
    {"major", "Major release number"},
    {"minor", "Minor release number"},
    {"patch", "Patch release number"},
    {NULL, NULL},
};

static PyStructSequence_Desc version_desc = {
    "curses.ncurses_version",
    "curses.ncurses_version\n\nVersion of the library that the module was built with, as a named tuple.",
    version_fields,
    3,
};

/* new; NULL with an exception */
static PyObject *make_version(void)
{
    static PyTypeObject type;
    if (type.tp_name == NULL && PyStructSequence_InitType2(&type, &version_desc) < 0)
        return NULL;
    PyObject *version = PyStructSequence_New(&type);
    if (version == NULL)
        return NULL;
    const int parts[] = {NCURSES_VERSION_MAJOR, NCURSES_VERSION_MINOR, NCURSES_VERSION_PATCH};
    for (Py_ssize_t i = 0; i < 3; i++)
        PyStructSequence_SET_ITEM(version, i, PyLong_FromLong(parts[i]));
    type.tp_init = NULL;
    type.tp_new = NULL;
    if (PyErr_Occurred() || PyDict_DelItemString(type.tp_dict, "__new__") < 0) {
        if (!PyErr_ExceptionMatches(PyExc_KeyError)) {
            Py_DECREF(version);
            return NULL;
        }
        PyErr_Clear();
    }
    return version;
}

/* Steals o, which may be NULL. 0 / -1. */
static int add_steal(PyObject *dict, const char *name, PyObject *o)
{
    int status = o ? PyDict_SetItemString(dict, name, o) : -1;
    Py_XDECREF(o);
    return status;
}

PyMODINIT_FUNC PyInit__curses(void)
{
    static void *api[PyCurses_API_pointers];
    if (tai_curses_window_ready() < 0)
        return NULL;
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    names = PyModule_GetDict(m);
    api[0] = &tai_curses_window_type;
    api[1] = (void *)has_terminfo;
    api[2] = (void *)has_screen;
    api[3] = (void *)has_color;
    tai_curses_error = PyErr_NewException("_curses.error", NULL, NULL);
    Py_XINCREF(tai_curses_error);
    Py_INCREF(&tai_curses_window_type);
    if (PyModule_AddFunctions(m, tai_curses_terminal) < 0 || add_steal(names, "error", tai_curses_error) < 0 ||
        add_steal(names, "_C_API", PyCapsule_New(api, PyCurses_CAPSULE_NAME, NULL)) < 0 ||
        add_steal(names, "version", PyBytes_FromString("2.2")) < 0 || add_steal(names, "__version__", PyBytes_FromString("2.2")) < 0 ||
        add_steal(names, "ncurses_version", make_version()) < 0 ||
        add_steal(names, "window", (PyObject *)&tai_curses_window_type) < 0 || tai_curses_add_constants(m) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
