import HLS
import Testing

@Suite struct `a multivariant playlist` {
    private let picture = MultivariantPlaylist.Picture(
        uri: "picture/index.m3u8", codecs: "avc1.64001f", width: 1280, height: 720, frameRate: 29.970_03,
        bitrate: .init(peak: 2_500_000, average: 2_000_000))
    private let sound = MultivariantPlaylist.Sound(
        uri: "sound/index.m3u8", codecs: "mp4a.40.2", channels: 2, name: "Floor", language: "fr",
        bitrate: .init(peak: 130_000, average: 128_000))

    @Test func `HLS-15 gives the sound beside a picture as a rendition of its own`() {
        #expect(
            MultivariantPlaylist(picture: picture, sound: sound).render() == """
                #EXTM3U
                #EXT-X-VERSION:9
                #EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Floor",LANGUAGE="fr",DEFAULT=YES,AUTOSELECT=YES,CHANNELS="2",\
                URI="sound/index.m3u8"
                #EXT-X-STREAM-INF:BANDWIDTH=2630000,AVERAGE-BANDWIDTH=2128000,CODECS="avc1.64001f,mp4a.40.2",\
                RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="sound"
                picture/index.m3u8

                """)
    }

    @Test func `HLS-17 gives a picture alone with its codec, size and rate`() {
        let text = MultivariantPlaylist(picture: picture, sound: nil).render()
        #expect(text.hasSuffix("CODECS=\"avc1.64001f\",RESOLUTION=1280x720,FRAME-RATE=29.970\npicture/index.m3u8\n"))
        #expect(!text.contains("EXT-X-MEDIA"))
    }

    @Test func `gives sound alone as the variant`() {
        let text = MultivariantPlaylist(picture: nil, sound: sound).render()
        #expect(text.hasSuffix("BANDWIDTH=130000,AVERAGE-BANDWIDTH=128000,CODECS=\"mp4a.40.2\"\nsound/index.m3u8\n"))
        #expect(!text.contains("EXT-X-MEDIA"))
    }

    @Test func `keeps a name within its quotation marks`() {
        var sound = sound
        sound.name = "Floor\",URI=\"https://example.org/\n"
        let text = MultivariantPlaylist(picture: picture, sound: sound).render()
        #expect(text.contains("NAME=\"Floor,URI=https://example.org/\","))
    }
}
