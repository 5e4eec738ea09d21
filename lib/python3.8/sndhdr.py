# SPDX-License-Identifier: MIT
"""What kind of sound a file is, by its first bytes: what('file') -> SndHeaders, or None."""
__all__ = ['what', 'whathdr']

from collections import namedtuple

SndHeaders = namedtuple('SndHeaders', 'filetype framerate nchannels nframes sampwidth')

SndHeaders.filetype.__doc__ = 'Kind of file: aiff, aifc, au, hcom, sndr, sndt, voc, wav, 8svx, sb, ub, ul.'
SndHeaders.framerate.__doc__ = 'Frames a second; 0 if that is not known.'
SndHeaders.nchannels.__doc__ = 'Number of channels; 0 if that is not known.'
SndHeaders.nframes.__doc__ = 'Number of frames; -1 if that is not known.'
SndHeaders.sampwidth.__doc__ = "Bits of a sample; 'A' for A-LAW, 'U' for u-LAW."


def what(filename):
    """Return what is known of a file's sound; None if it is none."""
    return whathdr(filename)


def whathdr(filename):
    """Return what is known of a file's sound; None if it is none."""
    with open(filename, 'rb') as f:
        head = f.read(512)
        for test in tests:
            found = test(head, f)
            if found:
                return SndHeaders(*found)
    return None


tests = []          # functions (first 512 bytes, file) -> the fields, or None


def test_aifc(h, f):
    """AIFF and AIFC"""
    if not h.startswith(b'FORM') or h[8:12] not in (b'AIFC', b'AIFF'):
        return None
    import aifc
    f.seek(0)
    try:
        sound = aifc.open(f, 'r')
    except (EOFError, aifc.Error):
        return None
    return (h[8:12].decode('ascii').lower(), sound.getframerate(), sound.getnchannels(), sound.getnframes(),
            8 * sound.getsampwidth())


def test_au(h, f):
    """Sun's files, and those of DEC with the bytes the other way round"""
    if h.startswith(b'.snd'):
        number = get_long_be
    elif h[:4] in (b'\0ds.', b'dns.'):
        number = get_long_le
    else:
        return None
    start, size, encoding, rate, channels = (number(h[at:at + 4]) for at in range(4, 24, 4))
    width, bits = {1: (1, 'U'), 2: (1, 8), 3: (2, 16)}.get(encoding, (1, '?'))
    frame = width * channels
    return 'au', rate, channels, size / frame if frame else -1, bits


def test_hcom(h, f):
    """HCOM, of the Macintosh"""
    if h[65:69] != b'FSSD' or h[128:132] != b'HCOM':
        return None
    divisor = get_long_be(h[144:148])
    return 'hcom', 22050 / divisor if divisor else 0, 1, -1, 8


def test_voc(h, f):
    """Creative's VOC"""
    if not h.startswith(b'Creative Voice File\032'):
        return None
    start = get_short_le(h[20:22])
    rate = 0
    if 0 <= start < 500 and h[start] == 1:
        ratio = 256 - h[start + 4]
        rate = int(1000000.0 / ratio) if ratio else 0
    return 'voc', rate, 1, -1, 8


def test_wav(h, f):
    import wave
    if not h.startswith(b'RIFF') or h[8:12] != b'WAVE' or h[12:16] != b'fmt ':
        return None
    f.seek(0)
    try:
        sound = wave.open(f, 'r')
    except (EOFError, wave.Error):
        return None
    return 'wav', sound.getframerate(), sound.getnchannels(), sound.getnframes(), 8 * sound.getsampwidth()


def test_8svx(h, f):
    """Of the Amiga"""
    return ('8svx', 0, 1, 0, 8) if h.startswith(b'FORM') and h[8:12] == b'8SVX' else None


def test_sndt(h, f):
    if not h.startswith(b'SOUND'):
        return None
    return 'sndt', get_short_le(h[20:22]), 1, get_long_le(h[8:12]), 8


def test_sndr(h, f):
    if h.startswith(b'\0\0'):
        rate = get_short_le(h[2:4])
        if 4000 <= rate <= 25000:
            return 'sndr', rate, 1, -1, 8


tests += [test_aifc, test_au, test_hcom, test_voc, test_wav, test_8svx, test_sndt, test_sndr]


def get_long_be(b):
    return int.from_bytes(b[:4], 'big')


def get_long_le(b):
    return int.from_bytes(b[:4], 'little')


def get_short_be(b):
    return int.from_bytes(b[:2], 'big')


def get_short_le(b):
    return int.from_bytes(b[:2], 'little')


def test():
    """The program: print what is known of files; with -r as the first argument also of those in folders."""
    from _filekinds import main
    main(what)


def testall(list, recursive, toplevel):
    """Print what is known of files, and of those in folders with recursive or toplevel."""
    from _filekinds import show
    show(what, list, recursive, toplevel)


if __name__ == '__main__':
    test()
