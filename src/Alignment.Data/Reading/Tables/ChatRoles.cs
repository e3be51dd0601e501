namespace Alignment.Data.Reading;

/// <summary>The names of roles that data sets use, and those that chat templates know.</summary>
internal static class ChatRoles
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";
    public const string Tool = "tool";

    /// <summary>The template's name of a role, one string for all rows; null for a role that is not known. ShareGPT says human and gpt.</summary>
    public static string? Find(ReadOnlySpan<char> role) => role switch
    {
        User or "human" => User,
        Assistant or "gpt" or "chatgpt" or "model" => Assistant,
        System => System,
        Tool or "observation" or "function_response" => Tool,
        _ => null,
    };
}
