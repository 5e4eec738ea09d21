# SPDX-License-Identifier: MIT
find_path(SQLITE3_HEADER sqlite3.h)
find_library(SQLITE3_LIB sqlite3)
if(SQLITE3_HEADER AND SQLITE3_LIB)
  file(GLOB sqlite3_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/extensions/_sqlite3/*.c)
  taipan_extension(_sqlite3 SOURCES ${sqlite3_sources} LIBRARIES ${SQLITE3_LIB})
endif()
