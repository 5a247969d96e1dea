#ifndef HEMICYCLE_TEST_TIME_H
#define HEMICYCLE_TEST_TIME_H
#include <stdint.h>

/// Lets `gettimeofday`, by which OpenSSL times its handshakes, run ahead of the clock on this thread: a test that plays a bad
/// network needs no waiting. In the whole test program this `gettimeofday` stands in for the system's.
void hemicycle_advance_time(int64_t microseconds);
#endif
