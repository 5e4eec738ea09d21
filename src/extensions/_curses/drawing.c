/* SPDX-License-Identifier: MIT */
/* drawing: the methods of a window that put characters, lines and frames into it.
 *
 * Most take "[y, x,] what, [attributes]": tai_curses_place() tells the forms apart by the number of arguments.
 */
#include "screen.h"

#define WIN(self) (((PyCursesWindowObject *)(self))->win)
#define METHOD(name) static PyObject *name(PyObject *self, PyObject *const *args, Py_ssize_t n)

/* The attributes at the end, if they were given; else as they were. 0 / -1. */
static int last_attr(const CursesPlace *p, int needed, long *attr)
{
    return p->n > needed ? tai_curses_attr(p->rest[needed], attr) : 0;
}

/* --------------------------------------------------------------- characters */

static int put_wide(WINDOW *win, const CursesPlace *p, wchar_t character, long attr)
{
    wchar_t text[2] = {character, 0};
    cchar_t cell;
    if (setcchar(&cell, text, (attr_t)attr, (short)PAIR_NUMBER(attr), NULL) == ERR)
        return ERR;
    return p->moved ? mvwadd_wch(win, p->y, p->x, &cell) : wadd_wch(win, &cell);
}

METHOD(win_addch)
{
    CursesPlace p;
    long attr = A_NORMAL;
    chtype narrow = 0;
    wchar_t wide = 0;
    int is_wide;
    if (tai_curses_place("window.addch", args, n, 1, 1, &p) < 0 || last_attr(&p, 1, &attr) < 0 ||
        tai_curses_character((PyCursesWindowObject *)self, p.rest[0], &narrow, &wide, &is_wide) < 0)
        return NULL;
    if (is_wide)
        return tai_curses_outcome(put_wide(WIN(self), &p, wide, attr), "add_wch");
    narrow |= (chtype)attr;
    return tai_curses_outcome(p.moved ? mvwaddch(WIN(self), p.y, p.x, narrow) : waddch(WIN(self), narrow), "addch");
}

METHOD(win_insch)
{
    CursesPlace p;
    long attr = A_NORMAL;
    chtype ch;
    if (tai_curses_place("window.insch", args, n, 1, 1, &p) < 0 || last_attr(&p, 1, &attr) < 0 ||
        tai_curses_chtype((PyCursesWindowObject *)self, p.rest[0], &ch) < 0)
        return NULL;
    ch |= (chtype)attr;
    return tai_curses_outcome(p.moved ? mvwinsch(WIN(self), p.y, p.x, ch) : winsch(WIN(self), ch), "insch");
}

METHOD(win_delch)
{
    CursesPlace p;
    if (tai_curses_place("window.delch", args, n, 0, 0, &p) < 0)
        return NULL;
    if (p.moved)
        return tai_curses_outcome(mvwdelch(WIN(self), p.y, p.x), "mvwdelch");
    return tai_curses_outcome(wdelch(WIN(self)), "wdelch");
}

/* "ch, [attr]", of echochar(), bkgd() and bkgdset(). 0 / -1. */
static int styled(PyObject *self, const char *name, PyObject *const *args, Py_ssize_t n, chtype *out)
{
    long attr = A_NORMAL;
    if (!_PyArg_CheckPositional(name, n, 1, 2) || tai_curses_chtype((PyCursesWindowObject *)self, args[0], out) < 0 ||
        (n > 1 && tai_curses_attr(args[1], &attr) < 0))
        return -1;
    *out |= (chtype)attr;
    return 0;
}

METHOD(win_echochar)
{
    chtype ch;
    if (styled(self, "echochar", args, n, &ch) < 0)
        return NULL;
    return tai_curses_outcome(is_pad(WIN(self)) ? pechochar(WIN(self), ch) : wechochar(WIN(self), ch), "echochar");
}

METHOD(win_bkgd)
{
    chtype ch;
    return styled(self, "bkgd", args, n, &ch) < 0 ? NULL : tai_curses_outcome(wbkgd(WIN(self), ch), "bkgd");
}

METHOD(win_bkgdset)
{
    chtype ch;
    if (styled(self, "bkgdset", args, n, &ch) < 0)
        return NULL;
    wbkgdset(WIN(self), ch);
    Py_RETURN_NONE;
}

/* --------------------------------------------------------------------- text */

/* The four methods of text: whether characters are inserted, and what errors call them. */
typedef struct {
    const char *name;
    int limited; /* does a count follow the text? */
    int inserts;
    const char *bytes_function, *wide_function;
} TextMethod;

static const TextMethod text_add = {"window.addstr", 0, 0, "addstr", "addwstr"};
static const TextMethod text_add_n = {"window.addnstr", 1, 0, "addnstr", "addnwstr"};
static const TextMethod text_insert = {"window.insstr", 0, 1, "insstr", "inswstr"};
static const TextMethod text_insert_n = {"window.insnstr", 1, 1, "insnstr", "insn_wstr"};

static int write_text(WINDOW *win, const TextMethod *how, const CursesText *text, int limit)
{
    if (text->wide)
        return how->inserts ? wins_nwstr(win, text->wide, limit) : waddnwstr(win, text->wide, limit);
    const char *bytes = PyBytes_AS_STRING(text->bytes);
    return how->inserts ? winsnstr(win, bytes, limit) : waddnstr(win, bytes, limit);
}

static PyObject *put_text(PyObject *self, const TextMethod *how, PyObject *const *args, Py_ssize_t n)
{
    WINDOW *win = WIN(self);
    int needed = 1 + how->limited;
    CursesPlace p;
    CursesText text;
    long attr = 0;
    int limit = -1;
    if (tai_curses_place(how->name, args, n, needed, 1, &p) < 0 ||
        (how->limited && tai_curses_ints(p.rest + 1, 1, &limit) < 0) || last_attr(&p, needed, &attr) < 0 ||
        tai_curses_text(p.rest[0], &text) < 0)
        return NULL;
    attr_t before = 0;
    short pair_before = 0;
    if (p.n > needed) {
        (void)wattr_get(win, &before, &pair_before, NULL);
        (void)wattrset(win, (int)attr);
    }
    int code = p.moved ? wmove(win, p.y, p.x) : OK;
    if (code != ERR)
        code = write_text(win, how, &text, limit);
    if (p.n > needed)
        (void)wattr_set(win, before, pair_before, NULL);
    const char *function = text.wide ? how->wide_function : how->bytes_function;
    tai_curses_text_free(&text);
    return tai_curses_outcome(code, function);
}

METHOD(win_addstr)
{
    return put_text(self, &text_add, args, n);
}

METHOD(win_addnstr)
{
    return put_text(self, &text_add_n, args, n);
}

METHOD(win_insstr)
{
    return put_text(self, &text_insert, args, n);
}

METHOD(win_insnstr)
{
    return put_text(self, &text_insert_n, args, n);
}

/* --------------------------------------------------------- lines and frames */

static PyObject *straight(PyObject *self, const char *name, PyObject *const *args, Py_ssize_t n, int (*draw)(WINDOW *, chtype, int))
{
    CursesPlace p;
    long attr = A_NORMAL;
    chtype ch;
    int length;
    if (tai_curses_place(name, args, n, 2, 1, &p) < 0 || tai_curses_ints(p.rest + 1, 1, &length) < 0 || last_attr(&p, 2, &attr) < 0 ||
        tai_curses_chtype((PyCursesWindowObject *)self, p.rest[0], &ch) < 0)
        return NULL;
    if (p.moved && wmove(WIN(self), p.y, p.x) == ERR)
        return tai_curses_outcome(ERR, "wmove");
    return tai_curses_outcome(draw(WIN(self), ch | (chtype)attr, length), name + strlen("window."));
}

METHOD(win_hline)
{
    return straight(self, "window.hline", args, n, whline);
}

METHOD(win_vline)
{
    return straight(self, "window.vline", args, n, wvline);
}

METHOD(win_border)
{
    chtype part[8] = {0};
    if (!_PyArg_CheckPositional("border", n, 0, 8))
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++)
        if (tai_curses_chtype((PyCursesWindowObject *)self, args[i], &part[i]) < 0)
            return NULL;
    wborder(WIN(self), part[0], part[1], part[2], part[3], part[4], part[5], part[6], part[7]);
    Py_RETURN_NONE;
}

METHOD(win_box)
{
    chtype vertical = 0, horizontal = 0;
    if (n != 0 && n != 2)
        return tai_curses_count_error("window.box", 0, 2);
    if (n == 2 && (tai_curses_chtype((PyCursesWindowObject *)self, args[0], &vertical) < 0 ||
                   tai_curses_chtype((PyCursesWindowObject *)self, args[1], &horizontal) < 0))
        return NULL;
    box(WIN(self), vertical, horizontal);
    Py_RETURN_NONE;
}

/* --------------------------------------------------------------- attributes */

/* "[y, x,] [num,] attr" */
METHOD(win_chgat)
{
    if (n < 1 || n > 4) {
        PyErr_SetString(PyExc_TypeError, "chgat requires 1 to 4 arguments");
        return NULL;
    }
    WINDOW *win = WIN(self);
    int place[2] = {0, 0}, count = -1;
    long attr;
    int moved = n >= 3, counted = n == 2 || n == 4;
    if ((moved && tai_curses_ints(args, 2, place) < 0) || (counted && tai_curses_ints(args + n - 2, 1, &count) < 0) ||
        tai_curses_attr(args[n - 1], &attr) < 0)
        return NULL;
    int y, x;
    getyx(win, y, x);
    if (moved) {
        y = place[0];
        x = place[1];
        if (wmove(win, y, x) == ERR)
            return tai_curses_outcome(ERR, "chgat");
    }
    (void)x;
    int code = wchgat(win, count, (attr_t)attr & A_ATTRIBUTES, (short)PAIR_NUMBER(attr), NULL);
    touchline(win, y, 1);
    return tai_curses_outcome(code, "chgat");
}

static PyObject *win_attroff(PyObject *self, PyObject *o)
{
    long attr;
    return tai_curses_attr(o, &attr) < 0 ? NULL : tai_curses_outcome(wattroff(WIN(self), (int)attr), "attroff");
}

static PyObject *win_attron(PyObject *self, PyObject *o)
{
    long attr;
    return tai_curses_attr(o, &attr) < 0 ? NULL : tai_curses_outcome(wattron(WIN(self), (int)attr), "attron");
}

static PyObject *win_attrset(PyObject *self, PyObject *o)
{
    long attr;
    return tai_curses_attr(o, &attr) < 0 ? NULL : tai_curses_outcome(wattrset(WIN(self), (int)attr), "attrset");
}

static PyObject *win_getbkgd(PyObject *self, PyObject *Py_UNUSED(unused))
{
    return PyLong_FromLong((long)getbkgd(WIN(self)));
}

/* ------------------------------------------------- from one window to another */

typedef int (*CopyWhole)(const WINDOW *, WINDOW *);

static PyObject *copy_to(PyObject *self, const char *name, PyObject *const *args, Py_ssize_t n, CopyWhole whole, int transparent)
{
    if (n != 1 && n != 7) {
        PyErr_Format(PyExc_TypeError, "_curses.window.%s requires 1 to 7 arguments", name);
        return NULL;
    }
    if (!PyCursesWindow_Check(args[0])) {
        PyErr_Format(PyExc_TypeError, "%s() argument 1 must be _curses.window, not %.50s", name,
                     args[0] == Py_None ? "None" : Py_TYPE(args[0])->tp_name);
        return NULL;
    }
    if (n == 1)
        return tai_curses_outcome(whole(WIN(self), WIN(args[0])), name);
    int area[6];
    if (tai_curses_ints(args + 1, 6, area) < 0)
        return NULL;
    return tai_curses_outcome(
        copywin(WIN(self), WIN(args[0]), area[0], area[1], area[2], area[3], area[4], area[5], transparent), "copywin");
}

METHOD(win_overlay)
{
    return copy_to(self, "overlay", args, n, overlay, 1);
}

METHOD(win_overwrite)
{
    return copy_to(self, "overwrite", args, n, overwrite, 0);
}

#define M(name, doc) {#name, (PyCFunction)(void (*)(void))win_##name, METH_FASTCALL, doc}
#define M1(name, flag, doc) {#name, win_##name, flag, doc}

PyMethodDef tai_curses_drawing[] = {
    M(addch, "addch([y, x,] ch, [attr=_curses.A_NORMAL])\n"
             "Write the character ch at (y, x), or where the cursor is, over what is there.\n\n"
             "  y, x\n    Place in the window.\n  ch\n    A character, as str or bytes of length 1, or its number.\n"
             "  attr\n    Attributes to draw it with."),
    M(addnstr, "addnstr([y, x,] str, n, [attr])\n"
               "Write no more than n characters of str at (y, x), or where the cursor is, with the attributes attr."),
    M(addstr, "addstr([y, x,] str, [attr])\n"
              "Write str at (y, x), or where the cursor is, with the attributes attr.\n\n"
              "Without attr those of the window are used.  Writing into the lower right corner\n"
              "raises error after the text has been written: the cursor has nowhere to go."),
    M1(attroff, METH_O, "attroff($self, attr, /)\n--\n\nTake the attributes attr from those that all writing into this window uses."),
    M1(attron, METH_O, "attron($self, attr, /)\n--\n\nAdd the attributes attr to those that all writing into this window uses."),
    M1(attrset, METH_O, "attrset($self, attr, /)\n--\n\nMake attr the attributes that all writing into this window uses."),
    M(bkgd, "bkgd($self, ch, attr=_curses.A_NORMAL, /)\n--\n\n"
            "Make ch, with attr, the background: cells that show the old one change too."),
    M(bkgdset, "bkgdset($self, ch, attr=_curses.A_NORMAL, /)\n--\n\n"
               "Make ch, with attr, the background of what is written or cleared from now on."),
    M(border, "border($self, ls=_curses.ACS_VLINE, rs=_curses.ACS_VLINE,\n"
              "       ts=_curses.ACS_HLINE, bs=_curses.ACS_HLINE,\n"
              "       tl=_curses.ACS_ULCORNER, tr=_curses.ACS_URCORNER,\n"
              "       bl=_curses.ACS_LLCORNER, br=_curses.ACS_LRCORNER, /)\n--\n\n"
              "Draw a frame along the edges of the window.\n\n"
              "Sides (left, right, top, bottom) come first, then corners (top left, top right,\n"
              "bottom left, bottom right).  A 0 stands for the usual character of that part."),
    M(box, "box([verch=0, horch=0])\n"
           "Draw a frame along the edges: verch left and right, horch above and below, usual corners."),
    M(chgat, "chgat([y, x,] [num,] attr)\n"
             "Give num characters, or all to the end of the line, the attributes attr.\n\n"
             "It begins at (y, x), or at the cursor, which stays or is moved there.  What the\n"
             "cells show does not change otherwise."),
    M(delch, "delch([y, x])\nRemove the character at (y, x), or under the cursor; the rest of the line moves left."),
    M(echochar, "echochar($self, ch, attr=_curses.A_NORMAL, /)\n--\n\nWrite ch with the attributes attr, and refresh at once."),
    M1(getbkgd, METH_NOARGS, "getbkgd($self, /)\n--\n\nReturn the background character of the window with its attributes, as a number."),
    M(hline, "hline([y, x,] ch, n, [attr=_curses.A_NORMAL])\n"
             "Draw a line of n characters ch from (y, x), or from the cursor, to the right."),
    M(insch, "insch([y, x,] ch, [attr=_curses.A_NORMAL])\n"
             "Insert ch at (y, x), or at the cursor: the rest of the line moves right, its last character is lost."),
    M(insnstr, "insnstr([y, x,] str, n, [attr])\n"
               "Insert no more than n characters of str before (y, x), or before the cursor; the cursor stays there.\n\n"
               "All of str is taken if n is 0 or less."),
    M(insstr, "insstr([y, x,] str, [attr])\n"
              "Insert str before (y, x), or before the cursor: the rest of the line moves right, its end is lost."),
    M(overlay, "overlay(destwin, [sminrow, smincol, dminrow, dmincol, dmaxrow, dmaxcol])\n"
               "Copy this window over destwin where they overlap; blanks do not hide what is there.\n\n"
               "The six numbers choose an area: where it begins here, and its first and last\n"
               "cell in destwin."),
    M(overwrite, "overwrite(destwin, [sminrow, smincol, dminrow, dmincol, dmaxrow,\n       dmaxcol])\n"
                 "Copy this window over destwin where they overlap, blanks too.  See overlay() for the area."),
    M(vline, "vline([y, x,] ch, n, [attr=_curses.A_NORMAL])\n"
             "Draw a line of n characters ch from (y, x), or from the cursor, downwards."),
    {NULL, NULL, 0, NULL},
};
