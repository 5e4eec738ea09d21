# SPDX-License-Identifier: MIT
# ncurses with wide characters; Debian keeps its headers in /usr/include itself (libncurses-dev).
find_path(NCURSES_HEADER ncurses.h)
find_library(NCURSESW_LIB ncursesw)
find_library(TINFO_LIB tinfo)
find_library(PANELW_LIB panelw)
if(NCURSES_HEADER AND NCURSESW_LIB)
  if(NOT TINFO_LIB)
    set(TINFO_LIB ${NCURSESW_LIB})
  endif()
  file(GLOB curses_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/extensions/_curses/*.c)
  taipan_extension(_curses SOURCES ${curses_sources} LIBRARIES ${NCURSESW_LIB} ${TINFO_LIB})
  if(PANELW_LIB)
    taipan_extension(_curses_panel SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/_curses_panel.c
      LIBRARIES ${PANELW_LIB} ${NCURSESW_LIB} ${TINFO_LIB})
  endif()
endif()
