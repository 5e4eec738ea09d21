/* SPDX-License-Identifier: MIT */
/* Where the process begins, so that the program comes to lie among the libraries.
 *
 * Compiled extension modules call into the program at every step. A jump over more than 4 GB costs today's processors
 * about a nanosecond more than a short one, and the kernel puts a program that asks for a dynamic linker (PT_INTERP) many
 * terabytes from where that linker maps libraries later. A program that asks for none is taken for a linker itself and
 * mapped where the libraries go. So taipan asks for none, and this file does what the kernel would have done: it maps the
 * dynamic linker, tells it about the program, and jumps to it. From there on all is as usual: the linker relocates the
 * program and starts it at _start.
 *
 * Nothing is relocated while this code runs and no library is there: it makes system calls itself, refers to no address
 * but relatively, and is compiled without whatever calls a helper (cmake/sources.cmake). Started by a dynamic linker
 * (`ld-linux-x86-64.so.2 taipan`), it steps aside.
 * Tests: tests/program/test_entry.py
 */
#include <elf.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define LINKER "/lib64/ld-linux-x86-64.so.2" /* by the x86-64 psABI */
#define PAGE ((uintptr_t)4096)
#define HERE __attribute__((visibility("hidden")))

enum { MAX_SEGMENTS = 32 };

extern const Elf64_Ehdr __ehdr_start HERE; /* from ld: where the program is mapped, its file's header */
extern void _start(void) HERE;             /* from the C library: where a program begins */

HERE uintptr_t tai_begin(uintptr_t *stack); /* for tai_entry below */

static const char linker_path[] = LINKER;

/* The program's segments as the dynamic linker is to see them: with the two entries that the file leaves out. */
static Elf64_Phdr segments[MAX_SEGMENTS + 2];

/* ---- system calls ---- */
static long system_call(long number, long a, long b, long c, long d, long e, long f)
{
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e, r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

static __attribute__((noreturn)) void give_up(void)
{
    static const char message[] = "taipan: cannot load the dynamic linker " LINKER "\n";
    system_call(SYS_write, 2, (long)message, sizeof message - 1, 0, 0, 0);
    for (;;)
        system_call(SYS_exit_group, 127, 0, 0, 0, 0, 0);
}

static uintptr_t map(uintptr_t where, size_t size, int protection, int flags, int fd, uintptr_t offset)
{
    long at = system_call(SYS_mmap, (long)where, (long)size, protection, flags, fd, (long)offset);
    if (at < 0 && at >= -4095)
        give_up();
    return (uintptr_t)at;
}

/* ---- mapping the dynamic linker ---- */
static uintptr_t page_of(uintptr_t address) { return address & ~(PAGE - 1); }
static uintptr_t page_after(uintptr_t address) { return page_of(address + PAGE - 1); }

static void map_segment(uintptr_t base, const Elf64_Phdr *segment, int fd)
{
    uintptr_t start = base + segment->p_vaddr, in_file = start + segment->p_filesz, end = start + segment->p_memsz;
    int protection = (segment->p_flags & PF_R ? PROT_READ : 0) | (segment->p_flags & PF_W ? PROT_WRITE : 0) |
                     (segment->p_flags & PF_X ? PROT_EXEC : 0);
    map(page_of(start), page_after(in_file) - page_of(start), protection, MAP_PRIVATE | MAP_FIXED, fd,
        page_of(segment->p_offset));
    if (end <= in_file)
        return;
    for (volatile char *p = (char *)in_file; p < (char *)page_after(in_file); p++)
        *p = 0;
    if (page_after(end) > page_after(in_file))
        map(page_after(in_file), page_after(end) - page_after(in_file), protection, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS,
            -1, 0);
}

static int is_linker(const Elf64_Ehdr *header)
{
    return header->e_ident[EI_MAG0] == ELFMAG0 && header->e_ident[EI_MAG1] == ELFMAG1 &&
           header->e_ident[EI_MAG2] == ELFMAG2 && header->e_ident[EI_MAG3] == ELFMAG3 &&
           header->e_ident[EI_CLASS] == ELFCLASS64 && header->e_machine == EM_X86_64 && header->e_type == ET_DYN &&
           header->e_phentsize == sizeof(Elf64_Phdr) && header->e_phnum <= MAX_SEGMENTS;
}

/* The base address of the linker; *entry: where it begins. */
static uintptr_t map_linker(uintptr_t *entry)
{
    Elf64_Ehdr header;
    Elf64_Phdr parts[MAX_SEGMENTS];
    long fd = system_call(SYS_openat, AT_FDCWD, (long)linker_path, O_RDONLY | O_CLOEXEC, 0, 0, 0);
    if (fd < 0 || system_call(SYS_read, fd, (long)&header, sizeof header, 0, 0, 0) != sizeof header || !is_linker(&header))
        give_up();
    long size = (long)(header.e_phnum * sizeof(Elf64_Phdr));
    if (system_call(SYS_pread64, fd, (long)parts, size, (long)header.e_phoff, 0, 0) != size)
        give_up();

    uintptr_t low = UINTPTR_MAX, high = 0;
    for (int i = 0; i < header.e_phnum; i++)
        if (parts[i].p_type == PT_LOAD) {
            low = parts[i].p_vaddr < low ? page_of(parts[i].p_vaddr) : low;
            high = parts[i].p_vaddr + parts[i].p_memsz > high ? parts[i].p_vaddr + parts[i].p_memsz : high;
        }
    if (low > high)
        give_up();
    uintptr_t base = map(0, page_after(high) - low, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) - low;
    for (int i = 0; i < header.e_phnum; i++)
        if (parts[i].p_type == PT_LOAD)
            map_segment(base, &parts[i], (int)fd);
    system_call(SYS_close, fd, 0, 0, 0, 0, 0);
    *entry = base + header.e_entry;
    return base;
}

/* ---- the program's data ---- */
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

/* The linker is about to write to nearly every page that has initialised data: they come at once, instead of by a fault each.
 * A kernel that cannot do that says no. */
static void prepare_data(void)
{
    uintptr_t base = (uintptr_t)&__ehdr_start;
    const Elf64_Phdr *own = (const Elf64_Phdr *)(base + __ehdr_start.e_phoff);
    for (int i = 0; i < __ehdr_start.e_phnum; i++)
        if (own[i].p_type == PT_LOAD && (own[i].p_flags & PF_W)) {
            uintptr_t start = page_of(base + own[i].p_vaddr), end = page_after(base + own[i].p_vaddr + own[i].p_filesz);
            system_call(SYS_madvise, (long)start, (long)(end - start), MADV_POPULATE_WRITE, 0, 0, 0);
        }
}

/* ---- telling it about the program ---- */
static int describe_program(void)
{
    uintptr_t base = (uintptr_t)&__ehdr_start;
    const Elf64_Phdr *own = (const Elf64_Phdr *)(base + __ehdr_start.e_phoff);
    int n = 2;
    for (int i = 0; i < __ehdr_start.e_phnum && n < MAX_SEGMENTS + 2; i++)
        if (own[i].p_type != PT_PHDR && own[i].p_type != PT_NULL)
            segments[n++] = own[i];
    Elf64_Phdr *itself = &segments[0], *linker = &segments[1];
    itself->p_type = PT_PHDR;
    itself->p_vaddr = itself->p_paddr = (uintptr_t)segments - base;
    itself->p_filesz = itself->p_memsz = (uintptr_t)n * sizeof *segments;
    linker->p_type = PT_INTERP;
    linker->p_vaddr = linker->p_paddr = (uintptr_t)linker_path - base;
    linker->p_filesz = linker->p_memsz = sizeof linker_path;
    itself->p_flags = linker->p_flags = PF_R;
    itself->p_align = linker->p_align = 1;
    return n;
}

/* Whether a dynamic linker has been here: the one address in this file that has to be relocated is right. */
static int is_relocated(void)
{
    static void *const volatile own_address = (void *)&own_address;
    return own_address == (void *)&own_address;
}

/* Called by tai_entry with the stack as the kernel made it: argc, arguments, NULL, environment, NULL, auxiliary vector.
 * Where to go on. */
__attribute__((used)) uintptr_t tai_begin(uintptr_t *stack)
{
    if (is_relocated())
        return (uintptr_t)_start;
    prepare_data();
    uintptr_t entry, base = map_linker(&entry), *p = stack + 1 + stack[0] + 1;
    int count = describe_program();
    while (*p++ != 0)
        ;
    for (Elf64_auxv_t *item = (Elf64_auxv_t *)p; item->a_type != AT_NULL; item++)
        switch (item->a_type) {
        case AT_PHDR: item->a_un.a_val = (uintptr_t)segments; break;
        case AT_PHNUM: item->a_un.a_val = (uintptr_t)count; break;
        case AT_BASE: item->a_un.a_val = base; break;
        case AT_ENTRY: item->a_un.a_val = (uintptr_t)_start; break;
        default: break;
        }
    return entry;
}

/* rdx is a function to call at exit, if a dynamic linker started us: it goes on to _start with the stack. */
__asm__(".text\n"
        ".globl tai_entry\n"
        ".hidden tai_entry\n"
        ".type tai_entry, @function\n"
        "tai_entry:\n"
        "\t.cfi_startproc\n"
        "\t.cfi_undefined rip\n"
        "\txorl %ebp, %ebp\n"
        "\tmovq %rsp, %rbx\n"
        "\tmovq %rdx, %r12\n"
        "\tmovq %rsp, %rdi\n"
        "\tandq $-16, %rsp\n"
        "\tcall tai_begin\n"
        "\tmovq %rbx, %rsp\n"
        "\tmovq %r12, %rdx\n"
        "\tjmp *%rax\n"
        "\t.cfi_endproc\n"
        "\t.size tai_entry, . - tai_entry\n");
