using System.Globalization;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Parameters read from adapter_model.safetensors, each straight into the memory where it stays.</summary>
internal sealed class StoredAdapter(SafetensorsFile file) : AdapterSource
{
    public override ParameterScope Of(AdapterStep step, string group) => Stored(step, AdapterNames.InFile(step.Name, group, ""));

    public override ParameterScope OfCopy(AdapterStep step) => Stored(step, AdapterNames.InFile(step.Name, AdapterNames.Saved, ""));

    /// <summary>Throws unless the file holds what the adapter needs and nothing else; nothing has been allocated by then.</summary>
    public void RequireComplete(string folder, IReadOnlyList<AdapterStep> steps)
    {
        var needed = steps.SelectMany(step => step.Tensors).ToDictionary(tensor => tensor.Name, tensor => tensor.Shape);
        var missing = needed.Keys.Where(name => !file.Contains(name)).ToList();
        var unexpected = file.Names.Where(name => !needed.ContainsKey(name)).Order(StringComparer.Ordinal).ToList();
        var misshapen = needed.Where(tensor => file.Contains(tensor.Key) && !file.Shape(tensor.Key).SequenceEqual(tensor.Value))
            .Select(tensor => string.Create(CultureInfo.InvariantCulture,
                $"{tensor.Key} [{string.Join(", ", file.Shape(tensor.Key))}] instead of [{string.Join(", ", tensor.Value)}]"))
            .ToList();
        if (missing.Count + unexpected.Count + misshapen.Count > 0)
            throw new WeightMismatchException(folder, missing, unexpected, misshapen, AdapterFolder.Config);
    }

    private ParameterScope Stored(AdapterStep step, string prefix) =>
        Scope(new FileParameters(file, step.DataType, step.Part.Weight.device), prefix);

    private sealed class FileParameters(SafetensorsFile file, ScalarType type, Device device) : ParameterSource(type, device)
    {
        public override Parameter Take(string name, long[] shape, InitialValue initial)
        {
            var parameter = Allocate(shape);
            file.CopyTo(name, parameter);
            return parameter;
        }
    }
}
