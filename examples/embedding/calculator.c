/* SPDX-License-Identifier: MIT */
/* calculator SCRIPT NUMBER...: run a Python script that may `import host`, then print what its function total(numbers) says. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* ---- the module `host`, as the script sees it */

static PyObject *host_rate(PyObject *module, PyObject *args)
{
    const char *currency;
    if (!PyArg_ParseTuple(args, "s:rate", &currency))
        return NULL;
    if (strcmp(currency, "EUR") == 0)
        return PyFloat_FromDouble(1.0);
    return PyErr_Format(PyExc_LookupError, "no rate for %s", currency);
}

static PyMethodDef host_functions[] = {
    {"rate", host_rate, METH_VARARGS, PyDoc_STR("rate(currency): what one unit is worth, in euros. Raises LookupError.")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef host_definition = {PyModuleDef_HEAD_INIT, "host", "What the program offers to scripts.", 0, host_functions};

static PyObject *host_init(void) { return PyModuleDef_Init(&host_definition); }

/* ---- running */

static void start(const char *program)
{
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.write_bytecode = 0;
    PyStatus status = PyConfig_SetBytesString(&config, &config.program_name, program);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    if (PyStatus_Exception(status))
        Py_ExitStatusException(status);
}

/* The names that the script defined; new, NULL with an exception. */
static PyObject *run_script(const char *path)
{
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    PyObject *names = PyDict_New(), *result = NULL;
    if (names != NULL && PyDict_SetItemString(names, "__builtins__", PyEval_GetBuiltins()) == 0)
        result = PyRun_FileEx(file, path, Py_file_input, names, names, 1);
    else
        fclose(file);
    if (result == NULL)
        Py_CLEAR(names);
    Py_XDECREF(result);
    return names;
}

/* total([numbers]); new, NULL with an exception. */
static PyObject *call_total(PyObject *names, int count, char **words)
{
    PyObject *total = PyDict_GetItemString(names, "total"); /* borrowed */
    if (total == NULL)
        return PyErr_Format(PyExc_NameError, "the script has no function total()");
    PyObject *numbers = PyList_New(count);
    for (int i = 0; numbers != NULL && i < count; i++) {
        PyObject *number = PyLong_FromString(words[i], NULL, 10);
        if (number == NULL)
            Py_CLEAR(numbers);
        else
            PyList_SET_ITEM(numbers, i, number);
    }
    PyObject *result = numbers ? PyObject_CallFunctionObjArgs(total, numbers, NULL) : NULL;
    Py_XDECREF(numbers);
    return result;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s SCRIPT NUMBER...\n", argv[0]);
        return 2;
    }
    PyImport_AppendInittab("host", host_init);
    start(argv[0]);
    PyObject *names = run_script(argv[1]), *result = names ? call_total(names, argc - 2, argv + 2) : NULL;
    if (result != NULL) {
        PyObject_Print(result, stdout, Py_PRINT_RAW);
        putchar('\n');
    } else {
        PyErr_Print();
    }
    Py_XDECREF(names);
    int failed = result == NULL;
    Py_XDECREF(result);
    return Py_FinalizeEx() < 0 || failed;
}
