using System.Text;

namespace Alignment.Models.Tests;

/// <summary>One Chinese character an id, and a few special tokens with names: text and ids are the same thing to a reader of a test.</summary>
internal sealed class SymbolTokenizer(int vocabularySize, int? endId = null, params (int Id, string Text)[] special) : ITokenizer
{
    private const int First = 0x4E00;

    public int VocabularySize => vocabularySize;

    public int? BeginId => null;

    public int? EndId => endId;

    public int? PadId => null;

    /// <summary>The text of ids that are not special.</summary>
    public static string Text(params int[] ids) => string.Concat(ids.Select(id => (char)(First + id)));

    public IReadOnlyList<int> Encode(string text) => [.. text.Select(letter => letter >= First ? letter - First : letter % 32)];

    public IReadOnlyList<int> EncodeWithSpecialTokens(string text)
    {
        var ids = new List<int>();
        while (text.Length > 0)
        {
            var found = Array.Find(special, token => text.StartsWith(token.Text, StringComparison.Ordinal));
            ids.AddRange(found.Text is null ? Encode(text[..1]) : [found.Id]);
            text = text[(found.Text?.Length ?? 1)..];
        }
        return ids;
    }

    public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false)
    {
        var text = new StringBuilder();
        foreach (var id in ids)
        {
            var found = Array.Find(special, token => token.Id == id);
            if (found.Text is null) text.Append(Text(id));
            else if (!skipSpecialTokens) text.Append(found.Text);
        }
        return text.ToString();
    }

    public int? IdOf(string token) => Array.Find(special, known => known.Text == token) is { Text: not null } found ? found.Id : null;
}
