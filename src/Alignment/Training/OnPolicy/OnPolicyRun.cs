namespace Alignment.Training;

/// <summary>A run of a method that learns from its own responses, from prompts to result.</summary>
/// <param name="name">The method's name.</param>
/// <param name="usualLearningRate">Where options name none.</param>
/// <param name="models">Policy, reference, reward and value.</param>
/// <param name="settings">All options of the trainer, to be told and kept.</param>
/// <param name="options">What of them the methods have in common.</param>
/// <param name="optimizer">AdamW and its learning rate.</param>
/// <param name="time">The clock of the run.</param>
internal sealed class OnPolicyRun(
    string name, double usualLearningRate, OnPolicyModels models, object settings, OnPolicyOptions options, OptimizerOptions optimizer, TimeProvider time)
{
    public RunResult Train(Iteration iterate, IReadOnlyList<TokenizedPrompt> prompts, IReadOnlyList<TokenizedPrompt>? heldOut, IObserver<RunEvent>? observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        options.Rollout.RequireRoom(models.Policy, prompts, nameof(prompts));
        if (heldOut is not null) options.Rollout.RequireRoom(models.Policy, heldOut, nameof(heldOut));
        var method = new OnPolicyMethod(name, usualLearningRate, models, options, time, iterate);   // its state begins anew with each run
        return new TrainingRun<TokenizedPrompt>(method, settings, Run, optimizer, time).Run(prompts, heldOut, observer, cancellationToken);
    }

    // To roll back, evaluations must have been saved, as they are for the loop's own watch.
    private RunOptions Run => options.Watch.Action == RewardWatchAction.RollBack
        ? options.Run with { Watch = options.Run.Watch with { Action = WatchAction.RestoreBest } }
        : options.Run;
}
