namespace Alignment.Data.Reading;

/// <summary>A column of prompts, text or messages.</summary>
internal sealed class PromptAlone : Shape<Transcript>
{
    public override string Name => "prompts";

    public override Binding<Transcript>? Bind(ColumnBinder columns) =>
        PromptColumns.Bind(columns) is not { } prompt ? null : new Binding<Transcript>(row => OpenConversation.Require(prompt.Read(row)));
}
