/* SPDX-License-Identifier: MIT */
/* pyforward.h: names of structures, before anything needs them. */
#ifndef TAIPAN_PYFORWARD_H
#define TAIPAN_PYFORWARD_H

typedef struct _object PyObject;
typedef struct _Py_Identifier _Py_Identifier;
typedef struct bufferinfo Py_buffer;
typedef struct _typeobject PyTypeObject;
typedef struct _heaptypeobject PyHeapTypeObject;
typedef struct _longobject PyLongObject;
typedef struct PyMethodDef PyMethodDef;
typedef struct PyModuleDef_Base PyModuleDef_Base;
typedef struct PyModuleDef_Slot PyModuleDef_Slot;
typedef struct PyModuleDef PyModuleDef;
typedef struct _traceback PyTracebackObject;
typedef struct _Py_tss_t Py_tss_t;
typedef struct _err_stackitem _PyErr_StackItem;
typedef struct _ts PyThreadState;
typedef struct _xid _PyCrossInterpreterData;
typedef struct PyGetSetDef PyGetSetDef;
typedef struct _PyWeakReference PyWeakReference;
typedef struct PyStructSequence_Field PyStructSequence_Field;
typedef struct PyStructSequence_Desc PyStructSequence_Desc;
typedef struct _PyArg_Parser _PyArg_Parser;
typedef struct _addr_pair PyAddrPair;
typedef struct _frame PyFrameObject;
typedef struct PyMemberDef PyMemberDef;
typedef struct _node node;
typedef struct _dictkeysobject PyDictKeysObject;
typedef struct _odictobject PyODictObject;
typedef struct _is PyInterpreterState;
typedef struct _pycontextobject PyContext;
typedef struct _pycontextvarobject PyContextVar;
typedef struct _pycontexttokenobject PyContextToken;
typedef struct _arena PyArena;
typedef struct _PyOpcache _PyOpcache;
struct timeval;
struct tm;
struct _mod;
struct _node;
struct symtable;

#endif
