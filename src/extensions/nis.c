/* SPDX-License-Identifier: MIT */
/* nis: look things up in the maps of the Network Information Service, once called yellow pages.
 *
 * Maps have nicknames ("passwd" for "passwd.byname"). Keys and values of the map of mail aliases count a null byte at their end,
 * which callers do not see. Which maps there are is not for the client library to tell: maps() asks the server of some map itself.
 * All calls may wait for the network, without the GIL.
 * Tests: tests/extensions/test_nis.py.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"

#include <rpc/rpc.h>
#include <rpcsvc/yp_prot.h>
#include <rpcsvc/ypclnt.h>
#include <stdlib.h>
#include <string.h>

static PyObject *nis_error;

static const struct {
    const char *nickname, *map;
    int null_counts;
} known_maps[] = {
    {"passwd", "passwd.byname", 0}, {"group", "group.byname", 0}, {"networks", "networks.byaddr", 0}, {"hosts", "hosts.byname", 0},
    {"protocols", "protocols.bynumber", 0}, {"services", "services.byname", 0}, {"aliases", "mail.aliases", 1}, {"ethers", "ethers.byname", 0},
};

enum { KNOWN_MAPS = sizeof known_maps / sizeof known_maps[0] };

/* The map that is meant, and whether its texts count a null byte. */
static const char *full_name(const char *map, int *null_counts)
{
    *null_counts = 0;
    for (int i = 0; i < KNOWN_MAPS; i++)
        if (strcmp(map, known_maps[i].nickname) == 0 || strcmp(map, known_maps[i].map) == 0) {
            *null_counts = known_maps[i].null_counts;
            return known_maps[i].map;
        }
    return map;
}

static PyObject *failed(int code)
{
    PyErr_SetString(nis_error, yperr_string(code));
    return NULL;
}

/* The domain of this machine if none was given. 0, or -1 with the exception. */
static int choose_domain(char **domain)
{
    int code = *domain == NULL ? yp_get_default_domain(domain) : 0;
    if (code != 0)
        failed(code);
    return code != 0 ? -1 : 0;
}

static PyObject *decode(const char *text, int n, int null_counts)
{
    if (null_counts && n > 0 && text[n - 1] == '\0')
        n--;
    return PyUnicode_DecodeFSDefaultAndSize(text, n);
}

PyDoc_STRVAR(default_domain_doc, "get_default_domain() -> str\n\nThe NIS domain of this machine; nis.error if it belongs to none.");

static PyObject *get_default_domain(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(unused))
{
    char *domain = NULL;
    return choose_domain(&domain) < 0 ? NULL : PyUnicode_FromString(domain);
}

/* ---- one key ------------------------------------------------------------------------------------------------- */

PyDoc_STRVAR(match_doc, "match(key, map[, domain]) -> str\n\n\
What map has for key. map may be a nickname as of `ypcat -x`; domain defaults to that of this machine.\n\
Raises nis.error with the reason of the service.");

static PyObject *match(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"key", "map", "domain", NULL};
    PyObject *key, *bytes, *result;
    char *map, *domain = NULL, *start, *value = NULL;
    Py_ssize_t n;
    int null_counts, length = 0, code;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "Us|s:match", names, &key, &map, &domain))
        return NULL;
    if ((bytes = PyUnicode_EncodeFSDefault(key)) == NULL)
        return NULL;
    if (PyBytes_AsStringAndSize(bytes, &start, &n) < 0 || choose_domain(&domain) < 0) {
        Py_DECREF(bytes);
        return NULL;
    }
    const char *name = full_name(map, &null_counts);
    if (n >= INT_MAX) {
        Py_DECREF(bytes);
        return failed(YPERR_BADARGS);
    }
    Py_BEGIN_ALLOW_THREADS
    code = yp_match(domain, name, start, (int)n + null_counts, &value, &length);
    Py_END_ALLOW_THREADS
    Py_DECREF(bytes);
    if (code != 0)
        return failed(code);
    result = decode(value, length, null_counts);
    free(value);
    return result;
}

/* ---- a whole map --------------------------------------------------------------------------------------------- */

typedef struct {
    PyObject *dict;
    PyThreadState *state; /* of who asked: the entries come while the GIL is let go */
    int null_counts;
} Collection;

/* The client library calls this for each entry; an answer other than 0 ends it. */
static int collect(int status, char *key, int key_length, char *value, int value_length, char *data)
{
    Collection *c = (Collection *)data;
    PyObject *k, *v = NULL;
    int ended = 1;
    if (status != YP_TRUE)
        return 1;
    PyEval_RestoreThread(c->state);
    k = decode(key, key_length, c->null_counts);
    if (k != NULL && (v = decode(value, value_length, c->null_counts)) != NULL)
        ended = PyDict_SetItem(c->dict, k, v) < 0;
    Py_XDECREF(k);
    Py_XDECREF(v);
    c->state = PyEval_SaveThread();
    return ended;
}

PyDoc_STRVAR(cat_doc, "cat(map[, domain]) -> dict\n\n\
All keys and values of map. map may be a nickname as of `ypcat -x`; domain defaults to that of this machine.\n\
Raises nis.error with the reason of the service.");

static PyObject *cat(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"map", "domain", NULL};
    char *map, *domain = NULL;
    int code;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "s|s:cat", names, &map, &domain) || choose_domain(&domain) < 0)
        return NULL;
    Collection c = {.dict = PyDict_New()};
    if (c.dict == NULL)
        return NULL;
    struct ypall_callback callback = {collect, (char *)&c};
    const char *name = full_name(map, &c.null_counts);
    c.state = PyEval_SaveThread();
    code = yp_all(domain, name, &callback);
    PyEval_RestoreThread(c.state);
    if (code == 0 && !PyErr_Occurred())
        return c.dict;
    Py_DECREF(c.dict);
    return PyErr_Occurred() ? NULL : failed(code);
}

/* ---- which maps ---------------------------------------------------------------------------------------------- */

/* A server of the domain: the master of the first known map that has one. Allocated by the library; NULL with the exception. */
static char *find_server(char *domain)
{
    char *server = NULL;
    int found = 0;
    Py_BEGIN_ALLOW_THREADS
    for (int i = 0; i < KNOWN_MAPS && !found; i++)
        found = yp_master(domain, known_maps[i].map, &server) == 0;
    Py_END_ALLOW_THREADS
    if (!found)
        PyErr_SetString(nis_error, "No NIS master found for any map");
    return found ? server : NULL;
}

/* Ask server for the names of domain's maps. 0, or -1 with the exception. */
static int ask_server(char *server, char *domain, ypresp_maplist *answer)
{
    struct timeval limit = {25, 0};
    CLIENT *client;
    enum clnt_stat status = RPC_FAILED;
    Py_BEGIN_ALLOW_THREADS
    client = clnt_create(server, YPPROG, YPVERS, "tcp");
    if (client != NULL)
        status = clnt_call(client, YPPROC_MAPLIST, (xdrproc_t)xdr_domainname, (caddr_t)&domain, (xdrproc_t)xdr_ypresp_maplist,
                           (caddr_t)answer, limit);
    Py_END_ALLOW_THREADS
    if (client == NULL)
        PyErr_SetString(nis_error, clnt_spcreateerror(server));
    else if (status != RPC_SUCCESS)
        PyErr_SetString(nis_error, clnt_sperror(client, server));
    else if (answer->status != YP_TRUE)
        failed(ypprot_err((int)answer->status));
    if (client != NULL)
        clnt_destroy(client);
    return PyErr_Occurred() ? -1 : 0;
}

PyDoc_STRVAR(maps_doc, "maps([domain]) -> list of str\n\n\
The names of all maps of domain, which defaults to that of this machine. Raises nis.error if no server is found or answers.");

static PyObject *maps(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwargs)
{
    static char *names[] = {"domain", NULL};
    char *domain = NULL, *server;
    ypresp_maplist answer = {0};
    PyObject *list = NULL;
    if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|s:maps", names, &domain) || choose_domain(&domain) < 0)
        return NULL;
    if ((server = find_server(domain)) == NULL)
        return NULL;
    if (ask_server(server, domain, &answer) == 0)
        list = PyList_New(0);
    for (struct ypmaplist *entry = answer.list; list != NULL && entry != NULL; entry = entry->next) {
        PyObject *name = PyUnicode_FromString(entry->map);
        if (name == NULL || PyList_Append(list, name) < 0)
            Py_CLEAR(list);
        Py_XDECREF(name);
    }
    xdr_free((xdrproc_t)xdr_ypresp_maplist, (char *)&answer);
    free(server);
    return list;
}

/* ---- module -------------------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"match", (PyCFunction)(void (*)(void))match, METH_VARARGS | METH_KEYWORDS, match_doc},
    {"cat", (PyCFunction)(void (*)(void))cat, METH_VARARGS | METH_KEYWORDS, cat_doc},
    {"maps", (PyCFunction)(void (*)(void))maps, METH_VARARGS | METH_KEYWORDS, maps_doc},
    {"get_default_domain", get_default_domain, METH_NOARGS, default_domain_doc},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "nis",
    .m_doc = PyDoc_STR("Lookups in the maps of the Network Information Service (NIS, \"yellow pages\")."),
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_nis(void)
{
    PyObject *m = PyModule_Create(&module_def);
    if (m == NULL)
        return NULL;
    if (nis_error == NULL && (nis_error = PyErr_NewException("nis.error", NULL, NULL)) == NULL) {
        Py_DECREF(m);
        return NULL;
    }
    Py_INCREF(nis_error);
    if (PyModule_AddObject(m, "error", nis_error) < 0) {
        Py_DECREF(nis_error);
        Py_CLEAR(m);
    }
    return m;
}
