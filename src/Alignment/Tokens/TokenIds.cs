using System.Globalization;
using System.Runtime.CompilerServices;

namespace Alignment;

/// <summary>Checks on lists of token ids.</summary>
internal static class TokenIds
{
    public static IReadOnlyList<int> NotEmpty(IReadOnlyList<int> ids, [CallerArgumentExpression(nameof(ids))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(ids, name);
        if (ids.Count == 0) throw new ArgumentException($"{name} must hold at least one token id.", name);
        for (var i = 0; i < ids.Count; i++)
            if (ids[i] < 0)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} must hold ids of 0 or greater; {name}[{i}] was {ids[i]}."), name);
        return ids;
    }
}
