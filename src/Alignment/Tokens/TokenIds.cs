using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Alignment;

/// <summary>Checks on lists of token ids, and a fast way through them.</summary>
internal static class TokenIds
{
    public static IReadOnlyList<int> NotEmpty(IReadOnlyList<int> ids, [CallerArgumentExpression(nameof(ids))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(ids, name);
        if (ids.Count == 0) throw new ArgumentException($"{name} must hold at least one token id.", name);
        var span = Span(ids);
        for (var i = 0; i < span.Length; i++)
            if (span[i] < 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} must hold ids of 0 or greater; {name}[{i}] was {span[i]}."), name);
        return ids;
    }

    /// <summary>The ids one after another: no copy for an array or a list, a copy for anything else.</summary>
    public static ReadOnlySpan<int> Span(IReadOnlyList<int> ids) => ids switch
    {
        int[] array => array,
        List<int> list => CollectionsMarshal.AsSpan(list),
        _ => ids.ToArray(),
    };
}
