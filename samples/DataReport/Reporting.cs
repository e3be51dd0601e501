using Alignment.Data;

namespace Alignment.Samples;

/// <summary>From settings to a report.</summary>
internal static class Reporting
{
    public static Task<DataReport> OfAsync(DataReportSettings settings, CancellationToken stop)
    {
        if (settings is { MaxLength: not null, Data: not null, Model: null }) throw new ArgumentException("--max-length counts tokens and needs --model.");
        if (settings.Data is null)
        {
            // The data of the other samples, read as they read it.
            settings = settings with
            {
                Data = SampleData.EmergencyAdvice.Pairs,
                Test = settings.Test ?? SampleData.EmergencyAdvice.HeldOut,
                Model = settings.Model ?? SampleData.EmergencyAdvice.Folder,
            };
        }
        var options = new DataReportOptions
        {
            Title = Path.GetFileName(settings.Data),
            Tokenizer = settings.Model is { } model ? HuggingFaceTokenizer.FromPretrained(model) : null,
            Encoding = new EncodingOptions { MaxLength = settings.MaxLength, Template = Template(settings.Model) },
            IncludeExamples = settings.Examples,
        };
        return settings.Kind switch
        {
            RecordKind.Unpaired => OfAsync(UnpairedReader.ReadAsync, DataReport.OfAsync),
            RecordKind.Demonstrations => OfAsync(DemonstrationReader.ReadAsync, DataReport.OfAsync),
            RecordKind.Prompts => OfAsync(PromptReader.ReadAsync, DataReport.OfAsync),
            _ => OfAsync(PreferenceReader.ReadAsync, DataReport.OfAsync),
        };

        Task<DataReport> OfAsync<T>(
            Func<string, ReadOptions?, CancellationToken, IAsyncEnumerable<T>> read,
            Func<IAsyncEnumerable<T>, DataReportOptions?, IAsyncEnumerable<T>?, CancellationToken, Task<DataReport>> report) =>
            report(read(settings.Data, null, stop), options, settings.Test is { } test ? read(test, null, stop) : null, stop);
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
