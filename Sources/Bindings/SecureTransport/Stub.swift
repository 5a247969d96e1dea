// Bindings/SecureTransport
