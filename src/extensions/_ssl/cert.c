/* SPDX-License-Identifier: MIT */
/* Certificates as dicts, names as tuples of tuples. */
#include "ssl.h"

PyObject *ssl_cert_bytes(X509 *cert)
{
    unsigned char *der = NULL;
    int n = i2d_X509(cert, &der);
    if (n < 0)
        return SSL_FAIL(NULL);
    PyObject *bytes = PyBytes_FromStringAndSize((char *)der, n);
    OPENSSL_free(der);
    return bytes;
}

static PyObject *object_name(const ASN1_OBJECT *o, int no_name)
{
    char buffer[256], *text = buffer;
    int n = OBJ_obj2txt(buffer, sizeof buffer, o, no_name);
    if (n < 0)
        return SSL_FAIL(NULL);
    if (n == 0)
        Py_RETURN_NONE;
    if (n >= (int)sizeof buffer) {
        text = PyMem_Malloc((size_t)n + 1);
        if (text == NULL)
            return PyErr_NoMemory();
        OBJ_obj2txt(text, n + 1, o, no_name);
    }
    PyObject *result = PyUnicode_FromStringAndSize(text, n);
    if (text != buffer)
        PyMem_Free(text);
    return result;
}

/* (nid, short name, long name, dotted numbers). New. */
PyObject *ssl_object_info(const ASN1_OBJECT *o, int Py_UNUSED(no_name))
{
    int nid = OBJ_obj2nid(o);
    if (nid == NID_undef) {
        PyErr_SetString(PyExc_ValueError, "Unknown object");
        return NULL;
    }
    PyObject *numbers = object_name(o, 1);
    return numbers ? Py_BuildValue("issN", nid, OBJ_nid2sn(nid), OBJ_nid2ln(nid), numbers) : NULL;
}

static PyObject *name_entry(X509_NAME_ENTRY *entry)
{
    PyObject *key = object_name(X509_NAME_ENTRY_get_object(entry), 0);
    unsigned char *text;
    if (key == NULL)
        return NULL;
    int n = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(entry));
    if (n < 0) {
        Py_DECREF(key);
        return SSL_FAIL(NULL);
    }
    PyObject *pair = Py_BuildValue("Ns#", key, (char *)text, (Py_ssize_t)n);
    OPENSSL_free(text);
    return pair;
}

static int append_steal(PyObject *list, PyObject *o)
{
    int status = o ? PyList_Append(list, o) : -1;
    Py_XDECREF(o);
    return status;
}

static PyObject *as_tuple_steal(PyObject *list)
{
    PyObject *t = list ? PyList_AsTuple(list) : NULL;
    Py_XDECREF(list);
    return t;
}

/* A tuple of sets of (key, value). New. */
static PyObject *name_tuple(X509_NAME *name)
{
    PyObject *sets = PyList_New(0), *set = PyList_New(0);
    int level = -1, status = sets && set ? 0 : -1;
    for (int i = 0; status == 0 && i < X509_NAME_entry_count(name); i++) {
        X509_NAME_ENTRY *entry = X509_NAME_get_entry(name, i);
        if (level >= 0 && X509_NAME_ENTRY_set(entry) != level) {
            status = append_steal(sets, PyList_AsTuple(set));
            Py_SETREF(set, PyList_New(0));
        }
        level = X509_NAME_ENTRY_set(entry);
        if (status == 0 && set)
            status = append_steal(set, name_entry(entry));
    }
    if (status == 0 && set && PyList_GET_SIZE(set))
        status = append_steal(sets, PyList_AsTuple(set));
    Py_XDECREF(set);
    if (status < 0)
        Py_CLEAR(sets);
    return as_tuple_steal(sets);
}

/* ------------------------------------------------------------------ alternative names */

static PyObject *ip_address(const ASN1_OCTET_STRING *ip)
{
    const unsigned char *p = ip->data;
    if (ip->length == 4)
        return PyUnicode_FromFormat("%d.%d.%d.%d", p[0], p[1], p[2], p[3]);
    if (ip->length != 16)
        return PyUnicode_FromFormat("<invalid>");
    char text[64];
    int n = 0;
    for (int i = 0; i < 16; i += 2)
        n += sprintf(text + n, i ? ":%X" : "%X", p[i] << 8 | p[i + 1]);
    return PyUnicode_FromString(text);
}

/* "kind:value" as OpenSSL prints it, parted. New. */
static PyObject *printed_name(GENERAL_NAME *name)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char buffer[2048];
    if (bio == NULL)
        return PyErr_NoMemory();
    GENERAL_NAME_print(bio, name);
    int n = BIO_gets(bio, buffer, sizeof buffer - 1);
    BIO_free(bio);
    if (n < 0)
        return SSL_FAIL(NULL);
    buffer[n] = '\0';
    char *colon = strchr(buffer, ':');
    if (colon == NULL)
        return PyErr_Format(PyExc_ValueError, "Invalid value %.200s", buffer);
    return Py_BuildValue("s#s", buffer, (Py_ssize_t)(colon - buffer), colon + 1);
}

static PyObject *alternative_name(GENERAL_NAME *name)
{
    const char *kind = name->type == GEN_EMAIL ? "email" : name->type == GEN_DNS ? "DNS" : "URI";
    switch (name->type) {
    case GEN_DIRNAME: {
        PyObject *t = name_tuple(name->d.dirn);
        return t ? Py_BuildValue("sN", "DirName", t) : NULL;
    }
    case GEN_EMAIL:
    case GEN_DNS:
    case GEN_URI:
        return Py_BuildValue("ss#", kind, (const char *)ASN1_STRING_get0_data(name->d.ia5), (Py_ssize_t)ASN1_STRING_length(name->d.ia5));
    case GEN_RID: {
        char text[2048];
        int n = i2t_ASN1_OBJECT(text, sizeof text - 1, name->d.rid);
        if (n < 0)
            return SSL_FAIL(NULL);
        return n >= (int)sizeof text ? Py_BuildValue("ss", "Registered ID", "<INVALID>") : Py_BuildValue("ss#", "Registered ID", text, (Py_ssize_t)n);
    }
    case GEN_IPADD: {
        PyObject *ip = ip_address(name->d.ip);
        return ip ? Py_BuildValue("sN", "IP Address", ip) : NULL;
    }
    case GEN_OTHERNAME:
    case GEN_X400:
    case GEN_EDIPARTY:
        break;
    default:
        if (PyErr_WarnFormat(PyExc_RuntimeWarning, 1, "Unknown general name type %d", name->type) < 0)
            return NULL;
    }
    return printed_name(name);
}

/* A tuple of (kind, value), or None. New. */
static PyObject *alternative_names(X509 *cert)
{
    GENERAL_NAMES *names = X509_get_ext_d2i(cert, NID_subject_alt_name, NULL, NULL);
    if (names == NULL)
        Py_RETURN_NONE;
    PyObject *list = PyList_New(0);
    for (int i = 0; list && i < sk_GENERAL_NAME_num(names); i++)
        if (append_steal(list, alternative_name(sk_GENERAL_NAME_value(names, i))) < 0)
            Py_CLEAR(list);
    sk_GENERAL_NAME_pop_free(names, GENERAL_NAME_free);
    return as_tuple_steal(list);
}

/* The places of a kind (OCSP, CA issuers), a tuple or None. New. */
static PyObject *access_places(X509 *cert, int nid)
{
    AUTHORITY_INFO_ACCESS *info = X509_get_ext_d2i(cert, NID_info_access, NULL, NULL);
    if (info == NULL)
        Py_RETURN_NONE;
    PyObject *list = PyList_New(0);
    for (int i = 0; list && i < sk_ACCESS_DESCRIPTION_num(info); i++) {
        ACCESS_DESCRIPTION *d = sk_ACCESS_DESCRIPTION_value(info, i);
        if (OBJ_obj2nid(d->method) != nid || d->location->type != GEN_URI)
            continue;
        ASN1_IA5STRING *uri = d->location->d.uniformResourceIdentifier;
        if (append_steal(list, PyUnicode_FromStringAndSize((char *)uri->data, uri->length)) < 0)
            Py_CLEAR(list);
    }
    AUTHORITY_INFO_ACCESS_free(info);
    if (list && PyList_GET_SIZE(list) == 0) {
        Py_DECREF(list);
        Py_RETURN_NONE;
    }
    return as_tuple_steal(list);
}

static PyObject *crl_places(X509 *cert)
{
    CRL_DIST_POINTS *points = X509_get_ext_d2i(cert, NID_crl_distribution_points, NULL, NULL);
    if (points == NULL)
        Py_RETURN_NONE;
    PyObject *list = PyList_New(0);
    for (int i = 0; list && i < sk_DIST_POINT_num(points); i++) {
        DIST_POINT *point = sk_DIST_POINT_value(points, i);
        if (point->distpoint == NULL || point->distpoint->type != 0)
            continue;
        STACK_OF(GENERAL_NAME) *names = point->distpoint->name.fullname;
        for (int k = 0; list && k < sk_GENERAL_NAME_num(names); k++) {
            GENERAL_NAME *name = sk_GENERAL_NAME_value(names, k);
            if (name->type != GEN_URI)
                continue;
            ASN1_IA5STRING *uri = name->d.uniformResourceIdentifier;
            if (append_steal(list, PyUnicode_FromStringAndSize((char *)uri->data, uri->length)) < 0)
                Py_CLEAR(list);
        }
    }
    CRL_DIST_POINTS_free(points);
    if (list && PyList_GET_SIZE(list) == 0) {
        Py_DECREF(list);
        Py_RETURN_NONE;
    }
    return as_tuple_steal(list);
}

/* ------------------------------------------------------------------ the dict */

static PyObject *printed(BIO *bio)
{
    char buffer[2048];
    int n = BIO_gets(bio, buffer, sizeof buffer - 1);
    (void)BIO_reset(bio);
    return n < 0 ? SSL_FAIL(NULL) : PyUnicode_FromStringAndSize(buffer, n);
}

static PyObject *printed_time(BIO *bio, const ASN1_TIME *t)
{
    ASN1_TIME_print(bio, t);
    return printed(bio);
}

static PyObject *printed_serial(BIO *bio, X509 *cert)
{
    i2a_ASN1_INTEGER(bio, X509_get_serialNumber(cert));
    return printed(bio);
}

/* d[key] = v (stolen); None is left out if optional. */
static int put(PyObject *d, const char *key, PyObject *v, int optional)
{
    int status = v == NULL ? -1 : optional && v == Py_None ? 0 : PyDict_SetItemString(d, key, v);
    Py_XDECREF(v);
    return status;
}

PyObject *ssl_decode_cert(X509 *cert)
{
    PyObject *d = PyDict_New();
    BIO *bio = BIO_new(BIO_s_mem());
    if (d == NULL || bio == NULL || put(d, "subject", name_tuple(X509_get_subject_name(cert)), 0) < 0 ||
        put(d, "issuer", name_tuple(X509_get_issuer_name(cert)), 0) < 0 || put(d, "version", PyLong_FromLong(X509_get_version(cert) + 1), 0) < 0 ||
        put(d, "serialNumber", printed_serial(bio, cert), 0) < 0 || put(d, "notBefore", printed_time(bio, X509_get0_notBefore(cert)), 0) < 0 ||
        put(d, "notAfter", printed_time(bio, X509_get0_notAfter(cert)), 0) < 0 || put(d, "subjectAltName", alternative_names(cert), 1) < 0 ||
        put(d, "OCSP", access_places(cert, NID_ad_OCSP), 1) < 0 || put(d, "caIssuers", access_places(cert, NID_ad_ca_issuers), 1) < 0 ||
        put(d, "crlDistributionPoints", crl_places(cert), 1) < 0)
        Py_CLEAR(d);
    BIO_free(bio);
    return d;
}

PyObject *ssl_cipher(const SSL_CIPHER *cipher)
{
    const char *name = SSL_CIPHER_get_name(cipher), *protocol = SSL_CIPHER_get_version(cipher);
    return Py_BuildValue("zzi", name, protocol, SSL_CIPHER_get_bits(cipher, NULL));
}
