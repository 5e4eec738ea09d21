/* SPDX-License-Identifier: MIT */
/* future: `from __future__ import …`. PyFuture_FromASTObject (compile.h) is the interface. */
#ifndef TAI_FRONTEND_FUTURE_H
#define TAI_FRONTEND_FUTURE_H

#include "Python.h"
#include "compile.h"
#include "frontend/tree.h"

#endif
