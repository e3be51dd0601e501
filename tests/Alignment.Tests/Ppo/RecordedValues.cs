using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>A value model whose only weights are recorded values.</summary>
internal sealed class RecordedValues : ValueModel
{
    private readonly IReadOnlyList<int[]> prompts;
    private readonly int width;

    public RecordedValues(IReadOnlyList<int[]> prompts, IReadOnlyList<double> values, ScalarType type) : base(nameof(RecordedValues))
    {
        (this.prompts, width) = (prompts, values.Count / prompts.Count);
        Numbers = new Parameter(tensor(values.ToArray(), dtype: type).DetachFromDisposeScope());
        Numbers.DetachFromDisposeScope();
        register_parameter("values", Numbers);
    }

    public Parameter Numbers { get; }

    public override Device Device => CPU;

    public void Become(IReadOnlyList<double> values)
    {
        using var noGrad = no_grad();
        using var numbers = tensor(values.ToArray(), dtype: Numbers.dtype);
        Numbers.copy_(numbers);
    }

    public override Tensor Values(TokenLayout layout)
    {
        using var scope = NewDisposeScope();
        return Numbers.index_select(0, RecordedPolicy.Places(layout, prompts, width)).MoveToOuterDisposeScope();
    }

    protected override void RegisterComponents() { }
}
