namespace Alignment.Data;

/// <summary>What a tokenizer's file comes to, whichever format it has.</summary>
internal sealed record TokenizerParts
{
    public const int LargestId = (1 << 24) - 1;

    /// <summary>Where it was read from.</summary>
    public required string Path { get; init; }

    /// <summary>Id by token as the file spells it.</summary>
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>Tokens found in the text before all else.</summary>
    public required IReadOnlyList<AddedToken> AddedTokens { get; init; }

    /// <summary>What is done to the text before it is cut.</summary>
    public required Func<string, string> Normalize { get; init; }

    /// <summary>What cuts the text.</summary>
    public required PreTokenizers PreTokenizers { get; init; }

    /// <summary>What encodes the pieces.</summary>
    public required IPieceModel Model { get; init; }

    /// <summary>What turns ids back to text.</summary>
    public required TokenDecoder Decoder { get; init; }

    /// <summary>What the file wants before a text.</summary>
    public IReadOnlyList<int> Before { get; init; } = [];

    /// <summary>What the file wants after a text.</summary>
    public IReadOnlyList<int> After { get; init; } = [];

    /// <summary>The tokens that the file itself names for beginning, end and padding.</summary>
    public TokenizerConfig Config { get; init; } = TokenizerConfig.None;

    /// <summary>Reads a file by its name: tokenizer.model (SentencePiece), or else tokenizer.json.</summary>
    public static TokenizerParts Read(string path, TokenizerConfig config)
        => System.IO.Path.GetExtension(path) == ".model" ? SentencePieceTokenizerFile.Read(path, config) : TokenizerFile.Read(path);

    /// <summary>The id of the token with this text, added tokens aside.</summary>
    public int? IdOf(string text)
    {
        if (PreTokenizers.AsBytes)
            return Vocabulary.TryGetValue(ByteSymbols.Of(text), out var known) ? known : null;
        if (Vocabulary.TryGetValue(text.Replace(' ', SentencePieceNormalizer.Sign), out var id))
            return id;
        return text is [var only] && char.IsAscii(only) && Vocabulary.TryGetValue(ByteTokens.Of((byte)only), out id) ? id : null;
    }
}
