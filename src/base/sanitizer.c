/* SPDX-License-Identifier: MIT */
/* What the sanitizers are told when ASAN_OPTIONS and UBSAN_OPTIONS do not say otherwise.
 *
 * Leaks are looked for only where somebody asks (tools/sanitize): at exit, much of a Python program is still alive. An
 * allocation that is too large is a MemoryError, and no finding.
 */
#ifdef __SANITIZE_ADDRESS__
__attribute__((visibility("default"))) const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *__ubsan_default_options(void);

const char *__asan_default_options(void)
{
    return "detect_leaks=0:allocator_may_return_null=1";
}

const char *__ubsan_default_options(void)
{
    return "print_stacktrace=1:halt_on_error=1";
}
#else
typedef int nothing_to_say;
#endif
