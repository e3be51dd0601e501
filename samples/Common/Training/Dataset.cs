using Alignment.Data;

namespace Alignment.Samples;

/// <summary>Rows to learn from and rows to measure with.</summary>
internal sealed record Dataset<T>(IReadOnlyList<T> Training, IReadOnlyList<T> HeldOut)
{
    public Dataset<TOther> To<TOther>(Func<IReadOnlyList<T>, IEnumerable<TOther>> change) => new([.. change(Training)], [.. change(HeldOut)]);
}

/// <summary>Reads the rows that the command line names, or those of samples/data.</summary>
internal static class Dataset
{
    public static string TrainingPath(TrainingSettings settings) => settings.Data ?? settings.DefaultData.Pairs;

    /// <summary>Null where rows of <see cref="TrainingPath"/> are held out.</summary>
    public static string? HeldOutPath(TrainingSettings settings) =>
        settings.HeldOut ?? (settings.Data is null ? settings.DefaultData.HeldOut : null);

    /// <summary>Reads rows of a kind by its reader. Where no file has rows to measure with, those of a tenth of the prompts are held out.</summary>
    public static async Task<Dataset<T>> ReadAsync<T>(
        TrainingSettings settings, Func<string, ReadOptions?, CancellationToken, IAsyncEnumerable<T>> read, CancellationToken stop)
        where T : IPromptRecord
    {
        var rows = read(TrainingPath(settings), null, stop).Select(Turns.Of);
        if (HeldOutPath(settings) is { } file)
            return new(await rows.ToListAsync(stop), await read(file, null, stop).Select(Turns.Of).ToListAsync(stop));
        var split = await new PromptSplit(new SplitOptions { Validation = 0, Test = 0.1 }).PartitionAsync(rows, stop);
        return new(split.Train, split.Test);
    }

    /// <summary>Reads pairs; null where the files hold rows of another kind.</summary>
    public static async Task<Dataset<PreferencePair>?> PairsAsync(TrainingSettings settings, CancellationToken stop)
    {
        try
        {
            await PreferenceReader.OpenAsync(TrainingPath(settings), cancellationToken: stop);
        }
        catch (DataFormatException)
        {
            return null;
        }
        return await ReadAsync(settings, PreferenceReader.ReadAsync, stop);
    }
}
