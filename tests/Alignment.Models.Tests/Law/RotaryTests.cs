using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Angles computed by hand.</summary>
public sealed class RotaryTests
{
    [Fact]
    public void Plain_angles()
    {
        // d = 4, theta = 100: frequencies 100^0 = 1 and 100^(-2/4) = 0.1.
        AssertAngles(new RopeConfig { Theta = 100 }, 4, [0, 1, 30], [[0, 0], [1, 0.1], [30, 3]]);
    }

    [Fact]
    public void Linear_scaling_divides_every_angle() =>
        AssertAngles(new RopeConfig { Theta = 100, Scaling = new LinearRopeScaling { Factor = 4 } }, 4, [8], [[2, 0.2]]);

    [Fact]
    public void Llama3_scaling_stretches_long_waves_blends_middle_ones_and_keeps_short_ones()
    {
        // d = 6, theta = 1000: frequencies 1, 0.1, 0.01, waves 6.28, 62.8, 628 tokens. Original 100: below 100/4 = 25 kept, above 100/1 stretched by 8.
        // Between: 100/62.83185 = 1.591549; kept share (1.591549 - 1) / (4 - 1) = 0.197183; 0.802817 * 0.1/8 + 0.197183 * 0.1 = 0.0297535.
        AssertAngles(
            new RopeConfig { Theta = 1000, Scaling = new Llama3RopeScaling { Factor = 8, OriginalMaxPositions = 100 } }, 6,
            [1, 100], [[1, 0.0297535, 0.00125], [100, 2.97535, 0.125]]);
    }

    [Fact]
    public void A_share_of_a_head_has_the_frequencies_of_its_own_size()
    {
        // Half of d = 8 is 4: as Plain_angles, and the four numbers behind are left alone.
        using var scope = NewDisposeScope();
        AssertAngles(new RopeConfig { Theta = 100, Fraction = 0.5 }, 4, [30], [[30, 3]]);
        var rotation = new Rotation(zeros(1, 1, 2), ones(1, 1, 2));   // a quarter turn
        Assert.Equal([-3f, -4, 1, 2, 5, 6, 7, 8], rotation.Apply(arange(1, 9, dtype: ScalarType.Float32).view(1, 1, 8)).data<float>().ToArray());
    }

    [Theory]
    [InlineData(1, new[] { 5.0, 0.5 })]      // 10 * 1 / 2 and 10 * 0.1 / 2
    [InlineData(256, new[] { 5.0, 0.5 })]    // as long as in pretraining is not longer
    [InlineData(257, new[] { 2.5, 0.1 })]    // 10 * 1 / 4 and 10 * 0.1 / 10
    public void Long_rope_chooses_its_divisors_by_the_longest_sequence(long longest, double[] angles) =>
        AssertAngles(new RopeConfig { Theta = 100, Scaling = LongRope(256, factor: 1) }, 4, [10], [angles], longest);

    [Theory]
    [InlineData(65_536, null, 1.4142135623730951)]   // s = 65536 / 256 = 256: √(1 + ln 256 / ln 256) = √2
    [InlineData(4096, null, 1.224744871391589)]      // s = 16: √(1 + ln 16 / ln 256) = √1.5
    [InlineData(256, null, 1.0)]
    [InlineData(128, null, 1.0)]                     // s < 1
    [InlineData(65_536, 0.5, 0.5)]
    public void Long_rope_lengthens_cosine_and_sine(int maxPositions, double? factor, double expected)
    {
        using var scope = NewDisposeScope();
        var rotation = new RotaryEmbedding(new RopeConfig { Scaling = LongRope(256, factor) }, 4, maxPositions).At(zeros([1], dtype: ScalarType.Int64), 1, ScalarType.Float64);
        Assert.All(rotation.Cosine.data<double>().ToArray(), cosine => Assert.Equal(expected, cosine, 1e-7));   // a float32 product
        Assert.All(rotation.Sine.data<double>().ToArray(), sine => Assert.Equal(0, sine));
    }

    /// <summary>transformers reads the root's first, and that of the scaling where the root has none.</summary>
    [Theory]
    [InlineData("\"original_max_position_embeddings\":32,", "", 32)]
    [InlineData("", ",\"original_max_position_embeddings\":16", 16)]
    [InlineData("\"original_max_position_embeddings\":32,", ",\"original_max_position_embeddings\":16", 32)]
    public void Length_of_pretraining_at_the_root_or_inside(string atRoot, string inside, int expected)
    {
        var config = ConfigFile.Parse(
            $$"""
            {"model_type":"phi3","vocab_size":9,"hidden_size":8,"intermediate_size":8,"num_hidden_layers":1,"num_attention_heads":2,"num_key_value_heads":2,
            "max_position_embeddings":64,"rms_norm_eps":1e-5,"sliding_window":null,{{atRoot}}
            "rope_scaling":{"type":"longrope","short_factor":[1,1],"long_factor":[2,2]{{inside}} } }
            """, "config.json");
        Assert.Equal(expected, Assert.IsType<LongRopeScaling>(config.Rope.Scaling).OriginalMaxPositions);
        var error = Assert.Throws<ModelFormatException>(() => ConfigFile.Parse(config.Source!.Text.Replace("original_max_position_embeddings", "forgotten", StringComparison.Ordinal), "config.json"));
        Assert.Equal("config.json: rope_scaling.original_max_position_embeddings is missing.", error.Message);
    }

    [Fact]
    public void A_factor_that_is_the_quotient_of_lengths_says_nothing_new()
    {
        string Text(string factor) =>
            $$"""
            {"model_type":"phi3","vocab_size":9,"hidden_size":8,"intermediate_size":8,"num_hidden_layers":1,"num_attention_heads":2,"num_key_value_heads":2,
            "max_position_embeddings":64,"rms_norm_eps":1e-5,"sliding_window":null,"original_max_position_embeddings":16,
            "rope_scaling":{"type":"longrope","short_factor":[1,1],"long_factor":[2,2]{{factor}} } }
            """;
        var plain = ConfigFile.Parse(Text(""), "config.json");
        Assert.Equal(plain with { Source = null }, ConfigFile.Parse(Text(",\"factor\":4.0"), "config.json") with { Source = null });
        Assert.Throws<UnsupportedModelException>(() => ConfigFile.Parse(Text(",\"factor\":8.0"), "config.json"));
    }

    [Fact]
    public void A_turn_is_of_first_and_second_half()
    {
        using var scope = NewDisposeScope();
        // A quarter turn of (a, c) is (-c, a); no turn of (b, d) leaves it.
        var rotation = new Rotation(tensor(new float[] { 0, 1 }).view(1, 1, 2), tensor(new float[] { 1, 0 }).view(1, 1, 2));
        Assert.Equal([-3f, 2, 1, 4], rotation.Apply(tensor(new float[] { 1, 2, 3, 4 }).view(1, 1, 4)).data<float>().ToArray());
    }

    private static LongRopeScaling LongRope(int original, double? factor) =>
        new() { ShortFactors = [2, 2], LongFactors = [4, 10], OriginalMaxPositions = original, AttentionFactor = factor };

    private static void AssertAngles(RopeConfig rope, int headSize, long[] positions, double[][] angles, long longest = 1)
    {
        using var scope = NewDisposeScope();
        var rotation = new RotaryEmbedding(rope, headSize, 2048).At(tensor(positions), longest, ScalarType.Float32);
        Assert.Equal([positions.Length, 1, headSize / 2], rotation.Cosine.shape);
        var expected = angles.SelectMany(row => row).ToArray();
        Assert.All(rotation.Cosine.data<float>().ToArray().Zip(expected), pair => Assert.Equal(Math.Cos(pair.Second), pair.First, 3e-6));
        Assert.All(rotation.Sine.data<float>().ToArray().Zip(expected), pair => Assert.Equal(Math.Sin(pair.Second), pair.First, 3e-6));
    }
}
