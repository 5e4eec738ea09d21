# SPDX-License-Identifier: MIT
find_package(OpenSSL 3.0 QUIET)
if(OPENSSL_FOUND)
  taipan_extension(_hashlib SOURCES ${PROJECT_SOURCE_DIR}/src/extensions/_hashlib.c LIBRARIES OpenSSL::Crypto)
endif()
