/* SPDX-License-Identifier: MIT */
/* _decimal: the module. objects.h says what is in which file. Tests: tests/modules/test_decimal_random.py,
 * the reference's test_decimal. */
#include "modules/_decimal/objects.h"

PyObject *tai_decimal_tuple, *tai_decimal_rational;

static PyMethodDef functions[] = {
    {"getcontext", tai_decimal_get_context, METH_NOARGS,
     "getcontext($module, /)\n--\n\nThe current context."},
    {"setcontext", tai_decimal_set_context, METH_O,
     "setcontext($module, context, /)\n--\n\nMake a context the current one."},
    {"localcontext", (PyCFunction)(void (*)(void))tai_decimal_local_context, METH_FASTCALL | METH_KEYWORDS,
     "localcontext($module, /, ctx=None)\n--\n\nA context manager: a copy of ctx, or of the current context, "
     "is current inside."},
    {NULL},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, .m_name = "decimal",    .m_doc = "Decimal arithmetic, native.",
    .m_size = -1,          .m_methods = functions,
};

static int add_object(PyObject *module, const char *name, PyObject *value) /* value borrowed */
{
    Py_XINCREF(value);
    return value ? PyModule_AddObject(module, name, value) : -1;
}

static int add_integer(PyObject *module, const char *name, Py_ssize_t value)
{
    PyObject *o = PyLong_FromSsize_t(value);
    return o ? PyModule_AddObject(module, name, o) : -1;
}

static PyObject *attribute_of(const char *module, const char *name)
{
    PyObject *m = PyImport_ImportModule(module), *value = m ? PyObject_GetAttrString(m, name) : NULL;
    Py_XDECREF(m);
    return value;
}

/* DecimalTuple */
static int make_tuple_type(PyObject *module)
{
    PyObject *maker = attribute_of("collections", "namedtuple"),
             *args = Py_BuildValue("(ss)", "DecimalTuple", "sign digits exponent");
    PyObject *names = Py_BuildValue("{ss}", "module", "decimal");
    if (maker && args && names)
        tai_decimal_tuple = PyObject_Call(maker, args, names);
    Py_XDECREF(maker);
    Py_XDECREF(args);
    Py_XDECREF(names);
    return add_object(module, "DecimalTuple", tai_decimal_tuple);
}

/* Decimal is a Number, though no Real: it does not mix with floats. */
static int register_number(void)
{
    PyObject *number = attribute_of("numbers", "Number");
    PyObject *done = number ? PyObject_CallMethod(number, "register", "O", &TaiDecimal_Type) : NULL;
    Py_XDECREF(number);
    Py_XDECREF(done);
    tai_decimal_rational = attribute_of("numbers", "Rational");
    return done && tai_decimal_rational ? 0 : -1;
}

static int fill(PyObject *module)
{
    if (PyType_Ready(&TaiDecimal_Type) < 0 ||
        add_object(module, "Decimal", (PyObject *)&TaiDecimal_Type) < 0 || tai_signals_prepare(module) < 0 ||
        tai_decimal_contexts_prepare(module) < 0 ||
        add_object(module, "Context", (PyObject *)&TaiDecimalContext_Type) < 0)
        return -1;
    if (register_number() < 0 || make_tuple_type(module) < 0)
        return -1;
    if (add_integer(module, "MAX_PREC", MOST_PREC) < 0 || add_integer(module, "MAX_EMAX", MOST_EMAX) < 0 ||
        add_integer(module, "MIN_EMIN", LEAST_EMIN) < 0 || add_integer(module, "MIN_ETINY", LEAST_ETINY) < 0)
        return -1;
    if (add_object(module, "HAVE_THREADS", Py_True) < 0 || add_object(module, "HAVE_CONTEXTVAR", Py_True) < 0)
        return -1;
    return PyModule_AddStringConstant(module, "__version__", "1.70") < 0 ||
                   PyModule_AddStringConstant(module, "__libmpdec_version__", "2.4.2") < 0
               ? -1
               : 0;
}

PyMODINIT_FUNC PyInit__decimal(void)
{
    tai_number_prepare();
    PyObject *module = PyModule_Create(&definition);
    if (module && fill(module) < 0)
        Py_CLEAR(module);
    return module;
}
