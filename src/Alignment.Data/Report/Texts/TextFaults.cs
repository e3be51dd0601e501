using System.Buffers;

namespace Alignment.Data.Reports;

/// <summary>Traces that a text leaves when it was decoded, scraped or split wrongly.</summary>
internal static class TextFaults
{
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, 0xA0).Select(i => (char)i).Where(c => char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\u0085'))]);

    // UTF-8 read as Windows-1252: a lead byte and the first continuation bytes of quotes, dashes, accents.
    private static readonly SearchValues<string> Mojibake = SearchValues.Create(
        ["â€™", "â€œ", "â€\u009d", "â€“", "â€”", "â€¦", "Ã©", "Ã¨", "Ã¼", "Ã¶", "Ã¤", "Ã±", "Ã§", "Â\u00A0", "ì\u009d", "ë‹", "í•"], StringComparison.Ordinal);

    private static readonly SearchValues<string> Markup = SearchValues.Create(
        ["<br>", "<br/>", "<br />", "</p>", "</div>", "</span>", "</a>", "</li>", "&nbsp;", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;", "&#x27;"],
            StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> SpecialTokens = SearchValues.Create(
        ["<|im_start|>", "<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "<|begin_of_text|>", "<|end_of_text|>", "<|user|>",
            "<|assistant|>", "<|system|>",
         "<start_of_turn>", "<end_of_turn>", "</s>", "<s>", "<bos>", "<eos>", "<pad>", "[INST]", "[/INST]", "<<SYS>>", "<|channel|>", "<|message|>"],
             StringComparison.Ordinal);

    private static readonly SearchValues<string> Turns = SearchValues.Create(
        ["\n\nHuman:", "\n\nAssistant:", "\nHuman: ", "\nUser: ", "\n### Instruction", "\n### Response", "\n### Human", "\n### Assistant", "\nUSER: ",
            "\nASSISTANT: "], StringComparison.Ordinal);

    /// <summary>Control characters other than tab and line ends.</summary>
    public static bool HasControls(string text) => text.AsSpan().ContainsAny(Controls);

    /// <summary>U+FFFD, which stands where bytes were no character.</summary>
    public static bool HasReplacement(string text) => text.Contains('\uFFFD', StringComparison.Ordinal);

    /// <summary>UTF-8 that was read as Windows-1252.</summary>
    public static bool HasMojibake(string text) => text.AsSpan().ContainsAny(Mojibake);

    /// <summary>Leftovers of HTML.</summary>
    public static bool HasMarkup(string text) => text.AsSpan().ContainsAny(Markup);

    /// <summary>Special tokens of a chat template, spelled out.</summary>
    public static bool HasSpecialTokens(string text) => text.AsSpan().ContainsAny(SpecialTokens);

    /// <summary>Marks of further turns inside what should be one.</summary>
    public static bool HasTurns(string text) => text.AsSpan().ContainsAny(Turns);

    /// <summary>Half of a surrogate pair, which no UTF-8 can carry.</summary>
    public static bool HasLoneSurrogate(string text)
    {
        var rest = text.AsSpan();
        for (int i; (i = rest.IndexOfAnyInRange('\uD800', '\uDFFF')) >= 0; rest = rest[(i + 2)..])
            if (!char.IsHighSurrogate(rest[i]) || i + 1 == rest.Length || !char.IsLowSurrogate(rest[i + 1])) return true;
        return false;
    }
}
