using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>AdamW over all that a model trains: accumulate gradients, then clip, step and move the learning rate on.</summary>
/// <remarks>Move the model to its device before: TorchSharp replaces parameters when a module moves.</remarks>
internal sealed class ModelOptimizer : IDisposable
{
    private readonly List<Parameter> _trained;
    private readonly MasterWeights _masters;
    private readonly AdamW _adamW;
    private readonly OptimizerOptions _options;
    private readonly double _highestRate;
    private readonly int _totalSteps;
    private int _step;

    public ModelOptimizer(nn.Module model, OptimizerOptions options, double usualRate, int totalSteps)
    {
        _options = options;
        _highestRate = options.LearningRate ?? usualRate;
        _totalSteps = totalSteps;
        _trained = [.. model.parameters().Where(p => p.requires_grad)];
        if (_trained.Count == 0) throw new ArgumentException("The model has no parameter that requires a gradient.", nameof(model));
        _masters = new MasterWeights(_trained);
        _adamW = optim.AdamW(
            [
                Group(_masters.Weights.Where(p => p.dim() >= 2), options.WeightDecay),
                Group(_masters.Weights.Where(p => p.dim() < 2), weightDecay: 0),
            ]);
    }

    /// <summary>Adds the gradients of a part of the batch.</summary>
    /// <param name="loss">A number, already divided by the size of the whole batch.</param>
    public static void Accumulate(Tensor loss) => loss.backward();

    /// <summary>Ends the batch: clips, steps and forgets the gradients.</summary>
    /// <exception cref="TrainingException">A gradient is not finite; the weights are as they were.</exception>
    public OptimizerUpdate Apply()
    {
        using var scope = NewDisposeScope();
        _masters.TakeGradients();
        var norm = nn.utils.clip_grad_norm_(_masters.Weights.Where(p => p.grad is not null), _options.MaxGradNorm);
        TrainingLoop.RequireFinite(norm, "The gradient norm", _step + 1);
        var rate = _options.RateAt(_step++, _totalSteps, _highestRate);
        foreach (var group in _adamW.ParamGroups) group.LearningRate = rate;
        _adamW.step();
        _masters.GiveWeights();
        foreach (var parameter in _trained) parameter.grad = null;
        return new OptimizerUpdate(norm, rate);
    }

    public void Dispose()
    {
        _adamW.Dispose();
        _masters.Dispose();
    }

    private AdamW.ParamGroup Group(IEnumerable<Parameter> parameters, double weightDecay) =>
        new(parameters, _highestRate, _options.Beta1, _options.Beta2, _options.Epsilon, weightDecay);
}
