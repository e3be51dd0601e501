using System.Globalization;

namespace Alignment.Data.Templates;

/// <summary>What a filter's <c>attribute</c> names: "a.b", or an index.</summary>
internal sealed class MemberPath
{
    private readonly Value[] _parts;
    private readonly bool _ignoresCase;
    private readonly Value _otherwise;

    public MemberPath(Rendering rendering, Value attribute, bool ignoresCase = false, Value otherwise = default)
    {
        _ignoresCase = ignoresCase;
        _otherwise = otherwise;
        if (attribute.IsMissing || attribute.IsNone)
            _parts = [];
        else if (attribute.IsText)
            _parts = Array.ConvertAll(rendering.Made(attribute.Text).Text.Split('.'), Part);
        else
            _parts = [Value.Of(Require.Integer(rendering, attribute, "An attribute"))];
    }

    /// <summary>The member of <paramref name="value"/>, or the value itself where no attribute was named.</summary>
    public Value Of(Rendering rendering, Value value)
    {
        foreach (var part in _parts)
        {
            rendering.Step();
            value = Subscript.Of(rendering, value, part);
            if (value.IsUndefined && !_otherwise.IsMissing)
                value = _otherwise;
        }

        return _ignoresCase && value.IsText ? rendering.Made(PythonText.Lower(value.Text)) : value;
    }

    private static Value Part(string part)
        => long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? Value.Of(index) : Value.Of(part);
}
