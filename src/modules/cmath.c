/* SPDX-License-Identifier: MIT */
/* cmath: functions of complex numbers, on top of the C library's <complex.h>.
 *
 * C99's annex G lays down what the functions give for infinities, nans and zeros of either sign, and so does Python; what Python wants
 * otherwise is done here: ValueError where the function has a pole or no limit ("invalid"), OverflowError where the result is too large.
 * check() decides that from arguments and result. Tests: CPython's test_cmath.
 */
#include "Python.h"

#include "objects/args.h"
#include <complex.h>
#include <errno.h>
#include <fenv.h>
#include <float.h>
#include <math.h>

typedef double complex Z;

static inline Z to_c(Py_complex z)
{
    return CMPLX(z.real, z.imag);
}

static inline Py_complex from_c(Z z)
{
    return (Py_complex){creal(z), cimag(z)};
}

static int finite_z(Z z)
{
    return isfinite(creal(z)) && isfinite(cimag(z));
}

static PyObject *domain_error(void)
{
    PyErr_SetString(PyExc_ValueError, "math domain error");
    return NULL;
}

static PyObject *range_error(void)
{
    PyErr_SetString(PyExc_OverflowError, "math range error");
    return NULL;
}

static int argument(PyObject *o, Z *z)
{
    Py_complex v = PyComplex_AsCComplex(o);
    if (v.real == -1.0 && PyErr_Occurred())
        return -1;
    *z = to_c(v);
    return 0;
}

/* ------------------------------------------------------------------ exact cores of the inverse functions */

/* Arguments beyond this are so large that squares must not be formed. */
#define LARGE (DBL_MAX / 4.)

static Z square_root(Z z)
{
    return csqrt(z);
}

/* log |z| without overflow, underflow, or loss near the unit circle. */
static double log_abs(Z z)
{
    double x = fabs(creal(z)), y = fabs(cimag(z));
    if (x < y) {
        double t = x;
        x = y, y = t;
    }
    if (isinf(x) || isinf(y))
        return INFINITY;
    if (isnan(x) || isnan(y))
        return NAN;
    if (x > LARGE)
        return log(hypot(x / 2., y / 2.)) + M_LN2;
    if (x < DBL_MIN) {
        if (x == 0.0)
            return -INFINITY;
        return log(hypot(ldexp(x, DBL_MANT_DIG), ldexp(y, DBL_MANT_DIG))) - DBL_MANT_DIG * M_LN2;
    }
    double r = hypot(x, y);
    if (r >= 0.71 && r <= 1.73) /* r*r - 1 without cancellation */
        return log1p((x - 1) * (x + 1) + y * y) / 2.;
    return log(r);
}

static Z logarithm(Z z)
{
    return CMPLX(log_abs(z), carg(z));
}

/* ------------------------------------------------------------------ functions of one argument */

/* Where the function is undefined or infinite though its argument is fine; the result's flags say the rest. */
static PyObject *evaluate(PyObject *arg, Z (*f)(Z))
{
    Z z;
    if (argument(arg, &z) < 0)
        return NULL;
    feclearexcept(FE_ALL_EXCEPT);
    Z r = f(z);
    int nan = isnan(creal(z)) || isnan(cimag(z));
    if (finite_z(z)) {
        if (isinf(creal(r)) || isinf(cimag(r)))
            return fetestexcept(FE_DIVBYZERO) ? domain_error() : range_error();
        if (isnan(creal(r)) || isnan(cimag(r)))
            return domain_error();
    }
    else if (!nan && fetestexcept(FE_INVALID) && (isnan(creal(r)) || isnan(cimag(r))))
        return domain_error(); /* sin(inf) and its like */
    return PyComplex_FromCComplex(from_c(r));
}

/* glibc raises FE_INVALID for infinities where the real part has no limit, as annex G says. For cos, sin and tan that holds through the
 * hyperbolic functions they are made of. */
static Z z_cosh(Z z)
{
    double x = creal(z), y = cimag(z);
    if (isfinite(x) && isfinite(y)) {
        if (fabs(x) > 708.) { /* cosh(x) may overflow where the product does not */
            double d = x - copysign(1., x);
            return CMPLX(cos(y) * cosh(d) * M_E, sin(y) * sinh(d) * M_E);
        }
        return CMPLX(cos(y) * cosh(x), sin(y) * sinh(x));
    }
    if (isinf(y) && !isnan(x))
        feraiseexcept(FE_INVALID);
    if (isinf(y) && isinf(x)) { /* annex G: inf + nan j; Python: an error */
        feraiseexcept(FE_INVALID);
        return CMPLX(INFINITY, NAN);
    }
    return ccosh(z);
}

static Z z_sinh(Z z)
{
    double x = creal(z), y = cimag(z);
    if (isfinite(x) && isfinite(y)) {
        if (fabs(x) > 708.) {
            double d = x - copysign(1., x);
            return CMPLX(cos(y) * sinh(d) * M_E, sin(y) * cosh(d) * M_E);
        }
        return CMPLX(cos(y) * sinh(x), sin(y) * cosh(x));
    }
    if (isinf(y) && !isnan(x))
        feraiseexcept(FE_INVALID);
    return csinh(z);
}

static Z z_tanh(Z z)
{
    double x = creal(z), y = cimag(z);
    if (isfinite(x) && isfinite(y)) {
        if (fabs(x) > 350.)
            return CMPLX(copysign(1., x), 4. * sin(y) * cos(y) * exp(-2. * fabs(x)));
        double tx = tanh(x), ty = tan(y), cx = 1. / cosh(x), txty = tx * ty, d = 1. + txty * txty;
        return CMPLX(tx * (1. + ty * ty) / d, ty / d * cx * cx);
    }
    if (isinf(y) && isfinite(x))
        feraiseexcept(FE_INVALID);
    if (isnan(y) && x == 0.) /* newer C keeps the zero */
        return CMPLX(NAN, NAN);
    if (isinf(x)) { /* a limit whatever y is */
        feclearexcept(FE_INVALID);
        if (!isfinite(y))
            return CMPLX(copysign(1., x), copysign(0., 1.));
        return CMPLX(copysign(1., x), copysign(0., 2. * sin(y) * cos(y)));
    }
    return ctanh(z);
}

static Z times_i(Z z)
{
    return CMPLX(-cimag(z), creal(z));
}

static Z over_i(Z z)
{
    return CMPLX(cimag(z), -creal(z));
}

static Z z_cos(Z z)
{
    return z_cosh(times_i(z));
}

static Z z_sin(Z z)
{
    return over_i(z_sinh(times_i(z)));
}

static Z z_tan(Z z)
{
    return over_i(z_tanh(times_i(z)));
}

static Z z_exp(Z z)
{
    double x = creal(z), y = cimag(z);
    if (isfinite(x) && isfinite(y)) {
        if (x > 708.) {
            double l = exp(x - 1.);
            return CMPLX(l * cos(y) * M_E, l * sin(y) * M_E);
        }
        double l = exp(x);
        return CMPLX(l * cos(y), l * sin(y));
    }
    if (isinf(y) && (isfinite(x) || (isinf(x) && x > 0)))
        feraiseexcept(FE_INVALID);
    return cexp(z);
}

static Z z_acos(Z z)
{
    if (fabs(creal(z)) > LARGE || fabs(cimag(z)) > LARGE) {
        if (!finite_z(z))
            return cacos(z);
        double l = log(hypot(creal(z) / 2., cimag(z) / 2.)) + M_LN2 * 2.;
        return CMPLX(atan2(fabs(cimag(z)), creal(z)), -copysign(l, cimag(z)));
    }
    if (isnan(creal(z)) || isnan(cimag(z)))
        return cacos(z);
    Z s1 = csqrt(CMPLX(1. - creal(z), -cimag(z))), s2 = csqrt(CMPLX(1. + creal(z), cimag(z)));
    return CMPLX(2. * atan2(creal(s1), creal(s2)), asinh(creal(s2) * cimag(s1) - cimag(s2) * creal(s1)));
}

static Z z_acosh(Z z)
{
    if (fabs(creal(z)) > LARGE || fabs(cimag(z)) > LARGE) {
        if (!finite_z(z))
            return cacosh(z);
        return CMPLX(log(hypot(creal(z) / 2., cimag(z) / 2.)) + M_LN2 * 2., atan2(cimag(z), creal(z)));
    }
    if (isnan(cimag(z)) && creal(z) == 0.) /* newer C says pi/2 for the imaginary part */
        return CMPLX(NAN, NAN);
    if (isnan(creal(z)) || isnan(cimag(z)))
        return cacosh(z);
    Z s1 = csqrt(CMPLX(creal(z) - 1., cimag(z))), s2 = csqrt(CMPLX(creal(z) + 1., cimag(z)));
    return CMPLX(asinh(creal(s1) * creal(s2) + cimag(s1) * cimag(s2)), 2. * atan2(cimag(s1), creal(s2)));
}

static Z z_asinh(Z z)
{
    if (fabs(creal(z)) > LARGE || fabs(cimag(z)) > LARGE) {
        if (!finite_z(z))
            return casinh(z);
        double l = log(hypot(creal(z) / 2., cimag(z) / 2.)) + M_LN2 * 2.;
        return CMPLX(copysign(l, creal(z)), atan2(cimag(z), fabs(creal(z))));
    }
    if (isnan(creal(z)) || isnan(cimag(z)))
        return casinh(z);
    Z s1 = csqrt(CMPLX(1. + cimag(z), -creal(z))), s2 = csqrt(CMPLX(1. - cimag(z), creal(z)));
    return CMPLX(asinh(creal(s1) * cimag(s2) - creal(s2) * cimag(s1)),
                 atan2(cimag(z), creal(s1) * creal(s2) - cimag(s1) * cimag(s2)));
}

static Z z_asin(Z z)
{
    return over_i(z_asinh(times_i(z)));
}

static Z z_atanh(Z z)
{
    double x = creal(z), y = cimag(z);
    if (!isfinite(x) || !isfinite(y))
        return catanh(z);
    if (x < 0. || (x == 0. && signbit(x))) { /* odd */
        Z r = z_atanh(-z);
        return -r;
    }
    double ay = fabs(y);
    if (x > sqrt(DBL_MAX / 4.) || ay > sqrt(DBL_MAX / 4.)) {
        double h = hypot(x / 2., y / 2.);
        return CMPLX(x / 4. / h / h, -copysign(M_PI_2, -y));
    }
    if (x == 1. && ay < sqrt(DBL_MIN)) {
        if (ay == 0.) {
            feraiseexcept(FE_DIVBYZERO);
            return CMPLX(INFINITY, y);
        }
        return CMPLX(-log(sqrt(ay) / sqrt(hypot(ay, 2.))), copysign(atan2(2., -ay) / 2, y));
    }
    return CMPLX(log1p(4. * x / ((1 - x) * (1 - x) + ay * ay)) / 4., -atan2(-2. * y, (1 - x) * (1 + x) - ay * ay) / 2.);
}

static Z z_atan(Z z)
{
    return over_i(z_atanh(times_i(z)));
}

static Z z_log(Z z)
{
    if (creal(z) == 0.0 && cimag(z) == 0.0)
        feraiseexcept(FE_DIVBYZERO);
    return logarithm(z);
}

static Z z_log10(Z z)
{
    Z r = z_log(z);
    return CMPLX(creal(r) / M_LN10, cimag(r) / M_LN10);
}

#define ONE(name, f)                                                                                                             \
    static PyObject *cmath_##name(PyObject *Py_UNUSED(module), PyObject *arg)                                                    \
    {                                                                                                                            \
        return evaluate(arg, f);                                                                                                 \
    }
ONE(acos, z_acos)
ONE(acosh, z_acosh)
ONE(asin, z_asin)
ONE(asinh, z_asinh)
ONE(atan, z_atan)
ONE(atanh, z_atanh)
ONE(cos, z_cos)
ONE(cosh, z_cosh)
ONE(exp, z_exp)
ONE(log10, z_log10)
ONE(sin, z_sin)
ONE(sinh, z_sinh)
ONE(sqrt, square_root)
ONE(tan, z_tan)
ONE(tanh, z_tanh)

static PyObject *cmath_log(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    Z z, base;
    if (!_PyArg_CheckPositional("log", nargs, 1, 2) || argument(args[0], &z) < 0)
        return NULL;
    if (nargs == 1)
        return evaluate(args[0], z_log);
    if (argument(args[1], &base) < 0)
        return NULL;
    /* With a base, the logarithm of 0 is an infinity. */
    if (creal(base) == 0.0 && cimag(base) == 0.0)
        return domain_error();
    errno = 0;
    Py_complex q = _Py_c_quot(from_c(logarithm(z)), from_c(logarithm(base)));
    if (errno == EDOM)
        return domain_error();
    return PyComplex_FromCComplex(q);
}

/* ------------------------------------------------------------------ polar coordinates */

static PyObject *cmath_phase(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Z z;
    return argument(arg, &z) < 0 ? NULL : PyFloat_FromDouble(carg(z));
}

static PyObject *cmath_polar(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Z z;
    if (argument(arg, &z) < 0)
        return NULL;
    errno = 0;
    double r = _Py_c_abs(from_c(z));
    if (errno)
        return range_error();
    return Py_BuildValue("dd", r, carg(z));
}

static PyObject *cmath_rect(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs)
{
    if (!_PyArg_CheckPositional("rect", nargs, 2, 2))
        return NULL;
    double r = PyFloat_AsDouble(args[0]);
    if (r == -1.0 && PyErr_Occurred())
        return NULL;
    double phi = PyFloat_AsDouble(args[1]);
    if (phi == -1.0 && PyErr_Occurred())
        return NULL;
    if (isfinite(r) && isfinite(phi))
        return phi == 0.0 ? PyComplex_FromDoubles(r, r * phi) : PyComplex_FromDoubles(r * cos(phi), r * sin(phi));
    if (isinf(phi) && r != 0.0 && !isnan(r))
        return domain_error();
    if (isinf(r) && isfinite(phi) && phi != 0.0)
        return PyComplex_FromDoubles(copysign(HUGE_VAL, r * cos(phi)), copysign(HUGE_VAL, r * sin(phi)));
    if (isinf(r)) /* phi is 0 or nan */
        return isnan(phi) ? PyComplex_FromDoubles(HUGE_VAL, NAN) : PyComplex_FromDoubles(r, r > 0 ? phi : -phi);
    if (r == 0.0)
        return PyComplex_FromDoubles(0.0, 0.0);
    return PyComplex_FromDoubles(NAN, phi == 0.0 ? phi : NAN);
}

/* ------------------------------------------------------------------ tests */

static PyObject *cmath_isfinite(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Z z;
    return argument(arg, &z) < 0 ? NULL : PyBool_FromLong(finite_z(z));
}

static PyObject *cmath_isnan(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Z z;
    return argument(arg, &z) < 0 ? NULL : PyBool_FromLong(isnan(creal(z)) || isnan(cimag(z)));
}

static PyObject *cmath_isinf(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Z z;
    return argument(arg, &z) < 0 ? NULL : PyBool_FromLong(isinf(creal(z)) || isinf(cimag(z)));
}

static int tolerance(PyObject *o, double *v)
{
    if (o == NULL)
        return 0;
    *v = PyFloat_AsDouble(o);
    return *v == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *cmath_isclose(PyObject *Py_UNUSED(module), PyObject *const *args, Py_ssize_t nargs, PyObject *kwnames)
{
    static const char *const names[] = {"a", "b", "rel_tol", "abs_tol", NULL};
    static _PyArg_Parser parser = {NULL, names, "isclose", 0};
    PyObject *slots[4];
    Z a, b;
    double relative = 1e-9, absolute = 0.0;
    if (!tai_args_unpack(args, nargs, kwnames, &parser, 2, 2, 4, slots) || argument(slots[0], &a) < 0 || argument(slots[1], &b) < 0 ||
        tolerance(slots[2], &relative) < 0 || tolerance(slots[3], &absolute) < 0)
        return NULL;
    if (relative < 0.0 || absolute < 0.0) {
        PyErr_SetString(PyExc_ValueError, "tolerances must be non-negative");
        return NULL;
    }
    if (creal(a) == creal(b) && cimag(a) == cimag(b))
        Py_RETURN_TRUE;
    if (isinf(creal(a)) || isinf(cimag(a)) || isinf(creal(b)) || isinf(cimag(b)))
        Py_RETURN_FALSE;
    double gap = cabs(a - b);
    return PyBool_FromLong(gap <= relative * cabs(b) || gap <= relative * cabs(a) || gap <= absolute);
}

/* ------------------------------------------------------------------ module */

#define FAST(f) (PyCFunction)(void (*)(void))(f), METH_FASTCALL
#define ROW(name, doc) {#name, cmath_##name, METH_O, #name "($module, z, /)\n--\n\n" doc}

static PyMethodDef methods[] = {
    ROW(acos, "The inverse of cos."),
    ROW(acosh, "The inverse of cosh."),
    ROW(asin, "The inverse of sin."),
    ROW(asinh, "The inverse of sinh."),
    ROW(atan, "The inverse of tan."),
    ROW(atanh, "The inverse of tanh."),
    ROW(cos, "Cosine of z."),
    ROW(cosh, "Hyperbolic cosine of z."),
    ROW(exp, "e to the power of z."),
    {"isclose", (PyCFunction)(void (*)(void))cmath_isclose, METH_FASTCALL | METH_KEYWORDS, "isclose($module, /, a, b, *, rel_tol=1e-09, abs_tol=0.0)\n--\n\nWhether two complex numbers are nearly equal.\n\n  rel_tol\n    Distance allowed, relative to the larger of them.\n  abs_tol\n    Distance allowed in any case.\n\nNan is close to nothing; an infinity to itself only."},
    ROW(isfinite, "Whether both parts of z are neither infinite nor nan."),
    ROW(isinf, "Whether a part of z is infinite."),
    ROW(isnan, "Whether a part of z is not a number."),
    {"log", FAST(cmath_log), "log($module, z, base=<unrepresentable>, /)\n--\n\nThe logarithm of z to the given base; the natural logarithm without one."},
    ROW(log10, "Logarithm of z to base 10."),
    ROW(phase, "The angle of z, also called its argument."),
    ROW(polar, "The pair of distance from 0 and angle of z."),
    {"rect", FAST(cmath_rect), "rect($module, r, phi, /)\n--\n\nThe complex number at distance r and angle phi."},
    ROW(sin, "Sine of z."),
    ROW(sinh, "Hyperbolic sine of z."),
    ROW(sqrt, "Square root of z."),
    ROW(tan, "Tangent of z."),
    ROW(tanh, "Hyperbolic tangent of z."),
    {NULL, NULL, 0, NULL},
};

static int cmath_exec(PyObject *module)
{
    if (PyModule_AddObject(module, "pi", PyFloat_FromDouble(Py_MATH_PI)) < 0 ||
        PyModule_AddObject(module, "e", PyFloat_FromDouble(Py_MATH_E)) < 0 ||
        PyModule_AddObject(module, "tau", PyFloat_FromDouble(Py_MATH_TAU)) < 0 ||
        PyModule_AddObject(module, "inf", PyFloat_FromDouble(INFINITY)) < 0 ||
        PyModule_AddObject(module, "infj", PyComplex_FromDoubles(0.0, INFINITY)) < 0 ||
        PyModule_AddObject(module, "nan", PyFloat_FromDouble(NAN)) < 0 ||
        PyModule_AddObject(module, "nanj", PyComplex_FromDoubles(0.0, NAN)) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, cmath_exec}, {0, NULL}};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cmath",
    .m_doc = "Functions of complex numbers.",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cmath(void)
{
    return PyModuleDef_Init(&module_def);
}
