using Alignment.Tests.Common;

namespace Alignment.Data.Tests;

/// <summary>Ids that transformers gave for rows of the recorded runs.</summary>
public class HuggingFaceTokenizerGoldenTests
{
    private readonly HuggingFaceTokenizer _tokenizer = HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));

    public static TheoryData<int, string, string> Rows { get; } = new()
    {
        { 0, "prompt_ids", "Describe the orchard briefly." },
        { 0, "chosen_ids", "It keeps things simple and useful. You will find it near the door.</s>" },
        { 0, "rejected_ids", "Ask someone else then! zzz zzz zzz</s>" },
        { 1, "prompt_ids", "Where would I find stone?" },
        { 2, "chosen_ids", "Old books mention it often, and with care. It is quiet, sturdy and easy to trust.</s>" },
        { 3, "prompt_ids", "Why do people like the harbour?" },
        { 3, "rejected_ids", "It is what it is, is what it is, is what it is.</s>" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void Rows_of_a_run_have_the_recorded_ids(int row, string key, string text)
    {
        var ids = Ids("dpo", row, key);
        var isResponse = text.EndsWith("</s>", StringComparison.Ordinal);
        // Prompt and response were one text for the tokenizer: the response begins with the space between them.
        var given = isResponse ? " " + text : text;
        Assert.Contains(ids, new[] { _tokenizer.EncodeWithSpecialTokens(text), _tokenizer.EncodeWithSpecialTokens(given) });
        Assert.Equal(text, _tokenizer.Decode(ids).TrimStart(' '));
        Assert.Equal(text.Replace("</s>", "", StringComparison.Ordinal), _tokenizer.Decode(ids, skipSpecialTokens: true).TrimStart(' '));
    }

    [Fact]
    public void A_rendered_conversation_has_the_recorded_ids()
    {
        const string Text = "<|system|>Be kind.</s><|user|>Describe the orchard briefly.</s><|assistant|>";
        Assert.Equal(Ids("dpo_conversational", 0, "prompt_ids"), _tokenizer.EncodeWithSpecialTokens(Text));
        Assert.DoesNotContain(_tokenizer.Encode(Text), id => id <= 5);
        Assert.Equal(Text, _tokenizer.Decode(_tokenizer.Encode(Text)));
    }

    [Fact]
    public void The_files_name_beginning_end_and_padding()
    {
        Assert.Equal((304, 1, 2, 0), (_tokenizer.VocabularySize, _tokenizer.BeginId, _tokenizer.EndId, _tokenizer.PadId));
        Assert.Equal(3, _tokenizer.IdOf("<|user|>"));
        Assert.Equal(226, _tokenizer.IdOf(" "));
    }

    [Fact]
    public void Every_recorded_string_comes_back()
    {
        foreach (var text in Golden.Json("tokenizers", "tokenizer_ids.json").GetProperty("strings").EnumerateArray().Select(text => text.GetString()!))
        {
            Assert.Equal(text, _tokenizer.Decode(_tokenizer.Encode(text)));
            Assert.Equal(text, _tokenizer.Decode(_tokenizer.EncodeWithSpecialTokens(text)));
        }
    }

    private static int[] Ids(string run, int row, string key)
        => [.. Golden.Json("runs", run, "run.json").GetProperty("first_rows")[row].GetProperty(key).EnumerateArray().Select(id => id.GetInt32())];
}
