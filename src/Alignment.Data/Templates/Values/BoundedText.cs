using System.Text;

namespace Alignment.Data.Templates;

/// <summary>A text in the making, whose length and work count against the limits before any memory is taken.</summary>
internal sealed class BoundedText(Rendering rendering)
{
    private readonly StringBuilder _builder = new();

    public int Length => _builder.Length;

    public BoundedText Append(string text) => Append(text.AsSpan());

    public BoundedText Append(ReadOnlySpan<char> text)
    {
        rendering.ChargeText((long)_builder.Length + text.Length, _builder.Length);
        _builder.Append(text);
        return this;
    }

    public BoundedText Append(char unit, long count = 1)
    {
        if (count <= 0)
            return this;
        rendering.ChargeText(_builder.Length + count, _builder.Length);
        _builder.Append(unit, (int)count);
        return this;
    }

    public override string ToString() => _builder.ToString();
}
