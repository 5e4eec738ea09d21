# SPDX-License-Identifier: MIT
find_path(GDBM_HEADER gdbm.h)
find_library(GDBM_LIB gdbm)
if(GDBM_HEADER AND GDBM_LIB)
  taipan_extension(_gdbm SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/_gdbm.c LIBRARIES ${GDBM_LIB})
endif()
