# SPDX-License-Identifier: MIT
find_path(READLINE_HEADER readline/readline.h)
find_library(READLINE_LIB readline)
if(READLINE_HEADER AND READLINE_LIB)
  taipan_extension(readline SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/readline.c LIBRARIES ${READLINE_LIB})
endif()
