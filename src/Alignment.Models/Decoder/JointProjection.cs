using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Several outputs of the same rows: by one matrix each, or by one matrix for all whose output is cut.</summary>
/// <param name="projections">As many as there are outputs, or one.</param>
/// <param name="sizes">Widths of the outputs.</param>
internal sealed class JointProjection(Projection[] projections, long[] sizes)
{
    /// <summary><c>[N, H]</c> to an <c>[N, size]</c> for each size.</summary>
    /// <param name="rows">What is projected.</param>
    /// <param name="first">Rows that the first output is asked for, int64 <c>[R]</c>; null for all.</param>
    public Tensor[] Of(Tensor rows, Tensor? first = null)
    {
        if (projections.Length == sizes.Length)
            return [.. projections.Select((projection, i) => projection.call(i == 0 && first is not null ? rows.index_select(0, first) : rows))];
        var parts = Cut(projections[0].call(rows));
        if (first is not null) parts[0] = parts[0].index_select(0, first);
        return parts;
    }

    private Tensor[] Cut(Tensor joint)
    {
        var (parts, start) = (new Tensor[sizes.Length], 0L);
        for (var i = 0; i < parts.Length; start += sizes[i++]) parts[i] = joint.narrow(1, start, sizes[i]);
        return parts;
    }
}
