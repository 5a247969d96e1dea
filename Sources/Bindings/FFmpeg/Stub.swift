// Bindings/FFmpeg
