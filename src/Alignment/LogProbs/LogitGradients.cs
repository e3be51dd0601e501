using static TorchSharp.torch;

namespace Alignment;

/// <summary>Gradients of hidden states and output weight, summed up over pieces of the slopes that <see cref="OutputLogits"/> gives.</summary>
internal sealed class LogitGradients : IDisposable
{
    private readonly Tensor _hidden, _weight, _upstream;
    private readonly Tensor? _hiddenGradient, _weightGradient;
    private readonly bool _isAddedToLeaf;
    private bool _isEmpty;

    /// <param name="hidden"><c>[M, H]</c>.</param>
    /// <param name="weight"><c>[V, H]</c>.</param>
    /// <param name="upstream">Gradient of each log-probability, <c>[M]</c>, in the type in which sums are kept.</param>
    /// <param name="needsHidden">Whether the gradient of the hidden states is asked for.</param>
    /// <param name="needsWeight">Whether that of the weight is.</param>
    public LogitGradients(Tensor hidden, Tensor weight, Tensor upstream, bool needsHidden, bool needsWeight)
    {
        (_hidden, _weight, _upstream) = (hidden, weight, upstream.neg().unsqueeze(1));
        if (needsHidden) _hiddenGradient = empty_like(hidden, dtype: upstream.dtype);
        if (!needsWeight) return;
        // Sums over many chunks of a bfloat16 weight are kept in float32 and rounded once.
        _isAddedToLeaf = LeafGradient.IsAddedTo(weight);
        _weightGradient = _isAddedToLeaf ? weight.grad : null;
        _isEmpty = _weightGradient is null;
        _weightGradient ??= empty_like(weight, dtype: upstream.dtype);
    }

    /// <summary>Adds the part of some rows.</summary>
    /// <param name="slopes"><c>[n, V]</c>.</param>
    /// <param name="start">First of the n rows.</param>
    public void Add(Tensor slopes, long start)
    {
        using var scope = NewDisposeScope();
        var count = slopes.shape[0];
        var rows = slopes.dtype == _weight.dtype ? slopes : slopes.to(_weight.dtype);
        if (_hiddenGradient is not null) Product(_hiddenGradient.narrow(0, start, count), rows, _weight, adds: false);
        if (_weightGradient is null) return;
        var weighted = (_hidden.narrow(0, start, count) * _upstream.narrow(0, start, count)).to(_weight.dtype);
        Product(_weightGradient, rows.t(), weighted, adds: !_isEmpty);
        _isEmpty = false;
    }

    /// <summary>The gradient of the hidden states, or null where none was asked for.</summary>
    public Tensor? OfHidden() => _hiddenGradient?.mul_(_upstream).to(_hidden.dtype).MoveToOuterDisposeScope();

    /// <summary>The gradient of the weight, or null where none was asked for or it went to the leaf.</summary>
    public Tensor? OfWeight()
    {
        if (_weightGradient is null) return null;
        if (_isEmpty) _weightGradient.zero_();
        if (!_isAddedToLeaf) return _weightGradient.to(_weight.dtype).MoveToOuterDisposeScope();
        _weight.grad = _weightGradient;
        return null;
    }

    public void Dispose() => _upstream.Dispose();

    private static void Product(Tensor target, Tensor left, Tensor right, bool adds)
    {
        if (target.dtype == right.dtype) target.addmm_(left, right, beta: adds ? 1 : 0);
        else if (adds) target.add_(left.mm(right));
        else target.copy_(left.mm(right));
    }
}
