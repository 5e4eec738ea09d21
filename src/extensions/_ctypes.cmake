# SPDX-License-Identifier: MIT
find_path(FFI_HEADER ffi.h)
find_library(FFI_LIB ffi)
if(FFI_HEADER AND FFI_LIB)
  file(GLOB ctypes_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/extensions/_ctypes/*.c)
  taipan_extension(_ctypes SOURCES ${ctypes_sources} INCLUDES ${FFI_HEADER} LIBRARIES ${FFI_LIB})
endif()
