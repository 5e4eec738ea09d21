/* SPDX-License-Identifier: MIT */
/* Counters, their listing, and the checks of debug builds at every step (stats.h).
 * Tests: tests/vm/test_diagnostics.py
 */
#include "vm/stats.h"

TaiStats tai_stats;
PyObject *tai_stats_forms;

void tai_stats_record_form(PyCodeObject *code)
{
    PyObject *type, *value, *traceback;
    PyErr_Fetch(&type, &value, &traceback);
    if (PyList_Append(tai_stats_forms, (PyObject *)code) < 0)
        PyErr_Clear();
    PyErr_Restore(type, value, traceback);
}

/* ---- the listing ---- */

static void print_by_instruction(FILE *file, const char *title, const uint64_t *counts, int n)
{
    uint64_t total = 0;
    for (int i = 0; i < n; i++)
        total += counts[i];
    if (total == 0)
        return;
    fprintf(file, "%s: %llu\n", title, (unsigned long long)total);
    /* Each round prints the greatest counts below those printed last. */
    for (uint64_t below = UINT64_MAX, next = 1; next > 0; below = next) {
        next = 0;
        for (int i = 0; i < n; i++)
            if (counts[i] < below && counts[i] > next)
                next = counts[i];
        for (int i = 0; i < n && next > 0; i++)
            if (counts[i] == next)
                fprintf(file, "  %12llu %5.1f%%  %s\n", (unsigned long long)next, 100.0 * (double)next / (double)total,
                        tai_exec_op_name(i));
    }
}

void tai_stats_print(FILE *file)
{
#define COUNTER(name, text) fprintf(file, "%12llu  %s\n", (unsigned long long)tai_stats.name, text);
#include "defs/counter.def"
    print_by_instruction(file, "specialised, by what instructions became", tai_stats.specialised, TAI_OP_COUNT);
    print_by_instruction(file, "guards that failed", tai_stats.missed, TAI_OP_COUNT);
    print_by_instruction(file, "attempts that found no form", tai_stats.failed, 256);
    print_by_instruction(file, "instructions run", tai_stats.executed, TAI_OP_COUNT);
}

/* ---- every step of a debug build ---- */

static void complain(const TaiFrame *frame, const TaiUnit *pc, const char *what, long found, long expected)
{
    fprintf(stderr, "before unit %td: %s %ld, not %ld\n", pc - frame->exec->units, what, found, expected);
    tai_exec_dump(frame->code, stderr);
    Py_FatalError("the evaluator has lost its way");
}

void tai_stats_step(const TaiFrame *frame, const TaiUnit *pc, PyObject **sp)
{
    const TaiExec *exec = frame->exec;
    Py_ssize_t i = pc - exec->units;
    tai_stats.executed[pc->op]++;
    if (i < 0 || i >= (Py_ssize_t)exec->nunits)
        complain(frame, pc, "number of the unit", (long)i, (long)exec->nunits);
    long depth = (long)(sp - frame->slots - exec->nslots);
    if (exec->depth[i] != EXEC_UNREACHED && exec->depth[i] != depth)
        complain(frame, pc, "stack depth", depth, exec->depth[i]);
    if (depth > 0 && sp[-1] != NULL && (Py_REFCNT(sp[-1]) <= 0 || Py_REFCNT(Py_TYPE(sp[-1])) <= 0))
        complain(frame, pc, "reference count of the top value", (long)Py_REFCNT(sp[-1]), 1);
}
