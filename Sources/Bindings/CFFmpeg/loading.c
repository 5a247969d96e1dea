#include "loading.h"
#include "CFFmpeg.h"

#include <dlfcn.h>
#include <libavutil/log.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

// The very versions that the program was compiled against: their structures lie as the headers say.
#define FILE_NAME(name, major) "lib" #name ".so." AV_STRINGIFY(major)

static const char *const files[] = {
    [AVUTIL] = FILE_NAME(avutil, LIBAVUTIL_VERSION_MAJOR),
    [SWRESAMPLE] = FILE_NAME(swresample, LIBSWRESAMPLE_VERSION_MAJOR),
    [SWSCALE] = FILE_NAME(swscale, LIBSWSCALE_VERSION_MAJOR),
    [AVCODEC] = FILE_NAME(avcodec, LIBAVCODEC_VERSION_MAJOR),
    [AVFORMAT] = FILE_NAME(avformat, LIBAVFORMAT_VERSION_MAJOR),
};

#define LIBRARIES (sizeof files / sizeof files[0])

static void *handles[LIBRARIES];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static int open_libraries(void) {
    for (size_t library = 0; library < LIBRARIES; library++) {
        handles[library] = dlopen(files[library], RTLD_LAZY | RTLD_LOCAL);
        if (handles[library] == NULL) {
            return 0;
        }
    }
    return 1;
}

// The start of the program has made sure of what fails here; whoever took the libraries away since then has to be told.
static void give_up(void) {
    fprintf(stderr, "hemicycle: FFmpeg cannot be loaded: %s\n", dlerror());
    abort();
}

static void *look_up(enum library library, const char *name) {
    void *function = dlsym(handles[library], name);
    if (function == NULL) {
        give_up();
    }
    return function;
}

static void load(void) {
    if (!open_libraries()) {
        give_up();
    }
    ((__typeof__(&av_log_set_callback))look_up(AVUTIL, "av_log_set_callback"))(hemicycle_keep_complaint);
}

void *hemicycle_function(enum library library, const char *name, _Atomic(void *) *found) {
    void *function = atomic_load_explicit(found, memory_order_acquire);
    if (function == NULL) {
        pthread_once(&once, load);
        function = look_up(library, name);
        atomic_store_explicit(found, function, memory_order_release);
    }
    return function;
}

// In the child: loads everything, and tells through `pipe` what keeps it from that, if anything does.
static void try_loading(int pipe) {
    if (!open_libraries()) {
        const char *reason = dlerror();
        (void)!write(pipe, reason, strlen(reason));
    }
    _exit(0);
}

// At most size - 1 bytes of what a child has to say, until it ends.
static size_t listen_to(int pipe, char *text, size_t size) {
    size_t length = 0;
    ssize_t count;
    while (length + 1 < size && (count = read(pipe, text + length, size - 1 - length)) > 0) {
        length += (size_t)count;
    }
    return length;
}

int32_t hemicycle_find_libraries(char *reason, size_t size) {
    int ends[2];
    reason[0] = 0;
    if (pipe(ends) != 0) {
        return 1;
    }
    pid_t child = fork();
    if (child == 0) {
        try_loading(ends[1]);
    }
    close(ends[1]);
    reason[child > 0 ? listen_to(ends[0], reason, size) : 0] = 0;
    close(ends[0]);
    if (child > 0) {
        waitpid(child, NULL, 0);
    }
    return reason[0] == 0;
}
