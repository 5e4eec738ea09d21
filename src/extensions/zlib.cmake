# SPDX-License-Identifier: MIT
find_path(ZLIB_HEADER zlib.h)
find_library(ZLIB_LIB z)
if(ZLIB_HEADER AND ZLIB_LIB)
  taipan_extension(zlib SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/zlib.c
    INCLUDES ${PROJECT_SOURCE_DIR}/src ${ZLIB_HEADER} LIBRARIES ${ZLIB_LIB})
endif()
