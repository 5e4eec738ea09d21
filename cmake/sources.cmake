# SPDX-License-Identifier: MIT
# The core: every source below the layered folders, compiled once.
set(core_sources)
foreach(layer base objects runtime frontend vm capi modules)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${layer}/*.c)
  list(APPEND core_sources ${found})
endforeach()
set(program_sources ${PROJECT_SOURCE_DIR}/src/program/main.c)

# A native module is built in by defining PyMODINIT_FUNC PyInit_<name> in the core.
# The table of them is made from the sources, so that a module is one file and nothing else.
set(GENERATED ${PROJECT_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${GENERATED})
set(inittab "/* Made by cmake/sources.cmake from the PyInit_ functions found in src/. */\n")
foreach(source ${core_sources})
  file(STRINGS ${source} inits REGEX "^PyMODINIT_FUNC[ ]*PyInit_[A-Za-z0-9_]+")
  foreach(line ${inits})
    string(REGEX REPLACE "^PyMODINIT_FUNC[ ]*PyInit_([A-Za-z0-9_]+).*" "\\1" name ${line})
    string(APPEND inittab "MODULE(${name})\n")
  endforeach()
endforeach()
file(CONFIGURE OUTPUT ${GENERATED}/builtin_modules.def CONTENT "${inittab}" @ONLY)

add_library(core OBJECT ${core_sources})
target_include_directories(core PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src ${GENERATED} ${GMP_INCLUDE})
target_compile_definitions(core PRIVATE Py_BUILD_CORE=1 PY_SSIZE_T_CLEAN=1)

include(cmake/profile.cmake)

# Frozen modules: a program without any compiles them, the final one is linked with what it wrote.
set(LIBRARY_DIR ${PROJECT_SOURCE_DIR}/lib/python3.8 CACHE PATH "where the Python part of the library is")
set(frozen_list
  "frozen	_frozen_importlib	<frozen importlib._bootstrap>	${LIBRARY_DIR}/importlib/_bootstrap.py
frozen	_frozen_importlib_external	<frozen importlib._bootstrap_external>	${LIBRARY_DIR}/importlib/_bootstrap_external.py
frozen	zipimport	<frozen zipimport>	${LIBRARY_DIR}/zipimport.py
frozen	__hello__	<frozen hello world>	${PROJECT_SOURCE_DIR}/tools/hello.py
package	__phello__	<frozen hello world>	${PROJECT_SOURCE_DIR}/tools/hello.py
frozen	__phello__.spam	<frozen hello world>	${PROJECT_SOURCE_DIR}/tools/hello.py
")
set(frozen_sources ${LIBRARY_DIR}/importlib/_bootstrap.py ${LIBRARY_DIR}/importlib/_bootstrap_external.py
  ${LIBRARY_DIR}/zipimport.py ${PROJECT_SOURCE_DIR}/tools/hello.py)
# The library carried in the executable (runtime/carried.h): all of it.
option(TAIPAN_CARRY "carry the compiled library inside the executable" OFF)
if(TAIPAN_CARRY)
  file(GLOB_RECURSE carried RELATIVE ${LIBRARY_DIR} CONFIGURE_DEPENDS ${LIBRARY_DIR}/*.py)
  # What every start loads lies together: few pages of the rest come into memory.
  set(carried_first codecs.py encodings/__init__.py encodings/aliases.py encodings/utf_8.py encodings/latin_1.py io.py abc.py site.py os.py
    stat.py _collections_abc.py posixpath.py genericpath.py _sitebuiltins.py)
  list(REMOVE_ITEM carried ${carried_first})
  list(PREPEND carried ${carried_first})
  foreach(file ${carried})
    string(REGEX REPLACE "(/__init__)?\\.py$" "" module ${file})
    string(REPLACE "/" "." module ${module})
    string(APPEND frozen_list "carried	${module}	${file}	${LIBRARY_DIR}/${file}\n")
    list(APPEND frozen_sources ${LIBRARY_DIR}/${file})
  endforeach()
  # What is read as it is: the sources, and files that modules open (grammars, a style sheet, the scripts of venv).
  file(GLOB_RECURSE carried_data RELATIVE ${LIBRARY_DIR} CONFIGURE_DEPENDS ${LIBRARY_DIR}/*)
  list(FILTER carried_data EXCLUDE REGEX "\\.(py|pyc|md)$|^site-packages/|~$")
  list(APPEND carried_data ${carried})
  foreach(file ${carried_data})
    string(APPEND frozen_list "data	-	${file}	${LIBRARY_DIR}/${file}\n")
    list(APPEND frozen_sources ${LIBRARY_DIR}/${file})
  endforeach()
endif()
file(CONFIGURE OUTPUT ${GENERATED}/frozen.list CONTENT "${frozen_list}" @ONLY)

# taipan_program(NAME CORE SOURCE...): an executable of the object library CORE.
# Those of the build itself lie at a fixed address, where a start has nothing to relocate.
function(taipan_program name core)
  add_executable(${name} ${ARGN} $<TARGET_OBJECTS:${core}>)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src ${GENERATED})
  target_compile_definitions(${name} PRIVATE Py_BUILD_CORE=1)
  if(GMP_ARCHIVE AND CRYPT_ARCHIVE AND NOT TAIPAN_SANITIZE) # whose crypt() looks for a shared one
    # Their symbols stay inside: extension modules bring their own.
    target_link_libraries(${name} PRIVATE ${GMP_ARCHIVE} ${CRYPT_ARCHIVE} Threads::Threads m dl util)
    target_link_options(${name} PRIVATE -Wl,--exclude-libs,libgmp.a:libcrypt.a)
  else()
    target_link_libraries(${name} PRIVATE ${GMP_LIBRARY} Threads::Threads m dl util crypt)
  endif()
  if(NOT name STREQUAL taipan)
    target_link_options(${name} PRIVATE -no-pie)
  endif()
  set_target_properties(${name} PROPERTIES ENABLE_EXPORTS ON RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
endfunction()

taipan_program(taipan-freeze ${FIRST_CORE} ${PROJECT_SOURCE_DIR}/tools/freeze.c)
add_custom_command(OUTPUT ${GENERATED}/frozen.c BYPRODUCTS ${GENERATED}/frozen.bin
  COMMAND taipan-freeze ${GENERATED}/frozen.c ${GENERATED}/frozen.bin ${GENERATED}/frozen.list
  DEPENDS taipan-freeze ${GENERATED}/frozen.list ${frozen_sources} VERBATIM)
taipan_program(taipan core ${program_sources} ${GENERATED}/frozen.c)
target_link_options(taipan PRIVATE ${CORE_LINK_OPTIONS})
# taipan itself lies among the libraries (src/program/entry.c); with a sanitizer, where that wants it.
if(TAIPAN_SANITIZE OR NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64")
  target_link_options(taipan PRIVATE -no-pie)
else()
  target_sources(taipan PRIVATE ${PROJECT_SOURCE_DIR}/src/program/entry.c)
  set_source_files_properties(${PROJECT_SOURCE_DIR}/src/program/entry.c PROPERTIES COMPILE_OPTIONS
    "-O2;-fno-lto;-fno-stack-protector;-ffreestanding;-fno-tree-loop-distribute-patterns")
  target_link_options(taipan PRIVATE -pie -Wl,--no-dynamic-linker -Wl,-e,tai_entry)
  # 17,000 addresses to relocate take 6 KB instead of 400, where the C library (glibc 2.36) can read it.
  include(CheckCSourceRuns)
  set(CMAKE_REQUIRED_LINK_OPTIONS -pie -Wl,-z,pack-relative-relocs)
  check_c_source_runs("static int x; static int *p = &x; int main(void) { return p != &x; }" HAS_PACKED_RELOCATIONS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(HAS_PACKED_RELOCATIONS)
    target_link_options(taipan PRIVATE -Wl,-z,pack-relative-relocs)
  endif()
endif()
if(TAIPAN_PROFILE)
  taipan_train()
endif()
