/* SPDX-License-Identifier: MIT */
/* _json: what its files share. */
#ifndef TAI_MODULES_JSON_H
#define TAI_MODULES_JSON_H

#include "Python.h"

extern PyTypeObject tai_json_scanner_type, tai_json_encoder_type;

PyObject *tai_json_scanstring(PyObject *module, PyObject *args);

#endif
