/* SPDX-License-Identifier: MIT */
/* reading: the methods of a window that wait for keys, and those that look at what the window shows.
 *
 * Waiting lets other threads run. A signal that comes meanwhile ends the wait; its handler may raise.
 */
#include "screen.h"

#define WIN(self) (((PyCursesWindowObject *)(self))->win)
#define METHOD(name) static PyObject *name(PyObject *self, PyObject *const *args, Py_ssize_t n)

enum { LONGEST_INPUT = 1023 };

/* --------------------------------------------------------------------- keys */

static int wait_for_key(WINDOW *win, const CursesPlace *p)
{
    int key;
    Py_BEGIN_ALLOW_THREADS
    key = p->moved ? mvwgetch(win, p->y, p->x) : wgetch(win);
    Py_END_ALLOW_THREADS
    return key;
}

static PyObject *no_input(void)
{
    if (PyErr_CheckSignals() == 0 && !PyErr_Occurred())
        PyErr_SetString(tai_curses_error, "no input");
    return NULL;
}

METHOD(win_getch)
{
    CursesPlace p;
    if (tai_curses_place("window.getch", args, n, 0, 0, &p) < 0)
        return NULL;
    return PyLong_FromLong(wait_for_key(WIN(self), &p));
}

METHOD(win_getkey)
{
    CursesPlace p;
    if (tai_curses_place("window.getkey", args, n, 0, 0, &p) < 0)
        return NULL;
    int key = wait_for_key(WIN(self), &p);
    if (key == ERR)
        return no_input();
    if (key <= 255)
        return PyUnicode_FromOrdinal(key);
    const char *name = keyname(key);
    return PyUnicode_FromString(name ? name : "");
}

METHOD(win_get_wch)
{
    CursesPlace p;
    if (tai_curses_place("window.get_wch", args, n, 0, 0, &p) < 0)
        return NULL;
    WINDOW *win = WIN(self);
    wint_t key;
    int kind;
    Py_BEGIN_ALLOW_THREADS
    kind = p.moved ? mvwget_wch(win, p.y, p.x, &key) : wget_wch(win, &key);
    Py_END_ALLOW_THREADS
    if (kind == ERR)
        return no_input();
    return kind == KEY_CODE_YES ? PyLong_FromLong((long)key) : PyUnicode_FromOrdinal((int)key);
}

/* "[y, x,] [n]" of getstr() and instr(). 0 / -1. */
typedef struct {
    int moved, y, x, limit;
} Span;

static int span_of(const char *usage, PyObject *const *args, Py_ssize_t n, int most, Span *out)
{
    *out = (Span){.limit = most};
    if (n > 3) {
        PyErr_SetString(PyExc_TypeError, usage);
        return -1;
    }
    int place[2] = {0, 0};
    out->moved = n >= 2;
    if ((out->moved && tai_curses_ints(args, 2, place) < 0) || (n % 2 == 1 && tai_curses_ints(args + n - 1, 1, &out->limit) < 0))
        return -1;
    out->y = place[0];
    out->x = place[1];
    if (out->limit < 0) {
        PyErr_SetString(PyExc_ValueError, "'n' must be nonnegative");
        return -1;
    }
    out->limit = Py_MIN(out->limit, most);
    return 0;
}

METHOD(win_getstr)
{
    Span s;
    if (span_of("getstr requires 0 to 3 arguments", args, n, LONGEST_INPUT, &s) < 0)
        return NULL;
    WINDOW *win = WIN(self);
    char text[LONGEST_INPUT + 1];
    int code;
    Py_BEGIN_ALLOW_THREADS
    code = s.moved ? mvwgetnstr(win, s.y, s.x, text, s.limit) : wgetnstr(win, text, s.limit);
    Py_END_ALLOW_THREADS
    return PyBytes_FromString(code == ERR ? "" : text);
}

/* ---------------------------------------------------------- what it shows */

METHOD(win_inch)
{
    CursesPlace p;
    if (tai_curses_place("window.inch", args, n, 0, 0, &p) < 0)
        return NULL;
    return PyLong_FromUnsignedLong(p.moved ? mvwinch(WIN(self), p.y, p.x) : winch(WIN(self)));
}

METHOD(win_instr)
{
    Span s;
    if (span_of("instr requires 0 or 3 arguments", args, n, 2 * LONGEST_INPUT + 1, &s) < 0)
        return NULL;
    char text[2 * LONGEST_INPUT + 2];
    int code = s.moved ? mvwinnstr(WIN(self), s.y, s.x, text, s.limit) : winnstr(WIN(self), text, s.limit);
    return PyBytes_FromString(code == ERR ? "" : text);
}

#define M(name, doc) {#name, (PyCFunction)(void (*)(void))win_##name, METH_FASTCALL, doc}

PyMethodDef tai_curses_reading[] = {
    M(get_wch, "get_wch([y, x])\n"
               "Wait for a key and return its character as str, or an int for a function key.\n\n"
               "With y and x the cursor is moved there first.  Raises error if no key came in time."),
    M(getch, "getch([y, x])\n"
             "Wait for a key and return its number: above 255 for function keys, -1 if none came in time.\n\n"
             "With y and x the cursor is moved there first."),
    M(getkey, "getkey([y, x])\n"
              "Wait for a key and return its character, or for a function key its name, as str.\n\n"
              "With y and x the cursor is moved there first.  Raises error if no key came in time."),
    M(getstr, "getstr([y, x,] [n=1023])\n"
              "Read a line of at most n bytes from the keyboard, with simple editing; return it as bytes.\n\n"
              "With y and x the cursor is moved there first."),
    M(inch, "inch([y, x])\n"
            "Return the character at (y, x), or under the cursor: its number in the lower 8 bits, attributes above."),
    M(instr, "instr([y, x,] [n=2047])\n"
             "Return as bytes what the window shows from (y, x), or from the cursor, to the end of the line.\n\n"
             "No more than n bytes, and without attributes."),
    {NULL, NULL, 0, NULL},
};
