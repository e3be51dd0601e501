namespace Alignment.Generation;

/// <summary>Which tokens end a response.</summary>
internal static class StopTokens
{
    /// <summary>Those that are named; where none is, the tokenizer's end token.</summary>
    public static IReadOnlyCollection<int> Of(IReadOnlyCollection<int> named, ITokenizer? tokenizer) =>
        named.Count > 0 ? named : tokenizer?.EndId is int end ? [end] : [];
}
