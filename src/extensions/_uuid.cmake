# SPDX-License-Identifier: MIT
find_path(UUID_HEADER uuid/uuid.h)
find_library(UUID_LIB uuid)
if(UUID_HEADER AND UUID_LIB)
  taipan_extension(_uuid SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/_uuid.c LIBRARIES ${UUID_LIB})
endif()
