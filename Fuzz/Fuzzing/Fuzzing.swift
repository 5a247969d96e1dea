import CLibFuzzer
package import NIOCore

/// A program that libFuzzer feeds. Its failures are traps, memory faults and hangs, and whatever `test` finds wrong by a trap.
package protocol Fuzzing {
    static func test(_ input: ByteBuffer)
}

extension Fuzzing {
    /// Runs until libFuzzer's own options end it.
    package static func main() {
        // Proof of safety: written here once, before the only thread reads it.
        unsafe subject = Self.test
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        unsafe _ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, length in
            let input = unsafe ByteBuffer(bytes: UnsafeBufferPointer(start: bytes, count: length))
            unsafe subject(input)
            return 0
        }
    }
}

// Proof of safety: see `main`. A C function takes nothing along.
private nonisolated(unsafe) var subject: (ByteBuffer) -> Void = { _ in }
