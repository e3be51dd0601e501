using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SampleData;

/// <summary>Writes tokenizer.json and tokenizer_config.json as Hugging Face's libraries read them.</summary>
internal static class TokenizerFiles
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(SampleTokenizer tokenizer, string folder)
    {
        Save(Path.Combine(folder, "tokenizer.json"), new
        {
            version = "1.0",
            truncation = (object?)null,
            padding = (object?)null,
            added_tokens = SampleTokenizer.Special.Index().Select(token => Added(token.Index, token.Item)),
            normalizer = (object?)null,
            pre_tokenizer = PreTokenizer(tokenizer.Pattern),
            post_processor = (object?)null,
            decoder = new { type = "ByteLevel", add_prefix_space = false, trim_offsets = true, use_regex = true },
            model = new
            {
                type = "BPE",
                dropout = (double?)null,
                unk_token = (string?)null,
                continuing_subword_prefix = (string?)null,
                end_of_word_suffix = (string?)null,
                fuse_unk = false,
                byte_fallback = false,
                ignore_merges = false,
                vocab = tokenizer.Vocabulary.Index().ToDictionary(token => token.Item, token => token.Index),
                merges = tokenizer.Merges.Select(merge => $"{merge.Left} {merge.Right}"),
            },
        });
        Save(Path.Combine(folder, "tokenizer_config.json"), new
        {
            tokenizer_class = "PreTrainedTokenizerFast",
            bos_token = "<s>",
            eos_token = "</s>",
            pad_token = "<pad>",
            add_bos_token = false,
            add_eos_token = false,
            clean_up_tokenization_spaces = false,
            model_max_length = 512,
            additional_special_tokens = SampleTokenizer.Special[3..],
            chat_template = "{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}"
                + "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}"
                + "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}",
        });
    }

    // Another pattern than GPT-2's stands before the bytes, as in Llama 3.
    private static object PreTokenizer(Regex? pattern)
    {
        object bytes = new { type = "ByteLevel", add_prefix_space = false, trim_offsets = true, use_regex = pattern is null };
        return pattern is null ? bytes : new
        {
            type = "Sequence",
            pretokenizers = (object[])[new { type = "Split", pattern = new { Regex = pattern.ToString() }, behavior = "Isolated", invert = false }, bytes],
        };
    }

    private static object Added(int id, string content) =>
        new { id, content, single_word = false, lstrip = false, rstrip = false, normalized = false, special = true };

    private static void Save(string path, object value) => File.WriteAllText(path, JsonSerializer.Serialize(value, Format) + "\n");
}
