using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Moves the weights of a frozen reference after those of the policy.</summary>
internal sealed class ReferenceSync
{
    private readonly ReferenceSyncOptions _options;
    private readonly List<(string Name, Parameter Policy, Parameter Reference)> _pairs;

    /// <param name="policy">The policy.</param>
    /// <param name="reference">A model of the same architecture.</param>
    /// <param name="options">How often and how far.</param>
    /// <exception cref="ArgumentException">The two have not the same parameters.</exception>
    public ReferenceSync(CausalLanguageModel policy, CausalLanguageModel reference, ReferenceSyncOptions options)
    {
        _options = options;
        var weights = reference.named_parameters().ToDictionary(entry => entry.name, entry => entry.parameter);
        _pairs = [.. policy.named_parameters().Select(entry => (entry.name, entry.parameter, Like(entry.name, entry.parameter)))];
        if (_pairs.Count != weights.Count) throw Other($"it has {weights.Count} parameters and the policy {_pairs.Count}");

        Parameter Like(string name, Parameter parameter) => weights.TryGetValue(name, out var own) && own.shape.SequenceEqual(parameter.shape)
            ? own
            : throw Other($"it has no {name} of the policy's shape");
    }

    /// <summary>The weights that a run changes here, for a checkpoint to keep and to fill again.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors => _pairs.Select(pair => ($"reference/{pair.Name}", (Tensor)pair.Reference));

    /// <summary>Updates the reference where a step is one of those that do.</summary>
    public void After(int step)
    {
        if (step % _options.Steps != 0) return;
        using var noGrad = no_grad();
        foreach (var (_, policy, reference) in _pairs)
        {
            using var scope = NewDisposeScope();
            reference.mul_(1 - _options.MixupAlpha).add_(policy.to(reference.dtype), alpha: _options.MixupAlpha);
        }
    }

    private static ArgumentException Other(string problem) => new(
        $"{nameof(DpoOptions.ReferenceSync)} needs a frozen reference of the policy's own architecture; {problem}.");
}
