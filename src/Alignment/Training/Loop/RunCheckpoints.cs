using System.Globalization;
using System.Text.Json.Nodes;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>What of a run is kept in its checkpoints: weights, masters, moments, random numbers, and how far it is. A run that goes on from one ends with the same bits.</summary>
internal sealed class RunCheckpoints : IDisposable
{
    private const string RandomNumbers = "random/cpu";

    private readonly CheckpointStore _store;
    private readonly CheckpointOptions _options;
    private readonly RunFingerprint _fingerprint;
    private readonly TokenModel _model;
    private readonly ModelOptimizer _optimizer;
    private readonly RunState _state;
    private readonly IMethodState? _method;
    private readonly ReferenceSync? _sync;

    /// <param name="options">With a folder.</param>
    /// <param name="fingerprint">Of the run.</param>
    /// <param name="model">What is trained.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="state">How far the run is.</param>
    /// <param name="sync">Moves the reference, whose weights are then kept too.</param>
    /// <param name="method">What the method changes beside the model.</param>
    /// <param name="warn">Hears of broken checkpoints, with a code.</param>
    public RunCheckpoints(
        CheckpointOptions options, RunFingerprint fingerprint, TokenModel model, ModelOptimizer optimizer, RunState state, ReferenceSync? sync, IMethodState? method, Action<string, string> warn)
    {
        (_options, _fingerprint, _model, _optimizer, _state, _sync, _method) = (options, fingerprint, model, optimizer, state, sync, method);
        _store = new CheckpointStore(options.Folder!, options.SaveTotalLimit, warn);
    }

    /// <summary>The step of the newest checkpoint of this run.</summary>
    public int SavedStep { get; private set; }

    /// <summary>Goes on from a checkpoint, where the options and the folder say so.</summary>
    public void Resume()
    {
        using var checkpoint = _store.ToResume(_options.Resume);
        if (checkpoint is null) return;
        _fingerprint.RequireSame(RunFingerprint.FromJson(checkpoint.State["run"], checkpoint.Folder), checkpoint.Folder);
        using (var numbers = random.get_rng_state())
        {
            checkpoint.CopyInto([.. Tensors, (RandomNumbers, numbers)]);
            random.set_rng_state(numbers);
        }
        var progress = checkpoint.State["progress"]!.AsObject();
        _optimizer.Resume(checkpoint.Step, (int)progress["updates"]!);
        _model.RandomState = ulong.Parse((string)progress["randomState"]!, CultureInfo.InvariantCulture);
        _state.Read(progress, checkpoint.Step);
        _method?.Read(progress["method"]!.AsObject());
        (_state.ResumedFrom, SavedStep) = (checkpoint.Folder, checkpoint.Step);
    }

    /// <summary>Whether a step is to be saved.</summary>
    public bool IsDue(bool isLast) => isLast ? _options.SavesAtEnd : _state.Step % _options.SaveSteps == 0;

    /// <summary>Saves the run as it is now.</summary>
    /// <returns>The checkpoint's folder.</returns>
    public string Save()
    {
        using var scope = NewDisposeScope();
        var progress = _state.ToJson();
        progress["updates"] = _optimizer.Updates;
        if (_method is not null) progress["method"] = _method.ToJson();
        progress["randomState"] = _model.RandomState.ToString(CultureInfo.InvariantCulture);   // 64 bits, more than a JSON number keeps
        SavedStep = _state.Step;
        return _store.Save(_state.Step, [.. Tensors, (RandomNumbers, random.get_rng_state())], new JsonObject { ["run"] = _fingerprint.ToJson(), ["progress"] = progress }, _state.BestEvaluation?.Step);
    }

    /// <summary>Gives the model the weights of the best evaluation.</summary>
    public void RestoreBest(int step)
    {
        using var checkpoint = _store.Of(step);
        foreach (var (name, tensor) in _optimizer.Weights) checkpoint.CopyInto(name, tensor);
    }

    public void Dispose() => _store.Dispose();

    private IEnumerable<(string Name, Tensor Tensor)> Tensors => _optimizer.Tensors.Concat(_sync?.Tensors ?? []);
}
