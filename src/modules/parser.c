/* SPDX-License-Identifier: MIT */
/* parser: concrete syntax trees as Python objects.
 *
 * An st holds a tree of nodes (frontend/concrete.h), and gives it as tuples or lists: (type, child...) for a rule, (type, text) for a token, with
 * line and column behind the text where they are asked for; a tree that says how its text was encoded has that as its last item.
 * sequence2st goes the other way: nodes are made first, then checked against the automata of the grammar, so that whatever is compiled
 * has the shape the parser gives.
 * Tests: tests/modules/test_parser.py
 */
#include "Python.h"

#include "Python-ast.h"
#include "ast.h"
#include "errcode.h"
#include "frontend/concrete.h"
#include "frontend/parse.h"
#include "graminit.h"
#include "runtime/recursion.h"
#include "token.h"

typedef struct {
    PyObject_HEAD
    node *tree;             /* owned */
    int is_suite;
    PyCompilerFlags flags;
} SyntaxTree;

static PyTypeObject SyntaxTreeType;
static PyObject *parser_error;

/* Steals tree. */
static PyObject *new_st(node *tree, int is_suite)
{
    SyntaxTree *st = PyObject_New(SyntaxTree, &SyntaxTreeType);
    if (st == NULL) {
        PyNode_Free(tree);
        return NULL;
    }
    st->tree = tree;
    st->is_suite = is_suite;
    st->flags = _PyCompilerFlags_INIT;
    return (PyObject *)st;
}

static void st_dealloc(SyntaxTree *st)
{
    PyNode_Free(st->tree);
    PyObject_Del(st);
}

/* ---- trees -> sequences ---- */

typedef struct {
    int as_list, lines, columns;
} Form;

static int has_text(const node *n)
{
    return ISTERMINAL(n->n_type) || n->n_type == encoding_decl;
}

static PyObject *to_sequence(const node *n, const Form *form);

/* The items of a node. 0, or -1. */
static int fill(PyObject **items, const node *n, const Form *form)
{
    int i = 0;
    if ((items[i++] = PyLong_FromLong(n->n_type)) == NULL)
        return -1;
    for (int k = 0; k < n->n_nchildren && ISNONTERMINAL(n->n_type); k++)
        if ((items[i++] = to_sequence(&n->n_child[k], form)) == NULL)
            return -1;
    if (has_text(n) && (items[i++] = PyUnicode_FromString(n->n_str ? n->n_str : "")) == NULL)
        return -1;
    if (!ISTERMINAL(n->n_type))
        return 0;
    if (form->lines && (items[i++] = PyLong_FromLong(n->n_lineno)) == NULL)
        return -1;
    return form->columns && (items[i] = PyLong_FromLong(n->n_col_offset)) == NULL ? -1 : 0;
}

static PyObject *to_sequence(const node *n, const Form *form)
{
    Py_ssize_t size = 1 + (ISNONTERMINAL(n->n_type) ? n->n_nchildren : 0) + has_text(n);
    if (ISTERMINAL(n->n_type))
        size += form->lines + form->columns;
    if (tai_need_stack(" while giving a syntax tree") < 0)
        return NULL;
    PyObject *result = form->as_list ? PyList_New(size) : PyTuple_New(size);
    if (result == NULL)
        return NULL;
    if (fill(form->as_list ? ((PyListObject *)result)->ob_item : ((PyTupleObject *)result)->ob_item, n, form) < 0)
        Py_CLEAR(result);
    return result;
}

/* st2tuple, st2list and the methods that do the same. self is the st, or the module. */
static PyObject *give(PyObject *self, PyObject *args, PyObject *kwds, int as_list, const char *of_function, const char *of_method)
{
    static char *of_both[] = {"st", "line_info", "col_info", NULL};
    Form form = {.as_list = as_list};
    SyntaxTree *st = (SyntaxTree *)self;
    if (Py_TYPE(self) == &SyntaxTreeType
            ? !PyArg_ParseTupleAndKeywords(args, kwds, of_method, of_both + 1, &form.lines, &form.columns)
            : !PyArg_ParseTupleAndKeywords(args, kwds, of_function, of_both, &SyntaxTreeType, &st, &form.lines, &form.columns))
        return NULL;
    return to_sequence(st->tree, &form);
}

static PyObject *st2tuple(PyObject *self, PyObject *args, PyObject *kwds)
{
    return give(self, args, kwds, 0, "O!|pp:st2tuple", "|pp:totuple");
}

static PyObject *st2list(PyObject *self, PyObject *args, PyObject *kwds)
{
    return give(self, args, kwds, 1, "O!|pp:st2list", "|pp:tolist");
}

/* ---- sequences -> trees ---- */

static int refuse(PyObject *element, const char *message)
{
    PyObject *args = Py_BuildValue("Os", element, message);
    if (args != NULL)
        PyErr_SetObject(parser_error, args);
    Py_XDECREF(args);
    return -1;
}

/* Item i of a sequence as an int; new_line stays where there is no such item. 0, or -1. */
static int int_item(PyObject *sequence, Py_ssize_t i, int *value)
{
    PyObject *item = PySequence_GetItem(sequence, i);
    if (item == NULL)
        return -1;
    if (!PyLong_Check(item)) {
        PyErr_Format(parser_error, "third item in terminal node must be an integer, found %s", Py_TYPE(item)->tp_name);
        Py_DECREF(item);
        return -1;
    }
    *value = _PyLong_AsInt(item);
    Py_DECREF(item);
    return *value == -1 && PyErr_Occurred() ? -1 : 0;
}

/* The text of a str, copied; NULL with an exception. */
static char *copy_text(PyObject *text)
{
    Py_ssize_t size;
    const char *utf8 = PyUnicode_AsUTF8AndSize(text, &size);
    char *copy = utf8 ? PyObject_Malloc((size_t)size + 1) : NULL;
    if (copy != NULL)
        memcpy(copy, utf8, (size_t)size + 1);
    else if (utf8 != NULL)
        PyErr_NoMemory();
    return copy;
}

/* The text of a token, copied, and *line where one is given. */
static char *read_token(PyObject *element, int *line)
{
    Py_ssize_t size = PySequence_Size(element);
    if (size != 2 && size != 3) {
        if (size >= 0)
            PyErr_SetString(parser_error, "terminal nodes must have 2 or 3 entries");
        return NULL;
    }
    PyObject *text = PySequence_GetItem(element, 1);
    char *copy = NULL;
    if (text == NULL)
        return NULL;
    if (!PyUnicode_Check(text))
        PyErr_Format(parser_error, "second item in terminal node must be a string, found %s", Py_TYPE(text)->tp_name);
    else if (size == 2 || int_item(element, 2, line) == 0)
        copy = copy_text(text);
    Py_DECREF(text);
    return copy;
}

/* The type of a node, in *type. 0, or -1 with ParserError. */
static int read_type(PyObject *element, int *type)
{
    PyObject *first = PySequence_Check(element) && PySequence_Size(element) > 0 ? PySequence_GetItem(element, 0) : NULL;
    int is_int = first != NULL && PyLong_Check(first);
    *type = is_int ? _PyLong_AsInt(first) : -1;
    Py_XDECREF(first);
    if (*type >= 0 && *type <= SHRT_MAX)
        return 0;
    PyErr_Clear();
    return refuse(element, "Illegal node construct.");
}

static int add_children(node *parent, PyObject *sequence, int *line);

/* Add what element describes to its parent. Runs code. */
static int add_element(node *parent, PyObject *element, int *line)
{
    int type;
    if (read_type(element, &type) < 0)
        return -1;
    char *text = NULL;
    if (ISTERMINAL(type) && (text = read_token(element, line)) == NULL)
        return -1;
    int status = PyNode_AddChild(parent, type, text, *line, 0, *line, 0);
    if (status != 0) {
        PyObject_Free(text);
        if (status == E_NOMEM)
            PyErr_NoMemory();
        else
            PyErr_SetString(PyExc_ValueError, "unsupported number of child nodes");
        return -1;
    }
    *line += type == NEWLINE;
    return ISTERMINAL(type) ? 0 : add_children(&parent->n_child[parent->n_nchildren - 1], element, line);
}

static int add_children(node *parent, PyObject *sequence, int *line)
{
    Py_ssize_t size = PySequence_Size(sequence);
    if (size < 0 || tai_need_stack(" while building a syntax tree") < 0)
        return -1;
    if (parent->n_type == encoding_decl && parent->n_str == NULL) /* the text comes last */
        size--;
    for (Py_ssize_t i = 1; i < size; i++) {
        PyObject *element = PySequence_GetItem(sequence, i);
        int status = element ? add_element(parent, element, line) : -1;
        Py_XDECREF(element);
        if (status < 0)
            return -1;
    }
    return 0;
}

/* The tree that a sequence describes, unchecked. New, or NULL. */
static node *from_sequence(PyObject *sequence)
{
    int type, line = 0;
    PyObject *first = PySequence_Size(sequence) > 0 ? PySequence_GetItem(sequence, 0) : NULL;
    long number = first && PyLong_Check(first) ? PyLong_AsLong(first) : 0;
    Py_XDECREF(first);
    PyErr_Clear();
    if (number >= 0 && number < NT_OFFSET) {
        refuse(sequence, "Illegal syntax-tree; cannot start with terminal symbol.");
        return NULL;
    }
    if (read_type(sequence, &type) < 0)
        return NULL;
    node *tree = PyNode_New(type);
    if (tree == NULL)
        return (node *)PyErr_NoMemory();
    if (type == encoding_decl) {
        PyObject *coding = PySequence_GetItem(sequence, PySequence_Size(sequence) - 1), *text = NULL;
        if (coding != NULL && PyUnicode_Check(coding))
            text = coding;
        int status = text ? add_children(tree, sequence, &line) : -1;
        tree->n_str = status == 0 ? copy_text(text) : NULL;
        if (text == NULL && !PyErr_Occurred())
            PyErr_SetString(parser_error, "missed encoding");
        Py_XDECREF(coding);
        if (tree->n_str != NULL)
            return tree;
    } else if (add_children(tree, sequence, &line) == 0)
        return tree;
    PyNode_Free(tree);
    return NULL;
}

/* ---- checking trees ---- */

static int is_rule(int type) { return ISNONTERMINAL(type) && type - NT_OFFSET < _PyParser_Grammar.g_ndfas; }

static const char *name_of(int type)
{
    return ISTERMINAL(type) ? _PyParser_TokenNames[type] : _PyParser_Grammar.g_dfa[type - NT_OFFSET].d_name;
}

static int wrong_count(const dfa *rule)
{
    PyErr_Format(parser_error, "Illegal number of children for %s node.", rule->d_name);
    return -1;
}

/* A child that no arc of the state takes. */
static int wrong_child(const dfa *rule, const state *s, const node *child)
{
    const label *wanted = &_PyParser_Grammar.g_ll.ll_label[s->s_arc[0].a_lbl];
    if (s->s_arc[0].a_lbl == EMPTY)
        return wrong_count(rule);
    if (ISNONTERMINAL(wanted->lb_type))
        PyErr_Format(parser_error, "Expected %s, got %s.", name_of(wanted->lb_type), name_of(child->n_type));
    else if (wanted->lb_str != NULL)
        PyErr_Format(parser_error, "Illegal terminal: expected '%s'.", wanted->lb_str);
    else
        PyErr_Format(parser_error, "Illegal terminal: expected %s.", name_of(wanted->lb_type));
    return -1;
}

/* The state after child, or NULL. The parser gives the body of a function as a suite. */
static const state *next_state(const dfa *rule, const state *s, const node *child)
{
    for (int i = 0; i < s->s_narcs; i++) {
        const label *l = &_PyParser_Grammar.g_ll.ll_label[s->s_arc[i].a_lbl];
        int is_type = l->lb_type == child->n_type || (l->lb_type == func_body_suite && child->n_type == suite);
        int is_text = l->lb_str == NULL || (child->n_str != NULL && strcmp(child->n_str, l->lb_str) == 0);
        if (s->s_arc[i].a_lbl != EMPTY && is_type && is_text)
            return &rule->d_state[s->s_arc[i].a_arrow];
    }
    return NULL;
}

/* 0, or -1 with ParserError if the tree is none that the grammar allows. */
static int check(const node *tree)
{
    if (tai_need_stack(" while checking a syntax tree") < 0)
        return -1;
    const dfa *rule = &_PyParser_Grammar.g_dfa[tree->n_type - NT_OFFSET];
    const state *s = rule->d_state, *next;
    for (int i = 0; i < tree->n_nchildren; i++, s = next) {
        const node *child = &tree->n_child[i];
        if (!is_rule(child->n_type) && (ISNONTERMINAL(child->n_type) || child->n_type >= N_TOKENS)) {
            PyErr_Format(parser_error, "Unrecognized node type %d.", child->n_type);
            return -1;
        }
        next = next_state(rule, s, child);
        if (next == NULL)
            return wrong_child(rule, s, child);
        if (ISNONTERMINAL(child->n_type) && check(child) < 0)
            return -1;
    }
    for (int i = 0; i < s->s_narcs; i++)
        if (s->s_arc[i].a_lbl == EMPTY)
            return 0;
    return wrong_count(rule);
}

static PyObject *sequence2st(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"sequence", NULL};
    PyObject *sequence;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, "O:sequence2st", keywords, &sequence))
        return NULL;
    if (!PySequence_Check(sequence)) {
        PyErr_SetString(PyExc_ValueError, "sequence2st() requires a single sequence argument");
        return NULL;
    }
    node *tree = from_sequence(sequence);
    if (tree == NULL)
        return NULL;
    const node *top = tree->n_type == encoding_decl && tree->n_nchildren > 0 ? &tree->n_child[0] : tree;
    if (top->n_type != eval_input && top->n_type != file_input)
        PyErr_SetString(parser_error, "parse tree does not use a valid start symbol");
    else if (check(top) == 0)
        return new_st(tree, top->n_type == file_input);
    PyNode_Free(tree);
    return NULL;
}

/* ---- source -> trees ---- */

static PyObject *parse(PyObject *args, PyObject *kwds, const char *format, int start)
{
    static char *keywords[] = {"source", NULL};
    const char *text;
    if (!PyArg_ParseTupleAndKeywords(args, kwds, format, keywords, &text))
        return NULL;
    PyObject *filename = PyUnicode_FromString("<string>");
    node *tree = filename ? tai_concrete_parse(text, filename, start, 0) : NULL;
    Py_XDECREF(filename);
    return tree ? new_st(tree, start == file_input) : NULL;
}

static PyObject *parse_expr(PyObject *self, PyObject *args, PyObject *kwds)
{
    return parse(args, kwds, "s:expr", eval_input);
}

static PyObject *parse_suite(PyObject *self, PyObject *args, PyObject *kwds)
{
    return parse(args, kwds, "s:suite", file_input);
}

/* ---- what can be done with a tree ---- */

static PyObject *compile(PyObject *self, PyObject *args, PyObject *kwds)
{
    static char *keywords[] = {"st", "filename", NULL};
    SyntaxTree *st = (SyntaxTree *)self;
    PyObject *filename = NULL, *code = NULL;
    if (Py_TYPE(self) == &SyntaxTreeType
            ? !PyArg_ParseTupleAndKeywords(args, kwds, "|O&:compile", keywords + 1, PyUnicode_FSDecoder, &filename)
            : !PyArg_ParseTupleAndKeywords(args, kwds, "O!|O&:compilest", keywords, &SyntaxTreeType, &st, PyUnicode_FSDecoder, &filename))
        return NULL;
    if (filename == NULL && (filename = PyUnicode_FromString("<syntax-tree>")) == NULL)
        return NULL;
    PyArena *arena = PyArena_New();
    mod_ty tree = arena ? tai_concrete_to_abstract(st->tree, filename, &st->flags, arena) : NULL;
    if (tree != NULL)
        code = (PyObject *)PyAST_CompileObject(tree, filename, &st->flags, -1, arena);
    if (arena != NULL)
        PyArena_Free(arena);
    Py_DECREF(filename);
    return code;
}

static PyObject *is_kind(PyObject *self, PyObject *args, PyObject *kwds, const char *of_function, const char *of_method, int suite_wanted)
{
    static char *keywords[] = {"st", NULL};
    SyntaxTree *st = (SyntaxTree *)self;
    if (Py_TYPE(self) == &SyntaxTreeType ? !PyArg_ParseTupleAndKeywords(args, kwds, of_method, keywords + 1)
                                         : !PyArg_ParseTupleAndKeywords(args, kwds, of_function, keywords, &SyntaxTreeType, &st))
        return NULL;
    return PyBool_FromLong(st->is_suite == suite_wanted);
}

static PyObject *is_expr(PyObject *self, PyObject *args, PyObject *kwds)
{
    return is_kind(self, args, kwds, "O!:isexpr", ":isexpr", 0);
}

static PyObject *is_suite(PyObject *self, PyObject *args, PyObject *kwds)
{
    return is_kind(self, args, kwds, "O!:issuite", ":issuite", 1);
}

static PyObject *st_sizeof(SyntaxTree *st, PyObject *unused)
{
    return PyLong_FromSsize_t((Py_ssize_t)sizeof(SyntaxTree) + _PyNode_SizeOf(st->tree));
}

static int sign_of(int a, int b) { return (a > b) - (a < b); }

/* < 0, 0, > 0; -2 with RecursionError. */
static int compare_trees(const node *a, const node *b)
{
    if (tai_need_stack(" in comparison") < 0)
        return -2;
    if (a->n_type != b->n_type)
        return sign_of(a->n_type, b->n_type);
    if (ISTERMINAL(a->n_type))
        return sign_of(strcmp(a->n_str ? a->n_str : "", b->n_str ? b->n_str : ""), 0);
    if (a->n_nchildren != b->n_nchildren)
        return sign_of(a->n_nchildren, b->n_nchildren);
    for (int i = 0; i < a->n_nchildren; i++) {
        int order = compare_trees(&a->n_child[i], &b->n_child[i]);
        if (order != 0)
            return order;
    }
    return 0;
}

static PyObject *st_compare(PyObject *a, PyObject *b, int op)
{
    if (Py_TYPE(a) != &SyntaxTreeType || Py_TYPE(b) != &SyntaxTreeType)
        Py_RETURN_NOTIMPLEMENTED;
    const SyntaxTree *left = (SyntaxTree *)a, *right = (SyntaxTree *)b;
    int order = left == right ? 0 : sign_of(left->is_suite, right->is_suite);
    if (left != right && order == 0)
        order = compare_trees(left->tree, right->tree);
    if (order == -2)
        return NULL;
    Py_RETURN_RICHCOMPARE(order, 0, op);
}

/* For copyreg: how to make an st again. */
static PyObject *pickler(PyObject *module, PyObject *args)
{
    SyntaxTree *st;
    Form form = {.lines = 1};
    if (!PyArg_ParseTuple(args, "O!:_pickler", &SyntaxTreeType, &st))
        return NULL;
    PyObject *sequence = to_sequence(st->tree, &form), *make = sequence ? PyObject_GetAttrString(module, "sequence2st") : NULL;
    PyObject *result = make ? Py_BuildValue("O(O)", make, sequence) : NULL;
    Py_XDECREF(sequence);
    Py_XDECREF(make);
    return result;
}

/* ---- the type and the module ---- */

#define WITH_KEYWORDS(function) (PyCFunction)(void (*)(void))function, METH_VARARGS | METH_KEYWORDS

static PyMethodDef st_methods[] = {
    {"compile", WITH_KEYWORDS(compile), PyDoc_STR("The code object of this tree. filename: what its co_filename says, '<syntax-tree>' if not given.")},
    {"isexpr", WITH_KEYWORDS(is_expr), PyDoc_STR("Whether this came from expr().")},
    {"issuite", WITH_KEYWORDS(is_suite), PyDoc_STR("Whether this came from suite().")},
    {"tolist", WITH_KEYWORDS(st2list), PyDoc_STR("The tree as nested lists; line_info and col_info: tokens have their place.")},
    {"totuple", WITH_KEYWORDS(st2tuple), PyDoc_STR("The tree as nested tuples; line_info and col_info: tokens have their place.")},
    {"__sizeof__", (PyCFunction)st_sizeof, METH_NOARGS, PyDoc_STR("Bytes in memory, the nodes included.")},
    {NULL},
};

static PyTypeObject SyntaxTreeType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "parser.st",
    .tp_basicsize = sizeof(SyntaxTree),
    .tp_dealloc = (destructor)st_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A concrete syntax tree.",
    .tp_richcompare = st_compare,
    .tp_methods = st_methods,
};

static PyMethodDef methods[] = {
    {"compilest", WITH_KEYWORDS(compile), PyDoc_STR("The code object of st. filename: what its co_filename says, '<syntax-tree>' if not given.")},
    {"expr", WITH_KEYWORDS(parse_expr), PyDoc_STR("The st of an expression, given as str; SyntaxError if it is none.")},
    {"isexpr", WITH_KEYWORDS(is_expr), PyDoc_STR("Whether st came from expr().")},
    {"issuite", WITH_KEYWORDS(is_suite), PyDoc_STR("Whether st came from suite().")},
    {"sequence2st", WITH_KEYWORDS(sequence2st), PyDoc_STR("The st that nested sequences describe; ParserError if the grammar does not allow it.")},
    {"st2list", WITH_KEYWORDS(st2list), PyDoc_STR("st as nested lists; line_info and col_info: tokens have their place.")},
    {"st2tuple", WITH_KEYWORDS(st2tuple), PyDoc_STR("st as nested tuples; line_info and col_info: tokens have their place.")},
    {"suite", WITH_KEYWORDS(parse_suite), PyDoc_STR("The st of a module's source, given as str; SyntaxError if it is none.")},
    {"tuple2st", WITH_KEYWORDS(sequence2st), PyDoc_STR("The same as sequence2st().")},
    {"_pickler", pickler, METH_VARARGS, PyDoc_STR("How to make st again, for copyreg.")},
    {NULL},
};

PyDoc_STRVAR(doc, "Python source as concrete syntax trees: what the grammar says, token by token. The module ast is the better choice.");

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "parser", doc, -1, methods, NULL, NULL, NULL, NULL};

static int register_pickler(PyObject *module)
{
    PyObject *copyreg = PyImport_ImportModuleNoBlock("copyreg"), *function = PyObject_GetAttrString(module, "_pickler"), *done = NULL;
    if (copyreg != NULL && function != NULL)
        done = PyObject_CallMethod(copyreg, "pickle", "OO", &SyntaxTreeType, function);
    Py_XDECREF(copyreg);
    Py_XDECREF(function);
    Py_XDECREF(done);
    return done ? 0 : -1;
}

PyMODINIT_FUNC PyInit_parser(void)
{
    if (PyType_Ready(&SyntaxTreeType) < 0)
        return NULL;
    PyObject *module = PyModule_Create(&definition);
    if (module == NULL)
        return NULL;
    if (parser_error == NULL)
        parser_error = PyErr_NewException("parser.ParserError", NULL, NULL);
    Py_XINCREF(parser_error);
    Py_INCREF(&SyntaxTreeType);
    if (PyModule_AddObject(module, "ParserError", parser_error) < 0 || PyModule_AddObject(module, "STType", (PyObject *)&SyntaxTreeType) < 0 ||
        PyModule_AddStringConstant(module, "__copyright__", "Copyright the authors of taipan; MIT licence.") < 0 ||
        PyModule_AddStringConstant(module, "__version__", "0.5") < 0 || register_pickler(module) < 0)
        Py_CLEAR(module);
    return module;
}
