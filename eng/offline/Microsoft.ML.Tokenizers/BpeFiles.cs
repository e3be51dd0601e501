using System;
using System.Collections.Generic;
using System.IO;

namespace Microsoft.ML.Tokenizers;

/// <summary>The file of merges: one "a b" a line, best first, after an optional #version line.</summary>
internal static class BpeFiles
{
    public static List<string> ReadMerges(Stream stream)
    {
        var merges = new List<string>();
        var reader = new StreamReader(stream);   // not disposed: the stream is the caller's
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line.StartsWith("#version", StringComparison.Ordinal))
                continue;
            if (!IsPair(line))
                throw new InvalidOperationException($"Line {number} of the merges is not two tokens with a space between them.");
            merges.Add(line);
        }

        return merges;
    }

    public static bool IsPair(string merge)
    {
        var space = merge.IndexOf(' ');
        return space >= 0 && space < merge.Length - 1 && merge.IndexOf(' ', space + 1) < 0;
    }
}
