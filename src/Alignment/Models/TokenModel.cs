using static TorchSharp.torch;

namespace Alignment;

/// <summary>What training asks of every model that reads token layouts, whatever it makes of them.</summary>
public abstract class TokenModel : nn.Module
{
    /// <summary>Names the module.</summary>
    /// <param name="name">The name that TorchSharp shows.</param>
    protected TokenModel(string name) : base(name) { }

    /// <summary>The device of the weights.</summary>
    public abstract Device Device { get; }

    /// <summary>What a run on this model trains, by name: all that asks for a gradient and that a pass reaches as the model is set now.</summary>
    /// <value>The parameters with <c>requires_grad</c>; models with adapters leave out those of adapters that are not active.</value>
    public virtual IEnumerable<(string name, TorchSharp.Modules.Parameter parameter)> TrainedParameters =>
        named_parameters().Where(entry => entry.parameter.requires_grad);

    /// <summary>Whether layers keep their inputs alone and are computed a second time in backward: less memory for a third more time.</summary>
    /// <value>The default is false.</value>
    /// <exception cref="NotSupportedException">The model can't.</exception>
    public virtual bool GradientCheckpointing
    {
        get => false;
        set
        {
            if (value) throw new NotSupportedException($"{GetName()} has no gradient checkpointing.");
        }
    }

    /// <summary>State of the model's own random numbers, such as those of adapters' dropout, for a run to go on with; 0 where it has none.</summary>
    public virtual ulong RandomState
    {
        get => 0;
        set { }
    }

    /// <summary>The most bytes that a pass over a batch with gradients holds beside the weights, as the model is set now.</summary>
    /// <param name="layout">The batch.</param>
    /// <returns>The bytes, counted and not measured; null where the model can't tell.</returns>
    public virtual long? ActivationBytes(TokenLayout layout) => null;

    /// <summary>The largest absolute number that each layer gives for a batch: where the first that is not finite stands, a run broke.</summary>
    /// <param name="layout">The batch, on the model's device.</param>
    /// <returns>Layers in order with their largest numbers; empty where the model can't tell.</returns>
    public virtual IReadOnlyList<(string Layer, double Largest)> LargestActivations(TokenLayout layout) => [];
}
