/* SPDX-License-Identifier: MIT */
/* The long parts of instructions, out of line. Each may be called by machine code as well.
 * Unless said otherwise: arguments borrowed, results new, failure NULL or -1 with an exception; all of them run code. */
#ifndef TAI_VM_HELPERS_H
#define TAI_VM_HELPERS_H

#include "vm/frame.h"

/* names */
PyObject *tai_vm_load_name(TaiFrame *f, PyObject *name);
int tai_vm_store_name(TaiFrame *f, PyObject *name, PyObject *v);
int tai_vm_delete_name(TaiFrame *f, PyObject *name);
PyObject *tai_vm_load_global(PyObject *globals, PyObject *builtins, PyObject *name);
int tai_vm_delete_global(TaiFrame *f, PyObject *name);
PyObject *tai_vm_load_classderef(TaiFrame *f, uint32_t index);
void tai_vm_raise_unbound_local(TaiFrame *f, uint32_t index);
void tai_vm_raise_unbound_deref(TaiFrame *f, uint32_t index);
PyObject *tai_vm_load_build_class(TaiFrame *f);
int tai_vm_setup_annotations(TaiFrame *f);

/* import */
PyObject *tai_vm_import_name(TaiFrame *f, PyObject *name, PyObject *fromlist, PyObject *level);
PyObject *tai_vm_import_from(PyObject *module, PyObject *name);
int tai_vm_import_star(TaiFrame *f, PyObject *module);

/* A dict for an instance that has none yet: see specialise.c. */
PyDictObject *tai_vm_new_instance_dict(PyObject *o, uint32_t version);

/* data */
int tai_vm_unpack(PyObject *v, int before, int after, PyObject **sp); /* fills sp[-1] downwards: before, list, after (after < 0: none) */
PyObject *tai_vm_build_string(PyObject **items, Py_ssize_t n);
PyObject *tai_vm_format_value(PyObject *v, PyObject *spec, int flags);
PyObject *tai_vm_build_map(PyObject **items, Py_ssize_t n);
PyObject *tai_vm_build_const_key_map(PyObject **values, Py_ssize_t n, PyObject *keys);
PyObject *tai_vm_build_list_unpack(PyObject **items, Py_ssize_t n, int tuple, PyObject *func_or_null);
PyObject *tai_vm_build_map_unpack(PyObject **items, Py_ssize_t n, PyObject *func_or_null);
PyObject *tai_vm_compare(int op, PyObject *a, PyObject *b); /* COMPARE_OP in all its meanings */
PyObject *tai_vm_concat(PyObject *a_steal, PyObject *b, TaiFrame *f, const TaiUnit *next); /* str + str, growing a in place */
int tai_vm_print_expr(PyObject *v);
PyObject *tai_vm_make_function(TaiFrame *f, PyObject **sp, uint32_t flags); /* sp: behind the operands; steals them on success */

/* calls */
PyObject *tai_vm_call_ex(PyThreadState *ts, PyObject *func, PyObject *args, PyObject *kwargs);
int tai_vm_check_star_args(PyObject *func, PyObject *args);
PyObject *tai_vm_star_kwargs(PyObject *func, PyObject *kwargs); /* a dict made of a mapping */
PyObject *tai_vm_call_profiled(PyThreadState *ts, PyObject *func, PyObject *const *args, size_t nargsf, PyObject *kwnames);

/* exceptions */
int tai_vm_raise(PyThreadState *ts, PyObject *exc_steal, PyObject *cause_steal); /* 1: re-raised the current one; 0 */
PyObject *tai_vm_special_lookup(PyObject *obj, _Py_Identifier *id); /* AttributeError with the name if absent */
PyObject *tai_vm_get_awaitable(PyObject *obj, int previous_op);

#endif
