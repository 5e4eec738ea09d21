/* SPDX-License-Identifier: MIT */
/* Random bytes from getrandom(2), with /dev/urandom where that is missing, and the secret of the hash functions.
 *
 * A given PYTHONHASHSEED must give the hashes CPython gives, so the secret is filled by the same published linear
 * congruential generator (multiplier 214013, increment 2531011, bits 16 to 23 of the state).
 */
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

/* -1: failed, 0: not available (or would block), 1: done. */
static int from_getrandom(unsigned char *p, size_t n, int blocking, int raise)
{
    while (n > 0) {
        ssize_t got;
        size_t ask = n > (1 << 20) ? (1 << 20) : n;
        errno = 0;
        if (raise) {
            Py_BEGIN_ALLOW_THREADS
            got = getrandom(p, ask, blocking ? 0 : GRND_NONBLOCK);
            Py_END_ALLOW_THREADS
        } else {
            got = getrandom(p, ask, blocking ? 0 : GRND_NONBLOCK);
        }
        if (got >= 0) {
            p += got;
            n -= (size_t)got;
            continue;
        }
        if (errno == ENOSYS || errno == EPERM || (errno == EAGAIN && !blocking))
            return 0;
        if (errno == EINTR) {
            if (raise && PyErr_CheckSignals())
                return -1;
            continue;
        }
        if (raise)
            PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    return 1;
}

static int from_device(unsigned char *p, size_t n, int raise)
{
    int fd = raise ? _Py_open("/dev/urandom", O_RDONLY) : _Py_open_noraise("/dev/urandom", O_RDONLY);
    if (fd < 0)
        return -1;
    while (n > 0) {
        Py_ssize_t got = raise ? _Py_read(fd, p, n) : read(fd, p, n);
        if (got <= 0) {
            if (got < 0 && !raise && errno == EINTR)
                continue;
            if (got == 0 && raise)
                PyErr_Format(PyExc_RuntimeError, "Failed to read %zi bytes from /dev/urandom", n);
            close(fd);
            return -1;
        }
        p += got;
        n -= (size_t)got;
    }
    close(fd);
    return 0;
}

static int random_bytes(void *buffer, Py_ssize_t size, int blocking, int raise)
{
    if (size < 0) {
        if (raise)
            PyErr_Format(PyExc_ValueError, "negative argument not allowed");
        return -1;
    }
    if (size == 0)
        return 0;
    int r = from_getrandom(buffer, (size_t)size, blocking, raise);
    return r < 0 ? -1 : r == 1 ? 0 : from_device(buffer, (size_t)size, raise);
}

int _PyOS_URandom(void *buffer, Py_ssize_t size)
{
    return random_bytes(buffer, size, 1, 1);
}

int _PyOS_URandomNonblock(void *buffer, Py_ssize_t size)
{
    return random_bytes(buffer, size, 0, 1);
}

PyStatus tai_hash_secret_init(const PyConfig *config)
{
    static int done; /* strings outlive an interpreter, and their hashes with them */
    unsigned char *p = (unsigned char *)&_Py_HashSecret;
    if (done)
        return PyStatus_Ok();
    done = 1;
    if (config->use_hash_seed) {
        uint32_t x = (uint32_t)config->hash_seed;
        for (size_t i = 0; i < sizeof _Py_HashSecret; i++) {
            if (config->hash_seed == 0) {
                p[i] = 0;
                continue;
            }
            x = x * 214013u + 2531011u;
            p[i] = (unsigned char)(x >> 16 & 0xFF);
        }
        return PyStatus_Ok();
    }
    if (random_bytes(p, sizeof _Py_HashSecret, 0, 0) < 0)
        return PyStatus_Error("failed to get random numbers to initialize Python");
    return PyStatus_Ok();
}
