using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The beginning of training: A random, B zero, copies equal to what they copy, so that the model computes what it did before.</summary>
internal sealed class NewAdapter(Generator generator) : AdapterSource
{
    public override ParameterScope Of(AdapterStep step, string group) =>
        Scope(new Factors(step.DataType, step.Part.Weight.device, group == AdapterNames.Down ? generator : null));

    public override ParameterScope OfCopy(AdapterStep step) => Scope(new CopiedParameters(step.Part, step.Part.Weight));

    // Uniform over ±1/√inputs, as PEFT draws A (Kaiming with a = √5); in float32 on the CPU, so that a seed means one adapter everywhere.
    private sealed class Factors(ScalarType type, Device device, Generator? generator) : ParameterSource(type, device)
    {
        public override Parameter Take(string name, long[] shape, InitialValue initial)
        {
            var parameter = Allocate(shape);
            using var noGrad = no_grad();
            using var scope = NewDisposeScope();
            var bound = 1 / Math.Sqrt(shape[1]);
            if (generator is null) parameter.zero_();
            else parameter.copy_(empty(shape, dtype: ScalarType.Float32, device: CPU).uniform_(-bound, bound, generator));
            return parameter;
        }
    }
}
