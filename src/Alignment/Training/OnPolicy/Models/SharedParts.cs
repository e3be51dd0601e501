namespace Alignment.Training;

/// <summary>What adapters and heads on one base hold: the base first, then each adapter with its copy of a head.</summary>
internal static class SharedParts
{
    /// <param name="adapters">The part that each adapter is.</param>
    /// <param name="policy">The base with the policy's adapter.</param>
    /// <param name="heads">Models whose decoder it is.</param>
    public static IReadOnlyList<ModelPart> Of(IReadOnlyList<(string Part, string Adapter)> adapters, CausalLanguageModel policy, IReadOnlyList<TokenModel> heads)
    {
        var seen = new HashSet<nint>();
        var trained = heads.OfType<AdapterValueModel>().SelectMany(value => value.TrainedParameters).Concat(policy.TrainedParameters).Select(entry => entry.parameter.Handle).ToHashSet();
        var all = heads.Prepend(policy).SelectMany(model => model.named_parameters()).Where(entry => seen.Add(entry.parameter.Handle)).ToList();
        // Names of adapters have no dots and are segments of the names of their parameters, as PEFT writes them.
        var parts = adapters.Select(entry => ModelPart.Of($"{entry.Part} (adapter '{entry.Adapter}')", Of(entry.Adapter), trained)).ToList();
        var rest = all.Where(entry => !adapters.Any(adapter => Has(entry.name, adapter.Adapter))).Select(entry => entry.parameter);
        return [ModelPart.Of("base and reference", rest, trained), .. parts];

        IEnumerable<TorchSharp.Modules.Parameter> Of(string adapter) => all.Where(entry => Has(entry.name, adapter)).Select(entry => entry.parameter);
    }

    /// <summary>Whether a parameter is one of an adapter.</summary>
    public static bool Has(string parameter, string adapter) => parameter.Split('.').Contains(adapter);
}
