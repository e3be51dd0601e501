namespace Alignment.Data.Reading;

/// <summary>What the header of a page says.</summary>
internal sealed class ParquetPage
{
    private const int Data = 0, Dictionary = 2, DataV2 = 3;   // kinds; an index is never in a column's pages

    private readonly Dictionary<(ThriftShape, int), long> _numbers = [];

    /// <summary>Reads a header and leaves the file where the page's bytes begin.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public ParquetPage(Stream file) => new ThriftReader(file, file.Length, (shape, id, value) => _numbers[(shape, id)] = value).Read(ParquetShapes.Page);

    /// <summary>Bytes of the page when they are decompressed.</summary>
    public long PlainSize => Number(ParquetShapes.Page, 2);

    /// <summary>Bytes of the page in the file.</summary>
    public long Size => Number(ParquetShapes.Page, 3);

    /// <summary>Values of a page of data, nulls among them; null for other pages.</summary>
    public long? Values => Kind switch { Data => Number(ParquetShapes.DataPage, 1), DataV2 => Number(ParquetShapes.DataPageV2, 1), _ => null };

    /// <summary>Entries of a dictionary; null for other pages.</summary>
    public long? Entries => Kind == Dictionary ? Number(ParquetShapes.DictionaryPage, 1) : null;

    /// <summary>Bytes of levels, which in a page of the second version lie before what is compressed.</summary>
    public long LevelSize => Kind == DataV2 ? Number(ParquetShapes.DataPageV2, 5) + Number(ParquetShapes.DataPageV2, 6) : 0;

    private long Kind => Number(ParquetShapes.Page, 1);

    private long Number(ThriftShape shape, int id) =>
        _numbers.TryGetValue((shape, id), out var value) ? value : throw new InvalidDataException($"a page lacks field {id} of its {shape.Name}.");
}
