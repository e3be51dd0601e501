#nullable enable

namespace TorchSharp.Modules;

/// <summary>Setting the weight or bias of a module: the old one is disposed, the new one leaves its scope.</summary>
internal static class Affine
{
    internal static void Set(ref Parameter? field, Parameter? value)
    {
        field?.Dispose();
        field = value?.DetachFromDisposeScope() as Parameter;
    }
}
