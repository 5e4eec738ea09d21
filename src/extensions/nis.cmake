# SPDX-License-Identifier: MIT
# Sun's yellow pages (Debian: libnsl-dev, which brings libtirpc-dev; not among the packages of tools/install-build-tools).
find_path(NSL_HEADER rpcsvc/ypclnt.h)
find_path(TIRPC_HEADER rpc/clnt.h PATH_SUFFIXES tirpc)
find_library(NSL_LIB nsl)
find_library(TIRPC_LIB tirpc)
if(NSL_HEADER AND TIRPC_HEADER AND NSL_LIB AND TIRPC_LIB)
  taipan_extension(nis SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/nis.c INCLUDES ${TIRPC_HEADER} LIBRARIES ${NSL_LIB} ${TIRPC_LIB})
endif()
