using System.Globalization;
using System.Text;

namespace Alignment.Data;

/// <summary>Unicode normalization form C (Unicode Standard Annex 15).</summary>
/// <remarks>Of our own, since <see cref="string.Normalize()"/> leaves a text as it is under InvariantGlobalization.</remarks>
internal static class CanonicalComposition
{
    private const char FirstThatComposes = '\u0300';   // a text below it is composed already

    private static readonly Dictionary<int, int[]> Decompositions = [];
    private static readonly Dictionary<(int, int), int> Compositions = [];
    private static readonly Dictionary<int, byte> Classes = [];

    static CanonicalComposition()
    {
        using var stream = typeof(CanonicalComposition).Assembly.GetManifestResourceStream("nfc.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(' ');
            if (fields[0] == "#")
                continue;
            var codes = fields.Skip(1).Select(code => int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            if (fields[0] is not ("=" or ">"))
            {
                for (var code = codes[0]; code <= codes[1]; code++)
                    Classes[code] = byte.Parse(fields[0], CultureInfo.InvariantCulture);
                continue;
            }

            Decompositions[codes[0]] = codes[1..];
            if (fields[0] == "=")
                Compositions[(codes[1], codes[2])] = codes[0];
        }
    }

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange(FirstThatComposes, '\uFFFF'))
            return text;

        var codes = new List<int>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            Decompose(rune.Value, codes);
        SortMarks(codes);
        Compose(codes);

        var composed = new StringBuilder(text.Length);
        foreach (var code in codes)
            composed.Append(new Rune(code));
        return composed.ToString();
    }

    private static void Decompose(int code, List<int> codes)
    {
        if (Hangul.TryDecompose(code, codes))
            return;
        if (!Decompositions.TryGetValue(code, out var parts))
            codes.Add(code);
        else
            foreach (var part in parts)
                Decompose(part, codes);
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
        foreach (var code in codes.ToArray())
        {
            // A mark reaches the starter unless a mark of at least its own class stands between them.
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
