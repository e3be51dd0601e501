using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Counts the memory of a run.</summary>
internal static class RunMemory
{
    private const int StepCopies = 2;   // AdamW holds two tensors of a parameter's size besides its state

    /// <param name="model">What is trained, as the run has set it.</param>
    /// <param name="longest">The batch with most tokens.</param>
    /// <param name="reference">Bytes that a reference holds for itself.</param>
    /// <param name="accumulates">Whether gradients of earlier batches are there while a batch is computed.</param>
    public static MemoryEstimate Of(TokenModel model, TokenLayout longest, long reference, bool accumulates)
    {
        List<Parameter> trained = [.. model.TrainedParameters.Select(entry => entry.parameter)];
        var (weights, stepped) = (Bytes(model), trained.Sum(SteppedBytes));
        var masters = trained.Where(parameter => SteppedBytes(parameter) > Bytes(parameter)).Sum(SteppedBytes);
        var activations = model.ActivationBytes(longest) ?? 0;
        var inBackward = activations + (accumulates ? trained.Sum(Bytes) : FirstGradient(model));
        var inStep = stepped + StepCopies * trained.Max(SteppedBytes);
        return new MemoryEstimate
        {
            Weights = weights,
            Gradients = stepped,
            Optimizer = 2 * stepped + masters,
            Activations = activations,
            Reference = reference,
            Peak = weights + reference + 2 * stepped + masters + Math.Max(inBackward, inStep),
        };
    }

    /// <summary>Bytes of all parameters of a module, shared ones once.</summary>
    public static long Bytes(nn.Module module) => module.parameters().Sum(Bytes);

    // The gradient of the output projection comes before any activation is freed.
    private static long FirstGradient(TokenModel model)
    {
        using var scope = NewDisposeScope();   // an adapter on the projection makes a new tensor
        return model is CausalLanguageModel { OutputWeight: { requires_grad: true } weight } ? Bytes(weight) : 0;
    }

    /// <summary>Bytes of a tensor.</summary>
    public static long Bytes(Tensor tensor) => tensor.numel() * tensor.ElementSize;

    // The optimizer steps float32 masters of 16-bit weights.
    private static long SteppedBytes(Tensor tensor) => tensor.numel() * Math.Max(sizeof(float), tensor.ElementSize);
}
