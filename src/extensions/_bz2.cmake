# SPDX-License-Identifier: MIT
find_path(BZ2_HEADER bzlib.h)
find_library(BZ2_LIB bz2)
if(BZ2_HEADER AND BZ2_LIB)
  taipan_extension(_bz2 SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/_bz2.c LIBRARIES ${BZ2_LIB})
endif()
