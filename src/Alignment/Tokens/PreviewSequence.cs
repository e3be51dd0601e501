namespace Alignment;

/// <summary>One decoded sequence of a row.</summary>
/// <param name="Name">What it is: chosen, rejected, response, desirable, undesirable or prompt.</param>
/// <param name="Spans">Its parts in order; their texts put together are the whole.</param>
public sealed record PreviewSequence(string Name, IReadOnlyList<PreviewSpan> Spans)
{
    /// <summary>The whole text, prompt included.</summary>
    public string Text => string.Concat(Spans.Select(span => span.Text));

    /// <summary>The text with <c>⟦ ⟧</c> around what is trained.</summary>
    public string Markup => string.Concat(Spans.Select(span => span.IsTrained ? $"⟦{span.Text}⟧" : span.Text));
}
