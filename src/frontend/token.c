/* SPDX-License-Identifier: MIT */
/* token: names of tokens, and operators by their characters (token.h), from defs/token.def.
 * Tests: tests/frontend/test_more.py. */
#include "frontend/lexer.h"

PyAPI_DATA(const char *const) _PyParser_TokenNames[];
PyAPI_FUNC(int) PyToken_OneChar(int);
PyAPI_FUNC(int) PyToken_TwoChars(int, int);
PyAPI_FUNC(int) PyToken_ThreeChars(int, int, int);

const char *const _PyParser_TokenNames[] = {
#define TOKEN(name, number, text) #name,
#include "defs/token.def"
    "<N_TOKENS>",
};

/* The token whose text is exactly these characters, or OP. */
static int find(int a, int b, int c)
{
    static const struct {
        unsigned char number;
        char text[4];
    } operators[] = {
#define TOKEN(name, number, text) {number, text},
#include "defs/token.def"
    };
    for (size_t i = 0; i < Py_ARRAY_LENGTH(operators); i++) {
        const char *text = operators[i].text;
        if (text[0] && text[0] == a && text[1] == b && (!b || text[2] == c))
            return operators[i].number;
    }
    return T_OP;
}

int PyToken_OneChar(int c)
{
    return find(c, 0, 0);
}

int PyToken_TwoChars(int a, int b)
{
    return a == '<' && b == '>' ? T_NOTEQUAL : b ? find(a, b, 0) : T_OP;
}

int PyToken_ThreeChars(int a, int b, int c)
{
    return b && c ? find(a, b, c) : T_OP;
}
