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
    public void A_turn_is_of_first_and_second_half()
    {
        using var scope = NewDisposeScope();
        // A quarter turn of (a, c) is (-c, a); no turn of (b, d) leaves it.
        var rotation = new Rotation(tensor(new float[] { 0, 1 }).view(1, 1, 2), tensor(new float[] { 1, 0 }).view(1, 1, 2));
        Assert.Equal([-3f, 2, 1, 4], rotation.Apply(tensor(new float[] { 1, 2, 3, 4 }).view(1, 1, 4)).data<float>().ToArray());
    }

    private static void AssertAngles(RopeConfig rope, int headSize, long[] positions, double[][] angles)
    {
        using var scope = NewDisposeScope();
        var rotation = new RotaryEmbedding(rope, headSize, 2048).At(tensor(positions), 1, ScalarType.Float32);
        Assert.Equal([positions.Length, 1, headSize / 2], rotation.Cosine.shape);
        var expected = angles.SelectMany(row => row).ToArray();
        Assert.All(rotation.Cosine.data<float>().ToArray().Zip(expected), pair => Assert.Equal(Math.Cos(pair.Second), pair.First, 3e-6));
        Assert.All(rotation.Sine.data<float>().ToArray().Zip(expected), pair => Assert.Equal(Math.Sin(pair.Second), pair.First, 3e-6));
    }
}
