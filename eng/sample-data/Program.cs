using SampleData;

// dotnet run --project eng/sample-data [folder]
var folder = args is [var named] ? named : Path.Combine("samples", "data");
Directory.CreateDirectory(folder);

var draw = new Draw(seed: 119);
var maker = new PairMaker(draw);
maker.Add("ko");
maker.Add("en");
var training = draw.Shuffled(maker.Training);
var heldOut = draw.Shuffled(maker.HeldOut);

// The tokenizer, too, learns from the training rows alone.
var tokenizer = new SampleTokenizer(training.SelectMany(pair => (string[])[pair.Prompt, pair.Chosen, pair.Rejected]), size: 2000);
TokenizerFiles.Write(tokenizer, folder);
await ParquetFile.WriteAsync(Path.Combine(folder, "emergency-pairs.parquet"), training);
await ParquetFile.WriteAsync(Path.Combine(folder, "emergency-heldout.parquet"), heldOut);

Report.Write(Console.Out, "training", training, tokenizer);
Report.Write(Console.Out, "held out", heldOut, tokenizer);

await CodingData.WriteAsync(Path.Combine(folder, "coding"));
