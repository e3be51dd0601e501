namespace Alignment;

/// <summary>The numbers of a <see cref="TokenLayout"/>, gathered group by group before they become tensors.</summary>
internal sealed class LayoutRows
{
    public List<long> Tokens { get; } = [];

    public List<long> Positions { get; } = [];

    public List<long> Sources { get; } = [];

    public List<long> Targets { get; } = [];

    public List<long> SequenceIds { get; } = [];

    public List<int> ResponseLengths { get; } = [];

    /// <summary>The rows of each sequence in order.</summary>
    public List<long[]> Paths { get; } = [];

    /// <summary>Adds a prompt, stored once, and the responses that go on from it.</summary>
    public void Add(IReadOnlyList<int> prompt, params ReadOnlySpan<IReadOnlyList<int>> responses)
    {
        var first = Store(prompt, position: 0);
        foreach (var response in responses)
        {
            var start = Store(response, position: prompt.Count);
            var path = new long[prompt.Count + response.Count];
            for (var t = 0; t < path.Length; t++) path[t] = t < prompt.Count ? first + t : start + t - prompt.Count;
            for (var t = 0; t < response.Count; t++)
            {
                Sources.Add(path[prompt.Count + t - 1]);
                Targets.Add(response[t]);
                SequenceIds.Add(Paths.Count);
            }
            ResponseLengths.Add(response.Count);
            Paths.Add(path);
        }
    }

    /// <summary>Where each place of the padded <c>[S, L]</c> finds its row, and from which place each row takes its output.</summary>
    public (long[] Gather, long[] Owner) Places(int maxLength)
    {
        var gather = new long[Paths.Count * maxLength];
        var owner = new long[Tokens.Count];
        for (var s = 0; s < Paths.Count; s++)
        {
            for (var t = 0; t < Paths[s].Length; t++)
            {
                var place = s * maxLength + t;
                gather[place] = Paths[s][t];
                owner[Paths[s][t]] = place; // a shared prompt comes out the same in each of its sequences; the last one owns it
            }
        }
        return (gather, owner);
    }

    private long Store(IReadOnlyList<int> ids, int position)
    {
        var first = Tokens.Count;
        for (var t = 0; t < ids.Count; t++)
        {
            Tokens.Add(ids[t]);
            Positions.Add(position + t);
        }
        return first;
    }
}
