using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Alignment.Data.Reports;

/// <summary>128 bits that stand for a text, the same for texts that differ only in letter case and white space.</summary>
/// <remarks>The first half of SHA-256, so that rows made to collide can't hide behind one another. Not safe to use from several threads.</remarks>
internal sealed class TextHasher
{
    // No text holds a U+0000 that a message boundary could be taken for: what separates is written after white space was folded.
    private const char AfterRole = '\u0001';
    private const char AfterContent = '\u0002';

    private char[] _buffer = new char[4096];
    private int _count;

    public UInt128 Of(Transcript transcript)
    {
        _count = 0;
        if (transcript.Text is { } text) Append(text);
        else if (transcript.Messages is [var only]) Append(only.Content);   // one message is what plain text would be
        else
        {
            foreach (var message in transcript.Messages!)
            {
                Append(message.Role);
                Put(AfterRole);
                Append(message.Content);
                Put(AfterContent);
            }
        }
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(_buffer.AsSpan(0, _count)), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    private void Append(string text)
    {
        Reserve(text.Length + 1);
        var start = _count;
        var gap = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                gap = true;
                continue;
            }
            if (gap && _count > start) _buffer[_count++] = ' ';
            gap = false;
            _buffer[_count++] = char.IsAscii(c) ? (char)(c is >= 'A' and <= 'Z' ? c | 0x20 : c) : char.ToLowerInvariant(c);
        }
    }

    private void Put(char separator)
    {
        Reserve(1);
        _buffer[_count++] = separator;
    }

    private void Reserve(int more)
    {
        if (_count + more > _buffer.Length) Array.Resize(ref _buffer, Math.Max(2 * _buffer.Length, _count + more));
    }
}
