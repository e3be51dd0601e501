using System.Security.Cryptography;
using System.Text;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>A name for the weights of a model: equal for equal weights, different for others.</summary>
public static class ModelFingerprint
{
    /// <summary>SHA-256 over names, shapes, types and bits of all parameters and buffers.</summary>
    /// <param name="model">The model, on any device.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(nn.Module model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Of(model.state_dict().Select(entry => (entry.Key, entry.Value)));
    }

    /// <summary>The same over some tensors.</summary>
    internal static string Of(IEnumerable<(string Name, Tensor Tensor)> tensors)
    {
        using var sha = SHA256.Create();
        using (var stream = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        {
            foreach (var (name, tensor) in tensors.OrderBy(entry => entry.Name, StringComparer.Ordinal))
            {
                stream.Write(Encoding.UTF8.GetBytes($"{name}\0{tensor.dtype}\0{string.Join(',', tensor.shape)}\0"));
                SafetensorsContent.WriteData(stream, tensor);
            }
        }
        return Convert.ToHexStringLower(sha.Hash!);
    }
}
