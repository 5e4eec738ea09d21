/* SPDX-License-Identifier: MIT */
/* concrete: the concrete syntax tree, for the few who ask for it (module parser, PyParser_* of the C API).
 *
 * Source that is to run never takes this form: parse.h goes straight to the abstract tree. Here the automata of
 * defs/grammar.txt read the lexer's tokens into nodes (node.h), and nodes become an abstract tree by handing their leaves to the
 * usual parser.
 */
#ifndef TAI_FRONTEND_CONCRETE_H
#define TAI_FRONTEND_CONCRETE_H

#include "Python.h"
#include "Python-ast.h"
#include "grammar.h"
#include "node.h"

extern grammar _PyParser_Grammar __attribute__((visibility("default"))); /* its automata: grammar_tables.c */

/* The tree of text (NUL-terminated), whose root is of type start or, where the text names its encoding, an encoding_decl above that.
 * flags: PyCF_ and CO_FUTURE_BARRY_AS_BDFL. New; NULL with SyntaxError or what else parsing raises. Runs code (codecs). */
node *tai_concrete_parse(const char *text, PyObject *filename, int start, int flags);

/* The abstract tree of a concrete one, whoever made it. It is the arena's; NULL with an exception: what the compiler's front end
 * raises, or SystemError for leaves that are no tokens. flags may be NULL. */
mod_ty tai_concrete_to_abstract(const node *tree, PyObject *filename, PyCompilerFlags *flags, PyArena *arena);

#endif
