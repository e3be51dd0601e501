namespace Alignment.Models;

/// <summary>The attention of a decoder's layers.</summary>
public sealed record AttentionConfig
{
    /// <summary>Number of query heads, <c>num_attention_heads</c>.</summary>
    /// <value>From 1 to 1024.</value>
    public required int Heads { get; init => field = Check.Within(value, Limits.Heads); }

    /// <summary>Number of key and value heads, each shared by as many query heads, <c>num_key_value_heads</c>.</summary>
    /// <value>The default is <see cref="Heads"/>, of which it must be a divisor.</value>
    public int KeyValueHeads { get => field == 0 ? Heads : field; init => field = Check.Within(value, Limits.Heads); }

    /// <summary>Width of a head, <c>head_dim</c>.</summary>
    /// <value>The default, null, is the hidden size divided by <see cref="Heads"/>. Even, at most 4096.</value>
    public int? HeadSize { get; init => field = value is { } size ? Check.Within(size, Limits.HeadSize) : null; }

    /// <summary>Whether the four projections have a bias, <c>attention_bias</c>; families whose biases are fixed leave it false.</summary>
    /// <value>The default is false.</value>
    public bool Bias { get; init; }

    /// <summary>Scores are <c>q kᵀ / √QueryScale</c>, <c>query_pre_attn_scalar</c>; Gemma only.</summary>
    /// <value>The default, null, is the width of a head. Finite and greater than 0.</value>
    public double? QueryScale { get; init => field = value is { } scale ? Check.Positive(scale) : null; }

    /// <summary>Scores become <c>c tanh(score / c)</c>, <c>attn_logit_softcapping</c>; Gemma only.</summary>
    /// <value>The default, null, leaves them as they are. Finite and greater than 0.</value>
    public double? SoftCap { get; init => field = value is { } cap ? Check.Positive(cap) : null; }

    /// <summary>How far back some layers or all look, <c>sliding_window</c>.</summary>
    /// <value>The default, null, is to the beginning in every layer.</value>
    public SlidingWindow? Window { get; init; }
}
