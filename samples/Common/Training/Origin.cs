using System.Text.Json.Nodes;
using Alignment.Data;
using Alignment.Models;
using Spectre.Console;
using static TorchSharp.torch;

namespace Alignment.Samples;

/// <summary>Where training starts: the folder of a model, or samples/data, which holds all of a small Llama but its weights.</summary>
internal sealed class Origin
{
    private const int ShownCharacters = 300;

    private readonly TrainingSettings _settings;
    private readonly DecoderConfig _config;

    private Origin(TrainingSettings settings, string folder)
    {
        (_settings, Folder) = (settings, folder);
        _config = DecoderConfig.Load(Path.Combine(folder, "config.json"));
        Tokenizer = HuggingFaceTokenizer.FromPretrained(folder);
        Encoder = new RecordEncoder(Tokenizer, new EncodingOptions
        {
            Template = Template(),
            MaxLength = Math.Min(settings.MaxLength ?? int.MaxValue, _config.MaxPositions),
        });
    }

    public string Folder { get; }

    /// <summary>Whether the model is a new one, which knows nothing.</summary>
    public bool IsNew => _settings.Model is null;

    public ITokenizer Tokenizer { get; }

    /// <summary>Writes rows by the model's chat template, as tokens.</summary>
    public RecordEncoder Encoder { get; }

    private ScalarType Type => _settings.Bf16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Finds the model that the command line names; one that is no folder is downloaded from the Hub.</summary>
    public static async Task<Origin> FindAsync(TrainingSettings settings, CancellationToken stop)
    {
        if (settings.Model is null) return new Origin(settings, settings.DefaultData.Folder);
        if (Directory.Exists(settings.Model)) return new Origin(settings, settings.Model);
        using var hub = new ModelHub();
        return await AnsiConsole.Status().StartAsync($"Downloading {settings.Model}", async shown =>
        {
            var progress = new Progress<DownloadProgress>(now =>
                shown.Status($"Downloading {settings.Model}: {now.TotalBytes / 1e6:N0} of {now.Total / 1e6:N0} MB"));
            return new Origin(settings, await hub.DownloadAsync(settings.Model, progress: progress, cancellationToken: stop));
        });
    }

    public DecoderModel LoadModel() => IsNew ? DecoderModel.FromScratch(_config with { DataType = Type }, _settings.Seed) : PretrainedModel.Load(Folder, Type);

    /// <summary>Loads a reward model, or puts a new head on a language model.</summary>
    public DecoderRewardModel LoadRewardModel()
    {
        try
        {
            if (!IsNew) return PretrainedModel.LoadRewardModel(Folder, Type);
        }
        catch (UnsupportedModelException)
        {
            // A language model.
        }
        return DecoderRewardModel.FromLanguageModel(LoadModel(), _settings.Seed);
    }

    /// <summary>Tells what a run is about to do.</summary>
    /// <exception cref="DataFormatException">No row is left.</exception>
    public void Introduce(nn.Module model, int training, int heldOut)
    {
        var (data, counts) = (Dataset.TrainingPath(_settings), Encoder.Counts);
        if (training == 0 || heldOut == 0)
            throw new DataFormatException($"{data} must leave rows to learn from and to measure with; leaves {training} and {heldOut} ({counts}).");
        Screen.Line($"{_settings.Model ?? "A small Llama from scratch"}: {model.Parameters() / 1e6:N1} M parameters");
        Screen.Line($"{_settings.Data ?? Path.GetFileName(data)}: {training:N0} rows to learn from, {heldOut:N0} held out");
        if (counts.Dropped > 0) Screen.Line($"Some rows can't be used: {counts}");
    }

    /// <summary>The text of some tokens for a person to read, its end where it is long.</summary>
    public string Text(IReadOnlyList<int> ids)
    {
        var text = Tokenizer.Decode(ids, skipSpecialTokens: true).Trim();
        return text.Length <= ShownCharacters ? text : $"...{text[^ShownCharacters..]}";
    }

    // A model without a template of its own learns that of samples/data, <|user|>...<|assistant|>..., with its own end token.
    private ChatTemplate Template()
    {
        try
        {
            return ChatTemplate.FromPretrained(Folder);
        }
        catch (FileNotFoundException)
        {
            var end = Tokenizer.EndId is { } id ? Tokenizer.Decode([id]) : "";
            var variables = new Dictionary<string, JsonNode?> { ["eos_token"] = end };
            return ChatTemplate.FromPretrained(_settings.DefaultData.Folder).With(new ChatTemplateOptions { Variables = variables });
        }
    }
}
