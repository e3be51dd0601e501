using Alignment.Data;

namespace Alignment.Samples.Dpo;

/// <summary>Pairs to train on and pairs to measure with.</summary>
internal sealed record Dataset(IReadOnlyList<PreferencePair> Training, IReadOnlyList<PreferencePair> HeldOut)
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data");

    public static async Task<Dataset> LoadAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Data is null)
        {
            return new Dataset(
                await ReadAsync(Path.Combine(Folder, "emergency-pairs.parquet"), cancellationToken),
                await ReadAsync(Path.Combine(Folder, "emergency-heldout.parquet"), cancellationToken));
        }
        var rows = await ReadAsync(arguments.Data, cancellationToken);
        if (arguments.HeldOut is not null) return new Dataset(rows, await ReadAsync(arguments.HeldOut, cancellationToken));
        return new Dataset([.. rows.Where((_, i) => i % 10 != 9)], [.. rows.Where((_, i) => i % 10 == 9)]);
    }

    private static async Task<List<PreferencePair>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var pairs = new List<PreferencePair>();
        await foreach (var pair in PreferenceReader.ReadAsync(path, cancellationToken: cancellationToken)) pairs.Add(pair);
        return pairs;
    }
}
