# SPDX-License-Identifier: MIT
# ndbm as GNU dbm has it (libgdbm-compat-dev).
find_path(NDBM_HEADER ndbm.h)
find_library(GDBM_LIB gdbm)
find_library(GDBM_COMPAT_LIB gdbm_compat)
if(NDBM_HEADER AND GDBM_LIB AND GDBM_COMPAT_LIB)
  taipan_extension(_dbm SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/_dbm.c LIBRARIES ${GDBM_COMPAT_LIB} ${GDBM_LIB})
endif()
