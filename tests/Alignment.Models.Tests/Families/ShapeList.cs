using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Writes down what a model asks for and gives empty parameters, so that one of eight billion costs nothing.</summary>
internal sealed class ShapeList() : ParameterSource(ScalarType.Float32, CPU)
{
    public Dictionary<string, long[]> Shapes { get; } = [];

    public override Parameter Take(string name, long[] shape, InitialValue initial)
    {
        Shapes.Add(name, shape);
        return Allocate([0]);
    }
}
