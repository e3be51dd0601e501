using System.IO.Compression;
using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Alignment.Benchmarks;

/// <summary>Files of pairs to read: a million plain ones, a hundred thousand conversations of one question and two.</summary>
internal static class ReadingFiles
{
    private const int Plain = 1_000_000;
    private const int Chat = 100_000;
    private const int RowsPerGroup = 10_000;

    private static readonly string[] Words = "the of answer what should I do when a fire is near water river call help please stay calm 안녕 and leave".Split(' ');
    private static readonly string[] Columns = ["prompt", "chosen", "rejected"];
    private static readonly string[] Roles = ["user", "assistant", "user", "assistant"];

    public static IReadOnlyList<(string Name, Func<string, Task> Write)> All { get; } =
    [
        ("plain.parquet", path => ParquetAsync(path, [.. Columns.Select(name => new DataField<string>(name))], Plain, WriteTextsAsync)),
        ("plain.jsonl", path => LinesAsync(path, Plain, random => Columns.ToDictionary(name => name, name => (object)Text(random, name)))),
        ("chat.parquet", path => ParquetAsync(path, [.. Columns[1..].Select(Messages)], Chat, WriteMessagesAsync)),
        ("chat.jsonl", path => LinesAsync(path, Chat, random => Conversations(random) is var pair
            ? new() { ["chosen"] = pair.Chosen.Select(Message), ["rejected"] = pair.Rejected.Select(Message) }
            : [])),
    ];

    private static async Task ParquetAsync(string path, Field[] fields, int rows, Func<ParquetRowGroupWriter, ParquetSchema, Random, Task> write)
    {
        var random = new Random(1701);
        var schema = new ParquetSchema(fields);
        await using var stream = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(schema, stream, new ParquetOptions { CompressionLevel = CompressionLevel.Fastest });
        for (var row = 0; row < rows; row += RowsPerGroup)
        {
            using var group = writer.CreateRowGroup();
            await write(group, schema, random);
        }
    }

    private static async Task WriteTextsAsync(ParquetRowGroupWriter group, ParquetSchema schema, Random random)
    {
        foreach (var field in schema.DataFields)
            await group.WriteAsync(field, [.. Enumerable.Range(0, RowsPerGroup).Select(_ => Text(random, field.Name))]);
    }

    private static async Task WriteMessagesAsync(ParquetRowGroupWriter group, ParquetSchema schema, Random random)
    {
        var pairs = Enumerable.Range(0, RowsPerGroup).Select(_ => Conversations(random)).ToList();
        await WriteAsync(0, [.. pairs.Select(pair => pair.Chosen)]);
        await WriteAsync(2, [.. pairs.Select(pair => pair.Rejected)]);

        // The leaves of a list: roles, then contents; a repetition of 0 begins a row.
        async Task WriteAsync(int leaf, string[][] contents)
        {
            int[] repetitions = [.. contents.SelectMany(row => row.Select((_, i) => i == 0 ? 0 : 1))];
            await group.WriteAsync(schema.DataFields[leaf], [.. contents.SelectMany(row => Roles.Take(row.Length))], repetitions);
            await group.WriteAsync(schema.DataFields[leaf + 1], [.. contents.SelectMany(row => row)], repetitions);
        }
    }

    private static async Task LinesAsync(string path, int rows, Func<Random, Dictionary<string, object>> row)
    {
        var random = new Random(1701);
        await using var stream = File.Create(path);
        for (var i = 0; i < rows; i++)
        {
            JsonSerializer.Serialize(stream, row(random));
            stream.WriteByte((byte)'\n');
        }
    }

    private static ListField Messages(string name) => new(name, new StructField("element", new DataField<string>("role"), new DataField<string>("content")));

    private static Dictionary<string, string> Message(string content, int i) => new() { ["role"] = Roles[i], ["content"] = content };

    private static (string[] Chosen, string[] Rejected) Conversations(Random random)
    {
        string[] before = [.. Enumerable.Range(0, random.Next(2) == 0 ? 1 : 3).Select(i => Text(random, i == 1 ? "chosen" : "prompt"))];
        return ([.. before, Text(random, "chosen") + "1"], [.. before, Text(random, "rejected") + "2"]);
    }

    private static string Text(Random random, string column) =>
        string.Join(' ', Enumerable.Range(0, column == "prompt" ? 15 : 40).Select(_ => Words[random.Next(Words.Length)]));
}
