using static TorchSharp.torch;

namespace Alignment.Models.Tests;

/// <summary>Devices that are not there are refused before any native call.</summary>
public sealed class DevicesTests
{
    [Fact]
    public void A_device_that_is_there()
    {
        using var model = PretrainedModel.Load(LlamaRecord.Folder, device: new Device("cpu"));
        Assert.Equal(TorchSharp.DeviceType.CPU, model.Device.type);
    }

    [Fact]
    public void A_cuda_device_that_is_not_there()
    {
        var count = cuda.is_available() ? cuda.device_count() : 0;
        var error = Assert.Throws<ArgumentException>(() => PretrainedModel.Load(LlamaRecord.Folder, device: new Device($"cuda:{count}")));
        Assert.Equal(
            count == 0
                ? "Device must be cpu: PyTorch finds no CUDA device here, or was built without CUDA; was cuda:0. (Parameter 'device')"
                : $"Device must be cuda:0 to cuda:{count - 1}; was cuda:{count}. (Parameter 'device')",
            error.Message);
    }

    [Fact]
    public void Another_kind_of_device() => Assert.Equal(
        "Device must be cpu, cuda or cuda:n; was mps:0. (Parameter 'device')",
        Assert.Throws<ArgumentException>(() => DecoderModel.FromScratch(TinyLlama.Config, 1, new Device("mps:0"))).Message);
}
