# SPDX-License-Identifier: MIT
"""What kind of picture a file is, by its first bytes: what('file') -> 'png'."""
from os import PathLike

__all__ = ['what']

tests = []          # functions (first 32 bytes, file or None) -> name of the kind, or None


def what(file, h=None):
    """Return the kind of picture in a file, given as a path or binary file, or of its first bytes h; None if unknown."""
    opened = None
    try:
        if h is None:
            if isinstance(file, (str, PathLike)):
                file = opened = open(file, 'rb')
                h = file.read(32)
            else:
                place = file.tell()
                h = file.read(32)
                file.seek(place)
        for test in tests:
            kind = test(h, opened)
            if kind:
                return kind
        return None
    finally:
        if opened:
            opened.close()


def test_jpeg(h, f):
    """JPEG, in a JFIF or Exif file"""
    return 'jpeg' if h[6:10] in (b'JFIF', b'Exif') else None


def test_png(h, f):
    return 'png' if h.startswith(b'\211PNG\r\n\032\n') else None


def test_gif(h, f):
    """GIF of '87 and '89"""
    return 'gif' if h[:6] in (b'GIF87a', b'GIF89a') else None


def test_tiff(h, f):
    """TIFF, in either order of bytes"""
    return 'tiff' if h[:2] in (b'MM', b'II') else None


def test_rgb(h, f):
    """SGI's pictures"""
    return 'rgb' if h.startswith(b'\001\332') else None


def _netpbm(h, digits):
    return len(h) >= 3 and h[0] == ord(b'P') and h[1] in digits and h[2] in b' \t\n\r'


def test_pbm(h, f):
    """Portable bitmap"""
    return 'pbm' if _netpbm(h, b'14') else None


def test_pgm(h, f):
    """Portable graymap"""
    return 'pgm' if _netpbm(h, b'25') else None


def test_ppm(h, f):
    """Portable pixmap"""
    return 'ppm' if _netpbm(h, b'36') else None


def test_rast(h, f):
    """Sun's raster files"""
    return 'rast' if h.startswith(b'\x59\xA6\x6A\x95') else None


def test_xbm(h, f):
    """X bitmap, in C"""
    return 'xbm' if h.startswith(b'#define ') else None


def test_bmp(h, f):
    return 'bmp' if h.startswith(b'BM') else None


def test_webp(h, f):
    return 'webp' if h.startswith(b'RIFF') and h[8:12] == b'WEBP' else None


def test_exr(h, f):
    """OpenEXR"""
    return 'exr' if h.startswith(b'\x76\x2f\x31\x01') else None


tests += [test_jpeg, test_png, test_gif, test_tiff, test_rgb, test_pbm, test_pgm, test_ppm, test_rast, test_xbm, test_bmp,
          test_webp, test_exr]


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
