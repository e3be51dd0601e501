namespace Alignment.Data;

/// <summary>One of the streams that are mixed.</summary>
/// <param name="Rows">The stream.</param>
/// <param name="Weight">Its share, relative to the weights of the others: how many rows it gives, not how long it is. Greater than 0.</param>
public sealed record MixSource<T>(IAsyncEnumerable<T> Rows, double Weight)
{
    /// <summary>The stream.</summary>
    public IAsyncEnumerable<T> Rows { get; init => field = Ensure.NotNull(value); } = Ensure.NotNull(Rows);

    /// <summary>Its share, relative to the weights of the others.</summary>
    /// <value>Finite and greater than 0.</value>
    public double Weight { get; init => field = Ensure.Positive(value); } = Ensure.Positive(Weight);
}
