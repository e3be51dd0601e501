namespace Alignment;

/// <summary>Decodes all ids again each time, for tokenizers without a way of their own.</summary>
internal sealed class RepeatedDecoder(ITokenizer tokenizer, bool skipSpecialTokens) : IncrementalDecoder
{
    private readonly List<int> _ids = [];
    private int _given;   // characters

    public override string Append(int id)
    {
        _ids.Add(id);
        // What reads as U+FFFD now may become a character.
        return Next(tokenizer.Decode(_ids, skipSpecialTokens).TrimEnd('\uFFFD'));
    }

    public override string Finish()
    {
        var rest = Next(tokenizer.Decode(_ids, skipSpecialTokens));
        _ids.Clear();
        _given = 0;
        return rest;
    }

    private string Next(string text)
    {
        if (text.Length <= _given)
            return "";
        var next = text[_given..];
        _given = text.Length;
        return next;
    }
}
