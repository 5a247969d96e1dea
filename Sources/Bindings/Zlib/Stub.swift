// Bindings/Zlib
