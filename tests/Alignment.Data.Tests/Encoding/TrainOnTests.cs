using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alignment.Data.Tests.Encoding;

/// <summary>What of demonstrations is learnt.</summary>
public sealed class TrainOnTests
{
    private static readonly HuggingFaceTokenizer Tokenizer = HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));
    private static readonly ChatTemplate Template = ChatTemplate.FromPretrained(Golden.Path("models", "llama"));

    private static readonly Demonstration TwoTurns = new(
        new Transcript([new("system", "Be kind."), new("user", "Hi"), new("assistant", "Hello."), new("user", "Why?")]),
        new Transcript([new ChatMessage("assistant", "So.")]));

    [Theory]
    [InlineData(TrainOn.Response, "<|system|>Be kind.</s><|user|>Hi</s><|assistant|>Hello.</s><|user|>Why?</s><|assistant|>", "So.</s>")]
    [InlineData(TrainOn.AssistantMessages, "<|system|>Be kind.</s><|user|>Hi</s><|assistant|>", "Hello.</s>|So.</s>")]
    [InlineData(TrainOn.Everything, "<|system|>", "Be kind.</s><|user|>Hi</s><|assistant|>Hello.</s><|user|>Why?</s><|assistant|>So.</s>")]
    public void Each_setting_learns_its_part(TrainOn trainOn, string prompt, string trained)
    {
        var encoder = Encoder(trainOn);
        var example = encoder.Encode(TwoTurns);

        Assert.Equal(prompt, Tokenizer.Decode(example.Prompt));
        Assert.Equal(trained.Split('|', trainOn == TrainOn.AssistantMessages ? 9 : 1), Trained(example));
        Assert.Equal(
            Tokenizer.EncodeWithSpecialTokens("<|system|>Be kind.</s><|user|>Hi</s><|assistant|>Hello.</s><|user|>Why?</s><|assistant|>So.</s>"),
            example.Prompt.Concat(example.Response));
        Assert.Equal(example.TrainedTokenCount, encoder.Counts.TrainedTokens);
        Assert.Equal(example.Response.Count, encoder.Counts.ResponseTokens);
        Assert.Equal(trainOn == TrainOn.AssistantMessages, example.Mask is not null);
    }

    [Fact]
    public void One_message_of_the_assistant_needs_no_mask()
    {
        var one = new Demonstration(new Transcript([new ChatMessage("user", "Hi")]), new Transcript([new ChatMessage("assistant", "Hello.")]));
        var (all, response) = (Encoder(TrainOn.AssistantMessages).Encode(one), Encoder(TrainOn.Response).Encode(one));
        Assert.Null(all.Mask);
        Assert.Equal((response.Prompt, response.Response), (all.Prompt, all.Response), new SameIds());
    }

    [Fact]
    public void Plain_text_has_one_message_of_the_assistant_and_may_have_no_prompt_where_everything_is_learnt()
    {
        var (all, response) = (Encoder(TrainOn.AssistantMessages).Encode(new Demonstration("a b", " c")), Encoder(TrainOn.Response).Encode(new Demonstration("a b", " c")));
        Assert.Equal((response.Prompt, response.Response), (all.Prompt, all.Response), new SameIds());
        int[] ids = [.. Tokenizer.Encode("a b c"), Tokenizer.EndId!.Value];
        foreach (var demonstration in (Demonstration[])[new("a b", " c"), new("", "a b c")])
        {
            var everything = Encoder(TrainOn.Everything).Encode(demonstration);
            Assert.Equal(ids[..1], everything.Prompt);
            Assert.Equal(ids[1..], everything.Response);
        }
    }

    [Fact]
    public void A_cut_takes_the_mask_along_and_must_leave_something()
    {
        var whole = Encoder(TrainOn.AssistantMessages).Encode(TwoTurns);
        var length = whole.Prompt.Count + whole.Response.Count;
        var cut = Encoder(TrainOn.AssistantMessages, length - 1).Encode(TwoTurns);
        Assert.Equal(["Hello.</s>", "So."], Trained(cut));
        Assert.Equal(whole.TrainedTokenCount - 1, cut.TrainedTokenCount);
        Assert.Null(Encoder(TrainOn.AssistantMessages, whole.Prompt.Count + 1).Encode(TwoTurns).Mask);   // of what is left all counts

        var late = TwoTurns with { Prompt = new Transcript([new("user", "Hi"), new("tool", "x"), new("user", "Why?")]) };
        Assert.False(Encoder(TrainOn.AssistantMessages, 4).TryEncode(late, out _));
    }

    [Fact]
    public void A_part_of_the_sequence_that_begins_with_the_assistant_gives_up_its_first_token()
    {
        var marking = ChatTemplate.Parse("{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}{% endfor %}");
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Template = marking, TrainOn = TrainOn.AssistantMessages });
        var example = encoder.Encode(TwoTurns);
        Assert.Single(example.Prompt);
        Assert.Null(example.Mask);
    }

    [Fact]
    public void A_conversation_of_which_nothing_can_be_predicted_is_left_out()
    {
        var marking = ChatTemplate.Parse("{% generation %}<|assistant|>{% endgeneration %}{% for m in messages %}{{ m.content }}{% endfor %}");
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Template = marking, TrainOn = TrainOn.AssistantMessages });
        Assert.Equal("A conversation must hold something of the assistant that can be learnt; its template wrote nothing of it.",
            Assert.Throws<DataFormatException>(() => encoder.Encode(TwoTurns)).Message);
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.NothingTrained]);
    }

    [Fact]
    public void A_template_that_rewrites_earlier_turns_leaves_the_row_out()
    {
        var rewriting = ChatTemplate.Parse("{% for m in messages %}<|{{ m.role }}|>{{ m.content if loop.last else 'gone' }}</s>{% endfor %}"
            + "{% if add_generation_prompt %}<|assistant|>{% endif %}");
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Template = rewriting, TrainOn = TrainOn.AssistantMessages });
        Assert.False(encoder.TryEncode(TwoTurns, out _));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.RewrittenByTemplate]);
    }

    [Fact]
    public void Borders_that_a_token_spans_are_split_and_counted()
    {
        var merged = Enumerable.Range(0, Tokenizer.VocabularySize).Select(id => Tokenizer.Decode([id])).First(text => text.Length == 2 && text.All(char.IsAsciiLetter));
        var template = ChatTemplate.Parse("{% for m in messages %}{% if m.role == 'assistant' %}" + merged[0]
            + "{% generation %}{{ m.content }}{% endgeneration %}{% else %}<|user|>{% endif %}{% endfor %}");
        var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Template = template, TrainOn = TrainOn.AssistantMessages });
        var example = encoder.Encode(new Demonstration(new Transcript([new ChatMessage("user", "x")]), new Transcript([new ChatMessage("assistant", merged[1..])])));
        Assert.Equal([merged[1..]], Trained(example));
        Assert.Equal(1, encoder.Counts.SplitBorders);
    }

    [Fact]
    public void A_tokenizer_that_puts_a_space_before_each_text_puts_none_before_a_part()
    {
        using var folder = new TokenizerFolder();
        folder.Write("tokenizer_config.json", """{"eos_token":"</s>"}""");
        var tokenizer = folder.LoadText("""
            {"added_tokens":[{"id":0,"content":"</s>","special":true}],"pre_tokenizer":null,
             "normalizer":{"type":"Prepend","prepend":"▁"},
             "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"Fuse"}]},
             "model":{"type":"BPE","vocab":{"</s>":0,"▁":1,"a":2,"b":3,":":4},"merges":[]}}
            """);
        var template = ChatTemplate.Parse("{% for m in messages %}{% if m.role == 'user' %}a:{% else %}{% generation %}b</s>{% endgeneration %}{% endif %}{% endfor %}");
        var encoder = new RecordEncoder(tokenizer, new EncodingOptions { Template = template, TrainOn = TrainOn.AssistantMessages });
        var example = encoder.Encode(new Demonstration(new Transcript([new ChatMessage("user", "x")]), new Transcript([new ChatMessage("assistant", "y")])));
        Assert.Equal([1, 2, 4], example.Prompt);   // ▁ a :
        Assert.Equal([3, 0], example.Response);    // b </s>, without another ▁
        Assert.Equal(0, encoder.Counts.SplitBorders);
    }

    [Fact]
    public void Spelled_tokens_and_masks_go_together()
    {
        var row = new Demonstration(
            new Transcript([new("user", "Hi</s>"), new("assistant", "a</s>b"), new("user", "c")]), new Transcript([new ChatMessage("assistant", "<|user|>d")]));
        var example = Encoder(TrainOn.AssistantMessages).Encode(row);
        var trained = example.Response.Where((_, t) => example.Mask![t]);
        var end = Tokenizer.EndId!.Value;
        Assert.Equal([.. Tokenizer.Encode("a</s>b"), end, .. Tokenizer.Encode("<|user|>d"), end], trained);
    }

    [Fact]
    public void Only_a_template_that_tells_what_the_assistant_says_will_do()
    {
        var error = Assert.Throws<ArgumentException>(() => new RecordEncoder(Tokenizer, new EncodingOptions { Template = new Bare(), TrainOn = TrainOn.AssistantMessages }));
        Assert.StartsWith("TrainOn = AssistantMessages needs a ChatTemplate, which tells what the assistant says; Template is a Bare.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_published_templates_let_the_assistant_say_is_what_is_learnt()
    {
        // Every recorded conversation of messages with role and content alone that ends with the assistant, by the templates that mark its text.
        var file = Golden.Json("chat", "chat_templates.json");
        var checkedRows = 0;
        foreach (var row in file.GetProperty("rendered").EnumerateArray())
        {
            if (!row.TryGetProperty("assistant_texts", out _) || row.GetProperty("add_generation_prompt").GetBoolean()) continue;
            var conversation = file.GetProperty("conversations").GetProperty(row.GetProperty("conversation").GetString()!);
            if (Messages(conversation) is not [.., { Role: "assistant" }] messages || messages.Count < 2) continue;
            var template = TemplateOf(file.GetProperty("templates").GetProperty(row.GetProperty("template").GetString()!));
            var encoder = new RecordEncoder(Tokenizer, new EncodingOptions { Template = template, TrainOn = TrainOn.AssistantMessages, ParseSpecialTokens = true });
            var demonstration = new Demonstration(new Transcript([.. messages.SkipLast(1)]), new Transcript([messages[^1]]));

            if (!encoder.TryEncode(demonstration, out var example)) continue;

            Assert.Equal(row.GetProperty("assistant_texts").EnumerateArray().Select(text => text.GetString()).Where(text => text != ""), Trained(example));
            Assert.Equal(row.GetProperty("text").GetString(), Tokenizer.Decode(example.Prompt.Concat(example.Response)));
            checkedRows++;
        }

        Assert.InRange(checkedRows, 15, 90);
    }

    private static List<ChatMessage>? Messages(JsonElement conversation)
    {
        if (conversation.GetProperty("arguments").EnumerateObject().Any()) return null;
        var messages = new List<ChatMessage>();
        foreach (var message in conversation.GetProperty("messages").EnumerateArray())
        {
            if (message.EnumerateObject().Count() != 2 || message.GetProperty("content").ValueKind != JsonValueKind.String) return null;
            messages.Add(new ChatMessage(message.GetProperty("role").GetString()!, message.GetProperty("content").GetString()!));
        }
        return messages;
    }

    private static ChatTemplate TemplateOf(JsonElement template) => ChatTemplate.Parse(template.GetProperty("text").GetString()!, new ChatTemplateOptions
    {
        Variables = ((string[])["bos_token", "eos_token", "date_string"]).ToDictionary(name => name, name => JsonNode.Parse(template.GetProperty(name).GetRawText())),
    });

    private static string[] Trained(TokenizedExample example) =>
        [.. EncodingPreview.Of(example, Tokenizer).Sequences[0].Spans.Where(span => span.IsTrained).Select(span => span.Text)];

    private static RecordEncoder Encoder(TrainOn trainOn, int? maxLength = null) => new(Tokenizer,
        new EncodingOptions { Template = Template, TrainOn = trainOn, MaxLength = maxLength, OverLength = OverLength.CutResponseEnd });

    private sealed class Bare : IChatTemplate
    {
        public string Render(IReadOnlyList<ChatMessage> messages, bool addGenerationPrompt) => "";
    }

    private sealed class SameIds : IEqualityComparer<(IReadOnlyList<int>, IReadOnlyList<int>)>
    {
        public bool Equals((IReadOnlyList<int>, IReadOnlyList<int>) x, (IReadOnlyList<int>, IReadOnlyList<int>) y) =>
            x.Item1.SequenceEqual(y.Item1) && x.Item2.SequenceEqual(y.Item2);

        public int GetHashCode((IReadOnlyList<int>, IReadOnlyList<int>) obj) => obj.Item1.Count;
    }
}
