namespace Alignment.Training;

/// <summary>How often, and in what parts, an iteration learns from its responses.</summary>
public sealed record UpdateOptions
{
    /// <summary>Passes over the responses of an iteration, each in a new order.</summary>
    /// <value>The default is 4. At least 1.</value>
    public int Epochs { get; init => field = Ensure.AtLeast(value, 1); } = 4;

    /// <summary>Parts of the responses, each of which makes one optimizer step; as many as there are responses at most.</summary>
    /// <value>The default is 1. At least 1.</value>
    public int MiniBatches { get; init => field = Ensure.AtLeast(value, 1); } = 1;

    /// <summary>Responses that go through a model at once; their gradients are added up.</summary>
    /// <value>The default is 8. At least 1.</value>
    public int RowsAtOnce { get; init => field = Ensure.AtLeast(value, 1); } = 8;

    /// <summary>Tokens that go through a model at once, prompts included; a longer response goes alone.</summary>
    /// <value>The default is null: <see cref="RowsAtOnce"/> alone says. At least 1.</value>
    public int? TokensAtOnce { get; init => field = value is int most ? Ensure.AtLeast(most, 1) : null; }

    /// <summary>The divergence from the policy that sampled at which an iteration ends early, in nats a token (k3); the part that shows it is not learnt.</summary>
    /// <value>The default is null: none. Finite and greater than 0.</value>
    public double? MaxKl { get; init => field = value is double most ? Ensure.Positive(most) : null; }
}
