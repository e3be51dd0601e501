namespace Alignment.Training;

/// <summary>What the updates of an iteration measured, on the host.</summary>
internal sealed class UpdateSums
{
    private double _partKl, _partTokens;

    public double PolicyLoss { get; private set; }

    public double ValueLoss { get; private set; }

    public double GradientNorm { get; private set; }

    public double LearningRate { get; private set; }

    /// <summary>Optimizer steps done.</summary>
    public int Updates { get; private set; }

    /// <summary>Whether divergence ended the iteration.</summary>
    public bool StoppedEarly { get; set; }

    /// <summary>Tokens that went through the policy, prompts included.</summary>
    public long Tokens { get; private set; }

    private double Clipped { get; set; }

    private double ValueClipped { get; set; }

    private double Ratio { get; set; }

    private double SquaredRatio { get; set; }

    private double SquaredChange { get; set; }

    private double Actions { get; set; }

    private double ValueTokens { get; set; }

    private int Parts { get; set; }

    /// <summary>The part's divergence from the policy that sampled, k3, mean over its tokens.</summary>
    public double PartKl => _partKl / _partTokens;

    public double MeanPolicyLoss => PolicyLoss / Parts;

    public double MeanValueLoss => ValueLoss / Parts;

    public double MeanGradientNorm => GradientNorm / Math.Max(1, Updates);

    public double ClipFraction => Clipped / Actions;

    public double ValueClipFraction => ValueClipped / ValueTokens;

    public double MeanRatio => Ratio / Actions;

    public double RatioVariance => Math.Max(0, SquaredRatio / Actions - MeanRatio * MeanRatio);

    /// <summary><c>½ (log π_old - log π)²</c>, mean over actions and updates, as TRL logs it.</summary>
    public double ApproxKl => 0.5 * SquaredChange / Actions;

    public void StartPart()
    {
        (_partKl, _partTokens) = (0, 0);
        Parts++;
    }

    /// <summary>Takes a batch of the policy.</summary>
    /// <param name="numbers">Loss share; then, summed over actions: clipped, ratio, ratio², change², k3; then the number of actions.</param>
    /// <param name="tokens">Tokens that went through the model.</param>
    public void AddPolicy(double[] numbers, int tokens)
    {
        NonFiniteException.Require(numbers[0], "The loss");
        PolicyLoss += numbers[0];
        Clipped += numbers[1];
        Ratio += numbers[2];
        SquaredRatio += numbers[3];
        SquaredChange += numbers[4];
        _partKl += numbers[5];
        _partTokens += numbers[6];
        Actions += numbers[6];
        Tokens += tokens;
    }

    /// <summary>Takes a batch of the value model.</summary>
    public void AddValue(double loss, double clipped, int tokens)
    {
        NonFiniteException.Require(loss, "The value loss");
        ValueLoss += loss;
        ValueClipped += clipped;
        ValueTokens += tokens;
    }

    public void Add(OptimizerUpdate update)
    {
        Updates++;
        GradientNorm += update.GradientNorm;
        LearningRate = update.LearningRate;
    }
}
