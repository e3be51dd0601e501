namespace Alignment.Data.Templates;

/// <summary>Finds a template's own system text: what it writes, without a system message, in the place of one.</summary>
internal static class DefaultSystemText
{
    private const string Probe = "\uE000";

    public static string? Find(ChatTemplate template)
    {
        var user = MessageValues.Of("user", "x");
        var without = template.Render([user], addGenerationPrompt: false).Text;
        if (TryRender(template, [MessageValues.Of("system", Probe), user]) is not { } with)
            return null;

        var probe = with.IndexOf(Probe, StringComparison.Ordinal);
        if (probe < 0)
            return null;
        var (before, after) = (with[..probe], with[(probe + Probe.Length)..]);
        return without.Length > before.Length + after.Length
            && without.StartsWith(before, StringComparison.Ordinal)
            && without.EndsWith(after, StringComparison.Ordinal)
                ? without[before.Length..^after.Length]
                : null;
    }

    private static string? TryRender(ChatTemplate template, Value[] messages)
    {
        try
        {
            return template.Render(messages, addGenerationPrompt: false).Text;
        }
        catch (ChatTemplateException)
        {
            return null;
        }
    }
}
