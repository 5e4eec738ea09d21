# SPDX-License-Identifier: MIT
"""Names of the types of the Windows API; they can be used on other systems too."""
import ctypes

# What each type is called in Windows' headers.
_PLAIN = {
    'c_byte': 'BYTE BOOLEAN',
    'c_ushort': 'WORD USHORT ATOM LANGID',
    'c_short': 'SHORT',
    'c_int': 'INT',
    'c_uint': 'UINT',
    'c_long': 'BOOL LONG',
    'c_ulong': 'DWORD ULONG COLORREF LGRPID LCTYPE LCID',
    'c_longlong': '_LARGE_INTEGER LARGE_INTEGER',
    'c_ulonglong': '_ULARGE_INTEGER ULARGE_INTEGER',
    'c_size_t': 'WPARAM',
    'c_ssize_t': 'LPARAM',
    'c_float': 'FLOAT',
    'c_double': 'DOUBLE',
    'c_char': 'CHAR',
    'c_wchar': 'WCHAR',
    'c_char_p': 'LPCSTR LPSTR',
    'c_wchar_p': 'LPCOLESTR LPOLESTR OLESTR LPCWSTR LPWSTR',
    'c_void_p': '''
        LPCVOID LPVOID HANDLE HACCEL HBITMAP HBRUSH HCOLORSPACE HDC HDESK HDWP
        HENHMETAFILE HFONT HGDIOBJ HGLOBAL HHOOK HICON HINSTANCE HKEY HKL HLOCAL
        HMENU HMETAFILE HMODULE HMONITOR HPALETTE HPEN HRGN HRSRC HSTR HTASK
        HWINSTA HWND SC_HANDLE SERVICE_STATUS_HANDLE''',
}

for _ctype, _names in _PLAIN.items():
    for _name in _names.split():
        globals()[_name] = getattr(ctypes, _ctype)

MAX_PATH = 260


class VARIANT_BOOL(ctypes._SimpleCData):
    """The 16 bit truth value of OLE: True is stored as -1."""
    _type_ = 'v'

    def __repr__(self):
        return f'{type(self).__name__}({self.value!r})'


def _structure(name, *fields):
    """A Structure of this module with (names, type) pairs as fields."""
    return type(ctypes.Structure)(name, (ctypes.Structure,), {
        '__module__': __name__,
        '_fields_': [(each, typ) for names, typ in fields for each in names.split()]})


RECT = tagRECT = _RECTL = RECTL = _structure('RECT', ('left top right bottom', LONG))
_SMALL_RECT = SMALL_RECT = _structure('_SMALL_RECT', ('Left Top Right Bottom', SHORT))
_COORD = _structure('_COORD', ('X Y', SHORT))
POINT = tagPOINT = _POINTL = POINTL = _structure('POINT', ('x y', LONG))
SIZE = tagSIZE = SIZEL = _structure('SIZE', ('cx cy', LONG))
FILETIME = _FILETIME = _structure('FILETIME', ('dwLowDateTime dwHighDateTime', DWORD))
MSG = tagMSG = _structure('MSG', ('hWnd', HWND), ('message', UINT), ('wParam', WPARAM),
                          ('lParam', LPARAM), ('time', DWORD), ('pt', POINT))


def RGB(red, green, blue):
    """Three parts of a colour as one COLORREF number."""
    return (blue << 16) + (green << 8) + red


def _find_data(name, char):
    """WIN32_FIND_DATA with names of this kind of character."""
    return _structure(
        name, ('dwFileAttributes', DWORD),
        ('ftCreationTime ftLastAccessTime ftLastWriteTime', FILETIME),
        ('nFileSizeHigh nFileSizeLow dwReserved0 dwReserved1', DWORD),
        ('cFileName', char * MAX_PATH), ('cAlternateFileName', char * 14))


WIN32_FIND_DATAA = _find_data('WIN32_FIND_DATAA', CHAR)
WIN32_FIND_DATAW = _find_data('WIN32_FIND_DATAW', WCHAR)

# A pointer type is called P or LP and the name of what it points to; the number
# says which of the two exist: 1 for P, 2 for LP.
_POINTERS = {
    1: '''BOOLEAN CHAR FLOAT HKEY LARGE_INTEGER LCID POINTL SHORT SMALL_RECT
          ULARGE_INTEGER ULONG USHORT WCHAR''',
    2: 'COLORREF HKL SC_HANDLE',
    3: '''BOOL BYTE DWORD FILETIME HANDLE INT LONG MSG POINT RECT RECTL SIZE SIZEL
          UINT WIN32_FIND_DATAA WIN32_FIND_DATAW WORD''',
}

for _which, _names in _POINTERS.items():
    for _name in _names.split():
        _ctype = ctypes.POINTER(globals()[_name])
        if _which & 1:
            globals()['P' + _name] = _ctype
        if _which & 2:
            globals()['LP' + _name] = _ctype
del _ctype, _name, _names, _which
