/* SPDX-License-Identifier: MIT */
/* Starts and ends the interpreter three times, with a sub-interpreter in between, then runs a command by PyConfig.
 * Prints "ok" at the end. Built against the core objects by tests/embedding/run.
 */
#include "Python.h"

static int round_trip(void)
{
    Py_Initialize();
    if (PyRun_SimpleString("import sys, re, json, threading, collections\n"
                           "class A: pass\n"
                           "a = A(); a.a = a\n"
                           "assert json.loads('[1]') == [1]\n") != 0)
        return -1;
    PyThreadState *main_state = PyThreadState_Get(), *sub = Py_NewInterpreter();
    if (sub == NULL || PyRun_SimpleString("import sys, json\nassert 'a' not in globals()\n") != 0)
        return -1;
    Py_EndInterpreter(sub);
    PyThreadState_Swap(main_state);
    if (PyRun_SimpleString("assert a.a is a\n") != 0)
        return -1;
    return Py_FinalizeEx();
}

int main(int argc, char **argv)
{
    for (int i = 0; i < 3; i++)
        if (round_trip() != 0)
            return 1;
    PyConfig config;
    PyConfig_InitPythonConfig(&config);
    char *words[] = {argv[0], "-c", "import sys; assert sys.argv == ['-c', 'x'] and sys.flags.isolated; print('ok')", "x"};
    config.isolated = 1;
    PyStatus status = PyConfig_SetBytesArgv(&config, 4, words);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
    return Py_RunMain();
}
