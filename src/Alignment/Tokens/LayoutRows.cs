namespace Alignment;

/// <summary>The numbers of a <see cref="TokenLayout"/> before they become tensors: counted first, then written once, each in its place.</summary>
internal sealed class LayoutRows
{
    private int _row;        // tokens stored so far
    private int _sequence;
    private int _target;
    private int _group;

    /// <summary>Lays out groups; at least one.</summary>
    public LayoutRows(IReadOnlyList<LayoutGroup> groups)
    {
        int tokens = 0, sequences = 0, targets = 0;
        foreach (var group in groups)
        {
            tokens = checked(tokens + group.TokenCount);
            sequences += group.SequenceCount;
            targets = checked(targets + group.TargetCount);
            MaxLength = Math.Max(MaxLength, group.LongestSequence);
        }
        (Tokens, Positions, Owner) = (new long[tokens], new long[tokens], new long[tokens]);
        (Sources, Targets, SequenceIds) = (new long[targets], new long[targets], new long[targets]);
        (Last, TargetCounts) = (new long[sequences], new int[sequences]);
        Gather = new long[checked(sequences * MaxLength)];
        (Prompts, Responses) = (new LayoutSpan[groups.Count], new LayoutSpan[sequences]);
        foreach (var group in groups) Add(group);
    }

    public int MaxLength { get; }

    public long[] Tokens { get; }

    public long[] Positions { get; }

    /// <summary>Where each place of the padded <c>[S, L]</c> finds its row; padding repeats row 0.</summary>
    public long[] Gather { get; }

    /// <summary>From which place each row takes its output: a shared prompt comes out the same in each of its sequences, and the last one owns it.</summary>
    public long[] Owner { get; }

    public long[] Last { get; }

    public long[] Sources { get; }

    public long[] Targets { get; }

    public long[] SequenceIds { get; }

    public int[] TargetCounts { get; }

    /// <summary>Where the prompt of each group lies.</summary>
    public LayoutSpan[] Prompts { get; }

    /// <summary>Where the response of each sequence lies.</summary>
    public LayoutSpan[] Responses { get; }

    private void Add(in LayoutGroup group)
    {
        var (prompt, promptLength) = (_row, group.Prompt.Count);
        Prompts[_group++] = new LayoutSpan(prompt, promptLength);
        Store(TokenIds.Span(group.Prompt), position: 0);
        Add(prompt, promptLength, TokenIds.Span(group.First), group.Mask);
        if (group.Second is not null) Add(prompt, promptLength, TokenIds.Span(group.Second), mask: null);
    }

    // A response that goes on from the prompt's rows, and with them is a sequence.
    private void Add(int prompt, int promptLength, ReadOnlySpan<int> response, IReadOnlyList<bool>? mask)
    {
        var start = _row;
        Responses[_sequence] = new LayoutSpan(start, response.Length);
        Store(response, position: promptLength);
        var place = _sequence * MaxLength;
        Gathered(prompt, promptLength, place);
        Gathered(start, response.Length, place + promptLength);
        var firstTarget = _target;
        for (var t = 0; t < response.Length; t++)
        {
            if (mask is not null && !mask[t]) continue;
            Sources[_target] = t == 0 ? prompt + promptLength - 1 : start + t - 1;
            Targets[_target] = response[t];
            SequenceIds[_target++] = _sequence;
        }
        TargetCounts[_sequence] = _target - firstTarget;
        Last[_sequence++] = _row - 1;
    }

    private void Store(ReadOnlySpan<int> ids, int position)
    {
        for (var t = 0; t < ids.Length; t++)
        {
            Tokens[_row] = ids[t];
            Positions[_row++] = position + t;
        }
    }

    private void Gathered(int row, int length, int place)
    {
        for (var t = 0; t < length; t++)
        {
            Gather[place + t] = row + t;
            Owner[row + t] = place + t;
        }
    }
}
