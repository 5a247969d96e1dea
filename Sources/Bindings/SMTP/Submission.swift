import CCurl
import Foundation

/// One conversation with a server, in which one message is given over.
@safe struct Submission: ~Copyable {
    private static let connectionTimeout: Duration = .seconds(10)
    /// For the whole. Some servers look for spam before they answer.
    private static let timeout: Duration = .seconds(180)

    private let server: SMTPServer.Configuration
    private let stop: StopMark
    private let transfer: UnsafeMutableRawPointer
    private let complaint: UnsafeMutablePointer<CChar>
    private var recipients: UnsafeMutablePointer<curl_slist>?

    init(to server: SMTPServer.Configuration, stop: StopMark) throws(SMTPError) {
        guard CurlLibrary.isReady, let transfer = unsafe curl_easy_init() else {
            throw SMTPError(stage: .session, answer: nil, message: "libcurl does not start. \(CurlLibrary.mend)")
        }
        self.server = server
        self.stop = stop
        unsafe self.transfer = unsafe transfer
        unsafe complaint = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        unsafe curl_easy_cleanup(transfer)
        unsafe curl_slist_free_all(recipients)
        unsafe complaint.deallocate()
    }

    /// Waits for the network.
    mutating func send(_ message: [UInt8], from sender: String, to recipient: String) throws(SMTPError) {
        try check(unsafe hemicycle_set_complaint(transfer, complaint))
        try bound()
        try address()
        unsafe recipients = unsafe curl_slist_append(nil, "<\(recipient)>")
        try check(unsafe hemicycle_set_recipients(transfer, recipients))
        try set(CURLOPT_MAIL_FROM, "<\(sender)>")
        try set(CURLOPT_UPLOAD, 1)
        try set(CURLOPT_INFILESIZE, message.count)
        let code = unsafe message.withUnsafeBytes { bytes in unsafe perform(reading: bytes) }
        try check(code)
    }

    private func perform(reading bytes: UnsafeRawBufferPointer) -> CURLcode {
        let start = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        guard let source = unsafe fmemopen(start, bytes.count, "rb") else { return CURLE_READ_ERROR }
        defer { unsafe fclose(source) }
        let code = unsafe hemicycle_set_source(transfer, source)
        return code == CURLE_OK ? unsafe curl_easy_perform(transfer) : code
    }

    private func bound() throws(SMTPError) {
        // Signals belong to the program.
        try set(CURLOPT_NOSIGNAL, 1)
        try set(CURLOPT_CONNECTTIMEOUT, Int(Self.connectionTimeout.components.seconds))
        try set(CURLOPT_TIMEOUT, Int(Self.timeout.components.seconds))
        let watch: curl_xferinfo_callback = { context, _, _, _, _ in
            guard let context = unsafe context else { return 0 }
            return unsafe Unmanaged<StopMark>.fromOpaque(context).takeUnretainedValue().isSet ? 1 : 0
        }
        try check(unsafe hemicycle_set_watch(transfer, watch, Unmanaged.passUnretained(stop).toOpaque()))
    }

    private func address() throws(SMTPError) {
        let scheme = server.encryption == .tls ? "smtps" : "smtp"
        let level = server.encryption == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
        try set(CURLOPT_URL, "\(scheme)://\(server.address)")
        try set(CURLOPT_USE_SSL, Int(level.rawValue))
        if let authorities = server.authorities { try set(CURLOPT_CAINFO, authorities) }
        guard let account = server.account else { return }
        try set(CURLOPT_USERNAME, account.name)
        try set(CURLOPT_PASSWORD, account.password)
    }

    private func set(_ option: CURLoption, _ value: Int) throws(SMTPError) {
        try check(unsafe hemicycle_set_number(transfer, option, value))
    }

    private func set(_ option: CURLoption, _ text: String) throws(SMTPError) {
        try check(unsafe hemicycle_set_text(transfer, option, text))
    }

    private func check(_ code: CURLcode) throws(SMTPError) {
        guard code != CURLE_OK else { return }
        let said = unsafe String(cString: complaint)
        let answer = unsafe hemicycle_last_answer(transfer)
        let reason = said.isEmpty ? unsafe String(cString: curl_easy_strerror(code)) : said
        throw SMTPError(
            stage: stage(code, said), answer: answer == 0 ? nil : answer,
            message: answer == 0 ? reason : "\(reason) (the server answered \(answer))")
    }

    /// libcurl tells apart what the server refused by its own words alone.
    private func stage(_ code: CURLcode, _ said: String) -> SMTPError.Stage {
        if code == CURLE_SEND_ERROR, said.hasPrefix("RCPT") { return .recipient }
        return code == CURLE_WEIRD_SERVER_REPLY ? .content : .session
    }
}
