namespace Alignment.Data.Tests.Report;

/// <summary>Rows to report on.</summary>
internal static class ReportData
{
    private static readonly string[] Verbs = ["call", "bring", "open", "clean", "check", "carry", "paint", "repair", "count", "sort", "wash", "move"];

    private static readonly string[] Things = ["door", "window", "table", "garden", "engine", "letter", "bottle", "basket", "ladder", "mirror",
        "carpet", "kettle", "blanket"];

    public static async IAsyncEnumerable<T> Stream<T>(params IEnumerable<T> rows)
    {
        await Task.CompletedTask;
        foreach (var row in rows) yield return row;
    }

    public static Task<DataReport> Of(params IEnumerable<PreferencePair> pairs) => DataReport.OfAsync(Stream(pairs));

    public static Task<DataReport> Of(DataReportOptions options, params IEnumerable<PreferencePair> pairs) => DataReport.OfAsync(Stream(pairs), options);

    /// <summary>A pair that no measure should find fault with; chosen and rejected are of one length and drawn alike.</summary>
    public static PreferencePair Clean(int number) => new(
        $"Please say how to {Verbs[number % 12]} the {Things[number % 13]} of house {number}.",
        $"First you should {Verbs[(number + 1) % 12]} the {Things[(number + 5) % 13]}, then rest ({Unlike(number, 3)}).",
        $"First you should {Verbs[(number + 1) % 12]} the {Things[(number + 5) % 13]}, then rest ({Unlike(number, 7)}).");

    public static IEnumerable<PreferencePair> Cleans(int count) => Enumerable.Range(0, count).Select(Clean);

    public static DataFinding Finding(this DataReport report, string code) =>
        report.Findings.SingleOrDefault(finding =>
            finding.Code == code) ?? throw new InvalidOperationException($"No {code} among " +
            $"{string.Join(", ", report.Findings.Select(finding => finding.Code))}.");

    public static ChatMessage User(string text) => new("user", text);

    public static ChatMessage Assistant(string text) => new("assistant", text);

    // Five digits, different for every number and salt.
    private static string Unlike(int number, int salt) => (10000 + (number * 7919 + salt * 104729) % 89999).ToString("D5",
        System.Globalization.CultureInfo.InvariantCulture);
}
