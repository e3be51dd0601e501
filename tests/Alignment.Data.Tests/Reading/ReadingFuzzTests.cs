namespace Alignment.Data.Tests.Reading;

/// <summary>Twenty thousand damaged files: each ends in records or in the one type of error, soon and within small bounds of memory.</summary>
[Collection(RunsAlone.Name)]
public sealed class ReadingFuzzTests : IDisposable
{
    private const int Rounds = 10_000;

    // What a row group may promise for nothing is 24 MiB a column and levels, and 8 MiB a page; nothing may come near to twice the whole of that.
    private const long MostBytes = 128 << 20;

    private static readonly byte[][] Pieces =
    [
        .. ((string[])["{", "}", "[", "]", "\"", "\\", ",", ":", "null", "true", "1e999", "\n", "\r\n", "\n\n", "{}", "[]", "\\ud800", "\uFEFF", "PAR1",
            "\"prompt\": 1,", "\"chosen\": [],", "{\"role\": \"user\"}", "{\"role\": \"judge\", \"content\": \"x\"},", "\\n\\nHuman: ", "\\n\\nAssistant:"])
            .Select(System.Text.Encoding.UTF8.GetBytes),
        [0xFF], [0x00], [0xC0, 0x80], [0xFF, 0xFF, 0xFF, 0xFF, 0x7F], [0x80, 0x80, 0x80, 0x80, 0x10], [0x1F, 0x8B],
    ];

    private readonly DataFolder _folder = new();

    [Fact]
    public async Task Damaged_Parquet_ends_in_records_or_a_typed_error()
    {
        var small = await _folder.TextsAsync("small.parquet", 3, new Parquet.ParquetOptions { CompressionMethod = Parquet.CompressionMethod.None },
            ("prompt", ["a", "bb", null, "a", "a"]), ("chosen", ["1", "2", "3", "4", "5"]), ("rejected", ["x", "y", "z", "x", "y"]));
        await CheckAsync("fuzz.parquet", [small, .. Directory.GetFiles(Golden.Path("runs"), "*.parquet").Order()], gzip: false);
    }

    [Fact]
    public async Task Damaged_lines_end_in_records_or_a_typed_error()
    {
        var lines = _folder.Lines("pairs.jsonl",
            """{"prompt": "a", "chosen": "b", "rejected": "c", "margin": 1.5, "id": 7}""",
            """{"prompt": "안녕 😀", "chosen": "\n\nHuman: x", "rejected": "", "margin": null, "id": "x"}""",
            """{"prompt": "a", "chosen": "b", "rejected": "c", "extra": {"deep": [1, [2, {"x": null}]]}}""");
        var chat = _folder.Lines("chat.jsonl",
            """{"chosen": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}], "rejected": [{"role": "user", "content": "a"}, {"role": "assistant", "content": "c"}]}""",
            """{"chosen": [{"from": "human", "value": "a"}, {"from": "gpt", "value": "b"}], "rejected": [{"from": "human", "value": "a"}, {"from": "gpt", "value": ""}]}""");
        var transcripts = _folder.Lines("hh.jsonl",
            """{"chosen": "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant: d", "rejected": "\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:"}""",
            """{"chosen": "\n\nHuman: a\n\nAssistant: b", "rejected": "\n\nHuman: a\n\nAssistant: c"}""");
        await CheckAsync("fuzz.jsonl", [lines, chat, transcripts], gzip: true);
    }

    public void Dispose() => _folder.Dispose();

    private async Task CheckAsync(string name, string[] seeds, bool gzip)
    {
        var random = new Random(1701);
        var files = seeds.Select(File.ReadAllBytes).ToArray();
        var (records, refused, skipped) = (0L, 0, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Damage(files[round % files.Length], random);
            if (gzip && round % 5 == 0) bytes = round % 10 == 0 ? Damage(DataFolder.Gzip(bytes), random) : DataFolder.Gzip(bytes);
            var path = _folder.Bytes(name, bytes);
            var options = new ReadOptions { BadRows = round % 2 == 0 ? BadRows.Skip : BadRows.Fail, MaxLineBytes = 1 << 16 };
            var before = GC.GetTotalAllocatedBytes();
            try
            {
                var reading = Task.Run(() => ReadAsync(path, options));   // on a thread of its own, which a reader without end would keep
                var (read, left) = await reading.WaitAsync(TimeSpan.FromMinutes(1));
                records += read;
                skipped += left;
            }
            catch (DataFormatException error)
            {
                Assert.StartsWith($"'{path}'", error.Message, StringComparison.Ordinal);
                refused++;
            }
            var taken = GC.GetTotalAllocatedBytes() - before;
            Assert.True(taken < MostBytes, $"round {round} took {taken} bytes");
        }
        Assert.True(records > 1_000 && refused > 1_000 && skipped > 50, $"{records} records, {refused} files refused, {skipped} rows left out");
    }

    private static async Task<(long Records, long Skipped)> ReadAsync(string path, ReadOptions options)
    {
        var records = 0L;
        var stream = await PreferenceReader.OpenAsync(path, options);
        await foreach (var _ in stream) records++;
        return (records, stream.Counts.Skipped.Sum(cause => cause.Count));
    }

    // One to four changes: a byte, a bit, a piece put in, a part taken out, doubled or filled, the end cut off.
    private static byte[] Damage(byte[] file, Random random)
    {
        List<byte> bytes = [.. file];
        for (var change = random.Next(1, 5); change > 0 && bytes.Count > 0; change--)
        {
            var start = random.Next(bytes.Count);
            var length = Math.Min(bytes.Count - start, random.Next(1, 40));
            switch (random.Next(8))
            {
                case 0 or 1:
                    bytes[start] = (byte)random.Next(256);
                    break;
                case 2 or 3:
                    bytes[start] ^= (byte)(1 << random.Next(8));
                    break;
                case 4:
                    bytes.InsertRange(start, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 5:
                    bytes.RemoveRange(start, length);
                    break;
                case 6:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(start, length));
                    break;
                default:
                    if (random.Next(4) == 0) bytes.RemoveRange(start, bytes.Count - start);
                    else for (var i = 0; i < length; i++) bytes[start + i] = Pieces[change][0];
                    break;
            }
        }
        return [.. bytes];
    }
}
