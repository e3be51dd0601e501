using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>What score and value head share: a projection to one number, called <c>score</c> as transformers calls it, and where it is read.</summary>
internal static class HeadProjection
{
    public const string Name = "score";

    public static Projection Of(ParameterScope parameters, DecoderConfig config) => new(parameters.Below(Name), config.HiddenSize, 1);

    /// <summary>The number at some rows, computed in float32 at least.</summary>
    public static Tensor At(Projection projection, Tensor hidden, TokenLayout layout, Tensor rows)
    {
        if (hidden.dim() != 2 || hidden.shape[0] != layout.TokenCount || hidden.shape[1] != projection.Weight.shape[1])
            throw new ArgumentException(
                $"Hidden states must be [N, H] = [{layout.TokenCount}, {projection.Weight.shape[1]}]; were [{string.Join(", ", hidden.shape)}].", nameof(hidden));
        using var read = hidden.index_select(0, rows);
        return Of(projection, read);
    }

    /// <summary>The number of each row that is read, computed in float32 at least.</summary>
    public static Tensor Of(Projection projection, Tensor read)
    {
        using var scope = NewDisposeScope();
        var wide = read.dtype == ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;
        return read.to(wide).matmul(projection.ActiveWeight().to(wide).squeeze(0)).MoveToOuterDisposeScope();
    }
}
