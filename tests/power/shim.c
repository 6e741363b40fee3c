/* Stands between a program and the files below one folder (LD_PRELOAD), on Linux.
 *
 * Counts the calls that change such files. At the call with a given number it ends the process, as
 * a crash would or as a power cut would, or lets that call fail. What a power cut takes away is
 * decided by a seed: of the bytes that no sync has brought to the disk single sectors, and of the
 * names that no sync of their folder has brought there all that came after some moment. No sync
 * is really done: nothing here needs the disk.
 *
 * The index of a WAL (-shm) is memory that programs share: SQLite makes it anew after a crash.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/* What happens at the call; the numbers are those of shim.py. */
enum { NOTHING, ENDS_AFTER, ENDS_WITHIN, POWER_CUT, FAILS_ONCE, FAILS_ON };

/* What a call does to a file; a failing disk can be read, a full one can be synced and read. */
enum { READS = 1, SYNCS = 2, WRITES = 4, OPENS = 8 };

#define PAGE 4096
#define ENDED 77

static int mode, error, kinds;
static long number, calls;
static uint64_t chance;
static char root[PATH_MAX], stash[PATH_MAX];

/* Bytes of a file as they were before a call that was not synced yet. */
struct bytes { int file; off_t start, size, former_size; int is_cut; char *former; };
/* A name that was made, removed or moved, and not synced yet. */
struct change { char from[PATH_MAX], to[PATH_MAX], kept[PATH_MAX]; };
struct file { dev_t device; ino_t inode; int fd; };

static struct bytes *pending;
static struct change *changes;
static struct file *files;
static int pending_count, change_count, file_count, kept_count;

static void *grown(void *list, int count, size_t item) {
    void *longer = realloc(list, (count + 1) * item);
    if (!longer) abort();
    return longer;
}

static unsigned drawn(unsigned below) { /* splitmix64 */
    uint64_t z = (chance += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return below ? (z ^ (z >> 31)) % below : 0;
}

/* ---- which files ------------------------------------------------------------------------- */

static int is_below(const char *path) {
    size_t length = strlen(root), end = strlen(path);
    if (!length || strncmp(path, root, length) || (path[length] && path[length] != '/')) return 0;
    return !(end > 4 && !strcmp(path + end - 4, "-shm"));
}

static int full_path(char *full, int folder, const char *path) {
    if (path[0] == '/') return snprintf(full, PATH_MAX, "%s", path) < PATH_MAX;
    if (folder != AT_FDCWD || syscall(SYS_getcwd, full, PATH_MAX) < 0) return 0;
    size_t length = strlen(full);
    return snprintf(full + length, PATH_MAX - length, "/%s", path) < (int)(PATH_MAX - length);
}

static int path_of(char *path, int fd) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    char *gone = strstr(path, " (deleted)");
    if (gone) *gone = 0;
    return 1;
}

static int is_watched(int fd) {
    char path[PATH_MAX];
    int before = errno, watched = mode && path_of(path, fd) && is_below(path);
    errno = before;
    return watched;
}

/* Of this kind of call: is it the one with the number? */
static int is_due(int kind) {
    if (!mode || !(kind & kinds)) return 0;
    long now = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    return now == number || (mode == FAILS_ON && number && now > number);
}

static int fails(int due) {
    if (due && mode >= FAILS_ONCE) errno = error;
    return due && mode >= FAILS_ONCE;
}

/* ---- what was not synced ------------------------------------------------------------------ */

static int file_of(int fd) {
    struct stat status;
    char link[64];
    if (fstat(fd, &status)) abort();
    for (int each = 0; each < file_count; each++)
        if (files[each].device == status.st_dev && files[each].inode == status.st_ino) return each;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    files = grown(files, file_count, sizeof *files);
    /* Never closed: that would free the locks that the process has on the file. */
    int own = syscall(SYS_openat, AT_FDCWD, link, O_RDWR | O_CLOEXEC);
    if (own < 0) abort();
    files[file_count] = (struct file){status.st_dev, status.st_ino, own};
    return file_count++;
}

static off_t size_of(int fd) {
    struct stat status;
    return fstat(fd, &status) ? 0 : status.st_size;
}

static void remember(int fd, off_t start, size_t size, int is_cut) {
    int before = errno;
    off_t first = start / PAGE * PAGE, end = (start + (off_t)size + PAGE - 1) / PAGE * PAGE;
    if (is_cut) first = start, end = start + size;
    int file = file_of(fd);
    char *former = calloc(1, end - first + 1);
    if (!former || syscall(SYS_pread64, files[file].fd, former, end - first, first) < 0) abort();
    pending = grown(pending, pending_count, sizeof *pending);
    pending[pending_count++] =
        (struct bytes){file, first, end - first, size_of(files[file].fd), is_cut, former};
    errno = before;
}

static void forget(int fd) {
    int file = file_of(fd), left = 0;
    for (int each = 0; each < pending_count; each++) {
        if (pending[each].file == file) free(pending[each].former);
        else pending[left++] = pending[each];
    }
    pending_count = left;
}

static void keep(char *kept, const char *path) {
    int before = errno;
    struct stat status;
    kept[0] = 0;
    if (!fstatat(AT_FDCWD, path, &status, AT_SYMLINK_NOFOLLOW)) {
        if (snprintf(kept, PATH_MAX, "%s/%d", stash, kept_count++) >= PATH_MAX) abort();
        if (syscall(SYS_linkat, AT_FDCWD, path, AT_FDCWD, kept, 0)) abort();
    }
    errno = before;
}

/* From nothing: made. To nothing: removed. What had the name before is kept. */
static void note(const char *from, const char *to, const char *kept) {
    changes = grown(changes, change_count, sizeof *changes);
    struct change *new = &changes[change_count++];
    snprintf(new->from, PATH_MAX, "%s", from);
    snprintf(new->to, PATH_MAX, "%s", to);
    snprintf(new->kept, PATH_MAX, "%s", kept);
}

static int is_in(const char *path, const char *folder) {
    size_t length = strlen(folder);
    return !strncmp(path, folder, length) && path[length] == '/' && !strchr(path + length + 1, '/');
}

static void forget_names(const char *folder) {
    int left = 0;
    for (int each = 0; each < change_count; each++) {
        const char *name = changes[each].to[0] ? changes[each].to : changes[each].from;
        if (!is_in(name, folder)) changes[left++] = changes[each];
    }
    change_count = left;
}

/* ---- the end ------------------------------------------------------------------------------ */

static void drop_bytes(void) {
    off_t sector = drawn(2) ? 512 : PAGE;
    for (int each = pending_count - 1; each >= 0; each--) {
        struct bytes *old = &pending[each];
        int fd = files[old->file].fd, is_back = drawn(2);
        for (off_t at = 0; at < old->size; at += sector) {
            off_t length = old->size - at < sector ? old->size - at : sector;
            off_t end = old->is_cut ? old->start + at + length : size_of(fd);
            if (old->start + at + length > end) length = end - old->start - at;
            if (length > 0 && (old->is_cut ? is_back : (int)drawn(2)))
                syscall(SYS_pwrite64, fd, old->former + at, length, old->start + at);
        }
        if (!old->is_cut && old->former_size < size_of(fd) && drawn(2))
            syscall(SYS_ftruncate, fd, old->former_size);
    }
}

static void drop_names(void) {
    int left = drawn(change_count + 1);
    while (change_count > left) {
        struct change *last = &changes[--change_count];
        if (last->from[0] && last->to[0])
            syscall(SYS_renameat2, AT_FDCWD, last->to, AT_FDCWD, last->from, 0);
        else if (last->to[0]) syscall(SYS_unlinkat, AT_FDCWD, last->to, 0);
        const char *name = last->to[0] ? last->to : last->from;
        if (last->kept[0]) syscall(SYS_linkat, AT_FDCWD, last->kept, AT_FDCWD, name, 0);
    }
}

static void end_if(int due) {
    if (!due || mode >= FAILS_ONCE) return;
    if (mode == POWER_CUT) {
        drop_bytes();
        drop_names();
    }
    for (;;) syscall(SYS_exit_group, ENDED);
}

/* Whether the call is not to be done at all any more. */
static int comes_too_late(int due) {
    return due && (mode == ENDS_WITHIN || (mode == POWER_CUT && drawn(2)));
}

/* ---- the calls ---------------------------------------------------------------------------- */

static ssize_t put(int fd, const void *data, size_t size, off_t at, int moves) {
    int due = is_due(WRITES);
    if (fails(due)) return -1;
    if (due && size && (mode == ENDS_WITHIN || mode == POWER_CUT)) size = drawn(size + 1);
    remember(fd, at, size, 0);
    ssize_t done = moves ? syscall(SYS_write, fd, data, size)
                         : syscall(SYS_pwrite64, fd, data, size, at);
    end_if(due);
    return done;
}

ssize_t write(int fd, const void *data, size_t size) {
    if (!is_watched(fd)) return syscall(SYS_write, fd, data, size);
    int flags = fcntl(fd, F_GETFL);
    return put(fd, data, size, flags & O_APPEND ? size_of(fd) : lseek(fd, 0, SEEK_CUR), 1);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    if (!is_watched(fd)) return syscall(SYS_pwrite64, fd, data, size, at);
    return put(fd, data, size, at, 0);
}
ssize_t pwrite(int, const void *, size_t, off_t) __attribute__((alias("pwrite64")));

ssize_t read(int fd, void *data, size_t size) {
    if (is_watched(fd) && fails(is_due(READS))) return -1;
    return syscall(SYS_read, fd, data, size);
}

ssize_t pread64(int fd, void *data, size_t size, off64_t at) {
    if (is_watched(fd) && fails(is_due(READS))) return -1;
    return syscall(SYS_pread64, fd, data, size, at);
}
ssize_t pread(int, void *, size_t, off_t) __attribute__((alias("pread64")));

int fsync(int fd) {
    struct stat status;
    char path[PATH_MAX];
    if (!is_watched(fd)) return 0;
    int due = is_due(SYNCS);
    if (fails(due)) return -1;
    if (due && mode != ENDS_AFTER) end_if(due);
    if (!fstat(fd, &status) && S_ISDIR(status.st_mode)) {
        if (path_of(path, fd)) forget_names(path);
    } else forget(fd);
    end_if(due);
    return 0;
}
int fdatasync(int) __attribute__((alias("fsync")));

int ftruncate64(int fd, off64_t size) {
    if (!is_watched(fd)) return syscall(SYS_ftruncate, fd, size);
    int due = is_due(WRITES);
    if (fails(due)) return -1;
    if (comes_too_late(due)) end_if(due);
    off_t now = size_of(fd), least = now < size ? now : size;
    remember(fd, least, now - least, 1);
    int done = syscall(SYS_ftruncate, fd, size);
    end_if(due);
    return done;
}
int ftruncate(int, off_t) __attribute__((alias("ftruncate64")));

static int opened(int folder, const char *path, int flags, mode_t rights) {
    char full[PATH_MAX];
    struct stat status;
    if (!mode || !full_path(full, folder, path) || !is_below(full))
        return syscall(SYS_openat, folder, path, flags, rights);
    int is_there = !fstatat(AT_FDCWD, full, &status, 0);
    int makes = (flags & O_CREAT) && !is_there;
    int empties = (flags & O_TRUNC) && is_there && status.st_size;
    int due = is_due(makes || empties ? OPENS | WRITES : OPENS);
    if (fails(due)) return -1;
    if (comes_too_late(due)) end_if(due);
    int fd = syscall(SYS_openat, folder, path, empties ? flags & ~O_TRUNC : flags, rights);
    if (fd >= 0 && empties) {
        remember(fd, 0, status.st_size, 1);
        syscall(SYS_ftruncate, fd, 0);
    }
    if (fd >= 0 && makes) note("", full, "");
    end_if(due);
    return fd;
}

#define RIGHTS(flags) \
    mode_t rights = 0; \
    if ((flags) & (O_CREAT | __O_TMPFILE)) { \
        va_list more; \
        va_start(more, flags); \
        rights = va_arg(more, mode_t); \
        va_end(more); \
    }

int open64(const char *path, int flags, ...) { RIGHTS(flags) return opened(AT_FDCWD, path, flags, rights); }
int open(const char *path, int flags, ...) { RIGHTS(flags) return opened(AT_FDCWD, path, flags, rights); }
int openat64(int at, const char *path, int flags, ...) { RIGHTS(flags) return opened(at, path, flags, rights); }
int openat(int at, const char *path, int flags, ...) { RIGHTS(flags) return opened(at, path, flags, rights); }

static int removed(int folder, const char *path, int flags) {
    char full[PATH_MAX], kept[PATH_MAX];
    if (!mode || (flags & AT_REMOVEDIR) || !full_path(full, folder, path) || !is_below(full))
        return syscall(SYS_unlinkat, folder, path, flags);
    if (syscall(SYS_faccessat, AT_FDCWD, full, F_OK)) return -1;
    int due = is_due(WRITES);
    if (fails(due)) return -1;
    if (comes_too_late(due)) end_if(due);
    keep(kept, full);
    int done = syscall(SYS_unlinkat, folder, path, flags);
    if (!done) note(full, "", kept);
    end_if(due);
    return done;
}

int unlink(const char *path) { return removed(AT_FDCWD, path, 0); }
int unlinkat(int folder, const char *path, int flags) { return removed(folder, path, flags); }

static int moved(int one, const char *from, int other, const char *to) {
    char old[PATH_MAX], new[PATH_MAX], kept[PATH_MAX];
    if (!mode || !full_path(old, one, from) || !full_path(new, other, to) || !is_below(new))
        return syscall(SYS_renameat2, one, from, other, to, 0);
    int due = is_due(WRITES);
    if (fails(due)) return -1;
    if (comes_too_late(due)) end_if(due);
    keep(kept, new);
    int done = syscall(SYS_renameat2, one, from, other, to, 0);
    if (!done) note(old, new, kept);
    end_if(due);
    return done;
}

int rename(const char *from, const char *to) { return moved(AT_FDCWD, from, AT_FDCWD, to); }
int renameat(int one, const char *from, int other, const char *to) { return moved(one, from, other, to); }

static int linked(int one, const char *from, int other, const char *to, int flags) {
    char new[PATH_MAX];
    if (!mode || !full_path(new, other, to) || !is_below(new))
        return syscall(SYS_linkat, one, from, other, to, flags);
    int due = is_due(WRITES);
    if (fails(due)) return -1;
    if (comes_too_late(due)) end_if(due);
    int done = syscall(SYS_linkat, one, from, other, to, flags);
    if (!done) note("", new, "");
    end_if(due);
    return done;
}

int link(const char *from, const char *to) { return linked(AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int one, const char *from, int other, const char *to, int flags) {
    return linked(one, from, other, to, flags);
}

/* ---- what shim.py calls -------------------------------------------------------------------- */

void power_arm(const char *folder, const char *beside, int what, int of_kinds, long at, int code,
               uint64_t seed) {
    snprintf(root, sizeof root, "%s", folder);
    snprintf(stash, sizeof stash, "%s", beside);
    kinds = of_kinds, number = at, error = code, chance = seed, calls = 0;
    mode = what;
}

long power_calls(void) { return calls; }
