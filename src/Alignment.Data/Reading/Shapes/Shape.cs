namespace Alignment.Data.Reading;

/// <summary>A way in which data sets lay out rows. It recognises itself in the columns of a file, and takes rows apart.</summary>
/// <typeparam name="TParts">What a row is taken apart into.</typeparam>
internal abstract class Shape<TParts>
{
    /// <summary>The shape in words, for reports.</summary>
    public abstract string Name { get; }

    /// <summary>Takes the columns it needs; null where the file lacks one.</summary>
    public abstract Binding<TParts>? Bind(ColumnBinder columns);
}

/// <summary>A shape with the columns of one file.</summary>
/// <param name="Read">Takes a row apart, or ends in a <see cref="RowException"/>.</param>
internal sealed record Binding<TParts>(Func<Row, TParts> Read)
{
    /// <summary>Where columns alone can't tell shapes apart: whether the file's first row is of this one.</summary>
    public Func<Row, bool>? Recognizes { get; init; }
}
