#ifndef HEMICYCLE_CFFMPEG_H
#define HEMICYCLE_CFFMPEG_H
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
#endif
