/* SPDX-License-Identifier: MIT */
/* style: whether errors are shown in colour. Tests: tests/program/test_colour.py */
#include "runtime/runtime.h"
#include "runtime/style.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const TaiStyle tai_style_plain = {"", "", "", "", "", "", "", "", 0};

static const TaiStyle style_terminal = {
    .path = "\033[36m", .line = "\033[33m", .function = "\033[32m",
    .mark = "\033[1;31m", .caret = "\033[1;31m",
    .error = "\033[1;35m", .message = "\033[35m",
    .off = "\033[0m", .marks = 1,
};

static int environment_objects(void)
{
    const char *term = getenv("TERM"), *own = Py_IgnoreEnvironmentFlag ? NULL : getenv("PYTHON_COLORS"), *none = getenv("NO_COLOR");
    return !term || !*term || strcmp(term, "dumb") == 0 || (own && strcmp(own, "0") == 0) || (none && *none);
}

const TaiStyle *tai_style_for(PyObject *file)
{
    int own = file == PySys_GetObject("__stderr__") && isatty(STDERR_FILENO);
    return own && !environment_objects() ? &style_terminal : &tai_style_plain;
}
