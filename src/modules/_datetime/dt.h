/* SPDX-License-Identifier: MIT */
/* _datetime: what its files share.
 *
 *   calendar.c   proleptic Gregorian calendar, range checks, ISO text
 *   delta.c      timedelta
 *   zone.c       tzinfo, timezone, calling tzinfo methods
 *   date.c       date
 *   time.c       time
 *   datetime.c   datetime: making and taking apart; datetime_ops.c: arithmetic, comparison, conversion
 *   format.c     strftime with %z, %Z and %f
 *   module.c     the module and its C interface (a capsule)
 *
 * The structures are those of the public datetime.h: fields are stored big-endian in data[], hashcode is -1 until asked.
 */
#ifndef TAI_MODULES_DATETIME_H
#define TAI_MODULES_DATETIME_H

#define TAI_DATETIME_MODULE
#define _PY_DATETIME_IMPL
#include "Python.h"
#include "datetime.h"

typedef __int128 Micros; /* a span in microseconds; any timedelta fits, and products with 64-bit numbers are checked */

enum { MIN_YEAR = 1, MAX_YEAR = 9999, MAX_DELTA_DAYS = 999999999, MAX_ORDINAL = 3652059 };
#define SECONDS_PER_DAY 86400
#define US_PER_SECOND 1000000LL
#define US_PER_DAY (SECONDS_PER_DAY * US_PER_SECOND)

typedef struct {
    PyObject_HEAD
    PyObject *offset; /* timedelta */
    PyObject *name;   /* str or NULL */
} Timezone;

extern PyTypeObject Delta_Type, Date_Type, Time_Type, DateTime_Type, TZInfo_Type, Timezone_Type;
extern PyObject *dt_utc, *dt_epoch;

#define IS_DELTA(o) PyObject_TypeCheck(o, &Delta_Type)
#define IS_DATE(o) PyObject_TypeCheck(o, &Date_Type)
#define IS_DATETIME(o) PyObject_TypeCheck(o, &DateTime_Type)
#define IS_TIME(o) PyObject_TypeCheck(o, &Time_Type)
#define IS_TZINFO(o) PyObject_TypeCheck(o, &TZInfo_Type)

/* Fields. */
#define GET_YEAR(o) ((((PyDateTime_Date *)(o))->data[0] << 8) | ((PyDateTime_Date *)(o))->data[1])
#define GET_MONTH(o) (((PyDateTime_Date *)(o))->data[2])
#define GET_DAY(o) (((PyDateTime_Date *)(o))->data[3])
#define DT_HOUR(o) (((PyDateTime_DateTime *)(o))->data[4])
#define DT_MINUTE(o) (((PyDateTime_DateTime *)(o))->data[5])
#define DT_SECOND(o) (((PyDateTime_DateTime *)(o))->data[6])
#define DT_MICRO(o) dt_get24(((PyDateTime_DateTime *)(o))->data + 7)
#define DT_FOLD(o) (((PyDateTime_DateTime *)(o))->fold)
#define DT_TZINFO(o) (((PyDateTime_DateTime *)(o))->hastzinfo ? ((PyDateTime_DateTime *)(o))->tzinfo : Py_None)
#define T_HOUR(o) (((PyDateTime_Time *)(o))->data[0])
#define T_MINUTE(o) (((PyDateTime_Time *)(o))->data[1])
#define T_SECOND(o) (((PyDateTime_Time *)(o))->data[2])
#define T_MICRO(o) dt_get24(((PyDateTime_Time *)(o))->data + 3)
#define T_FOLD(o) (((PyDateTime_Time *)(o))->fold)
#define T_TZINFO(o) (((PyDateTime_Time *)(o))->hastzinfo ? ((PyDateTime_Time *)(o))->tzinfo : Py_None)

static inline int dt_get24(const unsigned char *p) { return p[0] << 16 | p[1] << 8 | p[2]; }
static inline void dt_put24(unsigned char *p, int v)
{
    p[0] = (unsigned char)(v >> 16);
    p[1] = (unsigned char)(v >> 8);
    p[2] = (unsigned char)v;
}

/* calendar.c */
int dt_is_leap(int year);
int dt_days_before_month(int year, int month);
int dt_ordinal(int year, int month, int day);                    /* 1 for 1-1-1 */
void dt_from_ordinal(int ordinal, int *year, int *month, int *day);
int dt_weekday(int year, int month, int day);                    /* Monday is 0 */
int dt_week1_monday(int year);                                   /* ordinal of the first ISO week's Monday */
int dt_check_date(int year, int month, int day);                 /* 0, or -1 with ValueError */
int dt_check_time(int hour, int minute, int second, int us, int fold);
int dt_parse_iso_date(const char *p, int *year, int *month, int *day);
/* 0: no offset, 1: with one, negative: malformed. */
int dt_parse_iso_time(const char *p, const char *end, int *hour, int *minute, int *second, int *us, int *offset,
                      int *offset_us);
extern const char *const dt_month_names[], *const dt_day_names[];

/* delta.c: new references */
PyObject *dt_delta_new(int days, int seconds, int us, int normalize, PyTypeObject *type);
PyObject *dt_delta_from_us(Micros us, PyTypeObject *type);
Micros dt_delta_us(PyObject *delta);
static inline PyObject *dt_delta(int days, int seconds, int us) { return dt_delta_new(days, seconds, us, 1, &Delta_Type); }

/* zone.c */
int dt_check_tzinfo(PyObject *tzinfo);
PyObject *dt_timezone_new(PyObject *offset, PyObject *name);
PyObject *dt_call_utcoffset(PyObject *tzinfo, PyObject *arg);    /* timedelta or None, checked */
PyObject *dt_call_dst(PyObject *tzinfo, PyObject *arg);
PyObject *dt_call_tzname(PyObject *tzinfo, PyObject *arg);
/* "+HH:MM[:SS[.ffffff]]" into buffer (at least 20 bytes); empty if there is no offset. 0 or -1. */
int dt_format_offset(char *buffer, const char *separator, PyObject *tzinfo, PyObject *arg);
PyObject *dt_add_tzinfo_repr(PyObject *repr_steal, PyObject *tzinfo, int fold);
PyObject *dt_timezone_from_seconds(int seconds, int us);         /* utc for 0 */

/* date.c, time.c, datetime.c */
PyObject *dt_date_new(int year, int month, int day, PyTypeObject *type);
PyObject *dt_time_new(int hour, int minute, int second, int us, PyObject *tzinfo, int fold, PyTypeObject *type);
PyObject *dt_datetime_new(int year, int month, int day, int hour, int minute, int second, int us, PyObject *tzinfo, int fold,
                          PyTypeObject *type);
PyObject *dt_date_fromtimestamp(PyObject *cls, PyObject *args);
PyObject *dt_datetime_fromtimestamp(PyObject *cls, PyObject *args, PyObject *kwds);
PyObject *dt_hash_bytes(const unsigned char *data, int n);
Py_hash_t dt_hash(PyObject *o, int n, int has_fold);
PyObject *dt_cant_compare(PyObject *a, PyObject *b);
PyObject *dt_compare_result(int difference, int op);
/* Convert arguments that are not keywords' business: name of field to integer attribute. */
PyObject *dt_timetuple(int y, int m, int d, int hh, int mm, int ss, int dst);
PyObject *dt_format_method(PyObject *self, PyObject *args);      /* __format__ */
PyObject *dt_strftime(PyObject *self, PyObject *format, PyObject *timetuple, PyObject *tzarg);
PyObject *dt_iso_text(PyObject *text);                           /* the str itself if it is one, with lone surrogate separator replaced */
PyObject *dt_unpickle_error(void);

extern PyMethodDef datetime_op_methods[];
PyObject *dt_datetime_add_delta(PyObject *self, PyObject *delta, int factor);
PyObject *datetime_add(PyObject *left, PyObject *right);
PyObject *datetime_subtract(PyObject *left, PyObject *right);
PyObject *datetime_richcompare(PyObject *self, PyObject *other, int op);
Py_hash_t datetime_hash(PyObject *self);

#endif
