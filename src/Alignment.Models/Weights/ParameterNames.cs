using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Notes which parameters a model takes and gives it empty ones: what a configuration asks for, at no memory.</summary>
internal sealed class ParameterNames() : ParameterSource(ScalarType.Float32, CPU)
{
    private readonly List<string> names = [];

    /// <summary>Full names of all parameters of a model, in its order.</summary>
    public static IReadOnlyList<string> Of(DecoderConfig config)
    {
        var source = new ParameterNames();
        using (nn.Module _ = config.HasScoreHead ? new DecoderRewardModel(config, source) : new DecoderModel(config, source)) return source.names;
    }

    public override Parameter Take(string name, long[] shape, InitialValue initial)
    {
        names.Add(name);
        return Allocate([0]);
    }
}
