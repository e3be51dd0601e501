namespace Alignment.Training;

/// <summary>Weights that are trained in another way than the others.</summary>
public sealed record ParameterGroup
{
    /// <summary>Which: a name as in the model's files, where <c>*</c> stands for any text, such as <c>score.*</c> or <c>*.embed_tokens.weight</c>.</summary>
    public required string Names
    {
        get;
        init
        {
            ArgumentException.ThrowIfNullOrEmpty(value, nameof(Names));
            field = value;
        }
    }

    /// <summary>Their highest learning rate; it goes up and down as that of the others.</summary>
    /// <value>The default is null: that of the others. Finite and greater than 0.</value>
    public double? LearningRate { get; init => field = value is double v ? Ensure.Positive(v) : null; }

    /// <summary>Their decoupled weight decay, biases and norms among them left out as always.</summary>
    /// <value>The default is null: that of the others. Finite and at least 0.</value>
    public double? WeightDecay { get; init => field = value is double v ? Ensure.NotNegative(v) : null; }
}
