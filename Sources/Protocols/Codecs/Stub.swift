// Protocols/Codecs
