namespace Alignment.Data.Templates;

/// <summary>A template's text under its name, to tell where an error is.</summary>
internal sealed record SourceText(string Name, string Text)
{
    public ChatTemplateException Error(int position, string reason, bool isRaisedByTemplate = false)
    {
        var before = Text.AsSpan(0, Math.Min(position, Text.Length));
        return new ChatTemplateException(Name, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), reason, isRaisedByTemplate);
    }
}
