# SPDX-License-Identifier: MIT
# Profile-guided optimisation.  The core is compiled twice:
#
#   core-counting   with counters, quickly; taipan-freeze and taipan-train are linked from it
#   tools/train_profile TAIPAN-TRAIN FOLDER MODULES runs the training set, and the counts are left in FOLDER
#   core            by these counts: what ran often is laid out for speed and side by side, what never ran is kept small and apart
#
# Which is a tenth faster, and a start touches a third less code.  A source that changes is counted and compiled anew; the others keep what
# they have.  Off: -DTAIPAN_PROFILE=OFF (half the build time).
option(TAIPAN_PROFILE "optimise by a profile that the build makes (GCC 12 or later)" OFF)
if(TAIPAN_PROFILE AND (NOT CMAKE_C_COMPILER_ID STREQUAL GNU OR CMAKE_C_COMPILER_VERSION VERSION_LESS 12))
  message(STATUS "TAIPAN_PROFILE needs GCC 12: off")
  set(TAIPAN_PROFILE OFF)
endif()

set(FIRST_CORE core) # what taipan-freeze is linked from
set(CORE_LINK_OPTIONS) # for whatever is linked from core
if(TAIPAN_PROFILE)
  set(FIRST_CORE core-counting)
  set(PROFILE ${PROJECT_BINARY_DIR}/profile)
  add_library(core-counting OBJECT ${core_sources})
  target_include_directories(core-counting PUBLIC $<TARGET_PROPERTY:core,INTERFACE_INCLUDE_DIRECTORIES>)
  target_compile_definitions(core-counting PRIVATE $<TARGET_PROPERTY:core,COMPILE_DEFINITIONS>)
  # The two have to agree on what is optimised before the counting, so both get -O2; and on how the counts are named: the file by the
  # source, src/vm/frame.c in FOLDER/src#vm#frame.c.gcda, the functions by their number in it (by default the object's path is in the name).
  set(both -O2 -falign-functions=32 -fprofile-reproducible=parallel-runs --param=profile-func-internal-id=1)
  target_compile_options(core-counting PRIVATE -fno-lto ${both} -fprofile-generate=${PROFILE}/counts
    -fprofile-prefix-path=${PROJECT_BINARY_DIR}/CMakeFiles/core-counting.dir)
  target_compile_options(core PRIVATE ${both} -fprofile-use=${PROFILE}/counts -fprofile-correction
    -fprofile-prefix-path=${PROJECT_BINARY_DIR}/CMakeFiles/core.dir -Wno-missing-profile
    -fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=) # __FILE__ does not tell where the program was built
  set(CORE_LINK_OPTIONS -O2 -fprofile-use=${PROFILE}/counts) # link-time optimisation compiles then
  set_target_properties(core PROPERTIES C_COMPILER_LAUNCHER "") # ccache does not know where these counts are
  add_custom_target(profile DEPENDS ${PROFILE}/trained)
  add_dependencies(core profile)
endif()

# Called once the programs can be linked.
function(taipan_train)
  taipan_program(taipan-train core-counting ${program_sources} ${GENERATED}/frozen.c)
  foreach(program taipan-freeze taipan-train)
    target_compile_options(${program} PRIVATE -fno-lto)
    target_link_options(${program} PRIVATE -fno-lto -fprofile-generate)
    set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROFILE})
  endforeach()
  add_library(training_calls MODULE ${PROJECT_SOURCE_DIR}/tools/training_calls.c) # calls the C API as extension modules do
  target_include_directories(training_calls PRIVATE ${PROJECT_SOURCE_DIR}/include)
  target_compile_options(training_calls PRIVATE -fno-lto)
  target_link_options(training_calls PRIVATE -fno-lto)
  set_target_properties(training_calls PROPERTIES PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${PROFILE})
  file(GLOB training CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/bench/library/*.py ${PROJECT_SOURCE_DIR}/tools/training_*.py)
  add_custom_command(OUTPUT ${PROFILE}/trained
    COMMAND ${PROJECT_SOURCE_DIR}/tools/train_profile $<TARGET_FILE:taipan-train> ${PROFILE}/counts ${PROFILE}
    COMMAND ${CMAKE_COMMAND} -E touch ${PROFILE}/trained
    DEPENDS taipan-train training_calls ${PROJECT_SOURCE_DIR}/tools/train_profile ${training} VERBATIM)
endfunction()
