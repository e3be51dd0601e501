using static TorchSharp.torch;

namespace Alignment;

/// <summary>Slopes that a forward pass leaves for its backward pass, which frees them: a tensor saved in the graph would stay to the graph's end.</summary>
/// <remarks>Until then they belong to a dispose scope, so that a pass which is never gone back through leaves nothing either.</remarks>
internal sealed class KeptSlopes
{
    private Tensor? _rows;

    /// <summary>Leaves slopes, <c>[n, V]</c>, of the current dispose scope.</summary>
    public void Put(Tensor rows) => _rows = rows;

    /// <summary>Hands them out for the last time; null where they have been, or their scope has ended.</summary>
    public Tensor? Take()
    {
        var rows = _rows is { IsInvalid: false } kept ? kept : null;
        _rows = null;
        return rows;
    }

    /// <summary>Lets them live as long as the scope around the current one.</summary>
    public void MoveToOuterDisposeScope() => _rows?.MoveToOuterDisposeScope();
}
