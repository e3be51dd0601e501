using System.Buffers;
using System.Globalization;
using System.Text;

namespace Alignment.Data;

/// <summary>Unicode's normalization forms (Unicode Standard Annex 15).</summary>
/// <remarks>Of our own, since <see cref="string.Normalize()"/> leaves a text as it is under InvariantGlobalization.</remarks>
internal static class UnicodeNormalization
{
    private static readonly Dictionary<int, int[]> Decompositions = [];
    private static readonly Dictionary<int, int[]> CompatibilityDecompositions = [];
    private static readonly Dictionary<(int, int), int> Compositions = [];
    private static readonly Dictionary<int, byte> Classes = [];
    private static readonly SearchValues<char> MayChangeWhenComposed;

    static UnicodeNormalization()
    {
        using var stream = typeof(UnicodeNormalization).Assembly.GetManifestResourceStream("normalization.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                Add(line.Split(' '));
        }

        // Marks, what composes with the character before it, what only decomposes, and all beyond the first plane.
        var changing = Classes.Keys.Concat(Compositions.Keys.Select(pair => pair.Item2))
            .Concat(Decompositions.Keys.Except(Compositions.Values)).Where(code => code < 0xD800 || code is >= 0xE000 and <= 0xFFFF);
        MayChangeWhenComposed = SearchValues.Create(
            [.. changing.Select(code => (char)code), .. Units(Hangul.FirstVowel, Hangul.LastTrailing), .. Units(0xD800, 0xDFFF)]);
    }

    public static string FormC(string text)
        => text.AsSpan().ContainsAny(MayChangeWhenComposed) ? Normalize(text, compatible: false, compose: true) : text;

    public static string FormD(string text) => Normalize(text, compatible: false, compose: false);

    public static string FormKC(string text) => Normalize(text, compatible: true, compose: true);

    public static string FormKD(string text) => Normalize(text, compatible: true, compose: false);

    private static IEnumerable<char> Units(int first, int last) => Enumerable.Range(first, last - first + 1).Select(unit => (char)unit);

    private static void Add(string[] fields)
    {
        var codes = fields.Skip(1).Select(code => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
        switch (fields[0])
        {
            case "~":
                CompatibilityDecompositions[codes[0]] = codes[1..];
                break;
            case "=":
                Compositions[(codes[1], codes[2])] = codes[0];
                Decompositions[codes[0]] = codes[1..];
                break;
            case ">":
                Decompositions[codes[0]] = codes[1..];
                break;
            default:
                for (var code = codes[0]; code <= codes[1]; code++)
                    Classes[code] = byte.Parse(fields[0], CultureInfo.InvariantCulture);
                break;
        }
    }

    private static string Normalize(string text, bool compatible, bool compose)
    {
        if (Ascii.IsValid(text))
            return text;

        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, compatible, codes);
        SortMarks(codes);
        if (compose)
            Compose(codes);

        var normalized = new StringBuilder(text.Length);
        foreach (var code in codes)
            normalized.Append(new Rune(code));
        return normalized.ToString();
    }

    private static void Decompose(int code, bool compatible, List<int> codes)
    {
        if (Hangul.TryDecompose(code, codes))
            return;
        if (Decompositions.TryGetValue(code, out var parts) || (compatible && CompatibilityDecompositions.TryGetValue(code, out parts)))
            foreach (var part in parts)
                Decompose(part, compatible, codes);
        else
            codes.Add(code);
    }

    // Marks after a base are ordered by class; those of one class keep their order.
    private static void SortMarks(List<int> codes)
    {
        for (int start = 0, end; start < codes.Count; start = end + 1)
        {
            for (end = start; end < codes.Count && ClassOf(codes[end]) > 0; end++)
            {
            }

            if (end - start > 1)
            {
                var sorted = codes[start..end].OrderBy(ClassOf).ToArray();
                for (var i = 0; i < sorted.Length; i++)
                    codes[start + i] = sorted[i];
            }
        }
    }

    private static void Compose(List<int> codes)
    {
        var count = 0;        // composed so far
        var starter = -1;     // the last character of class 0 among them
        for (var i = 0; i < codes.Count; i++)
        {
            // A mark reaches the starter unless a mark of at least its own class stands between them.
            var code = codes[i];
            var lastClass = count == 0 || starter == count - 1 ? -1 : ClassOf(codes[count - 1]);
            var codeClass = ClassOf(code);
            if (starter >= 0 && lastClass < codeClass && Composite(codes[starter], code) is { } composite)
            {
                codes[starter] = composite;
                continue;
            }

            if (codeClass == 0)
                starter = count;
            codes[count++] = code;
        }

        codes.RemoveRange(count, codes.Count - count);
    }

    private static int? Composite(int first, int second)
        => Hangul.Compose(first, second) ?? (Compositions.TryGetValue((first, second), out var composite) ? composite : null);

    private static int ClassOf(int code) => Classes.GetValueOrDefault(code);
}
