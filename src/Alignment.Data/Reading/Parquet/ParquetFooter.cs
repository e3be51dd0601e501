using System.Buffers.Binary;
using System.Globalization;

namespace Alignment.Data.Reading;

/// <summary>Checks the end of a Parquet file before the package reads it, which takes every length there at its word.</summary>
internal static class ParquetFooter
{
    // The package turns a schema into fields by one call within another, as deep as there are elements at worst.
    private const int MostElements = 4096;

    private const int Tail = 8;   // the length of the metadata and the magic number

    /// <exception cref="InvalidDataException">The metadata are damaged.</exception>
    public static void Check(Stream file)
    {
        if (file.Length <= Tail) return;   // the package says so itself
        Span<byte> size = stackalloc byte[sizeof(int)];
        file.Seek(-Tail, SeekOrigin.End);
        file.ReadExactly(size);
        var length = BinaryPrimitives.ReadInt32LittleEndian(size);
        if (length < 0 || length > file.Length - Tail)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"its metadata would be {length} bytes of {file.Length}."));
        file.Seek(-Tail - length, SeekOrigin.End);
        var elements = 0;
        void Count(ThriftShape shape, int id, long value) => elements += shape == ParquetShapes.SchemaElement && id == 0 ? 1 : 0;
        new ThriftReader(file, file.Length - Tail, Count).Read(ParquetShapes.FileMetaData);
        if (elements > MostElements)
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"its schema has {elements} elements, more than {MostElements}."));
    }
}
