using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Keys and values of all tokens so far, for each layer, in memory that is allocated once.</summary>
/// <remarks>
/// Prompts are aligned at the right, so that the next token of every row goes into the same column: one copy into a slice, whatever the
/// lengths. Columns before a shorter prompt are zeros that <see cref="Visible"/> hides; where all prompts are as long, there is no mask.
/// </remarks>
internal sealed class KeyValueCache : IDisposable
{
    private readonly Tensor[] keys;
    private readonly Tensor[] values;
    private Tensor? visible;   // bool [S, 1, 1, capacity]
    private readonly long capacity;

    public KeyValueCache(DecoderConfig config, PromptRows prompts, long newTokens, ScalarType type, Device device)
    {
        capacity = prompts.Longest + newTokens;
        long[] shape = [prompts.Lengths.Length, config.Attention.KeyValueHeads, capacity, config.HeadSize];
        keys = [.. Enumerable.Range(0, config.Layers).Select(_ => zeros(shape, dtype: type, device: device).DetachFromDisposeScope())];
        values = [.. Enumerable.Range(0, config.Layers).Select(_ => zeros(shape, dtype: type, device: device).DetachFromDisposeScope())];
        visible = prompts.Lengths.All(length => length == prompts.Longest) ? null : MaskOf(prompts, device);
    }

    /// <summary>S, the number of rows.</summary>
    public long Rows => keys[0].shape[0];

    /// <summary>Number of columns that are filled in every layer.</summary>
    public long Length { get; private set; }

    public bool IsFull => Length == capacity;

    /// <summary>Fills the next columns of a layer from <c>[S, key heads, columns, d]</c>.</summary>
    public void Write(int layer, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        keys[layer].narrow(2, Length, key.shape[2]).copy_(key);
        values[layer].narrow(2, Length, value.shape[2]).copy_(value);
    }

    /// <summary>Columns of a layer from one to before another, as views <c>[S, key heads, columns, d]</c>.</summary>
    public (Tensor Keys, Tensor Values) Read(int layer, long start, long end) =>
        (keys[layer].narrow(2, start, end - start), values[layer].narrow(2, start, end - start));

    /// <summary>Which of these columns each row sees, bool <c>[S, 1, 1, columns]</c>; null where it is all of them.</summary>
    public Tensor? Visible(long start, long end) => visible?.narrow(3, start, end - start);

    /// <summary>Counts columns that have been written in every layer.</summary>
    public void Advance(long columns) => Length += columns;

    /// <summary>Moves these rows, int64 <c>[K]</c>, to the front and forgets the others. No memory is allocated but for one layer's while it moves.</summary>
    public void Keep(Tensor rows)
    {
        for (var layer = 0; layer < keys.Length; layer++)
        {
            keys[layer] = Kept(keys[layer], rows);
            values[layer] = Kept(values[layer], rows);
        }
        if (visible is null) return;
        using var all = visible;
        visible = all.index_select(0, rows).DetachFromDisposeScope();
    }

    public void Dispose()
    {
        foreach (var tensor in keys.Concat(values)) tensor.Dispose();
        visible?.Dispose();
    }

    private Tensor Kept(Tensor all, Tensor rows)
    {
        using var scope = NewDisposeScope();
        var moved = all.narrow(2, 0, Length).index_select(0, rows);
        var kept = all.narrow(0, 0, rows.shape[0]);   // of the same memory
        kept.narrow(2, 0, Length).copy_(moved);
        all.Dispose();
        return kept.DetachFromDisposeScope();
    }

    private Tensor MaskOf(PromptRows prompts, Device device)
    {
        using var scope = NewDisposeScope();
        var hidden = tensor(prompts.Lengths.Select(length => prompts.Longest - length).ToArray(), device: device);
        return arange(capacity, dtype: ScalarType.Int64, device: device).unsqueeze(0).ge(hidden.unsqueeze(1))
            .view(-1, 1, 1, capacity).DetachFromDisposeScope();
    }
}
