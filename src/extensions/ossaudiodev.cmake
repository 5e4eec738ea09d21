# SPDX-License-Identifier: MIT
# The Open Sound System's interface is a header of the kernel.
find_path(SOUNDCARD_HEADER sys/soundcard.h)
if(SOUNDCARD_HEADER)
  taipan_extension(ossaudiodev SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/ossaudiodev.c)
endif()
