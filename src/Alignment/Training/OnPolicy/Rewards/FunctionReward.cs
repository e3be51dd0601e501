namespace Alignment.Training;

/// <summary>Scores by a function.</summary>
internal sealed class FunctionReward(Func<SampledResponse, double> score) : RewardSource
{
    private readonly Func<SampledResponse, double> _score = Ensure.NotNull(score, nameof(score));

    public override string Identity => "a function";

    public override RewardScores Score(IReadOnlyList<SampledResponse> responses, CancellationToken cancellationToken = default) => new([.. responses.Select(_score)]);
}
