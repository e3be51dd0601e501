namespace SampleData;

/// <summary>Writes the rows of both sets. No prompt and no answer occurs twice, in one set or across both.</summary>
internal sealed class CodingPairMaker(Draw draw)
{
    private const int TrainingRows = 38, HeldOutRows = 8, ToldAnew = 2;   // of each task

    private static readonly string[] Languages = ["en", "ko"];

    private readonly HashSet<string> seen = [];
    private readonly CodingWords words = new();

    public List<Pair> Training { get; } = [];

    public List<Pair> HeldOut { get; } = [];

    public void Add(string criterion)
    {
        var writer = new CodingWriter(words, draw);
        foreach (var task in CodingTask.Read(criterion))
        {
            // A quarter of the combinations of words is kept for the held-out set; new tellings may be of any.
            var combinations = draw.Shuffled(words.Combinations(task.Slots));
            var kept = combinations.Length / 4;
            for (var row = 0; row < TrainingRows; row++)
            {
                Training.Add(Row(writer, task, combinations[kept..], Languages[row % 2], anew: false));
            }

            for (var row = 0; row < HeldOutRows; row++)
            {
                var anew = row < ToldAnew;
                HeldOut.Add(Row(writer, task, anew ? combinations : combinations[..kept], Languages[row % 2], anew));
            }
        }
    }

    private Pair Row(CodingWriter writer, CodingTask task, IReadOnlyList<IReadOnlyDictionary<string, SlotWord>> combinations, string language, bool anew)
    {
        // A coin says which answer is to be the longer one, so that length tells nothing.
        var chosenIsLonger = draw.Chance(50);
        Pair? best = null;
        for (var tries = 0; tries < 2000; tries++)
        {
            var about = draw.From(combinations);
            var pair = new Pair(writer.Prompt(task, about, language, anew), writer.Answer(task.Chosen, about), writer.Answer(task.Rejected, about))
            {
                Source = task.Criterion,
            };
            if (pair.Chosen == pair.Rejected || seen.Contains(pair.Prompt) || seen.Contains(pair.Chosen) || seen.Contains(pair.Rejected))
            {
                continue;
            }

            best = pair;
            if (tries >= 50 || chosenIsLonger == pair.Chosen.Length > pair.Rejected.Length)
            {
                break;
            }
        }

        if (best is null)
        {
            throw new InvalidOperationException($"The task {task.Id} allows no further unseen pair.");
        }

        seen.UnionWith([best.Prompt, best.Chosen, best.Rejected]);
        return best;
    }
}
