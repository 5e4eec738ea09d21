# Tcl and Tk 8.6 (Debian: tk-dev, which brings the headers of X; not among the packages of tools/install-build-tools).
find_path(TCL_HEADER tcl.h PATH_SUFFIXES tcl8.6 tcl)
find_path(TK_HEADER tk.h PATH_SUFFIXES tcl8.6 tk8.6 tk)
find_path(X11_HEADER X11/Xlib.h)
find_library(TCL_LIB NAMES tcl8.6 tcl)
find_library(TK_LIB NAMES tk8.6 tk)
if(TCL_HEADER AND TK_HEADER AND X11_HEADER AND TCL_LIB AND TK_LIB)
  file(GLOB tkinter_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/extensions/_tkinter/*.c)
  taipan_extension(_tkinter SOURCES ${tkinter_sources} INCLUDES ${TCL_HEADER} ${TK_HEADER} ${X11_HEADER}
    LIBRARIES ${TK_LIB} ${TCL_LIB})
endif()
