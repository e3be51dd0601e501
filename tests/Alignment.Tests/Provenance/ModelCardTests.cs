using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Alignment.Training;

namespace Alignment.Tests.Provenance;

public sealed class ModelCardTests : IDisposable
{
    private static readonly Training.Provenance Full = new()
    {
        Method = "DPO",
        BaseModel = "Qwen/Qwen3-0.6B",
        BaseFiles = [new HashedFile("config.json", 2, new string('c', 64))],
        TokenizerFiles = [new HashedFile("tokenizer.json", 3, new string('d', 64))],
        Data =
        [
            new DataProvenance("training") { Source = "trl-lib/ultrafeedback_binarized", Rows = new DataFingerprint(1820, 123_456, "abc"), Files = [new HashedFile("train.parquet", 4, new string('e', 64))] },
            new DataProvenance("evaluation") { Source = "/home/somebody/data/held|out.jsonl" },
        ],
        Settings = new Dictionary<string, string> { ["Checkpoints.Folder"] = "/home/somebody/runs/a", ["Optimizer.LearningRate"] = "5e-7" },
        Metrics = [new Metric("loss", 0.6931471805599453), new Metric("rewards/margins", double.NaN)],
        Steps = 1500,
        End = RunEnd.EarlyStopped,
        Started = new DateTimeOffset(2026, 3, 1, 23, 30, 0, TimeSpan.FromHours(-2)),
        Finished = new DateTimeOffset(2026, 3, 2, 1, 30, 0, TimeSpan.Zero),
        Elapsed = TimeSpan.FromMinutes(90),
        Versions = new Dictionary<string, string> { ["Alignment"] = "1.2.3+abc" },
    };

    private readonly TemporaryFolder _temporary = new();

    private string Folder => Directory.CreateDirectory(_temporary.File("my-model")).FullName;

    private string CardPath => Path.Combine(Folder, "README.md");

    [Fact]
    public void The_whole_card()
    {
        new ModelCard { License = "apache-2.0", Languages = ["en", "no"], Tags = ["medical", "dpo"], Description = "For triage.\n\n- not for diagnosis" }.Write(Folder, Full);
        var expected = """
            ---
            base_model: Qwen/Qwen3-0.6B
            base_model_relation: finetune
            datasets:
            - trl-lib/ultrafeedback_binarized
            language:
            - en
            - "no"
            library_name: transformers
            license: apache-2.0
            tags:
            - alignment
            - dpo
            - medical
            ---

            # my-model

            A model that started from [Qwen/Qwen3-0.6B](https://huggingface.co/Qwen/Qwen3-0.6B) and was trained with DPO for 1,500 steps, until 2026-03-02. Training ended early, since evaluations had stopped to get better.

            For triage.

            \- not for diagnosis

            ## Data

            | Rows for | Source | Rows | Tokens | SHA-256 |
            | --- | --- | --- | --- | --- |
            | training | trl-lib/ultrafeedback\_binarized | 1,820 | 123,456 | abc |
            | evaluation | held\|out.jsonl |  |  |  |

            ## Results

            | Metric | Value |
            | --- | --- |
            | loss | 0.693147 |
            | rewards/margins | NaN |

            ## Settings

            | Setting | Value |
            | --- | --- |
            | Checkpoints.Folder | a |
            | Optimizer.LearningRate | 5e-7 |

            ## Loading

            ```csharp
            using Alignment.Models;

            using var model = PretrainedModel.Load("my-model");
            ```

            ```python
            from transformers import AutoModelForCausalLM

            model = AutoModelForCausalLM.from_pretrained("my-model")
            ```

            ## Made with

            | Software | Version |
            | --- | --- |
            | Alignment | 1.2.3+abc |

            Hashes of all files that went in and came out are in `provenance.json`.


            """;
        Assert.Equal($"{expected}<!-- Written by Alignment. SHA-256 of what stands above: {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(expected)))} -->\n", File.ReadAllText(CardPath));
    }

    [Fact]
    public void The_whole_provenance()
    {
        File.WriteAllText(Path.Combine(Folder, "config.json"), "{}");
        File.WriteAllText(Path.Combine(Folder, "model.safetensors"), "weights");
        File.WriteAllText(Path.Combine(Folder, "notes.txt"), "not of the model");
        new ModelCard().Write(Folder, Full);
        var expected = $$"""
            {
              "format": "alignment-provenance", "version": 1, "method": "DPO",
              "base_model": { "name": "Qwen/Qwen3-0.6B", "files": [{ "name": "config.json", "size": 2, "sha256": "{{new string('c', 64)}}" }] },
              "tokenizer": { "files": [{ "name": "tokenizer.json", "size": 3, "sha256": "{{new string('d', 64)}}" }] },
              "data": [
                {
                  "name": "training", "source": "trl-lib/ultrafeedback_binarized", "rows": 1820, "tokens": 123456, "sha256": "abc",
                  "files": [{ "name": "train.parquet", "size": 4, "sha256": "{{new string('e', 64)}}" }]
                },
                { "name": "evaluation", "source": "held|out.jsonl" }
              ],
              "settings": { "Checkpoints.Folder": "a", "Optimizer.LearningRate": "5e-7" },
              "metrics": { "loss": 0.6931471805599453, "rewards/margins": "NaN" },
              "run": { "steps": 1500, "end": "EarlyStopped", "started": "2026-03-02T01:30:00Z", "finished": "2026-03-02T01:30:00Z", "elapsed_seconds": 5400 },
              "versions": { "Alignment": "1.2.3+abc" },
              "model": {
                "files": [
                  { "name": "config.json", "size": 2, "sha256": "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a" },
                  { "name": "model.safetensors", "size": 7, "sha256": "{{Convert.ToHexStringLower(SHA256.HashData("weights"u8))}}" }
                ]
              }
            }
            """;
        var written = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "provenance.json")))!;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), written.ToJsonString());
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        new ModelCard().Write(Folder, new Training.Provenance { Method = "SFT", Versions = new Dictionary<string, string>() });
        var card = File.ReadAllText(CardPath);
        Assert.StartsWith("---\nlibrary_name: transformers\ntags:\n- alignment\n- sft\n---\n\n# my-model\n\nA model that was trained with SFT.\n\n## Loading\n", card, StringComparison.Ordinal);
        Assert.DoesNotContain("## Data", card, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapter_config.json", "{}", "An adapter that started from [a/b]", "base_model_relation: adapter", "library_name: peft", "AutoPeftModelForCausalLM.from_pretrained(\"my-model\")", "PretrainedModel.Load(\"a/b\");\nmodel.Adapters.Load(\"default\", \"my-model\", isTrainable: false);")]
    [InlineData("config.json", """{"architectures": ["LlamaForSequenceClassification"]}""", "A reward model that started from [a/b]", "base_model_relation: finetune", "library_name: transformers", "AutoModelForSequenceClassification.from_pretrained", "PretrainedModel.LoadRewardModel(\"my-model\");")]
    public void Adapters_and_reward_models_are_loaded_in_their_own_way(string file, string content, params string[] expected)
    {
        File.WriteAllText(Path.Combine(Folder, file), content);
        new ModelCard().Write(Folder, new Training.Provenance { Method = "DPO", BaseModel = "a/b" });
        var card = File.ReadAllText(CardPath);
        Assert.All(expected, text => Assert.Contains(text, card, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_that_means_something_in_Markdown_or_YAML_is_only_shown()
    {
        const string Hostile = "x\n---\n# <script>alert(1)</script> | [link](http://a) `code` & \"quote\"";
        var provenance = new Training.Provenance
        {
            Method = Hostile,
            BaseModel = Hostile,
            Data = [new DataProvenance(Hostile) { Source = Hostile }],
            Settings = new Dictionary<string, string> { [Hostile] = Hostile },
            Metrics = [new Metric(Hostile, 1)],
        };
        new ModelCard { Title = Hostile, Description = Hostile + "\n1. one\n===\n+ two\n\0", License = Hostile, Tags = [Hostile, "true", "1.5", "a: b", "#c", "", "한국어 😀\ud800\u2028"] }.Write(Folder, provenance);
        var card = File.ReadAllText(CardPath);
        var yaml = card.Split("\n---\n")[0].Split('\n');
        Assert.Equal(
            [
                "---", "library_name: transformers", """license: "x\u000A---\u000A# <script>alert(1)</script> | [link](http://a) `code` & \"quote\"" """.TrimEnd(), "tags:", "- alignment",
                """- "x\u000A---\u000A# <script>alert(1)</script> | [link](http://a) `code` & \"quote\"" """.TrimEnd(), """- "true" """.TrimEnd(), """- "1.5" """.TrimEnd(),
                """- "a: b" """.TrimEnd(), """- "#c" """.TrimEnd(), "- \"\"", "- \"한국어 😀\uFFFD\\u2028\"",
            ],
            yaml);
        var body = card[card.IndexOf("\n---\n", StringComparison.Ordinal)..card.LastIndexOf("<!--", StringComparison.Ordinal)];
        Assert.DoesNotMatch(@"(?<!\\)[<>]script", body);
        Assert.DoesNotMatch(@"(?<!\\)\[link", body);
        Assert.DoesNotMatch(@"(?m)^(#(?!\#? ?(x|Data|Settings|Results|Loading|Made with))|===|\+ |1\. |---$)", body[5..]);
        Assert.Contains("\n1\\. one\n\\===\n\\+ two\n", body, StringComparison.Ordinal);
        Assert.All(body.Split('\n').Where(line => line.StartsWith("| x", StringComparison.Ordinal)), line => Assert.Contains(@" --- \# \<script\>alert(1)\</script\> \| \[link\](http://a) \`code\` \& ""quote"" |", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_card_of_ours_is_replaced_and_any_other_is_set_aside()
    {
        new ModelCard { License = "mit" }.Write(Folder, Full);
        new ModelCard { License = "apache-2.0" }.Write(Folder, Full);
        Assert.Equal(["README.md", "provenance.json"], Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        File.AppendAllText(CardPath, "What I know of this model.");
        new ModelCard().Write(Folder, Full);
        File.WriteAllText(CardPath, "A card of the base model.");
        new ModelCard().Write(Folder, Full);
        Assert.Equal(["README.1.md", "README.2.md", "README.md", "provenance.json"], Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.EndsWith("-->\nWhat I know of this model.", File.ReadAllText(Path.Combine(Folder, "README.1.md")), StringComparison.Ordinal);
        Assert.Equal("A card of the base model.", File.ReadAllText(Path.Combine(Folder, "README.2.md")));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error() =>
        Assert.Throws<DirectoryNotFoundException>(() => new ModelCard().Write(_temporary.File("nowhere"), Full));

    [Theory]
    [InlineData("/home/somebody/model", "model"), InlineData("/home/somebody/model/", "model"), InlineData(@"C:\Users\me\model", "model"), InlineData("C:/model", "model")]
    [InlineData("models/mine", "models/mine"), InlineData("Qwen/Qwen3-0.6B", "Qwen/Qwen3-0.6B"), InlineData("/", "/"), InlineData("", ""), InlineData("[0.1, 0.2]", "[0.1, 0.2]")]
    public void Only_the_last_part_of_a_full_path_is_published(string text, string expected) => Assert.Equal(expected, PublicText.Of(text));

    [Fact]
    public void Files_of_models_and_tokenizers()
    {
        foreach (var name in (string[])["config.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors", "model.safetensors.index.json", "tokenizer.json", "chat_template.jinja", "pytorch_model.bin", "README.md"])
            File.WriteAllText(Path.Combine(Folder, name), "abc");
        const string Abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";   // FIPS 180-2, B.1
        Assert.Equal(
            [new HashedFile("config.json", 3, Abc), new HashedFile("model-00001-of-00002.safetensors", 3, Abc), new HashedFile("model-00002-of-00002.safetensors", 3, Abc), new HashedFile("model.safetensors.index.json", 3, Abc)],
            HashedFile.OfModel(Folder));
        Assert.Equal([new HashedFile("chat_template.jinja", 3, Abc), new HashedFile("tokenizer.json", 3, Abc)], HashedFile.OfTokenizer(Folder));
    }

    public void Dispose() => _temporary.Dispose();
}
