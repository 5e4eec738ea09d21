/* SPDX-License-Identifier: MIT */
/* The proleptic Gregorian calendar, checks of ranges, and reading ISO 8601 text. */
#include "dt.h"

const char *const dt_day_names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
const char *const dt_month_names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static const unsigned char month_days[13] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
static const short before_month[13] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};

int dt_is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }
static int days_in_month(int year, int month) { return month_days[month] + (month == 2 && dt_is_leap(year)); }
int dt_days_before_month(int year, int month) { return before_month[month] + (month > 2 && dt_is_leap(year)); }

static int before_year(int year)
{
    int y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

int dt_ordinal(int year, int month, int day) { return before_year(year) + dt_days_before_month(year, month) + day; }

void dt_from_ordinal(int ordinal, int *year, int *month, int *day)
{
    /* A year guessed too early by at most one, then counted on. */
    int n = ordinal - 1;
    int y = (int)((n * 400LL) / 146097) + 1;
    if (before_year(y + 1) <= n)
        y++;
    else if (before_year(y) > n)
        y--;
    n -= before_year(y);
    int m = (n + 50) >> 5;
    if (m < 1)
        m = 1;
    if (m > 12)
        m = 12;
    if (dt_days_before_month(y, m) > n)
        m--;
    *year = y;
    *month = m;
    *day = n - dt_days_before_month(y, m) + 1;
}

int dt_weekday(int year, int month, int day) { return (dt_ordinal(year, month, day) + 6) % 7; }

int dt_week1_monday(int year)
{
    int first = dt_ordinal(year, 1, 1), weekday = (first + 6) % 7;
    return first - weekday + (weekday > 3 ? 7 : 0);
}

static int fail(const char *message)
{
    PyErr_SetString(PyExc_ValueError, message);
    return -1;
}

int dt_check_date(int year, int month, int day)
{
    if (year < MIN_YEAR || year > MAX_YEAR) {
        PyErr_Format(PyExc_ValueError, "year %i is out of range", year);
        return -1;
    }
    if (month < 1 || month > 12)
        return fail("month must be in 1..12");
    if (day < 1 || day > days_in_month(year, month))
        return fail("day is out of range for month");
    return 0;
}

int dt_check_time(int hour, int minute, int second, int us, int fold)
{
    if (hour < 0 || hour > 23)
        return fail("hour must be in 0..23");
    if (minute < 0 || minute > 59)
        return fail("minute must be in 0..59");
    if (second < 0 || second > 59)
        return fail("second must be in 0..59");
    if (us < 0 || us > 999999)
        return fail("microsecond must be in 0..999999");
    if (fold != 0 && fold != 1)
        return fail("fold must be either 0 or 1");
    return 0;
}

/* NULL unless n digits are there. */
static const char *parse_digits(const char *p, int *value, int n)
{
    *value = 0;
    for (int i = 0; i < n; i++, p++) {
        if (*p < '0' || *p > '9')
            return NULL;
        *value = *value * 10 + (*p - '0');
    }
    return p;
}

int dt_parse_iso_date(const char *p, int *year, int *month, int *day)
{
    if ((p = parse_digits(p, year, 4)) == NULL || *p++ != '-')
        return -1;
    if ((p = parse_digits(p, month, 2)) == NULL || *p++ != '-')
        return -2;
    return parse_digits(p, day, 2) == NULL ? -1 : 0;
}

/* "HH[:MM[:SS]][.fff[fff]]" that fills [p, end).  0, or -1. */
static int parse_clock(const char *p, const char *end, int *hour, int *minute, int *second, int *us)
{
    int *parts[3] = {hour, minute, second};
    *hour = *minute = *second = *us = 0;
    for (int i = 0; i < 3; i++) {
        if (end - p < 2 || (p = parse_digits(p, parts[i], 2)) == NULL)
            return -1;
        if (p == end)
            return 0;
        if (*p == ':') {
            p++;
            if (i == 2)
                return -1;
            continue;
        }
        if (*p == '.') {
            p++;
            break;
        }
        return -1;
    }
    Py_ssize_t n = end - p;
    if ((n != 3 && n != 6) || parse_digits(p, us, (int)n) == NULL)
        return -1;
    if (n == 3)
        *us *= 1000;
    return 0;
}

int dt_parse_iso_time(const char *p, const char *end, int *hour, int *minute, int *second, int *us, int *offset, int *offset_us)
{
    const char *zone = p;
    int zh, zm, zs, zus;
    *offset = *offset_us = 0;
    while (zone < end && *zone != '+' && *zone != '-')
        zone++;
    if (parse_clock(p, zone, hour, minute, second, us) < 0)
        return -1;
    if (zone == end)
        return 0;
    int sign = *zone == '-' ? -1 : 1;
    /* An offset has minutes, and a fraction of six digits or none. */
    Py_ssize_t size = end - zone - 1;
    if ((size != 5 && size != 8 && size != 15) || parse_clock(zone + 1, end, &zh, &zm, &zs, &zus) < 0)
        return -1;
    *offset = sign * (zh * 3600 + zm * 60 + zs);
    *offset_us = sign * zus;
    return 1;
}
