import Crypto
import HLS
import NIOCore

extension MediaFile {
    /// The name of an initialisation section, which follows from its content.
    static func initialisationName(of bytes: ByteBuffer) -> String {
        "init-\(SHA256.hash(data: Array(bytes.readableBytesView)).name(bytes: 4)).mp4"
    }
}
