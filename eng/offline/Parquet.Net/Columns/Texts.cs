using System;

namespace Parquet.Columns;

/// <summary>UTF-8 text. Each value is a string of its own, which readers of strings get without another copy.</summary>
internal sealed class Texts : ByteArrays<ReadOnlyMemory<char>>
{
    protected override ReadOnlyMemory<char> Copy(ReadOnlySpan<byte> bytes) => System.Text.Encoding.UTF8.GetString(bytes).AsMemory();

    protected override int Size(ReadOnlyMemory<char> value) => System.Text.Encoding.UTF8.GetByteCount(value.Span);

    protected override void Write(ReadOnlyMemory<char> value, Span<byte> target) =>
        System.Text.Encoding.UTF8.GetBytes(value.Span, target);
}
