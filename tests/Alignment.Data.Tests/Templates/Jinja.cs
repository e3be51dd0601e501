using System.Text.Json.Nodes;

namespace Alignment.Data.Tests.Templates;

/// <summary>Short ways to render in tests.</summary>
internal static class Jinja
{
    public static readonly ChatMessage[] Hello = [new("user", "Hello")];

    /// <summary>Renders with variables given as one JSON object.</summary>
    public static string Render(string template, string variables = "{}", ChatTemplateLimits? limits = null)
        => ChatTemplate.Parse(template, Options(variables, limits), "t").Render(Hello, addGenerationPrompt: false);

    /// <summary>The error of a template that must fail, as "line:column reason".</summary>
    public static string Error(string template, string variables = "{}", ChatTemplateLimits? limits = null)
    {
        var error = Assert.Throws<ChatTemplateException>(() => Render(template, variables, limits));
        Assert.Equal($"t, line {error.Line}, column {error.Column}: {error.Reason}", error.Message);
        return $"{error.Line}:{error.Column} {error.Reason}";
    }

    public static ChatTemplateOptions Options(string variables, ChatTemplateLimits? limits = null) => new()
    {
        Variables = JsonNode.Parse(variables)!.AsObject().ToDictionary(entry => entry.Key, entry => entry.Value?.DeepClone()),
        Limits = limits ?? ChatTemplateLimits.Default,
    };
}
