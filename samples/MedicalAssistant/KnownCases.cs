using System.Collections.Concurrent;

namespace Alignment.Samples;

/// <summary>The prompts that experts answered, and which of them another prompt is like.</summary>
internal sealed class KnownCases
{
    private const int Neighbours = 7;
    private const double SameTopic = 0.5;   // of the likeness of the nearest

    private readonly IReadOnlyList<(string Answer, bool IsEmergency)> _cases;
    private readonly LikenessIndex _prompts;
    private readonly ILookup<string, int> _withSentence;
    private readonly ConcurrentDictionary<string, double[]> _likeness = [];

    public KnownCases(IReadOnlyList<PreferencePair> pairs, KnownSentences sentences)
    {
        _cases = [.. pairs.Select(pair => pair.Chosen.Plain()).Select(answer => (answer, EmergencyCall.IsIn(answer)))];
        _prompts = new LikenessIndex([.. pairs.Select(pair => pair.Prompt.Plain())]);
        _withSentence = _cases.SelectMany((one, place) => sentences.GoodOf(one.Answer).Select(sentence => (sentence, place))).ToLookup(pair => pair.sentence, pair => pair.place);
    }

    /// <summary>What an expert said to the prompt that is most like this one.</summary>
    public string Answer(string prompt)
    {
        var likeness = To(prompt);
        return _cases[Array.IndexOf(likeness, likeness.Max())].Answer;
    }

    /// <summary>
    /// Whether a prompt is an emergency: where experts gave the answer's advice in a case much like it, as that case is; otherwise as most of those
    /// are that are like it.
    /// </summary>
    public bool IsEmergency(string prompt, IEnumerable<string> advice)
    {
        var likeness = To(prompt);
        var same = advice.SelectMany(sentence => _withSentence[sentence]).Select(place => (int?)place).MaxBy(place => likeness[place!.Value]);
        if (same is { } known && likeness[known] >= SameTopic * likeness.Max()) return _cases[known].IsEmergency;
        return Enumerable.Range(0, _cases.Count).OrderByDescending(place => likeness[place]).Take(Neighbours)
            .Sum(place => _cases[place].IsEmergency ? likeness[place] : -likeness[place]) > 0;
    }

    private double[] To(string prompt) => _likeness.GetOrAdd(prompt, _prompts.To);
}
