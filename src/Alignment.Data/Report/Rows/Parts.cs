namespace Alignment.Data.Reports;

/// <summary>The names of the texts of a row, as figures, histograms and messages call them.</summary>
internal static class Parts
{
    public const string Prompt = "prompt";
    public const string Chosen = "chosen";
    public const string Rejected = "rejected";
    public const string Desirable = "desirable";
    public const string Undesirable = "undesirable";
    public const string Response = "response";

    public static IReadOnlyList<string> Of(RecordKind kind) => [Prompt, .. Responses(kind)];

    public static IReadOnlyList<string> Responses(RecordKind kind) => kind switch
    {
        RecordKind.Pairs => [Chosen, Rejected],
        RecordKind.Unpaired => [Desirable, Undesirable],
        RecordKind.Demonstrations => [Response],
        _ => [],
    };
}
