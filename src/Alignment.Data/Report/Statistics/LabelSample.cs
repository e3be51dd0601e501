using Alignment.Training;

namespace Alignment.Data.Reports;

/// <summary>A fair sample of rows for the label predictor, and what cross-validation on it says.</summary>
/// <remarks>Vitter 1985, "Random sampling with a reservoir", algorithm R. Rows of one prompt fall into one fold, so that none is predicted
/// from its sisters.</remarks>
internal sealed class LabelSample(ulong seed)
{
    private const int Size = 20_000;
    private const int Folds = 5;
    private const int Epochs = 3;

    private readonly List<Entry> _entries = [];
    private SplitMix64 _random = new(seed);
    private ulong _seen;

    public int Count => _entries.Count;

    /// <summary>Takes a row, or passes it over; features are made only of rows that are taken.</summary>
    public void Add(ReportRow row, bool label, Func<ReportRow, LabelFeatures> features)
    {
        _seen++;
        if (_entries.Count < Size)
        {
            _entries.Add(Entry.Of(row, label, features));
            return;
        }
        var place = _random.Below(_seen);
        if (place < Size) _entries[(int)place] = Entry.Of(row, label, features);
    }

    /// <summary>Each row with the probability of its label, from a predictor that has learnt from the other folds.</summary>
    public IReadOnlyList<LabelPrediction> CrossValidate(bool hasIntercept)
    {
        var predictions = new LabelPrediction[_entries.Count];
        var order = Shuffled();
        for (var fold = 0; fold < Folds; fold++)
        {
            var predictor = new LabelPredictor(hasIntercept);
            for (var epoch = 0; epoch < Epochs; epoch++)
                foreach (var i in order)
                    if (_entries[i].Fold != fold) predictor.Learn(_entries[i].Features, _entries[i].Label);
            foreach (var i in order)
            {
                if (_entries[i].Fold != fold) continue;
                var isTrue = predictor.Predict(_entries[i].Features);
                predictions[i] = new LabelPrediction(_entries[i].Row, _entries[i].Label, _entries[i].Label ? isTrue : 1 - isTrue);
            }
        }
        return predictions;
    }

    private int[] Shuffled()
    {
        int[] order = [.. Enumerable.Range(0, _entries.Count)];
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)_random.Below((ulong)i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }
        return order;
    }

    private sealed record Entry(long Row, bool Label, int Fold, LabelFeatures Features)
    {
        public static Entry Of(ReportRow row, bool label, Func<ReportRow, LabelFeatures> features) =>
            new(row.Number, label, (int)(row.Prompt.Key % Folds), features(row));
    }
}
