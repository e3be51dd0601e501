using System.Text.Json.Nodes;
using static Alignment.Data.Tests.SentencePieceModel;

namespace Alignment.Data.Tests;

/// <summary>Files with random faults: they load or end in the typed error, and what loads encodes and decodes or says why not.</summary>
public sealed class TokenizerFuzzTests : IDisposable
{
    private const string Text = "the cat, \n  a🙂é <s>12 ▁";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fuzz");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Json_with_changed_bytes(int seed)
    {
        var random = new Random(seed);
        var files = Jsons().Select(json => System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).ToArray();
        var loaded = 0;
        for (var round = 0; round < 1000; round++)
            loaded += Survives("tokenizer.json", Mutated(files[random.Next(files.Length)], random)) ? 1 : 0;
        Assert.InRange(loaded, 1, 999);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void Json_with_changed_values(int seed)
    {
        var random = new Random(seed);
        var files = Jsons();
        var loaded = 0;
        for (var round = 0; round < 1000; round++)
        {
            var json = files[random.Next(files.Length)].DeepClone();
            for (var fault = random.Next(1, 3); fault > 0; fault--)
                Change(json, random);
            loaded += Survives("tokenizer.json", System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())) ? 1 : 0;
        }

        Assert.InRange(loaded, 1, 999);
    }

    [Theory, InlineData(1), InlineData(2)]
    public void A_model_with_changed_bytes(int seed)
    {
        var random = new Random(seed);
        var model = new SentencePieceModel().Piece("<unk>", 0, Unknown).Piece("<s>", 0, Control).Piece("<0x0A>", 0, SentencePieceModel.Byte)
            .Piece("▁", -9, Normal).Piece("t", -9, Normal).Piece("th", -1, Normal).Piece("the", -2, Normal).Piece("  ", 0, UserDefined)
            .Training((3, 2), (35, 1), (41, 1)).Normalizer((3, 1), (4, 0)).ToArray();
        var loaded = 0;
        for (var round = 0; round < 1500; round++)
            loaded += Survives("tokenizer.model", Mutated(model, random)) ? 1 : 0;
        Assert.InRange(loaded, 1, 1499);
    }

    private bool Survives(string name, byte[] file)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, file);
        HuggingFaceTokenizer tokenizer;
        try
        {
            tokenizer = HuggingFaceTokenizer.FromFile(path);
        }
        catch (TokenizerFormatException)
        {
            return false;
        }

        try
        {
            var ids = tokenizer.EncodeWithSpecialTokens(Text);
            Assert.All(ids, id => Assert.InRange(id, 0, tokenizer.VocabularySize - 1));
            var decoder = tokenizer.StartDecoding();
            Assert.Equal(tokenizer.Decode(ids), string.Concat(ids.Select(decoder.Append)) + decoder.Finish());
        }
        catch (Exception e) when (e is TokenizerFormatException or ArgumentException { ParamName: null })   // the latter: no token for a character
        {
            Assert.StartsWith(e is ArgumentException ? path : "The tokenizer's pattern", e.Message, StringComparison.Ordinal);
        }

        return true;
    }

    private static byte[] Mutated(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var fault = random.Next(1, 4); fault > 0 && bytes.Count > 0; fault--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 8), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 8), bytes.Count - at)));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(20) == 0 ? bytes.Count - at : 1);
                    break;
            }
        }

        return [.. bytes];
    }

    // One value somewhere becomes another, or goes.
    private static void Change(JsonNode node, Random random)
    {
        var value = Values[random.Next(Values.Length)];
        if (node is JsonObject { Count: > 0 } container)
        {
            var key = container.ElementAt(random.Next(container.Count)).Key;
            if (container[key] is JsonObject or JsonArray && random.Next(8) > 0)
                Change(container[key]!, random);
            else if (random.Next(6) == 0)
                container.Remove(key);
            else
                container[key] = JsonNode.Parse(value);
        }
        else if (node is JsonArray { Count: > 0 } array)
        {
            var index = random.Next(array.Count);
            if (array[index] is JsonObject or JsonArray && random.Next(8) > 0)
                Change(array[index]!, random);
            else
                array[index] = JsonNode.Parse(value);
        }
    }

    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "16777215", "16777216", "1e300", "\"\"", "\" \"", "\"a\"", "\"▁\"", "\"<0x41>\"", "\"(a+)+$\"", "\"[\"", "\"(?=\"",
        "\"a{99999}\"", "\"\\uD83D\\uDE42\"", "[]", "{}", "[[]]", "[\"a\",\"b\"]", "{\"type\":\"Fuse\"}", "{\"type\":\"NFKC\"}", "{\"type\":\"ByteLevel\"}",
        "{\"type\":\"Split\",\"pattern\":{\"Regex\":\"\\\\w*\"},\"behavior\":\"MergedWithNext\"}", "{\"id\":5,\"content\":\" \",\"normalized\":true}",
    ];

    private static JsonNode[] Jsons()
    {
        using var folder = new TokenizerFolder("t h", "th e", "\u0120 the").Add("<s>", special: true, "lstrip").Add("cat", special: false, "single_word");
        folder.Json["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Strip","strip_left":true,"strip_right":false}]}""");
        folder.Json["decoder"] = JsonNode.Parse("""{"type":"ByteLevel"}""");
        return [folder.Json.DeepClone(), JsonNode.Parse("""
            {"added_tokens":[{"id":0,"content":"<unk>","special":true},{"id":1,"content":"<s>","special":true,"rstrip":true},{"id":9,"content":"cat","normalized":true}],
             "normalizer":{"type":"Sequence","normalizers":[{"type":"Prepend","prepend":"▁"},{"type":"Replace","pattern":{"String":" "},"content":"▁"}]},
             "pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"[^\\s]+|\\s"},"behavior":"Contiguous","invert":true},
               {"type":"Metaspace","replacement":"▁","prepend_scheme":"first","split":true},{"type":"Punctuation","behavior":"Isolated"}]},
             "post_processor":{"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>"}},{"Sequence":{"id":"A"}}],"special_tokens":{"<s>":{"ids":[1]}}},
             "decoder":{"type":"Sequence","decoders":[{"type":"Replace","pattern":{"String":"▁"},"content":" "},{"type":"ByteFallback"},{"type":"Fuse"},{"type":"Strip","content":" ","start":1,"stop":0}]},
             "model":{"type":"BPE","unk_token":"<unk>","fuse_unk":true,"byte_fallback":true,"ignore_merges":false,
               "vocab":{"<unk>":0,"<s>":1,"<0x41>":2,"▁":3,"t":4,"h":5,"e":6,"th":7,"the":8},"merges":["t h",["th","e"]]}}
            """)!];
    }
}
