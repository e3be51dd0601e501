namespace Alignment.Training;

/// <summary>Gradient checkpointing as the options of a run say, until disposed; then as it was.</summary>
internal readonly struct CheckpointingMode : IDisposable
{
    private readonly TokenModel _model;
    private readonly bool? _before;

    /// <param name="model">The model.</param>
    /// <param name="wanted">Whether; as the model is where null.</param>
    public CheckpointingMode(TokenModel model, bool? wanted)
    {
        _model = model;
        if (wanted is not bool value) return;
        _before = model.GradientCheckpointing;
        model.GradientCheckpointing = value;
    }

    public void Dispose()
    {
        if (_before is bool before) _model.GradientCheckpointing = before;
    }
}
