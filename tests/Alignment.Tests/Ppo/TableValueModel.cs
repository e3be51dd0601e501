using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Tests.Ppo;

/// <summary>A value for each last token.</summary>
internal sealed class TableValueModel : ValueModel
{
    public TableValueModel(double[] values) : base(nameof(TableValueModel))
    {
        Table = new Parameter(tensor(values).DetachFromDisposeScope());
        Table.DetachFromDisposeScope();
        register_parameter("table", Table);
    }

    /// <summary><c>[V]</c>, float64.</summary>
    public Parameter Table { get; }

    public override Device Device => CPU;

    public override Tensor Values(TokenLayout layout)
    {
        using var scope = NewDisposeScope();
        return Table.index_select(0, layout.Tokens.index_select(0, layout.Sources)).MoveToOuterDisposeScope();
    }

    protected override void RegisterComponents() { }
}
