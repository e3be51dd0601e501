namespace SampleData;

/// <summary>Writes the rows of both sets. No prompt and no answer occurs twice, in one set or across both.</summary>
internal sealed class PairMaker(Draw draw)
{
    private const int TrainingRows = 10;      // of each situation
    private readonly HashSet<string> seen = [];

    public List<Pair> Training { get; } = [];

    public List<Pair> HeldOut { get; } = [];

    /// <summary>Adds the situations of a language to both sets.</summary>
    public void Add(string language)
    {
        var phrases = new Phrases(language);
        var writer = new Writer(phrases, draw);
        foreach (var situation in Situation.Read(language, phrases))
        {
            Add(situation, writer);
        }

        HeldOut.RemoveAll(heldOut => Training.Exists(training => Overlap(heldOut.Prompt, training.Prompt) >= 0.75));
    }

    private void Add(Situation situation, Writer writer)
    {
        // A quarter of the persons of each telling is kept for the held-out set, another quarter for another telling.
        var persons = situation.Told.Select(_ => draw.Shuffled(situation.Persons)).ToArray();
        var kept = situation.Persons.Length / 4;
        var rows = new List<(List<Pair> Set, string Told, string? Person)>();
        for (var row = 0; row < TrainingRows; row++)
        {
            var telling = row % situation.Told.Length;
            rows.Add((Training, situation.Told[telling], kept == 0 ? null : draw.From(persons[telling][kept..])));
        }

        foreach (var told in situation.ToldAnew)
        {
            rows.Add((HeldOut, told, kept == 0 ? null : draw.From(situation.Persons)));
        }

        if (kept > 0)
        {
            var telling = draw.Below(situation.Told.Length);
            rows.Add((HeldOut, situation.Told[telling], draw.From(persons[telling][..kept])));
        }

        // Short answers run out before long ones; in random order that happens to both sets alike.
        foreach (var (set, told, person) in draw.Shuffled(rows))
        {
            set.Add(Row(writer, situation, told, person));
        }
    }

    // The share of words that two prompts have in common (Jaccard).
    private static double Overlap(string left, string right)
    {
        var words = right.Split(' ').ToHashSet();
        var common = left.Split(' ').Distinct().Count(words.Contains);
        return (double)common / (left.Split(' ').Distinct().Count() + words.Count - common);
    }

    private Pair Row(Writer writer, Situation situation, string told, string? person) => new(
        Unseen(() => writer.Prompt(situation, told, person)),
        Unseen(() => writer.Chosen(situation)),
        Unseen(() => writer.Rejected(situation)));

    private string Unseen(Func<string> write)
    {
        for (var tries = 0; tries < 10_000; tries++)
        {
            var text = write();
            if (seen.Add(text))
            {
                return text;
            }
        }

        throw new InvalidOperationException("The texts allow no further unseen sentence: " + write());
    }
}
