#include "CFFmpeg.h"
#include "loading.h"

#include <libavutil/channel_layout.h>
#include <libavutil/error.h>
#include <libavutil/log.h>
#include <stdio.h>
#include <string.h>

/// Bytes of a kept log line, with its closing zero.
#define COMPLAINT_SIZE 512

static _Thread_local char complaint[COMPLAINT_SIZE];

int32_t hemicycle_averror(int32_t error) {
    return AVERROR(error);
}

void hemicycle_describe_error(int32_t code, char *text, size_t size) {
    if (av_strerror(code, text, size) < 0) {
        snprintf(text, size, "FFmpeg error %d", (int)code);
    }
}

// A line may come in several calls; only the last piece that is not blank is kept, which is where FFmpeg says what is wrong.
void hemicycle_keep_complaint(void *context, int level, const char *format, va_list arguments) {
    if (level > AV_LOG_WARNING) {
        return;
    }
    char line[COMPLAINT_SIZE];
    int print_prefix = 0;
    av_log_format_line2(context, level, format, arguments, line, sizeof line, &print_prefix);
    line[strcspn(line, "\r\n")] = 0;
    if (line[0] != 0) {
        memcpy(complaint, line, sizeof complaint);
    }
}

const char *hemicycle_last_complaint(void) {
    return complaint;
}

void hemicycle_forget_complaint(void) {
    complaint[0] = 0;
}

void hemicycle_set_channels(AVCodecParameters *parameters, int32_t channels) {
    av_channel_layout_uninit(&parameters->ch_layout);
    av_channel_layout_default(&parameters->ch_layout, channels);
}
