import Testing

@testable import Rooms

@Suite struct DiskForecastTests {
    private func forecast(used: Int64 = 10, budget: Int64? = nil, free: Int64? = nil, rate: Double? = 2) -> DiskForecast {
        DiskForecast(used: used, budget: budget, free: free, rate: rate, remaining: .seconds(100), unfinished: 50)
    }

    @Test func `what is to come is the log, the finished file, and the finishing of what runs`() {
        #expect(forecast().expected == 2 * 2 * 100 + 50)
        #expect(forecast(rate: nil).expected == 50, "nothing is known before anything was recorded")
        #expect(forecast(rate: .infinity).expected == .max)
    }

    @Test func `it has to fit on the disk and in the budget`() {
        #expect(forecast().fits, "nothing stands against it")
        #expect(forecast(free: 450).fits && !forecast(free: 449).fits)
        #expect(forecast(budget: 460).fits && !forecast(budget: 459).fits)
        #expect(!forecast(budget: 10_000, free: 449).fits)
        #expect(forecast(used: 500, budget: 400).room == 0, "a budget that is overdrawn leaves nothing")
    }
}
