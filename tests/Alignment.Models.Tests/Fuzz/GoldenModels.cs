namespace Alignment.Models.Tests;

/// <summary>The recorded model folders, of which every one must load.</summary>
internal static class GoldenModels
{
    public const string RewardModel = "llama_reward";

    public static string[] Names { get; } = [.. ModelRecord.Names, RewardModel];

    /// <summary>Loads a language model or a reward model, as the folder's name says, to be disposed.</summary>
    public static TorchSharp.torch.nn.Module Load(string name, string folder) =>
        name == RewardModel ? PretrainedModel.LoadRewardModel(folder) : PretrainedModel.Load(folder);

    /// <summary>The text of each config.json, as transformers 5 and as transformers 4 write it.</summary>
    public static List<string> Configs() =>
        [.. Names.SelectMany(name => (string[])["config.json", "config_v4.json"], (name, file) => File.ReadAllText(Path.Combine(ModelRecord.FolderOf(name), file)))];
}
