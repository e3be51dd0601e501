using Alignment.Data;
using Alignment.Training;

namespace Alignment.Samples;

/// <summary>The reference's log-probabilities in a Parquet file: computed by the first run, read by the next, perhaps with another beta.</summary>
internal static class KeptReference
{
    public static async Task<ReferencePolicy> OfAsync(
        CausalLanguageModel policy, IReadOnlyList<TokenizedPair> pairs, DpoSettings settings, CancellationToken stop)
    {
        var file = Path.GetFullPath(settings.CachedReference!);
        if (!File.Exists(file))
        {
            var computed = ReferenceLogProbs.Compute(policy, pairs, cancellationToken: stop);
            if (settings.DryRun) return ReferencePolicy.Cached(computed);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await ReferenceFile.WriteAsync(file, computed, stop);
        }
        var values = await ReferenceFile.ReadAsync(file, ModelFingerprint.Of(policy), cancellationToken: stop);   // refuses those of another model
        values.Verify(policy, pairs);                                                                             // and of other rows
        return ReferencePolicy.Cached(values);
    }
}
