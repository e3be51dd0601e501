using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Several outputs of the same rows: by one matrix each, or by one matrix for all whose output is cut.</summary>
/// <param name="projections">As many as there are outputs, or one.</param>
/// <param name="sizes">Widths of the outputs.</param>
internal sealed class JointProjection(Projection[] projections, long[] sizes)
{
    /// <summary><c>[N, H]</c> to an <c>[N, size]</c> for each size.</summary>
    public Tensor[] Of(Tensor rows) => projections.Length == sizes.Length
        ? [.. projections.Select(projection => projection.call(rows))]
        : Cut(projections[0].call(rows));

    private Tensor[] Cut(Tensor joint)
    {
        var (parts, start) = (new Tensor[sizes.Length], 0L);
        for (var i = 0; i < parts.Length; start += sizes[i++]) parts[i] = joint.narrow(1, start, sizes[i]);
        return parts;
    }
}
