using static TorchSharp.torch;

namespace Alignment.Losses;

/// <summary>The clipped value loss of PPO: <c>½ max((V - R)², (clip(V, V_old - ε, V_old + ε) - R)²)</c> for each token.</summary>
/// <remarks>
/// Introduced with the PPO code of Schulman et al. 2017 and kept by the work on language models (Huang et al. 2024, arXiv 2403.17031). The
/// larger of the two errors counts, so that a value that has moved by more than <c>ε</c> towards its return gains nothing more.
/// The weight beside the policy loss (0.1 is usual) belongs to the trainer.
/// </remarks>
public sealed class PpoValueLoss : nn.Module<Tensor, Tensor, Tensor, PpoValueOutput>
{
    /// <summary>Makes the loss with its usual settings.</summary>
    public PpoValueLoss() : base(nameof(PpoValueLoss)) { }

    /// <summary>How far a value may move from the one at sampling time, <c>ε</c>, in units of the reward.</summary>
    /// <value>The default is 0.2. Finite and greater than 0.</value>
    public double ValueClipRange { get; init => field = Ensure.Positive(value); } = 0.2;

    /// <summary>Computes the loss of each response token.</summary>
    /// <param name="input1">Values by the value head in training, <c>[M]</c>.</param>
    /// <param name="input2">Values at sampling time, <c>[M]</c>; no gradient flows into them.</param>
    /// <param name="input3">Returns, <c>[M]</c>; no gradient flows into them.</param>
    /// <returns>Loss of each token, <c>[M]</c>; a trainer takes the mean over the tokens of its batch.</returns>
    /// <exception cref="ArgumentException">A shape, type or device does not fit, or there is no token.</exception>
    public override PpoValueOutput forward(Tensor input1, Tensor input2, Tensor input3)
    {
        var (values, old, returns) = Checked(input1, input2, input3);
        using var scope = NewDisposeScope();
        var near = values.clamp(old.detach() - ValueClipRange, old.detach() + ValueClipRange);  // [M]
        var plain = (values - returns.detach()).square();
        var clipped = (near - returns.detach()).square();
        return new PpoValueOutput(
            (0.5 * maximum(plain, clipped)).MoveToOuterDisposeScope(),
            (clipped > plain).MoveToOuterDisposeScope());
    }

    private static (Tensor Values, Tensor Old, Tensor Returns) Checked(Tensor values, Tensor old, Tensor returns)
    {
        VectorInputs.NotEmpty(values, "values", "[M] with at least one token");
        VectorInputs.Like(values, "values", old, "old");
        VectorInputs.Like(values, "values", returns, "returns");
        return (values, old, returns);
    }
}
