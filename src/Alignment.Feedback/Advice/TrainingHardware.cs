namespace Alignment.Feedback;

/// <summary>What a run can be made on.</summary>
public sealed record TrainingHardware
{
    /// <summary>Memory of the accelerator in GiB.</summary>
    /// <value>The default is 0: there is none. 0 or greater.</value>
    public double GpuMemory { get; init => field = Ensure.NotNegative(value); }

    /// <summary>Memory of the computer in GiB, used where there is no accelerator.</summary>
    /// <value>The default is 16. Greater than 0.</value>
    public double Memory { get; init => field = Ensure.Positive(value); } = 16;

    /// <summary>Whether there is an accelerator.</summary>
    public bool HasGpu => GpuMemory > 0;

    /// <summary>The memory that a run has.</summary>
    internal double Available => HasGpu ? GpuMemory : Memory;
}
