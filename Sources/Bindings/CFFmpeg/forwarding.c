// FFmpeg is loaded when it is first called, not when the program starts. Its libraries bring some hundred and thirty others with
// them, which cost 25 MB of memory and a tenth of a second: a server that waits for its conference need not carry them.
//
// So the program is not linked with FFmpeg. Every function of FFmpeg's that it calls is defined here, under its own name, and
// forwards to the library's. One that is missing below is an undefined symbol for the linker: add its line.

#include "CFFmpeg.h"
#include "loading.h"

#include <libavutil/log.h>

/// Defines `name`, which forwards to the function of that name in `library`. Looked up once; two threads that look it up at the
/// same time find the same.
#define FORWARD(library, result, name, parameters, arguments)                               \
    result name parameters {                                                                \
        static _Atomic(void *) found;                                                       \
        return ((__typeof__(&name))hemicycle_function(library, #name, &found))arguments;    \
    }

FORWARD(AVUTIL, void *, av_calloc, (size_t count, size_t size), (count, size))
FORWARD(AVUTIL, void, av_channel_layout_default, (AVChannelLayout *layout, int channels), (layout, channels))
FORWARD(AVUTIL, void, av_channel_layout_uninit, (AVChannelLayout *layout), (layout))
FORWARD(AVUTIL, void, av_dict_free, (AVDictionary **dictionary), (dictionary))
FORWARD(AVUTIL, int, av_dict_set, (AVDictionary **dictionary, const char *key, const char *value, int flags),
        (dictionary, key, value, flags))
FORWARD(AVUTIL, AVFrame *, av_frame_alloc, (void), ())
FORWARD(AVUTIL, void, av_frame_free, (AVFrame **frame), (frame))
FORWARD(AVUTIL, int, av_frame_get_buffer, (AVFrame *frame, int align), (frame, align))
FORWARD(AVUTIL, int, av_frame_make_writable, (AVFrame *frame), (frame))
FORWARD(AVUTIL, void, av_frame_unref, (AVFrame *frame), (frame))
FORWARD(AVUTIL, void, av_free, (void *memory), (memory))
FORWARD(AVUTIL, int, av_log_format_line2,
        (void *context, int level, const char *format, va_list arguments, char *line, int size, int *print_prefix),
        (context, level, format, arguments, line, size, print_prefix))
FORWARD(AVUTIL, void *, av_mallocz, (size_t size), (size))
FORWARD(AVUTIL, int, av_opt_set, (void *object, const char *name, const char *value, int flags), (object, name, value, flags))
FORWARD(AVUTIL, int, av_strerror, (int code, char *text, size_t size), (code, text, size))
FORWARD(AVUTIL, const char *, av_version_info, (void), ())
FORWARD(AVUTIL, unsigned, avutil_version, (void), ())

FORWARD(AVCODEC, AVPacket *, av_packet_alloc, (void), ())
FORWARD(AVCODEC, void, av_packet_free, (AVPacket **packet), (packet))
FORWARD(AVCODEC, void, av_packet_rescale_ts, (AVPacket *packet, AVRational from, AVRational to), (packet, from, to))
FORWARD(AVCODEC, void, av_packet_unref, (AVPacket *packet), (packet))
FORWARD(AVCODEC, AVCodecContext *, avcodec_alloc_context3, (const AVCodec *codec), (codec))
FORWARD(AVCODEC, const AVCodec *, avcodec_find_decoder, (enum AVCodecID id), (id))
FORWARD(AVCODEC, const AVCodec *, avcodec_find_encoder, (enum AVCodecID id), (id))
FORWARD(AVCODEC, const AVCodec *, avcodec_find_encoder_by_name, (const char *name), (name))
FORWARD(AVCODEC, void, avcodec_flush_buffers, (AVCodecContext *context), (context))
FORWARD(AVCODEC, void, avcodec_free_context, (AVCodecContext **context), (context))
FORWARD(AVCODEC, const char *, avcodec_get_name, (enum AVCodecID id), (id))
FORWARD(AVCODEC, int, avcodec_open2, (AVCodecContext *context, const AVCodec *codec, AVDictionary **options),
        (context, codec, options))
FORWARD(AVCODEC, AVCodecParameters *, avcodec_parameters_alloc, (void), ())
FORWARD(AVCODEC, int, avcodec_parameters_copy, (AVCodecParameters *to, const AVCodecParameters *from), (to, from))
FORWARD(AVCODEC, void, avcodec_parameters_free, (AVCodecParameters **parameters), (parameters))
FORWARD(AVCODEC, int, avcodec_parameters_to_context, (AVCodecContext *to, const AVCodecParameters *from), (to, from))
FORWARD(AVCODEC, int, avcodec_receive_frame, (AVCodecContext *context, AVFrame *frame), (context, frame))
FORWARD(AVCODEC, int, avcodec_receive_packet, (AVCodecContext *context, AVPacket *packet), (context, packet))
FORWARD(AVCODEC, int, avcodec_send_frame, (AVCodecContext *context, const AVFrame *frame), (context, frame))
FORWARD(AVCODEC, int, avcodec_send_packet, (AVCodecContext *context, const AVPacket *packet), (context, packet))
FORWARD(AVCODEC, unsigned, avcodec_version, (void), ())

FORWARD(AVFORMAT, const AVInputFormat *, av_find_input_format, (const char *name), (name))
FORWARD(AVFORMAT, int, av_read_frame, (AVFormatContext *context, AVPacket *packet), (context, packet))
FORWARD(AVFORMAT, int, av_seek_frame, (AVFormatContext *context, int stream, int64_t time, int flags),
        (context, stream, time, flags))
FORWARD(AVFORMAT, int, av_write_frame, (AVFormatContext *context, AVPacket *packet), (context, packet))
FORWARD(AVFORMAT, int, av_write_trailer, (AVFormatContext *context), (context))
FORWARD(AVFORMAT, int, avformat_alloc_output_context2,
        (AVFormatContext **context, const AVOutputFormat *format, const char *name, const char *file),
        (context, format, name, file))
FORWARD(AVFORMAT, void, avformat_close_input, (AVFormatContext **context), (context))
FORWARD(AVFORMAT, void, avformat_free_context, (AVFormatContext *context), (context))
FORWARD(AVFORMAT, AVStream *, avformat_new_stream, (AVFormatContext *context, const AVCodec *codec), (context, codec))
FORWARD(AVFORMAT, int, avformat_open_input,
        (AVFormatContext **context, const char *url, const AVInputFormat *format, AVDictionary **options),
        (context, url, format, options))
FORWARD(AVFORMAT, unsigned, avformat_version, (void), ())
FORWARD(AVFORMAT, int, avformat_write_header, (AVFormatContext *context, AVDictionary **options), (context, options))
FORWARD(AVFORMAT, int, avio_close_dyn_buf, (AVIOContext *context, uint8_t **buffer), (context, buffer))
FORWARD(AVFORMAT, int, avio_closep, (AVIOContext **context), (context))
FORWARD(AVFORMAT, int, avio_open, (AVIOContext **context, const char *url, int flags), (context, url, flags))
FORWARD(AVFORMAT, int, avio_open_dyn_buf, (AVIOContext **context), (context))

FORWARD(SWRESAMPLE, struct SwrContext *, swr_alloc, (void), ())
FORWARD(SWRESAMPLE, int, swr_convert_frame, (SwrContext *context, AVFrame *to, const AVFrame *from), (context, to, from))
FORWARD(SWRESAMPLE, void, swr_free, (struct SwrContext **context), (context))
FORWARD(SWRESAMPLE, unsigned, swresample_version, (void), ())

FORWARD(SWSCALE, void, sws_freeContext, (struct SwsContext *context), (context))
FORWARD(SWSCALE, struct SwsContext *, sws_getContext,
        (int from_width, int from_height, enum AVPixelFormat from, int to_width, int to_height, enum AVPixelFormat to, int flags,
         SwsFilter *from_filter, SwsFilter *to_filter, const double *parameters),
        (from_width, from_height, from, to_width, to_height, to, flags, from_filter, to_filter, parameters))
FORWARD(SWSCALE, int, sws_scale_frame, (struct SwsContext *context, AVFrame *to, const AVFrame *from), (context, to, from))
FORWARD(SWSCALE, unsigned, swscale_version, (void), ())
