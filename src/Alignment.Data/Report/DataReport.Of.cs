using Alignment.Data.Reports;

namespace Alignment.Data;

public sealed partial record DataReport
{
    /// <summary>Reports on preference pairs.</summary>
    /// <param name="train">The pairs to train on; read once.</param>
    /// <param name="options">Limits, encoder, examples; the defaults where null.</param>
    /// <param name="heldOut">The pairs to measure with, or null; read once, after the others.</param>
    /// <param name="cancellationToken">Ends the reading by an exception.</param>
    /// <exception cref="DataFormatException">A stream has a row that can't be read.</exception>
    public static Task<DataReport> OfAsync(
        IAsyncEnumerable<PreferencePair> train, DataReportOptions? options = null, IAsyncEnumerable<PreferencePair>? heldOut = null,
            CancellationToken cancellationToken = default) =>
        DataReporter.RunAsync(RecordKind.Pairs, train, heldOut, options, cancellationToken);

    /// <summary>Reports on responses with a label, as KTO learns from.</summary>
    /// <inheritdoc cref="OfAsync(IAsyncEnumerable{PreferencePair}, DataReportOptions, IAsyncEnumerable{PreferencePair}, CancellationToken)"/>
    public static Task<DataReport> OfAsync(
        IAsyncEnumerable<UnpairedResponse> train, DataReportOptions? options = null, IAsyncEnumerable<UnpairedResponse>? heldOut = null,
            CancellationToken cancellationToken = default) =>
        DataReporter.RunAsync(RecordKind.Unpaired, train, heldOut, options, cancellationToken);

    /// <summary>Reports on demonstrations.</summary>
    /// <inheritdoc cref="OfAsync(IAsyncEnumerable{PreferencePair}, DataReportOptions, IAsyncEnumerable{PreferencePair}, CancellationToken)"/>
    public static Task<DataReport> OfAsync(
        IAsyncEnumerable<Demonstration> train, DataReportOptions? options = null, IAsyncEnumerable<Demonstration>? heldOut = null,
            CancellationToken cancellationToken = default) =>
        DataReporter.RunAsync(RecordKind.Demonstrations, train, heldOut, options, cancellationToken);

    /// <summary>Reports on prompts.</summary>
    /// <inheritdoc cref="OfAsync(IAsyncEnumerable{PreferencePair}, DataReportOptions, IAsyncEnumerable{PreferencePair}, CancellationToken)"/>
    public static Task<DataReport> OfAsync(
        IAsyncEnumerable<PromptOnly> train, DataReportOptions? options = null, IAsyncEnumerable<PromptOnly>? heldOut = null,
            CancellationToken cancellationToken = default) =>
        DataReporter.RunAsync(RecordKind.Prompts, train, heldOut, options, cancellationToken);
}
