using System.Runtime.CompilerServices;

namespace Alignment.Data;

/// <summary>Makes two judged responses of each preference pair, so that methods for single responses (KTO) can learn from pairs.</summary>
public static class Unpairing
{
    /// <summary>Gives the chosen response of each pair as desirable and then the rejected one as undesirable, in the order of the pairs.</summary>
    /// <param name="pairs">The pairs. Prompt, weight, id and source go to both responses.</param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    /// <remarks>TRL's <c>unpair_preference_dataset</c> gives the same rows with all desirable ones first: see the overload for lists.</remarks>
    public static async IAsyncEnumerable<UnpairedResponse> Unpair(
        this IAsyncEnumerable<PreferencePair> pairs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        await foreach (var pair in pairs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            yield return Desirable(pair);
            yield return Undesirable(pair);
        }
    }

    /// <summary>Gives the chosen responses of all pairs as desirable and then all rejected ones as undesirable: the order of TRL.</summary>
    /// <param name="pairs">The pairs, which are gone through twice. Prompt, weight, id and source go to both responses.</param>
    public static IEnumerable<UnpairedResponse> Unpair(this IReadOnlyCollection<PreferencePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return pairs.Select(Desirable).Concat(pairs.Select(Undesirable));
    }

    private static UnpairedResponse Desirable(PreferencePair pair) => Of(pair, pair.Chosen, isDesirable: true);

    private static UnpairedResponse Undesirable(PreferencePair pair) => Of(pair, pair.Rejected, isDesirable: false);

    private static UnpairedResponse Of(PreferencePair pair, Transcript response, bool isDesirable) =>
        new(pair.Prompt, response, isDesirable) { Weight = pair.Weight, Id = pair.Id, Source = pair.Source };
}
