/* SPDX-License-Identifier: MIT */
/* window: the type _curses.window, and its methods that neither draw nor read (drawing.c, reading.c).
 *
 * Many only hand one or two numbers to a function of the library: WIN_NONE, WIN_FLAG, WIN_PAIR... make those.
 * [WINDOW-1] stdscr belongs to the library and is never deleted here. The library refuses to delete a window that has children, so a
 * child never sees its parent go.
 */
#include "screen.h"

#include <langinfo.h>

#define WIN(self) (((PyCursesWindowObject *)(self))->win)
#define METHOD(name) static PyObject *name(PyObject *self, PyObject *const *args, Py_ssize_t n)
#define NOARGS(name) static PyObject *name(PyObject *self, PyObject *Py_UNUSED(unused))

/* ------------------------------------------------------- simple calls, made */

#define WIN_NONE(name, function) \
    NOARGS(win_##name) \
    { \
        return tai_curses_outcome(function(WIN(self)), #function); \
    }
WIN_NONE(clear, wclear)
WIN_NONE(clrtobot, wclrtobot)
WIN_NONE(clrtoeol, wclrtoeol)
WIN_NONE(deleteln, wdeleteln)
WIN_NONE(erase, werase)
WIN_NONE(insertln, winsertln)
WIN_NONE(redrawwin, redrawwin)
WIN_NONE(standend, wstandend)
WIN_NONE(standout, wstandout)
WIN_NONE(touchwin, touchwin)
WIN_NONE(untouchwin, untouchwin)

#define WIN_VOID(name, function) \
    NOARGS(win_##name) \
    { \
        function(WIN(self)); \
        Py_RETURN_NONE; \
    }
WIN_VOID(cursyncup, wcursyncup)
WIN_VOID(syncdown, wsyncdown)
WIN_VOID(syncup, wsyncup)

/* Exactly count ints, or TypeError with the given text. 0 / -1. */
static int numbers(PyObject *const *args, Py_ssize_t n, Py_ssize_t count, const char *usage, int *out)
{
    if (n == count)
        return tai_curses_ints(args, n, out);
    PyErr_SetString(PyExc_TypeError, usage);
    return -1;
}

#define WIN_FLAG(name) \
    METHOD(win_##name) \
    { \
        int on; \
        return numbers(args, n, 1, "True(1) or False(0)", &on) < 0 ? NULL : tai_curses_outcome(name(WIN(self), on != 0), #name); \
    }
WIN_FLAG(clearok)
WIN_FLAG(idlok)
WIN_FLAG(keypad)
WIN_FLAG(leaveok)
WIN_FLAG(nodelay)
WIN_FLAG(notimeout)
WIN_FLAG(scrollok)
WIN_FLAG(syncok)

#define WIN_FLAG_VOID(name) \
    METHOD(win_##name) \
    { \
        int on; \
        if (numbers(args, n, 1, "True(1) or False(0)", &on) < 0) \
            return NULL; \
        name(WIN(self), on != 0); \
        Py_RETURN_NONE; \
    }
WIN_FLAG_VOID(idcok)
WIN_FLAG_VOID(immedok)

#define WIN_PAIR(name, function, usage) \
    METHOD(win_##name) \
    { \
        int v[2]; \
        return numbers(args, n, 2, usage, v) < 0 ? NULL : tai_curses_outcome(function(WIN(self), v[0], v[1]), #function); \
    }
WIN_PAIR(move, wmove, "y,x")
WIN_PAIR(mvderwin, mvderwin, "y,x")
WIN_PAIR(mvwin, mvwin, "y,x")
WIN_PAIR(resize, wresize, "lines,columns")

#define WIN_TWO(name, function) \
    METHOD(win_##name) \
    { \
        int v[2]; \
        if (!_PyArg_CheckPositional(#name, n, 2, 2) || tai_curses_int(args[0], &v[0]) < 0 || tai_curses_int(args[1], &v[1]) < 0) \
            return NULL; \
        return tai_curses_outcome(function(WIN(self), v[0], v[1]), #function); \
    }
WIN_TWO(redrawln, wredrawln)
#undef WIN_TWO

#define WIN_PLACE(name) \
    NOARGS(win_##name) \
    { \
        int y, x; \
        name(WIN(self), y, x); \
        return Py_BuildValue("(ii)", y, x); \
    }
WIN_PLACE(getbegyx)
WIN_PLACE(getmaxyx)
WIN_PLACE(getparyx)
WIN_PLACE(getyx)

/* ------------------------------------------------------------ larger methods */

METHOD(win_setscrreg)
{
    int v[2];
    if (!_PyArg_CheckPositional("setscrreg", n, 2, 2) || tai_curses_int(args[0], &v[0]) < 0 || tai_curses_int(args[1], &v[1]) < 0)
        return NULL;
    return tai_curses_outcome(wsetscrreg(WIN(self), v[0], v[1]), "wsetscrreg");
}

METHOD(win_insdelln)
{
    int lines;
    return numbers(args, n, 1, "nlines", &lines) < 0 ? NULL : tai_curses_outcome(winsdelln(WIN(self), lines), "winsdelln");
}

METHOD(win_timeout)
{
    int delay;
    if (numbers(args, n, 1, "delay", &delay) < 0)
        return NULL;
    wtimeout(WIN(self), delay);
    Py_RETURN_NONE;
}

METHOD(win_enclose)
{
    int v[2];
    if (!_PyArg_CheckPositional("enclose", n, 2, 2) || tai_curses_int(args[0], &v[0]) < 0 || tai_curses_int(args[1], &v[1]) < 0)
        return NULL;
    return PyLong_FromLong(wenclose(WIN(self), v[0], v[1]));
}

static PyObject *win_is_linetouched(PyObject *self, PyObject *o)
{
    int line;
    if (tai_curses_int(o, &line) < 0)
        return NULL;
    int touched = line < 0 || line >= getmaxy(WIN(self)) ? ERR : is_linetouched(WIN(self), line);
    if (touched != ERR)
        return PyBool_FromLong(touched);
    PyErr_SetString(PyExc_TypeError, "is_linetouched: line number outside of boundaries");
    return NULL;
}

NOARGS(win_is_wintouched)
{
    return PyBool_FromLong(is_wintouched(WIN(self)));
}

METHOD(win_scroll)
{
    int lines = 1;
    if (n > 1)
        return tai_curses_count_error("window.scroll", 0, 1);
    if (tai_curses_ints(args, n, &lines) < 0)
        return NULL;
    return tai_curses_outcome(n ? wscrl(WIN(self), lines) : scroll(WIN(self)), "scroll");
}

METHOD(win_touchline)
{
    int v[3] = {0, 0, 1};
    if (n != 2 && n != 3)
        return tai_curses_count_error("window.touchline", 2, 3);
    if (tai_curses_ints(args, n, v) < 0)
        return NULL;
    return tai_curses_outcome(wtouchln(WIN(self), v[0], v[1], v[2] != 0), "touchline");
}

/* "[nlines, ncols,] y, x" of a window inside this one. */
static PyObject *inner(PyObject *self, const char *name, PyObject *const *args, Py_ssize_t n, WINDOW *(*make)(WINDOW *, int, int, int, int))
{
    if (n != 2 && n != 4)
        return tai_curses_count_error(name, 2, 4);
    int v[4] = {0, 0, 0, 0};
    if (tai_curses_ints(args, n, v + 4 - n) < 0)
        return NULL;
    WINDOW *win = make(WIN(self), v[0], v[1], v[2], v[3]);
    return win ? tai_curses_wrap(win, ((PyCursesWindowObject *)self)->encoding) : tai_curses_null();
}

METHOD(win_derwin)
{
    return inner(self, "window.derwin", args, n, derwin);
}

METHOD(win_subwin)
{
    return inner(self, "window.subwin", args, n, is_pad(WIN(self)) ? subpad : subwin);
}

/* refresh() and noutrefresh(): a pad is told which part of it goes where. */
typedef struct {
    const char *name, *pad_error;
    int (*window)(WINDOW *);
    int (*pad)(WINDOW *, int, int, int, int, int, int);
    const char *window_function, *pad_function;
} Refresh;

static const Refresh refresh_now = {"refresh", "refresh() for a pad requires 6 arguments", wrefresh, prefresh, "wrefresh", "prefresh"};
static const Refresh refresh_later = {
    "noutrefresh", "noutrefresh() called for a pad requires 6 arguments", wnoutrefresh, pnoutrefresh, "wnoutrefresh", "pnoutrefresh"};

static PyObject *show(PyObject *self, const Refresh *how, PyObject *const *args, Py_ssize_t n)
{
    WINDOW *win = WIN(self);
    int v[6], code;
    if (n != 0 && n != 6) {
        PyErr_Format(PyExc_TypeError, "_curses.window.%s requires 0 to 6 arguments", how->name);
        return NULL;
    }
    if (tai_curses_ints(args, n, v) < 0)
        return NULL;
    int pad = is_pad(win);
    if (pad && n == 0) {
        PyErr_SetString(tai_curses_error, how->pad_error);
        return NULL;
    }
    if (!pad && n != 0) {
        PyErr_Format(PyExc_TypeError, "%s() takes no arguments (6 given)", how->name);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    code = pad ? how->pad(win, v[0], v[1], v[2], v[3], v[4], v[5]) : how->window(win);
    Py_END_ALLOW_THREADS
    return tai_curses_outcome(code, pad ? how->pad_function : how->window_function);
}

METHOD(win_refresh)
{
    return show(self, &refresh_now, args, n);
}

METHOD(win_noutrefresh)
{
    return show(self, &refresh_later, args, n);
}

/* The library writes to a C stream: a temporary file stands between it and the caller's object. */
static PyObject *win_putwin(PyObject *self, PyObject *file)
{
    FILE *between = tmpfile();
    if (between == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    PyObject *result = tai_curses_outcome(putwin(WIN(self), between), "putwin");
    rewind(between);
    while (result) {
        char block[BUFSIZ];
        size_t got = fread(block, 1, sizeof block, between);
        if (got == 0)
            break;
        Py_SETREF(result, PyObject_CallMethod(file, "write", "y#", block, (Py_ssize_t)got));
    }
    fclose(between);
    Py_XDECREF(result);
    if (result == NULL)
        return NULL;
    Py_RETURN_NONE;
}

/* -------------------------------------------------------------- the type */

PyObject *tai_curses_wrap(WINDOW *win, const char *encoding)
{
    if (encoding == NULL) {
        encoding = nl_langinfo(CODESET);
        if (encoding == NULL || encoding[0] == 0)
            encoding = "utf-8";
    }
    PyCursesWindowObject *self = PyObject_New(PyCursesWindowObject, &tai_curses_window_type);
    if (self == NULL)
        return NULL;
    self->win = win;
    size_t size = strlen(encoding) + 1;
    self->encoding = PyMem_Malloc(size);
    if (self->encoding == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    memcpy(self->encoding, encoding, size);
    return (PyObject *)self;
}

static void win_dealloc(PyObject *self)
{
    PyCursesWindowObject *w = (PyCursesWindowObject *)self;
    if (w->win && w->win != stdscr)
        delwin(w->win);
    PyMem_Free(w->encoding);
    PyObject_Del(self);
}

static PyObject *win_get_encoding(PyObject *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(((PyCursesWindowObject *)self)->encoding);
}

static int win_set_encoding(PyObject *self, PyObject *value, void *Py_UNUSED(closure))
{
    if (value == NULL || !PyUnicode_Check(value)) {
        PyErr_SetString(PyExc_TypeError, value ? "setting encoding to a non-string" : "encoding may not be deleted");
        return -1;
    }
    PyObject *ascii = PyUnicode_AsASCIIString(value);
    if (ascii == NULL)
        return -1;
    size_t size = strlen(PyBytes_AS_STRING(ascii)) + 1;
    char *copy = PyMem_Malloc(size);
    if (copy)
        memcpy(copy, PyBytes_AS_STRING(ascii), size);
    Py_DECREF(ascii);
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    PyMem_Free(((PyCursesWindowObject *)self)->encoding);
    ((PyCursesWindowObject *)self)->encoding = copy;
    return 0;
}

static PyGetSetDef getset[] = {
    {"encoding", win_get_encoding, win_set_encoding, "The name of the encoding for the texts of this window.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

#define M(name, doc) {#name, (PyCFunction)(void (*)(void))win_##name, METH_FASTCALL, doc}
#define M1(name, flag, doc) {#name, win_##name, flag, doc}
#define M0(name, doc) {#name, win_##name, METH_NOARGS, doc}

static PyMethodDef settings[] = {
    M0(clear, "clear()\nBlank the whole window, and have the next refresh() paint the whole screen anew."),
    M(clearok, "clearok(flag)\nIf flag is true, the next refresh() clears the screen and paints it anew."),
    M0(clrtobot, "clrtobot()\nBlank everything from the cursor to the end of the window."),
    M0(clrtoeol, "clrtoeol()\nBlank everything from the cursor to the end of its line."),
    M0(cursyncup, "cursyncup()\nMove the cursors of all windows that hold this one to where this one's cursor is."),
    M0(deleteln, "deleteln()\nRemove the line under the cursor; the lines below move up."),
    M(derwin, "derwin([nlines=0, ncols=0,] begin_y, begin_x)\n"
              "Return a window that shares the cells of this one; its place counts from this window's corner.\n\n"
              "With sizes of 0 it reaches to the lower right corner."),
    M(enclose, "enclose($self, y, x, /)\n--\n\nReturn True if the place (y, x) of the screen lies in the window."),
    M0(erase, "erase()\nBlank the window."),
    M0(getbegyx, "getbegyx()\nReturn the place (y, x) of the upper left corner on the screen."),
    M0(getmaxyx, "getmaxyx()\nReturn the size of the window as (lines, columns)."),
    M0(getparyx, "getparyx()\nReturn the place (y, x) in the window that holds this one, or (-1, -1) if none does."),
    M0(getyx, "getyx()\nReturn the place (y, x) of the cursor in the window."),
    M(idcok, "idcok(flag)\nSay whether the terminal's own insertion and deletion of characters may be used."),
    M(idlok, "idlok(flag)\nSay whether the terminal's own insertion and deletion of lines may be used."),
    M(immedok, "immedok(flag)\nIf flag is true, every change of the window refreshes it at once."),
    M(insdelln, "insdelln(nlines)\nInsert nlines lines above that of the cursor, or delete -nlines from it on."),
    M0(insertln, "insertln()\nInsert an empty line under the cursor; the lines below move down."),
    M1(is_linetouched, METH_O,
       "is_linetouched($self, line, /)\n--\n\n"
       "Return True if the line changed since the last refresh().\n\nRaises TypeError for a line that the window does not have."),
    M0(is_wintouched, "is_wintouched()\nReturn True if the window changed since the last refresh()."),
    M(keypad, "keypad(flag)\nIf flag is true, the escape sequences of function keys are read as one key."),
    M(leaveok, "leaveok(flag)\nIf flag is true, refresh() leaves the terminal's cursor where it happens to be."),
    M(move, "move(y, x)\nMove the cursor to (y, x)."),
    M(mvderwin, "mvderwin(y, x)\nShow another part of the window that holds this one, from its place (y, x) on."),
    M(mvwin, "mvwin(y, x)\nMove the window: its upper left corner comes to (y, x) of the screen."),
    M(nodelay, "nodelay(flag)\nIf flag is true, getch() does not wait for a key."),
    M(notimeout, "notimeout(flag)\nIf flag is true, there is no limit on how far apart the bytes of an escape sequence come."),
    M(noutrefresh, "noutrefresh([pminrow, pmincol, sminrow, smincol, smaxrow, smaxcol])\n"
                   "Bring the window into the picture that doupdate() will send to the terminal.\n\n"
                   "A pad needs the numbers: see refresh()."),
    M1(putwin, METH_O, "putwin($self, file, /)\n--\n\nWrite the window with all it shows to a binary file; getwin() reads it."),
    M(redrawln, "redrawln($self, beg, num, /)\n--\n\nTake num lines from beg on for spoilt: the next refresh() paints them anew."),
    M0(redrawwin, "redrawwin()\nTake the whole window for spoilt: the next refresh() paints it anew."),
    M(refresh, "refresh([pminrow, pmincol, sminrow, smincol, smaxrow, smaxcol])\n"
               "Bring the terminal up to date with the window.\n\n"
               "A pad needs the numbers: which place of it comes first, and the first and last\n"
               "place of the screen that show it."),
    M(resize, "resize(nlines, ncols)\nGive the window another size; new cells are blank."),
    M(scroll, "scroll([lines=1])\nMove the text of the window, or of its scrolling region, up by some lines."),
    M(scrollok, "scrollok(flag)\nSay whether the text moves up when the cursor leaves the window at the bottom."),
    M(setscrreg, "setscrreg($self, top, bottom, /)\n--\n\nMake the lines top to bottom the region that scrolls."),
    M0(standend, "standend()\nTurn off all attributes."),
    M0(standout, "standout()\nTurn on the attribute A_STANDOUT."),
    {"subpad", (PyCFunction)(void (*)(void))win_subwin, METH_FASTCALL,
     "subwin([nlines=0, ncols=0,] begin_y, begin_x)\n"
     "Return a pad that shares the cells of this one; its place counts from this pad's corner."},
    M(subwin, "subwin([nlines=0, ncols=0,] begin_y, begin_x)\n"
              "Return a window that shares the cells of this one; its place counts from the corner of the screen.\n\n"
              "With sizes of 0 it reaches to the lower right corner."),
    M0(syncdown, "syncdown()\nTake for changed what has changed in the windows that hold this one."),
    M(syncok, "syncok(flag)\nIf flag is true, changes here mark the windows that hold this one as changed too."),
    M0(syncup, "syncup()\nMark what has changed here as changed in the windows that hold this one."),
    M(timeout, "timeout(delay)\nWait at most delay milliseconds for a key: not at all if 0, without end if negative."),
    M(touchline, "touchline(start, count, [changed=True])\nTake count lines from start on for changed, or for not changed."),
    M0(touchwin, "touchwin()\nTake the whole window for changed."),
    M0(untouchwin, "untouchwin()\nTake the whole window for not changed since the last refresh()."),
    {NULL, NULL, 0, NULL},
};

PyTypeObject tai_curses_window_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "_curses.window",
    .tp_basicsize = sizeof(PyCursesWindowObject),
    .tp_dealloc = win_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A rectangle of the screen, with a cursor.  initscr(), newwin() and others make them.",
    .tp_getset = getset,
};

/* The type has one table of methods: the three are put one after the other. */
int tai_curses_window_ready(void)
{
    static PyMethodDef all[128];
    PyMethodDef *const tables[] = {tai_curses_drawing, tai_curses_reading, settings};
    size_t used = 0;
    for (size_t i = 0; i < Py_ARRAY_LENGTH(tables); i++)
        for (PyMethodDef *m = tables[i]; m->ml_name && used + 1 < Py_ARRAY_LENGTH(all); m++)
            all[used++] = *m;
    if (tai_curses_window_type.tp_methods == NULL)
        tai_curses_window_type.tp_methods = all;
    return PyType_Ready(&tai_curses_window_type);
}
