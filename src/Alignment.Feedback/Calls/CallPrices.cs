using System.Runtime.CompilerServices;

namespace Alignment.Feedback;

/// <summary>What a model costs, in any one currency.</summary>
public sealed record CallPrices
{
    /// <summary>The price of a million tokens of questions.</summary>
    /// <value>The default is 0. 0 or greater.</value>
    public decimal InputPerMillion { get; init => field = NotNegative(value); }

    /// <summary>The price of a million tokens of answers.</summary>
    /// <value>The default is 0. 0 or greater.</value>
    public decimal OutputPerMillion { get; init => field = NotNegative(value); }

    /// <summary>What tokens cost.</summary>
    /// <param name="inputTokens">Tokens of questions.</param>
    /// <param name="outputTokens">Tokens of answers.</param>
    public decimal Of(long inputTokens, long outputTokens) => (inputTokens * InputPerMillion + outputTokens * OutputPerMillion) / 1_000_000m;

    internal static decimal NotNegative(decimal value, [CallerMemberName] string name = "") =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be 0 or greater.");
}
