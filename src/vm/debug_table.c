/* SPDX-License-Identifier: MIT */
/* Where debuggers find things: offsets in structs that are ours and may change, with their names.
 *
 * A debugger reads the memory of a process that is stopped, or of a core file; often there is no type information. It finds this
 * table through _PyRuntime (runtime/layout.h), looks offsets up by name, and needs to know nothing else that is not 3.8's ABI.
 * Used by tools/gdb/taipan_gdb.py. Tests: tests/program/test_gdb.py
 */
#include "objects/dict/dict.h"
#include "runtime/layout.h"
#include "vm/frame.h"
#include "vm/generator.h"

#define ROWS(ROW)                                                                                                        \
    ROW("runtime.current", offsetof(TaiRuntime, current))                                                                \
    ROW("runtime.interpreters", offsetof(TaiRuntime, head))                                                              \
    ROW("interpreter.next", offsetof(PyInterpreterState, next))                                                          \
    ROW("interpreter.threads", offsetof(PyInterpreterState, tstate_head))                                                \
    ROW("thread.next", offsetof(PyThreadState, next))                                                                    \
    ROW("thread.id", offsetof(PyThreadState, thread_id))                                                                 \
    ROW("thread.frame", offsetof(TaiThread, frame))                                                                      \
    ROW("frame.back", offsetof(TaiFrame, back))                                                                          \
    ROW("frame.pc", offsetof(TaiFrame, pc))                                                                              \
    ROW("frame.exec", offsetof(TaiFrame, exec))                                                                          \
    ROW("frame.code", offsetof(TaiFrame, code))                                                                          \
    ROW("frame.globals", offsetof(TaiFrame, globals))                                                                    \
    ROW("frame.builtins", offsetof(TaiFrame, builtins))                                                                  \
    ROW("frame.locals", offsetof(TaiFrame, locals))                                                                      \
    ROW("frame.slots", offsetof(TaiFrame, slots))                                                                        \
    ROW("exec.units", offsetof(TaiExec, units))                                                                          \
    ROW("unit.size", sizeof(TaiUnit))                                                                                    \
    ROW("keys.count", offsetof(PyDictKeysObject, nentries))                                                              \
    ROW("keys.entries", offsetof(PyDictKeysObject, entries))                                                             \
    ROW("entry.key", offsetof(TaiDictEntry, key))                                                                        \
    ROW("entry.value", offsetof(TaiDictEntry, value))                                                                    \
    ROW("entry.size", sizeof(TaiDictEntry))                                                                              \
    ROW("code.name", offsetof(PyCodeObject, co_name))                                                                    \
    ROW("code.filename", offsetof(PyCodeObject, co_filename))                                                            \
    ROW("code.firstlineno", offsetof(PyCodeObject, co_firstlineno))                                                      \
    ROW("code.lnotab", offsetof(PyCodeObject, co_lnotab))                                                                \
    ROW("code.varnames", offsetof(PyCodeObject, co_varnames))                                                            \
    ROW("code.cellvars", offsetof(PyCodeObject, co_cellvars))                                                            \
    ROW("code.freevars", offsetof(PyCodeObject, co_freevars))

#define NAME_OF(name, value) name " "
#define VALUE_OF(name, value) (value),
static const char names[] = ROWS(NAME_OF);
static const uint64_t values[] = {ROWS(VALUE_OF)};
const TaiDebugTable tai_debug_table = {.names = names, .values = values};
