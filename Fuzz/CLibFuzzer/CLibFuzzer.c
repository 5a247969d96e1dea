#include "CLibFuzzer.h"

// The compiler links libFuzzer's own `main` too, which asks for this name; ours stands before it and gives its own test.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    (void)data;
    (void)size;
    return 0;
}
