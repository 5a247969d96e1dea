#ifndef HEMICYCLE_CFFMPEG_H
#define HEMICYCLE_CFFMPEG_H
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/opt.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
#include <stdint.h>

// What FFmpeg writes as macros, which Swift does not import.

static const int32_t HEMICYCLE_AVERROR_AGAIN = AVERROR(EAGAIN);
static const int32_t HEMICYCLE_AVERROR_NO_MEMORY = AVERROR(ENOMEM);
static const int32_t HEMICYCLE_AVERROR_INVALID_ARGUMENT = AVERROR(EINVAL);
static const int32_t HEMICYCLE_AVERROR_IO = AVERROR(EIO);
static const int32_t HEMICYCLE_AVERROR_END = AVERROR_EOF;
static const int32_t HEMICYCLE_AVERROR_EXIT = AVERROR_EXIT;
static const int32_t HEMICYCLE_AVERROR_INVALID_DATA = AVERROR_INVALIDDATA;
static const int32_t HEMICYCLE_AVERROR_DECODER_NOT_FOUND = AVERROR_DECODER_NOT_FOUND;
static const int32_t HEMICYCLE_AVERROR_ENCODER_NOT_FOUND = AVERROR_ENCODER_NOT_FOUND;
static const int32_t HEMICYCLE_AVERROR_MUXER_NOT_FOUND = AVERROR_MUXER_NOT_FOUND;

/// A packet or frame without a time carries this.
static const int64_t HEMICYCLE_AV_NOPTS = AV_NOPTS_VALUE;

/// `AVERROR(error)`: FFmpeg's code for one of the system's.
int32_t hemicycle_averror(int32_t error);

/// Describes `code` in at most `size` bytes with the closing zero; a code that FFmpeg does not know is named by its number.
void hemicycle_describe_error(int32_t code, char *text, size_t size);

/// Whether FFmpeg's libraries are there to be loaded, found out in a child process that is gone afterwards, so that this one does
/// not carry them. Otherwise `reason` says what is missing, in at most `size` bytes with the closing zero.
int32_t hemicycle_find_libraries(char *reason, size_t size);

/// FFmpeg prints nothing; each thread keeps the last warning or error that was logged on it. This is the one since it was forgotten:
/// empty where there is none. Valid until FFmpeg is next called on this thread.
const char *hemicycle_last_complaint(void);
void hemicycle_forget_complaint(void);

/// A channel layout in the usual order for this many channels, written into fresh codec parameters.
void hemicycle_set_channels(AVCodecParameters *parameters, int32_t channels);
#endif
