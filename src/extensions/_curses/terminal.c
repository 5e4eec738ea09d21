/* SPDX-License-Identifier: MIT */
/* terminal: functions of _curses that need no state of this module: modes, bells, colours, mouse, terminfo queries, key names.
 *
 * Those without arguments are made by macros, from the library's function and the stage that it needs.
 */
#include "screen.h"

/* After screen.h: term.h defines many short names. */
#include <term.h>

#define FUNCTION(name) static PyObject *mod_##name(PyObject *module, PyObject *const *args, Py_ssize_t n)
#define FUNCTION0(name) static PyObject *mod_##name(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
#define FUNCTION1(name) static PyObject *mod_##name(PyObject *Py_UNUSED(module), PyObject *o)
#define SCREEN_OR_FAIL \
    if (!tai_curses_ready(READY_SCREEN)) \
    return NULL
#define COLOR_OR_FAIL \
    if (!tai_curses_ready(READY_SCREEN) || !tai_curses_ready(READY_COLOR)) \
    return NULL

/* --------------------------------------------------------- no arguments */

#define CALL(name) \
    FUNCTION0(name) \
    { \
        SCREEN_OR_FAIL; \
        return tai_curses_outcome(name(), #name); \
    }
CALL(beep)
CALL(def_prog_mode)
CALL(def_shell_mode)
CALL(endwin)
CALL(flash)
CALL(nocbreak)
CALL(noecho)
CALL(nonl)
CALL(noraw)
CALL(reset_prog_mode)
CALL(reset_shell_mode)
CALL(resetty)
CALL(savetty)

FUNCTION0(doupdate)
{
    int code;
    SCREEN_OR_FAIL;
    Py_BEGIN_ALLOW_THREADS
    code = doupdate();
    Py_END_ALLOW_THREADS
    return tai_curses_outcome(code, "doupdate");
}

#define CALL_VOID(name) \
    FUNCTION0(name) \
    { \
        SCREEN_OR_FAIL; \
        name(); \
        Py_RETURN_NONE; \
    }
CALL_VOID(flushinp)
CALL_VOID(noqiflush)

#define CALL_BOOL(name) \
    FUNCTION0(name) \
    { \
        SCREEN_OR_FAIL; \
        return PyBool_FromLong(name()); \
    }
CALL_BOOL(can_change_color)
CALL_BOOL(has_colors)
CALL_BOOL(has_ic)
CALL_BOOL(has_il)
CALL_BOOL(isendwin)

#define CALL_BYTE(name) \
    FUNCTION0(name) \
    { \
        SCREEN_OR_FAIL; \
        char byte = name(); \
        return PyBytes_FromStringAndSize(&byte, 1); \
    }
CALL_BYTE(erasechar)
CALL_BYTE(killchar)

#define CALL_NAME(name) \
    FUNCTION0(name) \
    { \
        SCREEN_OR_FAIL; \
        const char *text = name(); \
        return text ? PyBytes_FromString(text) : tai_curses_null(); \
    }
CALL_NAME(longname)
CALL_NAME(termname)

FUNCTION0(baudrate)
{
    SCREEN_OR_FAIL;
    return PyLong_FromLong(baudrate());
}

FUNCTION0(termattrs)
{
    SCREEN_OR_FAIL;
    return PyLong_FromLong((long)termattrs());
}

/* To be called before there is a screen. */
FUNCTION0(filter)
{
    filter();
    Py_RETURN_NONE;
}

FUNCTION0(getsyx)
{
    int y = 0, x = 0;
    SCREEN_OR_FAIL;
    getsyx(y, x);
    return Py_BuildValue("(ii)", y, x);
}

/* ----------------------------------------------- one flag, true if not given */

static int optional_flag(const char *name, PyObject *const *args, Py_ssize_t n, int *on)
{
    *on = 1;
    return !_PyArg_CheckPositional(name, n, 0, 1) || (n && tai_curses_int(args[0], on) < 0) ? -1 : 0;
}

#define SWITCH(name, on_function, off_function) \
    static PyObject *mod_##name(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n) \
    { \
        int on; \
        if (optional_flag(#name, args, n, &on) < 0) \
            return NULL; \
        SCREEN_OR_FAIL; \
        return on ? tai_curses_outcome(on_function(), #on_function) : tai_curses_outcome(off_function(), #off_function); \
    }
SWITCH(cbreak, cbreak, nocbreak)
SWITCH(echo, echo, noecho)
SWITCH(nl, nl, nonl)
SWITCH(raw, raw, noraw)

static PyObject *mod_qiflush(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t n)
{
    int on;
    if (optional_flag("qiflush", args, n, &on) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    if (on)
        qiflush();
    else
        noqiflush();
    Py_RETURN_NONE;
}

/* ---------------------------------------------------------------- one number */

#define CALL_INT(name) \
    FUNCTION1(name) \
    { \
        int value; \
        if (tai_curses_int(o, &value) < 0) \
            return NULL; \
        SCREEN_OR_FAIL; \
        return tai_curses_outcome(name(value), #name); \
    }
CALL_INT(delay_output)
CALL_INT(mouseinterval)
CALL_INT(typeahead)

FUNCTION1(curs_set)
{
    int visibility;
    if (tai_curses_int(o, &visibility) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    int before = curs_set(visibility);
    return before == ERR ? tai_curses_outcome(ERR, "curs_set") : PyLong_FromLong(before);
}

FUNCTION1(halfdelay)
{
    long tenths;
    if (tai_curses_attr(o, &tenths) < 0)
        return NULL;
    if (tenths < 0 || tenths > UCHAR_MAX) {
        PyErr_Format(PyExc_OverflowError, "unsigned byte integer is %s", tenths < 0 ? "less than minimum" : "greater than maximum");
        return NULL;
    }
    SCREEN_OR_FAIL;
    return tai_curses_outcome(halfdelay((int)tenths), "halfdelay");
}

FUNCTION1(intrflush)
{
    int on;
    if (tai_curses_int(o, &on) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    return tai_curses_outcome(intrflush(NULL, on != 0), "intrflush");
}

FUNCTION1(meta)
{
    int on;
    if (tai_curses_int(o, &on) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    return tai_curses_outcome(meta(stdscr, on != 0), "meta");
}

FUNCTION1(napms)
{
    int ms, code;
    if (tai_curses_int(o, &ms) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    Py_BEGIN_ALLOW_THREADS
    code = napms(ms);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(code);
}

/* To be called before there is a screen. */
FUNCTION1(use_env)
{
    int on;
    if (tai_curses_int(o, &on) < 0)
        return NULL;
    use_env(on != 0);
    Py_RETURN_NONE;
}

/* --------------------------------------------------------------------- keys */

FUNCTION1(has_key)
{
    int key;
    if (tai_curses_int(o, &key) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    return PyBool_FromLong(has_key(key));
}

FUNCTION1(keyname)
{
    int key;
    if (tai_curses_int(o, &key) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    if (key < 0) {
        PyErr_SetString(PyExc_ValueError, "invalid key number");
        return NULL;
    }
    const char *name = keyname(key);
    return PyBytes_FromString(name ? name : "");
}

FUNCTION1(unctrl)
{
    chtype ch;
    SCREEN_OR_FAIL;
    if (tai_curses_chtype(NULL, o, &ch) < 0)
        return NULL;
    const char *text = unctrl(ch);
    return text ? PyBytes_FromString(text) : tai_curses_null();
}

FUNCTION1(ungetch)
{
    chtype ch;
    SCREEN_OR_FAIL;
    return tai_curses_chtype(NULL, o, &ch) < 0 ? NULL : tai_curses_outcome(ungetch((int)ch), "ungetch");
}

/* A character for unget_wch(). 0 / -1. */
static int wide_key(PyObject *o, wchar_t *out)
{
    if (PyUnicode_Check(o)) {
        if (PyUnicode_READY(o) < 0)
            return -1;
        if (PyUnicode_GET_LENGTH(o) == 1) {
            *out = (wchar_t)PyUnicode_READ_CHAR(o, 0);
            return 0;
        }
        PyErr_Format(PyExc_TypeError, "expect str of length 1 or int, got a str of length %zi", PyUnicode_GET_LENGTH(o));
        return -1;
    }
    if (!PyLong_Check(o)) {
        PyErr_Format(PyExc_TypeError, "expect str of length 1 or int, got %s", Py_TYPE(o)->tp_name);
        return -1;
    }
    int overflow;
    long v = PyLong_AsLongAndOverflow(o, &overflow);
    *out = (wchar_t)v;
    if (!overflow && (long)*out == v)
        return 0;
    PyErr_SetString(PyExc_OverflowError, overflow ? "int doesn't fit in long" : "character doesn't fit in wchar_t");
    return -1;
}

FUNCTION1(unget_wch)
{
    wchar_t character;
    SCREEN_OR_FAIL;
    return wide_key(o, &character) < 0 ? NULL : tai_curses_outcome(unget_wch(character), "unget_wch");
}

/* -------------------------------------------------------------------- mouse */

static int mask_of(PyObject *o, const char *where, mmask_t *out)
{
    if (!PyLong_Check(o)) {
        PyErr_Format(PyExc_TypeError, "%s must be int, not %.50s", where, o == Py_None ? "None" : Py_TYPE(o)->tp_name);
        return -1;
    }
    *out = (mmask_t)PyLong_AsUnsignedLongMask(o);
    return 0;
}

FUNCTION0(getmouse)
{
    MEVENT event;
    SCREEN_OR_FAIL;
    if (getmouse(&event) == ERR)
        return tai_curses_outcome(ERR, "getmouse");
    return Py_BuildValue("(hiiik)", event.id, event.x, event.y, event.z, (unsigned long)event.bstate);
}

FUNCTION(ungetmouse)
{
    (void)module;
    short id;
    int place[3];
    MEVENT event;
    if (!_PyArg_CheckPositional("ungetmouse", n, 5, 5) || tai_curses_short(args[0], &id) < 0)
        return NULL;
    for (int i = 0; i < 3; i++)
        if (tai_curses_int(args[i + 1], &place[i]) < 0)
            return NULL;
    if (mask_of(args[4], "ungetmouse() argument 5", &event.bstate) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    event.id = id;
    event.x = place[0];
    event.y = place[1];
    event.z = place[2];
    return tai_curses_outcome(ungetmouse(&event), "ungetmouse");
}

FUNCTION1(mousemask)
{
    mmask_t wanted, before = 0;
    if (mask_of(o, "mousemask() argument", &wanted) < 0)
        return NULL;
    SCREEN_OR_FAIL;
    mmask_t available = mousemask(wanted, &before);
    return Py_BuildValue("(kk)", (unsigned long)available, (unsigned long)before);
}

/* ------------------------------------------------------------------ colours */

static int shorts(const char *name, PyObject *const *args, Py_ssize_t n, Py_ssize_t count, short *out)
{
    if (!_PyArg_CheckPositional(name, n, count, count))
        return -1;
    for (Py_ssize_t i = 0; i < count; i++)
        if (tai_curses_short(args[i], &out[i]) < 0)
            return -1;
    return 0;
}

FUNCTION(init_color)
{
    (void)module;
    short v[4];
    if (shorts("init_color", args, n, 4, v) < 0)
        return NULL;
    COLOR_OR_FAIL;
    return tai_curses_outcome(init_color(v[0], v[1], v[2], v[3]), "init_color");
}

FUNCTION(init_pair)
{
    (void)module;
    short v[3];
    if (shorts("init_pair", args, n, 3, v) < 0)
        return NULL;
    COLOR_OR_FAIL;
    return tai_curses_outcome(init_pair(v[0], v[1], v[2]), "init_pair");
}

/* Numbers too large are told apart from impossible ones. */
static PyObject *no_such(short number, const char *function, const char *bounds)
{
    if (number < 0)
        return tai_curses_outcome(ERR, function);
    PyErr_Format(tai_curses_error, "Argument 1 was out of range. %s", bounds);
    return NULL;
}

FUNCTION1(color_content)
{
    short number, r, g, b;
    if (tai_curses_short(o, &number) < 0)
        return NULL;
    COLOR_OR_FAIL;
    if (color_content(number, &r, &g, &b) == ERR)
        return no_such(number, "color_content", "Check value of COLORS.");
    return Py_BuildValue("(iii)", r, g, b);
}

FUNCTION1(pair_content)
{
    short number, fg, bg;
    if (tai_curses_short(o, &number) < 0)
        return NULL;
    COLOR_OR_FAIL;
    if (pair_content(number, &fg, &bg) == ERR)
        return no_such(number, "pair_content", "(0..COLOR_PAIRS-1)");
    return Py_BuildValue("(ii)", fg, bg);
}

FUNCTION1(color_pair)
{
    short number;
    if (tai_curses_short(o, &number) < 0)
        return NULL;
    COLOR_OR_FAIL;
    return PyLong_FromLong(COLOR_PAIR(number));
}

FUNCTION1(pair_number)
{
    int attr;
    if (tai_curses_int(o, &attr) < 0)
        return NULL;
    COLOR_OR_FAIL;
    return PyLong_FromLong(PAIR_NUMBER(attr));
}

FUNCTION0(use_default_colors)
{
    COLOR_OR_FAIL;
    return tai_curses_outcome(use_default_colors(), "use_default_colors");
}

/* ----------------------------------------------------------------- terminfo */

/* The name of a capability, as utf-8; NULL with an exception. */
static const char *capability(PyObject *o, const char *function)
{
    if (!PyUnicode_Check(o)) {
        PyErr_Format(PyExc_TypeError, "%s() argument must be str, not %.50s", function, o == Py_None ? "None" : Py_TYPE(o)->tp_name);
        return NULL;
    }
    Py_ssize_t size;
    const char *name = PyUnicode_AsUTF8AndSize(o, &size);
    if (name && strlen(name) != (size_t)size) {
        PyErr_SetString(PyExc_ValueError, "embedded null character");
        return NULL;
    }
    return name;
}

/* The library declares its parameter without const, but does not write to it. */
#define QUERY(function, name) function((char *)(name))

FUNCTION1(tigetflag)
{
    const char *name = capability(o, "tigetflag");
    if (name == NULL || !tai_curses_ready(READY_TERMINFO))
        return NULL;
    return PyLong_FromLong(QUERY(tigetflag, name));
}

FUNCTION1(tigetnum)
{
    const char *name = capability(o, "tigetnum");
    if (name == NULL || !tai_curses_ready(READY_TERMINFO))
        return NULL;
    return PyLong_FromLong(QUERY(tigetnum, name));
}

FUNCTION1(tigetstr)
{
    const char *name = capability(o, "tigetstr");
    if (name == NULL || !tai_curses_ready(READY_TERMINFO))
        return NULL;
    const char *text = QUERY(tigetstr, name);
    if (text == NULL || text == (char *)-1)
        Py_RETURN_NONE;
    return PyBytes_FromString(text);
}

static PyObject *mod_tparm(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *format;
    int v[9] = {0};
    if (!PyArg_ParseTuple(args, "y|iiiiiiiii:tparm", &format, v, v + 1, v + 2, v + 3, v + 4, v + 5, v + 6, v + 7, v + 8) ||
        !tai_curses_ready(READY_TERMINFO))
        return NULL;
    const char *text = tparm((char *)format, (long)v[0], (long)v[1], (long)v[2], (long)v[3], (long)v[4], (long)v[5], (long)v[6],
                             (long)v[7], (long)v[8]);
    if (text)
        return PyBytes_FromString(text);
    PyErr_SetString(tai_curses_error, "tparm() returned NULL");
    return NULL;
}

FUNCTION1(putp)
{
    const char *text;
    return PyArg_Parse(o, "y:putp", &text) ? tai_curses_outcome(putp(text), "putp") : NULL;
}

#define N(name, doc) {#name, (PyCFunction)(void (*)(void))mod_##name, METH_FASTCALL, doc}
#define N0(name, doc) {#name, mod_##name, METH_NOARGS, #name "($module, /)\n--\n\n" doc}
#define N1(name, signature, doc) {#name, mod_##name, METH_O, #name "($module, " signature ", /)\n--\n\n" doc}

PyMethodDef tai_curses_terminal[] = {
    N0(baudrate, "Return the speed of the terminal's line in bits a second."),
    N0(beep, "Ring the bell."),
    N0(can_change_color, "Return True if init_color() can give colours other values."),
    N(cbreak, "cbreak($module, flag=True, /)\n--\n\n"
              "Hand keys on at once instead of line by line; with a false flag, do what nocbreak() does.\n\n"
              "Keys such as Ctrl-C go on sending signals."),
    N1(color_content, "color_number", "Return the parts (red, green, blue) of a colour, each from 0 to 1000."),
    N1(color_pair, "pair_number", "Return the attribute that shows text in a pair of colours."),
    N1(curs_set, "visibility", "Make the cursor invisible (0), normal (1) or very visible (2); return what it was."),
    N0(def_prog_mode, "Keep the present state of the terminal as that of the program, for reset_prog_mode()."),
    N0(def_shell_mode, "Keep the present state of the terminal as that of the shell, for reset_shell_mode()."),
    N1(delay_output, "ms", "Have the output pause for so many milliseconds."),
    N0(doupdate, "Send what has changed to the terminal."),
    N(echo, "echo($module, flag=True, /)\n--\n\nShow each key as it is read; with a false flag, do what noecho() does."),
    N0(endwin, "Give the terminal back in its usual state."),
    N0(erasechar, "Return the user's key for erasing a character, as bytes."),
    N0(filter, "Have the screen take one line only, that of the cursor.  To be called before initscr()."),
    N0(flash, "Flash the screen, or ring the bell if it cannot."),
    N0(flushinp, "Forget the keys that were typed and not yet read."),
    N0(getmouse, "Return the mouse event that KEY_MOUSE announced: (id, x, y, z, bstate)."),
    N0(getsyx, "Return the place (y, x) of the cursor on the virtual screen; (-1, -1) if it may be anywhere."),
    N1(halfdelay, "tenths", "As cbreak(), but getch() waits no longer than so many tenths of a second (1 to 255)."),
    N0(has_colors, "Return True if the terminal has colours."),
    N0(has_ic, "Return True if the terminal inserts and deletes characters itself."),
    N0(has_il, "Return True if the terminal inserts and deletes lines itself."),
    N1(has_key, "key", "Return True if the terminal has the key with this number."),
    N(init_color, "init_color($module, color_number, r, g, b, /)\n--\n\nGive a colour the parts r, g and b, each from 0 to 1000."),
    N(init_pair, "init_pair($module, pair_number, fg, bg, /)\n--\n\n"
                 "Make a pair of colours: that of the characters and that of the ground.\n\n"
                 "Text on the screen in this pair changes its looks."),
    N1(intrflush, "flag", "Say whether a key that interrupts also drops what is waiting to be shown."),
    N0(isendwin, "Return True if endwin() has been called and the screen not used since."),
    N1(keyname, "key", "Return the name of the key with this number, as bytes."),
    N0(killchar, "Return the user's key for erasing a line, as bytes."),
    N0(longname, "Return the description of the terminal in words, as bytes."),
    N1(meta, "yes", "Say whether keys are read with 8 bits, or with 7."),
    N1(mouseinterval, "interval", "Set how many milliseconds may lie between press and release for a click."),
    N1(mousemask, "newmask", "Choose which mouse events are reported; return (those that will be, those before)."),
    N1(napms, "ms", "Sleep for so many milliseconds."),
    N(nl, "nl($module, flag=True, /)\n--\n\n"
          "Read the return key as a newline, and show a newline as return and newline; with a false flag, do what nonl() does."),
    N0(nocbreak, "Hand keys on line by line, as usual."),
    N0(noecho, "Do not show keys as they are read."),
    N0(nonl, "Leave return and newline as they are, both in input and output."),
    N0(noqiflush, "Keep what is waiting when a key sends a signal."),
    N0(noraw, "Leave raw mode: keys come line by line, and some of them send signals."),
    N1(pair_content, "pair_number", "Return the colours (fg, bg) of a pair."),
    N1(pair_number, "attr", "Return the number of the pair of colours that an attribute shows."),
    N1(putp, "string", "Send a terminfo capability, as bytes, to the terminal."),
    N(qiflush, "qiflush($module, flag=True, /)\n--\n\n"
               "Drop what is waiting when a key sends a signal; with a false flag, do what noqiflush() does."),
    N(raw, "raw($module, flag=True, /)\n--\n\n"
           "Hand every key on at once, those too that would send signals; with a false flag, do what noraw() does."),
    N0(reset_prog_mode, "Put the terminal into the state that def_prog_mode() kept."),
    N0(reset_shell_mode, "Put the terminal into the state that def_shell_mode() kept."),
    N0(resetty, "Put the terminal into the state that savetty() kept."),
    N0(savetty, "Keep the state of the terminal for resetty()."),
    N0(termattrs, "Return all attributes that the terminal can show, as one number."),
    N0(termname, "Return the name of the terminal, that of TERM cut to 14 characters, as bytes."),
    N1(tigetflag, "capname", "Return a capability that is true or false: 1 or 0, or -1 if there is none of the name."),
    N1(tigetnum, "capname", "Return a capability that is a number: -1 if the terminal has it not, -2 if it is no number."),
    N1(tigetstr, "capname", "Return a capability that is a text, as bytes; None if the terminal has it not."),
    {"tparm", mod_tparm, METH_VARARGS,
     "tparm($module, str, i1=0, i2=0, i3=0, i4=0, i5=0, i6=0, i7=0, i8=0,\n      i9=0, /)\n--\n\n"
     "Return a terminfo capability with its parameters filled in, as bytes."},
    N1(typeahead, "fd", "Say which file descriptor is watched for keys typed ahead; -1 for none."),
    N1(unctrl, "ch", "Return a character as bytes that can be printed: b'^A' for Ctrl-A."),
    N1(unget_wch, "ch", "Have the next get_wch() read the character ch, a str of length 1 or a number."),
    N1(ungetch, "ch", "Have the next getch() read the key ch."),
    N(ungetmouse, "ungetmouse($module, id, x, y, z, bstate, /)\n--\n\nHave the next getch() read KEY_MOUSE, and getmouse() this event."),
    N0(use_default_colors, "Let -1 stand for the terminal's own colours in init_pair(), and pair 0 use them."),
    N1(use_env, "flag", "Say whether LINES and COLUMNS of the environment count.  To be called before initscr()."),
    {NULL, NULL, 0, NULL},
};
