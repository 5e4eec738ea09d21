/* SPDX-License-Identifier: MIT */
/* Docstrings of C code carry the signature in their first lines:
 *
 *     name($self, /, x, y=1)\n--\n\nText
 *
 * If doc starts with the last part of name and "(", and the first line is followed by ")\n--\n\n", that head is the
 * __text_signature__, and the rest is the __doc__.
 */
#include "objects/type/type.h"

static const char end_mark[] = ")\n--\n\n";

/* Where the signature starts, at its '('; NULL if there is none. */
static const char *signature_start(const char *name, const char *doc)
{
    const char *dot = strrchr(name, '.');
    size_t n;
    if (doc == NULL)
        return NULL;
    if (dot)
        name = dot + 1;
    n = strlen(name);
    if (strncmp(doc, name, n) != 0 || doc[n] != '(')
        return NULL;
    return doc + n;
}

/* Just behind the end mark; NULL if it is missing (a blank line comes first). */
static const char *signature_end(const char *doc)
{
    for (; *doc; doc++) {
        if (*doc == *end_mark && strncmp(doc, end_mark, sizeof end_mark - 1) == 0)
            return doc + sizeof end_mark - 1;
        if (doc[0] == '\n' && doc[1] == '\n')
            return NULL;
    }
    return NULL;
}

const char *tai_doc_text(const char *name, const char *doc)
{
    const char *start = signature_start(name, doc), *end = start ? signature_end(start) : NULL;
    return end ? end : doc;
}

PyObject *_PyType_GetDocFromInternalDoc(const char *name, const char *doc)
{
    const char *text = doc ? tai_doc_text(name, doc) : NULL;
    if (text == NULL || *text == '\0')
        Py_RETURN_NONE;
    return PyUnicode_FromString(text);
}

PyObject *_PyType_GetTextSignatureFromInternalDoc(const char *name, const char *doc)
{
    const char *start = signature_start(name, doc), *end = start ? signature_end(start) : NULL;
    if (end == NULL)
        Py_RETURN_NONE;
    end -= sizeof end_mark - 1 - 1; /* keep the ')' */
    return PyUnicode_FromStringAndSize(start, end - start);
}
