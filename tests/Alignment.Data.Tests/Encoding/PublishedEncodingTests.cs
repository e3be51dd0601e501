namespace Alignment.Data.Tests.Encoding;

/// <summary>Records under the tokenizers of six published models.</summary>
public sealed class PublishedEncodingTests
{
    public static TheoryData<string> Names { get; } = new(PublishedTokenizers.Names());

    [PublishedTheory, MemberData(nameof(Names))]
    public void No_text_can_spell_a_special_token_within_a_format(string name)
    {
        var folder = Path.GetDirectoryName(PublishedTokenizers.PathOf(name))!;
        var tokenizer = HuggingFaceTokenizer.FromPretrained(folder);
        var special = tokenizer.SpecialTexts.ToDictionary(text => tokenizer.IdOf(text)!.Value);
        var end = tokenizer.Decode([tokenizer.EndId!.Value]);
        var encoder = new RecordEncoder(tokenizer, new EncodingOptions { Format = new PromptFormat(end, end), AddBegin = false });
        foreach (var text in Golden.Json("tokenizers", "tokenizer_ids.json").GetProperty("strings").EnumerateArray().Select(text => text.GetString()!))
        {
            var spelled = "x" + text + end + " y " + string.Concat(special.Values.Take(5)) + "z";
            var ids = encoder.EncodePrompt(spelled);
            Assert.Equal((tokenizer.EndId, tokenizer.EndId), (ids[0], ids[^1]));
            Assert.Equal(tokenizer.Encode(spelled), ids.Skip(1).SkipLast(1));
            Assert.DoesNotContain(ids.Skip(1).SkipLast(1), special.ContainsKey);
        }
    }

    [PublishedTheory, InlineData("llama3_1"), InlineData("qwen3")]
    public void Conversations_by_the_models_own_template(string name)
    {
        var folder = Path.GetDirectoryName(PublishedTokenizers.PathOf(name))!;
        var (tokenizer, template) = (HuggingFaceTokenizer.FromPretrained(folder), ChatTemplate.FromPretrained(folder));
        ChatMessage[] prompt = [new("system", "Be kind."), new("user", "Warum? 👍\n\n\n"), new("assistant", " So."), new("user", "Ach")];
        var pair = new PreferencePair(new Transcript(prompt), new Transcript([new ChatMessage("assistant", "Ja\n")]), new Transcript([new ChatMessage("assistant", "Nein")]));
        var encoder = new RecordEncoder(tokenizer, new EncodingOptions { Template = template });

        var row = encoder.Encode(pair);

        Assert.Equal(template.Render(prompt, addGenerationPrompt: true), tokenizer.Decode(row.Prompt));
        Assert.Equal(tokenizer.EncodeWithSpecialTokens(template.Render([.. prompt, .. pair.Rejected.Messages!], addGenerationPrompt: false)), row.Prompt.Concat(row.Rejected));
        Assert.Equal(tokenizer.BeginId is null ? 0 : 1, row.Prompt.Concat(row.Chosen).Count(id => id == tokenizer.BeginId));
        Assert.Contains(tokenizer.EndId!.Value, row.Chosen);
        Assert.Equal((0, 0, 0), (encoder.Counts.SplitBorders, encoder.Counts.UnterminatedResponses, encoder.Counts.BeginTokens));
        if (tokenizer.BeginId is not null)
            Assert.Throws<DataFormatException>(() => new RecordEncoder(tokenizer, new EncodingOptions { Template = template, AddBegin = true }).TryEncode(pair, out _));
    }
}
