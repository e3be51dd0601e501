using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>The same records on a GPU: in float32 within 1e-4, and in bfloat16 within 2e-2 of the largest value.</summary>
[Trait("Category", "Cuda")]
public sealed class CudaModelTests
{
    public static TheoryData<string> Models => ModelRecord.All;

    [CudaTheory, MemberData(nameof(Models))]
    public void Logits(string model) => Both(model, checks => checks.Logits("right"));

    [CudaTheory, MemberData(nameof(Models))]
    public void Log_probabilities_of_tokens(string model) => Both(model, checks => checks.LogProbabilities());

    [CudaTheory, MemberData(nameof(Models))]
    public void Loss_and_gradients(string model) => Both(model, checks => checks.LossAndGradients(false));

    [CudaTheory, MemberData(nameof(Models))]
    public void Loss_and_gradients_with_activation_checkpointing(string model) => Both(model, checks => checks.LossAndGradients(true));

    [CudaTheory, MemberData(nameof(Models))]
    public void Greedy_tokens(string model)
    {
        using var checks = new ModelChecks(model, new Device("cuda"), ScalarType.Float32, 1e-4);
        checks.GreedyTokens();
    }

    private static void Both(string model, Action<ModelChecks> check)
    {
        using (var single = new ModelChecks(model, new Device("cuda"), ScalarType.Float32, 1e-4)) check(single);
        using var half = new ModelChecks(model, new Device("cuda"), ScalarType.BFloat16, 2e-2);
        check(half);
    }
}
