using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Every family with bfloat16 weights on the CPU against the records in float32: 8 bits of mantissa through a whole model, 2.5e-2 of the largest value.</summary>
/// <remarks>Processors round in different places: the logits of GPT-2 were 2.2e-2 away with AVX-512 and 2.7e-2 with AVX2, where 3e-2 are allowed.</remarks>
public sealed class HalfPrecisionModelTests
{
    public static TheoryData<string> Models => ModelRecord.All;

    [Theory, MemberData(nameof(Models))]
    public void Logits(string model) => Check(model, checks => checks.Logits("right"));

    [Theory, MemberData(nameof(Models))]
    public void Log_probabilities_of_tokens(string model) => Check(model, checks => checks.LogProbabilities());

    [Theory, MemberData(nameof(Models))]
    public void Loss_and_gradients(string model) => Check(model, checks => checks.LossAndGradients(false));

    private static void Check(string model, Action<ModelChecks> check)
    {
        using var checks = new ModelChecks(model, CPU, ScalarType.BFloat16, 2.5e-2);
        check(checks);
    }
}
