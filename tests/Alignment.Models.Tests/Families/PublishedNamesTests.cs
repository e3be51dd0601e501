namespace Alignment.Models.Tests;

/// <summary>Names and shapes of the tensors in published files: all of the first layer, and all outside of layers.</summary>
public sealed class PublishedNamesTests
{
    [Fact]
    public void Llama() => AssertNames("Llama-3.1-8B", 32, "model.layers.",
        """
        lm_head.weight [128256, 4096]
        model.embed_tokens.weight [128256, 4096]
        model.layers.0.input_layernorm.weight [4096]
        model.layers.0.mlp.down_proj.weight [4096, 14336]
        model.layers.0.mlp.gate_proj.weight [14336, 4096]
        model.layers.0.mlp.up_proj.weight [14336, 4096]
        model.layers.0.post_attention_layernorm.weight [4096]
        model.layers.0.self_attn.k_proj.weight [1024, 4096]
        model.layers.0.self_attn.o_proj.weight [4096, 4096]
        model.layers.0.self_attn.q_proj.weight [4096, 4096]
        model.layers.0.self_attn.v_proj.weight [1024, 4096]
        model.norm.weight [4096]
        """);

    [Fact]
    public void Mistral_whose_heads_are_narrower_together_than_a_row() => AssertNames("Mistral-Nemo-Base-2407", 40, "model.layers.",
        """
        lm_head.weight [131072, 5120]
        model.embed_tokens.weight [131072, 5120]
        model.layers.0.input_layernorm.weight [5120]
        model.layers.0.mlp.down_proj.weight [5120, 14336]
        model.layers.0.mlp.gate_proj.weight [14336, 5120]
        model.layers.0.mlp.up_proj.weight [14336, 5120]
        model.layers.0.post_attention_layernorm.weight [5120]
        model.layers.0.self_attn.k_proj.weight [1024, 5120]
        model.layers.0.self_attn.o_proj.weight [5120, 4096]
        model.layers.0.self_attn.q_proj.weight [4096, 5120]
        model.layers.0.self_attn.v_proj.weight [1024, 5120]
        model.norm.weight [5120]
        """);

    [Fact]
    public void Qwen2_with_three_biases_and_a_tied_output() => AssertNames("Qwen2.5-0.5B", 24, "model.layers.",
        """
        model.embed_tokens.weight [151936, 896]
        model.layers.0.input_layernorm.weight [896]
        model.layers.0.mlp.down_proj.weight [896, 4864]
        model.layers.0.mlp.gate_proj.weight [4864, 896]
        model.layers.0.mlp.up_proj.weight [4864, 896]
        model.layers.0.post_attention_layernorm.weight [896]
        model.layers.0.self_attn.k_proj.bias [128]
        model.layers.0.self_attn.k_proj.weight [128, 896]
        model.layers.0.self_attn.o_proj.weight [896, 896]
        model.layers.0.self_attn.q_proj.bias [896]
        model.layers.0.self_attn.q_proj.weight [896, 896]
        model.layers.0.self_attn.v_proj.bias [128]
        model.layers.0.self_attn.v_proj.weight [128, 896]
        model.norm.weight [896]
        """);

    [Fact]
    public void Qwen3_with_norms_of_query_and_key() => AssertNames("Qwen3-0.6B", 28, "model.layers.",
        """
        model.embed_tokens.weight [151936, 1024]
        model.layers.0.input_layernorm.weight [1024]
        model.layers.0.mlp.down_proj.weight [1024, 3072]
        model.layers.0.mlp.gate_proj.weight [3072, 1024]
        model.layers.0.mlp.up_proj.weight [3072, 1024]
        model.layers.0.post_attention_layernorm.weight [1024]
        model.layers.0.self_attn.k_norm.weight [128]
        model.layers.0.self_attn.k_proj.weight [1024, 1024]
        model.layers.0.self_attn.o_proj.weight [1024, 2048]
        model.layers.0.self_attn.q_norm.weight [128]
        model.layers.0.self_attn.q_proj.weight [2048, 1024]
        model.layers.0.self_attn.v_proj.weight [1024, 1024]
        model.norm.weight [1024]
        """);

    [Fact]
    public void Gemma2_with_four_norms() => AssertNames("gemma-2-2b", 26, "model.layers.",
        """
        model.embed_tokens.weight [256000, 2304]
        model.layers.0.input_layernorm.weight [2304]
        model.layers.0.mlp.down_proj.weight [2304, 9216]
        model.layers.0.mlp.gate_proj.weight [9216, 2304]
        model.layers.0.mlp.up_proj.weight [9216, 2304]
        model.layers.0.post_attention_layernorm.weight [2304]
        model.layers.0.post_feedforward_layernorm.weight [2304]
        model.layers.0.pre_feedforward_layernorm.weight [2304]
        model.layers.0.self_attn.k_proj.weight [1024, 2304]
        model.layers.0.self_attn.o_proj.weight [2304, 2048]
        model.layers.0.self_attn.q_proj.weight [2048, 2304]
        model.layers.0.self_attn.v_proj.weight [1024, 2304]
        model.norm.weight [2304]
        """);

    [Fact]
    public void Gemma3_with_six_norms() => AssertNames("gemma-3-1b-it", 26, "model.layers.",
        """
        model.embed_tokens.weight [262144, 1152]
        model.layers.0.input_layernorm.weight [1152]
        model.layers.0.mlp.down_proj.weight [1152, 6912]
        model.layers.0.mlp.gate_proj.weight [6912, 1152]
        model.layers.0.mlp.up_proj.weight [6912, 1152]
        model.layers.0.post_attention_layernorm.weight [1152]
        model.layers.0.post_feedforward_layernorm.weight [1152]
        model.layers.0.pre_feedforward_layernorm.weight [1152]
        model.layers.0.self_attn.k_norm.weight [256]
        model.layers.0.self_attn.k_proj.weight [256, 1152]
        model.layers.0.self_attn.o_proj.weight [1152, 1024]
        model.layers.0.self_attn.q_norm.weight [256]
        model.layers.0.self_attn.q_proj.weight [1024, 1152]
        model.layers.0.self_attn.v_proj.weight [256, 1152]
        model.norm.weight [1152]
        """);

    [Fact]
    public void Phi3_with_joint_matrices() => AssertNames("Phi-4-mini-instruct", 32, "model.layers.",
        """
        model.embed_tokens.weight [200064, 3072]
        model.layers.0.input_layernorm.weight [3072]
        model.layers.0.mlp.down_proj.weight [3072, 8192]
        model.layers.0.mlp.gate_up_proj.weight [16384, 3072]
        model.layers.0.post_attention_layernorm.weight [3072]
        model.layers.0.self_attn.o_proj.weight [3072, 3072]
        model.layers.0.self_attn.qkv_proj.weight [5120, 3072]
        model.norm.weight [3072]
        """);

    /// <summary>The published file leaves "transformer." out; see Gpt2FileTests.</summary>
    [Fact]
    public void Gpt2_with_matrices_the_other_way_round() => AssertNames("gpt2", 12, "transformer.h.",
        """
        transformer.h.0.attn.c_attn.bias [2304]
        transformer.h.0.attn.c_attn.weight [768, 2304]
        transformer.h.0.attn.c_proj.bias [768]
        transformer.h.0.attn.c_proj.weight [768, 768]
        transformer.h.0.ln_1.bias [768]
        transformer.h.0.ln_1.weight [768]
        transformer.h.0.ln_2.bias [768]
        transformer.h.0.ln_2.weight [768]
        transformer.h.0.mlp.c_fc.bias [3072]
        transformer.h.0.mlp.c_fc.weight [768, 3072]
        transformer.h.0.mlp.c_proj.bias [768]
        transformer.h.0.mlp.c_proj.weight [3072, 768]
        transformer.ln_f.bias [768]
        transformer.ln_f.weight [768]
        transformer.wpe.weight [1024, 768]
        transformer.wte.weight [50257, 768]
        """);

    private static void AssertNames(string model, int layers, string prefix, string first)
    {
        var shapes = PublishedModel.Shapes(model);
        var lines = shapes.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value)}]").Order(StringComparer.Ordinal).ToList();
        var inFirst = lines.Where(line => !line.StartsWith(prefix, StringComparison.Ordinal) || line.StartsWith(prefix + "0.", StringComparison.Ordinal));
        Assert.Equal(first.ReplaceLineEndings("\n"), string.Join('\n', inFirst));
        var ofFirst = shapes.Keys.Where(name => name.StartsWith(prefix + "0.", StringComparison.Ordinal)).ToList();
        var expected = Enumerable.Range(0, layers).SelectMany(layer => ofFirst.Select(name => $"{prefix}{layer}.{name[(prefix.Length + 2)..]}"));
        Assert.Equal(expected.Order(), shapes.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order());
    }
}
