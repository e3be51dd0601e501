using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Prompts that grow by one token a step on one model.</summary>
internal sealed class DecoderSession : DecodingSession
{
    private const int FewSteps = 32;

    private readonly DecoderModel model;
    private readonly KeyValueCache cache;
    private readonly Tensor output;   // output weight of the session's adapter, [H, V]
    private readonly long room;   // tokens of the longest sequence, when all are generated
    private int count;            // S
    private Tensor positions;     // of the next token of each row, int64 [S]
    private Tensor? logits;
    private bool isDisposed;

    public DecoderSession(DecoderModel model, PromptRows prompts, int maxNewTokens)
    {
        var device = model.Device;
        this.model = model;
        count = prompts.Lengths.Length;
        room = prompts.Longest + (long)maxNewTokens;
        cache = new KeyValueCache(model.Config, prompts, maxNewTokens, model.Backbone.DataType, device);
        positions = tensor(prompts.Lengths, device: device).DetachFromDisposeScope();
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        output = OutputWeight(maxNewTokens);
        var attention = new PromptAttention(
            tensor(prompts.Left, device: device),
            tensor(prompts.Owner, device: device),
            tensor(prompts.Right, device: device),
            prompts.Count,
            cache);
        var hidden = model.Backbone.Hidden(
            tensor(prompts.Tokens, device: device), tensor(prompts.Positions, device: device), room, attention);
        cache.Advance(prompts.Longest);
        SetLogits(hidden.index_select(0, tensor(prompts.Last, device: device)));
    }

    /// <inheritdoc/>
    public override int Rows => count;

    /// <inheritdoc/>
    public override Tensor Logits
    {
        get
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            return logits!;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The ids are not int64 <c>[Rows]</c>.</exception>
    public override void Append(Tensor tokens)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.dim() != 1 || tokens.shape[0] != Rows || tokens.dtype != ScalarType.Int64)
            throw new ArgumentException($"Tokens must be int64 [{Rows}]; got {tokens}.", nameof(tokens));
        if (cache.IsFull) throw new InvalidOperationException("There must be room for another token; the session was started for fewer.");
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var hidden = model.Backbone.Hidden(tokens, positions, room, new StepAttention(cache));
        cache.Advance(1);
        positions.add_(1);
        SetLogits(hidden);
    }

    /// <inheritdoc/>
    public override void Keep(IReadOnlyList<int> rows)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0 || rows[0] < 0 || rows[^1] >= Rows || !rows.Zip(rows.Skip(1)).All(pair => pair.First < pair.Second))
            throw new ArgumentException($"Rows must be indices from 0 to {Rows - 1} in rising order, at least one; were [{string.Join(", ", rows)}].", nameof(rows));
        if (rows.Count == Rows) return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var index = tensor(rows.Select(row => (long)row).ToArray(), device: positions.device);
        cache.Keep(index);
        count = rows.Count;
        positions = Kept(positions);
        logits = Kept(logits!);

        Tensor Kept(Tensor all)
        {
            var kept = all.index_select(0, index).DetachFromDisposeScope();
            all.Dispose();
            return kept;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing || isDisposed) return;
        isDisposed = true;
        logits?.Dispose();
        positions.Dispose();
        output.Dispose();
        cache.Dispose();
    }

    // A product of a few rows with a matrix that lies transposed in memory takes a third less time on the CPU, which pays for a copy after
    // some twenty steps. A single row is as fast either way, and a GPU reads either as fast.
    private Tensor OutputWeight(int steps)
    {
        var transposed = model.OutputWeight.t();
        var pays = Rows > 1 && steps >= FewSteps && model.Device.type == TorchSharp.DeviceType.CPU;
        return (pays ? transposed.contiguous() : transposed).DetachFromDisposeScope();
    }

    private void SetLogits(Tensor hidden)
    {
        logits?.Dispose();
        var plain = hidden.mm(output).to(ScalarType.Float32);
        logits = (model.LogitSoftCap is { } cap ? (plain / cap).tanh_().mul_(cap) : plain).DetachFromDisposeScope();
    }
}
