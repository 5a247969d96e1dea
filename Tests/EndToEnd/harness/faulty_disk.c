/* A disk that is slow or fails, for files below a folder named recordings: preloaded before the C library (ld.so(8), LD_PRELOAD).
 *
 * The file named by FAULTY_DISK says what is wrong, and may be changed at any time; without it nothing is:
 *
 *     slow MILLISECONDS   every write takes so long
 *     fail writes         every write fails with EIO
 *     fail syncs          every sync fails with EIO, and what it was to sync is lost: it reads as zeros, as some kernels leave it
 *
 * The file named by FAULTY_DISK with ".synced" behind it gets a line for every sync that did not fail: the length that the file had,
 * and its path. What stands behind that length a power cut may take. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { FILES = 4096 };

/* What was written since the last sync, by descriptor. */
static struct { off_t from, to; } unsynced[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fdatasync)(int);
static int (*real_fsync)(int);

__attribute__((constructor)) static void begin(void) {
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
}

static int is_recorded(int descriptor, char path[PATH_MAX]) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length < 0 ? 0 : length] = 0;
    return descriptor < FILES && strstr(path, "/recordings/") != NULL;
}

static void read_fault(char fault[64]) {
    const char *control = getenv("FAULTY_DISK");
    int file = control ? open(control, O_RDONLY | O_CLOEXEC) : -1;
    ssize_t length = file < 0 ? 0 : read(file, fault, 63);
    if (file >= 0) close(file);
    fault[length < 0 ? 0 : length] = 0;
}

static void note_synced(int descriptor, const char *path) {
    char name[PATH_MAX], line[PATH_MAX + 32];
    struct stat status;
    const char *control = getenv("FAULTY_DISK");
    if (!control || fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return;
    snprintf(name, sizeof name, "%s.synced", control);
    int file = open(name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return;
    int length = snprintf(line, sizeof line, "%lld %s\n", (long long)status.st_size, path);
    if (write(file, line, length) != length) abort();
    close(file);
}

static ssize_t faulty_pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    char path[PATH_MAX], fault[64];
    long milliseconds;
    if (!is_recorded(descriptor, path)) return real_pwrite(descriptor, bytes, count, offset);
    read_fault(fault);
    if (sscanf(fault, "slow %ld", &milliseconds) == 1) {
        struct timespec pause = {milliseconds / 1000, milliseconds % 1000 * 1000000};
        nanosleep(&pause, NULL);
    } else if (strncmp(fault, "fail writes", 11) == 0) {
        errno = EIO;
        return -1;
    }
    ssize_t written = real_pwrite(descriptor, bytes, count, offset);
    pthread_mutex_lock(&lock);
    if (written > 0) {
        int is_first = unsynced[descriptor].to == 0;
        if (is_first || offset < unsynced[descriptor].from) unsynced[descriptor].from = offset;
        if (offset + written > unsynced[descriptor].to) unsynced[descriptor].to = offset + written;
    }
    pthread_mutex_unlock(&lock);
    return written;
}

static int lose(int descriptor) {
    static const char zeros[65536];
    off_t from = unsynced[descriptor].from, to = unsynced[descriptor].to;
    while (from < to) {
        ssize_t written = real_pwrite(descriptor, zeros, to - from < 65536 ? to - from : 65536, from);
        if (written <= 0) break;
        from += written;
    }
    errno = EIO;
    return -1;
}

static int faulty_sync(int descriptor, int (*real)(int)) {
    char path[PATH_MAX], fault[64];
    if (!is_recorded(descriptor, path)) return real(descriptor);
    read_fault(fault);
    pthread_mutex_lock(&lock);
    int result = strncmp(fault, "fail syncs", 10) == 0 ? lose(descriptor) : real(descriptor);
    if (result == 0) {
        unsynced[descriptor].from = unsynced[descriptor].to = 0;
        note_synced(descriptor, path);
    }
    pthread_mutex_unlock(&lock);
    return result;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return faulty_pwrite(descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off_t offset) {
    return faulty_pwrite(descriptor, bytes, count, offset);
}

int fdatasync(int descriptor) { return faulty_sync(descriptor, real_fdatasync); }

int fsync(int descriptor) { return faulty_sync(descriptor, real_fsync); }
