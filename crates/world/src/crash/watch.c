/* Notes every change of files below one folder, in order: what a simulated power cut is made from (crash/disk.rs).
 *
 * Loaded into `renvoi serve` by LD_PRELOAD. WATCH_FOLDER is the folder (absolute, without a slash at its end),
 * WATCH_LOG the file that is appended to. Each record is five little-endian 64-bit numbers, what, inode, offset and the
 * lengths of the two texts that follow. It is written before the call returns, so nobody can have heard of a change
 * whose record is missing. Children of the process are not watched. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum what { MADE = 1, OPENED, LENGTH, WROTE, SYNCED, RENAMED, REMOVED, FOLDER_MADE, FOLDER_REMOVED };

#define INODES_MAX 65536 /* files that one run can open, a power of two */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX];
static size_t folder_length;
static int out = -1;
static uint64_t inodes[INODES_MAX];

__attribute__((constructor)) static void begin(void) {
  const char *where = getenv("WATCH_FOLDER"), *to = getenv("WATCH_LOG");
  if (where && to && strlen(where) < sizeof folder) {
    folder_length = strlen(strcpy(folder, where));
    out = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  unsetenv("LD_PRELOAD");
  unsetenv("WATCH_FOLDER");
  unsetenv("WATCH_LOG");
}

static void die(const char *why) {
  fprintf(stderr, "watch.c: %s\n", why);
  abort();
}

static int is_below(const char *path) {
  return out >= 0 && strncmp(path, folder, folder_length) == 0 && (path[folder_length] == '/' || path[folder_length] == 0);
}

/* The absolute path of `path` below `dir`; 0 when it is not in the folder. */
static int resolve(int dir, const char *path, char *full) {
  if (out < 0) return 0;
  if (path[0] == '/') {
    if (strlen(path) >= PATH_MAX) return 0;
    strcpy(full, path);
  } else {
    char link[64], at[PATH_MAX / 2];
    ssize_t n;
    if (dir == AT_FDCWD) strcpy(link, "/proc/self/cwd");
    else snprintf(link, sizeof link, "/proc/self/fd/%d", dir);
    n = readlink(link, at, sizeof at - 1);
    if (n < 0) return 0;
    at[n] = 0;
    if (snprintf(full, PATH_MAX, "%s/%s", at, path) >= PATH_MAX) return 0;
  }
  return is_below(full);
}

static void note(enum what what, uint64_t inode, uint64_t offset, const void *one, size_t n1, const void *two, size_t n2) {
  uint64_t head[5] = {what, inode, offset, n1, n2};
  struct iovec parts[3] = {{head, sizeof head}, {(void *)one, n1}, {(void *)two, n2}};
  ssize_t all = (ssize_t)(sizeof head + n1 + n2);
  if (syscall(SYS_writev, out, parts, 3) != all) die("a change was not noted");
}

static uint64_t *place(uint64_t inode) {
  for (uint64_t n = 0; n < INODES_MAX; n++) {
    uint64_t *at = &inodes[(inode * 0x9E3779B97F4A7C15u + n) & (INODES_MAX - 1)];
    if (*at == inode || *at == 0) return at;
  }
  die("too many files");
  return 0;
}

/* The inode of a file in the folder, or 0. */
static uint64_t watched(int fd) {
  struct stat about;
  int before = errno;
  if (out < 0 || fstat(fd, &about) != 0 || !(S_ISREG(about.st_mode) || S_ISDIR(about.st_mode))) {
    errno = before;
    return 0;
  }
  errno = before;
  return *place(about.st_ino) == about.st_ino ? about.st_ino : 0;
}

static int open_at(int dir, const char *path, int flags, mode_t mode) {
  char full[PATH_MAX];
  struct stat about;
  if (!resolve(dir, path, full)) return (int)syscall(SYS_openat, dir, path, flags, mode);
  pthread_mutex_lock(&lock);
  int there = lstat(full, &about) == 0;
  int fd = (int)syscall(SYS_openat, dir, path, flags, mode);
  int after = errno;
  if (fd >= 0 && fstat(fd, &about) == 0 && (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode))) {
    *place(about.st_ino) = about.st_ino;
    note(there ? OPENED : MADE, about.st_ino, 0, full, strlen(full), 0, 0);
    if (there && (flags & O_TRUNC)) note(LENGTH, about.st_ino, 0, 0, 0, 0, 0);
  }
  pthread_mutex_unlock(&lock);
  errno = after;
  return fd;
}

#define MODE(flags)                                                        \
  mode_t mode = 0;                                                         \
  if ((flags) & (O_CREAT | O_TMPFILE)) {                                   \
    va_list rest;                                                          \
    va_start(rest, flags);                                                 \
    mode = va_arg(rest, mode_t);                                           \
    va_end(rest);                                                          \
  }

int open(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_at(AT_FDCWD, path, flags, mode); }
int openat(int dir, const char *path, int flags, ...) { MODE(flags) return open_at(dir, path, flags, mode); }
int openat64(int dir, const char *path, int flags, ...) { MODE(flags) return open_at(dir, path, flags, mode); }

static ssize_t write_at(int fd, uint64_t inode, const void *bytes, size_t n, off_t offset) {
  pthread_mutex_lock(&lock);
  struct stat about;
  int own = offset < 0;
  if (own) {
    int append = fcntl(fd, F_GETFL) & O_APPEND;
    offset = append && fstat(fd, &about) == 0 ? about.st_size : lseek(fd, 0, SEEK_CUR);
  }
  ssize_t done = own ? syscall(SYS_write, fd, bytes, n) : syscall(SYS_pwrite64, fd, bytes, n, offset);
  int after = errno;
  if (done > 0) note(WROTE, inode, (uint64_t)offset, bytes, (size_t)done, 0, 0);
  pthread_mutex_unlock(&lock);
  errno = after;
  return done;
}

ssize_t write(int fd, const void *bytes, size_t n) {
  uint64_t inode = watched(fd);
  return inode ? write_at(fd, inode, bytes, n, -1) : syscall(SYS_write, fd, bytes, n);
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t offset) {
  uint64_t inode = watched(fd);
  return inode ? write_at(fd, inode, bytes, n, offset) : syscall(SYS_pwrite64, fd, bytes, n, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t n, off_t offset) { return pwrite64(fd, bytes, n, offset); }

ssize_t writev(int fd, const struct iovec *parts, int count) {
  uint64_t inode = watched(fd);
  if (!inode) return syscall(SYS_writev, fd, parts, count);
  /* Writing less than asked is allowed. */
  for (int n = 0; n < count; n++)
    if (parts[n].iov_len) return write_at(fd, inode, parts[n].iov_base, parts[n].iov_len, -1);
  return 0;
}

/* Copies in the kernel would pass by: their callers fall back to reading and writing. */
ssize_t copy_file_range(int in, off64_t *from, int to, off64_t *at, size_t n, unsigned flags) {
  if (!watched(to)) return syscall(SYS_copy_file_range, in, from, to, at, n, flags);
  errno = ENOSYS;
  return -1;
}
ssize_t sendfile64(int to, int in, off64_t *from, size_t n) {
  if (!watched(to)) return syscall(SYS_sendfile, to, in, from, n);
  errno = EINVAL;
  return -1;
}
ssize_t sendfile(int to, int in, off_t *from, size_t n) { return sendfile64(to, in, from, n); }

int ftruncate64(int fd, off64_t length) {
  uint64_t inode = watched(fd);
  if (!inode) return (int)syscall(SYS_ftruncate, fd, length);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(SYS_ftruncate, fd, length), after = errno;
  if (done == 0) note(LENGTH, inode, (uint64_t)length, 0, 0, 0, 0);
  pthread_mutex_unlock(&lock);
  errno = after;
  return done;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

/* What was written before this call is on the disk when it returns; what others write meanwhile may not be. */
static int sync_of(int fd, long number) {
  uint64_t inode = watched(fd);
  if (!inode) return (int)syscall(number, fd);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(number, fd), after = errno;
  if (done == 0) note(SYNCED, inode, 0, 0, 0, 0, 0);
  pthread_mutex_unlock(&lock);
  errno = after;
  return done;
}
int fsync(int fd) { return sync_of(fd, SYS_fsync); }
int fdatasync(int fd) { return sync_of(fd, SYS_fdatasync); }

int renameat2(int dir1, const char *from, int dir2, const char *to, unsigned flags) {
  char one[PATH_MAX], two[PATH_MAX];
  int here = resolve(dir1, from, one), there = resolve(dir2, to, two);
  if (here != there) die("a file was moved in or out of the folder");
  if (!here) return (int)syscall(SYS_renameat2, dir1, from, dir2, to, flags);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(SYS_renameat2, dir1, from, dir2, to, flags), after = errno;
  if (done == 0) note(RENAMED, 0, 0, one, strlen(one), two, strlen(two));
  pthread_mutex_unlock(&lock);
  errno = after;
  return done;
}
int renameat(int dir1, const char *from, int dir2, const char *to) { return renameat2(dir1, from, dir2, to, 0); }
int rename(const char *from, const char *to) { return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0); }

int unlinkat(int dir, const char *path, int flags) {
  char full[PATH_MAX];
  if (!resolve(dir, path, full)) return (int)syscall(SYS_unlinkat, dir, path, flags);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(SYS_unlinkat, dir, path, flags), after = errno;
  if (done == 0) note(flags & AT_REMOVEDIR ? FOLDER_REMOVED : REMOVED, 0, 0, full, strlen(full), 0, 0);
  pthread_mutex_unlock(&lock);
  errno = after;
  return done;
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int dir, const char *path, mode_t mode) {
  char full[PATH_MAX];
  if (!resolve(dir, path, full)) return (int)syscall(SYS_mkdirat, dir, path, mode);
  pthread_mutex_lock(&lock);
  int done = (int)syscall(SYS_mkdirat, dir, path, mode), after = errno;
  if (done == 0) note(FOLDER_MADE, 0, 0, full, strlen(full), 0, 0);
  pthread_mutex_unlock(&lock);
  errno = after;
  return done;
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
