using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>The parameters below one dotted name, which is that of the module that takes them.</summary>
internal readonly record struct ParameterScope(ParameterSource Source, string Prefix = "")
{
    /// <summary>Makes a part of a module from the parameters below its name, and registers it under that name.</summary>
    public T Part<T>(nn.Module owner, string name, Func<ParameterScope, T> make) where T : nn.Module
    {
        var part = make(Below(name));
        owner.register_module(name, part);
        return part;
    }

    public ParameterScope Below(string name) => this with { Prefix = $"{Prefix}{name}." };

    public Parameter Matrix(string name, long rows, long columns) => Source.Take(Prefix + name, [rows, columns], InitialValue.Normal);

    public Parameter Bias(string name, long size) => Source.Take(Prefix + name, [size], InitialValue.Zero);

    public Parameter Gain(string name, long size) => Source.Take(Prefix + name, [size], InitialValue.One);
}
