/* SPDX-License-Identifier: MIT */
/* pymacconfig.h: nothing on this platform. */
#ifndef TAIPAN_PYMACCONFIG_H
#define TAIPAN_PYMACCONFIG_H

#endif
