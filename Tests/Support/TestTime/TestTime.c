#include "TestTime.h"

#include <sys/time.h>
#include <time.h>

static _Thread_local int64_t ahead;

void hemicycle_advance_time(int64_t microseconds) {
    ahead += microseconds;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t microseconds = (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000 + ahead;
    time->tv_sec = microseconds / 1000000;
    time->tv_usec = microseconds % 1000000;
    return 0;
}
