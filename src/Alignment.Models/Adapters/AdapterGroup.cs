using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Modules of one kind by the names of their adapters.</summary>
internal sealed class AdapterGroup() : nn.Module(nameof(AdapterGroup))
{
    // Members come and go by name; there is nothing in fields.
    protected override void RegisterComponents() { }
}
