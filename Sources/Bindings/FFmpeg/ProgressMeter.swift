/// Lets progress be told only when another hundredth is done.
struct ProgressMeter {
    private var told = 0.0

    mutating func reached(_ fraction: Double) -> Double? {
        guard fraction >= told + 0.01 else { return nil }
        told = fraction
        return min(fraction, 1)
    }
}
