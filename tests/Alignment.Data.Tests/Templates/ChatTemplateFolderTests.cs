namespace Alignment.Data.Tests.Templates;

/// <summary>Where a model's folder keeps its template.</summary>
public sealed class ChatTemplateFolderTests : IDisposable
{
    private const string Template = "{{ bos_token }}{% for m in messages %}{{ m.content }}{{ eos_token }}{% endfor %}";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("template");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_template_file_goes_before_the_config_and_special_tokens_become_variables()
    {
        Write("chat_template.jinja", "\uFEFF" + Template + "\n");
        Write("tokenizer_config.json", """{"chat_template": "other", "bos_token": "<s>", "add_bos_token": true, "eos_token": {"content": "</s>", "lstrip": false}, "unk_token": null}""");
        Write("special_tokens_map.json", """{"bos_token": "<other>", "pad_token": "<pad>"}""");

        var template = ChatTemplate.FromPretrained(_folder.FullName);

        Assert.Equal("<s>Hello</s>", template.Render(Jinja.Hello, false));
        Assert.Equal(Path.Combine(_folder.FullName, "chat_template.jinja"), template.Name);
        Assert.Equal(["bos_token", "eos_token", "pad_token"], template.Options.Variables.Keys.Order());
    }

    [Theory]
    [InlineData("default", "A")]
    [InlineData("tool_use", "B")]
    public void The_config_may_name_several(string name, string expected)
    {
        Write("tokenizer_config.json", """{"chat_template": [{"name": "tool_use", "template": "B"}, {"name": "default", "template": "A"}]}""");

        Assert.Equal(expected, ChatTemplate.FromPretrained(_folder.FullName, name).Render(Jinja.Hello, false));
    }

    [Fact]
    public void Other_templates_have_files_of_their_own()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "additional_chat_templates"));
        Write("additional_chat_templates/rag.jinja", "R");

        Assert.Equal("R", ChatTemplate.FromPretrained(_folder.FullName, "rag").Render(Jinja.Hello, false));
    }

    [Fact]
    public void A_folder_without_a_template_is_refused()
    {
        Write("tokenizer_config.json", """{"chat_template": "x"}""");

        var error = Assert.Throws<FileNotFoundException>(() => ChatTemplate.FromPretrained(_folder.FullName, "rag"));

        var file = Path.Combine(_folder.FullName, "additional_chat_templates", "rag.jinja");
        Assert.Equal($"{_folder.FullName}: must hold a chat template named 'rag', in '{file}' or in tokenizer_config.json.", error.Message);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("..")]
    public void A_name_that_leaves_the_folder_is_refused(string name)
    {
        var error = Assert.Throws<ArgumentException>(() => ChatTemplate.FromPretrained(_folder.FullName, name));
        Assert.Equal($"name must be a plain name without path separators; was '{name}'. (Parameter 'name')", error.Message);
    }

    [Fact]
    public void Malformed_files_are_named()
    {
        Write("tokenizer_config.json", """{"chat_template": 1}""");
        var config = Path.Combine(_folder.FullName, "tokenizer_config.json");
        Assert.Equal(
            $"{config}: chat_template must be an array. Actual value was 1.",
            Assert.Throws<TokenizerFormatException>(() => ChatTemplate.FromPretrained(_folder.FullName)).Message);

        var file = Path.Combine(_folder.FullName, "chat_template.jinja");
        File.WriteAllBytes(file, [0x61, 0xFF]);
        Assert.Equal(
            $"{file}: a template must be UTF-8.",
            Assert.Throws<ChatTemplateException>(() => ChatTemplate.FromPretrained(_folder.FullName)).Message);
    }

    [Fact]
    public void The_recorded_llama_folder_has_a_template()
    {
        var template = ChatTemplate.FromPretrained(Golden.Path("models", "llama"));

        Assert.Contains("Hello", template.Render(Jinja.Hello, true), StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);
}
