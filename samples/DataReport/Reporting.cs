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
            Encoding = new EncodingOptions { MaxLength = arguments.MaxLength, Template = Template(arguments.Model) },
            IncludeExamples = arguments.Examples,
        };
        return arguments.Kind switch
        {
            RecordKind.Unpaired => OfAsync(UnpairedReader.ReadAsync, DataReport.OfAsync),
            RecordKind.Demonstrations => OfAsync(DemonstrationReader.ReadAsync, DataReport.OfAsync),
            RecordKind.Prompts => OfAsync(PromptReader.ReadAsync, DataReport.OfAsync),
            _ => OfAsync(PreferenceReader.ReadAsync, DataReport.OfAsync),
        };

        Task<DataReport> OfAsync<T>(
            Func<string, ReadOptions?, CancellationToken, IAsyncEnumerable<T>> read,
            Func<IAsyncEnumerable<T>, DataReportOptions?, IAsyncEnumerable<T>?, CancellationToken, Task<DataReport>> report) =>
            report(read(arguments.Data, null, cancellationToken), options, arguments.Test is null ? null : read(arguments.Test, null, cancellationToken), cancellationToken);
    }

    // A tokenizer without a chat template is enough for rows of plain text.
    private static ChatTemplate? Template(string? model)
    {
        try
        {
            return model is null ? null : ChatTemplate.FromPretrained(model);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
