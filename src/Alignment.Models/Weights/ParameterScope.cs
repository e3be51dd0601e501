using TorchSharp.Modules;

namespace Alignment.Models;

/// <summary>The parameters below one dotted name, which is that of the module that takes them.</summary>
internal readonly record struct ParameterScope(ParameterSource Source, string Prefix = "")
{
    public ParameterScope Below(string name) => this with { Prefix = $"{Prefix}{name}." };

    public Parameter Matrix(string name, long rows, long columns) => Source.Take(Prefix + name, [rows, columns], InitialValue.Normal);

    public Parameter Bias(string name, long size) => Source.Take(Prefix + name, [size], InitialValue.Zero);

    public Parameter Gain(string name, long size) => Source.Take(Prefix + name, [size], InitialValue.One);
}
