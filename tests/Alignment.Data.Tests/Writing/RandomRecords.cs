namespace Alignment.Data.Tests.Writing;

/// <summary>Records with every kind of value that a record may have, from a seed.</summary>
internal sealed class RandomRecords(int seed, bool conversational)
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];
    private static readonly string[] Pieces =
    [
        "", " ", "a", "\"", "\\", "\n", "\r\n", "\t", "\0", "\u001F", "\u007F", "\u0085",
        "\u2028", "\uFEFF", "\uFFFD", "ß", "안녕", "🙂", "\U0010FFFF", "e\u0301", "</s>", "null",
    ];

    private readonly Random _random = new(seed);

    public PreferencePair Pair() => new(Prompt(), Transcript(), Transcript()) { Margin = Number(), Weight = Weight(), Id = Name(), Source = Name() };

    public UnpairedResponse Unpaired() => new(Prompt(), Transcript(), _random.Next(2) == 0) { Weight = Weight(), Id = Name(), Source = Name() };

    public PromptOnly PromptOnly() => new(Prompt()) { Id = Name(), Source = Name() };

    public Demonstration Demonstration() => new(Prompt(), Transcript()) { Weight = Weight(), Id = Name(), Source = Name() };

    public RatedResponse Rated() => new(Prompt(), Transcript(), Number() ?? 0) { Id = Name(), Source = Name() };

    private Transcript Prompt() => conversational
        ? new Transcript([.. Enumerable.Range(0, _random.Next(4)).Select(_ => Message(Roles[_random.Next(4)])), Message("user")])
        : Text();

    private Transcript Transcript() => conversational ? new Transcript([Message("assistant")]) : Text();

    private ChatMessage Message(string role) => new(role, Text());

    private string Text() => string.Concat(Enumerable.Range(0, _random.Next(6)).Select(_ => Pieces[_random.Next(Pieces.Length)]));

    private string? Name() => _random.Next(3) == 0 ? null : $"n{_random.Next(100)} 이름";

    private double? Weight() => Number() is { } number ? Math.Abs(number) : null;

    private double? Number() => _random.Next(6) switch
    {
        0 => null,
        1 => 0,
        2 => _random.Next(-5, 6),
        3 => double.MaxValue,
        4 => double.Epsilon,
        _ => _random.NextDouble() * 10 - 5,
    };
}
