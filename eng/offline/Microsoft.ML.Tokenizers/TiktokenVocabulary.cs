using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Microsoft.ML.Tokenizers;

/// <summary>
/// Tokens by their bytes. A line of the file is "base64 rank", or base64 alone with the line number for a rank; the
/// first may be "Capacity: n". Tokens are kept as strings of one character a byte, so that spans can look them up.
/// </summary>
internal sealed class TiktokenVocabulary
{
    private readonly Dictionary<string, int> _ranks = [];
    private readonly Dictionary<string, int> _texts = [];

    private TiktokenVocabulary(Stream stream)
    {
        const string Capacity = "Capacity: ";
        var reader = new StreamReader(stream);   // not disposed: the stream is the caller's
        var line = reader.ReadLine();
        if (line?.StartsWith(Capacity, StringComparison.Ordinal) is true)
        {
            Parse(line.AsSpan(Capacity.Length));
            line = reader.ReadLine();
        }

        while (line?.Length == 0)
            line = reader.ReadLine();

        var numbered = line is not null && !line.Contains(' ');
        for (var number = 0; line is not null; line = reader.ReadLine(), number++)
        {
            if (line.Length == 0)
                continue;
            var space = line.IndexOf(' ');
            if (numbered)
                Add(Convert.FromBase64String(line), number);
            else if (space > 0 && space < line.Length - 1)
                Add(Convert.FromBase64String(line[..space]), Parse(line.AsSpan(space + 1)));
            else
                throw new FormatException("A line of the vocabulary is not a token and a rank.");
        }

        Ranks = _ranks.GetAlternateLookup<ReadOnlySpan<char>>();
        Texts = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Rank, which is the id, by bytes.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Ranks { get; }

    /// <summary>Id by text, of the tokens whose bytes are whole characters.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Texts { get; }

    /// <summary>Bytes by id.</summary>
    public Dictionary<int, byte[]> Bytes { get; } = [];

    public static TiktokenVocabulary Read(Stream stream)
    {
        try
        {
            return new TiktokenVocabulary(stream);
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"The vocabulary could not be read: {e.Message}", e);
        }
    }

    private static int Parse(ReadOnlySpan<char> number) => int.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture);

    private void Add(byte[] token, int rank)
    {
        _ranks[Encoding.Latin1.GetString(token)] = rank;
        Bytes[rank] = token;
        var text = Encoding.UTF8.GetString(token);
        if (!text.Contains('\uFFFD'))
            _texts[text] = rank;
    }
}
