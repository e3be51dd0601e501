using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>A theory that needs a CUDA device and is skipped where there is none. Run these alone by <c>--filter Category=Cuda</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CudaTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips where PyTorch finds no device.</summary>
    public CudaTheoryAttribute()
    {
        if (!cuda.is_available()) Skip = "There is no CUDA device.";
    }
}
