namespace SampleData;

/// <summary>Something that happens to somebody, what helps, and what people wrongly do.</summary>
internal sealed record Situation
{
    public required string Id { get; init; }
    public required bool IsEmergency { get; init; }

    /// <summary>What it is called in answers: "choking", "a small cut".</summary>
    public required string Name { get; init; }

    /// <summary>Which recurring clauses fit it; see text/phrases.*.txt.</summary>
    public required string[] Tags { get; init; }

    /// <summary>Those to whom it may happen; empty where the asker speaks of himself.</summary>
    public required string[] Persons { get; init; }

    public required string[] Places { get; init; }

    /// <summary>How it is told: in the training set, and in words that only the held-out set has.</summary>
    public required string[] Told { get; init; }

    public required string[] ToldAnew { get; init; }

    /// <summary>What must be done even before the call (get out of the fire); mostly empty.</summary>
    public required string[] First { get; init; }

    public required string[] Do { get; init; }

    /// <summary>When to see a doctor; empty for emergencies.</summary>
    public required string[] See { get; init; }

    public required string[] Wrong { get; init; }

    public static IEnumerable<Situation> Read(string language, Phrases phrases) =>
        from kind in (string[])["emergencies", "calm"]
        from block in TextBlock.Read($"{kind}.{language}.txt")
        let tags = block.Lines("tags").SelectMany(line => line.Split(' ')).ToArray()
        select new Situation
        {
            Id = block.Id,
            IsEmergency = kind == "emergencies",
            Name = block.Lines("name").Single(),
            Tags = tags.Length > 0 ? tags : ["all", "other", "sick"],
            Persons = [.. block.Lines("who").SelectMany(who => phrases.List($"who.{who}"))],
            Places = block.List("at"),
            Told = block.Lines("say"),
            ToldAnew = block.Lines("new"),
            First = block.Lines("first"),
            Do = block.Lines("do"),
            See = block.Lines("see"),
            Wrong = block.Lines("wrong"),
        };
}
