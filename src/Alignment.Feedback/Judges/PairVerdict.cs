namespace Alignment.Feedback;

/// <summary>What a judge said to both orders of two answers.</summary>
/// <param name="Given">With the first answer first.</param>
/// <param name="Swapped">With the second answer first.</param>
public sealed record PairVerdict(OrderVerdict Given, OrderVerdict Swapped)
{
    /// <summary>The answer that won in both orders; otherwise a tie.</summary>
    public Preference Preference => Given.Preference == Swapped.Preference ? Given.Preference : Preference.Tie;

    /// <summary>Whether the orders named different answers: the place decided.</summary>
    public bool IsFlipped => Given.Preference != Swapped.Preference && Given.Preference != Preference.Tie && Swapped.Preference != Preference.Tie;

    /// <summary>1 where the first answer won, 0 where the second did, a half for a tie.</summary>
    public double Score => Preference switch
    {
        Preference.First => 1,
        Preference.Second => 0,
        _ => 0.5,
    };
}
