/* SPDX-License-Identifier: MIT */
/* ossaudiodev: sound devices and mixers of the Open Sound System.
 *
 * Everything but reading and writing is an ioctl() that passes one int there and back: change() makes it, and the methods differ in the
 * request and in what they take and give. A device is opened without waiting for it to be free, and used with waiting.
 * Tests: tests/extensions/test_ossaudiodev.py.
 */
#define PY_SSIZE_T_CLEAN 1
#include "Python.h"
#include "structmember.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/soundcard.h>
#include <unistd.h>

/* A device, or a mixer, which has neither name nor mode. */
typedef struct {
    PyObject_HEAD
    int fd; /* -1: closed */
    int access;
    char *name; /* PyMem */
} Device;

static PyTypeObject audio_type, mixer_type;
static PyObject *oss_error;

/* ---- opening and closing ------------------------------------------------------------------------------------- */

static int is_open(Device *self)
{
    if (self->fd < 0)
        PyErr_SetString(PyExc_ValueError, "Operation on closed OSS device.");
    return self->fd >= 0;
}

static PyObject *device_of(PyTypeObject *type, int fd, int access, const char *name)
{
    Device *self = PyObject_New(Device, type);
    if (self != NULL) {
        *self = (Device){.ob_base = self->ob_base, .fd = fd, .access = access};
        if (name == NULL || (self->name = PyMem_Malloc(strlen(name) + 1)) != NULL) {
            if (name != NULL)
                strcpy(self->name, name);
            return (PyObject *)self;
        }
        PyErr_NoMemory();
        self->fd = -1;
        Py_DECREF(self);
    }
    close(fd);
    return NULL;
}

static void dealloc(Device *self)
{
    if (self->fd >= 0)
        close(self->fd);
    PyMem_Free(self->name);
    PyObject_Del(self);
}

static PyObject *file_error(const char *name)
{
    return PyErr_SetFromErrnoWithFilename(PyExc_OSError, name);
}

/* "r", "w", "rw" as flags of open(); -1 with the exception. */
static int access_of(const char *mode)
{
    if (strcmp(mode, "r") == 0)
        return O_RDONLY;
    if (strcmp(mode, "w") == 0)
        return O_WRONLY;
    if (strcmp(mode, "rw") == 0)
        return O_RDWR;
    PyErr_SetString(oss_error, "mode must be 'r', 'w', or 'rw'");
    return -1;
}

PyDoc_STRVAR(open_doc, "open([device,] mode) -> oss_audio_device\n\n\
Open a sound device for reading ('r'), writing ('w') or both ('rw').\n\
device: a path; by default what AUDIODEV in the environment says, or /dev/dsp.\n\
Raises OSError if it cannot be opened or is no sound device, OSSAudioError for another mode.");

static PyObject *oss_open(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *first, *mode = NULL, *name;
    int fd, access, formats = 0;
    if (!PyArg_ParseTuple(args, "s|s:open", &first, &mode))
        return NULL;
    if (mode == NULL) {
        mode = first;
        name = getenv("AUDIODEV");
        if (name == NULL)
            name = "/dev/dsp";
    } else {
        name = first;
    }
    if ((access = access_of(mode)) < 0)
        return NULL;
    if ((fd = _Py_open(name, access | O_NONBLOCK)) < 0)
        return NULL;
    if (fcntl(fd, F_SETFL, 0) < 0 || ioctl(fd, SNDCTL_DSP_GETFMTS, &formats) < 0) {
        file_error(name);
        close(fd);
        return NULL;
    }
    return device_of(&audio_type, fd, access, name);
}

PyDoc_STRVAR(openmixer_doc, "openmixer([device]) -> oss_mixer_device\n\n\
Open a mixer. device: a path; by default what MIXERDEV in the environment says, or /dev/mixer. Raises OSError.");

static PyObject *oss_openmixer(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name = NULL;
    int fd;
    if (!PyArg_ParseTuple(args, "|s", &name))
        return NULL;
    if (name == NULL && (name = getenv("MIXERDEV")) == NULL)
        name = "/dev/mixer";
    fd = _Py_open(name, O_RDWR);
    return fd < 0 ? NULL : device_of(&mixer_type, fd, O_RDWR, NULL);
}

static PyObject *device_close(Device *self, PyObject *Py_UNUSED(unused))
{
    int fd = self->fd;
    if (fd >= 0) {
        self->fd = -1;
        Py_BEGIN_ALLOW_THREADS
        close(fd);
        Py_END_ALLOW_THREADS
    }
    Py_RETURN_NONE;
}

static PyObject *device_fileno(Device *self, PyObject *Py_UNUSED(unused))
{
    return is_open(self) ? PyLong_FromLong(self->fd) : NULL;
}

static PyObject *device_enter(PyObject *self, PyObject *Py_UNUSED(unused))
{
    Py_INCREF(self);
    return self;
}

static PyObject *device_exit(PyObject *self, PyObject *Py_UNUSED(args))
{
    PyObject *result = PyObject_CallMethod(self, "close", NULL);
    Py_XDECREF(result);
    if (result == NULL)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- requests ------------------------------------------------------------------------------------------------ */

/* Pass *value to the device, and take what it makes of it. 0, or -1 with OSError. */
static int change(Device *self, unsigned long request, int *value)
{
    int result;
    Py_BEGIN_ALLOW_THREADS
    result = ioctl(self->fd, request, value);
    Py_END_ALLOW_THREADS
    if (result < 0)
        PyErr_SetFromErrno(PyExc_OSError);
    return result < 0 ? -1 : 0;
}

/* A method that asks for a number. */
static PyObject *ask(Device *self, unsigned long request)
{
    int value = 0;
    return is_open(self) && change(self, request, &value) == 0 ? PyLong_FromLong(value) : NULL;
}

/* A method that sets a number, and gives the one that the device took instead. */
static PyObject *set(Device *self, PyObject *args, const char *format, unsigned long request)
{
    int value;
    if (!is_open(self) || !PyArg_ParseTuple(args, format, &value))
        return NULL;
    return change(self, request, &value) == 0 ? PyLong_FromLong(value) : NULL;
}

/* A method that tells the device to do something. */
static PyObject *tell(Device *self, unsigned long request)
{
    int unused = 0;
    if (!is_open(self) || change(self, request, &unused) < 0)
        return NULL;
    Py_RETURN_NONE;
}

/* The same without arguments, for methods that say so in the words of PyArg_ParseTuple. */
static PyObject *tell_plainly(Device *self, PyObject *args, const char *format, unsigned long request)
{
    return is_open(self) && PyArg_ParseTuple(args, format) ? tell(self, request) : NULL;
}

static PyObject *ask_plainly(Device *self, PyObject *args, const char *format, unsigned long request)
{
    return is_open(self) && PyArg_ParseTuple(args, format) ? ask(self, request) : NULL;
}

#define METHOD(name, arguments, call) \
    static PyObject *name(Device *self, PyObject *arguments) { return call; }

METHOD(audio_nonblock, Py_UNUSED(unused), tell(self, SNDCTL_DSP_NONBLOCK))
METHOD(audio_getfmts, Py_UNUSED(unused), ask(self, SNDCTL_DSP_GETFMTS))
METHOD(audio_setfmt, args, set(self, args, "i:setfmt", SNDCTL_DSP_SETFMT))
METHOD(audio_channels, args, set(self, args, "i:channels", SNDCTL_DSP_CHANNELS))
METHOD(audio_speed, args, set(self, args, "i:speed", SNDCTL_DSP_SPEED))
METHOD(audio_sync, args, tell_plainly(self, args, ":sync", SNDCTL_DSP_SYNC))
METHOD(audio_reset, args, tell_plainly(self, args, ":reset", SNDCTL_DSP_RESET))
METHOD(audio_post, args, tell_plainly(self, args, ":post", SNDCTL_DSP_POST))
METHOD(mixer_controls, args, ask_plainly(self, args, ":controls", SOUND_MIXER_READ_DEVMASK))
METHOD(mixer_stereocontrols, args, ask_plainly(self, args, ":stereocontrols", SOUND_MIXER_READ_STEREODEVS))
METHOD(mixer_reccontrols, args, ask_plainly(self, args, ":reccontrols", SOUND_MIXER_READ_RECMASK))
METHOD(mixer_get_recsrc, args, ask_plainly(self, args, ":get_recsrc", SOUND_MIXER_READ_RECSRC))
METHOD(mixer_set_recsrc, args, set(self, args, "i:set_recsrc", SOUND_MIXER_WRITE_RECSRC))

/* One of the three parameters of setparameters(). 0, or -1 with the exception. */
static int set_parameter(Device *self, unsigned long request, const char *what, int *value, int strict)
{
    int wanted = *value;
    if (change(self, request, value) < 0)
        return -1;
    if (strict && *value != wanted) {
        PyErr_Format(oss_error, "unable to set requested %s (wanted %d, got %d)", what, wanted, *value);
        return -1;
    }
    return 0;
}

static PyObject *audio_setparameters(Device *self, PyObject *args)
{
    int format, channels, rate, strict = 0;
    if (!is_open(self) || !PyArg_ParseTuple(args, "iii|i:setparameters", &format, &channels, &rate, &strict))
        return NULL;
    if (set_parameter(self, SNDCTL_DSP_SETFMT, "format", &format, strict) < 0 ||
        set_parameter(self, SNDCTL_DSP_CHANNELS, "channels", &channels, strict) < 0 ||
        set_parameter(self, SNDCTL_DSP_SPEED, "rate", &rate, strict) < 0)
        return NULL;
    return Py_BuildValue("(iii)", format, channels, rate);
}

/* ---- reading and writing --------------------------------------------------------------------------------------- */

static PyObject *audio_read(Device *self, PyObject *args)
{
    Py_ssize_t size, count;
    PyObject *bytes;
    if (!is_open(self) || !PyArg_ParseTuple(args, "n:read", &size) || (bytes = PyBytes_FromStringAndSize(NULL, size)) == NULL)
        return NULL;
    count = _Py_read(self->fd, PyBytes_AS_STRING(bytes), (size_t)size);
    if (count < 0) {
        Py_DECREF(bytes);
        return NULL;
    }
    _PyBytes_Resize(&bytes, count);
    return bytes;
}

static PyObject *audio_write(Device *self, PyObject *args)
{
    Py_buffer data;
    Py_ssize_t count;
    if (!is_open(self) || !PyArg_ParseTuple(args, "y*:write", &data))
        return NULL;
    count = _Py_write(self->fd, data.buf, (size_t)data.len);
    PyBuffer_Release(&data);
    return count < 0 ? NULL : PyLong_FromSsize_t(count);
}

/* Wait until the device takes something. 0, or -1 with the exception. */
static int wait_for_room(Device *self)
{
    for (;;) {
        fd_set set;
        int result;
        if (self->fd >= FD_SETSIZE) {
            PyErr_SetString(PyExc_ValueError, "file descriptor out of range for select");
            return -1;
        }
        FD_ZERO(&set);
        FD_SET(self->fd, &set);
        Py_BEGIN_ALLOW_THREADS
        result = select(self->fd + 1, NULL, &set, NULL, NULL);
        Py_END_ALLOW_THREADS
        if (result >= 0)
            return 0;
        if (errno != EINTR) {
            PyErr_SetFromErrno(PyExc_OSError);
            return -1;
        }
        if (PyErr_CheckSignals() < 0 || !is_open(self))
            return -1;
    }
}

static PyObject *audio_writeall(Device *self, PyObject *args)
{
    Py_buffer data;
    const char *at;
    Py_ssize_t left;
    if (!is_open(self) || !PyArg_ParseTuple(args, "y*:writeall", &data))
        return NULL;
    for (at = data.buf, left = data.len; left > 0;) {
        Py_ssize_t count = -1;
        if (wait_for_room(self) < 0 || !is_open(self))
            break;
        count = _Py_write(self->fd, at, (size_t)left);
        if (count >= 0) {
            at += count;
            left -= count;
        } else if (PyErr_ExceptionMatches(PyExc_BlockingIOError)) {
            PyErr_Clear(); /* somebody else has filled it meanwhile */
        } else {
            break;
        }
    }
    PyBuffer_Release(&data);
    if (left > 0)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- the device's buffer ----------------------------------------------------------------------------------------- */

static int bytes_of_sample(int format)
{
    switch (format) {
    case AFMT_MU_LAW: case AFMT_A_LAW: case AFMT_U8: case AFMT_S8:
        return 1;
    case AFMT_S16_LE: case AFMT_S16_BE: case AFMT_U16_LE: case AFMT_U16_BE:
        return 2;
    default:
        errno = EOPNOTSUPP;
        return 0;
    }
}

/* The room for output, and how many bytes a sample of all channels has. 0, or -1 with the exception. */
static int ask_room(Device *self, audio_buf_info *room, int *frame)
{
    int format = AFMT_QUERY, channels = 0, result;
    if (!is_open(self) || change(self, SNDCTL_DSP_SETFMT, &format) < 0 || change(self, SNDCTL_DSP_CHANNELS, &channels) < 0)
        return -1;
    *frame = bytes_of_sample(format) * channels;
    if (*frame <= 0) {
        PyErr_SetFromErrno(PyExc_OSError);
        return -1;
    }
    Py_BEGIN_ALLOW_THREADS
    result = ioctl(self->fd, SNDCTL_DSP_GETOSPACE, room);
    Py_END_ALLOW_THREADS
    if (result < 0)
        PyErr_SetFromErrno(PyExc_OSError);
    return result < 0 ? -1 : 0;
}

static PyObject *audio_bufsize(Device *self, PyObject *Py_UNUSED(unused))
{
    audio_buf_info room = {0};
    int frame;
    return ask_room(self, &room, &frame) < 0 ? NULL : PyLong_FromLong(room.fragstotal * room.fragsize / frame);
}

static PyObject *audio_obufcount(Device *self, PyObject *Py_UNUSED(unused))
{
    audio_buf_info room = {0};
    int frame;
    return ask_room(self, &room, &frame) < 0 ? NULL : PyLong_FromLong((room.fragstotal * room.fragsize - room.bytes) / frame);
}

static PyObject *audio_obuffree(Device *self, PyObject *Py_UNUSED(unused))
{
    audio_buf_info room = {0};
    int frame;
    return ask_room(self, &room, &frame) < 0 ? NULL : PyLong_FromLong(room.bytes / frame);
}

static PyObject *audio_getptr(Device *self, PyObject *Py_UNUSED(unused))
{
    count_info info = {0};
    int result;
    if (!is_open(self))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    result = ioctl(self->fd, self->access == O_RDONLY ? SNDCTL_DSP_GETIPTR : SNDCTL_DSP_GETOPTR, &info);
    Py_END_ALLOW_THREADS
    if (result < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return Py_BuildValue("(iii)", info.bytes, info.blocks, info.ptr);
}

/* ---- attributes of devices ------------------------------------------------------------------------------------- */

static PyObject *audio_closed(Device *self, void *Py_UNUSED(closure))
{
    return PyBool_FromLong(self->fd < 0);
}

static PyObject *audio_mode(Device *self, void *Py_UNUSED(closure))
{
    return PyUnicode_FromString(self->access == O_RDONLY ? "r" : self->access == O_WRONLY ? "w" : "rw");
}

static PyGetSetDef audio_getset[] = {
    {"closed", (getter)audio_closed, NULL, "True once the device is closed.", NULL},
    {"mode", (getter)audio_mode, NULL, "'r', 'w' or 'rw'.", NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMemberDef audio_members[] = {
    {"name", T_STRING, offsetof(Device, name), READONLY, "The path that was opened."},
    {NULL, 0, 0, 0, NULL},
};

/* ---- mixers ---------------------------------------------------------------------------------------------------- */

static int check_channel(int channel)
{
    if (channel >= 0 && channel <= SOUND_MIXER_NRDEVICES)
        return 0;
    PyErr_SetString(oss_error, "Invalid mixer channel specified.");
    return -1;
}

/* Volumes of two sides, as the low bytes of an int. */
static PyObject *sides(int volume)
{
    return Py_BuildValue("(ii)", volume & 0xff, volume >> 8 & 0xff);
}

static PyObject *mixer_get(Device *self, PyObject *args)
{
    int channel, volume = 0;
    if (!is_open(self) || !PyArg_ParseTuple(args, "i:get", &channel) || check_channel(channel) < 0)
        return NULL;
    return change(self, MIXER_READ(channel), &volume) < 0 ? NULL : sides(volume);
}

static PyObject *mixer_set(Device *self, PyObject *args)
{
    int channel, left, right;
    if (!is_open(self) || !PyArg_ParseTuple(args, "i(ii):set", &channel, &left, &right) || check_channel(channel) < 0)
        return NULL;
    if (left < 0 || left > 100 || right < 0 || right > 100) {
        PyErr_SetString(oss_error, "Volumes must be between 0 and 100.");
        return NULL;
    }
    int volume = right << 8 | left;
    return change(self, MIXER_WRITE(channel), &volume) < 0 ? NULL : sides(volume);
}

/* ---- types ----------------------------------------------------------------------------------------------------- */

#define FUNCTION(f) ((PyCFunction)(void (*)(void))(f))

static PyMethodDef audio_methods[] = {
    {"read", FUNCTION(audio_read), METH_VARARGS, PyDoc_STR("read(size) -> bytes\n\nUp to size bytes; waits for them unless nonblock() was called.")},
    {"write", FUNCTION(audio_write), METH_VARARGS, PyDoc_STR("write(data) -> int\n\nHow many bytes of data the device took.")},
    {"writeall", FUNCTION(audio_writeall), METH_VARARGS, PyDoc_STR("writeall(data)\n\nWrite all of data, waiting for room where it must.")},
    {"nonblock", FUNCTION(audio_nonblock), METH_NOARGS, PyDoc_STR("nonblock()\n\nDo not wait in read() and write() from now on; there is no way back.")},
    {"getfmts", FUNCTION(audio_getfmts), METH_NOARGS, PyDoc_STR("getfmts() -> int\n\nThe sample formats that the device knows: AFMT_* added up.")},
    {"setfmt", FUNCTION(audio_setfmt), METH_VARARGS, PyDoc_STR("setfmt(format) -> int\n\nSet the sample format; the one that is set. AFMT_QUERY only asks.")},
    {"channels", FUNCTION(audio_channels), METH_VARARGS, PyDoc_STR("channels(n) -> int\n\nSet the number of channels; the one that is set.")},
    {"speed", FUNCTION(audio_speed), METH_VARARGS, PyDoc_STR("speed(rate) -> int\n\nSet the samples per second; the rate that is set.")},
    {"setparameters", FUNCTION(audio_setparameters), METH_VARARGS,
     PyDoc_STR("setparameters(format, channels, rate[, strict=False]) -> (format, channels, rate)\n\n\
Set all three; those that are set. With strict, OSSAudioError if they are not the ones asked for.")},
    {"sync", FUNCTION(audio_sync), METH_VARARGS, PyDoc_STR("sync()\n\nWait until all that was written has been played.")},
    {"flush", FUNCTION(audio_sync), METH_VARARGS, PyDoc_STR("flush()\n\nThe same as sync().")},
    {"reset", FUNCTION(audio_reset), METH_VARARGS, PyDoc_STR("reset()\n\nStop at once.")},
    {"post", FUNCTION(audio_post), METH_VARARGS, PyDoc_STR("post()\n\nTell the device that there will be a pause.")},
    {"bufsize", FUNCTION(audio_bufsize), METH_NOARGS, PyDoc_STR("bufsize() -> int\n\nThe size of the device's buffer, in samples.")},
    {"obufcount", FUNCTION(audio_obufcount), METH_NOARGS, PyDoc_STR("obufcount() -> int\n\nSamples that wait to be played.")},
    {"obuffree", FUNCTION(audio_obuffree), METH_NOARGS, PyDoc_STR("obuffree() -> int\n\nSamples that can be written without waiting.")},
    {"getptr", FUNCTION(audio_getptr), METH_NOARGS, PyDoc_STR("getptr() -> (bytes, blocks, position)\n\nHow far the device has got.")},
    {"close", FUNCTION(device_close), METH_NOARGS, PyDoc_STR("close()\n\nClose the device.")},
    {"fileno", FUNCTION(device_fileno), METH_NOARGS, PyDoc_STR("fileno() -> int\n\nThe file descriptor.")},
    {"__enter__", device_enter, METH_NOARGS, NULL},
    {"__exit__", device_exit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef mixer_methods[] = {
    {"close", FUNCTION(device_close), METH_NOARGS, PyDoc_STR("close()\n\nClose the mixer.")},
    {"fileno", FUNCTION(device_fileno), METH_NOARGS, PyDoc_STR("fileno() -> int\n\nThe file descriptor.")},
    {"controls", FUNCTION(mixer_controls), METH_VARARGS, PyDoc_STR("controls() -> int\n\nA bit for each control (SOUND_MIXER_*) that there is.")},
    {"stereocontrols", FUNCTION(mixer_stereocontrols), METH_VARARGS, PyDoc_STR("stereocontrols() -> int\n\nA bit for each control with two sides.")},
    {"reccontrols", FUNCTION(mixer_reccontrols), METH_VARARGS, PyDoc_STR("reccontrols() -> int\n\nA bit for each control that can be recorded from.")},
    {"get", FUNCTION(mixer_get), METH_VARARGS, PyDoc_STR("get(control) -> (left, right)\n\nThe volumes of a control, 0 to 100.")},
    {"set", FUNCTION(mixer_set), METH_VARARGS, PyDoc_STR("set(control, (left, right)) -> (left, right)\n\nSet the volumes of a control, 0 to 100; those that are set.")},
    {"get_recsrc", FUNCTION(mixer_get_recsrc), METH_VARARGS, PyDoc_STR("get_recsrc() -> int\n\nA bit for each control that is recorded from.")},
    {"set_recsrc", FUNCTION(mixer_set_recsrc), METH_VARARGS, PyDoc_STR("set_recsrc(mask) -> int\n\nRecord from these controls; those that are recorded from.")},
    {"__enter__", device_enter, METH_NOARGS, NULL},
    {"__exit__", device_exit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject audio_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "ossaudiodev.oss_audio_device",
    .tp_basicsize = sizeof(Device),
    .tp_dealloc = (destructor)dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = audio_methods,
    .tp_getset = audio_getset,
    .tp_members = audio_members,
};

static PyTypeObject mixer_type = {
    PyVarObject_HEAD_INIT(&PyType_Type, 0)
    .tp_name = "ossaudiodev.oss_mixer_device",
    .tp_basicsize = sizeof(Device),
    .tp_dealloc = (destructor)dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = mixer_methods,
};

/* ---- module ---------------------------------------------------------------------------------------------------- */

static PyMethodDef methods[] = {
    {"open", oss_open, METH_VARARGS, open_doc},
    {"openmixer", oss_openmixer, METH_VARARGS, openmixer_doc},
    {NULL, NULL, 0, NULL},
};

#define C(name) {#name, name}
static const struct {
    const char *name;
    unsigned long value;
} constants[] = {
    C(AFMT_QUERY), C(AFMT_MU_LAW), C(AFMT_A_LAW), C(AFMT_IMA_ADPCM), C(AFMT_U8), C(AFMT_S16_LE), C(AFMT_S16_BE), C(AFMT_S8),
    C(AFMT_U16_LE), C(AFMT_U16_BE), C(AFMT_MPEG), C(AFMT_AC3), C(AFMT_S16_NE),
    C(SOUND_MIXER_NRDEVICES), C(SOUND_MIXER_VOLUME), C(SOUND_MIXER_BASS), C(SOUND_MIXER_TREBLE), C(SOUND_MIXER_SYNTH),
    C(SOUND_MIXER_PCM), C(SOUND_MIXER_SPEAKER), C(SOUND_MIXER_LINE), C(SOUND_MIXER_MIC), C(SOUND_MIXER_CD), C(SOUND_MIXER_IMIX),
    C(SOUND_MIXER_ALTPCM), C(SOUND_MIXER_RECLEV), C(SOUND_MIXER_IGAIN), C(SOUND_MIXER_OGAIN), C(SOUND_MIXER_LINE1),
    C(SOUND_MIXER_LINE2), C(SOUND_MIXER_LINE3), C(SOUND_MIXER_DIGITAL1), C(SOUND_MIXER_DIGITAL2), C(SOUND_MIXER_DIGITAL3),
    C(SOUND_MIXER_PHONEIN), C(SOUND_MIXER_PHONEOUT), C(SOUND_MIXER_VIDEO), C(SOUND_MIXER_RADIO), C(SOUND_MIXER_MONITOR),
    C(SNDCTL_COPR_HALT), C(SNDCTL_COPR_LOAD), C(SNDCTL_COPR_RCODE), C(SNDCTL_COPR_RCVMSG), C(SNDCTL_COPR_RDATA), C(SNDCTL_COPR_RESET),
    C(SNDCTL_COPR_RUN), C(SNDCTL_COPR_SENDMSG), C(SNDCTL_COPR_WCODE), C(SNDCTL_COPR_WDATA),
    C(SNDCTL_DSP_BIND_CHANNEL), C(SNDCTL_DSP_CHANNELS), C(SNDCTL_DSP_GETBLKSIZE), C(SNDCTL_DSP_GETCAPS), C(SNDCTL_DSP_GETCHANNELMASK),
    C(SNDCTL_DSP_GETFMTS), C(SNDCTL_DSP_GETIPTR), C(SNDCTL_DSP_GETISPACE), C(SNDCTL_DSP_GETODELAY), C(SNDCTL_DSP_GETOPTR),
    C(SNDCTL_DSP_GETOSPACE), C(SNDCTL_DSP_GETSPDIF), C(SNDCTL_DSP_GETTRIGGER), C(SNDCTL_DSP_MAPINBUF), C(SNDCTL_DSP_MAPOUTBUF),
    C(SNDCTL_DSP_NONBLOCK), C(SNDCTL_DSP_POST), C(SNDCTL_DSP_PROFILE), C(SNDCTL_DSP_RESET), C(SNDCTL_DSP_SAMPLESIZE),
    C(SNDCTL_DSP_SETDUPLEX), C(SNDCTL_DSP_SETFMT), C(SNDCTL_DSP_SETFRAGMENT), C(SNDCTL_DSP_SETSPDIF), C(SNDCTL_DSP_SETSYNCRO),
    C(SNDCTL_DSP_SETTRIGGER), C(SNDCTL_DSP_SPEED), C(SNDCTL_DSP_STEREO), C(SNDCTL_DSP_SUBDIVIDE), C(SNDCTL_DSP_SYNC),
    C(SNDCTL_FM_4OP_ENABLE), C(SNDCTL_FM_LOAD_INSTR), C(SNDCTL_MIDI_INFO), C(SNDCTL_MIDI_MPUCMD), C(SNDCTL_MIDI_MPUMODE),
    C(SNDCTL_MIDI_PRETIME), C(SNDCTL_SEQ_CTRLRATE), C(SNDCTL_SEQ_GETINCOUNT), C(SNDCTL_SEQ_GETOUTCOUNT), C(SNDCTL_SEQ_GETTIME),
    C(SNDCTL_SEQ_NRMIDIS), C(SNDCTL_SEQ_NRSYNTHS), C(SNDCTL_SEQ_OUTOFBAND), C(SNDCTL_SEQ_PANIC), C(SNDCTL_SEQ_PERCMODE),
    C(SNDCTL_SEQ_RESET), C(SNDCTL_SEQ_RESETSAMPLES), C(SNDCTL_SEQ_SYNC), C(SNDCTL_SEQ_TESTMIDI), C(SNDCTL_SEQ_THRESHOLD),
    C(SNDCTL_SYNTH_CONTROL), C(SNDCTL_SYNTH_ID), C(SNDCTL_SYNTH_INFO), C(SNDCTL_SYNTH_MEMAVL), C(SNDCTL_SYNTH_REMOVESAMPLE),
    C(SNDCTL_TMR_CONTINUE), C(SNDCTL_TMR_METRONOME), C(SNDCTL_TMR_SELECT), C(SNDCTL_TMR_SOURCE), C(SNDCTL_TMR_START),
    C(SNDCTL_TMR_STOP), C(SNDCTL_TMR_TEMPO), C(SNDCTL_TMR_TIMEBASE),
};
#undef C

/* Put value (stolen; NULL: failed) into the module. */
static int add(PyObject *m, const char *name, PyObject *value)
{
    if (value != NULL && PyModule_AddObject(m, name, value) == 0)
        return 0;
    Py_XDECREF(value);
    return -1;
}

static int add_texts(PyObject *m, const char *name, const char *const *texts)
{
    PyObject *list = PyList_New(SOUND_MIXER_NRDEVICES);
    for (int i = 0; list != NULL && i < SOUND_MIXER_NRDEVICES; i++) {
        PyObject *text = PyUnicode_FromString(texts[i]);
        if (text == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, text);
    }
    return add(m, name, list);
}

static int fill_module(PyObject *m)
{
    static const char *const labels[] = SOUND_DEVICE_LABELS, *const names[] = SOUND_DEVICE_NAMES;
    if (oss_error == NULL && (oss_error = PyErr_NewException("ossaudiodev.OSSAudioError", NULL, NULL)) == NULL)
        return -1;
    Py_INCREF(oss_error);
    if (add(m, "error", oss_error) < 0)
        return -1;
    Py_INCREF(oss_error);
    if (add(m, "OSSAudioError", oss_error) < 0 || add_texts(m, "control_labels", labels) < 0 || add_texts(m, "control_names", names) < 0)
        return -1;
    for (size_t i = 0; i < sizeof constants / sizeof constants[0]; i++)
        if (add(m, constants[i].name, PyLong_FromUnsignedLong(constants[i].value)) < 0)
            return -1;
    return 0;
}

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ossaudiodev",
    .m_doc = PyDoc_STR("Sound devices and mixers of the Open Sound System."),
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_ossaudiodev(void)
{
    PyObject *m;
    if (PyType_Ready(&audio_type) < 0 || PyType_Ready(&mixer_type) < 0 || (m = PyModule_Create(&module_def)) == NULL)
        return NULL;
    if (fill_module(m) < 0)
        Py_CLEAR(m);
    return m;
}
