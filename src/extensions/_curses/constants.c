/* SPDX-License-Identifier: MIT */
/* constants: the numbers of the curses library that Python programs see: attributes, colours, keys, buttons, line drawing. */
#include "screen.h"

typedef struct {
    const char *name;
    long value;
} Constant;

#define C(name) {#name, (long)name}
static const Constant attributes[] = {
    C(A_ATTRIBUTES), C(A_NORMAL), C(A_STANDOUT), C(A_UNDERLINE), C(A_REVERSE), C(A_BLINK), C(A_DIM), C(A_BOLD), C(A_ALTCHARSET),
    C(A_INVIS), C(A_PROTECT), C(A_CHARTEXT), C(A_COLOR), C(A_HORIZONTAL), C(A_LEFT), C(A_LOW), C(A_RIGHT), C(A_TOP), C(A_VERTICAL),
#ifdef A_ITALIC
    C(A_ITALIC),
#endif
};

static const Constant colors[] = {
    C(COLOR_BLACK), C(COLOR_RED), C(COLOR_GREEN), C(COLOR_YELLOW), C(COLOR_BLUE), C(COLOR_MAGENTA), C(COLOR_CYAN), C(COLOR_WHITE),
};

#define BUTTON(n) \
    C(BUTTON##n##_PRESSED), C(BUTTON##n##_RELEASED), C(BUTTON##n##_CLICKED), C(BUTTON##n##_DOUBLE_CLICKED), \
        C(BUTTON##n##_TRIPLE_CLICKED)
static const Constant mouse[] = {
    BUTTON(1), BUTTON(2), BUTTON(3), BUTTON(4), C(BUTTON_SHIFT), C(BUTTON_CTRL), C(BUTTON_ALT), C(ALL_MOUSE_EVENTS),
    C(REPORT_MOUSE_POSITION),
};

#define K(name) {"KEY_" #name, KEY_##name}
static const Constant keys[] = {
    K(A1), K(A3), K(B2), K(BACKSPACE), K(BEG), K(BREAK), K(BTAB), K(C1), K(C3), K(CANCEL), K(CATAB), K(CLEAR), K(CLOSE), K(COMMAND),
    K(COPY), K(CREATE), K(CTAB), K(DC), K(DL), K(DOWN), K(EIC), K(END), K(ENTER), K(EOL), K(EOS), K(EXIT), K(FIND), K(HELP), K(HOME),
    K(IC), K(IL), K(LEFT), K(LL), K(MARK), K(MESSAGE), K(MOUSE), K(MOVE), K(NEXT), K(NPAGE), K(OPEN), K(OPTIONS), K(PPAGE),
    K(PREVIOUS), K(PRINT), K(REDO), K(REFERENCE), K(REFRESH), K(REPLACE), K(RESET), K(RESIZE), K(RESTART), K(RESUME), K(RIGHT),
    K(SAVE), K(SBEG), K(SCANCEL), K(SCOMMAND), K(SCOPY), K(SCREATE), K(SDC), K(SDL), K(SELECT), K(SEND), K(SEOL), K(SEXIT), K(SF),
    K(SFIND), K(SHELP), K(SHOME), K(SIC), K(SLEFT), K(SMESSAGE), K(SMOVE), K(SNEXT), K(SOPTIONS), K(SPREVIOUS), K(SPRINT), K(SR),
    K(SREDO), K(SREPLACE), K(SRESET), K(SRIGHT), K(SRSUME), K(SSAVE), K(SSUSPEND), K(STAB), K(SUNDO), K(SUSPEND), K(UNDO), K(UP),
    K(MIN), K(MAX), C(ERR), C(OK),
};

enum { FUNCTION_KEYS = 64 };

static int add_all(PyObject *dict, const Constant *row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        PyObject *number = PyLong_FromLong(row[i].value);
        int status = number ? PyDict_SetItemString(dict, row[i].name, number) : -1;
        Py_XDECREF(number);
        if (status < 0)
            return -1;
    }
    return 0;
}

#define ADD_ALL(dict, table) add_all(dict, table, Py_ARRAY_LENGTH(table))

int tai_curses_add_constants(PyObject *module)
{
    PyObject *dict = PyModule_GetDict(module);
    if (ADD_ALL(dict, attributes) < 0 || ADD_ALL(dict, colors) < 0 || ADD_ALL(dict, mouse) < 0 || ADD_ALL(dict, keys) < 0)
        return -1;
    for (int i = 0; i < FUNCTION_KEYS; i++) {
        char name[sizeof "KEY_F00"];
        PyOS_snprintf(name, sizeof name, "KEY_F%d", i);
        if (PyModule_AddIntConstant(module, name, KEY_F(i)) < 0)
            return -1;
    }
    return 0;
}

#define A(name) {#name, (long)name}

int tai_curses_add_line_drawing(PyObject *dict)
{
    /* Each is looked up in a table of the library, which initscr() fills. */
    const Constant line_drawing[] = {
        A(ACS_ULCORNER), A(ACS_LLCORNER), A(ACS_URCORNER), A(ACS_LRCORNER), A(ACS_LTEE), A(ACS_RTEE), A(ACS_BTEE), A(ACS_TTEE),
        A(ACS_HLINE), A(ACS_VLINE), A(ACS_PLUS), A(ACS_S1), A(ACS_S3), A(ACS_S7), A(ACS_S9), A(ACS_DIAMOND), A(ACS_CKBOARD),
        A(ACS_DEGREE), A(ACS_PLMINUS), A(ACS_BULLET), A(ACS_LARROW), A(ACS_RARROW), A(ACS_DARROW), A(ACS_UARROW), A(ACS_BOARD),
        A(ACS_LANTERN), A(ACS_BLOCK), A(ACS_LEQUAL), A(ACS_GEQUAL), A(ACS_PI), A(ACS_NEQUAL), A(ACS_STERLING), A(ACS_BSSB),
        A(ACS_SSBB), A(ACS_BBSS), A(ACS_SBBS), A(ACS_SBSS), A(ACS_SSSB), A(ACS_SSBS), A(ACS_BSSS), A(ACS_BSBS), A(ACS_SBSB),
        A(ACS_SSSS),
    };
    return ADD_ALL(dict, line_drawing);
}
