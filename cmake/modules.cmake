# SPDX-License-Identifier: MIT
# Extension modules that need an outside library: one file or folder each in src/extensions, built as a shared
# object into lib-dynload, left out when the library is not found.
function(taipan_extension name)
  cmake_parse_arguments(EXT "" "" "SOURCES;INCLUDES;LIBRARIES" ${ARGN})
  add_library(${name} MODULE ${EXT_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/include ${EXT_INCLUDES})
  target_link_libraries(${name} PRIVATE ${EXT_LIBRARIES})
  set_target_properties(${name} PROPERTIES PREFIX "" SUFFIX ".cpython-38-x86_64-linux-gnu.so"
    LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib-dynload)
endfunction()

file(GLOB extension_lists CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/extensions/*.cmake)
foreach(list ${extension_lists})
  include(${list})
endforeach()
