/* SPDX-License-Identifier: MIT */
/* interpreteridobject.h: identities of interpreters. */
#ifndef TAIPAN_INTERPRETERIDOBJECT_H
#define TAIPAN_INTERPRETERIDOBJECT_H

#ifdef __cplusplus
extern "C" {
#endif

#ifndef Py_LIMITED_API
#include "cpython/interpreteridobject.h"
#endif

#ifdef __cplusplus
}
#endif

#endif
