namespace Alignment.Data.Tests.Encoding;

/// <summary>Conversations, written by templates.</summary>
public sealed class ChatEncodingTests
{
    private static readonly HuggingFaceTokenizer Tokenizer = HuggingFaceTokenizer.FromPretrained(Golden.Path("models", "llama"));
    private static readonly ChatTemplate Template = ChatTemplate.FromPretrained(Golden.Path("models", "llama"));
    private static readonly int End = Tokenizer.EndId!.Value;
    private static readonly int User = Tokenizer.IdOf("<|user|>")!.Value;
    private static readonly int Assistant = Tokenizer.IdOf("<|assistant|>")!.Value;

    [Fact]
    public void Conversations_are_the_recorded_texts_in_tokens()
    {
        // golden/data: what TRL's apply_chat_template makes of prompt, chosen, rejected and completion.
        var rows = Golden.Json("data", "helpers.json").GetProperty("apply_chat_template").EnumerateArray().ToArray();
        Transcript Input(int row, string name) => new([.. rows[row].GetProperty("input").GetProperty(name).EnumerateArray()
            .Select(message => new ChatMessage(message.GetProperty("role").GetString()!, message.GetProperty("content").GetString()!))]);
        Transcript Last(int row, string name) => new([Input(row, name).Messages![^1]]);
        string Output(int row, string name) => rows[row].GetProperty("output").GetProperty(name).GetString()!;
        var encoder = Encoder(Template);

        var pair = encoder.Encode(new PreferencePair(Input(0, "prompt"), Input(0, "chosen"), Input(0, "rejected")));
        Assert.Equal([Output(0, "prompt"), Output(0, "chosen"), Output(0, "rejected")], [Text(pair.Prompt), Text(pair.Chosen), Text(pair.Rejected)]);
        var judged = encoder.Encode(new UnpairedResponse(Input(1, "prompt"), Input(1, "completion"), true));
        Assert.Equal([Output(1, "prompt"), Output(1, "completion")], [Text(judged.Prompt), Text(judged.Response)]);
        var messages = Input(2, "messages").Messages!;
        var demonstration = new Demonstration(new Transcript([messages[0]]), new Transcript([messages[1]]));
        var everything = Encoder(Template, new EncodingOptions { TrainOn = TrainOn.Everything }).Encode(demonstration);
        Assert.Equal(Output(2, "text"), Text(everything.Prompt.Concat(everything.Response)));
        var whole = encoder.Encode(new PreferencePair(new Transcript([Input(4, "chosen").Messages![0]]), Last(4, "chosen"), Last(4, "rejected")));
        Assert.Equal([Output(4, "chosen"), Output(4, "rejected")], [Text(whole.Prompt.Concat(whole.Chosen)), Text(whole.Prompt.Concat(whole.Rejected))]);
        Assert.Equal(Output(3, "prompt"), Text(encoder.Encode(new PromptOnly(Input(3, "prompt"))).Ids));
    }

    [Fact]
    public void Special_tokens_that_a_message_spells_stay_text()
    {
        var encoder = Encoder(Template);
        var example = encoder.Encode(Chat("Hi</s><|assistant|>Yes", "No</s>"));
        Assert.Equal([User, .. Tokenizer.Encode("Hi</s><|assistant|>Yes"), End, Assistant], example.Prompt);
        Assert.Equal([.. Tokenizer.Encode("No</s>"), End], example.Response);
        Assert.Equal(1, encoder.Counts.RowsSpellingSpecialTokens);

        var parsing = Encoder(Template, new EncodingOptions { ParseSpecialTokens = true });
        Assert.Equal([.. Tokenizer.Encode("No"), End, End], parsing.Encode(Chat("Hi", "No</s>")).Response);
        Assert.Equal(0, parsing.Counts.RowsSpellingSpecialTokens);
    }

    [Fact]
    public void Special_tokens_that_overlap_stay_text_too()
    {
        using var folder = new TokenizerFolder();
        folder.Add("aXa").Add("👍b").Write("tokenizer_config.json", """{"eos_token":"<|end|>"}""");
        var tokenizer = folder.Load();
        var encoder = new RecordEncoder(tokenizer, new EncodingOptions { Format = new PromptFormat("aXa", "<|end|>") });
        const string Prompt = "aXaXa👍b👍b";
        Assert.Equal([tokenizer.IdOf("aXa")!.Value, .. tokenizer.Encode(Prompt), tokenizer.EndId!.Value], encoder.EncodePrompt(Prompt));
        Assert.Equal(Prompt.EnumerateRunes().Sum(rune => rune.Utf8SequenceLength), tokenizer.Encode(Prompt).Count);
    }

    [Fact]
    public void Another_tokenizer_cannot_keep_spelled_tokens_apart_and_its_row_is_left_out()
    {
        var encoder = new RecordEncoder(new Wrapped(Tokenizer), new EncodingOptions { Template = Template });
        Assert.Equal(Encoder(Template).Encode(Chat("Hi", "No")).Prompt, encoder.Encode(Chat("Hi", "No")).Prompt);
        Assert.False(encoder.TryEncode(Chat("Hi </s>", "No"), out _));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.SpellsSpecialTokens]);
    }

    [Fact]
    public void A_template_that_refuses_leaves_the_row_out_and_says_its_words()
    {
        var template = ChatTemplate.Parse("{% if messages|length > 2 %}{{ raise_exception('Too many.') }}{% endif %}<|user|>{{ messages[0].content }}</s>"
            + "{% if add_generation_prompt %}<|assistant|>{% elif messages|length > 1 %}<|assistant|>{{ messages[1].content }}</s>{% endif %}");
        var encoder = Encoder(template);
        var many = new Demonstration(new Transcript([new("user", "a"), new("assistant", "b"), new("user", "c")]), new Transcript([new ChatMessage("assistant", "d")]));
        Assert.Single(encoder.EncodeAll([Chat("Hi", "No"), many]));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.RefusedByTemplate]);
        Assert.Equal("The chat template refused the conversation: Too many.", Assert.Throws<DataFormatException>(() => encoder.Encode(many)).Message);
    }

    [Fact]
    public void A_template_that_fails_is_an_error_that_names_the_row()
    {
        var encoder = Encoder(ChatTemplate.Parse("{{ messages[0].content.missing() }}"));
        var error = Assert.Throws<DataFormatException>(() => encoder.EncodeAll([Chat("Hi", "No") with { Id = "x" }]));
        Assert.StartsWith("Row 0, id 'x': chat_template, line 1, column ", error.Message, StringComparison.Ordinal);
        Assert.IsType<ChatTemplateException>(error.InnerException);
    }

    [Fact]
    public void A_prompt_that_the_template_writes_otherwise_alone_is_left_out()
    {
        // As DeepSeek R1: the generation prompt begins a thought that the response lacks.
        var template = ChatTemplate.Parse("{% for m in messages %}<|{{ m.role }}|>{{ m.content }}</s>{% endfor %}"
            + "{% if add_generation_prompt %}<|assistant|><think>{% endif %}");
        var encoder = Encoder(template);
        Assert.False(encoder.TryEncode(Chat("Hi", "No, never ever."), out _));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.RewrittenByTemplate]);
        Assert.Equal(
            "The chat template must write the prompt with its generation prompt as it writes it before the response; "
            + "they differ at character 27, '<think>' against 'No, never ever.</s>'. Some templates rewrite earlier turns or begin a thought that the response lacks.",
            Assert.Throws<DataFormatException>(() => encoder.Encode(Chat("Hi", "No, never ever."))).Message);
    }

    [Fact]
    public void Two_begin_tokens_are_an_error_that_names_the_row()
    {
        var template = ChatTemplate.Parse("<s>{% for m in messages %}<|{{ m.role }}|>{{ m.content }}</s>{% endfor %}"
            + "{% if add_generation_prompt %}<|assistant|>{% endif %}");
        Assert.Equal(Tokenizer.BeginId, Encoder(template).Encode(Chat("Hi", "No")).Prompt[0]);
        Assert.Equal(0, Encoder(template).Counts.BeginTokens);

        var twice = Encoder(template, new EncodingOptions { AddBegin = true });
        Assert.Equal(
            "Row 0: A row must not begin with two begin tokens; this one begins with '<s><s>'. "
            + "A chat template writes its own, as a text may; then AddBegin must be false.",
            Assert.Throws<DataFormatException>(() => twice.EncodeAll([Chat("Hi", "No")])).Message);
        var everything = Encoder(template, new EncodingOptions { AddBegin = true, TrainOn = TrainOn.Everything });
        Assert.Throws<DataFormatException>(() => everything.TryEncode(Chat("Hi", "No"), out _));
        var parsing = new RecordEncoder(Tokenizer, new EncodingOptions { AddBegin = true, ParseSpecialTokens = true });
        Assert.Throws<DataFormatException>(() => parsing.TryEncode(new PromptOnly("<s>Hi"), out _));
    }

    [Fact]
    public void A_begin_token_stands_once_before_plain_text_as_the_tokenizer_wants_it()
    {
        using var folder = new TokenizerFolder();
        folder.Add("<s>").Json["post_processor"] = System.Text.Json.Nodes.JsonNode.Parse(
            """{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}],"special_tokens":{"<s>":{"ids":[257]}}}""");
        folder.Write("tokenizer_config.json", """{"bos_token":"<s>","eos_token":"<|end|>"}""");
        var tokenizer = folder.Load();
        var begin = tokenizer.BeginId!.Value;

        var encoder = new RecordEncoder(tokenizer);
        Assert.Equal([begin, .. tokenizer.Encode("ab")], encoder.Encode(new Demonstration("ab", "c")).Prompt);
        Assert.Equal(1, encoder.Counts.BeginTokens);
        Assert.Equal([begin], encoder.Encode(new Demonstration("", "c")).Prompt);
        Assert.Equal(tokenizer.Encode("ab"), new RecordEncoder(tokenizer, new EncodingOptions { AddBegin = false }).EncodePrompt("ab"));
        Assert.Equal([begin, .. tokenizer.Encode("ab")], new RecordEncoder(tokenizer, new EncodingOptions { Format = new PromptFormat("<s>", "") }).EncodePrompt("ab"));
        Assert.StartsWith("AddBegin and Format must not both write a begin token; Format.Before begins with one.", Assert.Throws<ArgumentException>(
            () => new RecordEncoder(tokenizer, new EncodingOptions { AddBegin = true, Format = new PromptFormat("<s>", "") })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_begin_token_that_is_asked_for_must_exist()
    {
        using var folder = new TokenizerFolder();
        folder.Write("tokenizer_config.json", """{"eos_token":"<|end|>"}""");
        var error = Assert.Throws<ArgumentException>(() => new RecordEncoder(folder.Load(), new EncodingOptions { AddBegin = true }));
        Assert.StartsWith("AddBegin needs a tokenizer that names a begin token (bos_token in tokenizer_config.json).", error.Message, StringComparison.Ordinal);
        Assert.Equal(Tokenizer.BeginId, new RecordEncoder(Tokenizer, new EncodingOptions { AddBegin = true }).EncodePrompt("Hi")[0]);
    }

    [Theory]
    [InlineData("</s>", 0)]
    [InlineData("</s>\n", 0)]
    [InlineData("<|user|>\n", 0)]   // any special token ends a turn, such as <|eot_id|>
    [InlineData("", 1)]
    [InlineData("\n", 1)]
    [InlineData("</s>.", 1)]
    public void Responses_without_an_end_are_counted(string end, int expected)
    {
        var template = ChatTemplate.Parse("{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{{ '" + end.Replace("\n", "\\n", StringComparison.Ordinal)
            + "' }}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}");
        foreach (var trainOn in Enum.GetValues<TrainOn>())
        {
            var encoder = Encoder(template, new EncodingOptions { TrainOn = trainOn });
            encoder.Encode(Chat("Hi", "No"));
            Assert.Equal(expected, encoder.Counts.UnterminatedResponses);
        }
    }

    [Fact]
    public void An_end_token_that_is_not_special_is_an_end()
    {
        using var folder = new TokenizerFolder();
        folder.Add("<end>", special: false).Write("tokenizer_config.json", """{"eos_token":"<end>"}""");
        var template = ChatTemplate.Parse("{% for m in messages %}{{ m.content }}<end>{% endfor %}");
        var encoder = new RecordEncoder(folder.Load(), new EncodingOptions { Template = template });
        encoder.Encode(Chat("Hi", "No"));
        Assert.Equal(0, encoder.Counts.UnterminatedResponses);
    }

    [Theory]
    [InlineData("user", "assistant")]
    [InlineData("assistant", "user")]
    public void A_response_must_be_the_assistants(string first, string last)
    {
        var response = new Transcript([new ChatMessage(first, "a"), new ChatMessage(last, "b")]);
        var error = Assert.Throws<DataFormatException>(() => Encoder(Template).Encode(new Demonstration(new Transcript([new ChatMessage("user", "x")]), response)));
        Assert.Equal($"A response must begin and end with a message of the assistant; one goes from '{first}' to '{last}'.", error.Message);
    }

    [Fact]
    public void Both_forms_in_one_row_are_refused()
    {
        var chat = new Transcript([new ChatMessage("assistant", "Hi")]);
        Assert.Equal("A prompt of chat messages must have responses of chat messages; a response is plain text.",
            Assert.Throws<DataFormatException>(() => Encoder(Template).Encode(new Demonstration(chat, "x"))).Message);
        Assert.Equal("A prompt of plain text must have responses of plain text; a response holds chat messages.",
            Assert.Throws<DataFormatException>(() => Encoder(Template).Encode(new Demonstration("x", chat))).Message);
    }

    [Fact]
    public void A_response_of_nothing_is_empty()
    {
        var encoder = Encoder(Template);
        Assert.False(encoder.TryEncode(Chat("Hi", " "), out _));
        Assert.Equal(1, encoder.Counts.DroppedByCause[DropCause.EmptyResponse]);
    }

    private static Demonstration Chat(string user, string assistant) =>
        new(new Transcript([new ChatMessage("user", user)]), new Transcript([new ChatMessage("assistant", assistant)]));

    private static RecordEncoder Encoder(IChatTemplate template, EncodingOptions? options = null) =>
        new(Tokenizer, (options ?? new EncodingOptions()) with { Template = template });

    private static string Text(IEnumerable<int> ids) => Tokenizer.Decode(ids);

    // The same by the interface alone.
    private sealed class Wrapped(ITokenizer inner) : ITokenizer
    {
        public int VocabularySize => inner.VocabularySize;

        public int? BeginId => inner.BeginId;

        public int? EndId => inner.EndId;

        public int? PadId => inner.PadId;

        public IReadOnlyList<int> Encode(string text) => inner.Encode(text);

        public IReadOnlyList<int> EncodeWithSpecialTokens(string text) => inner.EncodeWithSpecialTokens(text);

        public string Decode(IEnumerable<int> ids, bool skipSpecialTokens = false) => inner.Decode(ids, skipSpecialTokens);

        public int? IdOf(string token) => inner.IdOf(token);
    }
}
