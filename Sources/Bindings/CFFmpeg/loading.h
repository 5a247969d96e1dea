#ifndef HEMICYCLE_LOADING_H
#define HEMICYCLE_LOADING_H
#include <stdarg.h>

/// The libraries of FFmpeg, in the order in which they need each other.
enum library { AVUTIL, SWRESAMPLE, SWSCALE, AVCODEC, AVFORMAT };

/// The function `name` of a library, which is loaded, with the others, at the first call. Remembered in `found`.
void *hemicycle_function(enum library library, const char *name, _Atomic(void *) *found);

/// Where FFmpeg's log goes: the calling thread keeps the last warning or error, and nothing is printed.
void hemicycle_keep_complaint(void *context, int level, const char *format, va_list arguments);
#endif
