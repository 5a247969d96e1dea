// Protocols/HLS
