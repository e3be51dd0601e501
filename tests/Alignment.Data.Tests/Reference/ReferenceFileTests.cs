using System.Runtime.Loader;
using Alignment.Training;

namespace Alignment.Data.Tests.Reference;

public sealed class ReferenceFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("alignment-reference").FullName;

    private string File => Path.Combine(folder, "reference.parquet");

    [Fact]
    public async Task Numbers_come_back_to_the_bit_over_several_row_groups()
    {
        var random = new Random(3);
        var values = Enumerable.Range(0, 9000).ToDictionary(
            i => SequenceKey.Of([1, i], [2]), i => Enumerable.Range(0, i % 7).Select(_ => random.NextSingle() * -20).Append(i == 0 ? float.NaN : -0f).ToArray());
        await ReferenceFile.WriteAsync(File, new ReferenceLogProbs("model", "tokenizer", values));
        var read = await ReferenceFile.ReadAsync(File, "model", "tokenizer");
        Assert.Equal(("model", "tokenizer", 9000), (read.Model, read.Tokenizer, read.Count));
        foreach (var (key, numbers) in read.Values)
            Assert.Equal(values[key].Select(BitConverter.SingleToInt32Bits), numbers.Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public async Task A_program_that_has_written_none_reads_a_file()
    {
        await ReferenceFile.WriteAsync(File, new ReferenceLogProbs("model", "tokenizer", [new(SequenceKey.Of([1], [2]), [-1f])]));
        var context = new AssemblyLoadContext(null, isCollectible: true);   // the assembly anew, with statics of its own
        var type = context.LoadFromAssemblyPath(typeof(ReferenceFile).Assembly.Location).GetType(typeof(ReferenceFile).FullName!)!;
        var read = await (Task<ReferenceLogProbs>)type.GetMethod(nameof(ReferenceFile.ReadAsync))!.Invoke(null, [File, null, null, CancellationToken.None])!;
        Assert.Equal([-1f], Assert.Single(read.Values).Value);
        context.Unload();
    }

    [Fact]
    public async Task Numbers_of_another_model_or_tokenizer_are_refused()
    {
        await ReferenceFile.WriteAsync(File, new ReferenceLogProbs("a", "t", []));
        var error = await Assert.ThrowsAsync<DataFormatException>(() => ReferenceFile.ReadAsync(File, "b"));
        Assert.Equal($"'{File}' must be of the model 'b'; is of 'a'. Compute the log-probabilities again.", error.Message);
        error = await Assert.ThrowsAsync<DataFormatException>(() => ReferenceFile.ReadAsync(File, "a", "u"));
        Assert.Equal($"'{File}' must be of the tokenizer 'u'; is of 't'. Compute the log-probabilities again.", error.Message);
    }

    [Fact]
    public async Task Another_Parquet_file_is_refused()
    {
        await PreferenceWriter.WriteAsync(File, [new PreferencePair("p", "c", "r")]);
        var error = await Assert.ThrowsAsync<DataFormatException>(() => ReferenceFile.ReadAsync(File));
        Assert.Equal($"'{File}' must be a file of reference log-probabilities of version 1; its metadata 'alignment.reference' is ''.", error.Message);
    }

    [Fact]
    public async Task Damage_ends_in_the_one_exception()
    {
        var values = Enumerable.Range(0, 50).ToDictionary(i => SequenceKey.Of([1, i], [2]), i => new[] { -1f * i, -2f });
        await ReferenceFile.WriteAsync(File, new ReferenceLogProbs("model", "tokenizer", values));
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        var random = new Random(4);
        var broken = 0;
        for (var round = 0; round < 300; round++)
        {
            var bytes = (byte[])whole.Clone();
            for (var i = random.Next(1, 4); i > 0; i--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            await System.IO.File.WriteAllBytesAsync(File, round % 5 == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                await ReferenceFile.ReadAsync(File);
            }
            catch (DataFormatException)
            {
                broken++;
            }
        }
        Assert.True(broken > 100, $"Only {broken} of 300 damaged files were refused.");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
