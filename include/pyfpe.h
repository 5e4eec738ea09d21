/* SPDX-License-Identifier: MIT */
/* pyfpe.h: kept for sources that protect floating-point sections. */
#ifndef TAIPAN_PYFPE_H
#define TAIPAN_PYFPE_H

#define PyFPE_START_PROTECT(err_string, leave_stmt)
#define PyFPE_END_PROTECT(v)

#endif
