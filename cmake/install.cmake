# SPDX-License-Identifier: MIT
# The shared library for embedding, and `make install PREFIX=DIR` (DESTDIR is honoured).
#
#   bin/taipan                    the executable, with the names python3.8 and python3, and python3.8-config
#   bin/idle3.8, pydoc3.8, 2to3-3.8   run modules; also idle3, pydoc3, 2to3
#   lib/libpython3.8.so.1.0       the same core for programs that embed it; libpython3.so for those that use the stable ABI
#   lib/python3.8/                the library; lib-dynload inside it for extension modules
#   include/python3.8/            the headers
#   lib/pkgconfig/                python-3.8.pc (extensions), python-3.8-embed.pc (embedding)
#
# Nothing installed names PREFIX: all of it finds itself, so a tree can be moved.
add_library(libpython SHARED $<TARGET_OBJECTS:core> ${GENERATED}/frozen.c)
target_include_directories(libpython PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src ${GENERATED})
target_compile_definitions(libpython PRIVATE Py_BUILD_CORE=1)
target_link_options(libpython PRIVATE ${CORE_LINK_OPTIONS})
target_link_libraries(libpython PRIVATE ${GMP_LIBRARY} Threads::Threads m dl util crypt)
set_target_properties(libpython PROPERTIES OUTPUT_NAME python3.8 VERSION 1.0 SOVERSION 1.0)

file(WRITE ${GENERATED}/stable.c "/* libpython3.so: nothing of its own; whoever links with it gets libpython3.8. */\n")
add_library(libpython-stable SHARED ${GENERATED}/stable.c)
target_link_libraries(libpython-stable PRIVATE -Wl,--no-as-needed libpython)
set_target_properties(libpython-stable PROPERTIES OUTPUT_NAME python3 INSTALL_RPATH "$ORIGIN")

set(LIBRARY_TARGET lib/python3.8)
install(TARGETS taipan RUNTIME DESTINATION bin)
install(TARGETS libpython libpython-stable LIBRARY DESTINATION lib)
install(DIRECTORY lib/python3.8/ DESTINATION ${LIBRARY_TARGET} PATTERN __pycache__ EXCLUDE PATTERN README.md EXCLUDE)
install(DIRECTORY include/ DESTINATION include/python3.8)
install(DIRECTORY ${PROJECT_BINARY_DIR}/lib-dynload DESTINATION ${LIBRARY_TARGET} PATTERN "_test*" EXCLUDE)
install(FILES README.md LICENSE DESTINATION share/doc/taipan)

foreach(kind "" "-embed")
  set(PC_LIBS "")
  if(kind STREQUAL "-embed")
    set(PC_LIBS "-L\${libdir} -lpython3.8")
  endif()
  configure_file(${PROJECT_SOURCE_DIR}/cmake/python.pc.in ${GENERATED}/python-3.8${kind}.pc @ONLY)
  install(FILES ${GENERATED}/python-3.8${kind}.pc DESTINATION lib/pkgconfig)
  install(FILES ${GENERATED}/python-3.8${kind}.pc DESTINATION lib/pkgconfig RENAME python3${kind}.pc)
endforeach()
install(PROGRAMS ${PROJECT_SOURCE_DIR}/tools/python-config DESTINATION bin RENAME python3.8-config)
foreach(name idle3.8 pydoc3.8 2to3-3.8)
  install(PROGRAMS ${PROJECT_SOURCE_DIR}/tools/run_module DESTINATION bin RENAME ${name})
endforeach()
install(CODE [[
  foreach(pair "taipan:python3.8" "taipan:python3" "python3.8-config:python3-config"
               "idle3.8:idle3" "pydoc3.8:pydoc3" "2to3-3.8:2to3")
    string(REPLACE ":" ";" pair ${pair})
    list(GET pair 0 target)
    list(GET pair 1 link)
    file(CREATE_LINK ${target} $ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/bin/${link} SYMBOLIC)
  endforeach()
]])
