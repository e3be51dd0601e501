namespace Alignment.Models;

/// <summary>All files of a repository at a commit.</summary>
internal sealed record HubListing(string Commit, IReadOnlyList<HubFile> Files)
{
    public const int LargestSize = 32 << 20;   // bytes of JSON; a file needs about 300

    /// <summary>The files that match a pattern, of which there must be one.</summary>
    /// <exception cref="ModelHubException">None matches, a name would leave the folder, or all weights are pickles.</exception>
    public IReadOnlyList<HubFile> Wanted(string repository, IReadOnlyList<string> patterns)
    {
        var wanted = Files.Where(file => HubNames.Matches(file.Name, patterns)).ToArray();
        foreach (var file in wanted)
            if (!HubNames.IsFile(file.Name))
                throw new ModelHubException(
                    $"{repository}: each file must have a relative path with '/' that stays in its folder; the hub lists {Quoted(file.Name)}.");
        if (HubNames.Matches(ModelFileNames.Weights, patterns) && !wanted.Any(file => IsSafetensors(file.Name))
            && Files.FirstOrDefault(file => ModelFileNames.IsPickle(file.Name)) is { } pickle)
            throw new ModelHubException(
                $"{repository}: weights must be safetensors; the hub lists {Quoted(pickle.Name)}, a format that can run code when it is opened. "
                + "Convert it with a Python that has transformers: AutoModelForCausalLM.from_pretrained(name).save_pretrained(folder).");
        return wanted.Length > 0
            ? wanted
            : throw new ModelHubException($"{repository}: a file must match one of {string.Join(", ", patterns)}; none does at {Commit}.");
    }

    private static bool IsSafetensors(string name) => name.EndsWith(".safetensors", StringComparison.Ordinal);

    private static string Quoted(string name) => SafetensorsException.Quoted(name);
}
