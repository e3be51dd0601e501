using Alignment.Data;

namespace Alignment.Samples.DataReports;

/// <summary>From arguments to a report.</summary>
internal static class Reporting
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "data");

    public static Task<DataReport> OfAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Data is null)
        {
            // The data of samples/Dpo, read as that sample reads it.
            arguments = arguments with
            {
                Data = Path.Combine(Folder, "emergency-pairs.parquet"), Test = arguments.Test ?? Path.Combine(Folder, "emergency-heldout.parquet"),
                    Model = arguments.Model ?? Folder,
            };
        }
        var options = new DataReportOptions
        {
            Title = Path.GetFileName(arguments.Data),
            Tokenizer = arguments.Model is { } model ? HuggingFaceTokenizer.FromPretrained(model) : null,
            Encoding = new EncodingOptions { MaxLength = arguments.MaxLength },
            IncludeExamples = arguments.Examples,
        };
        return DataReport.OfAsync(PreferenceReader.ReadAsync(arguments.Data, cancellationToken), options,
            arguments.Test is null ? null : PreferenceReader.ReadAsync(arguments.Test, cancellationToken), cancellationToken);
    }
}
