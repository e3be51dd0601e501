using System.Globalization;
using System.Runtime.CompilerServices;
using Alignment.Data.Transforms;
using Alignment.Training;

namespace Alignment.Data;

/// <summary>Makes preference pairs of rated responses.</summary>
/// <remarks>
/// Cui et al. 2023 (UltraFeedback, arXiv 2310.01377) for the ratings; Tunstall et al. 2023 (Zephyr, arXiv 2310.16944), section 3, for the
/// best against a random one.
/// </remarks>
public static class RatingPairs
{
    /// <summary>
    /// Pairs the responses to each prompt. Consecutive rows with equal prompts are one group, so that the stream needs the memory of
    /// one group: rows of a prompt that lie apart are not compared; sort by prompt first.
    /// </summary>
    /// <param name="responses">The rated responses.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="cancellationToken">Ends the stream by an exception.</param>
    /// <returns>Pairs whose margin is the difference of the ratings. Of equal ratings the first row counts as the best and as the worst.</returns>
    /// <exception cref="DataFormatException">
    /// A prompt has more responses than <see cref="RatingPairOptions.MaxGroupSize"/>; the message names the row.
    /// </exception>
    public static async IAsyncEnumerable<PreferencePair> PairByRating(
        this IAsyncEnumerable<RatedResponse> responses,
        RatingPairOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(responses);
        options ??= new();
        var group = new List<RatedResponse>();
        long row = 0;
        await foreach (var response in responses.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (group.Count > 0 && !group[0].Prompt.Equals(response.Prompt))
            {
                foreach (var pair in PairsOf(group, options)) yield return pair;
                group.Clear();
            }
            if (group.Count == options.MaxGroupSize)
            {
                throw new DataFormatException(string.Create(CultureInfo.InvariantCulture,
                    $"Row {row}: a prompt may have {options.MaxGroupSize} responses one after another ({nameof(RatingPairOptions.MaxGroupSize)}); "
                    + $"it has more."));
            }
            group.Add(response);
            row++;
        }
        foreach (var pair in PairsOf(group, options)) yield return pair;
    }

    private static IEnumerable<PreferencePair> PairsOf(List<RatedResponse> group, RatingPairOptions options)
    {
        if (group.Count < 2) return [];
        if (options.Pairing == RatingPairing.All) return All(group, options);
        var best = group.MaxBy(response => response.Rating)!;   // the first of equals
        var other = options.Pairing == RatingPairing.BestAgainstWorst ? group.MinBy(response => response.Rating)! : Drawn(group, best, options);
        return other is not null && IsPair(best, other, options) ? [Pair(best, other)] : [];
    }

    private static IEnumerable<PreferencePair> All(List<RatedResponse> group, RatingPairOptions options)
    {
        for (var i = 0; i < group.Count; i++)
        {
            for (var j = i + 1; j < group.Count; j++)
            {
                var (better, worse) = group[i].Rating >= group[j].Rating ? (group[i], group[j]) : (group[j], group[i]);
                if (IsPair(better, worse, options)) yield return Pair(better, worse);
            }
        }
    }

    private static RatedResponse? Drawn(List<RatedResponse> group, RatedResponse best, RatingPairOptions options)
    {
        var below = group.Where(response => IsPair(best, response, options)).ToArray();
        if (below.Length == 0) return null;
        var random = new SplitMix64((ulong)ContentHash.OfPrompt(best.Prompt, options.Seed.ToString(CultureInfo.InvariantCulture)));
        return below[random.Below((ulong)below.Length)];
    }

    private static bool IsPair(RatedResponse better, RatedResponse worse, RatingPairOptions options) =>
        better.Rating > worse.Rating && better.Rating - worse.Rating >= options.MinimumGap;

    private static PreferencePair Pair(RatedResponse better, RatedResponse worse) => new(better.Prompt, better.Response, worse.Response)
    {
        Margin = better.Rating - worse.Rating,
        Id = better.Id == worse.Id ? better.Id : $"{better.Id} > {worse.Id}",
        Source = better.Source,
    };
}
