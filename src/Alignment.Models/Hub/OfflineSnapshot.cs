namespace Alignment.Models;

/// <summary>A snapshot that is whole, found without asking the hub.</summary>
internal static class OfflineSnapshot
{
    private const int MostNamed = 3;

    /// <exception cref="ModelHubException">The cache doesn't hold the revision, or lacks files of it.</exception>
    public static string Find(HubCache cache, string repository, string revision, IReadOnlyList<string> patterns)
    {
        var commit = HubNames.IsCommit(revision) ? revision : cache.ReadRef(revision);
        var snapshot = commit is null ? null : cache.Snapshot(commit);
        if (snapshot is null || !Directory.Exists(snapshot))
            throw new ModelHubException(
                $"{repository}: offline, so revision {SafetensorsException.Quoted(revision)} must be in the cache; '{cache.Root}' doesn't hold it. "
                + "Download it once with HF_HUB_OFFLINE unset.");
        var missing = cache.ReadListing(commit!) is { } listing
            ? [.. listing.Wanted(repository, patterns).Where(file => !cache.Holds(commit!, file)).Select(file => file.Name)]
            : MissingWithoutListing(snapshot, patterns);
        if (missing.Length == 0) return snapshot;
        var named = string.Join(", ", missing.Take(MostNamed).Select(SafetensorsException.Quoted));
        var more = missing.Length > MostNamed ? FormattableString.Invariant($" and {missing.Length - MostNamed} more") : "";
        throw new ModelHubException(
            $"{repository}: offline, so all files must be in the cache; '{snapshot}' lacks {named}{more}. "
            + "Download them once with HF_HUB_OFFLINE unset.");
    }

    // Older versions of huggingface_hub keep no listing. Each file that is there is whole, and an index names the shards that must be.
    private static string[] MissingWithoutListing(string snapshot, IReadOnlyList<string> patterns)
    {
        var index = Path.Combine(snapshot, ModelFileNames.Index);
        if (!HubNames.Matches(ModelFileNames.Weights, patterns)) return HoldsAny(snapshot, patterns) ? [] : [.. patterns];
        return File.Exists(index)
            ? [.. WeightIndex.Read(index).Values.Distinct().Where(shard => !File.Exists(Path.Combine(snapshot, shard)))]
            : HoldsAny(snapshot, ["*.safetensors"]) ? [] : [ModelFileNames.Weights];
    }

    private static bool HoldsAny(string snapshot, IReadOnlyList<string> patterns) =>
        Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories)
            .Any(path => HubNames.Matches(Path.GetRelativePath(snapshot, path).Replace('\\', '/'), patterns));
}
