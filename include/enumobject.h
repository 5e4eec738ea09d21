/* SPDX-License-Identifier: MIT */
/* enumobject.h: enumerate and reversed. */
#ifndef TAIPAN_ENUMOBJECT_H
#define TAIPAN_ENUMOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

PyAPI_DATA(PyTypeObject) PyEnum_Type;
PyAPI_DATA(PyTypeObject) PyReversed_Type;
#ifdef __cplusplus
}
#endif

#endif
