using TorchSharp.Modules;

namespace Alignment.Training;

/// <summary>What one part of a run holds in memory for its weights; gradients and moments of trained ones come on top.</summary>
/// <param name="Name">For example <c>policy</c>.</param>
/// <param name="Parameters">Numbers, those that an earlier part has already left out.</param>
/// <param name="TrainedParameters">Those of them that are trained.</param>
/// <param name="Bytes">What the numbers take.</param>
public sealed record ModelPart(string Name, long Parameters, long TrainedParameters, long Bytes)
{
    /// <summary>The part of some models that no earlier part holds.</summary>
    internal static ModelPart Of(string name, IEnumerable<TokenModel> models, HashSet<nint> seen)
    {
        List<TokenModel> all = [.. models];
        var trained = all.SelectMany(model => model.TrainedParameters).Select(entry => entry.parameter.Handle).ToHashSet();
        return Of(name, all.SelectMany(model => model.parameters()).Where(parameter => seen.Add(parameter.Handle)), trained);
    }

    /// <summary>The part of some parameters.</summary>
    internal static ModelPart Of(string name, IEnumerable<Parameter> parameters, HashSet<nint> trained)
    {
        List<Parameter> all = [.. parameters];
        return new ModelPart(
            name,
            all.Sum(parameter => parameter.numel()),
            all.Where(parameter => trained.Contains(parameter.Handle)).Sum(parameter => parameter.numel()),
            all.Sum(RunMemory.Bytes));
    }
}
