import CFFmpeg

/// Makes a call into FFmpeg and turns its negative result into an error, with what FFmpeg logged during the call.
///
/// - Returns: what the call gave, zero or more.
@discardableResult
func check(_ operation: String, _ call: () -> Int32) throws(FFmpegError) -> Int32 {
    hemicycle_forget_complaint()
    let result = call()
    guard result >= 0 else { throw FFmpegError(FFmpegError.Code(rawValue: result), while: operation) }
    return result
}

/// How a call ended that may have nothing to give: "again" and "end" are results, not errors.
enum Outcome {
    case done
    /// It wants more input, or its output to be taken, first.
    case again
    /// There will be no more.
    case end
}

/// Makes a call into FFmpeg for which "again" and "end" are ordinary results.
func attempt(_ operation: String, _ call: () -> Int32) throws(FFmpegError) -> Outcome {
    do {
        try check(operation, call)
        return .done
    } catch {
        switch error.code {
        case .again: return .again
        case .end: return .end
        default: throw error
        }
    }
}

/// What an allocating call gave, or the error that FFmpeg would have named.
func allocated<T>(_ operation: String, _ pointer: UnsafeMutablePointer<T>?) throws(FFmpegError) -> UnsafeMutablePointer<T> {
    guard let pointer = unsafe pointer else { throw FFmpegError(.noMemory, while: operation) }
    return unsafe pointer
}
