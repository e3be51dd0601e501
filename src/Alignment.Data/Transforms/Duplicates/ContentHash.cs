using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Alignment.Data.Transforms;

/// <summary>128 bits of SHA-256 over what a prompt or a record says: the same on every platform and in every version.</summary>
/// <remarks>
/// Every text goes in as its length in bytes (32 bits, little-endian) and its UTF-8, so that no two lists of texts have the same bytes.
/// tests/Alignment.Data.Tests/Transforms/ContentHashTests.cs holds values from Python's hashlib: changing them would move rows between
/// the splits of everybody's data.
/// </remarks>
internal static class ContentHash
{
    /// <summary>
    /// The hash of a prompt, the same for prompts that differ only in Unicode's composition or in white space. Plain text counts as one
    /// user message.
    /// </summary>
    public static UInt128 OfPrompt(Transcript prompt, string salt)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Add(bytes, salt);
        if (prompt.IsConversational)
        {
            foreach (var message in prompt.Messages) Add(bytes, message.Role, NormalizedText.Of(message.Content));
        }
        else
        {
            Add(bytes, "user", NormalizedText.Of(prompt.Text));
        }
        return Hash(bytes);
    }

    /// <summary>The hash of everything that a record says, letter for letter: its transcripts, label or rating, but not its weight, id or source.</summary>
    /// <exception cref="ArgumentException">The record is of a kind that is not known here.</exception>
    public static UInt128 OfRecord(IPromptRecord record)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var part in RecordTexts.Of(record)) Add(bytes, part);
        switch (record)
        {
            case UnpairedResponse response:
                Add(bytes, response.IsDesirable ? "desirable" : "undesirable");
                break;
            case RatedResponse response:
                Add(bytes, response.Rating.ToString("R", CultureInfo.InvariantCulture));
                break;
        }
        return Hash(bytes);
    }

    private static void Add(ArrayBufferWriter<byte> bytes, Transcript transcript)
    {
        if (!transcript.IsConversational)
        {
            Add(bytes, "text", transcript.Text);
            return;
        }
        Add(bytes, "messages");
        BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), transcript.Messages.Count);
        bytes.Advance(sizeof(int));
        foreach (var message in transcript.Messages) Add(bytes, message.Role, message.Content);
    }

    private static void Add(ArrayBufferWriter<byte> bytes, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
            bytes.Advance(sizeof(int));
            Encoding.UTF8.GetBytes(text, bytes);
        }
    }

    private static UInt128 Hash(ArrayBufferWriter<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.WrittenSpan, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
