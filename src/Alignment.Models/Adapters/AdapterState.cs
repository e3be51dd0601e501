using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Which adapter computes, whether dropout acts, and its random numbers.</summary>
internal sealed class AdapterState
{
    /// <summary>The adapter that is active, merged or not; null for the base alone.</summary>
    public Adapter? Active { get; set; }

    /// <summary>State of the random numbers of dropout, those of a <see cref="SplitMix64"/>.</summary>
    public ulong DropoutState { get; set; }

    /// <summary>What a pass through the layers depends on besides parameters and input.</summary>
    public AdapterPass Pass => new(Active, IsDropping, DropoutState);

    private bool IsDropping { get; set; }

    /// <summary>Lets an adapter compute until the result is disposed.</summary>
    public Ending Use(Adapter? adapter) => Set(adapter, IsDropping);

    /// <summary>Lets dropout act, or not, until the result is disposed.</summary>
    public Ending Begin(bool drops) => Set(Active, drops);

    /// <summary>Goes through a part of an earlier pass again until the result is disposed, whatever has happened since.</summary>
    public Ending Repeat(AdapterPass pass)
    {
        var (now, scope) = (DropoutState, Set(pass.Active, pass.IsDropping));
        DropoutState = pass.DropoutState;
        return new Ending(() =>
        {
            DropoutState = now;
            scope.Dispose();
        });
    }

    /// <summary>Rows with a share of their numbers set to 0, and the others made larger for it, where dropout acts.</summary>
    public Tensor Dropped(Tensor rows, double share)
    {
        if (share == 0 || !IsDropping) return rows;
        using var generator = new Generator(NextSeed(), rows.device);   // one of its own: the global ones don't move
        return rows * (empty_like(rows).bernoulli_(1 - share, generator) / (1 - share));
    }

    private Ending Set(Adapter? active, bool drops)
    {
        var (before, dropped) = (Active, IsDropping);
        (Active, IsDropping) = (active, drops);
        return new Ending(() => (Active, IsDropping) = (before is { IsRemoved: true } ? null : before, dropped));
    }

    private ulong NextSeed()
    {
        var numbers = new SplitMix64(DropoutState);
        var seed = numbers.Next();
        DropoutState = numbers.State;
        return seed;
    }
}
