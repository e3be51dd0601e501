using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Parameters read from the files of a model folder, each straight into the memory where it stays.</summary>
/// <remarks>
/// A tensor is compared with what the model asks for before anything is allocated, so that a configuration that asks for more
/// than the files hold costs nothing. What doesn't fit is collected, and named together by <see cref="RequireComplete"/>.
/// </remarks>
internal sealed class CheckpointParameters(WeightFiles files, ModelFamily family, ScalarType type, Device device) : ParameterSource(type, device)
{
    // Files of a bare decoder, GPT-2's own among them, leave the decoder's name out.
    private readonly bool isBare = !files.Names.Any(name => name.StartsWith(family.Names.Root + ".", StringComparison.Ordinal));
    private readonly HashSet<string> taken = [];
    private readonly List<string> missing = [];
    private readonly List<string> misshapen = [];

    public override Parameter Take(string name, long[] shape, InitialValue initial)
    {
        var stored = StoredName(name);
        taken.Add(stored);
        if (files.Holder(stored) is not { } file)
        {
            missing.Add(name);
            return Allocate([0]);
        }
        var storedShape = file.Shape(stored);
        if (!storedShape.SequenceEqual(shape))
        {
            misshapen.Add(string.Create(CultureInfo.InvariantCulture,
                $"{name} [{string.Join(", ", storedShape)}] instead of [{string.Join(", ", shape)}]"));
            return Allocate([0]);
        }
        var parameter = Allocate(shape);
        file.CopyTo(stored, parameter);
        return parameter;
    }

    /// <summary>Throws unless the files hold what the model took and nothing else.</summary>
    public void RequireComplete(string folder)
    {
        var unexpected = files.Names.Where(name => !taken.Contains(name) && !IsIdle(name)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count + misshapen.Count + unexpected.Count > 0)
            throw new WeightMismatchException(folder, missing, unexpected, misshapen);
    }

    private string StoredName(string name) =>
        isBare && name.StartsWith(family.Names.Root + ".", StringComparison.Ordinal) ? name[(family.Names.Root.Length + 1)..] : name;

    // Some published files carry tables that every library computes anew, and some tied models carry their one matrix twice.
    private bool IsIdle(string name) =>
        family.IdleTensors.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        || (name == DecoderModel.OutputName && StoredName(family.Names.EmbeddingParameter) is var stored && files.Holder(stored) is { } embedding
            && files.Holder(name)!.HasSame(name, embedding, stored));
}
