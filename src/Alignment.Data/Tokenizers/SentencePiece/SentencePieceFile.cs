namespace Alignment.Data;

/// <summary>What a tokenizer.model says, checked: SentencePiece's ModelProto of the BPE kind.</summary>
internal sealed class SentencePieceFile
{
    private const int LargestSize = 64 << 20;   // bytes; the largest published file has about 5 MB
    private const int MostPieces = 1 << 20;
    private const int LongestPiece = 1024;
    private const int Unigram = 1;
    private const int Bpe = 2;

    private readonly HashSet<string> _texts = [];

    private SentencePieceFile(string path, ReadOnlySpan<byte> model)
    {
        Path = path;
        var kind = Unigram;
        for (var fields = new ProtoReader(path, model); fields.Read();)
        {
            switch (fields.Field)
            {
                case 1:
                    Add(fields.Message());
                    break;
                case 2:
                    ReadTraining(fields.Message(), ref kind);
                    break;
                case 3:
                    ReadNormalizer(fields.Message());
                    break;
                case 5:
                    ReadDenormalizer(fields.Message());
                    break;
            }
        }

        if (kind != Bpe)
            throw Invalid($"its model_type must be {Bpe} (BPE); was {kind}");
        if (Pieces.Count(piece => piece.Kind == SentencePieceKind.Unknown) != 1)
            throw Invalid("it must have one piece of the unknown kind");
    }

    public string Path { get; }

    /// <summary>By id.</summary>
    public List<SentencePiece> Pieces { get; } = [];

    /// <summary>Whether a character outside the vocabulary becomes its bytes.</summary>
    public bool FallsBackToBytes { get; private set; }

    /// <summary>Whether a space is put before the text.</summary>
    public bool AddsSpace { get; private set; } = true;

    /// <summary>Whether spaces at both ends are dropped, and of several in a row one is left.</summary>
    public bool DropsExtraSpaces { get; private set; } = true;

    /// <summary>The ids of beginning, end and padding; less than 0 where there is none.</summary>
    public (int Begin, int End, int Pad) Named { get; private set; } = (1, 2, -1);

    public static SentencePieceFile Read(string path)
    {
        using var stream = File.OpenRead(path);
        if (stream.Length > LargestSize)
            throw new TokenizerFormatException($"{path}: must be at most {LargestSize >> 20} MiB.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new SentencePieceFile(path, bytes);
    }

    private void Add(ReadOnlySpan<byte> message)
    {
        var (text, score, kind) = ("", 0f, (int)SentencePieceKind.Normal);
        for (var fields = new ProtoReader(Path, message); fields.Read();)
        {
            switch (fields.Field)
            {
                case 1:
                    text = fields.Text();
                    break;
                case 2:
                    score = fields.Float();
                    break;
                case 3:
                    kind = fields.Int();
                    break;
            }
        }

        var piece = new SentencePiece(text, score, (SentencePieceKind)kind);
        if (Pieces.Count == MostPieces)
            throw Invalid($"it must have at most {MostPieces} pieces");
        if (text.Length is 0 or > LongestPiece || !_texts.Add(text))
            throw Invalid($"piece {Pieces.Count} must have a text of 1 to {LongestPiece} characters that no other has; was '{JsonValue.Cut(text)}'");
        if (!float.IsFinite(score))
            throw Invalid($"piece {Pieces.Count} must have a finite score; was {score}");
        if (!Enum.IsDefined(piece.Kind) || piece.Kind == SentencePieceKind.Unused)
            throw Invalid($"piece {Pieces.Count} must be of the kinds 1 to 4 or 6; was {kind}");
        if (piece.Kind == SentencePieceKind.Byte && !ByteTokens.TryRead(text, out _))
            throw Invalid($"piece {Pieces.Count} must be spelled as <0x0A>, since it is a byte; was '{text}'");
        Pieces.Add(piece);
    }

    private void ReadTraining(ReadOnlySpan<byte> message, ref int kind)
    {
        for (var fields = new ProtoReader(Path, message); fields.Read();)
        {
            switch (fields.Field)
            {
                case 3:
                    kind = fields.Int();
                    break;
                case 24 when fields.Flag():
                    throw Invalid("treat_whitespace_as_suffix must be false");
                case 35:
                    FallsBackToBytes = fields.Flag();
                    break;
                case 41:
                    Named = Named with { Begin = fields.Int() };
                    break;
                case 42:
                    Named = Named with { End = fields.Int() };
                    break;
                case 43:
                    Named = Named with { Pad = fields.Int() };
                    break;
            }
        }
    }

    private void ReadNormalizer(ReadOnlySpan<byte> message)
    {
        for (var fields = new ProtoReader(Path, message); fields.Read();)
        {
            switch (fields.Field)
            {
                case 2 when !fields.Message().IsEmpty:
                    throw Invalid("its normalizer must be the identity, without a precompiled_charsmap");
                case 3:
                    AddsSpace = fields.Flag();
                    break;
                case 4:
                    DropsExtraSpaces = fields.Flag();
                    break;
                case 5 when !fields.Flag():
                    throw Invalid("escape_whitespaces must be true");
            }
        }
    }

    private void ReadDenormalizer(ReadOnlySpan<byte> message)
    {
        for (var fields = new ProtoReader(Path, message); fields.Read();)
        {
            if (fields.Field == 2 && !fields.Message().IsEmpty)
                throw Invalid("its denormalizer must be the identity, without a precompiled_charsmap");
        }
    }

    private TokenizerFormatException Invalid(string what) => new($"{Path}: unsupported SentencePiece model: {what}.");
}
