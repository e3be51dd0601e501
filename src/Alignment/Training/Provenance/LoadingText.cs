namespace Alignment.Training;

/// <summary>How the model of a card is loaded, in C# and in Python.</summary>
internal static class LoadingText
{
    public static SavedModelKind KindOf(string folder)
    {
        if (File.Exists(Path.Combine(folder, "adapter_config.json"))) return SavedModelKind.Adapter;
        var config = Path.Combine(folder, "config.json");
        return File.Exists(config) && File.ReadAllText(config).Contains("ForSequenceClassification\"", StringComparison.Ordinal)
            ? SavedModelKind.RewardModel
            : SavedModelKind.LanguageModel;
    }

    /// <param name="saved">What the folder holds.</param>
    /// <param name="title">The card's heading, from which the folder is named in the examples.</param>
    /// <param name="baseModel">What an adapter belongs to.</param>
    public static string Of(SavedModelKind saved, string title, string baseModel)
    {
        var folder = new string([.. title.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')]);
        var (dotnet, python) = saved switch
        {
            SavedModelKind.Adapter => (
                $"using var model = PretrainedModel.Load(\"{baseModel}\");\nmodel.Adapters.Load(\"default\", \"{folder}\", isTrainable: false);",
                Python("peft", "AutoPeftModelForCausalLM")),
            SavedModelKind.RewardModel => (
                $"using var model = PretrainedModel.LoadRewardModel(\"{folder}\");", Python("transformers", "AutoModelForSequenceClassification")),
            _ => ($"using var model = PretrainedModel.Load(\"{folder}\");", Python("transformers", "AutoModelForCausalLM")),
        };
        return $"\n## Loading\n\n```csharp\nusing Alignment.Models;\n\n{dotnet}\n```\n\n```python\n{python}\n```\n";

        string Python(string package, string type) => $"from {package} import {type}\n\nmodel = {type}.from_pretrained(\"{folder}\")";
    }
}
