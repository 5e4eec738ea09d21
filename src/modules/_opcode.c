/* SPDX-License-Identifier: MIT */
/* _opcode: stack_effect(), for dis. */
#include "Python.h"
#include "opcode.h"

PyDoc_STRVAR(stack_effect_doc, "stack_effect($module, opcode, oparg=None, /, *, jump=None)\n--\n\n"
"By how many items an instruction makes the stack grow.\n\n"
"jump says for which way: True if it jumps, False if not, None for the larger of the two.");

static PyObject *stack_effect(PyObject *module, PyObject *const *args, Py_ssize_t count, PyObject *kwnames)
{
    static const char *const names[] = {"", "", "jump", NULL};
    static struct _PyArg_Parser parser = {.format = "i|O$O:stack_effect", .keywords = names};
    PyObject *arg_object = Py_None, *jump_object = Py_None;
    int opcode, arg = 0, jump, effect;
    if (!_PyArg_ParseStackAndKeywords(args, count, kwnames, &parser, &opcode, &arg_object, &jump_object))
        return NULL;
    if (HAS_ARG(opcode)) {
        if (arg_object == Py_None) {
            PyErr_SetString(PyExc_ValueError, "stack_effect: opcode requires oparg but oparg was not specified");
            return NULL;
        }
        arg = (int)PyLong_AsLong(arg_object);
        if (arg == -1 && PyErr_Occurred())
            return NULL;
    }
    else if (arg_object != Py_None) {
        PyErr_SetString(PyExc_ValueError, "stack_effect: opcode does not permit oparg but oparg was specified");
        return NULL;
    }
    if (jump_object == Py_None)
        jump = -1;
    else if (jump_object == Py_True || jump_object == Py_False)
        jump = jump_object == Py_True;
    else {
        PyErr_SetString(PyExc_ValueError, "stack_effect: jump must be False, True or None");
        return NULL;
    }
    effect = PyCompile_OpcodeStackEffectWithJump(opcode, arg, jump);
    if (effect == PY_INVALID_STACK_EFFECT) {
        PyErr_SetString(PyExc_ValueError, "invalid opcode or oparg");
        return NULL;
    }
    return PyLong_FromLong(effect);
}

static PyMethodDef methods[] = {
    {"stack_effect", (PyCFunction)(void (*)(void))stack_effect, METH_FASTCALL | METH_KEYWORDS, stack_effect_doc},
    {NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_opcode",
    .m_doc = "The native part of opcode.",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__opcode(void)
{
    return PyModule_Create(&definition);
}
