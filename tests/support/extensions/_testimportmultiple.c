/* SPDX-License-Identifier: MIT */
/* Test module: one shared object with three modules in it. */
#include "Python.h"

#define MODULE(name)                                                                                                   \
    PyMODINIT_FUNC PyInit_##name(void)                                                                                 \
    {                                                                                                                  \
        static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, #name, "One of three in a file.", -1,           \
                                                NULL, NULL, NULL, NULL, NULL};                                         \
        return PyModule_Create(&definition);                                                                           \
    }

MODULE(_testimportmultiple)
MODULE(_testimportmultiple_foo)
MODULE(_testimportmultiple_bar)
