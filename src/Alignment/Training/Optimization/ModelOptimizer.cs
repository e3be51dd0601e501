using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>AdamW over all that a model trains: accumulate gradients, then clip, step and move the learning rate on.</summary>
/// <remarks>Move the model to its device before: TorchSharp replaces parameters when a module moves.</remarks>
internal sealed class ModelOptimizer : IDisposable
{
    private readonly List<(string Name, Parameter Weight)> _trained;
    private readonly MasterWeights _masters;
    private readonly IReadOnlyList<(AdamW.ParamGroup Group, double RateFactor)> _groups;
    private readonly AdamW _adamW;
    private readonly OptimizerOptions _options;
    private readonly int _totalSteps;
    private int _step;
    private bool _isDry;

    public ModelOptimizer(TokenModel model, OptimizerOptions options, double usualRate, int totalSteps)
    {
        _options = options;
        HighestRate = options.LearningRate ?? usualRate;
        _totalSteps = totalSteps;
        _trained = [.. model.TrainedParameters];
        if (_trained.Count == 0) throw new ArgumentException("The model has no parameter that requires a gradient.", nameof(model));
        _masters = new MasterWeights(_trained.Select(entry => entry.Weight));
        _groups = ParameterGroups.Of([.. _trained.Zip(_masters.Weights, (entry, stepped) => (entry.Name, stepped))], options, HighestRate);
        _adamW = optim.AdamW(_groups.Select(entry => entry.Group));
    }

    /// <summary>The learning rate at the end of warm-up.</summary>
    public double HighestRate { get; }

    /// <summary>Numbers that are trained.</summary>
    public long TrainedNumbers => _trained.Sum(entry => entry.Weight.numel());

    /// <summary>Steps that moved the weights; the moments count these.</summary>
    public int Updates { get; private set; }

    /// <summary>Everything that a run changes on the model and here, by name, for a checkpoint to keep and to fill again.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors => OptimizerTensors.Of(_trained, _masters.Weights, _adamW);

    /// <summary>The trained weights among <see cref="Tensors"/>.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Weights => _trained.Select(entry => (OptimizerTensors.WeightName(entry.Name), (Tensor)entry.Weight));

    /// <summary>Goes on after so many steps; <see cref="Tensors"/> have been filled.</summary>
    public void Resume(int steps, int updates)
    {
        (_step, Updates) = (steps, updates);
        OptimizerTensors.SetSteps(_adamW, updates);
    }

    /// <summary>The same, but until the next step ends, nothing moves and gradients are thrown away.</summary>
    public ModelOptimizer Dry()
    {
        _isDry = true;
        return this;
    }

    /// <summary>Adds the gradients of a part of the batch.</summary>
    /// <param name="loss">A number, already divided by the size of the whole batch.</param>
    public static void Accumulate(Tensor loss) => loss.backward();

    /// <summary>Ends the batch: clips, steps and forgets the gradients.</summary>
    /// <exception cref="NonFiniteException">A gradient is not finite; the weights are as they were.</exception>
    /// <exception cref="TrainingException">A trained weight has no gradient at all.</exception>
    public OptimizerUpdate Apply()
    {
        var update = Update();
        EndStep();
        return update;
    }

    /// <summary>The same within a step of several updates, which all have its learning rate; <see cref="EndStep"/> ends it.</summary>
    /// <inheritdoc cref="Apply"/>
    public OptimizerUpdate Update()
    {
        using var scope = NewDisposeScope();
        RequireGradients();
        _masters.TakeGradients();
        var norm = nn.utils.clip_grad_norm_(_masters.Weights.Where(p => p.grad is not null), _options.MaxGradNorm);
        NonFiniteException.Require(norm, "The gradient norm");
        var rate = _options.RateAt(_step, _totalSteps, HighestRate);
        if (_isDry)
        {
            ForgetGradients();
            return new OptimizerUpdate(norm, rate);
        }
        Updates++;
        foreach (var (group, factor) in _groups) group.LearningRate = rate * factor;
        _adamW.step();
        _masters.GiveWeights();
        foreach (var (_, weight) in _trained) weight.grad = null;
        return new OptimizerUpdate(norm, rate);
    }

    /// <summary>Ends a step: the learning rate moves on.</summary>
    public void EndStep()
    {
        if (!_isDry) _step++;
        _isDry = false;
    }

    /// <summary>Throws the gradients away and counts the step, so that the learning rate goes on as planned.</summary>
    public void Skip()
    {
        Forget();
        _step++;
    }

    /// <summary>Throws the gradients away.</summary>
    public void Forget()
    {
        _isDry = false;
        ForgetGradients();
    }

    private void ForgetGradients()
    {
        foreach (var (_, weight) in _trained) weight.grad = null;
        foreach (var master in _masters.Weights) master.grad = null;
    }

    public void Dispose()
    {
        _adamW.Dispose();
        _masters.Dispose();
    }

    // A weight that the loss does not reach would stay as it is for a whole run, and nobody would notice.
    private void RequireGradients()
    {
        if (_step > 0) return;
        var without = _trained.Where(entry => entry.Weight.grad is null).Select(entry => entry.Name).ToList();
        if (without.Count == 0) return;
        throw new TrainingException(
            $"Every trained weight must get a gradient; {without.Count} got none: {string.Join(", ", without.Take(5))}{(without.Count > 5 ? ", ..." : "")}. "
            + "Freeze what the loss does not reach (requires_grad_(false)).");
    }
}
