using System;

namespace Parquet.Columns;

/// <summary>Bytes as they are.</summary>
internal sealed class Blobs : ByteArrays<ReadOnlyMemory<byte>>
{
    protected override ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes) => bytes.ToArray();

    protected override int Size(ReadOnlyMemory<byte> value) => value.Length;

    protected override void Write(ReadOnlyMemory<byte> value, Span<byte> target) => value.Span.CopyTo(target);
}
