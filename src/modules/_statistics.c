/* SPDX-License-Identifier: MIT */
/* _statistics: the inverse of the normal distribution, by Wichura's algorithm AS 241 (PPND16): rational approximations for the middle
 * and for two parts of the tails, good to about 16 digits.
 */
#include "Python.h"

#include <math.h>

/* Numerator and denominator, highest power first. */
static const double middle[2][8] = {
    {2.50908092873012267270e+3, 3.34305755835881281050e+4, 6.72657709270087008530e+4, 4.59219539315498714570e+4,
     1.37316937655094611250e+4, 1.97159095030655144270e+3, 1.33141667891784377450e+2, 3.38713287279636660800e+0},
    {5.22649527885285456100e+3, 2.87290857357219426740e+4, 3.93078958000927106100e+4, 2.12137943015865958670e+4,
     5.39419602142475110770e+3, 6.87187007492057908300e+2, 4.23133307016009112520e+1, 1.0},
};
static const double near_tail[2][8] = {
    {7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258e+0,
     3.64784832476320460504e+0, 5.76949722146069140550e+0, 4.63033784615654529590e+0, 1.42343711074968357734e+0},
    {1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
     6.89767334985100004550e-1, 1.67638483018380384940e+0, 2.05319162663775882187e+0, 1.0},
};
static const double far_tail[2][8] = {
    {2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
     2.96560571828504891230e-1, 1.78482653991729133580e+0, 5.46378491116411436990e+0, 6.65790464350110377720e+0},
    {2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
     1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1.0},
};

static double ratio(const double c[2][8], double r)
{
    double num = c[0][0], den = c[1][0];
    for (int i = 1; i < 8; i++) {
        num = num * r + c[0][i];
        den = den * r + c[1][i];
    }
    return num / den;
}

static double inverse(double p)
{
    double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return ratio(middle, 0.180625 - q * q) * q;
    double r = sqrt(-log(q <= 0.0 ? p : 1.0 - p));
    double x = r <= 5.0 ? ratio(near_tail, r - 1.6) : ratio(far_tail, r - 5.0);
    return q < 0.0 ? -x : x;
}

static PyObject *normal_dist_inv_cdf(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    double v[3];
    if (!_PyArg_CheckPositional("_normal_dist_inv_cdf", nargs, 3, 3))
        return NULL;
    for (int i = 0; i < 3; i++) {
        v[i] = PyFloat_AsDouble(args[i]);
        if (v[i] == -1.0 && PyErr_Occurred())
            return NULL;
    }
    if (v[0] <= 0.0 || v[0] >= 1.0 || v[2] <= 0.0) {
        PyErr_SetString(PyExc_ValueError, "inv_cdf undefined for these parameters");
        return NULL;
    }
    return PyFloat_FromDouble(v[1] + inverse(v[0]) * v[2]);
}

static PyMethodDef methods[] = {
    {"_normal_dist_inv_cdf", (PyCFunction)(void (*)(void))normal_dist_inv_cdf, METH_FASTCALL,
     "_normal_dist_inv_cdf($module, p, mu, sigma, /)\n--\n\nThe x below which a share p of a normal distribution lies."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "_statistics",
    .m_doc = "What statistics has in C.",
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit__statistics(void)
{
    return PyModuleDef_Init(&module_def);
}
