/* SPDX-License-Identifier: MIT */
/* _codecs_cn, _codecs_hk, _codecs_iso2022, _codecs_jp, _codecs_kr, _codecs_tw: getcodec(name) for the codecs of a country. */
#include "codec.h"

static Codec *find(const char *const *names, Codec *all, const char *name)
{
    for (; names && *names && strcmp(*names, name) != 0; names++) {
    }
    if (names && *names == NULL)
        return NULL;
    while (all->name && strcmp(all->name, name) != 0)
        all++;
    return all->name ? all : NULL;
}

static PyObject *get_codec(const char *const *names, Codec *all, PyObject *arg)
{
    if (!PyUnicode_Check(arg)) {
        PyErr_SetString(PyExc_TypeError, "encoding name must be a string.");
        return NULL;
    }
    const char *name = PyUnicode_AsUTF8(arg);
    Codec *c = name ? find(names, all, name) : NULL;
    if (c == NULL) {
        if (name)
            PyErr_SetString(PyExc_LookupError, "no such codec is supported.");
        return NULL;
    }
    for (int i = 0; c->tables[i]; i++) {
        const Table *t = tai_cjk_table(c->tables[i]);
        if (t == NULL)
            return NULL;
        if (i == 0)
            c->table = t;
    }
    return tai_cjk_codec_object(c);
}

static const char *const cn[] = {"gb2312", "gbk", "gb18030", "hz", NULL};
static const char *const hk[] = {"big5hkscs", NULL};
static const char *const jp[] = {"shift_jis", "cp932", "euc_jp", "shift_jis_2004", "euc_jis_2004", "euc_jisx0213", "shift_jisx0213", NULL};
static const char *const kr[] = {"euc_kr", "cp949", "johab", NULL};
static const char *const tw[] = {"big5", "cp950", NULL};

#define MODULE(name, names, all)                                                                                  \
    static PyObject *getcodec_##name(PyObject *Py_UNUSED(module), PyObject *arg)                                  \
    {                                                                                                             \
        return get_codec(names, all, arg);                                                                        \
    }                                                                                                             \
    static PyMethodDef methods_##name[] = {{"getcodec", getcodec_##name, METH_O, ""}, {NULL, NULL, 0, NULL}};     \
    static struct PyModuleDef def_##name = {PyModuleDef_HEAD_INIT, .m_name = "_codecs_" #name, .m_size = -1, .m_methods = methods_##name};

MODULE(cn, cn, tai_cjk_plain)
MODULE(hk, hk, tai_cjk_plain)
MODULE(iso2022, NULL, tai_cjk_iso2022)
MODULE(jp, jp, tai_cjk_plain)
MODULE(kr, kr, tai_cjk_plain)
MODULE(tw, tw, tai_cjk_plain)

PyMODINIT_FUNC PyInit__codecs_cn(void)
{
    return PyModule_Create(&def_cn);
}

PyMODINIT_FUNC PyInit__codecs_hk(void)
{
    return PyModule_Create(&def_hk);
}

PyMODINIT_FUNC PyInit__codecs_iso2022(void)
{
    return PyModule_Create(&def_iso2022);
}

PyMODINIT_FUNC PyInit__codecs_jp(void)
{
    return PyModule_Create(&def_jp);
}

PyMODINIT_FUNC PyInit__codecs_kr(void)
{
    return PyModule_Create(&def_kr);
}

PyMODINIT_FUNC PyInit__codecs_tw(void)
{
    return PyModule_Create(&def_tw);
}
