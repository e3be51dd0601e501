namespace Alignment.Data;

/// <summary>The fixed text around a plain prompt, for models whose turns are marked by special tokens.</summary>
/// <param name="Before">What stands before the prompt, for example <c>"&lt;|user|&gt;"</c>. Special tokens in it are parsed.</param>
/// <param name="After">What stands between prompt and response, for example <c>"&lt;|assistant|&gt;"</c>. Special tokens in it are parsed.</param>
public sealed record PromptFormat(string Before, string After)
{
    /// <summary>The prompt as it stands.</summary>
    public static PromptFormat None { get; } = new("", "");
}
