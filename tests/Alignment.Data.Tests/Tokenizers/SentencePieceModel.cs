using System.Buffers.Binary;

namespace Alignment.Data.Tests;

/// <summary>Writes a tokenizer.model: SentencePiece's ModelProto, field by field.</summary>
internal sealed class SentencePieceModel
{
    public const int Normal = 1, Unknown = 2, Control = 3, UserDefined = 4, Unused = 5, Byte = 6;

    private readonly List<byte> _file = [];

    public SentencePieceModel Piece(string text, float score, int kind)
    {
        var piece = new List<byte>();
        Bytes(piece, 1, System.Text.Encoding.UTF8.GetBytes(text));
        Varint(piece, (2 << 3) | 5);
        var number = new byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(number, score);
        piece.AddRange(number);
        Number(piece, 3, kind);
        Bytes(_file, 1, [.. piece]);
        return this;
    }

    /// <summary>trainer_spec.</summary>
    public SentencePieceModel Training(params (int Field, long Value)[] fields) => Message(2, fields);

    /// <summary>normalizer_spec: 3 add_dummy_prefix, 4 remove_extra_whitespaces.</summary>
    public SentencePieceModel Normalizer(params (int Field, long Value)[] fields) => Message(3, fields);

    public SentencePieceModel Raw(int field, byte[] bytes)
    {
        Bytes(_file, field, bytes);
        return this;
    }

    public byte[] ToArray() => [.. _file];

    public static byte[] Field(int field, byte[] bytes)
    {
        var message = new List<byte>();
        Bytes(message, field, bytes);
        return [.. message];
    }

    private SentencePieceModel Message(int field, (int Field, long Value)[] fields)
    {
        var message = new List<byte>();
        foreach (var (number, value) in fields)
            Number(message, number, value);
        return Raw(field, [.. message]);
    }

    private static void Number(List<byte> to, int field, long value)
    {
        Varint(to, (ulong)field << 3);
        Varint(to, unchecked((ulong)value));
    }

    private static void Bytes(List<byte> to, int field, byte[] bytes)
    {
        Varint(to, ((ulong)field << 3) | 2);
        Varint(to, (ulong)bytes.Length);
        to.AddRange(bytes);
    }

    private static void Varint(List<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            to.Add((byte)(value | 0x80));
        to.Add((byte)value);
    }
}
