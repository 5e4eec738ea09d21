# SPDX-License-Identifier: MIT
find_package(OpenSSL 3.0 QUIET)
if(OPENSSL_FOUND)
  file(GLOB ssl_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/extensions/_ssl/*.c)
  taipan_extension(_ssl SOURCES ${ssl_sources} INCLUDES ${PROJECT_SOURCE_DIR}/src LIBRARIES OpenSSL::SSL OpenSSL::Crypto)
endif()
