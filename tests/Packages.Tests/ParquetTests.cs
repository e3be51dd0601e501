using System.Text.Json;
using Parquet;
using Parquet.Schema;
using Xunit;

namespace Packages.Tests;

/// <summary>Files that pyarrow wrote (dictionary pages, snappy and zstd) are read as what they hold.</summary>
public class ParquetTests
{
    [Fact]
    public async Task Plain_text()
    {
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Golden("preference.parquet"));

        Assert.Equal(1, reader.RowGroupCount);
        Assert.Equal(40, reader.Metadata!.NumRows);
        Assert.Equal(40, reader.OpenRowGroupReader(0).RowCount);
        Assert.Equal(["prompt", "chosen", "rejected"], reader.Schema.DataFields.Select(field => field.Name));
        Assert.All(reader.Schema.DataFields, field => Assert.Equal(typeof(ReadOnlyMemory<char>), field.ClrType));
        var prompts = await ParquetFiles.ReadTextAsync(reader, "prompt");
        var rejected = await ParquetFiles.ReadTextAsync(reader, "rejected");
        Assert.Equal(["Describe the orchard briefly.", "Where would I find stone?", "Where would I find bread?"], prompts[..3]);
        Assert.Equal("Tell me about a map.", prompts[39]);
        Assert.Equal(["Ask someone else then! zzz zzz zzz", "zzz zzz zzz", "No idea."], rejected[..3]);
    }

    [Fact]
    public async Task Doubles()
    {
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Golden("preference_margin.parquet"));
        var margins = new double?[40];

        await reader.OpenRowGroupReader(0).ReadAsync<double>(reader.Schema.FindDataField("margin"), margins.AsMemory());

        Assert.Equal([0, 0.25, 0.5], margins[..3]);
        Assert.Equal(0.75, margins[39]);
    }

    /// <summary>A completion is labelled true where the paired file has it as the chosen one.</summary>
    [Fact]
    public async Task Booleans()
    {
        await using var pairs = await ParquetReader.CreateAsync(ParquetFiles.Golden("preference_margin.parquet"));
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Golden("unpaired.parquet"));
        var labels = new bool?[40];

        await reader.OpenRowGroupReader(0).ReadAsync<bool>(reader.Schema.FindDataField("label"), labels.AsMemory());

        var chosen = await ParquetFiles.ReadTextAsync(pairs, "chosen");
        var completions = await ParquetFiles.ReadTextAsync(reader, "completion");
        Assert.Equal(completions.Select((completion, row) => (bool?)(completion == chosen[row])), labels);
        Assert.Equal([true, false, true, true, false], labels[..5]);
    }

    [Fact]
    public async Task Lists_of_messages()
    {
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Golden("messages.parquet"));

        var list = Assert.IsType<ListField>(Assert.Single(reader.Schema.Fields));
        var message = Assert.IsType<StructField>(list.Item);
        Assert.Equal(["role", "content"], message.Fields.Select(field => field.Name));
        Assert.Equal("messages/list/element/role", message.Fields[0].Path.ToString());
        Assert.Equal((1, 4), (message.Fields[0].MaxRepetitionLevel, message.Fields[0].MaxDefinitionLevel));
        var (roles, definitions, repetitions) = await ParquetFiles.ReadRawAsync(reader, message.Fields[0].Path);
        Assert.Equal(Enumerable.Repeat((string[])["user", "assistant"], 40).SelectMany(pair => pair), roles);
        Assert.Equal(Enumerable.Repeat(4, 80), definitions);
        Assert.Equal(Enumerable.Repeat((int[])[0, 1], 40).SelectMany(pair => pair), repetitions);
        var (contents, _, _) = await ParquetFiles.ReadRawAsync(reader, message.Fields[1].Path);
        Assert.Equal("Describe the orchard briefly.", contents[0]);
        Assert.Equal("Where would I find stone?", contents[2]);
    }

    /// <summary>The conversational file holds the plain one's texts, some of them after a system message.</summary>
    [Fact]
    public async Task Lists_of_different_lengths()
    {
        await using var plain = await ParquetReader.CreateAsync(ParquetFiles.Golden("preference.parquet"));
        await using var lists = await ParquetReader.CreateAsync(ParquetFiles.Golden("preference_conversational.parquet"));

        var (roles, _, repetitions) = await ParquetFiles.ReadRawAsync(lists, new FieldPath("prompt", "list", "element", "role"));
        var (contents, _, _) = await ParquetFiles.ReadRawAsync(lists, new FieldPath("prompt", "list", "element", "content"));

        Assert.Equal(54, roles.Length);
        Assert.Equal(40, repetitions.Count(level => level == 0));
        Assert.Equal(("system", "Be kind."), (roles[0], contents[0]));
        Assert.Equal(
            await ParquetFiles.ReadTextAsync(plain, "prompt"),
            contents.Where((_, i) => roles[i] == "user"));
    }

    /// <summary>Zstd in four row groups of 100; the same rows lie in a JSON file.</summary>
    [Fact]
    public async Task Real_rows_equal_their_json()
    {
        var rows = File.ReadLines(ParquetFiles.Data("hh-sample.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Dictionary<string, string>>(line)!)
            .ToArray();
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Data("hh-sample.parquet"));

        Assert.Equal(4, reader.RowGroupCount);
        Assert.All(reader.RowGroups, group => Assert.Equal(100, group.RowCount));
        foreach (var column in (string[])["chosen", "rejected"])
        {
            var texts = new List<string?>();
            for (var group = 0; group < reader.RowGroupCount; group++)
            {
                texts.AddRange(await ParquetFiles.ReadTextAsync(reader, column, group));
            }

            Assert.Equal(400, texts.Count);
            Assert.Equal(rows.Select(row => row[column]), texts);
        }
    }

    /// <summary>The shape of UltraFeedback, snappy: each conversation ends with what the JSON file's transcript ends with.</summary>
    [Fact]
    public async Task Real_conversations()
    {
        await using var reader = await ParquetReader.CreateAsync(ParquetFiles.Data("ultrafeedback-shape.parquet"));

        Assert.Equal(397, reader.Metadata!.NumRows);
        var transcripts = File.ReadLines(ParquetFiles.Data("hh-sample.jsonl"))
            .Select(line => JsonSerializer.Deserialize<Dictionary<string, string>>(line)!["rejected"])
            .ToArray();
        var replies = new List<string>();
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            var (contents, _, repetitions) =
                await ParquetFiles.ReadRawAsync(reader, new FieldPath("rejected", "list", "element", "content"), group);
            replies.AddRange(contents.Where((_, i) => i + 1 == contents.Length || repetitions[i + 1] == 0));
        }

        // Rows that have no reply at all were left out of this file, so its rows are found in order among the transcripts.
        Assert.Equal(397, replies.Count);
        var next = 0;
        foreach (var reply in replies)
        {
            var end = reply.TrimEnd();
            next = Array.FindIndex(transcripts, next, transcript => transcript.TrimEnd().EndsWith(end, StringComparison.Ordinal)) + 1;
            Assert.True(next > 0, reply);
        }
    }
}
