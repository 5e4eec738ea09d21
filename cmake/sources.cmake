# The core: every source below the layered folders, compiled once.
set(core_sources)
foreach(layer base objects runtime frontend vm jit capi modules)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${layer}/*.c)
  list(APPEND core_sources ${found})
endforeach()
file(GLOB program_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/program/*.c)

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

add_executable(taipan ${program_sources} $<TARGET_OBJECTS:core>)
target_include_directories(taipan PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src ${GENERATED})
target_compile_definitions(taipan PRIVATE Py_BUILD_CORE=1)
target_link_libraries(taipan PRIVATE ${GMP_LIBRARY} Threads::Threads m dl util)
set_target_properties(taipan PROPERTIES ENABLE_EXPORTS ON RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
