import HLS
import Testing
import Time

@Suite struct `a media playlist` {
    @Test func `is written as a player reads it`() {
        var playlist = MediaPlaylist.example([
            .example(7, parts: 4, isComplete: true),
            .example(8, parts: 2, isComplete: false, isDiscontinuous: true),
        ])
        playlist.reports = [.init(uri: "../sound/index.m3u8", last: PartPosition(segment: 8, part: 1))]
        #expect(
            playlist.render() == """
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-TARGETDURATION:4
                #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,CAN-SKIP-UNTIL=24.00000,PART-HOLD-BACK=1.50000,HOLD-BACK=12.00000
                #EXT-X-PART-INF:PART-TARGET=0.50000
                #EXT-X-MEDIA-SEQUENCE:7
                #EXT-X-DISCONTINUITY-SEQUENCE:0
                #EXT-X-MAP:URI="init-0a1b2c3d.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2021-06-16T12:00:14.000Z
                #EXT-X-PART:DURATION=0.50000,URI="7.0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.50000,URI="7.1.m4s"
                #EXT-X-PART:DURATION=0.50000,URI="7.2.m4s"
                #EXT-X-PART:DURATION=0.50000,URI="7.3.m4s"
                #EXTINF:2.00000,
                7.m4s
                #EXT-X-DISCONTINUITY
                #EXT-X-MAP:URI="init-0a1b2c3d.mp4"
                #EXT-X-PROGRAM-DATE-TIME:2021-06-16T12:00:16.000Z
                #EXT-X-PART:DURATION=0.50000,URI="8.0.m4s",INDEPENDENT=YES
                #EXT-X-PART:DURATION=0.50000,URI="8.1.m4s"
                #EXT-X-PRELOAD-HINT:TYPE=PART,URI="8.2.m4s"
                #EXT-X-RENDITION-REPORT:URI="../sound/index.m3u8",LAST-MSN=8,LAST-PART=1

                """)
    }

    @Test func `HLS-4 has no playlist type, so that segments may leave it`() {
        #expect(!MediaPlaylist.example([.example(1, parts: 4, isComplete: true)]).render().contains("PLAYLIST-TYPE"))
    }

    @Test func `HLS-7 names the parts of the last three target durations only`() {
        let playlist = MediaPlaylist.example((1...10).map { .example($0, parts: 4, isComplete: true) })
        let text = playlist.render()
        #expect(!text.contains("4.3.m4s") && text.contains("5.0.m4s") && text.contains("10.3.m4s"))
    }

    @Test func `HLS-11 hints at the first part of the next segment after a complete one`() {
        let text = MediaPlaylist.example([.example(3, parts: 4, isComplete: true)]).render()
        #expect(text.contains("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"4.0.m4s\"\n"))
    }

    @Test func `HLS-11 hints at nothing when it has ended, and names no parts`() {
        var playlist = MediaPlaylist.example([.example(3, parts: 4, isComplete: true)])
        playlist.isEnded = true
        let text = playlist.render()
        #expect(text.hasSuffix("3.m4s\n#EXT-X-ENDLIST\n"))
        #expect(!text.contains("PRELOAD-HINT") && !text.contains("EXT-X-PART:"))
    }

    @Test func `HLS-10 a delta update leaves out what ended six target durations ago, and says again how to decode the rest`() {
        let playlist = MediaPlaylist.example((1...20).map { .example($0, parts: 4, isComplete: true) })
        let rest = [
            "#EXT-X-SKIP:SKIPPED-SEGMENTS=8", "#EXT-X-MAP:URI=\"init-0a1b2c3d.mp4\"",
            "#EXT-X-PROGRAM-DATE-TIME:2021-06-16T12:00:18.000Z", "#EXTINF:2.00000,", "9.m4s",
        ]
        #expect(playlist.renderDelta()?.contains(rest.joined(separator: "\n")) == true)
        #expect(MediaPlaylist.example((1...12).map { .example($0, parts: 4, isComplete: true) }).renderDelta() == nil)
        var ended = playlist
        ended.isEnded = true
        #expect(ended.renderDelta() == nil)
    }

    @Test func `HLS-14 marks the parts of a gap, and hints at nothing behind it`() {
        var gap = MediaPlaylist.Segment.example(4, parts: 0, isComplete: false)
        gap.isGap = true
        gap.parts = [.init(duration: .milliseconds(500), isIndependent: false, isGap: true)]
        let text = MediaPlaylist.example([.example(3, parts: 4, isComplete: true), gap]).render()
        #expect(text.hasSuffix("#EXT-X-PART:DURATION=0.50000,URI=\"4.0.m4s\",GAP=YES\n"))
    }

    @Test func `HLS-14 marks a segment without media as a gap`() {
        var gap = MediaPlaylist.Segment.example(4, parts: 0, isComplete: true)
        (gap.isGap, gap.duration) = (true, .seconds(2))
        #expect(MediaPlaylist.example([gap]).render().contains("#EXT-X-GAP\n#EXTINF:2.00000,\n4.m4s\n"))
    }
}

@Suite struct `the name of a media file` {
    @Test(arguments: ["12.m4s", "12.0.m4s", "0.17.m4s", "init-0a1b2c3d.mp4"])
    func `reads back as it was written`(name: String) throws {
        #expect(try #require(MediaFile(name: name)).name == name)
    }

    @Test(arguments: [
        "", ".m4s", "-1.m4s", "012.m4s", "1.2.3.m4s", "1..m4s", "1.m4s.m4s", "9999999999999999999.m4s", "1.x.m4s", "index.m3u8",
    ])
    func `is nobody's where it cannot be one`(name: String) {
        #expect(MediaFile(name: name) == nil)
    }
}
