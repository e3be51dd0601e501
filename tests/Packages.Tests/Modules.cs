using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;

namespace Packages.Tests;

internal static class Make
{
    public static Tensor Floats(params float[] values) => tensor(values);

    public static Tensor Longs(params long[] values) => tensor(values);
}

/// <summary>One parameter called weight.</summary>
internal sealed class One : nn.Module<Tensor, Tensor>
{
    public Parameter weight;

    public One(params float[] values) : this(new Parameter(Make.Floats(values))) { }

    public One(Parameter weight) : base(nameof(One))
    {
        this.weight = weight;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => input * weight;
}

/// <summary>A parameter, two buffers and a linear map; one of the names is given by attribute.</summary>
internal sealed class Mixed : nn.Module<Tensor, Tensor>
{
    public readonly Linear Inner = nn.Linear(2, 3);

    [ComponentName(Name = "scale")]
    public Parameter Factor = new(ones(2));

    public Tensor mean = zeros(2);

    public Tensor count = Make.Longs(5);

    public Parameter? Absent;

    public Mixed(Parameter? absent = null) : base(nameof(Mixed))
    {
        Absent = absent;
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => Inner.call((input - mean) * Factor);
}

/// <summary>Two modules side by side.</summary>
internal sealed class Pair : nn.Module
{
    public readonly nn.Module first;
    public readonly nn.Module second;

    public Pair(nn.Module first, nn.Module second) : base(nameof(Pair))
    {
        (this.first, this.second) = (first, second);
        RegisterComponents();
    }
}

/// <summary>A module with whatever its test registers.</summary>
internal sealed class Bare() : nn.Module(nameof(Bare))
{
    public void Add(string name, nn.Module module) => register_module(name, module);
}
