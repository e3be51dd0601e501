namespace SampleData;

/// <summary>samples/data/coding: pairs of C# methods, by the criterion that tells them apart.</summary>
internal static class CodingData
{
    public static async Task WriteAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var draw = new Draw(seed: 334);
        var maker = new CodingPairMaker(draw);
        foreach (var criterion in (string[])["secure", "correct", "robust", "readable"])
        {
            maker.Add(criterion);
        }

        var training = draw.Shuffled(maker.Training);
        var heldOut = draw.Shuffled(maker.HeldOut);
        var tokenizer = new SampleTokenizer(training.SelectMany(pair => (string[])[pair.Prompt, pair.Chosen, pair.Rejected]), size: 1400, ByteLevel.CodeWord);
        TokenizerFiles.Write(tokenizer, folder);
        await ParquetFile.WriteAsync(Path.Combine(folder, "coding-pairs.parquet"), training);
        await ParquetFile.WriteAsync(Path.Combine(folder, "coding-heldout.parquet"), heldOut);
        Report.Write(Console.Out, "coding, training", training, tokenizer);
        Report.Write(Console.Out, "coding, held out", heldOut, tokenizer);
    }
}
