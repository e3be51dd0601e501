namespace Alignment.Models.Tests.Adapters;

/// <summary>Which modules are changed and by what rank: PEFT's rules, worked out by hand on a decoder of two layers.</summary>
public sealed class LoraTargetsTests
{
    private static readonly string[] Inner = ["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj", "mlp.down_proj"];

    [Fact]
    public void A_name_matches_in_full_or_at_the_end_after_a_dot()
    {
        Same(["model.layers.0.self_attn.q_proj", "model.layers.1.self_attn.q_proj"], LoraTargets.Named("q_proj"));
        Same(["model.layers.0.self_attn.v_proj", "model.layers.1.self_attn.v_proj"], LoraTargets.Named("self_attn.v_proj"));
        Same(["model.layers.1.mlp.up_proj"], LoraTargets.Named("model.layers.1.mlp.up_proj"));
        Same(["lm_head", "model.layers.1.mlp.up_proj"], LoraTargets.Named("1.mlp.up_proj", "lm_head"));
        // "proj" is the end of a name, but not after a dot.
        Message("Targets must name modules of the model; 'proj' matches none. (Parameter 'Targets')", new() { Targets = LoraTargets.Named("q_proj", "proj") });
        Message("The adapter must name at least one module of the model; none matches. (Parameter 'options')", new() { Targets = LoraTargets.Named("proj") });
    }

    [Fact]
    public void All_linear_layers_are_all_but_the_heads() =>
        Same([.. from layer in (int[])[0, 1] from name in Inner select $"model.layers.{layer}.{name}"], LoraTargets.AllLinear);

    [Fact]
    public void A_pattern_matches_whole_names()
    {
        Same(["model.layers.0.self_attn.k_proj", "model.layers.0.self_attn.q_proj"], LoraTargets.Matching(@".*\.0\..*\.(q|k)_proj"));
        Message("The adapter must name at least one module of the model; none matches. (Parameter 'options')", new() { Targets = LoraTargets.Matching("q_proj") });
    }

    [Fact]
    public void Excluded_names_are_left_out_and_layers_are_counted_unless_the_name_is_full()
    {
        Same(["model.layers.1.self_attn.q_proj"], LoraTargets.Named("q_proj") with { Exclude = ["0.self_attn.q_proj"] });
        Same(["model.layers.1.self_attn.q_proj"], LoraTargets.Named("q_proj") with { Layers = [1] });
        Same(["model.layers.0.mlp.up_proj", "model.layers.1.self_attn.q_proj"],
            LoraTargets.Named("q_proj", "model.layers.0.mlp.up_proj") with { Layers = [1] });
        Same([.. Inner.Select(name => $"model.layers.1.{name}")], LoraTargets.AllLinear with { Layers = [1] });
    }

    [Fact]
    public void What_is_copied_gets_no_update()
    {
        var options = new LoraOptions { Targets = LoraTargets.Named("q_proj", "v_proj"), ModulesToSave = ["q_proj", "embed_tokens"] };
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        model.Adapters.Add("a", options, 1);
        var names = model.named_parameters().Select(entry => entry.name).Where(name => AdapterNames.AdapterOf(name) is not null);
        Assert.Equal(
            [
                "model.embed_tokens.modules_to_save.a.weight",
                "model.layers.0.self_attn.q_proj.modules_to_save.a.weight",
                "model.layers.0.self_attn.v_proj.lora_A.a.weight",
                "model.layers.0.self_attn.v_proj.lora_B.a.weight",
                "model.layers.1.self_attn.q_proj.modules_to_save.a.weight",
                "model.layers.1.self_attn.v_proj.lora_A.a.weight",
                "model.layers.1.self_attn.v_proj.lora_B.a.weight",
            ],
            names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_first_pattern_that_matches_the_end_of_a_name_counts()
    {
        var options = new LoraOptions
        {
            Rank = 4,
            Alpha = 8,
            RankPattern = new Dictionary<string, int> { [@"layers\.0\.self_attn\.q_proj"] = 2, ["[qv]_proj"] = 16, ["proj"] = 3 },
            AlphaPattern = new Dictionary<string, double> { ["mlp.*"] = 1 },
        };
        // "proj" must follow a dot, so that it matches nothing; a key that begins within the name does.
        foreach (var (name, rank, scale) in (ReadOnlySpan<(string, int, double)>)
            [
                ("model.layers.0.self_attn.q_proj", 2, 4), ("model.layers.1.self_attn.q_proj", 16, 0.5), ("model.layers.0.self_attn.v_proj", 16, 0.5),
                ("model.layers.0.self_attn.k_proj", 4, 2), ("model.layers.0.mlp.up_proj", 4, 0.25),
            ])
        {
            Assert.Equal(rank, options.RankOf(name));
            Assert.Equal(scale, options.ScaleOf(name));
            Assert.Equal(scale * rank / Math.Sqrt(rank), (options with { UsesRankStabilization = true }).ScaleOf(name), 1e-12);
        }
        Message("RankPattern must name targets of the adapter; 'proj' matches none. (Parameter 'RankPattern')", options);
        Message("AlphaPattern must name targets of the adapter; 'k_pro' matches none. (Parameter 'AlphaPattern')",
            new() { AlphaPattern = new Dictionary<string, double> { ["k_pro"] = 1 } });
    }

    [Fact]
    public void What_cannot_be_done_is_told()
    {
        Message("ModulesToSave must name projections or embeddings of the model; 'norm' matches none. (Parameter 'ModulesToSave')", new() { ModulesToSave = ["norm"] });
        Message("Exclude must name modules of the model; 'k' matches none. (Parameter 'Exclude')", new() { Targets = LoraTargets.AllLinear with { Exclude = ["k"] } });
        Unsupported("A target of LoRA must be a linear layer; 'model.embed_tokens' is an embedding. ModulesToSave trains a copy of it.",
            new() { Targets = LoraTargets.Named("embed_tokens") });
        Unsupported("Dropout must be 0 where 'lm_head' is a target: its update is added to the weight, where there is no input to drop.",
            new() { Targets = LoraTargets.Named("lm_head"), Dropout = 0.1 });
        Message("A pattern must match a name within a second; '\\A(?:((.|..|...)+)+!)\\z' does not. (Parameter 'options')", new() { Targets = LoraTargets.Matching(@"((.|..|...)+)+!") });

        static void Unsupported(string expected, LoraOptions options)
        {
            using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
            Assert.Equal(expected, Assert.Throws<UnsupportedModelException>(() => model.Adapters.Add("a", options, 1)).Message);
        }
    }

    [Fact]
    public void Options_are_checked_where_they_are_written()
    {
        Told("Rank must be from 1 to 65536. (Parameter 'Rank')", () => new LoraOptions { Rank = 0 });
        Told("Alpha must be a finite number greater than 0. (Parameter 'Alpha')", () => new LoraOptions { Alpha = double.NaN });
        Told("Dropout must be at least 0 and below 1. (Parameter 'Dropout')", () => new LoraOptions { Dropout = 1 });
        Told("RankPattern must be from 1 to 65536. (Parameter 'RankPattern')", () => new LoraOptions { RankPattern = new Dictionary<string, int> { ["a"] = 0 } });
        Told("AlphaPattern must be a finite number greater than 0. (Parameter 'AlphaPattern')",
            () => new LoraOptions { AlphaPattern = new Dictionary<string, double> { ["a"] = 0 } });
        Told("ModulesToSave must be names of modules; none may be null or empty. (Parameter 'ModulesToSave')", () => new LoraOptions { ModulesToSave = [""] });
        Told("names must be names of modules; none may be null or empty. (Parameter 'names')", () => LoraTargets.Named("a", ""));
        Told("There must be at least one name of a module. (Parameter 'names')", () => LoraTargets.Named());
        Told("Layers must be numbers of layers, 0 or greater. (Parameter 'layers')", () => LoraTargets.AllLinear with { Layers = [-1] });
        Told("Layers must be empty where a pattern names the targets; put the layers into the pattern. (Parameter 'layers')",
            () => LoraTargets.Matching(".*") with { Layers = [1] });
        var pattern = Assert.Throws<ArgumentException>(() => LoraTargets.Matching("(")).Message;
        Assert.StartsWith("pattern must be a regular expression; '(' is none: Invalid pattern", pattern, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new LoraOptions { RankPattern = new Dictionary<string, int> { ["["] = 1 } });

        static void Told(string expected, Func<object> make) =>
            Assert.StartsWith(expected, Assert.ThrowsAny<ArgumentException>(make).Message, StringComparison.Ordinal);
    }

    private static void Same(string[] expected, LoraTargets targets)
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        model.Adapters.Add("a", new LoraOptions { Targets = targets }, 1);
        const string End = ".lora_A.a.weight";
        var names = model.named_parameters().Where(entry => entry.name.EndsWith(End, StringComparison.Ordinal)).Select(entry => entry.name[..^End.Length]);
        Assert.Equal(expected.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    private static void Message(string expected, LoraOptions options)
    {
        using var model = DecoderModel.FromScratch(TinyLlama.Config, 1);
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => model.Adapters.Add("a", options, 1)).Message);
        Assert.Empty(model.Adapters.Names);
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }
}
