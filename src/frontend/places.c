/* SPDX-License-Identifier: MIT */
/* places: compile a source anew to learn columns.
 *
 * The compiler is given the list of questions; where it assembles a code object that equals a question's, it looks up the expression that
 * emitted the instruction (answer_places in assemble.c). A code object that was compiled from another text, or with other options,
 * finds no equal: then there is no answer, never a wrong one. Warnings are not given again.
 * Tests: tests/frontend/test_ast.py (through coloured tracebacks).
 */
#include "frontend/places.h"
#include "frontend/compiler.h"
#include "frontend/parse.h"
#include "frontend/parser.h"

enum { INPUTS_KEPT = 100 };

static int is_open(const TaiPlace *place, PyObject *filename)
{
    PyObject *own = place->code->co_filename;
    return !place->answers && (own == filename || PyUnicode_Compare(own, filename) == 0);
}

/* One compilation with the options of the first question that is open. */
static void compile_with(TaiPlace *places, int count, PyObject *filename, const char *text, size_t size, int start)
{
    int first = 0;
    while (first < count && !is_open(&places[first], filename))
        first++;
    PyArena *arena = first < count ? PyArena_New() : NULL;
    if (arena) {
        PyCompilerFlags flags = _PyCompilerFlags_INIT;
        flags.cf_flags = (places[first].code->co_flags & PyCF_MASK) | TAI_CF_QUIET;
        mod_ty mod = start == Py_file_input ? tai_parse_file_text(text, size, NULL, filename, start, &flags, arena)
                                            : tai_parse_string(text, filename, start, &flags, arena);
        if (mod)
            tai_compile_for_places(mod, filename, &flags, arena, places, count);
        PyArena_Free(arena);
    }
    PyErr_Clear();
}

void tai_places_in_text(TaiPlace *places, int count, PyObject *filename, const char *text, size_t size)
{
    compile_with(places, count, filename, text, size, Py_file_input);
}

/* ---- interactive inputs ---- */

/* The list of (filename, text) of this interpreter, borrowed; NULL if there is none. */
static PyObject *inputs(int create)
{
    static const char key[] = "interactive inputs";
    PyObject *own = PyInterpreterState_GetDict(PyThreadState_GET()->interp), *list = own ? PyDict_GetItemString(own, key) : NULL;
    if (own && !list && create && (list = PyList_New(0)) != NULL) {
        PyDict_SetItemString(own, key, list);
        Py_DECREF(list);
        list = PyDict_GetItemString(own, key);
    }
    return list;
}

void tai_places_remember(PyObject *filename, const char *text, size_t size)
{
    PyObject *list = inputs(1), *entry = list ? Py_BuildValue("(Os#)", filename, text, (Py_ssize_t)size) : NULL;
    if (entry && PyList_Append(list, entry) == 0 && PyList_GET_SIZE(list) > INPUTS_KEPT)
        PyList_SetSlice(list, 0, 1, NULL);
    Py_XDECREF(entry);
    PyErr_Clear();
}

void tai_places_in_inputs(TaiPlace *places, int count, PyObject *filename)
{
    PyObject *list = inputs(0);
    for (Py_ssize_t i = list ? PyList_GET_SIZE(list) : 0; i > 0; i--) {
        PyObject *entry = PyList_GET_ITEM(list, i - 1), *text = PyTuple_GET_ITEM(entry, 1);
        Py_ssize_t size;
        const char *data = PyUnicode_AsUTF8AndSize(text, &size);
        if (!data || PyUnicode_Compare(PyTuple_GET_ITEM(entry, 0), filename) != 0)
            continue;
        compile_with(places, count, filename, data, size, Py_single_input);
        for (int j = 0; j < count; j++)
            if (places[j].answers && !places[j].text && PyUnicode_Compare(places[j].code->co_filename, filename) == 0) {
                Py_INCREF(text);
                places[j].text = text;
            }
    }
    PyErr_Clear();
}
