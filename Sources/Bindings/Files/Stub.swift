// Bindings/Files
