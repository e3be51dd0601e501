using System.Globalization;
using Alignment.Data;

namespace Alignment.Samples.DataReports;

/// <summary>What the command line asked for.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        DataReport [--data <file>] [--test <file>] [--kind pairs|unpaired|demonstrations|prompts] [--model <folder>] [--max-length <tokens>]
                   [--output <folder>] [--examples true|false]

        Looks at a data set before training and writes report.json and report.html. Ends with 0, or with 1 where a finding is an error.
        Without --data it reports on samples/data; --model names a folder with a tokenizer, to count tokens. --examples shows texts.
        """;

    public string? Data { get; init; }

    public string? Test { get; init; }

    public RecordKind Kind { get; init; } = RecordKind.Pairs;

    public string? Model { get; init; }

    public int? MaxLength { get; init; }

    public string Output { get; init; } = Path.Combine(Path.GetTempPath(), "alignment-data-report");

    public bool Examples { get; init; }

    public static Arguments Parse(string[] args)
    {
        var result = new Arguments();
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length) throw new ArgumentException($"'{args[i]}' needs a value.");
            result = result.With(args[i], args[i + 1]);
        }
        if (result.MaxLength is not null && result.Data is not null
            && result.Model is null) throw new ArgumentException("--max-length counts tokens and needs --model.");
        return result;
    }

    private Arguments With(string name, string value) => name switch
    {
        "--data" => this with { Data = value },
        "--test" => this with { Test = value },
        "--kind" => this with { Kind = KindOf(value) },
        "--model" => this with { Model = value },
        "--max-length" => this with { MaxLength = Whole(name, value) },
        "--output" => this with { Output = value },
        "--examples" => this with { Examples = bool.TryParse(value, out var shown) ? shown
            : throw new ArgumentException($"{name} must be true or false; it was '{value}'.") },
        _ => throw new ArgumentException($"There is no option '{name}'."),
    };

    private static RecordKind KindOf(string value) => Enum.GetValues<RecordKind>().Where(kind => kind.ToString().Equals(value,
        StringComparison.OrdinalIgnoreCase)).Cast<RecordKind?>().FirstOrDefault()
        ?? throw new ArgumentException($"--kind must be pairs, unpaired, demonstrations or prompts; it was '{value}'.");

    private static int Whole(string name, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) && number >= 2 ? number : throw new ArgumentException($"{name} must be a whole number of 2 or more; it was '{value}'.");
}
