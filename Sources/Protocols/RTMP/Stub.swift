// Protocols/RTMP
