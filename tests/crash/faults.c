/* Puts faults between a program and the file system; tests/crash/faults.py compiles, loads and steers it.
 *
 * Calls that touch files below one folder are counted in memory that the test shares. From the call of a number on, or
 * at that call alone, they fail, write only half, or end the process as a power cut would.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/* The same numbers and the same layout as in faults.py. */
enum call { OPEN, LOOK, READ, WRITE, SYNC, TRUNCATE, RENAME, REMOVE, FOLDER };
enum state { OFF, COUNTING, AT_WORK };
enum act { FAIL, SHORT, TORN, DIE_BEFORE, DIE_HALFWAY, DIE_AFTER };
enum { LOGGED = 16384, NAME = 60 };

struct control {
    uint32_t state, at, is_lasting, act, error, calls, count, hits;
    char folder[512];
    struct { uint32_t call; char name[NAME]; } log[LOGGED];
};

static struct control *control;

/* Looked up at the first call: others may run before a constructor of ours. */
#define REAL(name) \
    static __typeof__(&name) real; \
    if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

__attribute__((constructor)) static void join(void)
{
    const char *path = getenv("FAULTS_CONTROL");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *shared = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (shared != MAP_FAILED) control = shared;
}

static int is_below(const char *path)
{
    size_t length = strlen(control->folder);
    return length && !strncmp(path, control->folder, length) && (path[length] == '/' || !path[length]);
}

/* Answers whether this call is to be harmed; the act is then in the control. */
static int harmed(enum call call, const char *path)
{
    if (!(control->calls & 1u << call) || !is_below(path)) return 0;
    uint32_t number = __atomic_add_fetch(&control->count, 1, __ATOMIC_SEQ_CST);
    if (number <= LOGGED) {
        const char *name = strrchr(path, '/');
        control->log[number - 1].call = call;
        strncpy(control->log[number - 1].name, name ? name + 1 : path, NAME - 1);
    }
    if (control->state != AT_WORK) return 0;
    if (number != control->at && !(control->is_lasting && number > control->at)) return 0;
    __atomic_add_fetch(&control->hits, 1, __ATOMIC_SEQ_CST);
    return 1;
}

static int harmed_at(enum call call, int folder, const char *path)
{
    char whole[2 * PATH_MAX], at[PATH_MAX], link[64];
    if (!control || control->state == OFF) return 0;
    if (path[0] == '/') return harmed(call, path);
    if (folder == AT_FDCWD) {
        if (!getcwd(at, sizeof at)) return 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, at, sizeof at - 1);
        if (length < 0) return 0;
        at[length] = 0;
    }
    snprintf(whole, sizeof whole, "%s/%s", at, path);
    return harmed(call, whole);
}

static int harmed_file(enum call call, int file)
{
    char path[PATH_MAX], link[64];
    if (!control || control->state == OFF) return 0;
    int kept = errno;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = kept;
    if (length < 0) return 0;
    path[length] = 0;
    return harmed(call, path);
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

static int refused(void) { errno = (int)control->error; return -1; }

/* For calls that happen whole or not at all. */
#define WHOLE(is_harmed, happen) do { \
    if (is_harmed) { \
        if (control->act == FAIL) return refused(); \
        if (control->act == DIE_BEFORE || control->act == DIE_HALFWAY) die(); \
        if (control->act == DIE_AFTER) { (void)!(happen); die(); } \
    } \
    return happen; \
} while (0)

/* For calls that may do a part of what they are asked; `half` does it. After a torn one, the rest is refused. */
#define PIECEWISE(is_harmed, happen, half, size) do { \
    if (is_harmed) { \
        if (control->act == FAIL || (control->act == TORN && (control->hits > 1 || (size) < 2))) return refused(); \
        if (control->act == DIE_BEFORE) die(); \
        if (control->act == DIE_AFTER) { (void)!(happen); die(); } \
        if ((size) > 1) { \
            ssize_t done = half; \
            if (control->act == DIE_HALFWAY) die(); \
            return done; \
        } \
        if (control->act == DIE_HALFWAY) die(); \
    } \
    return happen; \
} while (0)

static enum call kind_of(int flags) { return flags & (O_CREAT | O_WRONLY | O_RDWR) ? OPEN : LOOK; }

/* A full disk refuses new files only. */
static int harmed_open(int flags, int folder, const char *path)
{
    int is_new = flags & O_CREAT && faccessat(folder, path, F_OK, 0);
    if (!harmed_at(kind_of(flags), folder, path)) return 0;
    return control->act != FAIL || is_new || (control->error != ENOSPC && control->error != EDQUOT);
}

#define MODE(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        mode = va_arg(more, mode_t); \
        va_end(more); \
    }

int open(const char *path, int flags, ...)
{
    REAL(open);
    MODE(flags)
    WHOLE(harmed_open(flags, AT_FDCWD, path), real(path, flags, mode));
}

int open64(const char *path, int flags, ...)
{
    REAL(open64);
    MODE(flags)
    WHOLE(harmed_open(flags, AT_FDCWD, path), real(path, flags, mode));
}

int openat(int folder, const char *path, int flags, ...)
{
    REAL(openat);
    MODE(flags)
    WHOLE(harmed_open(flags, folder, path), real(folder, path, flags, mode));
}

int openat64(int folder, const char *path, int flags, ...)
{
    REAL(openat64);
    MODE(flags)
    WHOLE(harmed_open(flags, folder, path), real(folder, path, flags, mode));
}

ssize_t write(int file, const void *data, size_t size)
{
    REAL(write);
    PIECEWISE(harmed_file(WRITE, file), real(file, data, size), real(file, data, size / 2), size);
}

ssize_t pwrite(int file, const void *data, size_t size, off_t at)
{
    REAL(pwrite);
    PIECEWISE(harmed_file(WRITE, file), real(file, data, size, at), real(file, data, size / 2, at), size);
}

ssize_t pwrite64(int file, const void *data, size_t size, off64_t at)
{
    REAL(pwrite64);
    PIECEWISE(harmed_file(WRITE, file), real(file, data, size, at), real(file, data, size / 2, at), size);
}

ssize_t writev(int file, const struct iovec *pieces, int count)
{
    REAL(writev);
    PIECEWISE(harmed_file(WRITE, file), real(file, pieces, count), real(file, pieces, count / 2), count);
}

ssize_t sendfile(int to, int from, off_t *at, size_t size)
{
    REAL(sendfile);
    PIECEWISE(harmed_file(WRITE, to), real(to, from, at, size), real(to, from, at, size / 2), size);
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t size)
{
    REAL(sendfile64);
    PIECEWISE(harmed_file(WRITE, to), real(to, from, at, size), real(to, from, at, size / 2), size);
}

ssize_t copy_file_range(int from, off64_t *from_at, int to, off64_t *to_at, size_t size, unsigned flags)
{
    REAL(copy_file_range);
    PIECEWISE(harmed_file(WRITE, to), real(from, from_at, to, to_at, size, flags),
              real(from, from_at, to, to_at, size / 2, flags), size);
}

ssize_t read(int file, void *data, size_t size)
{
    REAL(read);
    PIECEWISE(harmed_file(READ, file), real(file, data, size), real(file, data, size / 2), size);
}

ssize_t pread(int file, void *data, size_t size, off_t at)
{
    REAL(pread);
    PIECEWISE(harmed_file(READ, file), real(file, data, size, at), real(file, data, size / 2, at), size);
}

ssize_t pread64(int file, void *data, size_t size, off64_t at)
{
    REAL(pread64);
    PIECEWISE(harmed_file(READ, file), real(file, data, size, at), real(file, data, size / 2, at), size);
}

int fsync(int file) { REAL(fsync); WHOLE(harmed_file(SYNC, file), real(file)); }

int fdatasync(int file) { REAL(fdatasync); WHOLE(harmed_file(SYNC, file), real(file)); }

int ftruncate(int file, off_t size) { REAL(ftruncate); WHOLE(harmed_file(TRUNCATE, file), real(file, size)); }

int ftruncate64(int file, off64_t size) { REAL(ftruncate64); WHOLE(harmed_file(TRUNCATE, file), real(file, size)); }

int fallocate(int file, int mode, off_t at, off_t size)
{
    REAL(fallocate);
    WHOLE(harmed_file(TRUNCATE, file), real(file, mode, at, size));
}

int rename(const char *from, const char *to)
{
    REAL(rename);
    WHOLE(harmed_at(RENAME, AT_FDCWD, to), real(from, to));
}

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    REAL(renameat);
    WHOLE(harmed_at(RENAME, to_folder, to), real(from_folder, from, to_folder, to));
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags)
{
    REAL(renameat2);
    WHOLE(harmed_at(RENAME, to_folder, to), real(from_folder, from, to_folder, to, flags));
}

int link(const char *from, const char *to) { REAL(link); WHOLE(harmed_at(RENAME, AT_FDCWD, to), real(from, to)); }

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    REAL(linkat);
    WHOLE(harmed_at(RENAME, to_folder, to), real(from_folder, from, to_folder, to, flags));
}

int unlink(const char *path) { REAL(unlink); WHOLE(harmed_at(REMOVE, AT_FDCWD, path), real(path)); }

int unlinkat(int folder, const char *path, int flags)
{
    REAL(unlinkat);
    WHOLE(harmed_at(REMOVE, folder, path), real(folder, path, flags));
}

int mkdir(const char *path, mode_t mode)
{
    REAL(mkdir);
    WHOLE(harmed_at(FOLDER, AT_FDCWD, path), real(path, mode));
}

int mkdirat(int folder, const char *path, mode_t mode)
{
    REAL(mkdirat);
    WHOLE(harmed_at(FOLDER, folder, path), real(folder, path, mode));
}
