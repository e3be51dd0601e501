using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Rotary embedding in doubles: the first numbers of a head, number i of the first half with number i of the second.</summary>
internal sealed class SlowRotation
{
    private readonly double[][] cosines, sines;   // as the model rounds them

    public SlowRotation(RopeConfig rope, int headSize, int maxPositions, int length, int longest)
    {
        using var scope = NewDisposeScope();
        var turned = (int)(headSize * rope.Fraction);
        var table = new RotaryEmbedding(rope, turned, maxPositions).At(arange(length, dtype: ScalarType.Int64), longest, ScalarType.Float64);
        (cosines, sines) = (Rows(table.Cosine), Rows(table.Sine));
        var magnitude = Magnitude(rope.Scaling, maxPositions);
        for (var t = 0; t < length; t++)
            for (var i = 0; i < turned / 2; i++)
            {
                var angle = t * Frequency(rope, i, turned, longest);
                Assert.Equal(magnitude * Math.Cos(angle), cosines[t][i], 1e-5);   // float32 angles of up to 40 radians
                Assert.Equal(magnitude * Math.Sin(angle), sines[t][i], 1e-5);
            }
    }

    public double[] Turn(double[] numbers, int position)
    {
        var (turned, half) = (numbers.ToArray(), cosines[position].Length);
        for (var i = 0; i < half; i++)
        {
            var (cosine, sine) = (cosines[position][i], sines[position][i]);
            turned[i] = numbers[i] * cosine - numbers[half + i] * sine;
            turned[half + i] = numbers[half + i] * cosine + numbers[i] * sine;
        }
        return turned;
    }

    private static double Frequency(RopeConfig rope, int pair, int turned, int longest)
    {
        var plain = Math.Pow(rope.Theta, -2.0 * pair / turned);
        return rope.Scaling switch
        {
            LinearRopeScaling linear => plain / linear.Factor,
            LongRopeScaling scaled => plain / (longest > scaled.OriginalMaxPositions ? scaled.LongFactors : scaled.ShortFactors)[pair],
            Llama3RopeScaling llama => Llama3(plain, llama),
            _ => plain,
        };
    }

    private static double Llama3(double plain, Llama3RopeScaling scaling)
    {
        var turns = scaling.OriginalMaxPositions * plain / (2 * Math.PI);   // in a text of pretraining
        var kept = Math.Clamp((turns - scaling.LowFrequencyFactor) / (scaling.HighFrequencyFactor - scaling.LowFrequencyFactor), 0, 1);
        return kept * plain + (1 - kept) * plain / scaling.Factor;
    }

    private static double Magnitude(RopeScaling? scaling, int maxPositions) => scaling is LongRopeScaling { OriginalMaxPositions: var original }
        ? Math.Sqrt(1 + Math.Log((double)maxPositions / original) / Math.Log(original))
        : 1;

    private static double[][] Rows(Tensor table) => [.. Enumerable.Range(0, (int)table.shape[0]).Select(t => table[t].flatten().data<double>().ToArray())];
}
