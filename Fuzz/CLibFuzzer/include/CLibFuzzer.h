#pragma once

#include <stddef.h>
#include <stdint.h>

// The compiler's own libFuzzer, driven by a program that brings its own `main` (llvm.org/docs/LibFuzzer.html, "Using
// libFuzzer as a library"). SwiftPM gives every executable one.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*test)(const uint8_t *data, size_t size));
