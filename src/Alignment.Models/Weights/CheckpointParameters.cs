using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Parameters read from the files of a model folder, each straight into the memory where it stays.</summary>
/// <remarks>
/// A tensor is compared with what the model asks for before anything is allocated, so that a configuration that asks for more
/// than the files hold costs nothing. What doesn't fit is collected, and named together by <see cref="RequireComplete"/>.
/// </remarks>
internal sealed class CheckpointParameters(WeightFiles files, ScalarType type, Device device) : ParameterSource(type, device)
{
    private readonly HashSet<string> taken = [];
    private readonly List<string> missing = [];
    private readonly List<string> misshapen = [];

    public override Parameter Take(string name, long[] shape, InitialValue initial)
    {
        taken.Add(name);
        if (files.Holder(name) is not { } file)
        {
            missing.Add(name);
            return Allocate([0]);
        }
        var stored = file.Shape(name);
        if (!stored.SequenceEqual(shape))
        {
            misshapen.Add(string.Create(CultureInfo.InvariantCulture,
                $"{name} [{string.Join(", ", stored)}] instead of [{string.Join(", ", shape)}]"));
            return Allocate([0]);
        }
        var parameter = Allocate(shape);
        file.CopyTo(name, parameter);
        return parameter;
    }

    /// <summary>Throws unless the files hold what the model took and nothing else.</summary>
    public void RequireComplete(string folder)
    {
        var unexpected = files.Names.Where(name => !taken.Contains(name) && !IsIdle(name)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count + misshapen.Count + unexpected.Count > 0)
            throw new WeightMismatchException(folder, missing, unexpected, misshapen);
    }

    // Checkpoints of 2023 carry a table that every library computes anew, and some tied models carry their one matrix twice.
    private bool IsIdle(string name) =>
        name.EndsWith(".rotary_emb.inv_freq", StringComparison.Ordinal)
        || (name == DecoderModel.OutputName && files.Holder(DecoderModel.EmbeddingName) is { } embedding
            && files.Holder(name)!.HasSame(name, embedding, DecoderModel.EmbeddingName));
}
