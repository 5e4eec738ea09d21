# SPDX-License-Identifier: MIT
find_path(LZMA_HEADER lzma.h)
find_library(LZMA_LIB lzma)
if(LZMA_HEADER AND LZMA_LIB)
  taipan_extension(_lzma SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/_lzma.c LIBRARIES ${LZMA_LIB})
endif()
