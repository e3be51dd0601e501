using Parquet;
using Parquet.Schema;

namespace Alignment.Tests.Shared;

/// <summary>The rows of a recorded Parquet file: one row group, columns of texts, numbers and lists of messages.</summary>
internal sealed class RecordedFile(ParquetReader reader, ParquetRowGroupReader rows) : IAsyncDisposable
{
    public static async Task<RecordedFile> OpenAsync(string name)
    {
        var reader = await ParquetReader.CreateAsync(Golden.Path("runs", name));
        return new RecordedFile(reader, reader.OpenRowGroupReader(0));
    }

    public async ValueTask DisposeAsync()
    {
        rows.Dispose();
        await reader.DisposeAsync();
    }

    public async Task<Transcript[]> TranscriptsAsync(string column)
    {
        if (reader.Schema.Fields.Single(field => field.Name == column) is DataField text)
        {
            var texts = new string?[rows.RowCount];
            await rows.ReadAsync(text, texts.AsMemory());
            return [.. texts.Select(value => new Transcript(value!))];
        }

        var (roles, repetitions) = await LeafAsync($"{column}/list/element/role");
        var (contents, _) = await LeafAsync($"{column}/list/element/content");
        var messages = new List<List<ChatMessage>>();
        for (var i = 0; i < roles.Length; i++)
        {
            if (repetitions[i] == 0) messages.Add([]);
            messages[^1].Add(new ChatMessage(roles[i], contents[i]));
        }

        return [.. messages.Select(row => new Transcript(row))];
    }

    public async Task<T[]> NumbersAsync<T>(string column) where T : struct
    {
        var field = reader.Schema.DataFields.Single(field => field.Name == column);
        var values = new T?[rows.RowCount];
        await rows.ReadAsync<T>(field, values.AsMemory());
        return [.. values.Select(value => value!.Value)];
    }

    private async Task<(string[] Values, int[] Repetitions)> LeafAsync(string path)
    {
        var field = reader.Schema.DataFields.Single(field => field.Path.ToString() == path);
        var count = (int)rows.GetMetadata(field)!.MetaData!.NumValues;
        var (values, definitions, repetitions) = (new ReadOnlyMemory<char>[count], new int[count], new int[count]);
        await rows.ReadRawAsync<ReadOnlyMemory<char>>(field, values, definitions, repetitions);
        return ([.. values.Select(value => value.ToString())], repetitions);
    }
}
