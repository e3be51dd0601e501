namespace Alignment.Tests.Common;

/// <summary>Comparisons whose tolerance is relative to the larger of the expected value and 1.</summary>
internal static class Near
{
    public static bool Is(double expected, double actual, double tolerance) =>
        Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected));

    public static void Equal(double expected, double actual, double tolerance)
    {
        var allowed = tolerance * Math.Max(1, Math.Abs(expected));
        Assert.True(Is(expected, actual, tolerance), $"Expected {expected:R}, got {actual:R}: off by {Math.Abs(expected - actual):R}, allowed {allowed:R}.");
    }

    public static void Equal(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            var allowed = tolerance * Math.Max(1, Math.Abs(expected[i]));
            Assert.True(Math.Abs(expected[i] - actual[i]) <= allowed, $"At {i}: expected {expected[i]:R}, got {actual[i]:R}, allowed {allowed:R} apart.");
        }
    }
}
