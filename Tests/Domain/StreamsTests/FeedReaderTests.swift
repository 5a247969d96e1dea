import Media
import Testing
import Time

@testable import Streams

@Suite(.timeLimit(.minutes(5))) struct FeedReaderTests {
    @Test func `a reader gets everything in order, all of it at once`() async {
        let reader = FeedReader(backlog: [.format(h264)])
        reader.push(.frame(picture(0, key: true)))
        reader.push(.frame(picture(40)))
        #expect(await reader.next().count == 3)
        reader.push(.ended)
        #expect(await reader.next() == [.ended])
        #expect(await reader.next().isEmpty)
    }

    @Test func `a waiting reader is woken`() async {
        let reader = FeedReader(backlog: [])
        async let events = reader.next()
        await Task.yield()
        reader.push(.interrupted)
        #expect(await events == [.interrupted])
    }

    @Test func `a slow reader loses all up to the next key frame and is told so`() async {
        let reader = FeedReader(backlog: [.format(h264)], capacity: 5)
        reader.push(.frame(picture(0, key: true)))
        for index in 1..<8 { reader.push(.frame(picture(Int64(index) * 40))) }
        let told = await reader.next()
        #expect(told.first == .format(h264))
        #expect(told.last == .overrun)
        #expect(told.count == 2)
        reader.push(.frame(picture(320)))
        reader.push(.frame(sound(330)))
        reader.push(.frame(picture(360, key: true)))
        reader.push(.frame(picture(400)))
        #expect(await reader.next() == [.frame(picture(360, key: true)), .frame(picture(400))])
        #expect(reader.dropped == 10)
    }

    @Test func `without a picture a slow reader goes on at the next packet of sound`() async {
        let reader = FeedReader(backlog: [.format(aac)], capacity: 3)
        for index in 0..<6 { reader.push(.frame(sound(Int64(index) * 20))) }
        #expect(await reader.next().last != nil)
        reader.push(.frame(sound(200)))
        #expect(await reader.next() == [.frame(sound(200))])
    }

    @Test func `a reader who never reads stays bounded`() async {
        let reader = FeedReader(backlog: [.format(h264)], capacity: 10)
        for index in 0..<10_000 { reader.push(.frame(picture(Int64(index) * 40, key: index.isMultiple(of: 50)))) }
        let told = await reader.next()
        #expect(told.count <= 12)
        #expect(told.contains(.overrun))
    }

    @Test func `interruptions and formats without end stay bounded too`() async {
        let reader = FeedReader(backlog: [.format(h264)], capacity: 10)
        for index in 0..<10_000 {
            reader.push(.interrupted)
            reader.push(.format(index.isMultiple(of: 2) ? smaller : h264))
            reader.push(.frame(picture(Int64(index) * 40, key: true)))
        }
        reader.push(.format(smaller))
        let told = await reader.next()
        #expect(told.count <= 20)
        #expect(told.contains(.overrun))
        #expect(told.last { if case .format = $0 { true } else { false } } == .format(smaller))
    }

    @Test func `formats and the end reach a reader who is behind`() async {
        let reader = FeedReader(backlog: [.format(h264)], capacity: 2)
        for index in 0..<5 { reader.push(.frame(picture(Int64(index) * 40))) }
        reader.push(.format(smaller))
        reader.push(.ended)
        #expect(await reader.next() == [.format(h264), .overrun, .format(smaller), .ended])
    }

    @Test func `cancelling the task that waits ends the reader`() async {
        let reader = FeedReader(backlog: [])
        let waiting = Task { await reader.next() }
        await Task.yield()
        waiting.cancel()
        #expect(await waiting.value.isEmpty)
        reader.push(.interrupted)
        #expect(await reader.next().isEmpty)
    }
}

@Suite struct KeyFrameCacheTests {
    @Test func `the cache holds what came since the last key frame`() {
        var cache = KeyFrameCache()
        cache.append(picture(0))
        #expect(cache.frames.isEmpty)
        for frame in [picture(40, key: true), sound(50), picture(80)] { cache.append(frame) }
        #expect(cache.frames.count == 3)
        cache.append(picture(120, key: true))
        #expect(cache.frames == [picture(120, key: true)])
    }

    @Test func `a group of pictures beyond the bounds is forgotten`() {
        var cache = KeyFrameCache()
        cache.append(picture(0, key: true))
        for index in 1...KeyFrameCache.maximumFrames { cache.append(picture(Int64(index))) }
        #expect(cache.frames.isEmpty)
        cache.append(picture(0, key: true, bytes: KeyFrameCache.maximumBytes + 1))
        #expect(cache.frames.isEmpty)
    }
}
