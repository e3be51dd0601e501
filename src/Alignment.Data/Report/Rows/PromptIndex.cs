using System.Runtime.InteropServices;

namespace Alignment.Data.Reports;

/// <summary>Every prompt that was seen, by its key and, where asked for, by its likeness.</summary>
internal sealed class PromptIndex(Func<string, int?>? addNear)
{
    private readonly Dictionary<UInt128, Seen> _seen = [];
    private readonly List<Origin> _origins = [];   // of each prompt that was given to addNear, in its order

    /// <summary>Prompts that differ, of the rows to train on.</summary>
    public int TrainPrompts { get; private set; }

    public PromptMatch Add(ReportRow row)
    {
        ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(_seen, row.Prompt.Key, out var known);
        var before = known ? seen : default;
        if (!known || !row.HeldOut && before.TrainCount == 0) TrainPrompts += row.HeldOut ? 0 : 1;
        seen = row.HeldOut
            ? before with { HeldOutCount = before.HeldOutCount + 1 }
            : new Seen(before.TrainCount > 0 ? before.FirstTrainRow : row.Number, before.TrainCount + 1, before.HeldOutCount);
        long? same = before.TrainCount > 0 ? before.FirstTrainRow : null;
        var count = row.HeldOut ? before.HeldOutCount : before.TrainCount;
        if (known) return new PromptMatch(same, count, NearTrainRow: null, NearBefore: false);   // its likeness is in the index already

        var near = Near(row);
        return new PromptMatch(same, count, near?.TrainRow, near?.HeldOut == row.HeldOut);
    }

    private Origin? Near(ReportRow row)
    {
        if (addNear is null || row.Prompt.IsEmpty) return null;
        Origin? found = addNear(row.Prompt.Text) is { } index ? _origins[index] : null;
        // Likeness is passed on: a held-out prompt near another one that is near a row to train on counts as near that row.
        _origins.Add(new Origin(row.HeldOut ? found?.TrainRow : row.Number, row.HeldOut));
        return found;
    }

    private readonly record struct Seen(long FirstTrainRow, int TrainCount, int HeldOutCount);

    private readonly record struct Origin(long? TrainRow, bool HeldOut);
}
