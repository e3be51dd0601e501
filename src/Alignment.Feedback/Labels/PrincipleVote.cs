namespace Alignment.Feedback;

/// <summary>What a model said to both orders of two answers, by one principle.</summary>
/// <param name="Principle">The id of the principle.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="Given">With the first answer first.</param>
/// <param name="Swapped">With the second answer first.</param>
public sealed record PrincipleVote(string Principle, double Weight, OrderVote Given, OrderVote Swapped)
{
    /// <summary>The probability that the first answer is better: the mean of both orders.</summary>
    public double FirstWins => (Given.FirstWins + Swapped.FirstWins) / 2;

    /// <summary>Whether the orders lean to different answers: the place decided.</summary>
    public bool IsFlipped => (Given.FirstWins - 0.5) * (Swapped.FirstWins - 0.5) < 0;
}
