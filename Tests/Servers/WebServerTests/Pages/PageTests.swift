import Access
import Foundation
import Testing
import Time

@testable import WebServer

@Suite struct PageTests {
    private let renderer: PageRenderer

    init() throws {
        renderer = try SamplePages.renderer()
    }

    private func html(_ page: any Page, _ language: Language = .english, signedIn: Bool = true) -> String {
        renderer.render(page, in: SamplePages.frame(language, signedIn: signedIn))
    }

    @Test(arguments: Language.allCases)
    func `every page is whole in every language`(language: Language) {
        for sample in SamplePages.all {
            let html = html(sample.page, language, signedIn: sample.signedIn)
            #expect(html.hasPrefix("<!DOCTYPE html>"), "\(sample.name)")
            #expect(html.hasSuffix("</html>"), "\(sample.name)")
            #expect(html.contains("<html lang=\"\(language.rawValue)\" dir=\"ltr\""), "\(sample.name)")
            #expect(html.matches(of: /<h1[ >]/).count == 1, "\(sample.name) has one main heading")
        }
    }

    @Test(arguments: Language.allCases)
    func `no page shows a key, a brace or a Swift value in place of words`(language: Language) {
        for sample in SamplePages.all {
            let html = html(sample.page, language, signedIn: sample.signedIn)
            let shown = html.replacing(/<script type="application\/json".*?<\/script>/, with: "")
                .replacing("chapters.vtt", with: "")
                .replacing(/<code>(?s:.*?)<\/code>/, with: "")
            #expect(!shown.contains("{"), "\(sample.name)")
            #expect(!shown.contains("Optional("), "\(sample.name)")
            #expect(!shown.contains(">false<"), "\(sample.name)")
            #expect(shown.firstMatch(of: />\s*[a-z-]+\.[a-z-]+(\.[a-z-]+)*\s*</) == nil, "\(sample.name) shows a key")
        }
    }

    @Test func `no page carries inline script or style`() {
        for sample in SamplePages.all {
            let html = html(sample.page, signedIn: sample.signedIn)
            #expect(!html.contains(" style=") && !html.contains("<style"), "\(sample.name)")
            #expect(html.firstMatch(of: /\son[a-z]+=/) == nil, "\(sample.name)")
            #expect(!html.contains("javascript:"), "\(sample.name)")
            for script in html.matches(of: /<script([^>]*)>/) {
                #expect(script.1.contains("src=") || script.1.contains("application/json"), "\(sample.name)")
            }
        }
    }

    @Test func `every form that writes carries the reader's token`() {
        for sample in SamplePages.all {
            let html = html(sample.page, signedIn: sample.signedIn)
            for form in html.matches(of: /<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/.dotMatchesNewlines())
            where form.1 != "/sign-in" {
                #expect(form.2.contains("name=\"csrf\" value=\"csrf-token\""), "\(sample.name): \(form.1)")
            }
        }
    }

    @Test func `what people write is text and never markup`() {
        let script = #"<script>alert("x")</script>"#
        let page = SignInPage(state: .invitation(name: script, mail: "a&b'@example", token: "\" onclick=\"x", next: "/"))
        let html = html(page, signedIn: false)
        #expect(!html.contains("<script>alert"))
        #expect(html.contains("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"))
        #expect(html.contains("a&amp;b&#39;@example"))
        #expect(html.contains(#"value="&quot; onclick=&quot;x""#))
    }

    @Test(arguments: ["\u{0301}", "\u{0338}", "\u{200D}", "\u{FE0F}"])
    func `a combining mark behind a quotation mark does not carry it past the escaping`(mark: String) {
        let page = SignInPage(
            state: .invitation(name: "<\(mark)b>", mail: "m", token: "\"\(mark) onfocus=x ", next: "\u{0600}\"x"))
        let html = html(page, signedIn: false)
        #expect(html.contains("&quot;\u{200B}\(mark) onfocus=x"))
        #expect(html.contains("&lt;\u{200B}\(mark)b&gt;"))
        #expect(html.contains("\u{0600}\u{200B}&quot;x"))
    }

    @Test func `no sentence of the catalogue can end the element that holds it`() {
        let html = html(SamplePages.livePage(moderated: true))
        let spoken = html.firstMatch(of: /<script type="application\/json" id="phrases">(.*?)<\/script>/)
        #expect(spoken?.1.contains("<") == false)
        #expect(spoken?.1.contains("\"player.sound-on\":\"Turn sound on\"") == true)
    }

    @Test func `a participant is offered no moderator's act`() {
        let html = html(SamplePages.livePage(moderated: false))
        #expect(!html.contains("/removals") && !html.contains("/readmissions") && !html.contains("/moderate"))
        #expect(html.contains("Amina Diallo"))
    }

    @Test func `a removed participant reads the reason`() {
        let page = NoticePage(kind: .removed(reason: "Spoke over others."), way: .home)
        #expect(html(page).contains("Spoke over others."))
    }

    @Test func `every refusal of the access function has its words`() {
        let refusals: [Access.Refusal] = [
            .signInNeeded, .notRegistered, .notGranted(.seeRecordings), .scopeNeeded(.events), .personNeeded,
            .otherAudience([.members, .websites]), .doorsClosed(until: SamplePages.later.starts), .sessionEnded,
            .removed(reason: "Spoke over others."), .banned(reason: "Spoke."), .waiting(.lobby), .waiting(.locked),
            .recordingNotReady,
        ]
        for language in Language.allCases {
            for refusal in refusals {
                let words = RefusalInWords(refusal, in: renderer.wording(language, zone: SamplePages.zone))
                #expect(!words.reason.hasPrefix("refusal.") && !words.nextStep.hasPrefix("refusal."), "\(refusal.code)")
                #expect(!words.reason.contains("{") && !words.nextStep.contains("{"), "\(refusal.code)")
            }
        }
    }

    @Test func `a language link keeps the rest of the address`() {
        let frame = SamplePages.frame(.english, signedIn: true)
        #expect(frame.address(setting: "lang", to: "fr") == "/wepc-2021/programme?day=2021-06-16&lang=fr")
        #expect(frame.address(setting: "day", to: "x") == "/wepc-2021/programme?day=x")
    }
}
