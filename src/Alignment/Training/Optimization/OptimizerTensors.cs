using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What an optimizer has beside the weights, by name: float32 masters and both moments of each trained weight.</summary>
internal static class OptimizerTensors
{
    /// <summary>All tensors to keep, and to fill again, of trained weights and their optimizer.</summary>
    /// <param name="trained">The trained weights, by name.</param>
    /// <param name="masters">What the optimizer steps, in the same order.</param>
    /// <param name="adamW">The optimizer.</param>
    public static IEnumerable<(string Name, Tensor Tensor)> Of(IReadOnlyList<(string Name, Parameter Weight)> trained, IReadOnlyList<Parameter> masters, AdamW adamW)
    {
        var states = StatesByParameter(adamW);
        foreach (var ((name, weight), master) in trained.Zip(masters))
        {
            yield return (WeightName(name), weight);
            if (!ReferenceEquals(weight, master)) yield return ($"master/{name}", master);
            yield return ($"exp_avg/{name}", states[master].exp_avg);
            yield return ($"exp_avg_sq/{name}", states[master].exp_avg_sq);
        }
    }

    /// <summary>What a trained weight is called among them.</summary>
    public static string WeightName(string name) => $"weight/{name}";

    /// <summary>Sets the number of steps that the moments have seen.</summary>
    public static void SetSteps(AdamW adamW, long steps)
    {
        foreach (var state in StatesByParameter(adamW).Values) state.step = steps;
    }

    // state_dict() lists states in the order of parameters(); a tensor's own Equals compares numbers.
    private static Dictionary<object, AdamW.State> StatesByParameter(AdamW adamW) => adamW.parameters().Zip(adamW.state_dict().State)
        .ToDictionary(entry => (object)entry.First, entry => (AdamW.State)entry.Second, ReferenceEqualityComparer.Instance);
}
