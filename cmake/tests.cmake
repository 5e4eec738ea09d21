# SPDX-License-Identifier: MIT
# Each tests/**/test_*.py is one CTest case, run by tests/run_file.py in a process of its own.
enable_testing()
set(test_seconds 300)
if(TAIPAN_SANITIZE)
  set(test_seconds 1200)
endif()
file(GLOB_RECURSE test_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/test_*.py)
foreach(file ${test_files})
  file(RELATIVE_PATH name ${PROJECT_SOURCE_DIR}/tests ${file})
  add_test(NAME ${name} COMMAND taipan ${PROJECT_SOURCE_DIR}/tests/run_file.py ${file})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${test_seconds} SKIP_RETURN_CODE 77)
endforeach()

# Extension modules that exist to be tested: beside the others in the build, not installed.
foreach(name _testmultiphase _testimportmultiple _ctypes_test _testinternalcapi)
  taipan_extension(${name} SOURCES ${PROJECT_SOURCE_DIR}/tests/support/extensions/${name}.c)
endforeach()

# These stand in folders.
foreach(name _testcapi _testbuffer)
  file(GLOB ${name}_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/support/extensions/${name}/*.c)
  taipan_extension(${name} SOURCES ${${name}_sources})
endforeach()

# Programs that embed the interpreter: tests/embedding/programs/NAME.c, linked with libpython3.8.so, in tests/embedding of the build.
# (tests/embedding/test_installed.py builds the same files against an installation, as a user would.)
file(GLOB embedding_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/embedding/programs/*.c)
foreach(source ${embedding_sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(embedding-${name} ${source})
  target_include_directories(embedding-${name} PRIVATE ${PROJECT_SOURCE_DIR}/include)
  target_link_libraries(embedding-${name} PRIVATE libpython Threads::Threads)
  set_target_properties(embedding-${name} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/embedding)
endforeach()
