namespace Alignment.Data.Reading;

/// <summary>A column <c>text</c>, as prompts.</summary>
internal sealed class PlainText : Shape<Transcript>
{
    public override string Name => "texts";

    public override Binding<Transcript>? Bind(ColumnBinder columns) =>
        columns.Find(ColumnNames.Text, ColumnKind.Text) is not { } column ? null : new Binding<Transcript>(row => row.Text(column));
}
