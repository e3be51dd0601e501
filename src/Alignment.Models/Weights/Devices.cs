using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Whether a device is there, asked before any memory is.</summary>
internal static class Devices
{
    /// <exception cref="ArgumentException">There is no such device.</exception>
    public static Device Require(Device device)
    {
        if (device.type is not (TorchSharp.DeviceType.CPU or TorchSharp.DeviceType.CUDA))
            throw new ArgumentException($"Device must be cpu, cuda or cuda:n; was {device}.", nameof(device));
        if (device.type == TorchSharp.DeviceType.CPU) return device;
        var count = cuda.is_available() ? cuda.device_count() : 0;
        if (count == 0)
            throw new ArgumentException($"Device must be cpu: PyTorch finds no CUDA device here, or was built without CUDA; was {device}.", nameof(device));
        return device.index < count
            ? device
            : throw new ArgumentException($"Device must be cuda:0 to cuda:{count - 1}; was {device}.", nameof(device));
    }
}
