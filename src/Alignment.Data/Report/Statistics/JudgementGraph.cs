namespace Alignment.Data.Reports;

/// <summary>All judgements of one prompt as a graph: responses are nodes, an edge leads from the preferred one to the other.</summary>
internal sealed class JudgementGraph
{
    private readonly Dictionary<(UInt128 First, UInt128 Second), (int First, int Second)> _wins = [];   // of an unordered pair, First < Second
    private readonly IReadOnlyList<Judgement> _judgements;

    /// <summary>Sets up the graph.</summary>
    /// <param name="judgements">Judgements of one prompt; those of a response against itself say nothing and are left out.</param>
    public JudgementGraph(IEnumerable<Judgement> judgements)
    {
        _judgements = [.. judgements.Where(judgement => judgement.Winner != judgement.Loser)];
        foreach (var judgement in _judgements)
        {
            var (first, second) = _wins.GetValueOrDefault(Pair(judgement));
            _wins[Pair(judgement)] = judgement.Winner < judgement.Loser ? (first + 1, second) : (first, second + 1);
        }
    }

    /// <summary>Pairs of responses that were judged both ways.</summary>
    public int Contradictions => _wins.Values.Count(wins => wins is { First: > 0, Second: > 0 });

    /// <summary>Pairs of judgements of the same two responses that disagree, and all of them.</summary>
    public (double Disagreeing, double All) Repetitions => (
        _wins.Values.Sum(wins => (double)wins.First * wins.Second),
        _wins.Values.Sum(wins => (double)(wins.First + wins.Second) * (wins.First + wins.Second - 1) / 2));

    /// <summary>Rows whose two responses were judged both ways.</summary>
    public IEnumerable<long> ContradictingRows => _judgements.Where(judgement => _wins[Pair(judgement)] is { First: > 0,
        Second: > 0 }).Select(judgement => judgement.Row);

    /// <summary>Rows that lie on a cycle a > b > c > a, once each contradiction is settled by its majority, or left out where there is none.</summary>
    public IReadOnlyList<long> CycleRows()
    {
        if (_wins.Count < 3) return [];
        var numbers = new Dictionary<UInt128, int>();
        var edges = new List<List<int>>();
        int Number(UInt128 key)
        {
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers[key] = number = numbers.Count;
                edges.Add([]);
            }
            return number;
        }
        foreach (var (pair, wins) in _wins)
        {
            var (first, second) = (Number(pair.First), Number(pair.Second));
            if (wins.First > wins.Second) edges[first].Add(second);
            else if (wins.Second > wins.First) edges[second].Add(first);
        }
        // Every pair has one edge at most, so that a part of more than one node holds a cycle of three or more.
        var parts = StronglyConnected.Parts(edges);
        return [.. _judgements.Where(judgement => IsMajority(judgement)
            && parts[numbers[judgement.Winner]] == parts[numbers[judgement.Loser]]).Select(judgement => judgement.Row)];
    }

    private bool IsMajority(Judgement judgement)
    {
        var (first, second) = _wins[Pair(judgement)];
        return judgement.Winner < judgement.Loser ? first > second : second > first;
    }

    private static (UInt128, UInt128) Pair(Judgement judgement) =>
        judgement.Winner < judgement.Loser ? (judgement.Winner, judgement.Loser) : (judgement.Loser, judgement.Winner);
}
