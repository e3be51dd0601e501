#nullable enable
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>The rows of a table [entries, width] that the input's integers name.</summary>
public sealed class Embedding : nn.Module<Tensor, Tensor>
{
    private readonly long _paddingIndex;
    private readonly double? _maxNorm;
    private readonly double _normType;
    private readonly bool _scaleGradByFreq;
    private readonly bool _sparse;

    internal Embedding(Parameter weight, long? paddingIndex, double? maxNorm, double normType, bool scaleGradByFreq, bool sparse)
        : base(nameof(Embedding))
    {
        _paddingIndex = paddingIndex ?? -1;
        _maxNorm = maxNorm;
        _normType = normType;
        _scaleGradByFreq = scaleGradByFreq;
        _sparse = sparse;
        register_parameter(nameof(this.weight), weight);
    }

    /// <summary>A new wrapper of the table at each call: two of them are two parameters to an optimizer.</summary>
    public Parameter? weight
    {
        get
        {
            var table = _internal_params[nameof(weight)];
            return new Parameter(table.alias(), table.requires_grad);
        }
        set
        {
            var old = _internal_params[nameof(weight)];
            if (!ReferenceEquals(old, value)) old.Dispose();
            ConditionallyRegisterParameter(nameof(weight), value);
        }
    }

    public override Tensor forward(Tensor input)
    {
        var table = _internal_params[nameof(weight)];
        if (_maxNorm is { } norm)
        {
            using var noGrad = no_grad();
            Op.Into(table, "embedding_renorm_", table, input, norm, _normType);
        }
        return Op.Run("embedding", table, input, _paddingIndex, _scaleGradByFreq, _sparse);
    }
}
